"""Legal periods of the pack (facts.md §3): what starts each, how long it runs, when it ends."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Literal

import msgspec

from inspector.clock import CHINA
from inspector.errors import NotFound
from inspector.law import calendar, pack, parameters

Unit = Literal["workdays", "days", "hours", "months", "years", "promptly"]
_MONTHS_OF = {"months": 1, "years": 12}


class Extension(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """By how much a period may be extended, and how often."""

    count: int
    unit: Unit
    times: int


class Period(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One period. Origin K: not read in a statute, shown as 待法制确认; `parameter` sets its count."""

    id: str
    name: str
    name_en: str
    unit: Unit
    count: int
    starts: str
    starts_en: str
    article: tuple[str, ...]
    origin: Literal["S", "K"]
    parameter: str = ""
    extension: Extension | None = None
    stays: bool = False
    """The last day doesn't move off a day off: the period binds the office, or works for it."""
    is_repealed: bool = False
    note: str = ""
    note_en: str = ""


class RawDeadlines(pack.Document, frozen=True):
    """`deadlines.json`."""

    deadlines: tuple[Period, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Clock:
    """A period that runs from `starts`. `ends` is the last day, or the moment of periods in hours; None: promptly.

    Not `is_certain`: the working days of a year it touches aren't published yet, so the last day may be another.
    """

    rule: str
    name: str
    name_en: str
    starts: date | datetime
    ends: date | datetime | None
    unit: Unit
    count: int
    is_moved: bool
    is_certain: bool
    article: tuple[str, ...]
    is_confirmed: bool

    def is_over(self, now: datetime) -> bool:
        """Whether the last day, or the moment, has passed at `now` (aware); the last day itself still counts."""
        if self.ends is None:
            return False
        if isinstance(self.ends, datetime):
            return now > self.ends
        return now.astimezone(CHINA).date() > self.ends

    def days_left(self, today: date) -> int | None:
        """Return calendar days from `today` to the last day, negative when it has passed; None: promptly."""
        if self.ends is None:
            return None
        last = self.ends.astimezone(CHINA).date() if isinstance(self.ends, datetime) else self.ends
        return (last - today).days


@pack.cached
def load() -> dict[str, Period]:
    """Return the periods of the pack in use by id. Raises PackDamaged."""
    return {one.id: one for one in pack.current().read("deadlines.json", RawDeadlines).deadlines}


def get(rule: str) -> Period:
    """Return one period. Raises NotFound (kind, id)."""
    try:
        return load()[rule]
    except KeyError as error:
        raise NotFound(kind="deadline", id=rule) from error


def clock(rule: str, start: date | datetime, *, extensions: int = 0) -> Clock:
    """Return when a period ends that began at `start`: the day in China, or the aware moment for periods in hours.

    The first day isn't counted (民事诉讼法 art. 85(2)); a last day that is a day off moves to the next working day
    (art. 85(3)) unless the period stays. Each extension runs on from the unmoved end. Raises NotFound; ValueError: more
    extensions than the law gives, or a period in hours without a moment.
    """
    period = get(rule)
    allowed = period.extension.times if period.extension else 0
    if not 0 <= extensions <= allowed:
        raise ValueError(f"{rule} may be extended {allowed} times, not {extensions}")
    count = int(parameters.load()[period.parameter].value) if period.parameter else period.count
    if period.extension is not None:
        count += extensions * period.extension.count
    ends, is_moved, is_certain = _end(period, start, count)
    return Clock(
        rule=rule,
        name=period.name,
        name_en=period.name_en,
        starts=start,
        ends=ends,
        unit=period.unit,
        count=count,
        is_moved=is_moved,
        is_certain=is_certain,
        article=period.article,
        is_confirmed=period.origin == "S",
    )


def _end(period: Period, start: date | datetime, count: int) -> tuple[date | datetime | None, bool, bool]:
    """Return the end, whether it was moved off a day off, and whether it is certain."""
    if period.unit == "promptly":
        return None, False, True
    if period.unit == "hours":
        if not isinstance(start, datetime) or start.tzinfo is None:
            raise ValueError(f"{period.id} runs in hours from an aware moment")
        return start + timedelta(hours=count), False, True
    day = start.astimezone(CHINA).date() if isinstance(start, datetime) else start
    if period.unit == "workdays":
        found = calendar.workday_after(day, count)
        return found.day, False, found.is_certain
    if period.unit == "days":
        last = day + timedelta(days=count)
    else:
        last = calendar.months_after(day, count * _MONTHS_OF[period.unit])
    if period.stays:
        return last, False, True
    moved = calendar.off_days_off(last)
    return moved.day, moved.is_moved, moved.is_certain
