"""Photos over a real store: files in by dialog, drop and folder, refusals in words, moving, captions, the viewer."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QMenu

from inspector.domain.evidence import EvidenceKind
from inspector.evidence.folder import files_in
from tests.ui.laptop import Laptop, Stage, laptop, stage  # noqa: F401 - fixtures
from tests.ui.looks import clipped, unnamed
from ui.models.evidence_words import facts, refusal, remark_word
from ui.text import tr
from ui.views.evidence.grid import MIME
from ui.views.evidence.viewer import PhotoViewer
from ui.views.workspace.view import WorkspaceView
from ui.widgets.text_dialog import TextDialog


@pytest.fixture
def scene(laptop: Laptop, tasks, stage: Stage):  # noqa: F811 - fixtures
    """The workspace of a visit with two hazards, standing on the first."""
    visit = laptop.visit(hazards=2)
    view = WorkspaceView(laptop.app, tasks)
    stage.show(view, width=1280)
    view.show_record(visit)
    stage.until(lambda: view.desk.hazard_id)
    view.stored = lambda: laptop.ask(laptop.app.evidence.of, visit)
    view.both = [one.id for one in laptop.ask(laptop.app.hazards.of, visit)]
    return view


@pytest.fixture
def three(laptop: Laptop, tmp_path):  # noqa: F811 - fixtures
    """Two drawn photos and an empty file."""
    empty = tmp_path / "坏照片.jpg"
    empty.write_bytes(b"")
    return [laptop.photo(tmp_path, "甲.jpg", seed=1), empty, laptop.photo(tmp_path, "乙.jpg", seed=2)]


def dropped(paths) -> QMimeData:
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    return mime


def drop_on(widget, mime: QMimeData, place: QPointF) -> None:
    """Drop as the window system does."""
    buttons, keys = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    action = Qt.DropAction.CopyAction
    entering = QDragEnterEvent(place.toPoint(), action, mime, buttons, keys)
    QApplication.sendEvent(widget, entering)
    assert entering.isAccepted()
    QApplication.sendEvent(widget, QDropEvent(place, action, mime, buttons, keys))


def test_three_files_of_which_one_is_broken(stage, scene, three):  # noqa: F811
    scene.photos.take(three, source="dialog")
    assert not scene.photos.add.isEnabled()
    stage.until(scene.photos.refused.isVisible)
    assert scene.photos.refused.title.text() == "1 个文件没有收进来"
    assert [(r.title, r.second) for r in scene.photos.refused.list.rows()] == [("坏照片.jpg", "文件是空的")]
    assert "其余 2 个已保存" in scene.photos.refused.safe.text()
    found = scene.stored()
    assert sorted(one.original.name for one in found) == ["乙.jpg", "甲.jpg"]
    assert {one.hazard_id for one in found} == {scene.both[0]}
    stage.until(lambda: scene.photos.count() == 2)
    assert scene.photos.add.isEnabled()
    assert scene.photos.header.count.text() == "2"
    assert any("已添加 2 个" in said for said in stage.said)
    scene.photos.refused.done.click()
    assert scene.photos.refused.isHidden()


def test_dropping_files_and_a_folder(stage, scene, laptop, tmp_path):  # noqa: F811
    card = tmp_path / "card"
    (card / "DCIM").mkdir(parents=True)
    laptop.photo(card / "DCIM", "b.jpg", seed=3)
    laptop.photo(card, "a.jpg", seed=4)
    (card / "Thumbs.db").write_bytes(b"x")
    (card / ".hidden.jpg").write_bytes(b"x")
    assert [path.name for path in laptop.ask(files_in, [card]).files] == ["b.jpg", "a.jpg"]
    scene.photos.show()
    drop_on(scene.photos, dropped([card]), QPointF(20, 200))
    stage.until(lambda: scene.photos.count() == 2)
    more = laptop.photo(tmp_path, "c.jpg", seed=5)
    drop_on(scene.photos.grid.viewport(), dropped([more]), QPointF(20, 20))
    stage.until(lambda: scene.photos.count() == 3)


def test_a_photo_dropped_on_a_hazard_belongs_to_it(stage, scene, three):  # noqa: F811
    scene.photos.take(three[:1], source="folder")
    stage.until(lambda: scene.photos.count() == 1)
    assert scene.stored()[0].hazard_id is None
    assert scene.photos.header.note.text() == "未归属 1"
    mime = QMimeData()
    mime.setData(MIME, scene.stored()[0].id.encode())
    rows = scene.hazards.list
    place = rows.visualRect(rows.model_of_rows.index(1)).center()
    drop_on(rows.viewport(), mime, QPointF(place))
    stage.until(lambda: scene.stored()[0].hazard_id == scene.both[1])
    stage.until(lambda: scene.photos.header.note.text() == "")


@pytest.mark.qt_log_ignore("This plugin does not support")  # a menu on the offscreen platform
def test_m_offers_the_hazards(stage, scene, three):  # noqa: F811
    scene.photos.take(three[:1], source="dialog")
    stage.until(lambda: scene.photos.count() == 1)
    grid = scene.photos.grid
    grid.choose(scene.stored()[0].id)
    grid.setFocus()
    stage.qtbot.keyClick(grid, Qt.Key.Key_M)
    stage.until(lambda: scene.photos.findChildren(QMenu))
    menu = scene.photos.findChildren(QMenu)[0]
    actions = [action for action in menu.actions() if not action.isSeparator()]
    assert [action.isChecked() for action in actions] == [True, False, False]
    actions[1].trigger()
    menu.close()
    stage.until(lambda: scene.stored()[0].hazard_id == scene.both[1])


def test_caption_and_removal_with_a_reason(stage, scene, three):  # noqa: F811
    scene.photos.take(three[:1], source="dialog")
    stage.until(lambda: scene.photos.count() == 1)
    one = scene.stored()[0].id
    scene.photos.care.ask_caption(one)
    dialog = stage.dialog(TextDialog)
    stage.type(dialog.field, "三号出口")
    dialog.verb.click()
    stage.until(lambda: scene.stored()[0].caption == "三号出口")
    stage.until(lambda: not dialog_open())
    grid = scene.photos.grid
    grid.choose(one)
    stage.wake(scene.window())
    grid.setFocus()
    stage.qtbot.keyClick(grid, Qt.Key.Key_Delete)
    dialog = stage.dialog(TextDialog)
    assert "甲.jpg" in dialog.windowTitle()
    stage.type(dialog.field, "拍错了")
    dialog.verb.click()
    stage.until(lambda: scene.stored() == [])
    stage.until(scene.photos.empty.isVisible)


def dialog_open() -> bool:
    return any(isinstance(w, TextDialog) and w.isVisible() for w in QApplication.topLevelWidgets())


def test_the_viewer_tells_the_facts(stage, scene, three):  # noqa: F811
    scene.photos.take([three[0], three[2]], source="dialog")
    stage.until(lambda: scene.photos.count() == 2)
    first = scene.photos.grid.model_of_photos.photos()[0]
    scene.photos.open_viewer(first.id)
    viewer = stage.dialog(PhotoViewer)
    stage.until(viewer.picture.has_image)
    one = next(each for each in scene.stored() if each.id == first.id)
    told = dict(facts(one))
    assert told[tr("拍摄时间")] == "2026-11-20 09:20:00（相机时间，按北京时间）"
    assert told["SHA-256"] == one.original.sha256
    assert told[tr("尺寸")] == "640 × 480"
    assert unnamed(viewer) == []
    assert clipped(viewer) == []
    stage.qtbot.keyClick(viewer, Qt.Key.Key_Right)
    assert viewer.current_id() != first.id
    assert not viewer.next.isEnabled()
    assert scene.photos.grid.current() == viewer.current_id()
    stage.qtbot.keyClick(viewer, Qt.Key.Key_Escape)
    stage.until(lambda: not any(isinstance(w, PhotoViewer) and w.isVisible() for w in QApplication.topLevelWidgets()))


def test_a_broken_picture_is_kept_as_a_document(stage, scene, laptop, tmp_path):  # noqa: F811
    whole = laptop.photo(tmp_path, "整.jpg", seed=6).read_bytes()
    torn = tmp_path / "断.jpg"
    torn.write_bytes(whole[: len(whole) // 3])
    scene.photos.take([torn], source="dialog")
    stage.until(lambda: scene.photos.count() == 1)
    one = scene.stored()[0]
    assert one.original.kind is EvidenceKind.DOCUMENT
    assert remark_word(one.original.remark) == "图像打不开，按文件原样保存"
    photo = scene.photos.grid.model_of_photos.photos()[0]
    assert photo.is_document
    scene.photos.open_viewer(photo.id)
    viewer = stage.dialog(PhotoViewer)
    assert viewer.picture._note == "文件按原样保存，不能在这里显示"
    viewer.reject()


def test_stopping_keeps_what_is_stored(stage, scene, laptop, tmp_path):  # noqa: F811
    paths = [laptop.photo(tmp_path, f"{n}.jpg", seed=10 + n, size=(64, 48)) for n in range(80)]
    told = []
    scene.photos.intake.progressed.connect(lambda step: (told.append(step.done), scene.photos.intake.cancel()))
    scene.photos.take(paths, source="dialog")
    stage.until(lambda: not scene.photos.intake.is_busy)
    kept = len(scene.stored())
    assert 1 <= kept < 80
    assert told[0] == 0
    stage.until(lambda: scene.photos.count() == kept)


@pytest.mark.qt_log_ignore("This plugin does not support")  # a menu on the offscreen platform
def test_the_menu_of_a_photo_has_every_action(stage, scene, three):  # noqa: F811
    scene.photos.take(three[:1], source="dialog")
    stage.until(lambda: scene.photos.count() == 1)
    scene.photos.care.offer_menu(scene.stored()[0].id, [scene.stored()[0].id], QPoint(10, 10))
    menu = scene.photos.findChildren(QMenu)[0]
    words = [action.text().split("\t")[0] for action in menu.actions() if not action.isSeparator()]
    assert words == ["查看", "归属…", "也用于…", "说明…", "前移", "后移", "移除…"]
    menu.close()


@pytest.mark.parametrize("reason", ["empty", "too_large", "unreadable", "not_a_file", "changed", "undecodable"])
def test_every_refusal_has_its_words(reason):
    assert refusal(reason) != refusal("something new")
    assert "something new" in refusal("something new")
