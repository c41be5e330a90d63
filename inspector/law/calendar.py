"""Working days of the mainland: weekends, holidays and make-up days (国务院办公厅 notices, through chinesecalendar)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from typing import cast

_WEEKDAYS = ("星期一", "星期二", "星期三", "星期四", "星期五", "星期六", "星期日")
_LONGEST_DAYS = 3660


@dataclass(frozen=True, slots=True)
class Deadline:
    """A proposed last day; `is_moved` off a day off; not `is_certain` when the year's holidays aren't known yet."""

    day: date
    is_moved: bool
    is_certain: bool


@cache
def _published_years() -> frozenset[int]:
    """The years whose holidays the State Council has announced, as far as this version of the calendar knows."""
    from chinese_calendar.constants import holidays  # pyright: ignore[reportMissingTypeStubs]

    return frozenset(day.year for day in cast("dict[date, str]", holidays))


def is_workday(day: date) -> bool | None:
    """Whether people work on `day`, make-up weekends included; None for a year without a published calendar."""
    import chinese_calendar  # pyright: ignore[reportMissingTypeStubs] - imported late: 15 ms the start must not pay

    asked = cast("Callable[[date], bool]", chinese_calendar.is_workday)  # pyright: ignore[reportUnknownMemberType]
    return asked(day) if day.year in _published_years() else None


def weekday_zh(day: date) -> str:
    """Return 星期一 … 星期日."""
    return _WEEKDAYS[day.weekday()]


def deadline_after(start: date, days: int) -> Deadline:
    """Propose the last day of a period of `days` calendar days (1..3660) after `start`.

    The first day isn't counted; a last day that is a day off moves to the next working day
    (民事诉讼法 art. 85; facts.md T-01). For 整改期限, which the officer sets freely, this is a proposal.
    In a year without a calendar only weekends are known. Raises ValueError outside the range.
    """
    if not 1 <= days <= _LONGEST_DAYS:
        raise ValueError(f"days must be 1..{_LONGEST_DAYS}, not {days}")
    last = start + timedelta(days=days)
    day, is_certain = last, True
    while True:
        works = is_workday(day)
        is_certain = is_certain and works is not None
        if works or (works is None and day.weekday() < 5):
            return Deadline(day, is_moved=day != last, is_certain=is_certain)
        day += timedelta(days=1)


def workdays_between(first: date, last: date) -> int | None:
    """Count working days after `first` up to and including `last` (0 if not later); None if a year is unknown."""
    count = 0
    day = first
    while day < last:
        day += timedelta(days=1)
        works = is_workday(day)
        if works is None:
            return None
        count += works
    return count
