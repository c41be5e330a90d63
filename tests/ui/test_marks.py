"""Marks drawn by hand and by key over a real photo: saved as one entry, taken back, never in the picture itself."""

from __future__ import annotations

import pytest
import shiboken6
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt
from PySide6.QtWidgets import QApplication

from inspector.domain.notice import FormCode
from inspector.evidence.marks import Arrow, Box, Circle, Color, Text, Weight, read
from tests.services.visit import issue as issue_paper
from tests.ui.laptop import Laptop, Stage, laptop, stage  # noqa: F401 - fixtures
from tests.ui.looks import clipped, unnamed
from tests.ui.test_evidence_pane import drop_on, scene  # noqa: F401 - fixture
from tests.ui.test_field_mode import demand_room
from ui.models.mark_board import MarkBoard, handles, moved, pulled
from ui.theme import density
from ui.theme.look import look
from ui.views.evidence.grid import MIME
from ui.views.evidence.mark_editor import owner_of
from ui.views.evidence.mark_paint import point_at
from ui.views.evidence.trash import TrashDialog
from ui.views.evidence.viewer import PhotoViewer
from ui.widgets.text_dialog import TextDialog


@pytest.fixture
def viewer(stage: Stage, scene, laptop: Laptop, tmp_path):  # noqa: F811 - fixtures
    """The viewer of the first of two photos, with its picture."""
    paths = [laptop.photo(tmp_path, f"{name}.jpg", seed=n) for n, name in enumerate(("甲", "乙"))]
    scene.photos.take(paths, source="dialog")
    stage.until(lambda: scene.photos.count() == 2)
    scene.photos.open_viewer(scene.photos.grid.model_of_photos.photos()[0].id)
    made = stage.dialog(PhotoViewer)
    stage.until(made.picture.has_image)
    stage.until(scene._tasks.is_idle)  # that it was opened is noted
    yield made
    if shiboken6.isValid(made):
        made.editor.finish()
        made.reject()


def stored(scene, viewer):  # noqa: F811
    return read(next(one.marks for one in scene.stored() if one.id == viewer.current_id()))


def begin(stage: Stage, viewer) -> None:  # noqa: F811
    stage.qtbot.keyClick(viewer, Qt.Key.Key_E)
    stage.until(lambda: viewer.editor.is_on)


def drag(stage: Stage, picture, start: tuple[float, float], end: tuple[float, float]) -> None:  # noqa: F811
    """Draw with the mouse between two shares of the picture."""
    first, last = (point_at(picture.frame(), *share).toPoint() for share in (start, end))
    left = Qt.MouseButton.LeftButton
    stage.qtbot.mousePress(picture, left, pos=first)
    stage.qtbot.mouseMove(picture, QPoint((first.x() + last.x()) // 2, (first.y() + last.y()) // 2))
    stage.qtbot.mouseMove(picture, last)
    stage.qtbot.mouseRelease(picture, left, pos=last)


def near(mark, *shares: float) -> bool:
    told = (mark.x0, mark.y0, mark.x1, mark.y1)
    return all(abs(one - other) < 0.02 for one, other in zip(told, shares, strict=True))


def test_tools_draw_and_leaving_saves_one_entry(stage, scene, viewer, laptop):  # noqa: F811
    before = laptop.ask(laptop.app.audit.verify).entries
    begin(stage, viewer)
    assert viewer.picture.tool == "box"
    drag(stage, viewer.picture, (0.1, 0.1), (0.4, 0.5))
    stage.qtbot.keyClick(viewer, Qt.Key.Key_3)
    stage.qtbot.keyClick(viewer, Qt.Key.Key_C)
    drag(stage, viewer.picture, (0.9, 0.9), (0.6, 0.6))
    stage.qtbot.keyClick(viewer, Qt.Key.Key_4)
    stage.qtbot.keyClick(viewer, Qt.Key.Key_W)
    drag(stage, viewer.picture, (0.2, 0.9), (0.3, 0.6))
    assert clipped(viewer) == []
    assert unnamed(viewer) == []
    stage.qtbot.keyClick(viewer, Qt.Key.Key_Escape)
    assert not viewer.editor.is_on
    stage.until(lambda: len(stored(scene, viewer)) == 3)
    box, circle, arrow = stored(scene, viewer)
    assert isinstance(box, Box)
    assert near(box, 0.1, 0.1, 0.4, 0.5)
    assert isinstance(circle, Circle)
    assert near(circle, 0.6, 0.6, 0.9, 0.9)
    assert circle.color is Color.YELLOW
    assert isinstance(arrow, Arrow)
    assert near(arrow, 0.2, 0.9, 0.3, 0.6)
    assert arrow.weight is Weight.THICK
    assert laptop.ask(laptop.app.audit.verify).entries == before + 1
    assert laptop.ask(laptop.app.drafts.of, owner_of(viewer.current_id())) == {}
    stage.until(lambda: scene.photos.grid.model_of_photos.photos()[0].badges == ("标注",))


def test_a_text_is_typed_moved_and_written_anew(stage, scene, viewer):  # noqa: F811
    begin(stage, viewer)
    stage.qtbot.keyClick(viewer, Qt.Key.Key_5)
    place = point_at(viewer.picture.frame(), 0.2, 0.3).toPoint()
    stage.qtbot.mouseClick(viewer.picture, Qt.MouseButton.LeftButton, pos=place)
    dialog = stage.dialog(TextDialog)
    stage.type(dialog.field, "出口被堵")
    dialog.verb.click()
    stage.until(lambda: len(viewer.picture.board.marks) == 1)
    stage.qtbot.keyClick(viewer, Qt.Key.Key_Right)
    stage.qtbot.keyClick(viewer, Qt.Key.Key_F2)
    again = next(w for w in QApplication.topLevelWidgets() if isinstance(w, TextDialog) and w.isVisible())
    assert again.field.value() == "出口被堵"
    again.field.set_value("三号出口被堵")
    again.verb.click()
    viewer.reject()
    stage.until(lambda: stored(scene, viewer))
    (text,) = stored(scene, viewer)
    assert isinstance(text, Text)
    assert text.text == "三号出口被堵"
    assert text.x == pytest.approx(0.21, abs=0.01)


def test_by_keys_alone(stage, scene, viewer):  # noqa: F811
    begin(stage, viewer)
    stage.qtbot.keyClick(viewer, Qt.Key.Key_2)
    stage.qtbot.keyClick(viewer.picture, Qt.Key.Key_Return)
    stage.qtbot.keyClick(viewer, Qt.Key.Key_Left)
    stage.qtbot.keyClick(viewer, Qt.Key.Key_Down, Qt.KeyboardModifier.ControlModifier)
    (box,) = viewer.picture.board.marks
    assert near(box, 0.34, 0.35, 0.64, 0.66)
    stage.qtbot.keyClick(viewer, Qt.Key.Key_3)
    stage.qtbot.keyClick(viewer.picture, Qt.Key.Key_Return)
    stage.qtbot.keyClick(viewer, Qt.Key.Key_PageUp)
    assert viewer.picture.board.selected == 0
    stage.qtbot.keyClick(viewer, Qt.Key.Key_Delete)
    assert [type(mark) for mark in viewer.picture.board.marks] == [Circle]
    stage.qtbot.keyClick(viewer, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert len(viewer.picture.board.marks) == 2
    stage.qtbot.keyClick(viewer, Qt.Key.Key_Y, Qt.KeyboardModifier.ControlModifier)
    assert len(viewer.picture.board.marks) == 1
    stage.qtbot.keyClick(viewer, Qt.Key.Key_Escape)
    stage.until(lambda: len(stored(scene, viewer)) == 1)


def test_a_mark_is_gripped_by_its_line_and_pulled_by_its_corner(stage, viewer):  # noqa: F811
    begin(stage, viewer)
    drag(stage, viewer.picture, (0.2, 0.2), (0.6, 0.6))
    stage.qtbot.keyClick(viewer, Qt.Key.Key_1)
    drag(stage, viewer.picture, (0.4, 0.2), (0.5, 0.3))
    assert near(viewer.picture.board.marks[0], 0.3, 0.3, 0.7, 0.7)
    drag(stage, viewer.picture, (0.7, 0.7), (0.9, 0.8))
    assert near(viewer.picture.board.marks[0], 0.3, 0.3, 0.9, 0.8)
    drag(stage, viewer.picture, (0.05, 0.05), (0.06, 0.05))
    assert viewer.picture.board.selected == -1


def test_the_original_is_seen_without_its_marks(stage, viewer):  # noqa: F811
    begin(stage, viewer)
    drag(stage, viewer.picture, (0.2, 0.2), (0.8, 0.8))
    stage.qtbot.keyClick(viewer, Qt.Key.Key_Escape)
    at = point_at(viewer.picture.frame(), 0.5, 0.2).toPoint()
    with_marks = viewer.picture.grab().toImage().pixelColor(at)
    stage.qtbot.keyClick(viewer, Qt.Key.Key_O)
    without = viewer.picture.grab().toImage().pixelColor(at)
    assert with_marks != without
    assert viewer.layer.text() == "看标注"
    stage.qtbot.keyClick(viewer, Qt.Key.Key_O)
    assert viewer.picture.grab().toImage().pixelColor(at) == with_marks


def test_half_drawn_marks_outlive_a_crash(stage, scene, viewer, laptop):  # noqa: F811
    begin(stage, viewer)
    drag(stage, viewer.picture, (0.2, 0.2), (0.8, 0.8))
    one = viewer.current_id()
    stage.until(lambda: laptop.ask(laptop.app.drafts.of, owner_of(one)))
    viewer.editor.is_on = False  # as if the program were gone: nothing is saved
    viewer.picture.end()
    assert stored(scene, viewer) == ()
    begin(stage, viewer)
    assert len(viewer.picture.board.marks) == 1


def test_what_an_issued_notice_shows_takes_no_marks(stage, scene, viewer, laptop):  # noqa: F811
    visit = scene._inspection_id
    record = laptop.ask(laptop.app.notices.draft, visit, FormCode.INSPECTION_RECORD).made
    laptop.ask(issue_paper, laptop.app, record)
    stage.qtbot.keyClick(viewer, Qt.Key.Key_E)
    stage.until(viewer.note.text)
    assert "已写入核发的文书" in viewer.note.text()
    assert not viewer.editor.is_on


def test_a_caption_is_written_under_the_photo(stage, scene, viewer):  # noqa: F811
    stage.qtbot.keyClick(viewer, Qt.Key.Key_C)
    stage.type(viewer.caption, "东侧出口")
    stage.qtbot.keyClick(viewer.caption, Qt.Key.Key_Escape)
    one = viewer.current_id()
    stage.until(lambda: next(each for each in scene.stored() if each.id == one).caption == "东侧出口")
    assert viewer.isVisible()


@pytest.mark.qt_log_ignore("This plugin does not support")  # a menu on the offscreen platform
def test_one_photo_is_given_to_a_second_hazard(stage, scene, viewer):  # noqa: F811
    from PySide6.QtWidgets import QMenu

    stage.qtbot.keyClick(viewer, Qt.Key.Key_A)
    menu = viewer.findChildren(QMenu)[0]
    first, second = menu.actions()
    assert (first.isEnabled(), second.isEnabled()) == (False, True)
    second.trigger()
    menu.close()
    stage.until(lambda: len(scene.stored()) == 3)
    stage.until(lambda: "用于隐患 2" in viewer.note.text())
    stage.until(lambda: scene.photos.grid.model_of_photos.photos()[0].badges == ("2 处",))


def test_order_by_key_and_by_hand(stage, scene, viewer):  # noqa: F811
    viewer.reject()
    grid = scene.photos.grid
    first, second = (photo.id for photo in grid.model_of_photos.photos())
    grid.choose(first)
    stage.qtbot.keyClick(grid, Qt.Key.Key_Right, Qt.KeyboardModifier.AltModifier)
    stage.until(lambda: [photo.id for photo in grid.model_of_photos.photos()] == [second, first])
    rect = grid.visualRect(grid.model_of_photos.index(grid.model_of_photos.place(second)))
    target = grid.gap_at(QPoint(rect.left() + 5, rect.center().y()), [first])
    assert target is not None
    assert target[0] == second
    scene.photos.care.put_before([first], target[0])
    stage.until(lambda: [photo.id for photo in grid.model_of_photos.photos()] == [first, second])
    assert grid.gap_at(QPoint(rect.left() + 5, rect.center().y()), ["of another group"]) is None


def test_photos_dropped_between_two_of_their_group_stand_there(stage, scene, viewer):  # noqa: F811
    viewer.reject()
    grid = scene.photos.grid
    first, second = (photo.id for photo in grid.model_of_photos.photos())
    mime = QMimeData()
    mime.setData(MIME, second.encode())
    rect = grid.visualRect(grid.model_of_photos.index(grid.model_of_photos.place(first)))
    drop_on(grid.viewport(), mime, QPointF(rect.left() + 5, rect.center().y()))
    stage.until(lambda: [photo.id for photo in grid.model_of_photos.photos()] == [second, first])
    assert {one.hazard_id for one in scene.stored()} == {scene.both[0]}


def test_the_trash_gives_back(stage, scene, viewer):  # noqa: F811
    viewer.reject()
    gone = scene.stored()[0]
    scene.photos.care.sorter.remove(scene._inspection_id, [gone.id], "拍糊了")
    stage.until(scene.photos.trash.isVisible)
    assert scene.photos.trash.text() == "回收站 1"
    scene.photos.trash.click()
    dialog = stage.dialog(TrashDialog)
    stage.until(dialog.list.rows)
    assert dialog.list.rows()[0].second.startswith("拍糊了")
    assert clipped(dialog) == []
    stage.until(dialog.verb.isEnabled)
    dialog.verb.click()
    stage.until(lambda: len(scene.stored()) == 2)
    stage.until(dialog.empty.isVisible)
    dialog.reject()
    stage.until(lambda: not scene.photos.trash.isVisible())


def test_the_board_keeps_marks_on_the_picture() -> None:
    board = MarkBoard()
    box = board.span("box", (0.5, 0.5), (0.9, 0.9))
    assert moved(box, 0.5, -0.9) == board.span("box", (0.6, 0.0), (1.0, 0.4))
    assert handles(pulled(box, 0, (-1.0, 2.0)))[0] == (0.0, 1.0)
    assert QPointF(*handles(box)[2]) == QPointF(0.9, 0.9)


def test_every_tool_is_large_enough_for_gloves(stage, viewer, qtbot):  # noqa: F811
    gloves = density.field(5.0)
    begin(stage, viewer)
    look().set_density(gloves)
    viewer.resize(viewer.width(), 960)  # nothing scrolled half away
    demand_room(qtbot, viewer, gloves)
    assert viewer.finish.height() >= gloves.target
    assert clipped(viewer) == []
