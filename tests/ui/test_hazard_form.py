"""The hazard form over a real store: the catalogue, the law, severity, the deadline, keys of the list."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from PySide6.QtCore import Qt

from inspector.domain.hazard import Citation, Measure, Severity
from inspector.law import calendar
from inspector.services.hazards import HazardDraft
from tests.ui.laptop import Laptop, Stage, laptop, stage  # noqa: F401 - fixtures
from ui.context import today
from ui.models.hazard_drafts import from_texts, is_begun, to_texts
from ui.models.moments import weekday_word
from ui.views.hazards.basis_dialog import BasisDialog
from ui.views.hazards.deadline_field import read_day, read_days
from ui.views.workspace.view import WorkspaceView


@pytest.fixture
def desk(laptop: Laptop, tasks, stage: Stage):  # noqa: F811 - fixtures
    """The workspace of a visit with one general hazard of the catalogue, standing on it."""
    visit = laptop.visit()
    draft = laptop.ask(laptop.app.catalogue.hazard_from, "WL-003")
    hazard = laptop.ask(laptop.app.hazards.report, visit, draft).made
    view = WorkspaceView(laptop.app, tasks)
    stage.show(view)
    view.show_record(visit)
    stage.until(lambda: view.desk.hazard_id == hazard)
    view.desk.stored = lambda: laptop.ask(laptop.app.hazards.get, hazard)
    return view.desk


def test_initials_find_and_enter_takes(stage, desk):  # noqa: F811
    field = desk.form.description
    field.selectAll()
    stage.type(field, "ypd")
    stage.until(lambda: field.popup.isVisible() and field.popup.list.rows())
    assert "雨棚" in field.popup.list.rows()[0].title
    stage.qtbot.keyClick(field, Qt.Key.Key_Return)
    stage.until(lambda: "雨棚" in desk.stored().description)
    found = desk.stored()
    assert found.catalogue_code == field.popup.list.rows()[0].id
    assert found.basis
    assert field.value() == found.description
    assert not field.popup.isVisible()


def test_tab_keeps_the_own_words(stage, desk):  # noqa: F811
    field = desk.form.description
    field.selectAll()
    stage.type(field, "雨棚遮挡排烟窗")
    stage.until(field.popup.isVisible)
    stage.qtbot.keyClick(field, Qt.Key.Key_Tab)
    assert not field.popup.isVisible()
    stage.until(lambda: desk.stored().description == "雨棚遮挡排烟窗")


def test_nothing_found_says_what_to_try(stage, desk):  # noqa: F811
    field = desk.form.description
    field.selectAll()
    stage.type(field, "魑魅魍魉")
    stage.until(field.popup.isVisible)
    assert "没有找到“魑魅魍魉”" in field.popup._heading.text()
    stage.qtbot.keyClick(field, Qt.Key.Key_Escape)
    assert not field.popup.isVisible()
    assert field.value() == "魑魅魍魉"


def test_arrows_walk_over_the_hits(stage, desk):  # noqa: F811
    field = desk.form.description
    field.selectAll()
    stage.type(field, "消防")
    stage.until(lambda: field.popup.isVisible() and len(field.popup.list.rows()) > 1)
    first = field.popup.list.current()
    stage.qtbot.keyClick(field, Qt.Key.Key_Down)
    assert field.popup.list.current() != first
    stage.qtbot.keyClick(field, Qt.Key.Key_Up)
    assert field.popup.list.current() == first


def test_major_asks_for_its_criterion(stage, desk):  # noqa: F811
    assert desk.form.rows["major_criterion"].isHidden()
    desk.form.severity._parts[1].click()
    assert not desk.form.rows["major_criterion"].isHidden()
    stage.until(lambda: desk.stored().severity is Severity.MAJOR)
    stage.type(desk.form.criterion, "判定标准第四条")
    desk.form.place.setFocus()
    stage.until(lambda: desk.stored().major_criterion == "判定标准第四条")
    desk.form.severity._parts[0].click()
    stage.until(lambda: desk.stored().major_criterion == "")


def test_immediate_has_no_deadline(stage, desk):  # noqa: F811
    assert desk.stored().deadline is not None
    desk.form.measure._parts[1].click()
    stage.until(lambda: desk.stored().measure is Measure.IMMEDIATE)
    assert desk.stored().deadline is None
    assert desk.form.rows["deadline"].isHidden()


def test_days_lead_to_a_working_day(stage, desk, laptop):  # noqa: F811
    field = desk.form.deadline.field
    field.selectAll()
    stage.type(field, "20")
    desk.form.place.setFocus()
    offer = laptop.ask(laptop.app.catalogue.deadline, 20)
    stage.until(lambda: desk.stored().deadline == offer.day)
    assert str(offer.day) in desk.form.deadline.day.text()
    assert desk.form.deadline.day.text().endswith("前")
    field.selectAll()
    stage.type(field, "999")
    desk.form.place.setFocus()
    assert desk.stored().deadline == offer.day


def test_days_typed_in_a_new_hazard_are_saved_with_it(stage, desk, laptop):  # noqa: F811
    view = desk.parent()
    view.begin_new()
    stage.type(desk.form.description, "没有灭火器")
    stage.type(desk.form.deadline.field, "10")
    desk.save()  # at once: the day is not answered yet
    visit = view._inspection_id
    stage.until(lambda: len(laptop.ask(laptop.app.hazards.of, visit)) == 2)
    found = laptop.ask(laptop.app.hazards.of, visit)[1]
    assert found.deadline == laptop.ask(laptop.app.catalogue.deadline, 10).day


def test_basis_is_told_with_its_force_and_can_be_changed(stage, desk):  # noqa: F811
    box = desk.form.basis
    stage.until(lambda: box.cards() and box.cards()[0]._tag._badge is not None)
    assert box.cards()[0]._tag._badge.word == "现行有效"
    before = desk.stored().basis
    box.cards()[0].more.click()
    dialog = stage.dialog(BasisDialog)
    dialog.search.field.setText("三合一")
    stage.until(lambda: dialog.search.list.rows() and "第十九条" in dialog.search.list.rows()[0].title)
    dialog.verb.click()
    stage.until(lambda: len(desk.stored().basis) == 2)
    stage.until(lambda: len(box.cards()) == 2)
    box.cards()[0].drop.click()
    stage.until(lambda: len(desk.stored().basis) == 1)
    assert desk.stored().basis[0] not in before


def test_a_new_hazard_can_be_discarded(stage, desk, laptop):  # noqa: F811
    view = desk.parent()
    view.begin_new()
    stage.type(desk.form.description, "写错了")
    owner = f"hazard:new:{view._inspection_id}"
    stage.until(lambda: laptop.ask(laptop.app.drafts.of, owner).get("description") == "写错了")
    desk.form.discard.click()
    stage.until(lambda: laptop.ask(laptop.app.drafts.of, owner) == {})
    stage.until(lambda: not desk.is_new and view.hazards.resume.isHidden())
    assert len(laptop.ask(laptop.app.hazards.of, view._inspection_id)) == 1


def test_a_draft_survives_its_texts():
    draft = HazardDraft(
        description="通道堵塞",
        severity=Severity.MAJOR,
        measure=Measure.STOP,
        place="二层",
        deadline=date(2026, 12, 7),
        basis=(Citation(law="AQSCF", title="安全生产法", article="第三十六条", paragraph="第一款"),),
        major_criterion="判定标准第一条",
    )
    assert from_texts(to_texts(draft)) == draft
    assert is_begun(to_texts(draft))
    assert not is_begun(to_texts(HazardDraft(description=" ")))
    assert from_texts({"severity": "?", "deadline": "soon", "basis": "[1]"}) == HazardDraft(description="")
    assert today() + timedelta(days=1) > today()


@pytest.mark.parametrize(
    "text", ["{day:%Y-%m-%d}", "{day:%m-%d}", "{day.month}月{day.day}日", "{day:%m.%d}", "{day:%m/%d}"]
)
def test_a_date_that_is_typed_stands_as_it_was_typed(stage, desk, text):  # noqa: F811
    field, day = desk.form.deadline.field, today() + timedelta(days=25)
    field.selectAll()
    stage.type(field, text.format(day=day))
    desk.form.place.setFocus()
    stage.until(lambda: desk.stored().deadline == day)
    stage.until(lambda: field.text() == "25")
    assert str(day) in desk.form.deadline.day.text()
    assert weekday_word(day) in desk.form.deadline.day.text()
    stage.until(lambda: "个工作日" in desk.form.deadline.note.text())
    assert ("当天休息" in desk.form.deadline.note.text()) is (calendar.is_workday(day) is False)


@pytest.mark.parametrize("text", ["2020-01-01", "13-45", "366", "0", "下周", "2027-02-30"])
def test_what_is_no_deadline_is_refused_where_it_stands(stage, desk, text):  # noqa: F811
    before = desk.stored().deadline
    field = desk.form.deadline.field
    field.selectAll()
    stage.type(field, text)
    desk.form.place.setFocus()
    assert desk.form.rows["deadline"].error()
    assert desk.stored().deadline == before


def test_days_and_dates_are_told_apart():
    day = date(2026, 11, 20)
    assert [read_days(text) for text in ("15", "１５", "15日", "15 天", "0", "12-11", "")] == [
        15,
        15,
        15,
        15,
        None,
        None,
        None,
    ]
    assert read_day("12-11", day) == date(2026, 12, 11)
    assert read_day("１１－２０", day) == date(2027, 11, 20)  # today is no deadline: the next one
    assert read_day("2027年1月8日前", day) == date(2027, 1, 8)
    assert read_day("15", day) is None
