"""Clipped: text or controls that leave what can be seen of them, and text cut to … that tells nowhere more.

look.md §3: what is elided has a tooltip; names, numbers and dates are never elided.
"""

from __future__ import annotations

import re

from PySide6.QtCore import QPoint, QRect, QRectF, Qt
from PySide6.QtWidgets import QAbstractButton, QAbstractItemView, QLineEdit, QTextEdit, QWidget

from ui.looking.scene import Fault, Scene, Seen, index_at, path, sources, view_of
from ui.widgets.painted import ELLIPSIS

CONTROLS = (QAbstractButton, QLineEdit, QTextEdit, QAbstractItemView)
SLACK_PX = 2.0
"""Side bearings and rounding; the thinnest stroke of a 13 px glyph is wider than what may hide in it."""
_EXACT = re.compile(r"\d{4}-\d\d|\d\d-\d\d|〔\d{4}〕|\d\d:\d\d|有限公司|\d{3,}")
"""A date, a document number, a time, a firm, an amount (look.md §12.8)."""


def find(scene: Scene) -> list[Fault]:
    """Return every text that can't be read whole."""
    found: list[Fault] = []
    for seen in scene.texts:
        why = _cut(scene, seen) or _elided(seen)
        if why:
            found.append(seen.fault("clipped", why))
    return found + [fault for widget in scene.widgets if (fault := _cut_control(widget))]


def _cut_control(widget: QWidget) -> Fault | None:
    """Find a control whose box is cut at a side, or above or below where nothing scrolls."""
    if not isinstance(widget, CONTROLS):
        return None
    whole, seen = widget.rect(), _open(widget)
    if seen.width() < whole.width() - SLACK_PX:
        return Fault("clipped", path(widget), "", f"{seen.width()} of {whole.width()} px of its width can be seen")
    if seen.height() < whole.height() - SLACK_PX and not _scrolls(widget):
        return Fault("clipped", path(widget), "", f"{seen.height()} of {whole.height()} px of its height can be seen")
    return None


def _open(widget: QWidget) -> QRect:
    """Return what of a widget its ancestors let be seen; a drawer or toast that lies over it clips nothing."""
    seen, step, parent = widget.rect(), widget, widget.parentWidget()
    while parent is not None and not step.isWindow():
        seen = seen.translated(step.pos()).intersected(parent.rect())
        step, parent = parent, parent.parentWidget()
    return seen


def _scrolls(widget: QWidget) -> bool:
    step: QWidget | None = widget
    while step is not None:
        if view_of(step) is not None:
            return True
        step = step.parentWidget()
    return False


def _cut(scene: Scene, seen: Seen) -> str:
    """Say where a text is cut by its own widget or by what the widget stands in; scrolling up and down may cut."""
    if isinstance(seen.widget, QLineEdit):
        return _cut_field(seen.widget, seen)
    box, step = QRectF(seen.text.rect), seen.widget
    scrolls = False
    while True:
        room = QRectF(step.rect()).adjusted(-SLACK_PX, -SLACK_PX, SLACK_PX, SLACK_PX)
        scrolls = scrolls or view_of(step) is not None
        if not scrolls and (box.top() < room.top() or box.bottom() > room.bottom()):
            return f"needs {_span(box.top(), box.bottom())} of the {step.height()} px height of {type(step).__name__}"
        if box.left() < room.left() or box.right() > room.right():
            return f"needs {_span(box.left(), box.right())} of the {step.width()} px width of {type(step).__name__}"
        parent = step.parentWidget()
        if step is scene.window or parent is None:
            return ""
        box, step = box.translated(QPoint(step.pos())), parent


def _cut_field(field: QLineEdit, seen: Seen) -> str:
    """A field scrolls while it is typed in; at rest its value stands whole, or a tooltip has it."""
    needs = seen.text.rect.width() + field.textMargins().left() + field.textMargins().right()
    if field.hasFocus() or field.toolTip() or needs <= field.width():
        return ""
    return f"value needs {needs:.0f} px, field has {field.width()}"


def _span(start: float, end: float) -> str:
    return f"{start:.0f}…{end:.0f}"


def _elided(seen: Seen) -> str:
    shown = seen.text.text
    if ELLIPSIS not in shown:
        return ""
    held = sources(seen)
    if any(shown.strip() in whole for whole in held):
        return ""  # the … belongs to the words themselves: 作废…
    start = shown.split(ELLIPSIS)[0].strip()
    whole = next((one for one in held if start in one), "")
    if _is_exact(start, whole):
        return "a name, number or date is elided"
    return "" if _has_tooltip(seen.widget, seen) else "elided without a tooltip"


def _is_exact(start: str, whole: str) -> bool:
    """Whether the cut goes through something exact: the word that the … replaced."""
    at = whole.find(start) + len(start) if whole else -1
    return at >= 0 and any(match.start() < at < match.end() for match in _EXACT.finditer(whole))


def _has_tooltip(widget: QWidget, seen: Seen) -> bool:
    index = index_at(seen)
    if index is not None:
        return bool(index.data(Qt.ItemDataRole.ToolTipRole))
    return bool(widget.toolTip())
