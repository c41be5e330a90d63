"""A set of statute texts beside the laws index: which version holds on a day, what an article says, what is wrong."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from inspector.domain.hazard import Citation
from inspector.law import citation_text
from inspector.law.article_numbers import ArticleNumber
from inspector.law.citation_text import Spot
from inspector.law.laws import Law, Laws, LawVersion
from inspector.law.statutes import Article, Paragraph, Part, StatuteVersion

_COUNTRY = "中华人民共和国"


class Force(StrEnum):
    """Whether something holds on a day; UNPUBLISHED: no text published by then has it (行政处罚法 art. 5(3))."""

    IN_FORCE = "in_force"
    REPEALED = "repealed"
    NOT_YET = "not_yet"
    UNPUBLISHED = "unpublished"
    UNKNOWN = "unknown"


class Fault(StrEnum):
    """What is wrong with a citation on a day."""

    NO_ARTICLE = "no_article"
    NO_PARAGRAPH = "no_paragraph"
    NO_ITEM = "no_item"
    REPEALED = "repealed"
    NOT_YET = "not_yet"
    UNPUBLISHED = "unpublished"


@dataclass(frozen=True, slots=True, kw_only=True)
class CitationFault:
    """Why a citation does not stand: `most` is how many articles, paragraphs or items there are (0: not counted)."""

    kind: Fault
    citation: Citation
    published: date | None = None
    begins: date | None = None
    ends: date | None = None
    most: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Shelved:
    """One version on the shelf of its law; `begins` None: unknown, `ends` inclusive, None: none known."""

    law: str
    """Id of the laws index, else the title."""
    title: str
    """As documents print it between 《》."""
    short: str
    statute: StatuteVersion
    begins: date | None
    ends: date | None
    doubt_from: date | None = None
    """From here on the pack doubts that the law holds."""

    def force_on(self, day: date) -> Force:
        """Whether this version holds on `day`."""
        if day < self.statute.published:
            return Force.UNPUBLISHED
        if self.ends and day > self.ends:
            return Force.REPEALED
        if self.begins is None or (self.doubt_from and day >= self.doubt_from):
            return Force.UNKNOWN
        return Force.IN_FORCE if day >= self.begins else Force.NOT_YET

    def article(self, number: ArticleNumber) -> Article | None:
        """Return an article by its number; None: this version has none."""
        return next((one for one in self.statute.articles() if one.number == number), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class ArticleText:
    """An article as the window shows it: `spots` are the places a citation picked out (empty: the whole article)."""

    shelved: Shelved
    article: Article
    force: Force
    headings: tuple[str, ...]
    """编, 章, 节 it stands in, outermost first."""
    spots: tuple[Spot, ...] = ()
    before: str = ""
    """Label of the article before it in this version; empty at the beginning."""
    after: str = ""

    def citation(self) -> Citation:
        """The article as it is cited."""
        return Citation(law=self.shelved.law, title=self.shelved.title, article=self.article.label)


class Library:
    """Texts by law and version. `index` names the laws and tells what the texts don't."""

    def __init__(self, statutes: Iterable[StatuteVersion], index: Laws) -> None:
        self._index = index
        by_law: dict[str, list[StatuteVersion]] = {}
        for statute in sorted(statutes, key=lambda one: one.published):
            law = index.named(statute.title)
            by_law.setdefault(law.id if law else statute.title, []).append(statute)
        places = {law.id: place for place, law in enumerate(index)}
        order = sorted(by_law, key=lambda law: (places.get(law, len(places)), law))
        self._shelves = {law: _shelve(law, by_law[law], index.named(by_law[law][0].title)) for law in order}
        self._by_name = {name: law for law, shelf in self._shelves.items() for name in (shelf[0].title, shelf[0].short)}

    @property
    def index(self) -> Laws:
        """The laws index beside which the texts stand."""
        return self._index

    def shelves(self) -> tuple[tuple[Shelved, ...], ...]:
        """Every law's versions, oldest first; laws in the order of the index, then the others."""
        return tuple(self._shelves.values())

    def of(self, law: str, title: str = "") -> tuple[Shelved, ...]:
        """Return the versions of a law by its id or a name of it, oldest first; empty: no text."""
        known = self._index.named(title) if title else None
        for name in (law, known.id if known else "", self._by_name.get(law, ""), self._by_name.get(title, "")):
            if name in self._shelves:
                return self._shelves[name]
        return ()

    def version_on(self, law: str, day: date, title: str = "") -> Shelved | None:
        """Return the text to read on `day`: the one that holds, else the latest published that may; None: none."""
        shelf = self.of(law, title)
        states = {each: each.force_on(day) for each in shelf}
        for wanted in (Force.IN_FORCE, Force.UNKNOWN):
            found = [each for each in shelf if states[each] is wanted]
            if found:
                return found[-1]
        return None

    def article(self, citation: Citation, on: date, published: date | None = None) -> ArticleText | None:
        """Return the article a citation names, in the version of `published` or the one to read `on` that day.

        Falls back to the last version that has the article: an old citation opens what it meant; `force` says so.
        """
        spots = citation_text.spots(citation)
        shelf = self.of(citation.law, citation.title)
        if not spots or not shelf:
            return None
        first = [each for each in shelf if each.statute.published == published]
        holding = self.version_on(citation.law, on, citation.title)
        for shelved in [*first, *([holding] if holding else []), *reversed(shelf)]:
            text = _article_text(shelved, spots, on)
            if text is not None:
                return text
        return None

    def in_force(self, citation: Citation, day: date) -> Force:
        """Whether a citation holds on `day`: by the texts, then by the index."""
        spots = citation_text.spots(citation)
        shelf = self.of(citation.law, citation.title)
        law = self._index.of(citation)
        holding = next((each for each in reversed(shelf) if each.force_on(day) is Force.IN_FORCE), None)
        if holding is None or not spots:
            return _without_text(law, shelf, day)
        if holding.article(spots[0].article) is not None:
            return Force.IN_FORCE
        having = [each for each in shelf if each.article(spots[0].article) is not None]
        if not having:
            return Force.UNPUBLISHED
        return having[-1].force_on(day)

    def check(self, citation: Citation, day: date) -> CitationFault | None:
        """Return what is wrong with a citation on `day`; None: nothing, or nothing that can be known here."""
        spots = citation_text.spots(citation)
        holding = self.version_on(citation.law, day, citation.title)
        if holding is not None:
            for spot in spots:
                fault = _fault(holding, spot, citation)
                if fault is not None:
                    return fault
        force = self.in_force(citation, day)
        if force in {Force.IN_FORCE, Force.UNKNOWN}:
            return None
        last = holding or next(iter(reversed(self.of(citation.law, citation.title))), None)
        dates = (last.begins, last.ends, last.statute.published) if last else (None, None, None)
        return CitationFault(
            kind=Fault(force.value), citation=citation, begins=dates[0], ends=dates[1], published=dates[2]
        )


def paragraph_of(article: Article, spot: Spot) -> Paragraph | None:
    """Return the paragraph of a place: the one with its item where none is named (第九十九条第（二）项); None: none."""
    if spot.paragraph:
        return article.paragraphs[spot.paragraph - 1] if spot.paragraph <= len(article.paragraphs) else None
    if spot.item:
        return next((each for each in article.paragraphs if any(i.no == spot.item for i in each.items)), None)
    return article.paragraphs[0] if article.paragraphs else None


def stands(article: Article, spot: Spot) -> bool:
    """Whether an article has the paragraph and item of a place."""
    paragraph = paragraph_of(article, spot)
    if paragraph is None:
        return not spot.paragraph and not spot.item
    return not spot.item or any(each.no == spot.item for each in paragraph.items)


def _shelve(law_id: str, statutes: list[StatuteVersion], law: Law | None) -> tuple[Shelved, ...]:
    """Date the versions of one law: each ends the day before the next begins, of the texts or of the index."""
    listed = law.versions if law else ()
    begun = [one.in_force_from or _listed_begin(one, listed) for one in statutes]
    known = sorted({day for day in begun if day} | {each.begins for each in listed if each.begins})
    shelf: list[Shelved] = []
    for place, statute in enumerate(statutes):
        own = begun[place]
        after = own or statute.published
        later = [day for day in known if day > after]
        ended = next((each.ends for each in listed if own and each.begins == own), None)
        ends = min([later[0] - timedelta(days=1)] if later else [], default=None)
        shelf.append(
            Shelved(
                law=law_id,
                title=law.title if law else statute.title,
                short=law.short if law else statute.title.removeprefix(_COUNTRY),
                statute=statute,
                begins=own,
                ends=min((day for day in (ends, ended) if day), default=None),
                doubt_from=law.doubt.from_day if law and law.doubt else None,
            )
        )
    return tuple(shelf)


def _listed_begin(statute: StatuteVersion, listed: tuple[LawVersion, ...]) -> date | None:
    """The index's day for the version of a text: the one adopted or begun on the day it was published."""
    for version in listed:
        if version.begins and statute.published in {version.adopted, version.begins}:
            return version.begins
    return None


def _without_text(law: Law | None, shelf: tuple[Shelved, ...], day: date) -> Force:
    """What is known where no text holds on `day`: where the last text ended, nobody here knows the newer articles."""
    if law is None:
        return _by_shelf(shelf, day)
    force = _by_index(law, day)
    if force is Force.UNKNOWN:
        return _by_shelf(shelf, day)
    is_outdated = bool(shelf) and all(each.force_on(day) is Force.REPEALED for each in shelf)
    return Force.UNKNOWN if force is Force.IN_FORCE and is_outdated else force


def _by_index(law: Law, day: date) -> Force:
    known = law.in_force_on(day)
    if known is None:
        return Force.UNKNOWN
    if known:
        return Force.IN_FORCE
    begins = [each for each in law.versions if each.begins]
    if all(each.begins and each.begins > day for each in begins):
        adopted = [each.adopted for each in begins if each.adopted]
        return Force.UNPUBLISHED if adopted and min(adopted) > day else Force.NOT_YET
    return Force.REPEALED


def _by_shelf(shelf: tuple[Shelved, ...], day: date) -> Force:
    """What texts alone say of a law the index doesn't know: the latest that was published by then."""
    states = [each.force_on(day) for each in shelf]
    published = [state for state in states if state is not Force.UNPUBLISHED]
    if published:
        return published[-1]
    return Force.UNPUBLISHED if states else Force.UNKNOWN


def _article_text(shelved: Shelved, spots: tuple[Spot, ...], on: date) -> ArticleText | None:
    articles = list(shelved.statute.articles())
    for place, article in enumerate(articles):
        if article.number == spots[0].article:
            return ArticleText(
                shelved=shelved,
                article=article,
                force=shelved.force_on(on),
                headings=_headings(shelved.statute.parts, article),
                spots=tuple(spot for spot in spots if spot.paragraph or spot.item),
                before=articles[place - 1].label if place else "",
                after=articles[place + 1].label if place + 1 < len(articles) else "",
            )
    return None


def _headings(parts: tuple[Part, ...], article: Article) -> tuple[str, ...]:
    open_parts: list[Part] = []
    for part in parts:
        open_parts = [each for each in open_parts if each.depth < part.depth]
        open_parts.append(part)
        if article in part.articles:
            return tuple(each.heading for each in open_parts if each.heading)
    return ()


def _fault(shelved: Shelved, spot: Spot, citation: Citation) -> CitationFault | None:
    article = shelved.article(spot.article)
    if article is None:
        most = max((each.no for each in shelved.statute.articles()), default=0)
        return _told(Fault.NO_ARTICLE, shelved, citation, most)
    paragraph = paragraph_of(article, spot)
    if spot.paragraph and paragraph is None:
        return _told(Fault.NO_PARAGRAPH, shelved, citation, len(article.paragraphs))
    if spot.item and (paragraph is None or all(each.no != spot.item for each in paragraph.items)):
        most = max((each.no for one in article.paragraphs for each in one.items), default=0)
        return _told(Fault.NO_ITEM, shelved, citation, most)
    return None


def _told(kind: Fault, shelved: Shelved, citation: Citation, most: int) -> CitationFault:
    return CitationFault(
        kind=kind, citation=citation, published=shelved.statute.published, begins=shelved.begins, ends=shelved.ends,
        most=most,
    )  # fmt: skip
