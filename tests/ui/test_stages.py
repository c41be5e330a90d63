"""The workspace is built a part a turn of the event loop; whoever can't wait gets it at once."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QObject

from tests.ui.laptop import Laptop, Stage, laptop, stage  # noqa: F401 - fixtures
from ui.views.notices.view import NoticesView
from ui.views.workspace.stages import Stages
from ui.views.workspace.view import WorkspaceView

PARTS = ("facts", "hazards", "desk", "photos", "checks")


def test_one_step_a_turn_in_order(qtbot):
    owner, done = QObject(), []
    stages = Stages([lambda n=n: done.append(n) for n in range(4)], owner)
    for n in range(4):
        assert not stages.is_done
        stages._timer.timeout.emit()  # one turn of the event loop
        assert done == list(range(n + 1))
    assert stages.is_done
    assert not stages._timer.isActive()


def test_it_goes_by_itself(qtbot):
    owner, done = QObject(), []
    stages = Stages([lambda n=n: done.append(n) for n in range(4)], owner)
    qtbot.waitUntil(lambda: stages.is_done)
    assert done == [0, 1, 2, 3]


def test_the_rest_at_once_and_never_twice(qtbot):
    owner, done = QObject(), []

    def again() -> None:
        stages.finish()

    stages = Stages([lambda: done.append("a"), again, lambda: done.append("b")], owner)
    stages.finish()
    assert done == ["a", "b"]
    assert stages.is_done
    stages.finish()
    assert done == ["a", "b"]


def test_the_constructor_builds_no_part(laptop, tasks, stage):  # noqa: F811
    view = WorkspaceView(laptop.app, tasks)
    stage.windows.append(view)
    assert not any(part in view.__dict__ for part in PARTS)
    assert all(getattr(view, part) is getattr(view, part) for part in PARTS)
    with pytest.raises(AttributeError):
        view.no_such_part  # noqa: B018


def test_leaving_before_it_stands_is_quiet(laptop: Laptop, tasks, stage: Stage):  # noqa: F811
    visit = laptop.visit(hazards=1)
    view = WorkspaceView(laptop.app, tasks)
    stage.show(view)
    view.show_record(visit)
    view.leave()
    view.retranslate()
    stage.until(lambda: view._record is not None)
    assert view.desk.hazard_id


def test_printing_and_serving_are_built_behind_the_notices(laptop: Laptop, tasks, stage: Stage):  # noqa: F811
    view = NoticesView(laptop.app, tasks)
    before = view.arrangement._side.count()
    stage.show(view, width=1280)
    stage.until(lambda: view.paper.stages.is_done)
    assert [view.arrangement._side.widget(before + n) for n in (0, 1)] == [view.paper.print_pane, view.paper.serve_pane]
    assert view.arrangement.side() is not view.paper.print_pane


def test_who_prints_at_once_gets_the_pane_at_once(laptop: Laptop, tasks, stage: Stage):  # noqa: F811
    view = NoticesView(laptop.app, tasks)
    before = view.arrangement._side.count()
    pane = view.paper.print_pane
    assert view.arrangement._side.indexOf(pane) == before
    stage.show(view, width=1280)
    stage.until(lambda: view.paper.stages.is_done)
    assert view.paper.print_pane is pane
    assert view.arrangement._side.count() == before + 2
