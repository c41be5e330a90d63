"""Signed pages and signatures on the screen over a real store: chosen, straightened, linked, taken off again."""

from __future__ import annotations

from PySide6.QtCore import QPoint, Qt

from tests.ui.laptop import laptop, stage  # noqa: F401 - fixtures
from tests.ui.looks import demand_good_looks
from tests.ui.test_ledger import an_issued
from ui.views.notices.pen_dialog import PenDialog
from ui.views.notices.serve_photo import PhotoDialog
from ui.views.notices.signed_dialog import SignedDialog
from ui.views.notices.view import NoticesView
from ui.widgets.text_dialog import TextDialog


def open_signed(laptop, stage, tasks, tmp_path):  # noqa: F811
    visit = laptop.visit(hazards=1)
    laptop.ask(laptop.app.evidence.attach, visit, laptop.photo(tmp_path))
    notice = an_issued(laptop, visit)
    view = NoticesView(laptop.app, tasks)
    stage.show(view)
    view.show_record(f"notice:{notice}")
    view.setFocus()
    stage.until(lambda: view._reading is not None)
    stage.qtbot.keyClick(view, Qt.Key.Key_Q, Qt.KeyboardModifier.AltModifier)
    dialog = stage.dialog(SignedDialog)
    stage.until(dialog.list.rows)
    return notice, dialog


def test_a_photo_becomes_the_signed_page_and_is_taken_off(laptop, stage, tasks, tmp_path):  # noqa: F811
    notice, dialog = open_signed(laptop, stage, tasks, tmp_path)
    assert dialog.list.rows()[0].second == "还没有签名页照片"
    assert not dialog.remove.isEnabled()
    demand_good_looks(stage.qtbot, dialog)
    stage.until(lambda: dialog._photos)
    dialog.photo.click()
    photos = stage.dialog(PhotoDialog)
    photos.verb.click()
    stage.until(lambda: dialog.list.rows()[0].second.startswith("已留存"))
    assert [one.page for one in laptop.ask(laptop.app.signing.pages, notice)] == [1]
    dialog.remove.click()
    asked = stage.dialog(TextDialog)
    asked.field.setText("拍糊了")
    asked.verb.click()
    stage.until(lambda: dialog.list.rows()[0].second == "还没有签名页照片")
    dialog.reject()


def test_a_signature_is_drawn_with_a_name(laptop, stage, tasks, tmp_path):  # noqa: F811
    notice, dialog = open_signed(laptop, stage, tasks, tmp_path)
    dialog.pen.click()
    pen = stage.dialog(PenDialog)
    pen.verb.click()
    assert pen.name_row.error() == "签名人还没有填"
    pen.name.setText("周某")
    stage.qtbot.mousePress(pen.field, Qt.MouseButton.LeftButton, pos=QPoint(40, 60))
    stage.qtbot.mouseMove(pen.field, QPoint(120, 90))
    stage.qtbot.mouseRelease(pen.field, Qt.MouseButton.LeftButton, pos=QPoint(160, 60))
    assert len(pen.field.strokes) == 1
    demand_good_looks(stage.qtbot, pen)
    pen.verb.click()
    stage.until(lambda: "周某" in dialog.pens.text())
    told = laptop.ask(laptop.app.signing.drawn, notice)
    assert (told[0].signer, told[0].role) == ("周某", "当事人")
    dialog.reject()
