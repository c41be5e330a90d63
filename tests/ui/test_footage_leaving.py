"""Before a visit is ended: what was not filmed is listed, nothing is blocked; the clapper is reached from the visit."""

from __future__ import annotations

import pytest

from inspector.domain.inspection import InspectionState
from tests.ui.laptop import Laptop, Stage, laptop, rest, stage  # noqa: F401 - fixtures
from tests.ui.looks import demand_good_looks
from ui.views.footage.clapper import ClapperScreen
from ui.views.footage.leaving import LeavingDialog
from ui.views.workspace.view import WorkspaceView


@pytest.fixture
def visit(laptop: Laptop, tasks, stage: Stage):  # noqa: F811 - fixtures
    """The workspace of a visit with a hazard and no footage."""
    made = laptop.visit(hazards=1)
    view = WorkspaceView(laptop.app, tasks)
    stage.show(view)
    view.show_record(made)
    stage.until(view.hazards.list.rows)
    view.visit = made
    return view


def test_gaps_are_listed_and_the_visit_ends_all_the_same(visit, laptop, stage):  # noqa: F811
    visit.facts.close_wanted.emit()
    dialog = stage.dialog(LeavingDialog)
    assert len(dialog.list.rows()) == len(laptop.ask(laptop.app.timeline.open_gaps, visit.visit))
    assert all("没有录像" in row.second for row in dialog.list.rows())
    demand_good_looks(stage.qtbot, dialog)
    dialog.verb.click()
    stage.until(lambda: laptop.ask(laptop.app.inspections.get, visit.visit).state is not InspectionState.OPEN)


def test_one_can_go_and_explain_first(visit, laptop, stage):  # noqa: F811
    visit.facts.close_wanted.emit()
    stage.dialog(LeavingDialog).explain.click()
    stage.until(lambda: stage.wanted)
    assert stage.wanted[-1] == ("footage", f"{visit.visit}#timeline")
    assert laptop.ask(laptop.app.inspections.get, visit.visit).state is InspectionState.OPEN


def test_without_gaps_there_is_no_list(visit, laptop, stage):  # noqa: F811
    for gap in laptop.ask(laptop.app.timeline.open_gaps, visit.visit):
        laptop.ask(laptop.app.timeline.explain_gap, visit.visit, gap.item.id, "现场不具备条件")
    visit.facts.close_wanted.emit()
    dialog = stage.dialog(LeavingDialog)
    assert not dialog.list.isVisible()
    dialog.reject()


def test_the_clapper_is_reached_from_the_visit(visit, laptop, stage):  # noqa: F811
    assert visit.facts.clap.text() == "记录仪拍板"
    visit.facts.clap.click()
    screen = stage.dialog(ClapperScreen)
    screen.reject()
    stage.until(lambda: laptop.ask(laptop.app.clapper.of, visit.visit)[0].ended_at)
