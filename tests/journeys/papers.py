"""What a visit and its papers need beside the hands: its approval, measures for major hazards, reasons for warnings."""

from __future__ import annotations

from inspector.domain.hazard import Severity
from inspector.domain.notice import FormCode
from tests.journeys.desk import Desk
from tests.services.visit import approve, issue
from tests.services.visit import give_reasons as give


def plan_visit(desk: Desk) -> None:
    """The approval and the code of entry, as the office's platform told them."""
    app, view = desk.app, desk.workspace
    visit = desk.ask(app.inspections.list)[0].inspection.id
    desk.ask(approve, app, visit)
    desk.idle()
    assert view._record is not None


def decide_measures(desk: Desk) -> None:
    """What is done about major hazards at once is a paper of its own (安全生产法 art. 65(1)(三))."""
    app, view = desk.app, desk.notices
    visit = view._reading.notice.inspection_id
    major = tuple(one.id for one in desk.ask(app.hazards.of, visit) if one.severity is Severity.MAJOR)
    notice = desk.ask(app.notices.draft, visit, FormCode.MEASURES_DECISION, major).made
    desk.ask(app.notices.fill, notice, {"measures": ["自即时起暂停使用一号库除尘系统，撤出作业人员"]})
    desk.ask(issue, app, notice)


def give_reasons(desk: Desk) -> None:
    """Say of what warns why the notice on the screen is issued all the same."""
    view = desk.notices
    desk.hand.until(lambda: view._reading is not None)
    notice = view._reading.notice.id
    desk.tasks.command(view, lambda: give(desk.app, notice))
    desk.idle()
    errors = [one.message for one in view._reading.preview.findings if one.is_blocking]
    assert not errors, errors
    desk.hand.until(lambda: view._reading.preview.is_issuable)
    desk.idle()
