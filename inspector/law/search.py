"""Finding catalogue items as people type: 汉字, pinyin initials, full pinyin, code, English words."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass

from inspector.law import pack

_LONGEST_QUERY = 64
_MOST_WORDS = 8


class SearchIndex(pack.Document, frozen=True):
    """`search.json`: the pinyin syllables of each item's title by code, split by spaces (ü is v, no tones)."""

    items: dict[str, str]


@dataclass(frozen=True, slots=True)
class Row:
    """One item as the search sees it; texts are folded, `initials` has one letter a syllable."""

    title: str
    english: str
    code: str
    short_code: str
    syllables: tuple[str, ...]
    initials: str


@dataclass(frozen=True, slots=True)
class Word:
    """One folded word of a query; `letters` are what may be pinyin, empty if it can't be."""

    text: str
    letters: str
    may_be_number: bool
    may_be_english: bool


def fold(text: str) -> str:
    """Return `text` in one width and case (NFKC, casefold), as titles and queries are compared; ü becomes v."""
    return unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", text).casefold()).replace("ü", "v")


def words(text: str) -> tuple[Word, ...]:
    """Return the words of a query, folded; no more than it takes to name an item."""
    return tuple(_word(each) for each in fold(text[:_LONGEST_QUERY]).split()[:_MOST_WORDS])


def row(title: str, english: str, code: str, syllables: str) -> Row:
    """Return the row of one item."""
    parts = tuple(syllables.split())
    code = fold(code)
    initials = "".join(part[0] for part in parts)
    return Row(fold(title), f" {fold(english)}", code, code.replace("-", ""), parts, initials)


def rank(row: Row, word: Word) -> int | None:
    """Return how well a word names an item: 0 exactly … 6 by an English word; None: not at all."""
    text = word.text
    if text in (row.title, row.code):
        return 0
    if row.title.startswith(text):
        return 1
    if text in row.title:
        return 2
    return _rank_latin(row, word) if text.isascii() else None


def _word(text: str) -> Word:
    letters = text.replace("'", "")
    is_latin = letters.isascii() and letters.isalnum()
    return Word(text, letters if is_latin else "", any(each.isdigit() for each in text), len(text) >= 3)


def _rank_latin(row: Row, word: Word) -> int | None:
    if word.may_be_number and (word.text in row.code or row.short_code.startswith(word.text)):
        return 2
    if word.letters:
        start = row.initials.find(word.letters[0])
        while start >= 0:
            if _may_go_on(row, start, word.letters) and _reads(row.syllables, start, word.letters):
                return 4 if start else 3
            start = row.initials.find(word.letters[0], start + 1)
    if row.code.startswith(word.text):
        return 4
    if word.may_be_english and f" {word.text}" in row.english:
        return 6
    return None


def _may_go_on(row: Row, start: int, letters: str) -> bool:
    """Whether the second letter goes on in the syllable or begins the next: cheap, and false for most."""
    second = letters[1:2]
    return not second or second in (row.syllables[start][1:2], row.initials[start + 1 : start + 2])


def _reads(syllables: tuple[str, ...], start: int, letters: str) -> bool:
    """Whether `letters` spell the syllables from `start` on, each whole or by its initial, the last perhaps cut."""
    reached = {0}
    for place in range(start, len(syllables)):
        syllable = syllables[place]
        further: set[int] = set()
        for done in reached:
            if syllable.startswith(letters[done:]):
                return True
            if letters.startswith(syllable, done):
                further.add(done + len(syllable))
            if letters[done] == syllable[0]:
                further.add(done + 1)
        if not further:
            return False
        reached = further
    return False
