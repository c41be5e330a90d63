"""A laptop with a real profile for the tests of the working screens: services aside, a window around one view.

class and fixtures:  laptop (profile, unlocked app, clock) · stage(view) puts a view into a shown, active window
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QObject
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtWidgets import QApplication, QDialog, QVBoxLayout, QWidget

from inspector.app import App, unlock
from inspector.clock import SystemClock
from tests.builders import PASSPHRASE, ZHANG, FakeClock
from tests.services.visit import a_photo, a_visit
from tests.ui.conftest import aside
from ui.widgets.focus_ring import FocusRing
from ui.widgets.view import View

PATIENCE_MS = 15_000


class Laptop:
    """One profile; `app` is unlocked at the moment. Everything runs off the window's thread."""

    def __init__(self, profile: Path) -> None:
        self.profile = profile
        # The window counts deadlines from the real day, so the laptop's clock stands on it too.
        self.clock = FakeClock(SystemClock().read().wall_ms)
        self.app: App = aside(partial(unlock, profile, ZHANG, PASSPHRASE, clock=self.clock))

    def ask(self, work: Callable[..., Any], *args: object, **named: object) -> Any:
        """Call a service as a worker would."""
        return aside(partial(work, *args, **named))

    def visit(self, *, site: str = "site-sample-01", hazards: int = 0) -> str:
        """A visit that can be put on paper."""
        return self.ask(a_visit, self.app, self.clock, site=site, hazards=hazards)

    def photo(self, folder: Path, name: str = "photo.jpg", **drawn: Any) -> Path:
        """Draw a photo."""
        return self.ask(a_photo, folder / name, **drawn)

    def reopen(self) -> App:
        """As after a crash: nobody left the screen; what is read now comes from the disk."""
        self.ask(self.app.close)
        self.app = self.ask(unlock, self.profile, ZHANG, PASSPHRASE, clock=self.clock)
        return self.app


@pytest.fixture
def laptop(profile: Path) -> Iterator[Laptop]:
    """Officer Zhang's laptop; afterwards journal and rows must tell the same story."""
    made = Laptop(profile)
    yield made
    told = made.ask(made.app.audit.verify)
    made.ask(made.app.close)
    assert told.faults == ()


class Stage(QObject):
    """Shows views in an active window and remembers what they wanted and said."""

    def __init__(self, qtbot) -> None:
        super().__init__()
        self.qtbot = qtbot
        self.wanted: list[tuple[str, str]] = []
        self.said: list[str] = []
        self.titles: list[tuple] = []
        self.windows: list[QWidget] = []  # qtbot holds them weakly

    def show(self, view: View, *, width: int = 1208, height: int = 748) -> QWidget:
        window = QWidget()
        self.windows.append(window)
        column = QVBoxLayout(window)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(view)
        view.wanted.connect(lambda place, record: self.wanted.append((place, record)))
        view.said.connect(lambda title, text, *_look: self.said.append(f"{title} {text}"))
        view.titled.connect(lambda *told: self.titles.append(told))
        FocusRing(window)
        window.setMinimumSize(600, 400)
        window.resize(width, height)
        self.qtbot.addWidget(window)
        self.wake(window)
        return window

    def wake(self, window: QWidget) -> None:
        """Make a window the active one (after a dialog)."""
        with self.qtbot.waitActive(window):
            window.show()
            window.activateWindow()

    def type(self, field: QWidget, text: str) -> None:
        """Type as an input method does: Han text is committed, not pressed."""
        field.setFocus()
        event = QInputMethodEvent()
        event.setCommitString(text)
        QApplication.sendEvent(field, event)

    def until(self, condition: Callable[[], object]) -> None:
        """Wait for a condition."""
        self.qtbot.waitUntil(lambda: bool(condition()), timeout=PATIENCE_MS)

    def dialog(self, kind: type) -> Any:
        """Wait for a dialog of a kind to be open and return it."""
        found: list[QWidget] = []

        def is_open() -> bool:
            found[:] = [w for w in QApplication.topLevelWidgets() if isinstance(w, kind) and w.isVisible()]
            return bool(found)

        self.until(is_open)
        if isinstance(found[0], QDialog):
            found[0].finished.connect(rest)
        return found[0]


def rest() -> None:
    """Let the focus go before what has it is deleted: the offscreen platform tells of it too late for focus rings."""
    holder = QApplication.focusWidget()
    if holder is not None:
        holder.clearFocus()


@pytest.fixture
def stage(qtbot) -> Iterator[Stage]:
    made = Stage(qtbot)
    yield made
    rest()
