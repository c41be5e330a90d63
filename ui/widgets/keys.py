"""Binding a key to a slot while its owner is shown; Ctrl+Enter means both Enter keys."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QAbstractButton, QWidget

WINDOW_KEYS = frozenset({"Ctrl+Shift+S"})
"""Keys that the window binds for every screen, and hands to the screen that is shown if it has a use of its own."""


def bind_key(owner: QWidget, key: str, slot: Callable[[], object]) -> QShortcut:
    """Bind a key; it works while `owner` is visible and its window is active."""
    shortcut = QShortcut(owner)
    keys = [QKeySequence(key)]
    if "Enter" in key:
        keys.append(QKeySequence(key.replace("Enter", "Return")))
    shortcut.setKeys(keys)
    shortcut.setContext(Qt.ShortcutContext.WindowShortcut)
    shortcut.activated.connect(slot)
    return shortcut


def press(button: QAbstractButton) -> None:
    """Click a button that can be clicked now."""
    if button.isVisible() and button.isEnabled():
        button.click()
