"""Working days of the mainland: weekends, and the holidays and make-up days of the pack (国务院办公厅 notices)."""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta

import msgspec

from inspector.law import pack

_WEEKDAYS = ("星期一", "星期二", "星期三", "星期四", "星期五", "星期六", "星期日")
_LONGEST_DAYS = 3660
_WEEKEND = 5
_YEAR_MONTHS = 12


class RawYear(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What differs from the plain week in one year, as MM-DD: weekdays off, weekend days of work."""

    off: tuple[str, ...]
    work: tuple[str, ...]


class RawCalendar(pack.Document, frozen=True):
    """`calendar.json`; a year that it doesn't have is not known."""

    years: dict[str, RawYear]


@dataclass(frozen=True, slots=True)
class Deadline:
    """A proposed last day; `is_moved` off a day off; not `is_certain` when the year's holidays aren't known yet."""

    day: date
    is_moved: bool
    is_certain: bool


@pack.cached
def _years() -> dict[int, tuple[frozenset[str], frozenset[str]]]:
    raw = pack.current().read("calendar.json", RawCalendar)
    return {int(year): (frozenset(each.off), frozenset(each.work)) for year, each in raw.years.items()}


def is_workday(day: date) -> bool | None:
    """Whether people work on `day`, make-up weekends included; None for a year without a published calendar."""
    told = _years().get(day.year)
    if told is None:
        return None
    off, work = told
    written = f"{day:%m-%d}"
    return written in work or (day.weekday() < _WEEKEND and written not in off)


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
    return off_days_off(start + timedelta(days=days))


def off_days_off(last: date) -> Deadline:
    """Move a last day that is a day off to the next working day (民事诉讼法 art. 85(3))."""
    day, is_certain = last, True
    while True:
        works = is_workday(day)
        is_certain = is_certain and works is not None
        if _counts(works, day):
            return Deadline(day, is_moved=day != last, is_certain=is_certain)
        day += timedelta(days=1)


def workday_after(start: date, count: int) -> Deadline:
    """Return the `count`-th working day after `start`, which isn't counted (行政处罚法 art. 85; 民事诉讼法 art. 85(2)).

    In a year without a calendar weekdays are taken for working days, and the answer isn't certain.
    Raises ValueError outside 1..3660.
    """
    if not 1 <= count <= _LONGEST_DAYS:
        raise ValueError(f"count must be 1..{_LONGEST_DAYS}, not {count}")
    day, is_certain, left = start, True, count
    while left:
        day += timedelta(days=1)
        works = is_workday(day)
        is_certain = is_certain and works is not None
        left -= _counts(works, day)
    return Deadline(day, is_moved=False, is_certain=is_certain)


def months_after(start: date, months: int) -> date:
    """Return the day of the same number `months` later, or that month's last day (民法典 art. 202)."""
    place = start.year * _YEAR_MONTHS + start.month - 1 + months
    year, month = divmod(place, _YEAR_MONTHS)
    return date(year, month + 1, min(start.day, monthrange(year, month + 1)[1]))


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


def _counts(works: bool | None, day: date) -> bool:
    return day.weekday() < _WEEKEND if works is None else works
