"""Guide: leads one window to a screen as a user would, and waits until nothing is under way."""

from __future__ import annotations

from collections.abc import Callable
from time import monotonic
from typing import TypeVar

import shiboken6
from PySide6.QtCore import QCoreApplication, QEvent, QEventLoop, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QWidget

from inspector.app import App
from inspector.domain.inspection import InspectionKind, InspectionState
from ui.context import Doors
from ui.frame import Frame
from ui.main_window import MainWindow
from ui.tasks import Tasks
from ui.widgets.toast import Toast
from ui.widgets.view import View

PATIENCE_S = 30.0
Answer = TypeVar("Answer")
Kind = TypeVar("Kind", bound=QWidget)


class Guide:
    """One window of a profile; `app` is there after unlocking."""

    def __init__(self, doors: Doors, tasks: Tasks, passphrase: str, size: tuple[int, int]) -> None:
        self.tasks, self.passphrase, self._unlock = tasks, passphrase, doors.unlock
        self.app: App | None = None
        self.window = MainWindow(_overheard(doors, self), tasks)
        self.window.resize(*size)
        self.window.show()
        self.window.activateWindow()
        self.wait(lambda: self.window.shown() is not None)

    def unlock(self, user_id: str, passphrase: str) -> App:
        """The door, remembering what stands behind it."""
        self.app = self._unlock(user_id, passphrase)
        return self.app

    # --- waiting ------------------------------------------------------------------------------------------------

    def wait(self, until: Callable[[], bool] = lambda: True) -> None:
        """Turn the event loop until `until` holds and nothing is under way. Raises TimeoutError."""
        end, quiet = monotonic() + PATIENCE_S, 0
        while quiet < 4:
            # Several quiet rounds: an answer may ask for the next thing, a layout for another.
            QApplication.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, 50)
            QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
            quiet = quiet + 1 if self.tasks.is_idle() and until() else 0
            if monotonic() > end:
                raise TimeoutError("the screen never came to rest")

    def ask(self, work: Callable[..., Answer], *args: object) -> Answer:
        """Ask a service off the window's thread; the window's own way of waiting."""
        told: list[Answer] = []
        self.tasks.query(self.window, work, *args, done=told.append)
        self.wait(lambda: bool(told))
        return told[0]

    def visit(self) -> str:
        """Return the id of the visit that is under way, not of a re-check; of the latest where none is open."""
        known = [one.inspection for one in self.ask(self.services.inspections.list)]
        is_open = (one for one in known if one.state is InspectionState.OPEN and one.kind is not InspectionKind.RECHECK)
        return next(is_open, known[0]).id

    # --- going --------------------------------------------------------------------------------------------------

    @property
    def frame(self) -> Frame:
        """The desk; LookupError before unlocking."""
        if self.window.frame is None:
            raise LookupError("nobody has unlocked")
        return self.window.frame

    @property
    def services(self) -> App:
        """The services of who has unlocked; LookupError before."""
        if self.app is None:
            raise LookupError("nobody has unlocked")
        return self.app

    def go(self, place: str, record: str = "") -> View:
        """Go to a place of the rail, and wait until it stands."""
        self.frame.go(place, record)
        self.wait()
        view = self.frame.current()
        if view is None or view is not self.frame.view(place):
            raise LookupError(place)
        return view

    def press(self, key: str) -> None:
        """Press a shortcut that answers now. Raises LookupError when none does."""
        wanted = QKeySequence(key)
        for shortcut in self.front().findChildren(QShortcut):
            owner = shortcut.parent()
            is_here = isinstance(owner, QWidget) and owner.isVisible() and owner.isEnabled()
            if is_here and wanted in QShortcut.keys(shortcut) and shortcut.isEnabled():
                shortcut.activated.emit()
                self.wait()
                return
        raise LookupError(f"no shortcut {key} answers")

    def find(self, kind: type[Kind]) -> Kind:
        """Return the visible widget of a kind in the front window. Raises LookupError."""
        front = self.front()
        for one in [front, *front.findChildren(kind)]:
            if isinstance(one, kind) and one.isVisible():
                return one
        raise LookupError(kind.__name__)

    def front(self) -> QWidget:
        """The window that the user is in: the dialog or menu that lies on top, else the main window."""
        for one in (QApplication.activePopupWidget(), QApplication.activeModalWidget()):
            if one is not None and one.isVisible():
                return one
        return self.window

    def clear(self) -> None:
        """Close dialogs and menus as Esc does, and let toasts go."""
        for one in QApplication.topLevelWidgets():
            if shiboken6.isValid(one) and one is not self.window and one.isVisible():
                one.close()
        for toast in self.window.findChildren(Toast):
            toast.close()
        self.window.activateWindow()
        self.wait()

    def escape(self) -> None:
        """Press Esc where the focus is."""
        target = QApplication.focusWidget() or self.window
        for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
            QApplication.sendEvent(target, QKeyEvent(kind, Qt.Key.Key_Escape, Qt.KeyboardModifier.NoModifier))
        self.wait()

    def close(self) -> None:
        """Close the window in an orderly way."""
        self.clear()
        self.window.close()


def _overheard(doors: Doors, guide: Guide) -> Doors:
    from dataclasses import replace

    return replace(doors, unlock=guide.unlock)
