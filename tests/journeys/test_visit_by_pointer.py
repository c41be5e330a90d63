"""The visit of product.md §4 (09:05–10:05) mostly by pointer: at most 85 taps and 60 keystrokes, counted."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog

from inspector.domain.notice import FormCode
from tests.builders import PIN
from tests.journeys.desk import Desk
from tests.journeys.hand import CTRL
from tests.journeys.outcome import demand_outcome
from tests.journeys.papers import decide_measures, give_reasons, plan_visit
from tests.journeys.plan import PLACES, files_of, free, open_button, shoot, shown
from ui.views.notices.issue_dialog import IssueDialog
from ui.views.today.start import StartDialog
from ui.widgets.dialog import Dialog

MOST_TAPS, MOST_KEYS = 85, 60
"""product.md §4: about 80 T and 50 K for a visit with eight hazards; issue 3 step 6 sets the limits."""


def test_the_visit_by_pointer(desk: Desk, tell) -> None:
    desk.unlock()
    start(desk)
    facts(desk)
    hazards(desk)
    photos(desk)
    end(desk)
    issue_and_print(desk, FormCode.INSPECTION_RECORD)
    decide_measures(desk)
    issue_and_print(desk, FormCode.RECTIFICATION_ORDER)
    serve(desk, FormCode.INSPECTION_RECORD)
    serve(desk, FormCode.RECTIFICATION_ORDER)
    leave(desk)
    tell("the visit by pointer", desk.hand)
    demand_outcome(desk)
    assert desk.hand.taps <= MOST_TAPS
    assert desk.hand.keys <= MOST_KEYS


def start(desk: Desk) -> None:
    """09:05 open the site, two officers."""
    hand = desk.hand
    hand.begin("开始检查")
    hand.tap(desk.today._new_first)
    dialog = hand.dialog(StartDialog)
    hand.until(lambda: dialog.sites.list.rows() and dialog.second.current())
    hand.tap_row(dialog.sites.list, 0)
    hand.tap(dialog.verb)
    view = desk.workspace
    hand.until(lambda: view._record is not None and view._is_built)
    desk.idle()
    plan_visit(desk)


def facts(desk: Desk) -> None:
    """09:06 certificates shown, recusal told; whoever is there for the firm stands in the register."""
    hand, pane = desk.hand, desk.workspace.facts
    hand.begin("事实")
    hand.tap(pane.flags["is_id_shown"])
    hand.tap(pane.flags["is_recusal_told"])
    hand.tap(pane.fields["place"])
    hand.han("一号库房", "yhkf")
    assert pane.fields["companion"].value()


def hazards(desk: Desk) -> None:
    """09:12 eight hazards: five out of the quick picks, three the same again elsewhere."""
    hand, view = desk.hand, desk.workspace
    form, popup = view.desk.form, view.desk.form.description.popup
    hand.begin("隐患 1–5")
    hand.tap(view.strip.new)
    for n in range(5):
        desk.clock.advance(minutes=2)
        hand.until(lambda: popup.isVisible() and popup.list.rows())
        title = popup.list.rows()[n].title
        hand.tap_row(popup.list, n)
        hand.until(lambda title=title: form.description.value() == title)
        hand.tap(form.place)
        hand.han(*PLACES[n])
        if n == 0:
            hand.tap(form.requirement)
            hand.han("立即清理", "ljql")
        hand.tap(view.strip.save)
        hand.until(lambda n=n: len(view._record.hazards) == n + 1 and form.description.value() == "")
        shoot(desk, 2 if n < 2 else 1)
    hand.begin("隐患 6–8（复制）")
    hand.tap(view.desk.form.discard)
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
    """09:50 the card: ten photos, sorted by time."""
    hand, view = desk.hand, desk.workspace
    hand.begin("照片")
    files = sorted(desk.card.iterdir())
    assert len(files) == 10
    hand.tap(view.photos.folder)
    dialog = hand.dialog(QFileDialog)
    assert Path(dialog.directory().absolutePath()) == desk.card  # where one was last
    hand.tap(open_button(dialog))
    hand.until(lambda: view.photos.count() == 10)
    desk.idle()
    hand.until(view.photos.bar.follow.isVisible)
    hand.tap(view.photos.bar.follow)
    hand.until(lambda: free(desk) == 1)  # its camera stood on another day
    stray = next(one.id for one in view._record.evidence if one.hazard_id is None)
    grid = view.photos.grid
    hand.until(lambda: grid.model_of_photos.place(stray) >= 0)
    hand.tap_row(grid, grid.model_of_photos.place(stray))
    hand.key(Qt.Key.Key_8)
    hand.until(lambda: free(desk) == 0)
    desk.idle()


def end(desk: Desk) -> None:
    hand, view = desk.hand, desk.workspace
    hand.begin("结束时间，去文书")
    hand.tap(view.facts.now)
    desk.idle()
    hand.tap(view.strip.notices)
    hand.until(desk.notices.beginnings.isVisible)
    desk.idle()


def issue_and_print(desk: Desk, form: FormCode) -> None:
    """09:55 read, 09:58 the second officer confirms, print."""
    hand, view = desk.hand, desk.notices
    hand.begin(form.value)
    begin = view.beginnings.buttons[form] if view.beginnings.isVisible() else view.list.begin[form]
    hand.tap(begin)
    hand.until(lambda: view._reading is not None and view._reading.notice.form is form)
    give_reasons(desk)
    hand.until(view.issue.isEnabled)
    hand.tap(view.issue)
    dialog = hand.dialog(IssueDialog)
    hand.type(PIN)
    hand.tap(dialog.verb)
    hand.until(lambda: view._reading.notice.number)
    desk.idle()
    hand.tap(view.strip.print)
    rows = view.paper.print_pane.form.printers
    hand.until(rows.rows)
    desk.idle()
    if not rows.current():
        hand.tap_row(rows, 0)
    hand.tap(view.strip.print)
    hand.until(lambda: view.paper.print_pane.is_done)
    desk.idle()


def serve(desk: Desk, form: FormCode) -> None:
    """10:01 signed on paper; the photo of the signed page goes with it."""
    hand, view = desk.hand, desk.notices
    hand.begin(f"{form.value}：送达")
    page = desk.shoot(f"signed-{form.value}.jpg")
    ids = [row.id for row in view.list.list.rows()]
    notice = next(one.id for one in view._list.notices if one.form is form)
    if view._current != notice:
        hand.tap_row(view.list.list, ids.index(notice))
    hand.until(lambda: view._reading.notice.id == notice and view.page.preview.has_picture())
    hand.tap(view.strip.serve)
    pane = view.paper.serve_pane
    hand.until(pane.isVisible)
    hand.tap(pane.form.photo.file)
    dialog = hand.dialog(QFileDialog)
    files = files_of(dialog)
    hand.until(lambda: page.name in shown(files))
    hand.tap_row(files, shown(files).index(page.name))
    hand.tap(open_button(dialog))
    hand.until(lambda: pane.form.photo.sha256)
    desk.idle()
    hand.tap(view.strip.finish)
    hand.until(lambda: view._reading.serving is not None)
    desk.idle()


def leave(desk: Desk) -> None:
    """10:05 the visit is over."""
    hand = desk.hand
    hand.begin("结束检查")
    hand.tap(desk.notices.strip.back)
    hand.tap(desk.workspace.facts.finish)
    hand.tap(hand.dialog(Dialog).verb)
    hand.until(lambda: not desk.workspace._record.is_open)
    desk.idle()
