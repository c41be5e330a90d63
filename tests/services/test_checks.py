"""The checklist of a visit: four answers that are never mixed up, hazards that come out of it, and taking back."""

from __future__ import annotations

import pytest

from inspector.app import App
from inspector.domain.check import Result
from inspector.errors import NotAllowed, NotFound
from inspector.law.check_results import CheckRow, summarise
from tests.builders import LI, ZHANG
from tests.services.conftest import Desk
from tests.services.visit import SITE, a_draft, a_visit

EXITS, DOCK, STAFF = "LOG-05", "LOG-10", "COM-05"


@pytest.fixture
def visit(app: App) -> str:
    return app.inspections.start(SITE, (ZHANG, LI)).made


def row(app: App, visit: str, code: str) -> CheckRow:
    return next(one for one in app.checks.of(visit) if one.check.code == code)


def test_a_visit_begins_with_nothing_checked(app: App, visit: str) -> None:
    rows = app.checks.of(visit)
    assert [one.check.industry for one in rows] == ["LOG"] * 14 + ["COM"] * 18
    assert {one.result for one in rows} == {Result.OPEN}
    assert app.checks.summary(visit).in_words() == ""


def test_not_applicable_is_an_answer_and_unchecked_is_none(desk: Desk, visit: str) -> None:
    app = desk.app
    for code, result in ((EXITS, Result.PASS), (DOCK, Result.NOT_APPLICABLE), (STAFF, Result.FAIL)):
        assert app.checks.set(visit, code, result, "看过").made == code
    told = desk.reopen().checks.summary(visit)
    assert (told.total, told.done, told.passed, told.not_applicable) == (32, 3, 1, 1)
    assert [one.check.code for one in told.failed] == [STAFF]
    assert len(told.unchecked) == 29
    words = told.in_words()
    assert words.startswith(
        "对照检查清单32项：符合1项，不符合1项（新员工三级教育档案齐全（看过）），不涉及1项，未检查29项（"
    )
    assert "主通道和安全出口畅通" not in words


def test_an_answer_can_be_changed_and_taken_away(app: App, visit: str) -> None:
    app.checks.set(visit, EXITS, Result.PASS, "东门、西门")
    app.checks.set(visit, EXITS, Result.FAIL)
    assert (row(app, visit, EXITS).result, row(app, visit, EXITS).note) == (Result.FAIL, "东门、西门")
    app.checks.set(visit, EXITS, Result.OPEN, "")
    assert (row(app, visit, EXITS).result, row(app, visit, EXITS).checked_at) == (Result.OPEN, None)


def test_the_same_answer_twice_is_one_entry(app: App, visit: str) -> None:
    app.checks.set(visit, EXITS, Result.PASS)
    app.checks.set(visit, EXITS, Result.PASS)
    app.undo.undo(visit)
    assert row(app, visit, EXITS).result is Result.OPEN


def test_every_answer_can_be_taken_back_and_given_again(desk: Desk, visit: str) -> None:
    app = desk.app
    app.checks.set(visit, EXITS, Result.PASS)
    desk.clock.advance(minutes=1)
    app.checks.set(visit, EXITS, Result.FAIL, "堵了")
    app = desk.reopen()
    step = app.undo.state(visit).undo
    assert step is not None
    assert (step.subject_type, step.facts["title"], step.facts["result"]) == (
        "check_result",
        "主通道和安全出口畅通",
        "fail",
    )
    app.undo.undo(visit)
    assert (row(app, visit, EXITS).result, row(app, visit, EXITS).note) == (Result.PASS, "")
    app.undo.undo(visit)
    assert row(app, visit, EXITS).result is Result.OPEN
    assert app.undo.state(visit).undo is None
    app.undo.redo(visit)
    app.undo.redo(visit)
    assert (row(app, visit, EXITS).result, row(app, visit, EXITS).note) == (Result.FAIL, "堵了")


def test_all_the_rest_is_one_step(app: App, visit: str) -> None:
    app.checks.set(visit, EXITS, Result.PASS)
    rest = [one.check.code for one in app.checks.of(visit) if one.result is Result.OPEN]
    app.checks.set_all(visit, rest, Result.NOT_APPLICABLE)
    assert app.checks.summary(visit).unchecked == ()
    app.undo.undo(visit)
    assert len(app.checks.summary(visit).unchecked) == 31
    assert row(app, visit, EXITS).result is Result.PASS


def test_a_hazard_out_of_a_check_is_one_step_with_it(app: App, visit: str) -> None:
    made = app.hazards.report(visit, a_draft(catalogue_code="AQ-044"), check=EXITS).made
    assert (row(app, visit, EXITS).result, row(app, visit, EXITS).hazard_ids) == (Result.FAIL, (made,))
    assert app.undo.undo(visit).made == f"hazard.{made}.description"
    assert (row(app, visit, EXITS).result, row(app, visit, EXITS).hazard_ids) == (Result.OPEN, ())
    app.undo.redo(visit)
    assert row(app, visit, EXITS).hazard_ids == (made,)


def test_hazards_of_the_checks_catalogue_items_are_named_too(app: App, visit: str) -> None:
    other = app.hazards.report(visit, a_draft(catalogue_code="WL-003")).made
    made = app.hazards.report(visit, a_draft(), check=EXITS).made
    assert row(app, visit, EXITS).hazard_ids == (made, other)
    app.hazards.remove(made, "重复")
    assert row(app, visit, EXITS).hazard_ids == (other,)


def test_what_was_answered_of_another_list_stays(app: App, visit: str) -> None:
    app.checks.set(visit, "CSP-03", Result.FAIL)
    assert [one.check.code for one in app.checks.of(visit)][-1] == "CSP-03"


def test_an_unknown_check_and_a_closed_visit_are_refused(desk: Desk) -> None:
    app = desk.app
    visit = a_visit(app, desk.clock)
    with pytest.raises(NotFound):
        app.checks.set(visit, "LOG-99", Result.PASS)
    with pytest.raises(NotFound):
        app.hazards.report(visit, a_draft(), check="LOG-99")
    app.inspections.close(visit)
    with pytest.raises(NotAllowed):
        app.checks.set(visit, EXITS, Result.PASS)


def test_a_summary_of_nothing_says_nothing() -> None:
    assert summarise(()).in_words() == ""
