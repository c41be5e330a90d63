"""The workspace over a real store: two taps to a hazard, typing that survives, facts, photos' places, widths."""

from __future__ import annotations

from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog

from inspector.domain.hazard import Severity
from inspector.domain.inspection import InspectionState
from tests.services.visit import a_draft
from tests.ui.laptop import Laptop, Stage, laptop, stage  # noqa: F401 - fixtures
from tests.ui.looks import demand_good_looks, flashes
from ui.context import today
from ui.text import words
from ui.theme.look import look
from ui.views.workspace.view import WorkspaceView
from ui.widgets.dialog import Dialog
from ui.widgets.text_dialog import TextDialog

CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def open_workspace(laptop: Laptop, tasks, stage: Stage):  # noqa: F811 - fixtures
    def make(record: str, *, width: int = 1280) -> WorkspaceView:
        view, opened = flashes(lambda: WorkspaceView(laptop.app, tasks))
        assert opened == []
        stage.show(view, width=width)
        view.show_record(record)
        view.setFocus()
        stage.until(lambda: view._record is not None)
        return view

    return make


def test_a_known_hazard_takes_two_taps(laptop, stage, open_workspace):  # noqa: F811
    visit = laptop.visit()
    view = open_workspace(visit)
    stage.until(view.hazards.empty.isVisible)
    stage.qtbot.keyClick(view, Qt.Key.Key_F2)
    popup = view.desk.form.description.popup
    stage.until(lambda: popup.isVisible() and popup.list.rows())
    first = popup.list.rows()[0]
    stage.qtbot.mouseClick(  # one tap: the quick pick
        popup.list.viewport(), Qt.MouseButton.LeftButton, pos=popup.list.visualRect(popup.list.currentIndex()).center()
    )
    stage.until(lambda: view.desk.form.description.value() == first.title)
    stage.qtbot.keyClick(view.desk.form.description, Qt.Key.Key_Return, CTRL)  # two taps: save
    stage.until(lambda: len(laptop.ask(laptop.app.hazards.of, visit)) == 1)
    found = laptop.ask(laptop.app.hazards.of, visit)[0]
    assert found.description == first.title
    assert found.catalogue_code == first.id
    assert found.basis
    assert found.deadline is not None
    assert found.deadline >= today() + timedelta(days=15)
    stage.until(lambda: [row.title for row in view.hazards.list.rows()] == [first.title])
    assert view.desk.is_new
    assert view.desk.form.description.value() == ""
    assert laptop.ask(laptop.app.drafts.owners) == []


def test_three_known_hazards_take_two_taps_each_by_pointer(laptop, stage, open_workspace):  # noqa: F811
    visit, taps = laptop.visit(), 0
    view = open_workspace(visit)
    popup = view.desk.form.description.popup

    def tap(widget, place=None) -> None:
        nonlocal taps
        taps += 1
        stage.qtbot.mouseClick(widget, Qt.MouseButton.LeftButton, pos=place or widget.rect().center())

    tap(view.strip.new)  # opens the form once; saving opens the next by itself
    for n in range(3):
        stage.until(lambda: popup.isVisible() and popup.list.rows())
        row = popup.list.rows()[n]
        tap(popup.list.viewport(), popup.list.visualRect(popup.list.model_of_rows.index(n)).center())
        stage.until(lambda title=row.title: view.desk.form.description.value() == title)
        tap(view.strip.save)
        stage.until(lambda n=n: len(laptop.ask(laptop.app.hazards.of, visit)) == n + 1)
        stage.until(lambda: view.desk.form.description.value() == "")
    assert taps == 1 + 3 * 2
    found = laptop.ask(laptop.app.hazards.of, visit)
    assert all(one.basis and one.deadline and one.catalogue_code for one in found)


def test_the_same_hazard_at_the_next_place_takes_one_key_and_the_place(laptop, stage, open_workspace):  # noqa: F811
    visit = laptop.visit(hazards=1)
    view = open_workspace(visit)
    stage.until(lambda: view.desk.hazard_id)
    stage.qtbot.keyClick(view, Qt.Key.Key_D, CTRL)
    stage.until(lambda: len(view._record.hazards) == 2)
    form = view.desk.form
    stage.until(lambda: form.place.hasFocus() and form.place.value() == "")
    stage.type(form.place, "二号库")
    stage.qtbot.keyClick(form.place, Qt.Key.Key_Return)
    first, second = laptop.ask(laptop.app.hazards.of, visit)
    stage.until(lambda: laptop.ask(laptop.app.hazards.get, second.id).place == "二号库")
    assert (second.description, second.basis, second.deadline) == (first.description, first.basis, first.deadline)


def test_half_typed_hazard_comes_back_after_a_crash(laptop, stage, tasks, open_workspace):  # noqa: F811
    visit = laptop.visit()
    view = open_workspace(visit)
    view.begin_new()
    form = view.desk.form
    stage.type(form.description, "配电箱门敞开")
    stage.until(lambda: laptop.ask(laptop.app.drafts.of, f"hazard:new:{visit}").get("description") == "配电箱门敞开")
    form.place.setFocus()
    stage.type(form.place, "二楼")
    stage.until(lambda: laptop.ask(laptop.app.drafts.of, f"hazard:new:{visit}").get("place") == "二楼")
    stage.until(lambda: view.desk.saver.is_settled)
    stage.until(tasks.is_idle)
    laptop.reopen()
    again = open_workspace(visit)
    stage.until(again.hazards.resume.isVisible)
    assert "配电箱门敞开" in again.hazards.resume.text.text()
    again.hazards.resume.go.click()
    assert again.desk.form.description.value() == "配电箱门敞开"
    assert again.desk.form.place.value() == "二楼"
    again.desk.save()
    stage.until(lambda: len(laptop.ask(laptop.app.hazards.of, visit)) == 1)
    stage.until(again.hazards.resume.isHidden)


def test_half_typed_field_of_a_recorded_hazard_comes_back(laptop, stage, open_workspace):  # noqa: F811
    visit = laptop.visit(hazards=1)
    hazard = laptop.ask(laptop.app.hazards.of, visit)[0]
    laptop.ask(laptop.app.drafts.put, f"hazard:{hazard.id}", "requirement", "清理并上锁")
    view = open_workspace(visit)
    stage.until(lambda: view.desk.form.requirement.value() == "清理并上锁")
    view.desk.form.flush()
    stage.until(lambda: laptop.ask(laptop.app.hazards.get, hazard.id).requirement == "清理并上锁")
    assert laptop.ask(laptop.app.drafts.of, f"hazard:{hazard.id}") == {}


def test_typing_is_unsaved_and_then_saved_in_the_top_strip(laptop, stage, open_workspace):  # noqa: F811
    visit = laptop.visit(hazards=1)
    view = open_workspace(visit)
    stage.until(lambda: view.desk.hazard_id)
    stage.titles.clear()
    view.desk.form.place.setFocus()
    stage.type(view.desk.form.place, "东")
    stage.until(lambda: any(badge is not None and badge.word == "未保存" for _, _, badge in stage.titles))
    stage.until(lambda: stage.titles[-1][2] is None)
    hazard = laptop.ask(laptop.app.hazards.of, visit)[0]
    stage.qtbot.keyClick(view.desk.form.place, Qt.Key.Key_Return)
    stage.until(lambda: laptop.ask(laptop.app.hazards.get, hazard.id).place == f"东{hazard.place}")
    assert laptop.ask(laptop.app.drafts.of, f"hazard:{hazard.id}") == {}


def test_an_empty_description_is_refused_where_it_is(laptop, stage, open_workspace):  # noqa: F811
    visit = laptop.visit(hazards=1)
    view = open_workspace(visit)
    stage.until(lambda: view.desk.hazard_id)
    form, before = view.desk.form, laptop.ask(laptop.app.hazards.of, visit)[0]
    form.description.setFocus()
    form.description.selectAll()
    stage.qtbot.keyClick(form.description, Qt.Key.Key_Delete)
    form.place.setFocus()
    stage.until(form.rows["description"].error)
    assert form.rows["description"].error() == "隐患描述还没有填"
    assert laptop.ask(laptop.app.hazards.get, before.id).description == before.description


def test_facts_save_themselves(laptop, stage, open_workspace):  # noqa: F811
    visit = laptop.visit()
    view = open_workspace(visit)
    facts = view.facts
    stage.until(facts.fields["companion"].value)
    stage.qtbot.keyClick(view, Qt.Key.Key_F3)
    assert facts.fields["place"].hasFocus()
    facts.fields["place"].selectAll()
    stage.type(facts.fields["place"], "全厂")
    facts.fields["ended_at"].setFocus()
    stage.until(lambda: laptop.ask(laptop.app.inspections.get, visit).place == "全厂")
    facts.flags["is_recusal_told"].click()
    stage.until(lambda: laptop.ask(laptop.app.inspections.get, visit).is_recusal_told is False)
    facts.fields["ended_at"].selectAll()
    stage.type(facts.fields["ended_at"], "昨天")
    facts.fields["place"].setFocus()
    stage.until(facts.rows["ended_at"].error)
    facts.fields["ended_at"].setFocus()
    facts.fields["ended_at"].selectAll()
    stage.type(facts.fields["ended_at"], "2026-11-22 17:30")
    facts.fields["place"].setFocus()
    stage.until(lambda: not facts.rows["ended_at"].error())
    stage.until(lambda: laptop.ask(laptop.app.inspections.get, visit).ended_at.hour == 9)


def test_nothing_found_is_said_expressly(laptop, stage, open_workspace):  # noqa: F811
    visit = laptop.visit()
    view = open_workspace(visit)
    stage.until(view.hazards.clean.isVisible)
    view.hazards.clean.click()
    stage.until(lambda: laptop.ask(laptop.app.inspections.get, visit).is_clean)
    stage.until(lambda: view.hazards.empty.title.text() == "现场未发现问题")
    assert view.hazards.clean.isHidden()
    assert view.facts.flags["is_clean"].isChecked()


def test_duplicate_and_remove_with_a_reason(laptop, stage, open_workspace):  # noqa: F811
    visit = laptop.visit(hazards=1)
    view = open_workspace(visit)
    stage.until(lambda: view.desk.hazard_id)
    stage.qtbot.keyClick(view, Qt.Key.Key_D, CTRL)
    stage.until(lambda: len(view.hazards.list.rows()) == 2)
    found = laptop.ask(laptop.app.hazards.of, visit)
    assert found[1].description == found[0].description
    stage.until(lambda: view.desk.hazard_id == found[1].id)
    view.hazards.list.setFocus()
    stage.qtbot.keyClick(view.hazards.list, Qt.Key.Key_Delete)
    dialog = stage.dialog(TextDialog)
    dialog.verb.click()
    assert dialog.row.error()
    stage.type(dialog.field, "重复")
    dialog.verb.click()
    stage.until(lambda: len(view.hazards.list.rows()) == 1)


def test_walking_on_by_ctrl_enter_finishes_the_field_first(laptop, stage, open_workspace):  # noqa: F811
    visit = laptop.visit(hazards=2)
    view = open_workspace(visit)
    first, second = laptop.ask(laptop.app.hazards.of, visit)
    stage.until(lambda: view.desk.hazard_id == first.id)
    view.desk.form.place.setFocus()
    stage.type(view.desk.form.place, "附近")
    stage.qtbot.keyClick(view.desk.form.place, Qt.Key.Key_Return, CTRL)
    stage.until(lambda: view.desk.hazard_id == second.id)
    stage.until(lambda: "附近" in laptop.ask(laptop.app.hazards.get, first.id).place)
    view.save_and_next()
    assert view.desk.is_new


def test_a_finding_leads_to_its_field(laptop, stage, open_workspace):  # noqa: F811
    visit = laptop.visit(hazards=2)
    second = laptop.ask(laptop.app.hazards.of, visit)[1]
    view = open_workspace(f"{visit}#hazard.{second.id}.deadline")
    stage.until(view.desk.form.deadline.field.hasFocus)
    assert view.desk.hazard_id == second.id
    view.show_record(f"{visit}#inspection.ended_at")
    stage.until(view.facts.fields["ended_at"].hasFocus)


def test_ending_the_visit_fixes_everything(laptop, stage, open_workspace):  # noqa: F811
    visit = laptop.visit(hazards=1)
    view = open_workspace(visit)
    stage.until(lambda: view.desk.hazard_id)
    view.facts.finish.click()
    dialog: QDialog = stage.dialog(Dialog)
    dialog.verb.click()
    stage.until(lambda: laptop.ask(laptop.app.inspections.get, visit).state is InspectionState.CLOSED)
    stage.until(view.desk.form.description.isReadOnly)
    assert view.facts.fields["place"].isReadOnly()
    assert not view.new.isEnabled()
    assert view.new.toolTip() == "检查已结束"


def test_without_an_inspection_it_says_where_to_begin(laptop, stage, tasks):  # noqa: F811
    view = WorkspaceView(laptop.app, tasks)
    stage.show(view)
    view.show_record("")
    stage.until(view.nothing.isVisible)
    assert view.nothing.title.text() == "还没有检查"


@pytest.mark.parametrize(
    ("theme", "width"), [("light", 853), ("light", 1000), ("light", 1280), ("light", 1680), ("sunlight", 1280)]
)
@pytest.mark.parametrize("language", ["zh_CN", "en"])
def test_every_width_shows_every_word(laptop, stage, open_workspace, width, theme, language):  # noqa: F811
    visit = laptop.visit(hazards=3)
    laptop.ask(laptop.app.hazards.report, visit, a_draft("重大的一条", severity=Severity.MAJOR))
    look().set_theme(theme)
    words().switch(language)
    view = open_workspace(visit, width=width)
    stage.until(lambda: view.desk.hazard_id)
    for key in (Qt.Key.Key_F3, Qt.Key.Key_F5, Qt.Key.Key_F6, Qt.Key.Key_F7):
        stage.qtbot.keyClick(view, key)
        demand_good_looks(stage.qtbot, view)
    assert view.window().width() == width


def test_a_half_typed_hazard_is_offered_when_it_is_left(laptop, stage, open_workspace):  # noqa: F811
    visit = laptop.visit(hazards=1)
    view = open_workspace(visit)
    stage.until(lambda: view.desk.hazard_id)
    view.begin_new()
    stage.type(view.desk.form.description, "半条")
    view.hazards.list.choose(view._record.hazards[0].id)
    assert view.hazards.resume.isVisible()
    assert "半条" in view.hazards.resume.text.text()
    stage.qtbot.keyClick(view, Qt.Key.Key_F2)
    assert view.desk.form.description.value() == "半条"
    assert view.hazards.resume.isHidden()


def test_what_the_store_refuses_stays_unsaved(laptop, stage, open_workspace):  # noqa: F811
    visit = laptop.visit(hazards=1)
    view = open_workspace(visit)
    stage.until(lambda: view.desk.hazard_id)
    stage.type(view.desk.form.place, "楼\u0007")
    view.desk.form.requirement.setFocus()
    stage.until(view.desk.form.rows["place"].error)
    assert "不可见字符 U+0007" in view.desk.form.rows["place"].error()
    assert not view.desk.saver.is_settled
    assert view.title[2].word == "未保存"
