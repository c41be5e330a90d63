"""FocusRing: one 3 px ring for every focused widget of a window, an overlay above all; nobody else draws focus.

    FocusRing(window)          made once by the main window and by each Dialog
Dynamic properties of a target: `ringGap` in px (buttons 2, fields 0), `ringRadius` (a radius token). In a list the ring
stands inside the current row. After a mouse click only text fields get it; for the keyboard it is always there.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeGuard

import shiboken6
from PySide6.QtCore import QEvent, QObject, QPoint, QRect, QRectF, Qt, QTimer
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QApplication, QWidget

from ui.theme.tokens import tokens
from ui.widgets.painted import Themed, draw_box

if TYPE_CHECKING:
    from PySide6.QtWidgets import QAbstractItemView, QAbstractScrollArea

_WATCHED = {
    QEvent.Type.Move,
    QEvent.Type.Resize,
    QEvent.Type.Show,
    QEvent.Type.Hide,
    QEvent.Type.ParentChange,
    QEvent.Type.EnabledChange,
}


def _is_list(widget: QWidget | None) -> TypeGuard[QAbstractItemView]:
    # Asked of Qt by name: importing the class costs the unlock screen milliseconds it has no use for.
    return widget is not None and shiboken6.isValid(widget) and widget.inherits("QAbstractItemView")


def _is_scrolled(widget: QWidget | None) -> TypeGuard[QAbstractScrollArea]:
    return widget is not None and widget.inherits("QAbstractScrollArea")


class FocusRing(Themed, QWidget):
    """Follows the focus within its window."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._target: QWidget | None = None
        self._chain: list[QWidget] = []
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(0)
        self._soon.timeout.connect(self._place)
        self.hide()
        app = QApplication.instance()
        if isinstance(app, QApplication):
            app.focusChanged.connect(self._on_focus)

    def _on_focus(self, _old: QWidget | None, new: QWidget | None) -> None:
        by_mouse = QApplication.mouseButtons() != Qt.MouseButton.NoButton
        is_text = new is not None and (new.inherits("QLineEdit") or new.inherits("QTextEdit"))
        is_ours = new is not None and new.window() is self.window() and new.focusPolicy() != Qt.FocusPolicy.NoFocus
        if not is_ours or (by_mouse and not is_text):
            self._follow(None)
        else:
            self._follow(new)

    def _follow(self, target: QWidget | None) -> None:
        for widget in self._chain:
            if shiboken6.isValid(widget):  # a dialog that has closed is gone, and its filters with it
                widget.removeEventFilter(self)
        self._chain = []
        self._listen(self._target, is_on=False)
        self._target = target
        self._listen(target, is_on=True)
        step = target
        while step is not None and step is not self.window():
            step.installEventFilter(self)
            self._chain.append(step)
            step = step.parentWidget()
        self._place()

    def _listen(self, target: QWidget | None, *, is_on: bool) -> None:
        """In a list the ring follows the current row, also while it scrolls."""
        if not _is_list(target):
            return
        for signal in (
            target.selectionModel().currentChanged,
            target.verticalScrollBar().valueChanged,
            target.model().modelReset,
        ):
            if is_on:
                signal.connect(self._settle)
            else:
                signal.disconnect(self._settle)

    def _settle(self, *_told: object) -> None:
        self._soon.start()

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """The target, or something it stands in, moved: place the ring after the layout has settled."""
        if event.type() in _WATCHED and not self._soon.isActive():
            self._soon.start()
        return False

    def _place(self) -> None:
        target = self._target
        if target is None or not target.isVisible() or not target.isEnabled():
            self.hide()
            return
        reach = self._reach()
        seen = self._seen(target, reach)
        if seen.isEmpty():
            self.hide()
            return
        self.setGeometry(seen)
        self.raise_()
        self.show()
        self.update()

    def _gap(self) -> int:
        told = self._target.property("ringGap") if self._target is not None else None
        return self.theme.u(told if isinstance(told, int) else tokens()["focus"]["gapButton"])

    def _reach(self) -> int:
        """How far the ring's outer edge lies outside the target."""
        gap = self._gap()
        hug = self.theme.line if gap == 0 else 0
        return gap + self.theme.u(tokens()["focus"]["width"]) - hug

    def _ring(self) -> QRect:
        target, reach = self._target, self._reach()
        if target is None:
            return QRect()
        if _is_list(target):
            index = target.currentIndex()
            view = target.viewport()
            rect = target.visualRect(index) if index.isValid() else view.rect()
            return QRect(view.mapTo(self.window(), rect.topLeft()), rect.size())
        place = target.mapTo(self.window(), QPoint())
        return QRect(place, target.size()).adjusted(-reach, -reach, reach, reach)

    def _seen(self, target: QWidget, reach: int) -> QRect:
        """Return the ring's rectangle, cut to the viewports it scrolls in; empty when scrolled out."""
        rect = self._ring()
        step = target.viewport() if _is_list(target) else target.parentWidget()
        while step is not None and step is not self.window():
            above = step.parentWidget()
            if _is_scrolled(above) and step is above.viewport():
                view = QRect(step.mapTo(self.window(), QPoint()), step.size())
                inset = max(0, reach)
                if not view.intersects(rect.adjusted(inset, inset, -inset, -inset)):
                    return QRect()
                rect = rect.intersected(view)
            step = above
        return rect

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the ring where the target is, cut where the viewport ends."""
        if self._target is None:
            return
        theme = self.theme
        told = self._target.property("ringRadius")
        token = told if isinstance(told, str) else "control"
        width = theme.u(tokens()["focus"]["width"])
        rect = QRectF(self._ring().translated(-self.pos()))
        is_row = _is_list(self._target)
        radius = theme.radius("tag") if is_row else theme.radius(token) + self._reach()
        with QPainter(self) as painter:
            draw_box(painter, rect, line=theme.color("focus"), width=width, radius=radius)
