"""Reaching everything: Tab goes through the hazard form as the eye does, a message in the way is pressed away."""

from __future__ import annotations

from datetime import timedelta

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from tests.builders import LI, ZHANG
from tests.journeys.desk import Desk
from tests.services.visit import a_draft
from ui.widgets.toast import Toast


def test_tab_passes_the_hazard_form_as_the_eye_does(desk: Desk) -> None:
    desk.unlock()
    hand, app = desk.hand, desk.app
    visit = desk.ask(app.inspections.start, "site-sample-01", (ZHANG, LI)).made
    desk.ask(app.hazards.report, visit, a_draft(deadline=(desk.now() + timedelta(days=15)).date()))
    assert desk.window.frame is not None
    desk.window.frame.go("inspection", visit)
    view = desk.workspace
    hand.until(lambda: view._record is not None and view._is_built and view.desk.form.basis.cards())
    desk.idle()
    form = view.desk.form
    form.focus("description")
    (card,) = form.basis.cards()
    order = [form.severity, form.place, form.measure, card.more, card.change, card.drop, form.requirement]
    for field in (*order, form.deadline.field):
        hand.key(Qt.Key.Key_Tab)
        holder = QApplication.focusWidget()
        assert holder is not None
        assert holder is field or field.isAncestorOf(holder), f"{holder.accessibleName()} instead of {field}"


def test_a_message_is_pressed_away(desk: Desk) -> None:
    desk.unlock()
    desk.window._say("已保存", "可以继续", "filled/circle-check", "ok", None, "")
    (toast,) = desk.window.findChildren(Toast)
    gone = []
    toast.gone.connect(lambda: gone.append(True))
    QTest.mouseClick(toast, Qt.MouseButton.LeftButton)
    assert gone
    assert [note.title for note in desk.window.notes.all()] == ["已保存"]  # the drawer keeps it
