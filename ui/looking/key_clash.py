"""Keys: no key bound twice in one window at the same time (Qt then does neither), none that an input method owns."""

from __future__ import annotations

from PySide6.QtGui import QAction, QKeySequence, QShortcut
from PySide6.QtWidgets import QAbstractButton, QWidget

from ui.looking.scene import Fault, Scene, path
from ui.shortcuts import FORBIDDEN


def find(scene: Scene) -> list[Fault]:
    """Return the keys that two visible owners claim, and the forbidden ones."""
    claims: dict[str, list[QWidget]] = {}
    for key, owner in _claimed(scene.window):
        claims.setdefault(key, []).append(owner)
    found = [
        Fault("keys", path(owners[0]), key, f"bound again by {', '.join(path(one) for one in owners[1:])}")
        for key, owners in claims.items()
        if len(owners) > 1
    ]
    owned = {QKeySequence(key).toString() for key in FORBIDDEN}
    return found + [
        Fault("keys", path(owners[0]), key, "belongs to the input method")
        for key, owners in claims.items()
        if key in owned
    ]


def _claimed(window: QWidget) -> list[tuple[str, QWidget]]:
    """Return (key, owner) of all that would answer now: Qt asks only what is visible and enabled."""
    found: list[tuple[str, QWidget]] = []
    for shortcut in window.findChildren(QShortcut):
        owner = shortcut.parent()
        if isinstance(owner, QWidget) and _answers(owner, window) and shortcut.isEnabled():
            found += [(key.toString(), owner) for key in QShortcut.keys(shortcut) if key.toString()]
    for button in window.findChildren(QAbstractButton):
        if _answers(button, window) and not button.shortcut().isEmpty():
            found.append((button.shortcut().toString(), button))
    for action in window.findChildren(QAction):
        owner = action.parent()
        if isinstance(owner, QWidget) and _answers(owner, window) and action.isEnabled() and action in owner.actions():
            found += [(key.toString(), owner) for key in action.shortcuts() if key.toString()]
    return found


def _answers(owner: QWidget, window: QWidget) -> bool:
    return owner.window() is window and owner.isVisible() and owner.isEnabled()
