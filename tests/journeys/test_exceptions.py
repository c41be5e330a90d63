"""What may go wrong on a visit, as an officer lives through it: what the window says, what is safe, how it goes on."""

from __future__ import annotations

import os
from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt

from inspector import paths
from inspector.app import App
from inspector.clock import SystemClock
from inspector.domain.notice import NoticeState
from inspector.domain.printing import PrintState
from inspector.store import settings
from tests.builders import LI, PIN, ZHANG
from tests.journeys.desk import Desk
from tests.journeys.hand import CTRL
from tests.journeys.papers import give_reasons
from tests.services.visit import a_draft, approve
from ui.views.notices.issue_dialog import IssueDialog
from ui.views.today.start import StartDialog
from ui.widgets.text_dialog import TextDialog


@pytest.fixture
def at_work(desk: Desk) -> Desk:
    """Zhang has unlocked."""
    desk.unlock()
    return desk


def a_visit(desk: Desk, *, hazards: int = 2) -> str:
    """A visit up to the point where paper is made."""
    app = desk.app
    visit = desk.ask(app.inspections.start, "site-sample-01", (ZHANG, LI)).made
    started = desk.ask(app.inspections.get, visit).started_at
    flags = {"place": "一号库房", "is_id_shown": True, "is_recusal_told": True}
    desk.ask(app.inspections.patch, visit, **flags, ended_at=started + timedelta(minutes=50))
    desk.ask(approve, app, visit)
    for n in range(hazards):
        deadline = (desk.now() + timedelta(days=15)).date()
        desk.ask(app.hazards.report, visit, a_draft(f"第{n + 1}处安全出口被货物堵塞", deadline=deadline))
    desk.clock.advance(minutes=52)
    return visit


def show_papers(desk: Desk, visit: str):
    """Go to the notices of a visit."""
    assert desk.window.frame is not None
    desk.window.frame.go("notices", visit)
    desk.hand.until(lambda: desk.notices._list is not None)
    desk.idle()
    return desk.notices


def an_issued(desk: Desk, visit: str):
    """Issue the record through the window."""
    view, hand = show_papers(desk, visit), desk.hand
    hand.key(Qt.Key.Key_1, CTRL)
    give_reasons(desk)
    hand.until(lambda: view._reading is not None and view.issue.isEnabled())
    hand.key(Qt.Key.Key_F8)
    hand.dialog(IssueDialog)
    hand.type(PIN)
    hand.key(Qt.Key.Key_Return)
    hand.until(lambda: view._reading.notice.number)
    desk.idle()
    return view


def test_an_expired_certificate_cannot_sign(at_work: Desk) -> None:
    hand = at_work.hand
    hand.key(Qt.Key.Key_N, CTRL)
    dialog = hand.dialog(StartDialog)
    hand.until(lambda: dialog.sites.list.rows() and dialog.second.current())
    rows = {row.title: row for row in dialog.second.rows()}
    assert rows["王范"].badges[0].word == "证件已过期，不能作为执法人员"  # said before anything is tried
    assert dialog.second.current() == LI  # nobody stands on one who may not sign
    hand.tap_row(dialog.second, list(rows).index("王范"))
    hand.tap(dialog.verb)
    note = dialog._note
    hand.until(note.isVisible)
    assert note.text().startswith("王范的执法证不在有效期内（至 ")
    assert note.text().endswith("不能作为执法人员")
    assert at_work.ask(at_work.app.inspections.list) == []  # nothing half begun
    hand.tap_row(dialog.second, list(rows).index("李䶮"))
    hand.tap(dialog.verb)
    hand.until(lambda: at_work.workspace._record is not None)
    at_work.idle()


def test_a_wrong_name_after_printing_makes_a_successor(at_work: Desk) -> None:
    hand, app = at_work.hand, at_work.app
    visit = a_visit(at_work)
    view = an_issued(at_work, visit)
    old = view._reading.notice
    kept = at_work.ask(app.notices.pdf, old.id)
    print_it(at_work, view)
    hand.key(Qt.Key.Key_Escape)
    hand.tap(view.void)
    dialog = hand.dialog(TextDialog)
    hand.han("陪同人姓名有误", "ptrxmyw")
    hand.tap(dialog.verb)
    hand.until(lambda: view._reading.notice.state is NoticeState.VOID)
    at_work.idle()
    at_work.ask(app.inspections.patch, visit, companion="刘范例")
    hand.tap(view.again)
    hand.until(lambda: view._reading.notice.state is NoticeState.DRAFT)
    give_reasons(at_work)
    hand.until(view.issue.isEnabled)
    hand.key(Qt.Key.Key_F8)
    hand.dialog(IssueDialog)
    hand.type(PIN)
    hand.key(Qt.Key.Key_Return)
    hand.until(lambda: view._reading.notice.number)
    at_work.idle()
    new = view._reading.notice
    assert new.supersedes == old.id
    assert new.number != old.number
    assert at_work.ask(app.notices.pdf, old.id) == kept  # the old paper is never touched
    assert at_work.ask(app.audit.verify).faults == ()


def print_it(desk: Desk, view) -> None:
    """Ctrl+P, name the printer, Ctrl+P."""
    hand = desk.hand
    hand.key(Qt.Key.Key_P, CTRL)
    rows = view.paper.print_pane.form.printers
    hand.until(rows.rows)
    desk.idle()
    if not rows.current():
        hand.key(Qt.Key.Key_Down)
    hand.key(Qt.Key.Key_P, CTRL)
    hand.until(lambda: view.paper.print_pane.foot.run is not None)
    desk.idle()


def test_after_a_jam_the_rest_is_printed_again(at_work: Desk) -> None:
    hand, app = at_work.hand, at_work.app
    view = an_issued(at_work, a_visit(at_work, hazards=14))
    notice = view._reading.notice
    assert notice.pages >= 2
    at_work.spool.plays("none", "media-jam-error", "media-jam-error", end="aborted")
    print_it(at_work, view)
    foot, form = view.paper.print_pane.foot, view.paper.print_pane.form
    hand.until(foot.rest.isVisible)
    assert "文书与编号已保存" in foot.words.text()  # what is safe
    hand.tap(foot.good)
    hand.key(Qt.Key.Key_A, CTRL)
    hand.type("1")
    hand.tap(foot.rest)
    assert form.reason.value() == "jam"
    at_work.spool.plays(end="completed")
    hand.key(Qt.Key.Key_P, CTRL)
    hand.until(lambda: view.paper.print_pane.is_done)
    at_work.idle()
    runs = at_work.ask(app.printing.of, notice.id)
    assert [run.state for run in runs] == [PrintState.FAILED, PrintState.DONE]
    assert (runs[1].first_page, runs[1].last_page) == (2, notice.pages)
    assert (runs[1].is_reprint, runs[1].reason) == (True, "卡纸")
    assert at_work.ask(app.notices.get, notice.id).number == notice.number  # no second number


def test_a_wrong_clock_is_said_and_paper_goes_on(at_work: Desk) -> None:
    """Headquarters told at the last sync that this clock is two hours off: a warning, and both times in the records."""
    hand, app = at_work.hand, at_work.app
    visit = a_visit(at_work)
    at_work.ask(tell_offset, app, 2 * 3_600_000)
    view = show_papers(at_work, visit)
    hand.key(Qt.Key.Key_1, CTRL)
    hand.until(lambda: view._reading is not None and view.findings.cards)
    at_work.idle()
    found = {one.rule: one for one in view._reading.preview.findings}
    assert found["clock_suspect"].message == "本机时钟可能不准，请核对日期和时间"
    assert not found["clock_suspect"].is_blocking
    give_reasons(at_work)
    hand.until(view.issue.isEnabled)
    hand.key(Qt.Key.Key_F8)
    hand.dialog(IssueDialog)
    hand.type(PIN)
    hand.key(Qt.Key.Key_Return)
    hand.until(lambda: view._reading.notice.number)
    at_work.idle()
    assert at_work.ask(app.audit.verify).faults == ()


def tell_offset(app: App, offset_ms: int) -> None:
    """As sync writes it."""
    with app._session.vault.gateway.write() as tx:
        settings.keep_setting(tx, "clock_offset_ms", str(offset_ms))


def test_a_clock_set_back_is_said_before_anybody_unlocks(desk_folder: Path, late_desk) -> None:
    """The computer wakes with its clock before the last work on it."""
    tomorrow = SystemClock().read().at.timestamp() + 86_400
    os.utime(paths.journal_file(desk_folder / "profile"), (tomorrow, tomorrow))
    desk = late_desk()
    view = desk.locked()
    desk.hand.until(lambda: "时钟 早于上次使用" in view._strip.accessibleName())
    assert "不影响进入" in view._verdict.text()


def test_the_next_officer_takes_over_with_one_key(at_work: Desk, tell) -> None:
    hand = at_work.hand
    visit = a_visit(at_work)
    assert at_work.window.frame is not None
    at_work.window.frame.go("inspection", visit)
    hand.until(lambda: at_work.workspace._record is not None and at_work.workspace._is_built)
    at_work.idle()
    view = at_work.workspace
    hand.key(Qt.Key.Key_F2)
    hand.until(lambda: view.desk.is_new)
    hand.han("配电箱门敞开", "pdxmck")
    hand.begin("换人")
    hand.key(Qt.Key.Key_L, CTRL)
    locked = at_work.locked()
    hand.tap(locked.cards[1])
    at_work.unlock()
    tell("user switch (passphrase not counted)", hand)
    assert (hand.taps, hand.keys) == (1, 1)
    assert at_work.app.me.id == LI
    assert at_work.ask(at_work.app.audit.verify).faults == ()
    told = at_work.ask(at_work.app.drafts.of, f"hazard:new:{visit}")
    assert told == {"description": "配电箱门敞开"}  # what the first one had typed is not lost
