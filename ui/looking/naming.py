"""Naming: every control that takes the focus or a click has a name and a role for a screen reader."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QAbstractButton, QWidget

from ui.looking.scene import Fault, Scene, path

_NO_ROLE = {QAccessible.Role.NoRole, QAccessible.Role.Client}
"""Client is what Qt says of a plain QWidget: a screen reader reads no kind of control."""


def find(scene: Scene) -> list[Fault]:
    """Return the controls without a name or a role."""
    found: list[Fault] = []
    for widget in scene.widgets:
        if widget is scene.window or not _is_control(widget):
            continue
        told = QAccessible.queryAccessibleInterface(widget)
        if told is None or not told.text(QAccessible.Text.Name):
            found.append(Fault("naming", path(widget), "", f"no name, {widget.width()}×{widget.height()} px"))
        if told is not None and told.role() in _NO_ROLE:
            found.append(Fault("naming", path(widget), "", "no role: a plain QWidget takes the focus"))
    return found


def _is_control(widget: QWidget) -> bool:
    return isinstance(widget, QAbstractButton) or (
        widget.focusPolicy() != Qt.FocusPolicy.NoFocus and widget.focusProxy() is None
    )
