"""Sorting photos through real widgets: select several, give them by digit, drag or time, take it back by the toast."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt
from PySide6.QtGui import QDragEnterEvent, QDragMoveEvent, QDropEvent
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QApplication

from tests.ui.laptop import Laptop, Stage, laptop, stage  # noqa: F401 - fixtures
from tests.ui.looks import clipped, unnamed
from ui.views.evidence.grid import MIME
from ui.views.evidence.viewer import PhotoViewer
from ui.views.workspace.view import WorkspaceView
from ui.widgets.text_dialog import TextDialog

COUNT = 5


@pytest.fixture
def scene(laptop: Laptop, tasks, stage: Stage, tmp_path):  # noqa: F811 - fixtures
    """The workspace of a visit with two hazards and five photos of none of them."""
    visit = laptop.visit(hazards=2)
    for n in range(COUNT):
        laptop.ask(laptop.app.evidence.attach, visit, laptop.photo(tmp_path, f"{n}.jpg", seed=n))
    view = WorkspaceView(laptop.app, tasks)
    actions = []
    for signal in (view.said, view.offered):
        signal.connect(lambda *told: actions.append(told))
    stage.show(view, width=1280)
    view.show_record(visit)
    stage.until(lambda: view.photos.count() == COUNT and view.desk.hazard_id)
    view.actions, view.visit = actions, visit
    view.homes = lambda: [one.hazard_id for one in laptop.ask(laptop.app.evidence.of, visit)]
    view.both = [one.id for one in laptop.ask(laptop.app.hazards.of, visit)]
    view.photos.grid.setFocus()
    return view


def order(scene) -> list[str]:
    return [photo.id for photo in scene.photos.grid.model_of_photos.photos()]


def middle(scene, photo_id: str) -> QPoint:
    grid = scene.photos.grid
    grid.scrollTo(grid.model().index(grid.model_of_photos.place(photo_id), 0))
    return grid.visualRect(grid.model().index(grid.model_of_photos.place(photo_id), 0)).center() - QPoint(0, 12)


def click(stage, scene, photo_id: str, keys=Qt.KeyboardModifier.NoModifier) -> None:  # noqa: F811
    viewport = scene.photos.grid.viewport()
    stage.qtbot.mouseClick(viewport, Qt.MouseButton.LeftButton, keys, middle(scene, photo_id))


def test_digits_move_the_selection_and_the_toast_takes_it_back(stage, scene):  # noqa: F811
    grid, ids = scene.photos.grid, order(scene)
    with_model = QAbstractItemModelTester(grid.model_of_photos, QAbstractItemModelTester.FailureReportingMode.Fatal)
    assert with_model is not None
    click(stage, scene, ids[0])
    click(stage, scene, ids[2], Qt.KeyboardModifier.ControlModifier)
    assert grid.selected() == [ids[0], ids[2]]
    assert scene.photos.bar.title.text() == "已选 2 张"
    stage.qtbot.keyClick(grid, Qt.Key.Key_2)
    stage.until(lambda: scene.homes().count(scene.both[1]) == 2)
    stage.until(lambda: scene.actions)
    title, *_, action = scene.actions[-1]
    assert title == "已移动 2 张"
    assert action[0] == "撤销"
    action[1]()
    stage.until(lambda: scene.homes() == [None] * COUNT)
    stage.until(lambda: scene.photos.header.note.text() == f"未归属 {COUNT}")


def test_shift_arrows_ctrl_a_and_zero(stage, scene):  # noqa: F811
    grid, ids = scene.photos.grid, order(scene)
    click(stage, scene, ids[0])
    stage.qtbot.keyClick(grid, Qt.Key.Key_Right, Qt.KeyboardModifier.ShiftModifier)
    stage.qtbot.keyClick(grid, Qt.Key.Key_Right, Qt.KeyboardModifier.ShiftModifier)
    assert grid.selected() == ids[:3]
    click(stage, scene, ids[0])
    click(stage, scene, ids[3], Qt.KeyboardModifier.ShiftModifier)
    assert grid.selected() == ids[:4]
    stage.qtbot.keyClick(grid, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    assert grid.selected() == ids
    stage.qtbot.keyClick(grid, Qt.Key.Key_1)
    stage.until(lambda: scene.homes() == [scene.both[0]] * COUNT)
    stage.until(lambda: scene.photos.header.note.text() == "")
    assert len(grid.selected()) == COUNT
    stage.qtbot.keyClick(grid, Qt.Key.Key_0)
    stage.until(lambda: scene.homes() == [None] * COUNT)
    stage.qtbot.keyClick(grid, Qt.Key.Key_9)
    assert scene.actions[-1][0] == "没有隐患 9"


def test_a_frame_from_an_empty_place_selects(stage, scene):  # noqa: F811
    grid, ids = scene.photos.grid, order(scene)
    viewport = grid.viewport()
    last = grid.visualRect(grid.model().index(grid.model_of_photos.place(ids[-1]), 0))
    began, ended = QPoint(viewport.width() - 4, last.bottom() + 30), middle(scene, ids[2])
    none = Qt.KeyboardModifier.NoModifier
    stage.qtbot.mousePress(viewport, Qt.MouseButton.LeftButton, none, began)
    for part in (0.5, 1.0):
        stage.qtbot.mouseMove(viewport, began + (ended - began) * part)
    stage.qtbot.mouseRelease(viewport, Qt.MouseButton.LeftButton, none, ended)
    assert ids[2] in grid.selected()
    assert len(grid.selected()) > 1


def dragged(ids) -> QMimeData:
    mime = QMimeData()
    mime.setData(MIME, " ".join(ids).encode())
    return mime


def test_a_group_takes_what_is_dropped_on_it(stage, scene):  # noqa: F811
    grid, ids = scene.photos.grid, order(scene)
    grid.choose(ids[0])
    stage.qtbot.keyClick(grid, Qt.Key.Key_1)
    stage.until(lambda: scene.homes().count(scene.both[0]) == 1)
    stage.until(lambda: grid.model_of_photos.rowCount() == COUNT + 2)
    assert grid.dragged(ids[3]) == [ids[3]]
    place = grid.visualRect(grid.model().index(0, 0)).center()
    assert grid.group_at(place).target == scene.both[0]
    mime, buttons, keys = dragged(ids[3:]), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    move = Qt.DropAction.MoveAction
    for event in (
        QDragEnterEvent(place, move, mime, buttons, keys),
        QDragMoveEvent(place, move, mime, buttons, keys),
        QDropEvent(QPointF(place), move, mime, buttons, keys),
    ):
        QApplication.sendEvent(grid.viewport(), event)
    stage.until(lambda: scene.homes().count(scene.both[0]) == 3)
    assert grid.drop_group is None


def test_times_propose_and_only_the_button_moves(stage, scene, laptop, tasks):  # noqa: F811
    pane = scene.photos
    hazards = laptop.ask(laptop.app.hazards.of, scene.visit)
    found = laptop.ask(laptop.app.evidence.of, scene.visit)
    at = hazards[0].seen_at + timedelta(minutes=1)
    timed = [replace(one, original=replace(one.original, taken_at=at)) for one in found]
    early = [hazards[0], replace(hazards[1], seen_at=at + timedelta(minutes=9))]
    pane.show_evidence(scene.visit, timed, early, current=scene.both[0], is_open=True)
    assert pane.bar.title.text() == f"按拍摄时间可归属 {COUNT} 张"
    assert {photo.note for photo in pane.grid.model_of_photos.photos()} == {"隐患 1？"}
    assert scene.homes() == [None] * COUNT
    pane.bar.follow.click()
    stage.until(lambda: scene.homes() == [scene.both[0]] * COUNT)
    stage.until(pane.bar.isHidden)


def test_several_go_with_one_reason(stage, scene):  # noqa: F811
    grid, ids = scene.photos.grid, order(scene)
    grid.selectAll()
    assert clipped(scene.photos) == []
    assert unnamed(scene.photos) == []
    stage.qtbot.keyClick(grid, Qt.Key.Key_Delete)
    dialog = stage.dialog(TextDialog)
    assert dialog.windowTitle() == f"移除 {len(ids)} 张？"
    stage.type(dialog.field, "重复")
    dialog.verb.click()
    stage.until(lambda: scene.homes() == [])


def test_digits_in_a_field_stay_there(stage, scene):  # noqa: F811
    scene.photos.grid.selectAll()
    field = scene.desk.form.texts()["place"]
    field.setFocus()
    field.clear()
    stage.qtbot.keyClicks(field, "12")
    assert field.text() == "12"
    assert scene.homes() == [None] * COUNT


def test_the_viewer_zooms_and_moves_about(stage, scene):  # noqa: F811
    scene.photos.open_viewer(order(scene)[0])
    viewer = stage.dialog(PhotoViewer)
    stage.until(viewer.picture.has_image)
    assert viewer.picture.zoom == 1.0
    stage.qtbot.keyClick(viewer, Qt.Key.Key_Plus)
    stage.qtbot.keyClick(viewer, Qt.Key.Key_Plus)
    assert viewer.picture.zoom > 2.0
    assert viewer.scale.text() == "225%"
    before = viewer.picture.middle
    viewer.picture.pan(QPointF(-60, 0))
    assert viewer.picture.middle.x() > before.x()
    stage.qtbot.keyClick(viewer, Qt.Key.Key_Minus)
    stage.qtbot.keyClick(viewer, Qt.Key.Key_0)
    assert viewer.picture.zoom == 1.0
    assert clipped(viewer) == []
    stage.qtbot.keyClick(viewer, Qt.Key.Key_Right)
    assert viewer.picture.zoom == 1.0
    viewer.reject()
