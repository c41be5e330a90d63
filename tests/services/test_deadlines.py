"""What must be done by when: the clocks of a visit, of its orders and of what was taken or kept."""

from __future__ import annotations

from datetime import date

import pytest

from inspector.domain.notice import FormCode
from inspector.domain.recheck import Outcome
from inspector.domain.serving import ServingDraft, ServingMethod
from inspector.services.deadlines import ORDERED
from tests.builders import LI, ZHANG
from tests.services.conftest import Desk
from tests.services.visit import SITE, a_visit, approve, issue


def kinds(desk: Desk, visit: str) -> list[str]:
    return [one.kind for one in desk.app.deadlines.of(visit)]


def test_a_visit_with_its_code_has_no_clock(desk: Desk) -> None:
    assert kinds(desk, a_visit(desk.app, desk.clock)) == []


def test_without_a_code_three_working_days_run(desk: Desk) -> None:
    visit = desk.app.inspections.start(SITE, (ZHANG, LI)).made
    desk.app.inspections.patch(visit, is_urgent=True)
    approval, filing = desk.app.deadlines.of(visit)
    assert (filing.kind, filing.clock.ends) == ("T-02", date(2026, 11, 25))
    assert (approval.kind, approval.clock.ends, approval.days_left) == ("T-03", date(2026, 11, 24), 4)
    assert not approval.clock.is_confirmed
    desk.clock.advance(minutes=6 * 24 * 60)
    assert all(one.is_over for one in desk.app.deadlines.of(visit))
    desk.app.inspections.patch(visit, entry_code="补录0001", approved_at=desk.clock.read().at)
    assert kinds(desk, visit) == []


@pytest.fixture
def order(desk: Desk) -> str:
    visit = a_visit(desk.app, desk.clock, hazards=2)
    for form in (FormCode.INSPECTION_RECORD, FormCode.RECTIFICATION_ORDER):
        notice = issue(desk.app, desk.app.notices.draft(visit, form).made)
    desk.app.serving.serve(notice, ServingDraft(method=ServingMethod.SIGNED, receiver="周喆"))
    return notice


def test_an_order_runs_until_it_is_rechecked(desk: Desk, order: str) -> None:
    visit = desk.app.notices.get(order).inspection_id
    mine, recheck = [one for one in desk.app.deadlines.of(visit) if one.notice_id == order and one.kind[:4] != "T-22"]
    assert (mine.kind, mine.clock.ends, mine.days_left) == (ORDERED, date(2026, 12, 4), 14)
    assert (recheck.kind, recheck.clock.ends) == ("T-09", date(2026, 12, 14))
    assert mine.number == desk.app.notices.get(order).number
    desk.app.inspections.close(visit)
    again = desk.app.rechecks.start([order], (ZHANG, LI)).made
    approve(desk.app, again)
    for one in desk.app.rechecks.of(again):
        desk.app.rechecks.decide(one.recheck.id, Outcome.DONE)
    assert not {ORDERED, "T-09"} & set(kinds(desk, visit))


def test_a_visit_that_nobody_knows_has_none(desk: Desk) -> None:
    with pytest.raises(Exception, match="not_found"):
        desk.app.deadlines.of("nobody")
