"""Undo and redo in the workspace: the last step in words, Ctrl+Z of screen and field, and what is shown afterwards."""

from __future__ import annotations

from itertools import pairwise

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from tests.ui.laptop import Laptop, Stage, laptop, stage  # noqa: F401 - fixtures
from ui.text import words
from ui.views.workspace.step_words import step_words
from ui.views.workspace.view import WorkspaceView

CTRL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def open_workspace(laptop: Laptop, tasks, stage: Stage):  # noqa: F811 - fixtures
    def make(visit: str, *, width: int = 1280) -> WorkspaceView:
        view = WorkspaceView(laptop.app, tasks)
        stage.show(view, width=width)
        view.show_record(visit)
        view.setFocus()
        stage.until(lambda: view._record is not None and view.strip.history.words.text())
        return view

    return make


def steps(view: WorkspaceView) -> tuple[str, bool]:
    history = view.strip.history
    return history.words.text(), history.redo.isVisible()


def test_the_last_step_goes_and_comes_back_with_keys(laptop, stage, open_workspace):  # noqa: F811
    visit = laptop.visit(hazards=2)
    second = laptop.ask(laptop.app.hazards.of, visit)[1]
    laptop.ask(laptop.app.hazards.patch, second.id, place="二号库")
    view = open_workspace(visit)
    assert steps(view) == ("上一步：已修改隐患 2：位置", False)
    QTest.keyClick(view, Qt.Key.Key_Z, CTRL)
    stage.until(lambda: steps(view) == ("上一步：已记录隐患 2", True))
    assert view.desk.hazard_id == second.id
    assert view.desk.form.place.value() == second.place
    assert view.desk.form.place.hasFocus()
    QTest.keyClick(view, Qt.Key.Key_Y, CTRL)
    stage.until(lambda: steps(view) == ("上一步：已修改隐患 2：位置", False))
    assert view.desk.form.place.value() == "二号库"
    QTest.keyClick(view, Qt.Key.Key_Z, CTRL)
    stage.until(lambda: steps(view)[1])
    QTest.keyClick(view, Qt.Key.Key_Z, CTRL | SHIFT)
    stage.until(lambda: not steps(view)[1])
    assert laptop.ask(laptop.app.hazards.get, second.id).place == "二号库"


def test_a_field_keeps_the_key_while_it_has_typing_to_take_back(laptop, stage, open_workspace):  # noqa: F811
    visit = laptop.visit(hazards=1)
    hazard = laptop.ask(laptop.app.hazards.of, visit)[0]
    laptop.ask(laptop.app.hazards.patch, hazard.id, requirement="上锁")
    view = open_workspace(visit)
    place = view.desk.form.place
    stage.until(lambda: place.value() == hazard.place)
    place.setFocus()
    place.end(False)
    QTest.keyClicks(place, "xyz")
    QTest.keyClick(place, Qt.Key.Key_Z, CTRL)
    assert place.value() == hazard.place  # the typing went, nothing else
    assert laptop.ask(laptop.app.hazards.get, hazard.id).requirement == "上锁"
    QTest.keyClick(place, Qt.Key.Key_Z, CTRL)
    stage.until(lambda: view.desk.form.requirement.value() == hazard.requirement)
    assert view.desk.form.requirement.hasFocus()
    QTest.keyClick(view.desk.form.requirement, Qt.Key.Key_Y, CTRL)
    stage.until(lambda: view.desk.form.requirement.value() == "上锁")


def test_what_became_an_entry_goes_as_an_entry(laptop, stage, open_workspace):  # noqa: F811
    visit = laptop.visit(hazards=1)
    hazard = laptop.ask(laptop.app.hazards.of, visit)[0]
    view = open_workspace(visit)
    area = view.desk.form.requirement
    stage.until(lambda: area.value() == hazard.requirement)
    area.setFocus()
    QTest.keyClicks(area, "1")
    area.flush()
    stage.until(lambda: steps(view)[0] == "上一步：已修改隐患 1：整改要求")
    QTest.keyClick(area, Qt.Key.Key_Z, CTRL)
    stage.until(lambda: area.value() == hazard.requirement)
    assert laptop.ask(laptop.app.hazards.get, hazard.id).requirement == hazard.requirement


def test_in_a_new_form_the_key_takes_typing_back(laptop, stage, open_workspace):  # noqa: F811
    visit = laptop.visit(hazards=1)
    view = open_workspace(visit)
    view.begin_new()
    place = view.desk.form.place
    place.setFocus()
    QTest.keyClicks(place, "ab")
    place.flush()
    QTest.keyClick(place, Qt.Key.Key_Z, CTRL)
    assert place.value() == ""
    assert len(laptop.ask(laptop.app.hazards.of, visit)) == 1


def test_a_half_typed_new_hazard_is_kept_while_something_else_is_taken_back(laptop, stage, open_workspace):  # noqa: F811
    visit = laptop.visit(hazards=1)
    hazard = laptop.ask(laptop.app.hazards.of, visit)[0]
    laptop.ask(laptop.app.hazards.patch, hazard.id, place="二号库")
    view = open_workspace(visit)
    view.begin_new()
    stage.type(view.desk.form.description, "配电箱门敞开")
    view.strip.history.undo.click()
    stage.until(lambda: laptop.ask(laptop.app.hazards.get, hazard.id).place == hazard.place)
    stage.until(lambda: view.desk.hazard_id == hazard.id)
    stage.until(view.hazards.resume.isVisible)
    assert "配电箱门敞开" in view.hazards.resume.text.text()


def test_a_photo_goes_and_comes_back(laptop, stage, tmp_path, open_workspace):  # noqa: F811
    visit = laptop.visit()
    made = laptop.ask(laptop.app.evidence.attach, visit, laptop.photo(tmp_path)).made
    view = open_workspace(visit)
    assert steps(view)[0] == "上一步：已添加照片 photo.jpg"
    view.strip.history.undo.click()
    stage.until(lambda: view.photos.count() == 0)
    view.strip.history.redo.click()
    stage.until(lambda: view.photos.grid.current() == made)


def test_what_is_fixed_says_why(laptop, stage, open_workspace):  # noqa: F811
    visit = laptop.visit(hazards=1)
    view = open_workspace(visit)
    laptop.ask(laptop.app.inspections.close, visit)
    view.show_record(visit)
    stage.until(lambda: not view.strip.history.undo.isEnabled())
    assert view.strip.history.undo.toolTip() == "检查已结束，不能再改"
    assert steps(view) == ("", False)


@pytest.mark.parametrize("width", [1208, 1000, 760])
@pytest.mark.parametrize("language", ["zh_CN", "en"])
def test_the_strip_holds_at_every_width(laptop, stage, open_workspace, width, language):  # noqa: F811
    visit = laptop.visit(hazards=1)
    words().switch(language)
    view = open_workspace(visit, width=width)
    laptop.ask(laptop.app.inspections.patch, visit, companion="周某", place="二号库", note="x")
    view.show_record(visit)
    stage.until(lambda: step_words(view._record.undo.undo) in view.strip.history.words.text())
    strip = view.strip
    parts = [strip.history.undo, strip.new, strip.add_photos, strip.save, strip.notices]
    buttons = [one for one in parts if one.isVisible()]
    edges = [(b.mapTo(view, b.rect().topLeft()).x(), b.mapTo(view, b.rect().topRight()).x()) for b in buttons]
    assert all(left[1] < right[0] for left, right in pairwise(edges))
    assert edges[-1][1] <= view.width()
