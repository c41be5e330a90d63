"""What every screen must hold: no clipped word, no control without a name, everything reachable by the keyboard.

    view, opened = flashes(lambda: MyView(services, tasks));  assert opened == []
    demand_good_looks(qtbot, view)          waits for the layout, then clipped, unnamed, unreachable must be empty
Each check returns sentences that say which widget and why, so that a failing assertion explains itself.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractScrollArea,
    QApplication,
    QLineEdit,
    QScrollBar,
    QTextEdit,
    QWidget,
)

from ui.widgets.label import Label, Paragraph
from ui.widgets.painted import Themed

CONTROLS = (QAbstractButton, QLineEdit, QTextEdit, QAbstractItemView)


def flashes(make: Callable[[], QWidget]) -> tuple[QWidget, list[str]]:
    """Build a widget; return it and the parentless widgets that were shown as windows of their own meanwhile."""
    seen: list[str] = []

    class Watch(QObject):
        def eventFilter(self, watched: QObject, event: QEvent) -> bool:
            if event.type() == QEvent.Type.Show and isinstance(watched, QWidget) and watched.isWindow():
                seen.append(_said(watched))
            return False

    watch, app = Watch(), QApplication.instance()
    app.installEventFilter(watch)
    try:
        return make(), seen
    finally:
        app.removeEventFilter(watch)


def _shown(root: QWidget) -> list[QWidget]:
    return [w for w in [root, *root.findChildren(QWidget)] if w.isVisibleTo(root) and not isinstance(w, QScrollBar)]


def _said(widget: QWidget) -> str:
    told = getattr(widget, "text", None)
    text = told() if callable(told) else ""
    return f"{type(widget).__name__} “{text or widget.accessibleName()}” {widget.width()}×{widget.height()}"


def clipped(root: QWidget) -> list[str]:
    """Return the words that have less room than they need; labels that may end in … are left alone."""
    found = []
    for widget in _shown(root):
        if isinstance(widget, Label) and not widget.can_elide() and widget.text_width() > widget.width() + 1:
            found.append(f"{_said(widget)} needs {widget.text_width()}")
        elif isinstance(widget, QAbstractButton) and hasattr(widget, "room_for_text"):
            if widget.text_width() > widget.room_for_text() + 1:
                found.append(f"{_said(widget)} needs {widget.text_width()}, has {widget.room_for_text()}")
        elif (
            isinstance(widget, Paragraph) and widget.text() and widget.heightForWidth(widget.width()) > widget.height()
        ):
            found.append(f"{_said(widget)} needs height {widget.heightForWidth(widget.width())}")
        elif isinstance(widget, Themed) and _is_squeezed(widget):
            found.append(f"{_said(widget)} needs at least {widget.minimumSizeHint().toTuple()}")
    return found + _outside(root)


def _is_squeezed(widget: QWidget) -> bool:
    """A painted widget that got less room than it says it needs; what scrolls may be any size."""
    least = widget.minimumSizeHint()
    if isinstance(widget, QAbstractScrollArea | Label) or not least.isValid():
        return False
    return widget.width() + 1 < least.width() or widget.height() + 1 < least.height()


def _outside(root: QWidget) -> list[str]:
    """Controls that stick out of their parent, unless they scroll."""
    found = []
    for widget in _shown(root):
        parent = widget.parentWidget()
        if widget is root or parent is None or not isinstance(widget, (*CONTROLS, Label)):
            continue
        if isinstance(parent.parentWidget(), QAbstractScrollArea):
            continue
        if widget.x() < 0 or widget.x() + widget.width() > parent.width() + 1:
            found.append(f"{_said(widget)} sticks out of {type(parent).__name__} at the side")
        elif widget.y() + widget.height() > parent.height() + 1:
            found.append(f"{_said(widget)} sticks out of {type(parent).__name__} below")
    return found


def unnamed(root: QWidget) -> list[str]:
    """Return the controls that a screen reader can't name."""
    return [
        _said(widget)
        for widget in _shown(root)
        if isinstance(widget, CONTROLS) and not widget.accessibleName() and not getattr(widget, "text", str)()
    ]


def demand_good_looks(qtbot, root: QWidget) -> None:
    """Wait until the layout has settled, then demand that nothing is clipped, nameless or out of reach."""
    with suppress(qtbot.TimeoutError):
        qtbot.waitUntil(lambda: not clipped(root), timeout=2000)
    assert clipped(root) == []
    assert unnamed(root) == []
    assert unreachable(root) == []


def unreachable(root: QWidget) -> list[str]:
    """Return the enabled controls that Tab (or the arrows of their group) never reaches."""
    found = []
    for widget in _shown(root):
        if not isinstance(widget, CONTROLS) or not widget.isEnabled():
            continue
        policy = widget.focusPolicy()
        is_group = isinstance(widget, QAbstractButton) and widget.autoExclusive()
        if not policy & Qt.FocusPolicy.TabFocus and not (is_group and policy != Qt.FocusPolicy.NoFocus):
            found.append(_said(widget))
    return found
