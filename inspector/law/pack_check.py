"""Holds a pack against statute texts: does every cited place exist, and does it name the sums the catalogue gives?"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

import msgspec

from inspector.domain.hazard import Citation
from inspector.law import citation_text, laws, pack, pack_basis
from inspector.law.article_numbers import NUMERAL, article_number
from inspector.law.catalogue import RawCitation
from inspector.law.fine_text import FineRange, fine_ranges, formula_stands
from inspector.law.laws import Law, Laws
from inspector.law.statute_library import Library, Shelved, paragraph_of
from inspector.law.statutes import StatuteVersion, printed_article

_BEFORE = re.compile(r"依照(?:前款|本条第[一二三四五]款)(?:的)?规定")
_N = f"[{NUMERAL}]+"
_PLACES = rf"(?:第{_N}条(?:第{_N}款)?(?:第[（(]?{_N}[）)]?项)?(?:、|和|或者|,|，)?)+"
_PUNISHED = re.compile(rf"违反本(?:法|条例|办法|规定)({_PLACES})的?规定")
_DUTY = re.compile(rf"(第{_N}条)(第{_N}款)?")
_REFERRED = re.compile(rf"依照本(?:法|条例|办法|规定)(第{_N}条)(?:第{_N}款)?的?规定")


class Stage(msgspec.Struct, frozen=True):
    """What the catalogue says of one stage; ranges in yuan, `fine_mode` shall, may or none."""

    stage: str
    unit_fine: tuple[int, int] | None
    person_fine: tuple[int, int] | None
    fine_mode: str
    formula: str = ""


class Item(msgspec.Struct, frozen=True):
    """The part of a catalogue item that statutes can prove."""

    code: str
    violated: tuple[RawCitation, ...]
    penalty_basis: tuple[RawCitation, ...]
    stages: tuple[Stage, ...]
    effective_from: date | None
    effective_to: date | None


class Items(pack.Document, frozen=True):
    """`catalogue.json`."""

    items: tuple[Item, ...]


class Mismatch(msgspec.Struct, frozen=True):
    """Something in the pack that the text contradicts.

    `kind` is a Fault, or amount (no such sum in the cited text), amount_elsewhere (in another paragraph of the
    article), amount_stage (under another stage), amount_mode (可以处 against 处), duty (the penalty names the articles
    it punishes, 违反本法第十六条规定, and the item breaks none of them), in_force_from (the index has another day).
    """

    subject: str
    field: str
    kind: str
    said: str
    found: str


class Unchecked(msgspec.Struct, frozen=True):
    """Something nothing could be said of.

    `reason`: no_text (the law is not among the texts), no_version (not the version of the day), not_an_article,
    unknown_law, no_sum (the text names none), formula (a sum by formula that the text doesn't show word by word).
    """

    subject: str
    field: str
    reason: str
    said: str


class CheckReport(msgspec.Struct, frozen=True):
    """`places` and `sums` are how many were proved by a text."""

    pack: str
    places: int
    sums: int
    mismatches: tuple[Mismatch, ...]
    unchecked: tuple[Unchecked, ...]


def check_statutes(opened: pack.Pack, versions: Iterable[StatuteVersion]) -> CheckReport:
    """Check the citations of catalogue, rules, forms and the other files, and the catalogue's fines.

    Raises PackDamaged.

    A place is looked up in the version that holds when the pack (an expired item: when the item) applies.
    """
    index = laws.of_pack(opened)
    check = _Check(Library(versions, index), index, opened.manifest.effective_from)
    check.dates()
    for item in opened.read("catalogue.json", Items).items:
        check.item(item)
    for subject, field, text in pack_basis.bases(opened):
        check.notation(subject, field, text)
    return CheckReport(
        opened.manifest.version, check.places, check.sums, tuple(check.mismatches), tuple(check.unchecked)
    )


class _Check:
    """One run over one pack."""

    def __init__(self, library: Library, index: Laws, day: date) -> None:
        self._library, self._index, self._day = library, index, day
        self.places = self.sums = 0
        self.mismatches: list[Mismatch] = []
        self.unchecked: list[Unchecked] = []

    def dates(self) -> None:
        """Check the index's first days against those that texts say themselves."""
        for shelved in (each for shelf in self._library.shelves() for each in shelf):
            law = self._index.named(shelved.title)
            told = shelved.statute.in_force_from
            if law is None or told is None:
                continue
            self.places += 1
            if told not in {version.begins for version in law.versions}:
                said = ", ".join(str(version.begins) for version in law.versions)
                self.mismatches.append(Mismatch(law.id, "versions", "in_force_from", said, str(told)))

    def item(self, item: Item) -> None:
        """Check one catalogue item."""
        day = max(self._day, item.effective_from or date.min)
        day = min(day, item.effective_to or date.max)
        for raw in item.violated:
            self._place(item.code, "violated", self._cited(raw), day)
        proved = [(raw, self._place(item.code, "penalty_basis", self._cited(raw), day)) for raw in item.penalty_basis]
        basis = [(self._cited(raw), shelved) for raw, shelved in proved if shelved]
        for citation, shelved in basis:
            self._duty(item, citation, shelved)
        for stage in item.stages:
            for field, fine in (("unit_fine", stage.unit_fine), ("person_fine", stage.person_fine)):
                if fine is not None:
                    said = _Said(item.code, f"{stage.stage}.{field}", fine, len(basis) == len(item.penalty_basis))
                    self._fine(said, stage, basis)
            if stage.formula:
                self._formula(item.code, stage, basis, is_whole=len(basis) == len(item.penalty_basis))

    def notation(self, subject: str, field: str, text: str) -> None:
        """Check a place in short notation; a word before the law is not part of it (证据真实性 行政处罚法46(2))."""
        tries = [citation_text.read(text), citation_text.read(text.rsplit(maxsplit=1)[-1])]
        read = next((each for each in tries if each and self._law(each.law)), tries[0])
        law = self._law(read.law) if read else None
        if read is None or not read.law:
            self.unchecked.append(Unchecked(subject, field, "not_an_article", text))
        elif law is None:
            self.unchecked.append(Unchecked(subject, field, "unknown_law", text))
        else:
            for spot in read.spots:
                self._place(subject, field, citation_text.citation(law.id, law.title, spot), self._day, text)

    def _law(self, name: str) -> Law | None:
        """The law of this name, short title or id."""
        return self._index.of(Citation(law=name.upper(), title=name, article=""))

    def _cited(self, raw: RawCitation) -> Citation:
        return self._index.cite(raw.law, raw.article, raw.paragraph, raw.item)

    def _place(self, subject: str, field: str, citation: Citation, day: date, said: str = "") -> Shelved | None:
        """Check one citation; return the version that has it, None if it has none or nothing could be said."""
        said = said or citation.text()
        if not citation_text.spots(citation):
            self.unchecked.append(Unchecked(subject, field, "not_an_article", said))
            return None
        fault = self._library.check(citation, day)
        if fault is not None:
            last = f"{fault.published or ''} {fault.begins or '?'}–{fault.ends or ''} ({fault.most})".strip()
            self.mismatches.append(Mismatch(subject, field, fault.kind.value, said, last))
            return None
        shelved = self._library.version_on(citation.law, day, citation.title)
        if shelved is None:
            has_older = bool(self._library.of(citation.law, citation.title))
            self.unchecked.append(Unchecked(subject, field, "no_version" if has_older else "no_text", said))
            return None
        self.places += 1
        return shelved

    def _duty(self, item: Item, citation: Citation, shelved: Shelved) -> None:
        """Check that the item breaks an article that its penalty names, if it names any."""
        named = [each for found in _PUNISHED.findall(_cited_text(citation, shelved)) for each in _DUTY.findall(found)]
        broken = [(each.article, each.paragraph) for each in item.violated if each.law == citation.law]
        if named and not any(_is_among(article, paragraph, broken) for article, paragraph in named):
            said = " ".join("".join(each) for each in broken)
            found = " ".join("".join(each) for each in named)
            self.mismatches.append(Mismatch(item.code, "violated", "duty", said, found))

    def _fine(self, said: _Said, stage: Stage, basis: list[tuple[Citation, Shelved]]) -> None:
        """Prove one range of one stage by the cited texts and those they refer to (依照前款规定处罚)."""
        words = f"{stage.fine_mode} {said.fine[0]}–{said.fine[1]}"
        own = [each for citation, shelved in basis for each in fine_ranges(_cited_text(citation, shelved))]
        lent = [each for citation, shelved in basis for each in fine_ranges(_lent_text(citation, shelved))]
        same = [each for each in own if (each.low, each.high) == said.fine]
        if any((each.low, each.high) == said.fine for each in lent):
            self.sums += 1
        elif not same and (not said.is_whole or not own):
            reason = "no_sum" if said.is_whole else "no_text"
            self.unchecked.append(Unchecked(said.code, said.field, reason, words))
        elif kind := _difference(said, stage, same, basis):
            self.mismatches.append(Mismatch(said.code, said.field, kind, words, " ".join(_told(each) for each in own)))
        else:
            self.sums += 1

    def _formula(self, code: str, stage: Stage, basis: list[tuple[Citation, Shelved]], *, is_whole: bool) -> None:
        text = "\n".join(_cited_text(*each) + "\n" + _lent_text(*each) for each in basis)
        if formula_stands(stage.formula, text):
            self.sums += 1
        else:
            reason = "formula" if is_whole else "no_text"
            self.unchecked.append(Unchecked(code, f"{stage.stage}.formula", reason, stage.formula))


def _is_among(article: str, paragraph: str, broken: list[tuple[str, str]]) -> bool:
    return any(article == one and (not paragraph or not other or paragraph == other) for one, other in broken)


@dataclass(frozen=True, slots=True)
class _Said:
    """One range of the catalogue; `is_whole`: the texts of all its bases are here."""

    code: str
    field: str
    fine: tuple[int, int]
    is_whole: bool


def _difference(said: _Said, stage: Stage, same: list[FineRange], basis: list[tuple[Citation, Shelved]]) -> str:
    """Return how a range differs from the text, empty if it doesn't. An article about an accident names no stage."""
    if not same:
        whole = [each for citation, shelved in basis for each in fine_ranges(_whole_text(citation, shelved))]
        return "amount_elsewhere" if any((each.low, each.high) == said.fine for each in whole) else "amount"
    allowed = {stage.stage, "initial"} if stage.stage == "accident" else {stage.stage}
    staged = [each for each in same if each.stage in allowed]
    if not staged:
        return "amount_stage"
    is_optional = stage.fine_mode == "may"
    return "" if any(each.is_optional == is_optional for each in staged) else "amount_mode"


def _cited_text(citation: Citation, shelved: Shelved) -> str:
    """The text a citation names: its paragraphs, of their items only those named."""
    return "\n".join(dict.fromkeys(_cited_lines(citation, shelved)))


def _cited_lines(citation: Citation, shelved: Shelved) -> Iterator[str]:
    for spot in citation_text.spots(citation):
        article = shelved.article(spot.article)
        if article is None:
            continue
        if not spot.paragraph and not spot.item:
            yield from printed_article(article)
        elif paragraph := paragraph_of(article, spot):
            yield paragraph.text
            yield from (item.text for item in paragraph.items if spot.item in {0, item.no})


def _lent_text(citation: Citation, shelved: Shelved) -> str:
    """The text that a cited text refers to for its sums: 前款, 本条第一款, 本法第十九条."""
    text = _cited_text(citation, shelved)
    lines: list[str] = []
    for spot in citation_text.spots(citation):
        article = shelved.article(spot.article)
        if article and _BEFORE.search(text):
            lines.extend(each.text for each in article.paragraphs[: max(0, spot.paragraph - 1)])
    for label in _REFERRED.findall(text):
        number = article_number(label)
        article = shelved.article(number) if number else None
        lines.extend(printed_article(article) if article else ())
    return "\n".join(lines)


def _whole_text(citation: Citation, shelved: Shelved) -> str:
    articles = [shelved.article(spot.article) for spot in citation_text.spots(citation)]
    return "\n".join(line for article in articles if article for line in printed_article(article))


def _told(fine: FineRange) -> str:
    return f"{fine.stage}:{'may' if fine.is_optional else 'shall'} {fine.low}–{fine.high}"
