"""The functions that rule expressions may call."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence, Sized
from datetime import date, datetime
from types import MappingProxyType

from inspector.clock import CHINA
from inspector.domain.hazard import Citation
from inspector.domain.identity import is_identity_number
from inspector.domain.site import is_credit_code
from inspector.law import amounts, calendar, fines, laws
from inspector.law.expression import Evaluator, Function, View

_LONGEST_MATCHED = 64

Visits = Sequence[tuple[str, datetime, datetime | None]]


def china_day(at: datetime) -> date:
    """Return the day in China of an aware time."""
    return at.astimezone(CHINA).date()


def is_empty(value: object) -> bool:
    """Whether a value counts as not given: None, False, blank text, an empty list."""
    if isinstance(value, str):
        return not value.strip()
    if isinstance(value, Sized):
        return len(value) == 0
    return value is None or value is False


def ids(elements: Iterable[View]) -> list[object]:
    """Return the ids of elements."""
    return [each.values["id"] for each in elements]


def days_between(first: date, last: date) -> int:
    """Return calendar days last - first; of a moment its day in China counts."""
    return (_day(last) - _day(first)).days


def hours_between(first: datetime, last: datetime) -> float:
    """Return hours last - first."""
    return (last - first).total_seconds() / 3600


def matches(text: str, pattern: str) -> bool:
    """Whether the whole of a short text has the form of `pattern`."""
    return len(text) <= _LONGEST_MATCHED and re.fullmatch(pattern, text) is not None


def id_ok(number: object) -> bool:
    """Whether a 公民身份号码 has 18 places, a day of birth and the right check character (GB 11643-1999).

    The county of its first digits is not asked: many numbers name one that was founded after their bearer's birth.
    """
    return isinstance(number, str) and is_identity_number(number)


def rmb_upper(yuan: float) -> str:
    """Return an amount in words as documents write it: 贰仟元整."""
    return amounts.in_words(round(yuan * 100))


def sha256_of(content: object) -> object:
    """Return the digest that stands for stored bytes: a view gives it as it was found."""
    return content


def is_workday(watch: Evaluator, day: date) -> bool:
    """Whether `day` is a working day; an unknown year counts as one and is noted as a doubt."""
    works = calendar.is_workday(day)
    if works is None:
        watch.doubt()
    return works is not False


def working_days(watch: Evaluator, first: date, last: date) -> int:
    """Count working days after `first` up to `last` (行政处罚法 art. 85); in an unknown year weekdays, with a doubt."""
    begins, ends = _day(first), _day(last)
    told = calendar.workdays_between(begins, ends)
    if told is None:
        watch.doubt()
        return 0
    return told


def in_force(watch: Evaluator, reference: View, day: date) -> bool:
    """Whether a cited law holds on `day`; unknown counts as yes and is noted as a doubt."""
    citation = reference.values["citation"]
    holds = laws.in_force(citation, _day(day)) if isinstance(citation, Citation) else None
    if holds is None:
        watch.doubt()
    return holds is not False


def in_range(watch: Evaluator, yuan: float, item: View, stage: object, target: str) -> bool:
    """Whether a fine is one that the catalogue's article allows; what the pack can't say is noted as a doubt."""
    allowed = fines.is_allowed(
        str(item.values["code"]), str(stage or ""), "person" if target == "person" else "unit", yuan
    )
    if allowed is None:
        watch.doubt()
    return allowed is not False


def _day(value: date) -> date:
    return china_day(value) if isinstance(value, datetime) else value


PLAIN: Mapping[str, Function] = MappingProxyType(
    {
        "len": len,
        "ids": ids,
        "empty": is_empty,
        "dd": days_between,
        "hrs": hours_between,
        "match": matches,
        "uscc_ok": is_credit_code,
        "id_ok": id_ok,
        "rmb_upper": rmb_upper,
        "sha256": sha256_of,
        "set": frozenset,
        "abs": abs,
    }
)


def watching(visits: Visits) -> dict[str, Function]:
    """Return the functions that name offenders or doubts; `visits` are where the officers are otherwise."""

    def overlaps(watch: Evaluator, officers: tuple[View, ...], start: datetime, end: datetime | None) -> bool:
        found = False
        for officer in officers:
            for _, other_start, other_end in (each for each in visits if each[0] == officer.values["id"]):
                if (end is None or other_start < end) and (other_end is None or start < other_end):
                    said = {**officer.words, "other_started": other_start, "other_ended": other_end}
                    watch.offend(View(officer.values, said))
                    found = True
        return found

    return {
        "is_workday": is_workday,
        "wd": working_days,
        "in_force": in_force,
        "in_range": in_range,
        "overlaps": overlaps,
    }
