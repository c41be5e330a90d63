"""The entry facts of a visit: typed or scanned, each field saved by itself, what is still to be filed in words."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from inspector.domain.inspection import InspectionKind, Observer
from tests.builders import LI, ZHANG
from tests.ui.laptop import laptop, stage  # noqa: F401 - fixtures
from tests.ui.looks import demand_good_looks
from tests.ui.test_workspace import open_workspace  # noqa: F401 - a fixture
from ui.text import words
from ui.views.workspace.entry_dialog import EntryDialog

ALT = Qt.KeyboardModifier.AltModifier


def a_bare_visit(laptop) -> str:  # noqa: F811
    """A visit of which nothing but the site and the officers is known."""
    return laptop.ask(laptop.app.inspections.start, "site-sample-01", (ZHANG, LI)).made


@pytest.fixture
def begin(laptop, stage, open_workspace):  # noqa: F811
    """The entry facts of a visit, opened by key."""

    def make(visit: str, *, width: int = 1280):
        view = open_workspace(visit, width=width)
        stage.qtbot.keyClick(view, Qt.Key.Key_I, ALT)
        return view, stage.dialog(EntryDialog)

    return make


def test_a_scanner_types_the_code(laptop, stage, begin):  # noqa: F811
    visit = a_bare_visit(laptop)
    view, dialog = begin(visit)
    stage.until(dialog.fields["entry_code"].hasFocus)
    assert "未登记执法码" in dialog.standing.code.text()
    QTest.keyClicks(dialog.fields["entry_code"], "ZFM20260021")
    QTest.keyClick(dialog.fields["entry_code"], Qt.Key.Key_Return)  # as scanners end
    stage.until(lambda: laptop.ask(laptop.app.inspections.get, visit).entry_code == "ZFM20260021")
    stage.until(lambda: dialog.standing.code.text() == "")
    assert dialog.isVisible()
    assert dialog.rows["no_code_reason"].isHidden()
    stage.until(lambda: view.facts.standing.code.text() == "")


def test_without_a_code_the_reason_and_its_filing(laptop, stage, begin):  # noqa: F811
    visit = a_bare_visit(laptop)
    _view, dialog = begin(visit)
    stage.type(dialog.fields["no_code_reason"], "园区网络中断")
    dialog.fields["no_code_filed_at"].setFocus()
    stage.until(lambda: laptop.ask(laptop.app.inspections.get, visit).no_code_reason == "园区网络中断")
    stage.type(dialog.fields["no_code_filed_at"], "刚才")
    dialog.fields["task_no"].setFocus()
    stage.until(dialog.rows["no_code_filed_at"].error)
    dialog.fields["no_code_filed_at"].clear()
    stage.type(dialog.fields["no_code_filed_at"], "2099-01-01 09:00")
    dialog.fields["task_no"].setFocus()
    stage.until(lambda: dialog.rows["no_code_filed_at"].error() == "报备时间晚于现在")
    dialog.now.click()
    stage.until(lambda: laptop.ask(laptop.app.inspections.get, visit).no_code_filed_at is not None)
    stage.until(lambda: dialog.standing.code.text() == "")
    assert dialog.rows["no_code_filed_at"].error() == ""


def test_kind_approval_and_urgency(laptop, stage, begin):  # noqa: F811
    visit = a_bare_visit(laptop)
    _view, dialog = begin(visit)
    assert dialog.kind.value() == "routine"
    dialog.kind.setFocus()
    stage.until(dialog.kind._current().hasFocus)
    stage.qtbot.keyClick(dialog.kind._current(), Qt.Key.Key_Right)
    stage.until(lambda: laptop.ask(laptop.app.inspections.get, visit).kind is InspectionKind.SPECIAL)
    dialog.flags["is_urgent"].click()
    stage.until(lambda: "待法制确认" in dialog.standing.approval.text())
    stage.type(dialog.fields["approval_no"], "示检批〔2026〕21号")
    dialog.verb.click()  # leaves the field: it is saved
    stage.until(lambda: laptop.ask(laptop.app.inspections.get, visit).approval_no == "示检批〔2026〕21号")


def test_observers_come_and_go(laptop, stage, begin):  # noqa: F811
    visit = a_bare_visit(laptop)
    _view, dialog = begin(visit)
    box = dialog.observers
    stage.type(box.name, "何某")
    stage.type(box.role, "安全专家")
    stage.qtbot.keyClick(box.role, Qt.Key.Key_Return)
    stage.until(box.name.hasFocus)
    stage.until(
        lambda: laptop.ask(laptop.app.inspections.get, visit).observers == (Observer(name="何某", role="安全专家"),)
    )
    stage.until(lambda: len(box._lines) == 1)
    stage.type(box.name, "彭某")
    dialog.verb.click()  # typed but not added yet: not lost
    stage.until(lambda: len(laptop.ask(laptop.app.inspections.get, visit).observers) == 2)
    _view, dialog = begin(visit)
    dialog.observers._lines[0][1].click()
    stage.until(lambda: [one.name for one in laptop.ask(laptop.app.inspections.get, visit).observers] == ["彭某"])
    assert len(dialog.observers._lines) == 1


def test_recusal_is_asked_and_decided(laptop, stage, begin):  # noqa: F811
    visit = a_bare_visit(laptop)
    _view, dialog = begin(visit)
    box = dialog.recusal
    assert box.form.isHidden()
    box.asked.click()
    stage.type(box.fields["asked_by"], "周某")
    box.fields["ground"].setFocus()
    box.officer._parts[1].click()
    box.decision._parts[2].click()

    def found():
        return laptop.ask(laptop.app.inspections.get, visit).recusal

    stage.until(lambda: (found().asked_by, found().decision) == ("周某", "refused"))
    assert found().officer_id == laptop.ask(laptop.app.inspections.get, visit).officer_ids[1]
    box.asked.click()
    stage.until(lambda: found().asked_by == "")


def test_half_typed_it_comes_back(laptop, stage, begin):  # noqa: F811
    visit = a_bare_visit(laptop)
    laptop.ask(laptop.app.drafts.put, f"inspection:{visit}", "task_no", "任务-0")
    _view, dialog = begin(visit)
    assert dialog.fields["task_no"].value() == "任务-0"
    dialog.reject()
    stage.until(lambda: laptop.ask(laptop.app.inspections.get, visit).task_no == "任务-0")
    stage.until(lambda: laptop.ask(laptop.app.drafts.owners) == [])


def test_a_finding_leads_to_its_field_and_undo_does_not_open_it(laptop, stage, open_workspace):  # noqa: F811
    visit = a_bare_visit(laptop)
    view = open_workspace(f"{visit}#inspection.approval_no")
    dialog = stage.dialog(EntryDialog)
    stage.until(dialog.fields["approval_no"].hasFocus)
    stage.type(dialog.fields["approval_no"], "1号")
    dialog.verb.click()
    stage.until(lambda: view.strip.history.words.text() == "上一步：已修改批准文号")
    stage.wake(view.window())
    stage.qtbot.keyClick(view, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    stage.until(view.facts.entry.hasFocus)
    assert laptop.ask(laptop.app.inspections.get, visit).approval_no == ""


def test_a_closed_visit_only_shows_them(laptop, stage, begin):  # noqa: F811
    visit = a_bare_visit(laptop)
    laptop.ask(laptop.app.inspections.close, visit)
    _view, dialog = begin(visit)
    assert all(field.isReadOnly() for field in dialog.fields.values())
    assert not dialog.kind.isEnabled()
    assert dialog.observers._typing.isHidden()


@pytest.mark.parametrize("language", ["zh_CN", "en"])
@pytest.mark.parametrize("width", [853, 1280])
def test_every_word_is_seen(laptop, stage, begin, language, width):  # noqa: F811
    words().switch(language)
    visit = a_bare_visit(laptop)
    laptop.ask(laptop.app.inspections.patch, visit, is_urgent=True, observers=(Observer(name="何某", role="专家"),))
    _view, dialog = begin(visit, width=width)
    dialog.recusal.asked.click()
    demand_good_looks(stage.qtbot, dialog)
    assert dialog.isVisible()
