"""When a statute's text was published and from when it holds, as far as the text itself says."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from inspector.law.statutes import ToldBy

_DAY = r"(\d{4})\s*年\s*(\d{1,2})\s*月\s*(\d{1,2})\s*日"
_HISTORY = re.compile(rf"^\s*{_DAY}\s*(.*)$")
_IN_FILE_NAME = re.compile(r"[(（](\d{4})-(\d{2})-(\d{2})[)）]")
_FROM_DAY = re.compile(rf"自{_DAY}起(?:开始)?(?:施行|实施|生效)")
_FROM_PUBLICATION = re.compile(r"自(?:公布|发布)之日起(?:施行|实施|生效)")
_AMENDED = re.compile(r"修正|修订|修改")


def published_on(file: str, history: Sequence[str]) -> date | None:
    """Return the day in brackets at the end of the file's name, else that of the latest history line, else None."""
    in_name = _IN_FILE_NAME.findall(file)
    days = [_day(*in_name[-1])] if in_name else [day for day, _ in _events(history)]
    known = [day for day in days if day]
    return max(known, default=None)


def in_force_from(history: Sequence[str], last_article: str, published: date) -> tuple[date | None, ToldBy]:
    """Return from when a text holds and where it says so.

    A 施行 line of the history wins, then the last article. A day before `published` is an older version's (an
    amendment 修正 leaves the last article as it was): it says nothing about this one.
    """
    for day, event in _events(history):
        if event.startswith("施行") and day >= published:
            return day, "history"
    days = [day for day in (_day(*found) for found in _FROM_DAY.findall(last_article)) if day and day >= published]
    if days:
        return days[0], "last_article"
    is_amended = sum(1 for _ in _events(history)) > 1 or any(_AMENDED.search(line) for line in history)
    first = next((day for day, _ in _events(history)), None)
    if _FROM_PUBLICATION.search(last_article) and not is_amended and first in {None, published}:
        return published, "publication"
    return None, ""


def _events(history: Sequence[str]) -> list[tuple[date, str]]:
    found: list[tuple[date, str]] = []
    for line in history:
        if match := _HISTORY.match(line):
            day = _day(match[1], match[2], match[3])
            if day:
                found.append((day, match[4].strip()))
    return found


def _day(year: str, month: str, day: str) -> date | None:
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        return None
