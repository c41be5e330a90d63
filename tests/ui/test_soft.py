"""Soft enforcement beside the hazard: the suggestion with its basis, the ladder, the card, all by key and undoable."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog

from inspector.domain.hazard import Severity
from inspector.domain.soft import SoftStepKind
from tests.services.visit import a_draft
from tests.ui.laptop import laptop, stage  # noqa: F401 - fixtures
from tests.ui.looks import demand_good_looks
from tests.ui.test_workspace import open_workspace  # noqa: F401 - a fixture
from ui.text import words
from ui.views.hazards.soft_dialogs import CardDialog, StepDialog
from ui.widgets.text_dialog import TextDialog

ALT, CTRL = Qt.KeyboardModifier.AltModifier, Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def begin(laptop, stage, open_workspace):  # noqa: F811
    """A visit with one hazard, shown in the form with what the laptop knows of it."""

    def make(*, width: int = 1280, **fields: object):
        visit = laptop.visit()
        hazard = laptop.ask(laptop.app.hazards.report, visit, a_draft(**({"catalogue_code": "AQ-044"} | fields))).made
        view = open_workspace(visit, width=width)
        stage.until(lambda: view.desk.form.soft.suggestion is not None)
        return view, hazard

    return make


def test_a_first_minor_offence_is_ticked_and_taken_back(laptop, stage, begin):  # noqa: F811
    view, hazard = begin()
    box = view.desk.form.soft
    assert "总部可能另有记录" in box.why.text()
    assert box.basis.text() == "《行政处罚法》第三十三条第一款"
    box.first.click()
    stage.until(lambda: laptop.ask(laptop.app.hazards.get, hazard).soft_choice == "first_minor")
    stage.until(lambda: view.strip.history.words.text() == "上一步：已修改隐患 1：柔性执法")
    stage.qtbot.keyClick(view, Qt.Key.Key_Z, CTRL)
    stage.until(lambda: laptop.ask(laptop.app.hazards.get, hazard).soft_choice == "")
    stage.until(lambda: not box.first.isChecked())


def test_the_basis_is_a_link_to_its_text(stage, begin):  # noqa: F811
    view, _hazard = begin()
    view.desk.form.soft.basis.click()
    assert stage.wanted[-1][0] == "library"
    assert "第三十三条" in stage.wanted[-1][1]


def test_against_the_suggestion_a_reason_is_asked(laptop, stage, begin):  # noqa: F811
    view, hazard = begin(severity=Severity.MAJOR)
    box = view.desk.form.soft
    assert box.why.text() == "重大隐患不属于轻微"
    box.first.click()
    stage.dialog(TextDialog).reject()
    assert not box.first.isChecked()
    box.first.click()
    dialog = stage.dialog(TextDialog)
    stage.type(dialog.field, "法制审核意见")
    dialog.verb.click()
    stage.until(lambda: laptop.ask(laptop.app.hazards.get, hazard).soft_reason == "法制审核意见")
    stage.until(lambda: box.why.text() == "理由：法制审核意见")


def test_not_following_the_suggestion_needs_a_reason_too(laptop, stage, begin):  # noqa: F811
    view, hazard = begin()
    box = view.desk.form.soft
    box.first.click()
    stage.until(lambda: laptop.ask(laptop.app.hazards.get, hazard).soft_choice == "first_minor")
    stage.until(lambda: view._record.hazard(hazard).soft_choice == "first_minor")
    box.first.click()
    dialog = stage.dialog(TextDialog)
    stage.type(dialog.field, "拒不改正")
    dialog.verb.click()
    stage.until(lambda: laptop.ask(laptop.app.hazards.get, hazard).soft_choice == "overridden")
    stage.until(lambda: box.why.text() == "不适用：拒不改正")
    assert not box.first.isChecked()


def test_steps_of_the_ladder_by_key(laptop, stage, begin):  # noqa: F811
    view, hazard = begin()
    stage.qtbot.keyClick(view, Qt.Key.Key_T, ALT)
    dialog = stage.dialog(StepDialog)
    stage.until(dialog.list.hasFocus)
    stage.qtbot.keyClick(dialog.list, Qt.Key.Key_Return)  # the mildest is proposed
    stage.until(lambda: [one.step for one in laptop.ask(laptop.app.soft.of, hazard)] == [SoftStepKind.PERSUADE])
    stage.until(lambda: view.desk.form.soft.taken.text().startswith("已采取：说服教育 "))
    stage.wake(view.window())
    stage.qtbot.keyClick(view, Qt.Key.Key_T, ALT)
    dialog = stage.dialog(StepDialog)
    assert dialog.list.current() == "demonstrate"
    stage.type(dialog.note, "示范堆垛")
    dialog.verb.click()
    stage.until(lambda: [one.note for one in laptop.ask(laptop.app.soft.of, hazard)] == ["", "示范堆垛"])
    stage.until(lambda: view.strip.history.words.text() == "上一步：隐患 1：劝导示范")
    stage.wake(view.window())
    stage.qtbot.keyClick(view, Qt.Key.Key_Z, CTRL)
    stage.until(lambda: len(laptop.ask(laptop.app.soft.of, hazard)) == 1)
    stage.until(lambda: "劝导示范" not in view.desk.form.soft.taken.text())


def test_the_card_is_saved_where_no_printer_is(stage, begin, tmp_path, monkeypatch):  # noqa: F811
    monkeypatch.setenv("PATH", "/nowhere")
    view, _hazard = begin()
    stage.qtbot.keyClick(view, Qt.Key.Key_F, ALT)
    dialog = stage.dialog(CardDialog)
    stage.until(lambda: dialog.printer.text() == "未找到打印机，可先存为 PDF")
    assert not dialog.verb.isEnabled()
    dialog.save.click()
    asked = stage.dialog(QFileDialog)
    asked.filesSelected.emit([str(tmp_path / "普法卡.pdf")])
    asked.reject()
    stage.until((tmp_path / "普法卡.pdf").exists)
    stage.until(lambda: (tmp_path / "普法卡.pdf").read_bytes().startswith(b"%PDF-"))


def test_a_new_hazard_has_no_ladder_yet_and_an_ended_visit_keeps_its_choice(laptop, stage, begin):  # noqa: F811
    view, hazard = begin()
    view.begin_new()
    assert view.desk.form.rows["soft"].isHidden()
    stage.qtbot.keyClick(view, Qt.Key.Key_T, ALT)  # nothing to record a step of
    view.desk.discard()
    laptop.ask(laptop.app.inspections.close, view._record.inspection.id)
    view.show_record(view._record.inspection.id)
    stage.until(lambda: not view._record.is_open)
    stage.until(lambda: not view.desk.form.soft.first.isEnabled())
    assert view.desk.hazard_id == hazard


@pytest.mark.parametrize("language", ["zh_CN", "en"])
@pytest.mark.parametrize("width", [853, 1280, 1680])
def test_every_word_is_seen(laptop, stage, begin, language, width):  # noqa: F811
    words().switch(language)
    view, hazard = begin(width=width)
    laptop.ask(laptop.app.soft.take, hazard, SoftStepKind.WARN)
    view.show_record(f"{view._record.inspection.id}#hazard.{hazard}.soft_choice")
    stage.until(view.desk.form.soft.first.hasFocus)
    stage.until(view.desk.form.soft.taken.text)
    demand_good_looks(stage.qtbot, view)
    assert view.desk.hazard_id == hazard
