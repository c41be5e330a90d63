"""The texts of statutes: versions, parts, articles, paragraphs, items; and the one file that holds a set of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Literal

import msgspec

from inspector.errors import PackDamaged
from inspector.law import pack
from inspector.law.article_numbers import ArticleNumber

FILE = "statutes.json"
"""The name of the file in a pack; a pack need not have one."""

ToldBy = Literal["", "history", "last_article", "publication"]
"""Where a text says from when it holds: history line, last article, 自公布之日起; empty: nowhere."""


class SubItem(msgspec.Struct, frozen=True, omit_defaults=True):
    """目: what stands under an item; `label` as printed (1. or ①)."""

    label: str
    text: str


class Item(msgspec.Struct, frozen=True, omit_defaults=True):
    """项: `label` as printed, （一） or (一); `no` its number from 1."""

    label: str
    no: int
    text: str
    subs: tuple[SubItem, ...] = ()


class Paragraph(msgspec.Struct, frozen=True, omit_defaults=True):
    """款: its text, and the items that follow it."""

    text: str
    items: tuple[Item, ...] = ()


class Article(msgspec.Struct, frozen=True, omit_defaults=True):
    """条: `label` as printed (第九十九条), paragraphs in order."""

    no: int
    label: str
    paragraphs: tuple[Paragraph, ...]
    branch: int = 0

    @property
    def number(self) -> ArticleNumber:
        """What the label says."""
        return ArticleNumber(self.no, self.branch)


class Part(msgspec.Struct, frozen=True, omit_defaults=True):
    """编, 章, 节, or what stands before and after them: heading without marks, its depth (2: ##), its articles.

    `opening` are the lines between heading and first article (a preamble, an annex). `syllables` is the heading in
    pinyin, split by spaces.
    """

    heading: str = ""
    depth: int = 0
    opening: tuple[str, ...] = ()
    articles: tuple[Article, ...] = ()
    syllables: str = ""


class StatuteVersion(msgspec.Struct, frozen=True, omit_defaults=True, kw_only=True):
    """One statute as it read after one promulgation or amendment.

    `published` is the day of the file's name or of the latest history line; `in_force_from` what the text itself says,
    None if it doesn't; `sha256` is the digest of the source file `file`, in hex.
    """

    title: str
    published: date
    in_force_from: date | None = None
    told_by: ToldBy = ""
    history: tuple[str, ...] = ()
    parts: tuple[Part, ...]
    file: str
    sha256: str
    syllables: str = ""
    gaps: tuple[str, ...] = ()
    """Articles before which the numbering jumps (an amendment may have struck one out): 第二百条."""

    def articles(self) -> Iterator[Article]:
        """Every article in order."""
        for part in self.parts:
            yield from part.articles


class StatuteFile(pack.Document, frozen=True):
    """`statutes.json`."""

    statutes: tuple[StatuteVersion, ...]


def encode(versions: Iterable[StatuteVersion]) -> bytes:
    """Return the file of these versions: same versions, same bytes, whatever their order."""
    ordered = tuple(sorted(versions, key=lambda one: (one.title, one.published, one.sha256)))
    return msgspec.json.encode(StatuteFile(pack.SCHEMA_VERSION, ordered), order="deterministic")


def decode(data: bytes) -> tuple[StatuteVersion, ...]:
    """Return the versions of a file. Raises PackDamaged (file, reason)."""
    try:
        read = msgspec.json.decode(data, type=StatuteFile)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise PackDamaged(file=FILE, reason="schema") from error
    if read.schema_version != pack.SCHEMA_VERSION:
        raise PackDamaged(file=FILE, reason="schema")
    return read.statutes


def printed(version: StatuteVersion) -> Iterator[str]:
    """The body line by line as the source had it, without Markdown marks; spaces after labels may differ."""
    for part in version.parts:
        if part.heading:
            yield part.heading
        yield from part.opening
        for article in part.articles:
            yield from printed_article(article)


def printed_article(article: Article) -> Iterator[str]:
    """One article line by line, its label before the first."""
    lead = f"{article.label} "
    for paragraph in article.paragraphs:
        if paragraph.text or lead:
            yield lead + paragraph.text
        lead = ""
        for item in paragraph.items:
            yield item.label + item.text
            yield from (sub.label + sub.text for sub in item.subs)
