"""The keys of photos: Space takes one, unless somebody types or stands on something that Space presses.

bind_photo_keys(view, strip, choose)     Space clicks strip.shoot; Ctrl+O calls `choose`, whether its button has room
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractButton, QApplication

from ui.widgets.button import Button
from ui.widgets.keys import press
from ui.widgets.view import View


class _LeaveToButtons(QObject):
    """A focused button, box or choice keeps Space; text fields take it before this is asked."""

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """Look only at the question whose key it is."""
        if event.type() != QEvent.Type.ShortcutOverride or not isinstance(event, QKeyEvent):
            return False
        is_space = event.key() == Qt.Key.Key_Space and not event.modifiers()
        if not is_space or not isinstance(QApplication.focusWidget(), QAbstractButton):
            return False
        event.accept()
        return True


class PhotoStrip(Protocol):
    """A bottom strip with both buttons."""

    shoot: Button
    add_photos: Button


def bind_photo_keys(view: View, strip: PhotoStrip, choose: Callable[[], object]) -> None:
    """Bind both while the view is shown; `choose` picks files."""
    view.add_key("Space", lambda: press(strip.shoot), name=strip.shoot.text)
    view.installEventFilter(_LeaveToButtons(view))

    def add() -> None:
        if strip.add_photos.isEnabled():
            choose()

    strip.add_photos.set_key("Ctrl+O")
    view.add_key("Ctrl+O", add, name=strip.add_photos.text)
