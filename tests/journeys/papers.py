"""What a visit and its papers need beside the hands: the plan of the office, reasons for what only warns."""

from __future__ import annotations

from tests.journeys.desk import Desk
from tests.services.visit import approve
from tests.services.visit import give_reasons as give


def plan_visit(desk: Desk) -> None:
    """The approval and the code of entry, as the office's platform told them."""
    app, view = desk.app, desk.workspace
    visit = desk.ask(app.inspections.list)[0].inspection.id
    desk.ask(approve, app, visit)
    desk.idle()
    assert view._record is not None


def give_reasons(desk: Desk) -> None:
    """Say of what warns why the notice on the screen is issued all the same."""
    view = desk.notices
    desk.hand.until(lambda: view._reading is not None)
    notice = view._reading.notice.id
    desk.tasks.command(view, lambda: give(desk.app, notice))
    desk.hand.until(lambda: view._reading is not None and view._reading.preview.is_issuable)
    desk.idle()
