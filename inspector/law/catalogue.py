"""The catalogue of violations: items with their law, default severity and dates, and how to find them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import Literal

import msgspec

from inspector.domain.hazard import Citation, Severity
from inspector.errors import NotFound
from inspector.law import checklists, corrections, laws, pack, search
from inspector.law.checklists import Checklists
from inspector.law.search import Row, SearchIndex

_OUR_DEPARTMENT = "应急管理部门"
_EVERY_INDUSTRY = "通用"
_UNCONFIRMED = re.compile(r"\s*\[K[^\]]*\]")


class RawCitation(msgspec.Struct, frozen=True):
    """A citation as the pack writes it; `law` is an id of the laws index."""

    law: str
    article: str
    paragraph: str = ""
    item: str = ""


class RawSuccessor(msgspec.Struct, frozen=True, rename={"from_day": "from"}):
    """The law that perhaps took an item's place, and since when."""

    law: str
    from_day: date


class RawItem(msgspec.Struct, frozen=True):
    """One item as the pack writes it; fines and measures stay in the pack."""

    code: str
    industries: tuple[str, ...]
    title_zh: str
    title_en: str
    violated: tuple[RawCitation, ...]
    penalty_basis: tuple[RawCitation, ...]
    competent: str
    default_level: Literal["general", "either", "major"]
    major_hazard_basis: str | None
    verification: Literal["S", "K"]
    note: str
    allows_rectify_order: bool
    effective_from: date | None
    effective_to: date | None
    check_superseded_by: RawSuccessor | None = None


class RawCatalogue(pack.Document, frozen=True):
    """`catalogue.json`."""

    items: tuple[RawItem, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Successor:
    """A law that may have replaced an item's law from `from_day` on; somebody has to look."""

    law: str
    title: str
    from_day: date


@dataclass(frozen=True, slots=True, kw_only=True)
class CatalogueItem:
    """One violation that officers look for."""

    code: str
    title: str
    title_en: str
    industries: tuple[str, ...]
    violated: tuple[Citation, ...]
    penalty_basis: tuple[Citation, ...]
    default_severity: Severity
    may_be_major: bool
    """The officer decides between 一般 and 重大; default_severity is then 一般."""
    major_basis: str
    """判定标准 by which it is 重大, as printed; empty if the pack names none."""
    is_major_basis_confirmed: bool
    is_verified: bool
    """The penalty article was read in a statute, and every duty names its article; else 待法制确认."""
    check_superseded_by: Successor | None
    competent: str
    is_ours: bool
    """An emergency-management department may act; else the matter is transferred (安全生产法 art. 69)."""
    allows_order: bool
    effective_from: date | None
    effective_to: date | None
    note: str

    def in_force_on(self, day: date) -> bool:
        """Whether nothing in the pack says that the item did not hold on `day`; unknown dates count as open."""
        return (self.effective_from or date.min) <= day <= (self.effective_to or date.max)


class Catalogue:
    """All items of one pack, searchable."""

    def __init__(self, items: tuple[CatalogueItem, ...], index: SearchIndex, lists: Checklists) -> None:
        self.items = items
        self._by_code = {item.code: item for item in items}
        self._lists = lists
        self._rows: tuple[tuple[CatalogueItem, Row], ...] = tuple(
            (item, search.row(item.title, item.title_en, item.code, index.items.get(item.code, ""))) for item in items
        )

    def get(self, code: str) -> CatalogueItem:
        """Return one item. Raises NotFound (kind, id)."""
        try:
            return self._by_code[code]
        except KeyError as error:
            raise NotFound(kind="catalogue", id=code) from error

    def search(self, text: str, limit: int = 8, industry: str = "") -> list[CatalogueItem]:
        """Return items that every word of `text` names, best first; an empty text gives the quick picks.

        Words: 汉字 anywhere in the title, pinyin initials or pinyin (also mixed, also cut), code, English.
        Order: exact, at the beginning, inside; then the industry's own, general, others; then shorter titles.
        """
        wanted = search.words(text)
        if not wanted:
            return self.suggest(industry, limit)
        labels = self._lists.labels(industry)
        found: list[tuple[tuple[int, int, bool, int, str], CatalogueItem]] = []
        for item, row in self._rows:
            worst = 0
            for word in wanted:
                rank = search.rank(row, word)
                if rank is None:
                    break
                worst = max(worst, rank)
            else:
                is_old = item.effective_to is not None
                found.append(((worst, _nearness(item, labels), is_old, len(item.title), item.code), item))
        found.sort(key=lambda each: each[0])
        return [item for _, item in found[: max(0, limit)]]

    def suggest(self, industry: str = "", limit: int = 8) -> list[CatalogueItem]:
        """Return the items that an industry's checklist names most, as quick picks; the general ones without it."""
        codes = self._lists.common(industry)[: max(0, limit)]
        return [self._by_code[code] for code in codes if code in self._by_code]


@pack.cached
def load() -> Catalogue:
    """Return the catalogue of the pack in use. Raises PackDamaged."""
    current = pack.current()
    raw = current.read("catalogue.json", RawCatalogue)
    index = current.read("search.json", SearchIndex)
    return Catalogue(tuple(_item(each) for each in raw.items), index, checklists.load())


def _nearness(item: CatalogueItem, labels: tuple[str, ...]) -> int:
    if not labels or any(label in item.industries for label in labels):
        return 0
    return 1 if _EVERY_INDUSTRY in item.industries else 2


def _item(raw: RawItem) -> CatalogueItem:
    violated = _citations(raw.violated)
    basis = raw.major_hazard_basis or ""
    return CatalogueItem(
        code=raw.code,
        title=raw.title_zh,
        title_en=raw.title_en,
        industries=raw.industries,
        violated=violated,
        penalty_basis=_citations(raw.penalty_basis),
        default_severity=Severity.MAJOR if raw.default_level == "major" else Severity.GENERAL,
        may_be_major=raw.default_level == "either",
        major_basis=_criterion(basis),
        is_major_basis_confirmed=not _UNCONFIRMED.search(basis),
        is_verified=raw.verification == "S" and all(laws.names_article(each) for each in violated),
        check_superseded_by=_successor(raw.check_superseded_by),
        competent=raw.competent,
        is_ours=raw.competent.startswith(_OUR_DEPARTMENT),
        allows_order=raw.allows_rectify_order,
        effective_from=raw.effective_from,
        effective_to=raw.effective_to,
        note=raw.note,
    )


def _citations(raw: tuple[RawCitation, ...]) -> tuple[Citation, ...]:
    index = laws.load()
    return tuple(index.cite(each.law, each.article, each.paragraph, each.item) for each in raw)


def _successor(raw: RawSuccessor | None) -> Successor | None:
    if raw is None:
        return None
    return Successor(law=raw.law, title=laws.load().get(raw.law).title, from_day=raw.from_day)


def _criterion(text: str) -> str:
    """Return a 判定标准 as printed: its name in full, without the pack's own marks."""
    text = _UNCONFIRMED.sub("", text)
    for short, full in corrections.load().criteria.items():
        if text.startswith(short):
            return full + text[len(short) :]
    return text
