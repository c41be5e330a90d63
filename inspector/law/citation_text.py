"""Reads citations: the fields of a `Citation`, and the short notation of packs and searches: 行政处罚法59(1)(二)."""

from __future__ import annotations

import re
from dataclasses import dataclass

from inspector.domain.hazard import Citation
from inspector.law import search
from inspector.law.article_numbers import NUMERAL, ArticleNumber, article_number, chinese, number

_N = rf"(?:[{NUMERAL}]+|\d{{1,4}})"
_TAIL = rf"(?:\(\s*{_N}\s*\)|第{_N}款|第?(?:\({_N}\))+项|第?{_N}项)*"
_PLACE = re.compile(
    rf"(?P<law>.*?)(?:第?(?P<no>{_N})条(?:之(?P<branch>{_N}))?|第?(?<!\d)(?P<digits>\d{{1,4}}))(?:-(?P<to>\d{{1,4}}))?条?(?P<tail>{_TAIL})",
)
_STEP = re.compile(rf"\((?P<bare>{_N})\)|第?(?P<worded>{_N})(?P<kind>款|项)")
_PARAGRAPH = re.compile(rf"第({_N})款")
_ITEMS = re.compile(rf"第?((?:[（(]{_N}[）)])+|{_N})项")
_UNCONFIRMED = re.compile(r"\s*\[[A-Z][^\]]*\]$")
_BETWEEN = re.compile(r"[;；、，]|,(?!\d{3})")
_NOTE = re.compile(rf"[（(](?!\s*{_N}\s*[）)])[^（）()]*[）)]")
_TO = re.compile(r"[–—~～]")


@dataclass(frozen=True, slots=True)
class Spot:
    """A place in a statute: article, paragraph (from 1, 0: the whole article), item (0: the whole paragraph)."""

    article: ArticleNumber
    paragraph: int = 0
    item: int = 0


@dataclass(frozen=True, slots=True)
class Notation:
    """What a short notation names: the law as written (a name, an id, initials, or empty), and its places."""

    law: str
    spots: tuple[Spot, ...]


def spots(citation: Citation) -> tuple[Spot, ...]:
    """Return the places a citation names, one an item; empty if its article is no number (a name of a rule)."""
    article = article_number(citation.article)
    if article is None:
        return ()
    paragraph = _PARAGRAPH.fullmatch(citation.paragraph)
    if citation.paragraph and paragraph is None:
        return ()
    at = number(paragraph[1]) if paragraph else 0
    items = _items(citation.item)
    if citation.item and not items:
        return ()
    return tuple(Spot(article, at, item) for item in items or (0,))


def read(text: str) -> Notation | None:
    """Return what `text` names: 99(1)(二), 第99条, 九十九条, 安全生产法99(1), aqscf99, 94–105; None: no article.

    A number with 款 or 项 is what it says; in bare brackets 汉字 are an item, digits a paragraph (facts.md).
    """
    folded = _TO.sub("-", search.fold(_UNCONFIRMED.sub("", text.strip())))
    found = _PLACE.fullmatch(folded)
    if found is None:
        return None
    try:
        first = ArticleNumber(number(found["no"] or found["digits"]), number(found["branch"]) if found["branch"] else 0)
        last = number(found["to"]) if found["to"] else first.no
        places = _steps(first, found["tail"])
    except ValueError:
        return None
    if last != first.no:
        places = (*places, *(Spot(ArticleNumber(no)) for no in range(first.no + 1, min(last, first.no + 99) + 1)))
    return Notation(found["law"].strip(" 《》"), places)


def places(text: str) -> tuple[str, ...]:
    """Take a basis of several places apart, each with its law: 行政强制法18(一)、19 names 行政强制法19 too.

    Notes in brackets are left out: 行政处罚法33(1)（改正情况须有记录）.
    """
    law, found = "", list[str]()
    for part in _BETWEEN.split(_NOTE.sub("", text)):
        piece = part.strip()
        place = read(piece)
        if place is not None and not place.law and law:
            piece = law + piece
        law = place.law or law if place else ""
        if piece:
            found.append(piece)
    return tuple(found)


def citation(law: str, title: str, spot: Spot) -> Citation:
    """Return a citation as documents print it: 第九十九条第一款第（二）项."""
    return Citation(
        law=law,
        title=title,
        article=spot.article.label(),
        paragraph=f"第{chinese(spot.paragraph)}款" if spot.paragraph else "",
        item=f"第（{chinese(spot.item)}）项" if spot.item else "",
    )


def _items(text: str) -> tuple[int, ...]:
    found = _ITEMS.fullmatch(text)
    if found is None:
        return ()
    try:
        return tuple(number(each) for each in re.findall(_N, found[1]))
    except ValueError:
        return ()


def _steps(article: ArticleNumber, tail: str) -> tuple[Spot, ...]:
    """Return the places after an article: (1)(二) one, (一)(二) two items, (2)(4) two paragraphs, (1)(一)(2) both."""
    found: list[Spot] = []
    paragraph, is_open = 0, False
    for step in _STEP.finditer(tail):
        said = step["bare"] or step["worded"]
        is_paragraph = step["kind"] == "款" or (not step["kind"] and said.isdigit())
        if is_paragraph:
            if is_open:
                found.append(Spot(article, paragraph))
            paragraph, is_open = number(said), True
        else:
            found.append(Spot(article, paragraph, number(said)))
            is_open = False
    if is_open or not found:
        found.append(Spot(article, paragraph))
    return tuple(found)
