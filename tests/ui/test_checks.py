"""The checklist in the workspace: answered by key alone, four answers apart, hazards out of it, nothing lost."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from inspector.domain.check import Result
from tests.ui.laptop import Laptop, Stage, laptop, stage  # noqa: F401 - fixtures
from tests.ui.looks import demand_good_looks
from tests.ui.test_workspace import open_workspace  # noqa: F401 - a fixture
from ui.models.check_rows import FAILED, UNCHECKED, check_rows, is_heading, method_words
from ui.text import words
from ui.views.workspace.checks_pane import ChecksPane
from ui.views.workspace.side import CHECKS, FACTS
from ui.widgets.dialog import Dialog

CTRL = Qt.KeyboardModifier.ControlModifier
EXITS, DOCK = "LOG-05", "LOG-10"


@pytest.fixture
def begin(laptop, stage, open_workspace):  # noqa: F811
    """A visit whose checklist has the focus, on its first check."""

    def make(visit: str = "", *, width: int = 1280) -> tuple[str, ChecksPane]:
        visit = visit or laptop.visit()
        view = open_workspace(visit, width=width)
        stage.qtbot.keyClick(view, Qt.Key.Key_F5)
        stage.until(view.checks.pane.list.hasFocus)
        make.view = view
        return visit, view.checks.pane

    return make


def results(laptop: Laptop, visit: str) -> dict[str, Result]:  # noqa: F811
    found = laptop.ask(laptop.app.checks.of, visit)
    return {one.check.code: one.result for one in found if one.result is not Result.OPEN}


def test_four_checks_by_four_keys(laptop, stage, begin):  # noqa: F811
    visit, pane = begin()
    codes = [row.id for row in pane.list.rows() if not is_heading(row.id)]
    for key in (Qt.Key.Key_1, Qt.Key.Key_3):  # each goes on by itself
        stage.qtbot.keyClick(pane.list, key)
    assert pane.list.current() == codes[2]
    stage.qtbot.keyClick(pane.list, Qt.Key.Key_2)  # this one stays: a hazard may follow
    assert pane.list.current() == codes[2]
    wanted = {codes[0]: Result.PASS, codes[1]: Result.NOT_APPLICABLE, codes[2]: Result.FAIL}
    stage.until(lambda: results(laptop, visit) == wanted)
    stage.until(lambda: [row.badges[0].word for row in pane.list.rows()[1:5]] == ["符合", "不涉及", "不符合", "未检查"])
    assert len({row.icon for row in pane.list.rows()[1:5]}) == 4
    stage.qtbot.keyClick(pane.list, Qt.Key.Key_0)
    stage.until(lambda: codes[2] not in results(laptop, visit))


def test_the_count_stands_on_the_tab_and_under_the_heading(laptop, stage, begin):  # noqa: F811
    _visit, pane = begin()
    side = begin.view.arrangement.side
    assert side.side_tabs()[0].count == "0/32"
    stage.qtbot.keyClick(pane.list, Qt.Key.Key_1)
    stage.until(lambda: side.side_tabs()[0].count == "1/32")
    pane.list.choose("group:LOG")
    assert pane.detail.methods.text() == "符合 1\u3000未检查 13"
    assert pane.detail.answer.isHidden()


def test_answers_are_taken_back_and_given_again(laptop, stage, begin):  # noqa: F811
    visit, pane = begin()
    first = pane.list.current()
    stage.qtbot.keyClick(pane.list, Qt.Key.Key_1)
    stage.until(lambda: begin.view.strip.history.words.text() == "上一步：“库房用途与消防设计一致”：符合")
    stage.qtbot.keyClick(begin.view, Qt.Key.Key_Z, CTRL)
    stage.until(lambda: results(laptop, visit) == {})
    stage.until(lambda: pane.list.current() == first)
    stage.qtbot.keyClick(begin.view, Qt.Key.Key_Y, CTRL)
    stage.until(lambda: results(laptop, visit) == {first: Result.PASS})
    assert pane.list.current() == first


def test_a_failed_check_becomes_a_hazard_by_enter(laptop, stage, begin):  # noqa: F811
    visit, pane = begin()
    view = begin.view
    pane.stand_on(EXITS)
    stage.qtbot.keyClick(pane.list, Qt.Key.Key_2)
    stage.until(lambda: results(laptop, visit) == {EXITS: Result.FAIL})
    stage.until(lambda: pane.detail.lacks_photo.text() == "此项须有照片：记为隐患后拍照")
    stage.qtbot.keyClick(pane.list, Qt.Key.Key_Return)
    form, popup = view.desk.form, view.desk.form.description.popup
    stage.until(popup.isVisible)
    assert form.description.value() == "出口疏散通道缺失占用锁闭封堵"
    assert [row.id for row in popup.list.rows()] == ["AQ-044", "WL-003"]
    stage.qtbot.keyClick(form.description, Qt.Key.Key_Return)
    stage.qtbot.keyClick(form.description, Qt.Key.Key_S, CTRL)
    stage.until(lambda: len(laptop.ask(laptop.app.hazards.of, visit)) == 1)
    made = laptop.ask(laptop.app.hazards.of, visit)[0]
    assert made.catalogue_code == "AQ-044"
    row = next(one for one in laptop.ask(laptop.app.checks.of, visit) if one.check.code == EXITS)
    assert row.hazard_ids == (made.id,)
    stage.until(lambda: pane.detail.hazard.text() == "到隐患 1")
    assert pane.detail.lacks_photo.text() == "此项须有照片：隐患 1 还没有"
    stage.qtbot.keyClick(view, Qt.Key.Key_F5)
    stage.qtbot.keyClick(pane.list, Qt.Key.Key_Return)
    stage.until(form.description.hasFocus)
    assert view.desk.hazard_id == made.id


def test_a_check_with_one_item_goes_straight_to_the_place(laptop, stage, begin):  # noqa: F811
    visit, pane = begin()
    pane.stand_on(DOCK)
    stage.qtbot.keyClick(pane.list, Qt.Key.Key_Return)  # an open check too: reporting makes it 不符合
    form = begin.view.desk.form
    stage.until(form.place.hasFocus)
    begin.view.desk.save()
    stage.until(lambda: results(laptop, visit) == {DOCK: Result.FAIL})
    assert laptop.ask(laptop.app.hazards.of, visit)[0].catalogue_code == "WL-005"


def test_the_check_survives_a_crash_with_the_half_typed_hazard(laptop, stage, tasks, begin):  # noqa: F811
    visit, pane = begin()
    pane.stand_on(DOCK)
    pane.detail.hazard.click()
    stage.until(lambda: laptop.ask(laptop.app.drafts.of, f"hazard:new:{visit}").get("check") == DOCK)
    stage.until(tasks.is_idle)
    laptop.reopen()
    begin(visit)
    view = begin.view
    stage.until(view.hazards.resume.isVisible)
    view.hazards.resume.go.click()
    view.desk.save()
    stage.until(lambda: results(laptop, visit) == {DOCK: Result.FAIL})
    assert laptop.ask(laptop.app.drafts.owners) == []


def test_a_half_written_hazard_is_not_overwritten(laptop, stage, begin):  # noqa: F811
    _visit, pane = begin()
    view = begin.view
    view.begin_new()
    stage.type(view.desk.form.description, "半条")
    pane.stand_on(EXITS)
    pane.detail.hazard.click()
    assert "先保存或放弃" in stage.said[-1]
    assert view.desk.form.description.value() == "半条"


def test_a_note_is_kept_with_its_check(laptop, stage, begin):  # noqa: F811
    visit, pane = begin()
    pane.stand_on(DOCK)
    stage.type(pane.detail.note, "月台施工，未能进入")
    stage.until(lambda: laptop.ask(laptop.app.drafts.of, f"check:{visit}:{DOCK}") == {"note": "月台施工，未能进入"})
    pane.stand_on(EXITS)  # leaves the note: it belongs to the check before
    assert pane.detail.note.value() == ""

    def notes() -> dict[str, str]:
        return {one.check.code: one.note for one in laptop.ask(laptop.app.checks.of, visit) if one.note}

    stage.until(lambda: notes() == {DOCK: "月台施工，未能进入"})
    stage.until(lambda: laptop.ask(laptop.app.drafts.owners) == [])
    assert results(laptop, visit) == {}


def test_a_half_typed_note_comes_back(laptop, stage, begin):  # noqa: F811
    visit = laptop.visit()
    laptop.ask(laptop.app.drafts.put, f"check:{visit}:{EXITS}", "note", "东门")
    _visit, pane = begin(visit)
    pane.stand_on(EXITS)
    assert pane.detail.note.value() == "东门"
    pane.stand_on(DOCK)
    stage.until(lambda: [one.note for one in laptop.ask(laptop.app.checks.of, visit) if one.note] == ["东门"])


def test_the_rest_of_a_list_only_after_a_question(laptop, stage, begin):  # noqa: F811
    visit, pane = begin()
    stage.qtbot.keyClick(pane.list, Qt.Key.Key_1)
    stage.until(lambda: len(results(laptop, visit)) == 1)
    stage.until(lambda: begin.view.arrangement.side.side_tabs()[0].count == "1/32")
    stage.qtbot.keyClick(begin.view, Qt.Key.Key_N, Qt.KeyboardModifier.AltModifier)
    dialog = stage.dialog(Dialog)
    assert dialog.windowTitle() == "“物流仓储”其余 13 项全部不涉及？"
    dialog.cancel.click()
    stage.qtbot.keyClick(begin.view, Qt.Key.Key_N, Qt.KeyboardModifier.AltModifier)
    stage.dialog(Dialog).verb.click()
    stage.until(lambda: len(results(laptop, visit)) == 14)
    stage.until(lambda: begin.view.strip.history.words.text() == "上一步：清单 13 项：不涉及")
    stage.wake(begin.view.window())
    stage.qtbot.keyClick(begin.view, Qt.Key.Key_Z, CTRL)
    stage.until(lambda: len(results(laptop, visit)) == 1)


def test_narrowing_and_nothing_left(laptop, stage, begin):  # noqa: F811
    visit, pane = begin()
    pane.shown.setFocus()
    stage.qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Right)
    stage.qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Right)
    assert pane.shown.value() == FAILED
    assert pane.empty.isVisible()
    pane.stand_on(EXITS)  # from elsewhere: the whole list comes back
    assert pane.current().check.code == EXITS
    rows = laptop.ask(laptop.app.checks.of, visit)
    assert len(check_rows(rows, shown=UNCHECKED)) == 34
    assert check_rows(rows, shown=FAILED) == []


def test_a_closed_visit_shows_but_takes_nothing(laptop, stage, begin):  # noqa: F811
    visit = laptop.visit()
    laptop.ask(laptop.app.checks.set, visit, EXITS, Result.PASS)
    laptop.ask(laptop.app.inspections.close, visit)
    _visit, pane = begin(visit)
    pane.stand_on(EXITS)
    stage.qtbot.keyClick(pane.list, Qt.Key.Key_2)
    assert not pane.detail.answer.isEnabled()
    assert pane.detail.note.isReadOnly()
    assert results(laptop, visit) == {EXITS: Result.PASS}


def test_facts_stand_in_front_until_the_officers_have_entered(laptop, stage, open_workspace):  # noqa: F811
    visit = laptop.visit()
    laptop.ask(laptop.app.inspections.patch, visit, is_id_shown=False)
    assert open_workspace(visit).arrangement.side.front == FACTS
    laptop.ask(laptop.app.inspections.patch, visit, is_id_shown=True)
    assert open_workspace(visit).arrangement.side.front == CHECKS


@pytest.mark.parametrize("language", ["zh_CN", "en"])
@pytest.mark.parametrize("width", [853, 1280, 1680])
def test_every_word_is_seen(laptop, stage, begin, language, width):  # noqa: F811
    words().switch(language)
    visit = laptop.visit()
    laptop.ask(laptop.app.checks.set, visit, EXITS, Result.FAIL)
    _visit, pane = begin(visit, width=width)
    for row_id in ("group:COM", EXITS):
        pane.stand_on(row_id)
        demand_good_looks(stage.qtbot, begin.view)
    assert method_words(pane.current().check)
