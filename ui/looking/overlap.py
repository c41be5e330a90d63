"""Overlap: two texts that run into each other, and two sibling controls that share pixels.

What floats on purpose (toasts, a drawer, a scrim, the focus ring) is a child outside its parent's layout.
"""

from __future__ import annotations

from itertools import combinations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QAbstractItemView, QLabel, QLineEdit, QTextEdit, QWidget

from ui.looking.scene import Fault, Scene, Seen, path

CONTROLS = (QAbstractButton, QLineEdit, QTextEdit, QAbstractItemView, QLabel)
_TOUCH_PX = 1.5
"""Ink of neighbours may meet within rounding."""


def find(scene: Scene) -> list[Fault]:
    """Return overlaps of texts and of controls."""
    return _of_texts(scene) + _of_controls(scene)


def _of_texts(scene: Scene) -> list[Fault]:
    found: list[Fault] = []
    open_ = [seen for seen in scene.texts if not scene.lies_under_float(seen)]
    for first, then in combinations(open_, 2):
        both = first.shown.intersected(then.shown)
        if both.width() <= _TOUCH_PX or both.height() <= _TOUCH_PX or _is_same(first, then):
            continue
        if scene.float_of(first.widget) is not scene.float_of(then.widget):
            continue  # a popup that hides a part of what stands below
        found.append(first.fault("overlap", f"runs into “{then.text.text}” by {both.width():.0f}×{both.height():.0f}"))
    return found


def _is_same(first: Seen, then: Seen) -> bool:
    """The same words drawn twice at one place (bold over plain)."""
    return first.widget is then.widget and first.text.text == then.text.text


def _of_controls(scene: Scene) -> list[Fault]:
    found: list[Fault] = []
    shown = [one for one in scene.widgets if _is_control(one)]
    by_parent: dict[QWidget | None, list[QWidget]] = {}
    for one in shown:
        by_parent.setdefault(one.parentWidget(), []).append(one)
    for siblings in by_parent.values():
        for first, then in combinations(siblings, 2):
            if scene.float_of(first) is not scene.float_of(then):
                continue
            both = first.geometry().intersected(then.geometry())
            if both.width() > _TOUCH_PX and both.height() > _TOUCH_PX:
                why = f"shares {both.width()}×{both.height()} px with {path(then)}"
                found.append(Fault("overlap", path(first), "", why))
    return found


def _is_control(widget: QWidget) -> bool:
    if widget.testAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents):
        return False
    if isinstance(widget, QLabel):
        return bool(widget.text())
    return isinstance(widget, CONTROLS) or widget.focusPolicy() != Qt.FocusPolicy.NoFocus
