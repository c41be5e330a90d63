"""Reads statutes from Markdown files: title, history, `<!-- INFO END -->`, `##` headings, 第…条 lines."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from inspector.law import pinyin
from inspector.law.article_numbers import NUMERAL
from inspector.law.statute_dates import in_force_from, published_on
from inspector.law.statute_lines import LineRefused, StatuteLines
from inspector.law.statutes import Part, StatuteVersion

LARGEST = 8 * 1024 * 1024
"""Bytes of one file; the longest statute in force (民法典) has 0.4 MB."""

INFO_END = "<!-- INFO END -->"
_UNREADABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffd]")
_INLINE_ITEM = re.compile(rf"(?<=[：；。:;])[ \u3000]+(?=[（(][{NUMERAL}]+[）)])")


@dataclass(frozen=True, slots=True)
class Refusal:
    """A file that was not taken in: its name, the line from 1 (0: the whole file), why, and the line's beginning.

    Reasons: unreadable (not UTF-8, or characters of no text), too_large, no_title, no_info_end, no_date, no_article,
    article_order, duplicate, io.
    """

    file: str
    line: int
    reason: str
    text: str = ""


def read_folder(
    folder: Path,
    progress: Callable[[int, int], object] | None = None,
    is_cancelled: Callable[[], bool] = lambda: False,
) -> tuple[tuple[StatuteVersion, ...], tuple[Refusal, ...]]:
    """Read every .md file below `folder`; those that can't be parsed are refused, the others come in.

    `progress(done, of)` is told after each file. A cancelled run returns what was read so far.
    """
    paths = sorted(path for path in folder.rglob("*.md") if path.name.casefold() != "readme.md" and path.is_file())
    taken: dict[tuple[str, object], StatuteVersion] = {}
    refused: list[Refusal] = []
    for place, path in enumerate(paths):
        if is_cancelled():
            break
        read = read_file(path)
        if isinstance(read, Refusal):
            refused.append(read)
        elif (read.title, read.published) in taken:
            refused.append(Refusal(path.name, 0, "duplicate", read.title))
        else:
            taken[read.title, read.published] = read
        if progress:
            progress(place + 1, len(paths))
    return tuple(taken.values()), tuple(refused)


def read_file(path: Path) -> StatuteVersion | Refusal:
    """Read one file; what stands in its way is returned, never raised."""
    try:
        if path.stat().st_size > LARGEST:
            return Refusal(path.name, 0, "too_large")
        data = path.read_bytes()
    except OSError:
        return Refusal(path.name, 0, "io")
    try:
        return parse(data, path.name)
    except LineRefused as refused:
        return Refusal(path.name, refused.line, refused.reason, refused.text[:40])


def parse(data: bytes, file: str) -> StatuteVersion:
    """Return the statute in `data`. Raises LineRefused (line, reason)."""
    try:
        lines = data.decode("utf-8-sig").splitlines()
    except UnicodeDecodeError as error:
        raise LineRefused(data[: error.start].count(b"\n") + 1, "unreadable") from error
    for n, line in enumerate(lines, 1):
        if _UNREADABLE.search(line):
            raise LineRefused(n, "unreadable", line)
    title, history, body = _head(lines)
    parts, gaps = _parts(lines, body)
    published = published_on(file, history)
    if published is None:
        raise LineRefused(1, "no_date", title)
    begins, told_by = in_force_from(history, _last_article(parts), published)
    return StatuteVersion(
        title=title,
        published=published,
        in_force_from=begins,
        told_by=told_by,
        history=history,
        parts=parts,
        file=file,
        sha256=hashlib.sha256(data).hexdigest(),
        syllables=pinyin.syllables(title),
        gaps=gaps,
    )


def _head(lines: list[str]) -> tuple[str, tuple[str, ...], int]:
    """Return title, history lines, and the index of the first line of the body."""
    title, history = "", list[str]()
    for n, line in enumerate(lines):
        said = line.strip()
        if said == INFO_END:
            if not title:
                raise LineRefused(n + 1, "no_title", said)
            return title, tuple(history), n + 1
        if said.startswith("# "):
            title = said[2:].strip()
        elif said:
            history.append(said)
    raise LineRefused(max(1, len(lines)), "no_info_end", lines[-1] if lines else "")


def _parts(lines: list[str], body: int) -> tuple[tuple[Part, ...], tuple[str, ...]]:
    reading = StatuteLines(syllables=pinyin.syllables)
    for n in range(body, len(lines)):
        for piece in _INLINE_ITEM.split(lines[n].strip()):
            if piece.strip():
                reading.take(n + 1, piece.strip())
    return reading.finish(len(lines)), tuple(reading.gaps)


def _last_article(parts: tuple[Part, ...]) -> str:
    """The text of the last article, where a statute says from when it holds."""
    for part in reversed(parts):
        if part.articles:
            return "\n".join(paragraph.text for paragraph in part.articles[-1].paragraphs)
    return ""
