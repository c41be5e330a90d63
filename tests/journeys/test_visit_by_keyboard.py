"""The visit of product.md §4 with the keyboard alone: no tap at all; Chinese through an input method."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QFileDialog

from inspector.domain.notice import FormCode
from tests.builders import PIN
from tests.journeys.desk import Desk
from tests.journeys.hand import ALT, CTRL, SHIFT
from tests.journeys.outcome import demand_outcome
from tests.journeys.papers import decide_measures, give_reasons, plan_visit
from tests.journeys.plan import PLACES, files_of, free, shoot, shown
from ui.views.notices.issue_dialog import IssueDialog
from ui.views.today.start import StartDialog
from ui.widgets.dialog import Dialog

MOST_KEYS = 170
"""Our own measure: each tap of the other journey becomes two keys at most (58 T + 58 K there)."""
BEGIN = {FormCode.INSPECTION_RECORD: Qt.Key.Key_1, FormCode.RECTIFICATION_ORDER: Qt.Key.Key_2}


def test_the_visit_by_keyboard(desk: Desk, tell) -> None:
    desk.unlock()
    start(desk)
    facts(desk)
    hazards(desk)
    photos(desk)
    end(desk)
    issue_and_print(desk, FormCode.INSPECTION_RECORD)
    decide_measures(desk)
    issue_and_print(desk, FormCode.RECTIFICATION_ORDER)
    for form in reversed(BEGIN):
        serve(desk, form)
    leave(desk)
    tell("the visit by keyboard", desk.hand)
    demand_outcome(desk)
    assert desk.hand.taps == 0
    assert desk.hand.keys <= MOST_KEYS


def start(desk: Desk) -> None:
    hand = desk.hand
    hand.begin("开始检查")
    hand.key(Qt.Key.Key_N, CTRL)
    dialog = hand.dialog(StartDialog)
    hand.until(lambda: dialog.sites.list.rows() and dialog.second.current())
    hand.key(Qt.Key.Key_Return)  # the site on which the search stands
    hand.key(Qt.Key.Key_Return)  # the second officer whose certificate holds
    view = desk.workspace
    hand.until(lambda: view._record is not None and view._is_built)
    desk.idle()
    plan_visit(desk)


def facts(desk: Desk) -> None:
    hand, pane = desk.hand, desk.workspace.facts
    hand.begin("事实")
    hand.key(Qt.Key.Key_F3)
    hand.until(pane.fields["place"].hasFocus)
    hand.han("一号库房", "yhkf")
    for name in ("is_recusal_told", "is_id_shown"):
        hand.tab_to(pane.flags[name], back=True)
        hand.key(Qt.Key.Key_Space)
    desk.idle()


def hazards(desk: Desk) -> None:
    hand, view = desk.hand, desk.workspace
    form, popup = view.desk.form, view.desk.form.description.popup
    hand.begin("隐患 1–5")
    hand.key(Qt.Key.Key_F2)
    for n in range(5):
        desk.clock.advance(minutes=2)
        hand.until(lambda: popup.isVisible() and popup.list.rows())
        title = popup.list.rows()[n].title
        hand.key(Qt.Key.Key_Down, times=n)
        hand.key(Qt.Key.Key_Return)
        hand.until(lambda title=title: form.description.value() == title)
        hand.tab_to(form.place)
        hand.han(*PLACES[n])
        if n == 0:
            hand.tab_to(form.requirement)
            hand.han("立即清理", "ljql")
        if n < 4:
            hand.key(Qt.Key.Key_Return, CTRL)  # save, and the next
        else:
            hand.key(Qt.Key.Key_S, CTRL)
        hand.until(lambda n=n: len(view._record.hazards) == n + 1)
        shoot(desk, 2 if n < 2 else 1)
    hand.begin("隐患 6–8（复制）")
    hand.until(lambda: not view.desk.is_new and view.desk.hazard_id)
    for n in range(5, 8):
        desk.clock.advance(minutes=2)
        hand.key(Qt.Key.Key_D, CTRL)
        hand.until(lambda n=n: len(view._record.hazards) == n + 1)
        hand.until(lambda: form.place.hasFocus() and form.place.value() == "")
        hand.han(*PLACES[n])
        shoot(desk, 1)
    desk.idle()


def photos(desk: Desk) -> None:
    hand, view = desk.hand, desk.workspace
    grid = view.photos.grid
    hand.begin("照片")
    hand.key(Qt.Key.Key_O, CTRL | SHIFT)
    dialog = hand.dialog(QFileDialog)
    assert Path(dialog.directory().absolutePath()) == desk.card  # where one was last
    hand.key(Qt.Key.Key_Return)
    hand.until(lambda: view.photos.count() == 10)
    desk.idle()
    hand.key(Qt.Key.Key_F7)
    hand.until(grid.hasFocus)
    hand.key(Qt.Key.Key_T)
    hand.until(lambda: free(desk) == 1)
    desk.idle()
    stray = next(one.id for one in view._record.evidence if one.hazard_id is None)
    for _ in range(20):
        if grid.current() == stray:
            break
        hand.key(Qt.Key.Key_Down)
    hand.key(Qt.Key.Key_8)
    hand.until(lambda: free(desk) == 0)
    desk.idle()


def end(desk: Desk) -> None:
    hand, view = desk.hand, desk.workspace
    hand.begin("结束时间，去文书")
    hand.key(Qt.Key.Key_F3)
    hand.tab_to(view.facts.now)
    hand.key(Qt.Key.Key_Space)
    desk.idle()
    hand.key(Qt.Key.Key_F8)
    hand.until(desk.notices.beginnings.isVisible)
    desk.idle()


def issue_and_print(desk: Desk, form: FormCode) -> None:
    hand, view = desk.hand, desk.notices
    hand.begin(form.value)
    hand.key(BEGIN[form], CTRL)
    hand.until(lambda: view._reading is not None and view._reading.notice.form is form)
    give_reasons(desk)
    hand.until(view.issue.isEnabled)
    desk.idle()
    hand.key(Qt.Key.Key_F8)
    hand.dialog(IssueDialog)
    hand.type(PIN)
    hand.key(Qt.Key.Key_Return)
    hand.until(lambda: view._reading.notice.number)
    desk.idle()
    hand.key(Qt.Key.Key_P, CTRL)
    rows = view.paper.print_pane.form.printers
    hand.until(rows.rows)
    desk.idle()
    if not rows.current():
        assert rows.hasFocus()
        hand.key(Qt.Key.Key_Down)
    hand.key(Qt.Key.Key_P, CTRL)
    hand.until(lambda: view.paper.print_pane.is_done)
    desk.idle()


def serve(desk: Desk, form: FormCode) -> None:
    hand, view = desk.hand, desk.notices
    hand.begin(f"{form.value}：送达")
    notice = next(one.id for one in view._list.notices if one.form is form)
    if view._current != notice:
        hand.key(Qt.Key.Key_F6)
        hand.until(view.list.list.hasFocus)
        ids = [row.id for row in view.list.list.rows()]
        hand.key(Qt.Key.Key_Down, times=ids.index(notice) - ids.index(view._current))
    page = desk.shoot(f"signed-{form.value}.jpg")
    hand.until(lambda: view._reading.notice.id == notice and view.page.preview.has_picture())
    desk.idle()
    hand.key(Qt.Key.Key_S, ALT)
    pane = view.paper.serve_pane
    hand.until(pane.isVisible)
    hand.tab_to(pane.form.photo.file)
    hand.key(Qt.Key.Key_Space)
    dialog = hand.dialog(QFileDialog)
    files = files_of(dialog)
    hand.until(lambda: page.name in shown(files))
    hand.tab_to(files, back=True)
    hand.key(Qt.Key.Key_End)
    hand.until(lambda: files.currentIndex().isValid())
    while str(files.currentIndex().siblingAtColumn(0).data()) != page.name:
        hand.key(Qt.Key.Key_Up)
    hand.key(Qt.Key.Key_Return)
    hand.until(lambda: pane.form.photo.sha256)
    desk.idle()
    hand.key(Qt.Key.Key_Return, CTRL)
    hand.until(lambda: view._reading.serving is not None)
    desk.idle()


def leave(desk: Desk) -> None:
    hand = desk.hand
    hand.begin("结束检查")
    hand.key(Qt.Key.Key_Escape)
    view = desk.workspace
    desk.idle()
    hand.key(Qt.Key.Key_F3)
    hand.tab_to(view.facts.finish)
    hand.key(Qt.Key.Key_Space)
    dialog = hand.dialog(Dialog)
    hand.tab_to(dialog.verb)
    hand.key(Qt.Key.Key_Return)
    hand.until(lambda: not desk.workspace._record.is_open)
    desk.idle()
    assert QApplication.activeModalWidget() is None
