"""The laws index: full titles, versions with dates of effect, and whether a citation is in force on a day."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

import msgspec

from inspector.domain.hazard import Citation
from inspector.errors import NotFound
from inspector.law import corrections, pack
from inspector.law.corrections import Doubt

_YEAR_REMARK = re.compile(r"[(（]\d{4}[^)）]*[)）]$")
_ARTICLE = re.compile(r"第[一二三四五六七八九十百零〇]+条(之[一二三四五六七八九十]+)?")


class RawVersion(msgspec.Struct, frozen=True):
    """One version as the index writes it; dates may be partial ("2026-01") or absent."""

    in_force_from: str | None = None
    in_force_to: str | None = None
    adopted: str | None = None


class RawLaw(msgspec.Struct, frozen=True):
    """One law as the index writes it."""

    id: str
    title: str
    short: str
    issuer: str
    rank: str
    doc_no: str
    verification: str
    versions: tuple[RawVersion, ...]


class RawIndex(pack.Document, frozen=True):
    """`laws_index.json`."""

    laws: tuple[RawLaw, ...]


@dataclass(frozen=True, slots=True)
class LawVersion:
    """Days of one version, both inclusive; `begins` None: unknown, `ends` None: open; `adopted` by its issuer."""

    begins: date | None
    ends: date | None
    adopted: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Law:
    """A statute. `title` is the official title as legal documents print it between 《》; `short` as people say it."""

    id: str
    title: str
    short: str
    issuer: str
    rank: str
    doc_no: str
    is_verified: bool
    """The text or an authoritative listing of it was read."""
    versions: tuple[LawVersion, ...]
    doubt: Doubt | None = None

    def in_force_on(self, day: date) -> bool | None:
        """Whether any version holds on `day`; None when the index doesn't know."""
        if self.doubt and day >= self.doubt.from_day:
            return None
        known = [each for each in self.versions if each.begins]
        if any(each.begins and each.begins <= day and (each.ends is None or day <= each.ends) for each in known):
            return True
        return False if known and len(known) == len(self.versions) else None


class Laws:
    """All laws of one pack, by id."""

    def __init__(self, laws: tuple[Law, ...]) -> None:
        self._by_id = {law.id: law for law in laws}
        self._by_name = {name: law for law in reversed(laws) for name in (law.short, law.title)}

    def __iter__(self) -> Iterator[Law]:
        return iter(self._by_id.values())

    def __len__(self) -> int:
        return len(self._by_id)

    def get(self, law_id: str) -> Law:
        """Return the law with this id. Raises NotFound (kind, id)."""
        try:
            return self._by_id[law_id]
        except KeyError as error:
            raise NotFound(kind="law", id=law_id) from error

    def named(self, name: str) -> Law | None:
        """Return the law with this full or short title, None if the index has none."""
        return self._by_name.get(name.strip("《》"))

    def cite(self, law_id: str, article: str, paragraph: str = "", item: str = "") -> Citation:
        """Return a citation with the official title. Raises NotFound."""
        title = self.get(law_id).title
        return Citation(law=law_id, title=title, article=article, paragraph=paragraph, item=item)

    def of(self, citation: Citation) -> Law | None:
        """Return the law a citation names, by id or, failing that, by title; None if the index has none."""
        return self._by_id.get(citation.law) or self.named(citation.title)

    def in_force(self, citation: Citation, day: date) -> bool | None:
        """Whether the cited law holds on `day`; None: unknown law, unknown dates, or a doubt.

        Judges the law, not the article: the index holds no texts.
        """
        law = self.of(citation)
        return law.in_force_on(day) if law else None


Judge = Callable[[Citation, date], bool | None]
"""Says whether a citation holds on a day; None: it can't say."""

_judges: list[Judge] = []


def judge_by(judge: Judge | None) -> None:
    """Let installed statute texts be asked before the index (they know articles); None: the index alone."""
    _judges[:] = [judge] if judge else []


@pack.cached
def load() -> Laws:
    """Return the laws of the pack in use. Raises PackDamaged."""
    return of_pack(pack.current())


def of_pack(opened: pack.Pack) -> Laws:
    """Return the laws of a pack, with its doubts. Raises PackDamaged."""
    doubts = {doubt.law: doubt for doubt in opened.read("corrections.json", corrections.Corrections).doubts}
    raw = opened.read("laws_index.json", RawIndex)
    return Laws(tuple(_law(each, doubts.get(each.id)) for each in raw.laws))


def in_force(citation: Citation, day: date) -> bool | None:
    """Whether a citation holds on `day`: by the statute texts in use where they can say, else by the pack's index.

    None: unknown. The index judges the law (see Laws.in_force), texts the article too.
    """
    for judge in _judges:
        told = judge(citation, day)
        if told is not None:
            return told
    return load().in_force(citation, day)


def names_article(citation: Citation) -> bool:
    """Whether the citation names an article by its number (第…条), as an order must."""
    return _ARTICLE.fullmatch(citation.article) is not None


def _law(raw: RawLaw, doubt: Doubt | None) -> Law:
    return Law(
        id=raw.id,
        title=_YEAR_REMARK.sub("", raw.title),
        short=raw.short,
        issuer=raw.issuer,
        rank=raw.rank,
        doc_no=raw.doc_no,
        is_verified=raw.verification.startswith("S"),
        versions=_versions(raw.versions),
        doubt=doubt,
    )


def _versions(raw: tuple[RawVersion, ...]) -> tuple[LawVersion, ...]:
    """Order versions by their first day; an open one ends the day before the next begins."""
    read = [LawVersion(_day(each.in_force_from), _day(each.in_force_to), _day(each.adopted)) for each in raw]
    ended = [(each.begins, each.ends or date.max, each.adopted) for each in read if each.begins]
    dated = sorted(ended, key=lambda each: each[:2])
    result: list[LawVersion] = []
    for place, (begins, ends, adopted) in enumerate(dated):
        following = dated[place + 1][0] - timedelta(days=1) if place + 1 < len(dated) else date.max
        last = min(ends, following)
        result.append(LawVersion(begins, None if last == date.max else last, adopted))
    return (*result, *(each for each in read if each.begins is None))


def _day(text: str | None) -> date | None:
    """Return a full ISO date; None for an absent or partial one ("2026-01")."""
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        return None
