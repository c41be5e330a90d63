"""The entry facts of a visit: what is accepted, what is still to be filed by when, how many visits the site had."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from inspector.app import App
from inspector.domain.inspection import InspectionKind, Observer, Recusal
from inspector.errors import InvalidInput, NotAllowed
from inspector.services.entry import standing
from tests.builders import LI, ZHANG
from tests.services.conftest import Desk
from tests.services.visit import SITE


@pytest.fixture
def visit(app: App) -> str:
    return app.inspections.start(SITE, (ZHANG, LI)).made


def test_the_entry_facts_come_back_whole(desk: Desk, visit: str) -> None:
    told = {
        "kind": InspectionKind.CLUE,
        "is_enterprise": False,
        "task_no": "示例任务-021",
        "approval_no": "示检批〔2026〕21号",
        "approved_by": "吴某",
        "approved_at": datetime(2026, 11, 19, 1, tzinfo=UTC),
        "is_urgent": True,
        "entry_code": "ZFM-2026-0021",
        "no_code_reason": "设备故障",
        "observers": (Observer(name="何某", role="安全专家"), Observer(name="彭某", role="网格员")),
        "recusal": Recusal(asked_by="周某", officer_id=LI, ground="亲属", decision="refused", decided_by="吴某"),
    }
    desk.app.inspections.patch(visit, **told)
    found = desk.reopen().inspections.get(visit)
    assert {name: getattr(found, name) for name in told} == told


@pytest.mark.parametrize(
    ("field", "value", "reason"),
    [
        ("entry_code", "A\nB", "line_break"),
        ("approval_no", "\x00", "control_character"),
        ("approved_at", datetime(2030, 1, 1, tzinfo=UTC), "after_now"),
        ("no_code_filed_at", datetime(2030, 1, 1, tzinfo=UTC), "after_now"),
        ("observers", (Observer(name="", role="专家"),), "empty"),
        ("observers", ("何某",), "unknown_field"),
        ("recusal", Recusal(asked_by="周某", officer_id="nobody"), "not_an_officer"),
        ("kind", "daily", "unknown_field"),
    ],
)
def test_what_cannot_be_is_refused_and_named(app: App, visit: str, field: str, value: object, reason: str) -> None:
    before = app.inspections.get(visit)
    with pytest.raises(InvalidInput) as caught:
        app.inspections.patch(visit, **{field: value})
    assert (caught.value.facts["field"], caught.value.facts["reason"]) == (field, reason)
    assert app.inspections.get(visit) == before


def test_a_closed_visit_takes_no_entry_facts(app: App, visit: str) -> None:
    app.inspections.close(visit)
    with pytest.raises(NotAllowed):
        app.inspections.patch(visit, entry_code="ZFM")


def test_without_a_code_three_working_days_run(desk: Desk, visit: str) -> None:
    """2026-11-20 is a Friday: Monday, Tuesday, Wednesday."""
    due = desk.app.entry.of(visit).code_due
    assert due is not None
    assert (due.by, due.left, due.is_certain, due.is_verified) == (date(2026, 11, 25), 3, True, True)
    desk.clock.advance(minutes=60 * 24 * 4)
    assert desk.app.entry.of(visit).code_due.left == 1
    desk.clock.advance(minutes=60 * 24 * 3)
    assert desk.app.entry.of(visit).code_due.left == -2


def test_a_code_or_its_filing_ends_the_count(app: App, visit: str) -> None:
    app.inspections.patch(visit, entry_code="ZFM-1")
    assert app.entry.of(visit).code_due is None
    app.inspections.patch(visit, entry_code="", no_code_reason="网络中断")
    assert app.entry.of(visit).code_due is not None
    app.inspections.patch(visit, no_code_filed_at=app.inspections.get(visit).started_at)
    assert app.entry.of(visit).code_due is None
    app.inspections.patch(visit, no_code_filed_at=None)
    assert app.entry.of(visit).code_due is not None


def test_only_enterprises_need_a_code(app: App, visit: str) -> None:
    app.inspections.patch(visit, is_enterprise=False)
    assert app.entry.of(visit).code_due is None


def test_an_urgent_visit_owes_its_approval(app: App, visit: str) -> None:
    assert app.entry.of(visit).approval_due is None
    app.inspections.patch(visit, is_urgent=True)
    due = app.entry.of(visit).approval_due
    assert due is not None
    assert (due.by, due.is_verified) == (date(2026, 11, 24), False)
    app.inspections.patch(visit, approved_at=app.inspections.get(visit).started_at)
    assert app.entry.of(visit).approval_due is None


def test_in_a_year_without_calendar_the_last_day_is_not_sure(app: App, visit: str) -> None:
    found = app.inspections.get(visit)
    late = replace(found, started_at=datetime(2099, 1, 8, 2, tzinfo=UTC))
    due = standing(late, app.sites.get(SITE), today=date(2099, 1, 8), routine_count=1).code_due
    assert due is not None
    assert (due.by, due.left, due.is_certain) == (date(2099, 1, 13), 5, False)


def test_routine_visits_of_the_year_are_counted_against_the_cap(desk: Desk) -> None:
    app = desk.app
    now = desk.app.inspections.get(app.inspections.start(SITE, (ZHANG, LI)).made).started_at
    app.inspections.start(SITE, (ZHANG, LI), started_at=now - timedelta(days=400))  # another year
    desk.clock.advance(minutes=1)
    clue = app.inspections.start(SITE, (ZHANG, LI)).made
    app.inspections.patch(clue, kind=InspectionKind.CLUE)
    desk.clock.advance(minutes=1)
    last = app.inspections.start(SITE, (ZHANG, LI)).made
    found = app.entry.of(last)
    assert found.routine_count == 2
    assert found.is_over_cap is (found.annual_cap is not None and found.annual_cap < 2)
    assert app.entry.of(clue).routine_count == 1


def test_reopened_it_counts_the_same(desk: Desk, visit: str) -> None:
    before = desk.app.entry.of(visit)
    assert desk.reopen().entry.of(visit) == before
