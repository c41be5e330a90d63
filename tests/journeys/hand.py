"""Hand: an officer's hand on the real window: every tap and every keystroke goes through Qt's input and is counted.

hand.begin("隐患 1") ; hand.tap(button) ; hand.tap_row(rows, 2) ; hand.key(Qt.Key.Key_F2) ; hand.han("一号库", "yhk")
What counts: a click and a notch of the wheel are one tap each; a key with its modifiers is one keystroke;
Han text counts the letters typed and one key to choose the candidate (product.md §4: typed by pinyin initials).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import (
    QGuiApplication,
    QInputMethodEvent,
    QWheelEvent,
    QWindow,
)
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractItemView, QAbstractScrollArea, QApplication, QScrollArea, QWidget

from ui.widgets.toast import Toast

PATIENCE_MS = 20_000
NONE, CTRL = Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ControlModifier
ALT, SHIFT = Qt.KeyboardModifier.AltModifier, Qt.KeyboardModifier.ShiftModifier
_TURN = 120
"""One notch of a wheel (QWheelEvent.angleDelta: eighths of a degree, 15° a notch)."""

Window = TypeVar("Window", bound=QWidget)


@dataclass(slots=True)
class Step:
    """What one step of the day took."""

    name: str
    taps: int = 0
    keys: int = 0


class Hand:
    """See the module text."""

    def __init__(self, qtbot) -> None:
        self._qtbot = qtbot
        self.steps: list[Step] = []
        self.window: QWidget | None = None

    # --- counting --------------------------------------------------------------

    def begin(self, name: str) -> None:
        """Count what follows under this name."""
        self.steps.append(Step(name))

    @property
    def taps(self) -> int:
        """All taps so far."""
        return sum(step.taps for step in self.steps)

    @property
    def keys(self) -> int:
        """All keystrokes so far."""
        return sum(step.keys for step in self.steps)

    def _count(self, *, taps: int = 0, keys: int = 0) -> None:
        if not self.steps:
            return
        self.steps[-1].taps += taps
        self.steps[-1].keys += keys

    # --- waiting ---------------------------------------------------------------

    def until(self, condition: Callable[[], object]) -> None:
        """Wait until the window has come so far."""
        self._qtbot.waitUntil(lambda: bool(condition()), timeout=PATIENCE_MS)

    def dialog(self, kind: type[Window]) -> Window:
        """Wait for a dialog of a kind to be the active window and return it."""
        found: list[Window] = []

        def is_open() -> bool:
            found[:] = [w for w in QApplication.topLevelWidgets() if isinstance(w, kind) and w.isVisible()]
            return bool(found) and QApplication.activeWindow() is found[0]

        self.until(is_open)
        return found[0]

    def wake(self) -> None:
        """Give the focus back to the window after a dialog: a window manager does, the offscreen platform does not."""
        if self.window is not None and QApplication.activeWindow() is None:
            self.window.activateWindow()
            self.until(lambda: QApplication.activeWindow() is not None)

    # --- the pointer -----------------------------------------------------------

    def tap(self, widget: QWidget, at: QPoint | None = None, keys: Qt.KeyboardModifier = NONE) -> None:
        """Click where the widget stands on the screen; turn the wheel first where it has scrolled away."""
        self.until(widget.isVisible)
        self.wake()
        place = widget.rect().center() if at is None else at
        self._turn_to(widget, place)
        window = widget.window()
        spot = widget.mapTo(window, place)
        hit = self._clear(window, spot)
        assert hit is not None, f"nothing at {spot} for {widget}"
        assert hit is widget or widget.isAncestorOf(hit) or hit.isAncestorOf(widget), f"{hit} covers {widget}"
        self._count(taps=1)
        QTest.mouseClick(_native(window), Qt.MouseButton.LeftButton, keys, spot)

    def tap_row(self, rows: QAbstractItemView, row: int, keys: Qt.KeyboardModifier = NONE) -> None:
        """Click a row (or a photo) of a list."""
        index = rows.model().index(row, 0, rows.rootIndex())
        self.until(lambda: rows.isVisible() and not rows.visualRect(index).isEmpty())
        while not rows.viewport().rect().contains(rows.visualRect(index).center()):
            below = rows.visualRect(index).center().y() > 0
            self._wheel(rows.viewport(), rows.viewport().rect().center(), down=below)
        self.tap(rows.viewport(), rows.visualRect(index).center(), keys)

    def _clear(self, window: QWidget, spot: QPoint) -> QWidget | None:
        """Press messages away that lie over a spot, and return what is there then."""
        while True:
            hit = window.childAt(spot)
            over = hit
            while over is not None and not isinstance(over, Toast):
                over = over.parentWidget()
            if over is None:
                return hit
            self._count(taps=1)
            QTest.mouseClick(_native(window), Qt.MouseButton.LeftButton, NONE, spot)
            self.until(lambda spot=spot, hit=hit: window.childAt(spot) is not hit)

    def _turn_to(self, widget: QWidget, place: QPoint) -> None:
        """Scroll the pane around a widget until the place is in sight."""
        pane = widget.parentWidget()
        while pane is not None and not isinstance(pane, QScrollArea):
            pane = pane.parentWidget()
        if pane is None or (isinstance(widget, QAbstractScrollArea) and widget is pane):
            return
        view = pane.viewport()
        for _ in range(40):
            y = widget.mapTo(view, place).y()
            if 0 <= y < view.height():
                return
            self._wheel(view, view.rect().center(), down=y >= view.height())
        raise AssertionError(f"{widget} can't be scrolled to")

    def _wheel(self, view: QWidget, at: QPoint, *, down: bool) -> None:
        self._count(taps=1)
        turn = QPoint(0, -_TURN if down else _TURN)
        there = QPointF(view.mapToGlobal(at))
        phase, none = Qt.ScrollPhase.NoScrollPhase, Qt.MouseButton.NoButton
        QApplication.sendEvent(view, QWheelEvent(QPointF(at), there, QPoint(), turn, none, NONE, phase, False))
        QApplication.processEvents()

    # --- the keyboard ----------------------------------------------------------

    def key(self, key: Qt.Key, keys: Qt.KeyboardModifier = NONE, *, times: int = 1) -> None:
        """Press a key where the focus is; shortcuts, menus and fields get it as from a keyboard."""
        self.wake()
        for _ in range(times):
            self._count(keys=1)
            QTest.keyClick(_focus_window(), key, keys)

    def type(self, text: str) -> None:
        """Type letters and digits."""
        self.wake()
        for one in text:
            self._count(keys=1)
            QTest.keyClick(_focus_window(), Qt.Key(ord(one.upper())))

    def han(self, text: str, letters: str) -> None:
        """Type Han text as an input method does: letters compose, one more key commits."""
        self.wake()
        field = QApplication.focusWidget()
        assert field is not None, "nobody listens"
        assert field.testAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled), f"{field} takes no input method"
        for n in range(len(letters)):
            self._count(keys=1)
            QApplication.sendEvent(field, QInputMethodEvent(letters[: n + 1], []))
        self._count(keys=1)
        done = QInputMethodEvent()
        done.setCommitString(text)
        QApplication.sendEvent(field, done)

    def tab_to(self, widget: QWidget, *, back: bool = False, most: int = 30) -> None:
        """Press Tab (or Shift+Tab) until the focus is on a widget or in it."""
        seen: list[str] = []
        for _ in range(most):
            holder = QApplication.focusWidget()
            seen.append(f"{type(holder).__name__} {holder.accessibleName() if holder else ''}")
            if holder is not None and (holder is widget or widget.isAncestorOf(holder)):
                return
            self.key(Qt.Key.Key_Backtab if back else Qt.Key.Key_Tab, SHIFT if back else NONE)
        raise AssertionError(f"Tab does not lead to {widget}: {seen}")


def _native(window: QWidget) -> QWindow:
    handle = window.windowHandle()
    assert handle is not None
    return handle


def _focus_window() -> QWindow:
    window = QGuiApplication.focusWindow()
    assert window is not None, "no window has the focus"
    return window
