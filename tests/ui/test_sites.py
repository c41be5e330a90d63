"""The sites place and Today: search, card with history, deadlines first, where one left off, codes said aloud."""

from __future__ import annotations

from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester

from tests.services.visit import SITE, a_draft
from tests.ui.laptop import Laptop, Stage, laptop, stage  # noqa: F401 - fixtures
from tests.ui.looks import demand_good_looks
from ui.context import today
from ui.models.site_words import code_groups
from ui.views.sites.view import SitesView
from ui.views.today.new_site import NewSiteDialog
from ui.views.today.start import StartDialog
from ui.views.today.view import TodayView


@pytest.fixture
def sites(laptop: Laptop, tasks, stage: Stage, tmp_path):  # noqa: F811 - fixtures
    """The sites place of a laptop with one visit of the first site: two hazards, one overdue, a photo."""
    visit = laptop.visit(hazards=1)
    late = a_draft("迟了", deadline=today() - timedelta(days=3))
    laptop.ask(laptop.app.hazards.report, visit, late)
    laptop.ask(laptop.app.evidence.attach, visit, laptop.photo(tmp_path))
    view = SitesView(laptop.app, tasks)
    stage.show(view, width=1208)
    view.show_record(SITE)
    stage.until(lambda: view.part.name.text() and view.part.deadlines.list.rows())
    view.visit = visit
    return view


def test_the_card_tells_the_history(stage, sites):  # noqa: F811
    part = sites.part
    assert part.verdict.text() == "1 项隐患已过整改期限，尚无复查记录"
    assert part.deadlines.list.rows()[0].title == "迟了"
    assert part.deadlines.list.rows()[0].badges[0].word == "逾期 3 天"
    assert [row.id for row in part.visits.list.rows()] == [sites.visit]
    assert part.values[0].text().replace(" ", "").isalnum()
    assert part.values[0].text().count(" ") == 4
    assert part.photos.isVisible()
    part.deadlines.list.choose(part.deadlines.list.rows()[0].id)
    stage.qtbot.keyClick(part.deadlines.list, Qt.Key.Key_Return)
    place, record = stage.wanted[-1]
    assert place == "inspection"
    assert record.startswith(f"{sites.visit}#hazard.")
    demand_good_looks(stage.qtbot, sites)


def test_search_by_initials_and_code(stage, sites, laptop):  # noqa: F811
    tester = QAbstractItemModelTester.FailureReportingMode.Fatal
    watched = QAbstractItemModelTester(sites.search.list.model_of_rows, tester)
    whole = len(sites.search.list.rows())
    one = laptop.ask(laptop.app.sites.get, "site-sample-02")
    sites.search.field.setText(one.credit_code[-8:])
    stage.until(lambda: sites.part.name.text() == one.name)
    assert len(sites.search.list.rows()) < whole
    sites.search.field.setText("没有这样的企业")
    stage.until(lambda: not sites.search.list.rows())
    assert sites.begin.isHidden()
    assert watched.model() is sites.search.list.model_of_rows


def test_a_visit_begins_at_the_shown_site(stage, sites):  # noqa: F811
    sites.begin.click()
    dialog = stage.dialog(StartDialog)
    stage.until(lambda: [row.id for row in dialog.sites.list.rows()] == [SITE] and dialog.second.rows())
    dialog.verb.click()
    stage.until(lambda: stage.wanted)
    assert stage.wanted[-1][0] == "inspection"


def test_a_wrong_check_digit_is_said_at_entry(stage, sites, laptop):  # noqa: F811
    sites.add.click()
    dialog = stage.dialog(NewSiteDialog)
    row = dialog._rows["credit_code"]
    code = laptop.ask(laptop.app.sites.get, SITE).credit_code
    stage.type(row.field, code[:-1] + ("1" if code[-1] != "1" else "2"))
    row.field.editingFinished.emit()
    stage.until(lambda: "校验位" in row.error())
    row.field.clear()
    stage.type(row.field, code)
    row.field.editingFinished.emit()
    stage.until(lambda: code_groups(code) in row._note.text())
    assert row.error() == ""
    dialog.reject()


def test_today_puts_running_then_due_then_the_rest(laptop, tasks, stage):  # noqa: F811
    ask, app = laptop.ask, laptop.app
    rest = laptop.visit(site="site-sample-03")
    ask(app.inspections.close, rest)
    due = laptop.visit(site="site-sample-02")
    ask(app.hazards.report, due, a_draft("迟了", deadline=today() - timedelta(days=2)))
    ask(app.inspections.close, due)
    going = laptop.visit(hazards=1)
    ask(app.drafts.put, f"hazard:new:{going}", "description", "没写完")
    view = TodayView(app, tasks)
    stage.show(view, width=1208)
    view.show_record("")
    stage.until(lambda: len(view.list.rows()) == 3)
    assert [row.id for row in view.list.rows()] == [going, due, rest]
    assert [row.badges[0].word for row in view.list.rows()] == ["进行中", "逾期 2 天", "已结束"]
    assert view.list.current() == going
    assert view.open.text() == "继续检查"
    assert "有没写完的隐患" in view._bottom._hint.text()
    view.list.choose(due)
    assert view.open.text() == "打开检查"
    stage.until(lambda: view.site.part.name.text() == ask(app.sites.get, "site-sample-02").name)
    demand_good_looks(stage.qtbot, view)
