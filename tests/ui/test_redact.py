"""Boxes over what may not be published: drawn by hand and by key, suggested, looked at page by page, and gone."""

from __future__ import annotations

import io

import numpy as np
import pypdfium2
import pytest
import shiboken6
from PIL import Image
from PySide6.QtCore import QPoint, Qt

from inspector.domain.notice import FormCode
from inspector.domain.redaction import Private, RedactBox
from tests.services.visit import issue as issue_paper
from tests.ui.laptop import Laptop, Stage, laptop, stage  # noqa: F401 - fixtures
from tests.ui.looks import clipped, unnamed
from tests.ui.test_evidence_pane import scene  # noqa: F401 - fixture
from ui.models.redact_board import RedactBoard
from ui.views.evidence.mark_paint import point_at
from ui.views.evidence.viewer import PhotoViewer
from ui.views.notices.view import NoticesView
from ui.views.proof.redact import RedactDialog


@pytest.fixture
def dialog(stage: Stage, scene, laptop: Laptop, tmp_path):  # noqa: F811 - fixtures
    """The dialog over the only photo, opened from its viewer."""
    scene.photos.take([laptop.photo(tmp_path, "甲.jpg", seed=1)], source="dialog")
    stage.until(lambda: scene.photos.count() == 1)
    scene.photos.open_viewer(scene.photos.grid.model_of_photos.photos()[0].id)
    viewer = stage.dialog(PhotoViewer)
    stage.until(viewer.picture.has_image)
    stage.qtbot.keyClick(viewer, Qt.Key.Key_D)
    made = stage.dialog(RedactDialog)
    stage.until(made.picture.has_image)
    yield made
    if shiboken6.isValid(made):
        made._board = RedactBoard(1)
        made.reject()
    viewer.reject()


def drag(stage: Stage, picture, start: tuple[float, float], end: tuple[float, float]) -> None:  # noqa: F811
    first, last = (point_at(picture.frame(), *share).toPoint() for share in (start, end))
    left = Qt.MouseButton.LeftButton
    stage.qtbot.mousePress(picture, left, pos=first)
    stage.qtbot.mouseMove(picture, QPoint((first.x() + last.x()) // 2, (first.y() + last.y()) // 2))
    stage.qtbot.mouseMove(picture, last)
    stage.qtbot.mouseRelease(picture, left, pos=last)


def shares(box: RedactBox) -> list[float]:
    return [box.x0, box.y0, box.x1, box.y1]


def test_a_photo_is_redacted_and_its_copy_marked(stage, scene, laptop, dialog):  # noqa: F811
    assert not dialog.finish.isEnabled()
    assert "还没有框选" in dialog.note.text()
    drag(stage, dialog.picture, (0.4, 0.4), (0.6, 0.6))
    assert shares(dialog._board.boxes()[0]) == pytest.approx([0.4, 0.4, 0.6, 0.6], abs=0.02)
    assert clipped(dialog) == []
    assert unnamed(dialog) == []
    dialog.finish.click()
    stage.until(lambda: len(scene.stored()) == 2)
    made = next(one for one in scene.stored() if one.derivation)
    with Image.open(io.BytesIO(laptop.ask(laptop.app.evidence.original, made.original.sha256))) as image:
        wide, high = image.size
        inside = np.asarray(image.crop((round(0.45 * wide), round(0.45 * high), wide // 2, high // 2)))
    assert inside.max() <= 8
    stage.until(lambda: scene.photos.count() == 2)
    badges = {photo.id: photo.badges for photo in scene.photos.grid.model_of_photos.photos()}
    assert badges[made.id] == ("脱敏件",)
    scene.photos.open_viewer(made.id)
    viewers = [w for w in scene.window().findChildren(PhotoViewer) if w.isVisible() and w.current_id() == made.id]
    assert viewers[0].derived.text() == "脱敏件"
    viewers[0].reject()


def test_boxes_are_gripped_moved_removed_and_taken_back(stage, dialog):  # noqa: F811
    drag(stage, dialog.picture, (0.1, 0.1), (0.3, 0.3))
    drag(stage, dialog.picture, (0.2, 0.2), (0.4, 0.4))
    (box,) = dialog._board.boxes()
    assert shares(box) == pytest.approx([0.3, 0.3, 0.5, 0.5], abs=0.02)
    drag(stage, dialog.picture, (0.7, 0.7), (0.9, 0.9))
    assert len(dialog._board.boxes()) == 2
    stage.qtbot.keyClick(dialog, Qt.Key.Key_N)
    stage.qtbot.keyClick(dialog, Qt.Key.Key_Delete)
    assert len(dialog._board.boxes()) == 1
    stage.qtbot.keyClick(dialog, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert len(dialog._board.boxes()) == 2
    stage.qtbot.keyClick(dialog, Qt.Key.Key_Y, Qt.KeyboardModifier.ControlModifier)
    assert len(dialog._board.boxes()) == 1
    stage.qtbot.keyClick(dialog, Qt.Key.Key_Return)
    assert len(dialog._board.boxes()) == 2
    before = shares(dialog._board.boxes()[-1])
    stage.qtbot.keyClick(dialog, Qt.Key.Key_Right)
    assert dialog._board.boxes()[-1].x0 == pytest.approx(before[0] + 0.01)


def test_the_result_is_seen_before_it_is_made_and_esc_asks_once(stage, dialog):  # noqa: F811
    drag(stage, dialog.picture, (0.4, 0.4), (0.6, 0.6))
    dialog._board.board.select(-1)
    at = point_at(dialog.picture.frame(), 0.45, 0.45).toPoint()
    through = dialog.picture.grab().toImage().pixelColor(at)
    stage.qtbot.keyClick(dialog, Qt.Key.Key_O)
    assert dialog.picture.grab().toImage().pixelColor(at).value() == 0
    assert through.value() > 0
    stage.qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    assert dialog.isVisible()
    assert "再按一次 Esc" in dialog.note.text()
    stage.qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    stage.until(lambda: not shiboken6.isValid(dialog) or not dialog.isVisible())


def test_every_page_of_a_notice_is_looked_at_first(stage, laptop, tasks, tmp_path):  # noqa: F811
    visit = laptop.visit(hazards=2)
    laptop.ask(laptop.app.inspections.patch, visit, companion_phone="13900000000")
    photos = [laptop.photo(tmp_path, f"{n}.jpg", seed=n) for n in range(3)]
    laptop.ask(laptop.app.evidence.attach_many, visit, photos, hazard_id=laptop.ask(laptop.app.hazards.of, visit)[0].id)
    record = laptop.ask(laptop.app.notices.draft, visit, FormCode.INSPECTION_RECORD).made
    laptop.ask(issue_paper, laptop.app, record)
    view = NoticesView(laptop.app, tasks)
    stage.show(view, width=1280)
    view.show_record(visit)
    stage.until(view.issued.redact.isVisible)
    stage.until(tasks.is_idle)
    view.issued.redact.click()
    dialog = stage.dialog(RedactDialog)
    stage.until(dialog.picture.has_image)
    pages = laptop.ask(laptop.app.notices.get, record).pages
    assert pages > 1
    assert "还有" in dialog.note.text()
    assert not dialog.finish.isEnabled()
    found = [box for box in dialog._board.boxes() if box.why is Private.PHONE]
    assert "13900000000" in [box.text for box in found]
    assert clipped(dialog) == []
    for _ in range(pages - 1):
        stage.qtbot.keyClick(dialog, Qt.Key.Key_PageDown)
        stage.until(dialog.picture.has_image)
    stage.until(dialog.finish.isEnabled)
    offers: list[str] = []
    view.offered.connect(lambda title, *_rest: offers.append(title))
    stage.qtbot.keyClick(dialog, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    stage.until(lambda: offers == ["公示稿已生成"])
    made = next(one for one in laptop.ask(laptop.app.evidence.of, visit) if one.derivation)
    pdf = laptop.ask(laptop.app.evidence.original, made.original.sha256)
    document = pypdfium2.PdfDocument(pdf)
    assert "".join(page.get_textpage().get_text_range() for page in document).strip() == ""
    document.close()
    view.proof.save_to(made.id, tmp_path / "公示.pdf")
    stage.until(lambda: any("公示.pdf" in said for said in stage.said))


def test_the_board_remembers_what_was_suggested_until_it_is_moved():
    box = RedactBox(x0=0.1, y0=0.1, x1=0.2, y1=0.2, page=1, why=Private.PLATE, text="渝A12345")
    board = RedactBoard(2, [box])
    board.look()
    assert (board.unseen, board.boxes()) == (1, (box,))
    assert not board.turn(-1)
    assert board.turn(1)
    board.look()
    assert board.facts() == [("车牌", "渝A12345")]
    board.board.step_to(1)
    board.board.remove()
    assert board.is_touched
    assert board.facts() == []
    board.board.undo()
    assert board.boxes() == (box,)
    assert board.unseen == 0
