"""Puts the body of a statute together line by line: heading, article, paragraph, item, sub-item."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field

from inspector.law.article_numbers import NUMERAL, ArticleNumber, article_number, number
from inspector.law.statutes import Article, Item, Paragraph, Part, SubItem

_HEADING = re.compile(r"(#{2,6})\s+(.*)")
_COMMENT = re.compile(r"<!--.*-->")
_ARTICLE = re.compile(rf"(第[{NUMERAL}]+条(?:之[{NUMERAL}]+)?)([ \t\u3000\xa0]*)(.*)", re.DOTALL)
_ITEM = re.compile(rf"([（(]([{NUMERAL}]+)[）)])\s*(.*)", re.DOTALL)
_SUB = re.compile(r"(\d{1,2}[.．、]|[（(]\d{1,2}[）)]|[①-⑳])\s*(.*)", re.DOTALL)


class LineRefused(Exception):
    """A line that no statute can have; carries `line` from 1, `reason` and the line's `text`."""

    def __init__(self, line: int, reason: str, text: str = "") -> None:
        super().__init__(line, reason, text)
        self.line, self.reason, self.text = line, reason, text


@dataclass
class _OpenItem:
    label: str
    no: int
    text: str
    subs: list[SubItem] = field(default_factory=list[SubItem])


@dataclass
class _OpenParagraph:
    text: str
    items: list[_OpenItem] = field(default_factory=list[_OpenItem])


@dataclass
class _OpenArticle:
    number: ArticleNumber
    label: str
    paragraphs: list[_OpenParagraph]


@dataclass
class _OpenPart:
    heading: str
    depth: int
    opening: list[str] = field(default_factory=list[str])
    articles: list[_OpenArticle] = field(default_factory=list[_OpenArticle])


class StatuteLines:
    """Takes the lines of one body in order; `syllables` turns a heading into pinyin."""

    def __init__(self, syllables: Callable[[str], str]) -> None:
        self._syllables = syllables
        self._parts = [_OpenPart("", 0)]
        self._last = ArticleNumber(0)
        self.gaps: list[str] = []

    def take(self, line: int, text: str) -> None:
        """Add one line (no blanks around it). Raises LineRefused."""
        part = self._parts[-1]
        if heading := _HEADING.fullmatch(text):
            self._parts.append(_OpenPart(heading[2].strip(), len(heading[1])))
        elif _COMMENT.fullmatch(text):
            self._parts.append(_OpenPart("", 0))
        elif (found := _ARTICLE.fullmatch(text)) and self._begins_article(found):
            self._open_article(line, text, found)
        elif not part.articles:
            part.opening.append(text)
        else:
            _add(part.articles[-1], text)

    def finish(self, lines: int) -> tuple[Part, ...]:
        """Return the parts. Raises LineRefused where no article was found in `lines` lines."""
        if not any(part.articles for part in self._parts):
            raise LineRefused(max(1, lines), "no_article")
        kept = [part for part in self._parts if part.heading or part.opening or part.articles]
        return tuple(self._part(part) for part in kept)

    def _begins_article(self, found: re.Match[str]) -> bool:
        """A label and a blank begin an article; without a blank only if it is the next (else it refers to one)."""
        this = article_number(found[1])
        return this is not None and (bool(found[2]) or not found[3] or this == ArticleNumber(self._last.no + 1))

    def _open_article(self, line: int, text: str, found: re.Match[str]) -> None:
        this = article_number(found[1])
        if this is None or this <= self._last:
            raise LineRefused(line, "article_order", text)
        follows = ArticleNumber(self._last.no, self._last.branch + 1), ArticleNumber(self._last.no + 1)
        if this not in follows:
            self.gaps.append(found[1])
        self._last = this
        opened = _OpenArticle(this, found[1], [])
        self._parts[-1].articles.append(opened)
        _add(opened, found[3].strip())

    def _part(self, part: _OpenPart) -> Part:
        return Part(
            heading=part.heading,
            depth=part.depth,
            opening=tuple(part.opening),
            articles=tuple(_article(one) for one in part.articles),
            syllables=self._syllables(part.heading) if part.heading else "",
        )


def _add(article: _OpenArticle, text: str) -> None:
    """Add a line to an article: an item, a sub-item of the last item, or a new paragraph."""
    last = article.paragraphs[-1] if article.paragraphs else None
    if item := _ITEM.fullmatch(text):
        if last is None:
            last = _OpenParagraph("")
            article.paragraphs.append(last)
        last.items.append(_OpenItem(item[1], number(item[2]), item[3]))
        return
    sub = _SUB.fullmatch(text)
    if sub and last and last.items:
        last.items[-1].subs.append(SubItem(sub[1], sub[2]))
    else:
        article.paragraphs.append(_OpenParagraph(text))


def _article(opened: _OpenArticle) -> Article:
    return Article(
        no=opened.number.no,
        branch=opened.number.branch,
        label=opened.label,
        paragraphs=tuple(
            Paragraph(one.text, tuple(Item(item.label, item.no, item.text, tuple(item.subs)) for item in one.items))
            for one in opened.paragraphs
        ),
    )
