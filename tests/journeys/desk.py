"""Desk: the real window over the real store, with a clock that tests move, and what an officer carries to it."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication, QFileDialog

from inspector import app as core
from inspector.app import App
from inspector.card import describe
from inspector.clock import CHINA, SystemClock
from tests.builders import PASSPHRASE, FakeClock
from tests.journeys.hand import Hand
from tests.services.spool import Spool
from tests.services.visit import a_photo
from tests.ui.conftest import aside
from ui.context import Doors
from ui.main_window import MainWindow
from ui.tasks import Tasks
from ui.views.notices.view import NoticesView
from ui.views.today.view import TodayView
from ui.views.unlock.view import UnlockView
from ui.views.workspace.view import WorkspaceView

REAL = Path(__file__).resolve().parents[3] / "shared" / "data" / "photos" / "jpg" / "gps"
VISIT_MIN = 56
"""09:05–10:01: the clock begins so many minutes ago, so that the visit ends at the real now, which 现在 writes."""
_TIME = re.compile(rb"\d{4}:\d\d:\d\d \d\d:\d\d:\d\d\x00")


class Desk:
    """See the module text."""

    def __init__(self, hand: Hand, tasks: Tasks, profile: Path, spool: Spool, card: Path) -> None:
        self.hand, self.tasks, self.profile, self.spool, self.card = hand, tasks, profile, spool, card
        self.clock = FakeClock(SystemClock().read().wall_ms - VISIT_MIN * 60_000)
        card.mkdir()

    def doors(self) -> Doors:
        """The real doors, but with the clock of the test and without headquarters."""
        return Doors(
            profile=self.profile,
            describe=partial(describe, self.profile),
            unlock=partial(core.unlock, self.profile, clock=self.clock),
            try_sample=lambda *_told: pytest.fail("there is a profile"),
            ask_headquarters=lambda *_told: pytest.fail("nobody asked headquarters"),
            found=lambda *_told: pytest.fail("nobody enrolled"),
        )

    def open(self, qtbot) -> None:
        """Show the window at 1280×800, locked."""
        self.window = MainWindow(self.doors(), self.tasks)
        self.hand.window = self.window
        qtbot.addWidget(self.window)
        self.window.resize(1280, 800)
        with qtbot.waitActive(self.window):
            self.window.show()
            self.window.activateWindow()
        self.hand.until(lambda: isinstance(self.window.shown(), UnlockView))

    def stand_on_card(self) -> None:
        """Let the next file dialog open where the photos are, as after the first one of the day."""
        dialog = QFileDialog()
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.setDirectory(str(self.card))
        dialog.accept()

    def close(self) -> None:
        """Close it as by its cross."""
        holder = QApplication.focusWidget()
        if holder is not None:
            holder.clearFocus()
        self.window.close()

    def unlock(self, passphrase: str = PASSPHRASE) -> None:
        """Enter as the person whose card is chosen; not counted."""
        self.locked().enter_with(passphrase)
        self.hand.until(lambda: self.window.frame is not None and self.window.frame.current() is not None)
        self.idle()

    def locked(self) -> UnlockView:
        """Wait for the screen of the people and return it."""
        self.hand.until(lambda: isinstance(self.window.shown(), UnlockView))
        view = self.window.shown()
        assert isinstance(view, UnlockView)
        return view

    def said(self) -> list[str]:
        """What the window told since unlocking, newest first."""
        return [f"{note.title} {note.text}" for note in self.window.notes.all()]

    @property
    def app(self) -> App:
        """The unlocked services."""
        assert self.window._app is not None
        return self.window._app

    def ask(self, work: Callable[..., Any], *args: object, **named: object) -> Any:
        """Call a service as a worker would."""
        return aside(partial(work, *args, **named))

    def idle(self) -> None:
        """Wait until nothing is under way."""
        self.hand.until(self.tasks.is_idle)

    def view(self, kind: type) -> Any:
        """Wait for a screen and return it."""
        self.hand.until(lambda: self.window.frame is not None and isinstance(self.window.frame.current(), kind))
        assert self.window.frame is not None
        return self.window.frame.current()

    @property
    def today(self) -> Any:
        """The first screen."""
        return self.view(TodayView)

    @property
    def workspace(self) -> Any:
        """The visit."""
        return self.view(WorkspaceView)

    @property
    def notices(self) -> Any:
        """The papers."""
        return self.view(NoticesView)

    def now(self) -> datetime:
        """What the clock of the laptop says, in China."""
        return self.clock.read().at.astimezone(CHINA)

    def shoot(self, name: str, *, is_right: bool = True) -> Path:
        """Take a photo now: a real one, where the test material is here, else a drawn one.

        Its EXIF tells this moment, unless the clock of the camera is not `is_right`.
        """
        path, seed = self.card / name, len(list(self.card.iterdir()))
        moment = f"{self.now():%Y:%m:%d %H:%M:%S}".encode() + b"\0"
        real = sorted(REAL.glob("*.jpg"))
        if seed < len(real):
            content = real[seed].read_bytes()
        else:
            aside(partial(a_photo, path, seed=seed))
            content = path.read_bytes()
        path.write_bytes(_TIME.sub(moment, content) if is_right else content)
        return path
