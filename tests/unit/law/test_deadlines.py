"""Every period of the pack: its length, whether a day off moves its end, what is not certain."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from inspector.errors import NotFound
from inspector.law import basis_text, calendar, deadlines, documents

MORNING = datetime(2026, 11, 20, 1, 0, tzinfo=UTC)
"""09:00 in China, a Friday."""


@pytest.mark.parametrize(
    ("rule", "start", "ends", "is_moved", "is_certain"),
    [
        ("T-02", date(2026, 9, 24), date(2026, 9, 30), False, True),
        ("T-04", date(2026, 9, 24), date(2026, 10, 12), False, True),
        ("T-05", date(2026, 9, 1), date(2026, 10, 1), False, True),
        ("T-09", date(2026, 9, 16), date(2026, 9, 28), True, True),
        ("T-12", date(2024, 2, 29), date(2026, 2, 28), False, True),
        ("T-17", date(2026, 11, 20), date(2026, 12, 7), True, True),
        ("T-22", date(2026, 11, 20), date(2027, 1, 19), False, False),
        ("T-22a", date(2026, 8, 31), date(2027, 3, 1), True, False),
        ("T-26", MORNING, date(2026, 11, 25), False, True),
        ("T-06", MORNING, MORNING + timedelta(hours=24), False, True),
        ("T-27", MORNING, None, False, True),
    ],
)
def test_when_a_period_ends(rule, start, ends, is_moved, is_certain):
    found = deadlines.clock(rule, start)
    assert (found.ends, found.is_moved, found.is_certain) == (ends, is_moved, is_certain)


def test_the_day_of_a_moment_is_that_of_china():
    late = datetime(2026, 11, 20, 16, 30, tzinfo=UTC)  # 00:30 on the 21st
    assert deadlines.clock("T-04", late).ends == deadlines.clock("T-04", date(2026, 11, 21)).ends


def test_an_extension_runs_on_and_is_given_once():
    assert deadlines.clock("T-05", date(2026, 9, 1), extensions=1).ends == date(2026, 10, 31)
    with pytest.raises(ValueError, match="extended 1 times"):
        deadlines.clock("T-05", date(2026, 9, 1), extensions=2)
    with pytest.raises(ValueError, match="extended 0 times"):
        deadlines.clock("T-04", date(2026, 9, 1), extensions=1)


def test_hours_need_a_moment_and_periods_a_name():
    with pytest.raises(ValueError, match="aware moment"):
        deadlines.clock("T-06", date(2026, 9, 1))
    with pytest.raises(NotFound):
        deadlines.clock("T-99", date(2026, 9, 1))


def test_the_last_day_still_counts():
    found = deadlines.clock("T-02", date(2026, 11, 20))
    assert found.days_left(date(2026, 11, 25)) == 0
    assert not found.is_over(datetime(2026, 11, 25, 15, 59, tzinfo=UTC))
    assert found.is_over(datetime(2026, 11, 25, 16, 1, tzinfo=UTC))
    hours = deadlines.clock("T-06", MORNING)
    assert not hours.is_over(MORNING + timedelta(hours=24))
    assert hours.is_over(MORNING + timedelta(hours=24, seconds=1))
    assert hours.days_left(date(2026, 11, 20)) == 1
    prompt = deadlines.clock("T-27", MORNING)
    assert not prompt.is_over(MORNING + timedelta(days=99))
    assert prompt.days_left(date(2026, 11, 20)) is None


def test_every_period_says_where_it_comes_from_and_documents_start_known_ones():
    for period in deadlines.load().values():
        assert period.name
        assert period.name_en
        assert period.origin == "K" or period.article
        assert period.count > 0 or period.unit == "promptly"
        assert period.origin == "K" or all(basis_text.of_basis(each) for each in period.article), period.id
    started = {start.clock for kind in documents.load().documents.values() for start in kind.starts}
    assert started - set(deadlines.load()) <= {"T-31"}  # a daily fine is no period


@pytest.mark.parametrize("rule", [rule for rule, period in deadlines.load().items() if period.unit == "workdays"])
def test_working_days_never_end_on_a_day_off(rule):
    for n in range(0, 360, 7):
        start = date(2025, 1, 1) + timedelta(days=n)
        assert calendar.is_workday(deadlines.clock(rule, start).ends) is True
