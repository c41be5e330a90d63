"""Finding articles as people type: words of the text, pinyin of titles and headings, names of laws, article numbers.

Everything is in memory: one long folded text a version, read from end to end by `str.find`.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from inspector.law import citation_text, search
from inspector.law.article_numbers import NUMERAL
from inspector.law.citation_text import Notation, Spot
from inspector.law.search import Row, Word
from inspector.law.statute_library import Force, Library, Shelved, paragraph_of, stands
from inspector.law.statutes import Article, printed_article

SNIPPET = 72
"""Characters of a snippet."""

_BEFORE_HIT, _NEAR, _LEAST = 5, 9, 24
"""A hit stands so many characters behind the beginning of its snippet; a line is cut if it stands further in, but
not to less than the last."""

_RANKS_OF_TITLES = 4
_FORCES = (Force.IN_FORCE, Force.UNKNOWN, Force.NOT_YET, Force.UNPUBLISHED, Force.REPEALED)
_NUMBERED, _NAMED, _HEADED, _WRITTEN = range(4)
"""Kinds of hits in their order: by number, the law by its name, a heading, words of the text."""

_BARE = re.compile(r"(?:^|\s)\d{1,4}(?=\s|$)")
_ONLY_NUMBERS = re.compile(rf"[第条款项之\s\d(){NUMERAL}-]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """One article found. `marks` are (start, end) in `snippet`; `spots` what a number in the query picked out."""

    shelved: Shelved
    article: Article
    force: Force
    heading: str
    snippet: str
    marks: tuple[tuple[int, int], ...] = ()
    spots: tuple[Spot, ...] = ()
    is_law: bool = False
    """Found by the law's name: the whole law is meant, `article` is its first and `snippet` its title."""


@dataclass(frozen=True, slots=True)
class Hits:
    """The best hits, and how many articles there are in all."""

    hits: tuple[Hit, ...]
    total: int


class _Place(NamedTuple):
    """One found article before it becomes a Hit; sorts as it is shown."""

    force: int
    kind: int
    rank: int
    book: int
    article: int


@dataclass(frozen=True, slots=True)
class _Book:
    """One version, made ready: `starts` are where each article begins in the folded `text`."""

    shelved: Shelved
    title: Row
    names: tuple[str, ...]
    articles: tuple[Article, ...]
    headings: tuple[str, ...]
    rows: tuple[Row, ...]
    parts: tuple[int, ...]
    text: str
    starts: tuple[int, ...]


class StatuteSearch:
    """All texts of a library, searchable; make it once, it takes some ms a statute."""

    def __init__(self, library: Library) -> None:
        self._books = tuple(_book(each) for shelf in library.shelves() for each in reversed(shelf))

    def search(self, text: str, on: date, limit: int = 50) -> Hits:
        """Return articles that every word of `text` names, best first: what holds `on` that day before what doesn't.

        A word may be 汉字 of the text from one character up, a law's title or abbreviation, pinyin (initials too) of
        titles and headings, or a number: 99, 第99条, 九十九条, 99(1)(二), also written to the law's name.
        """
        notation, wanted = _query(text, self._names_law)
        if not wanted and notation is None:
            return Hits((), 0)
        plain = search.words(text) if _BARE.search(text) else ()
        places: list[_Place] = []
        for at, book in enumerate(self._books):
            force = _FORCES.index(book.shelved.force_on(on))
            found = _find(book, wanted, notation)
            numbered = {one for _, _, one in found}
            if plain:  # 30 is article 30, and 30日 in the text
                found += [each for each in _find(book, plain, None) if each[2] not in numbered]
            places.extend(_Place(force, kind, rank, at, one) for kind, rank, one in found)
        places.sort()
        shown: list[Hit] = []
        for each in places[: max(0, limit)]:
            is_numbered = each.kind == _NUMBERED
            words, named = (wanted, notation) if is_numbered or not plain else (plain, None)
            book = self._books[each.book]
            hit = _law_hit(book, words, on) if each.kind == _NAMED else _hit(book, each.article, words, named, on)
            shown.append(hit)
        return Hits(tuple(shown), len(places))

    def _names_law(self, text: str) -> bool:
        return any(_title_rank(book, word) is not None for word in search.words(text) for book in self._books)


def _query(text: str, names_law: Callable[[str], bool]) -> tuple[Notation | None, tuple[Word, ...]]:
    """Return the article number of a query, if it has one, and its other words (the law's name beside it too)."""
    rest: list[str] = []
    notation: Notation | None = None
    for token in search.fold(text[:200]).split():
        read = None if notation else citation_text.read(token)
        if read is not None and (not read.law or names_law(read.law)):
            notation = read
            rest.extend([read.law] if read.law else [])
        elif notation is not None and _ONLY_NUMBERS.fullmatch(token) and (more := _narrowed(notation, token)):
            notation = more
        else:
            rest.append(token)
    return notation, search.words(" ".join(rest))


def _narrowed(notation: Notation, token: str) -> Notation | None:
    """A number that goes on in the next word: 第99条 第一款."""
    more = citation_text.read(f"{notation.spots[0].article.no}条{token}")
    return Notation(notation.law, more.spots) if more and not more.law else None


def _book(shelved: Shelved) -> _Book:
    articles: list[Article] = []
    headings: list[str] = []
    rows: list[Row] = []
    parts: list[int] = []
    for part in shelved.statute.parts:
        if part.heading:
            headings.append(part.heading)
            rows.append(search.row("".join(part.heading.split()), "", "", part.syllables))
        parts.extend([len(headings) - 1] * len(part.articles))
        articles.extend(part.articles)
    texts = [search.fold("\n".join(printed_article(each))) for each in articles]
    starts = [0]
    for each in texts:
        starts.append(starts[-1] + len(each) + 1)
    names = (shelved.short, shelved.title, shelved.law)
    return _Book(
        shelved=shelved,
        title=search.row(shelved.title, "", shelved.law, shelved.statute.syllables),
        names=tuple(search.fold(each) for each in names),
        articles=tuple(articles),
        headings=tuple(headings),
        rows=tuple(rows),
        parts=tuple(parts),
        text="\n".join(texts) + "\n",
        starts=tuple(starts[:-1]),
    )


def _find(book: _Book, wanted: tuple[Word, ...], notation: Notation | None) -> list[tuple[int, int, int]]:
    """Return (kind, rank, index of article) of everything in a book that all words name."""
    named = [_title_rank(book, word) for word in wanted]
    others = [word for word, rank in zip(wanted, named, strict=True) if rank is None]
    rank = max((each for each in named if each is not None), default=0)
    if notation is not None:
        numbered = [at for at in _numbered(book, notation) if _says(book, at, others)]
        return [(_NUMBERED, rank + _missing(book.articles[at], notation), at) for at in numbered]
    if not others:  # the law by its name; below it, where its own text says so
        first = [(_NAMED, rank, 0)] if book.articles else []
        sets = [_holding(book, word.text) for word in wanted]
        return first + [(_WRITTEN, rank, at) for at in sets[0].intersection(*sets[1:]) if at]
    found = [(_HEADED, rank, at) for at in _headed(book, others)]
    heads = {at for _, _, at in found}
    sets = [_holding(book, word.text) for word in others]
    both = sets[0].intersection(*sets[1:])
    if len(others) > 1:  # one word of the heading, another of the text
        both |= {at for at in sets[0].union(*sets[1:]) if _says(book, at, others)}
    return found + [(_WRITTEN, rank, at) for at in both - heads]


def _title_rank(book: _Book, word: Word) -> int | None:
    """How well a word names the law; one 汉字 is a word of the text, not a name."""
    if word.text in book.names:
        return 0
    if len(word.text) < 2:
        return None
    if any(word.text in name for name in book.names):
        return 1
    rank = search.rank(book.title, word) if word.text.isascii() else None
    return rank if rank is not None and rank <= _RANKS_OF_TITLES else None


def _numbered(book: _Book, notation: Notation) -> list[int]:
    wanted = {spot.article for spot in notation.spots}
    return [at for at, article in enumerate(book.articles) if article.number in wanted]


def _missing(article: Article, notation: Notation) -> int:
    """A rank behind all others for an article that hasn't the paragraph or item a query names."""
    spots = [spot for spot in notation.spots if spot.article == article.number]
    return 0 if any(stands(article, spot) for spot in spots) else 10


def _headed(book: _Book, wanted: list[Word]) -> list[int]:
    """The first article under each heading that all words name."""
    named = {n for n, row in enumerate(book.rows) if all(_names(row, word) for word in wanted)}
    firsts: dict[int, int] = {}
    for at, part in enumerate(book.parts):
        if part in named:
            firsts.setdefault(part, at)
    return list(firsts.values())


def _names(row: Row, word: Word) -> bool:
    rank = search.rank(row, word) if len(word.text) > 1 else None
    return rank is not None and rank <= _RANKS_OF_TITLES


def _holding(book: _Book, word: str) -> set[int]:
    """The articles whose text has the word."""
    found: set[int] = set()
    at = book.text.find(word)
    while at >= 0:
        place = bisect_right(book.starts, at) - 1
        found.add(place)
        if place + 1 == len(book.starts):
            break
        at = book.text.find(word, book.starts[place + 1])
    return found


def _says(book: _Book, at: int, wanted: list[Word]) -> bool:
    """Whether every word is in the article or its heading."""
    end = book.starts[at + 1] if at + 1 < len(book.starts) else len(book.text)
    part = book.parts[at]
    row = book.rows[part] if part >= 0 else None
    return all(
        book.text.find(word.text, book.starts[at], end) >= 0 or (row is not None and _names(row, word))
        for word in wanted
    )


def _law_hit(book: _Book, wanted: tuple[Word, ...], on: date) -> Hit:
    title = book.shelved.title
    return Hit(
        shelved=book.shelved,
        article=book.articles[0],
        force=book.shelved.force_on(on),
        heading="",
        snippet=title,
        marks=tuple(positions(title, [word.text for word in wanted])),
        is_law=True,
    )


def _hit(book: _Book, at: int, wanted: tuple[Word, ...], notation: Notation | None, on: date) -> Hit:
    article, part = book.articles[at], book.parts[at]
    named = [spot for spot in notation.spots if spot.article == article.number] if notation else []
    spots = tuple(spot for spot in named if stands(article, spot))
    lines = list(printed_article(article))
    lines[0] = lines[0].removeprefix(article.label).strip()
    words = [word.text for word in wanted]
    if spots and (spots[0].paragraph or spots[0].item):
        lines = _pointed(article, spots[0]) or lines
    snippet, marks = _snippet([line for line in lines if line], words)
    return Hit(
        shelved=book.shelved,
        article=article,
        force=book.shelved.force_on(on),
        heading=book.headings[part] if part >= 0 else "",
        snippet=snippet,
        marks=marks,
        spots=spots,
    )


def _pointed(article: Article, spot: Spot) -> list[str]:
    paragraph = paragraph_of(article, spot)
    if paragraph is None:
        return []
    items = [item.label + item.text for item in paragraph.items if item.no == spot.item]
    return items or [paragraph.text]


def _snippet(lines: list[str], words: list[str]) -> tuple[str, tuple[tuple[int, int], ...]]:
    """Return the line that has most of the words, cut to size, and where words stand in it."""
    if not lines:
        return "", ()
    folded = [search.fold(line) for line in lines]
    counts = [sum(word in line for word in words) for line in folded]
    best = counts.index(max(counts))
    return _cut(lines[best], positions(lines[best], words))


def positions(line: str, words: Iterable[str]) -> list[tuple[int, int]]:
    """Where folded words stand in `line`, (start, end); also if folding changes its length (㎡ becomes two letters)."""
    pieces = [search.fold(char) for char in line]
    folded = "".join(pieces)
    back = [at for at, piece in enumerate(pieces) for _ in piece]
    found: list[tuple[int, int]] = []
    for word in words:
        at = folded.find(word)
        while at >= 0:
            found.append((back[at], back[at + len(word) - 1] + 1))
            at = folded.find(word, at + len(word))
    return sorted(found)


def _cut(line: str, places: list[tuple[int, int]]) -> tuple[str, tuple[tuple[int, int], ...]]:
    first = places[0][0] if places else 0
    start = 0 if first <= _NEAR else max(0, min(first - _BEFORE_HIT, len(line) - _LEAST))
    lead = "…" if start else ""
    end = start + SNIPPET
    shift = len(lead) - start
    marks = tuple((a + shift, b + shift) for a, b in places if a >= start and b <= end)
    return lead + line[start:end] + ("…" if end < len(line) else ""), marks
