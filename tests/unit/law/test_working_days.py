from __future__ import annotations

from datetime import date, timedelta

import chinese_calendar
import pytest
from hypothesis import given
from hypothesis import strategies as st

from inspector.law import calendar
from inspector.law.calendar import Deadline

DAYS = st.dates(date(2024, 1, 1), date(2026, 12, 31))


@pytest.mark.parametrize(
    ("day", "works"),
    [
        (date(2026, 10, 1), False),
        (date(2026, 10, 10), True),
        (date(2026, 9, 25), False),
        (date(2026, 11, 22), False),
        (date(2026, 11, 23), True),
        (date(2027, 1, 4), None),
        (date(2003, 12, 31), None),
    ],
)
def test_working_days_of_the_published_calendar(day, works):
    assert calendar.is_workday(day) is works


def test_weekdays_in_chinese():
    monday = date(2026, 11, 23)
    assert [calendar.weekday_zh(monday + timedelta(days=n)) for n in range(7)] == [
        f"星期{each}" for each in "一二三四五六日"
    ]


@pytest.mark.parametrize(
    ("start", "days", "expected"),
    [
        (date(2026, 11, 20), 3, Deadline(date(2026, 11, 23), is_moved=False, is_certain=True)),
        (date(2026, 11, 20), 15, Deadline(date(2026, 12, 7), is_moved=True, is_certain=True)),
        (date(2026, 9, 16), 15, Deadline(date(2026, 10, 8), is_moved=True, is_certain=True)),
        (date(2026, 9, 16), 24, Deadline(date(2026, 10, 10), is_moved=False, is_certain=True)),
        (date(2026, 12, 20), 15, Deadline(date(2027, 1, 4), is_moved=False, is_certain=False)),
        (date(2026, 12, 19), 15, Deadline(date(2027, 1, 4), is_moved=True, is_certain=False)),
    ],
)
def test_deadlines(start, days, expected):
    assert calendar.deadline_after(start, days) == expected


@pytest.mark.parametrize("days", [0, -1, 3661])
def test_a_period_has_a_length(days):
    with pytest.raises(ValueError, match="days must be"):
        calendar.deadline_after(date(2026, 11, 20), days)


@given(DAYS, st.integers(1, 400))
def test_a_deadline_is_never_early_and_never_on_a_day_off(start, days):
    found = calendar.deadline_after(start, days)
    last = start + timedelta(days=days)
    assert found.day >= last
    assert found.is_moved is (found.day != last)
    assert calendar.is_workday(found.day) is not False
    assert all(calendar.is_workday(last + timedelta(days=n)) is not True for n in range((found.day - last).days))


@given(DAYS, st.integers(0, 60))
def test_working_days_add_up(first, length):
    last = min(first + timedelta(days=length), date(2026, 12, 31))
    middle = first + (last - first) // 2
    parts = (calendar.workdays_between(first, middle), calendar.workdays_between(middle, last))
    assert calendar.workdays_between(first, last) == sum(each or 0 for each in parts)


def test_working_days_between():
    assert calendar.workdays_between(date(2026, 11, 20), date(2026, 11, 27)) == 5
    assert calendar.workdays_between(date(2026, 9, 30), date(2026, 10, 10)) == 3
    assert calendar.workdays_between(date(2026, 11, 20), date(2026, 11, 20)) == 0
    assert calendar.workdays_between(date(2026, 12, 30), date(2027, 1, 2)) is None


def test_every_day_of_the_pack_is_as_the_published_calendar_has_it():
    day = date(2024, 1, 1)
    while day.year <= 2026:
        assert calendar.is_workday(day) is chinese_calendar.is_workday(day), day
        day += timedelta(days=1)
    assert calendar.is_workday(date(2023, 12, 29)) is None
    assert calendar.is_workday(date(2027, 1, 4)) is None


@pytest.mark.parametrize(
    ("start", "count", "expected"),
    [
        (date(2026, 11, 20), 1, Deadline(date(2026, 11, 23), is_moved=False, is_certain=True)),
        (date(2026, 11, 21), 1, Deadline(date(2026, 11, 23), is_moved=False, is_certain=True)),
        (date(2026, 9, 30), 3, Deadline(date(2026, 10, 10), is_moved=False, is_certain=True)),
        (date(2026, 2, 13), 7, Deadline(date(2026, 3, 2), is_moved=False, is_certain=True)),
        (date(2026, 12, 30), 2, Deadline(date(2027, 1, 1), is_moved=False, is_certain=False)),
    ],
)
def test_working_days_after_a_day_that_is_not_counted(start, count, expected):
    assert calendar.workday_after(start, count) == expected


@pytest.mark.parametrize(
    ("start", "months", "expected"),
    [
        (date(2026, 8, 31), 6, date(2027, 2, 28)),
        (date(2026, 11, 30), 3, date(2027, 2, 28)),
        (date(2024, 2, 29), 12, date(2025, 2, 28)),
        (date(2026, 11, 20), 1, date(2026, 12, 20)),
        (date(2026, 1, 31), 1, date(2026, 2, 28)),
    ],
)
def test_months_end_on_the_same_number_or_at_the_end_of_the_month(start, months, expected):
    assert calendar.months_after(start, months) == expected


@given(DAYS, st.integers(1, 40))
def test_the_nth_working_day_has_n_working_days_up_to_it(start, count):
    found = calendar.workday_after(start, count)
    told = calendar.workdays_between(start, found.day)
    assert found.is_certain is (told is not None)
    assert told in {None, count}
