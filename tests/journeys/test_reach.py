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


def circle(desk: Desk) -> list[str]:
    """Press Tab until the focus is where it was; return the names on the way."""
    names: list[str] = []
    seen: list[object] = []
    for _ in range(120):
        desk.hand.key(Qt.Key.Key_Tab)
        holder = QApplication.focusWidget()
        assert holder is not None
        assert not seen or holder is not seen[-1], f"Tab is stuck at {holder.accessibleName()}"
        if holder in seen:
            return names
        seen.append(holder)
        names.append(holder.accessibleName())
    raise AssertionError(f"Tab never comes round: {names}")


def test_tab_comes_round_on_every_screen(desk: Desk) -> None:
    desk.unlock()
    visit = desk.ask(desk.app.inspections.start, "site-sample-01", (ZHANG, LI)).made
    frame = desk.window.frame
    assert frame is not None
    for place in ("today", "inspection", "sites", "notices", "sync", "settings"):
        frame.go(place, visit if place in {"inspection", "notices"} else "")
        desk.idle()
        desk.hand.until(lambda: frame.current() is not None)
        desk.idle()
        names = circle(desk)
        assert all(names), place
        assert len(names) >= 7, place  # the six places of the rail and who is at work, and what the screen has
