"""Stay: what goes with one officer from unlock to lock: back to where they left off, and how many numbers are left."""

from __future__ import annotations

import contextlib
from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject

from inspector.app import App
from inspector.clock import CHINA, SystemClock
from inspector.domain.notice import Lease
from inspector.errors import InspectorError
from ui import resume
from ui.frame import Frame
from ui.models.sync_words import numbers_word
from ui.resume import Resume
from ui.tasks import Tasks
from ui.text import tr

FEW = 5
"""A visit takes two numbers; under this they may run out before the next sync."""
WORK = ("inspection", "notices")
"""Screens worth coming back to; the others are entered fresh."""


class Stay(QObject):
    """`told(title, text, icon, color, action, place)` is called for what the officer must know."""

    def __init__(self, services: App, tasks: Tasks, frame: Frame, told: Callable[..., object]) -> None:
        super().__init__(frame)
        self._services, self._tasks, self._frame, self._told = services, tasks, frame, told
        self._has_moved = False
        tasks.query(self, resume.load, services.profile, done=self._return)
        tasks.query(self, services.audit.leases, done=self._tell_numbers)
        frame.went.connect(self._note)

    def ending(self, last: Callable[[], object]) -> Callable[[], object]:
        """Return work that notes the time of leaving and then runs `last` (App.close), whatever happens."""
        note = self._noting()

        def end() -> object:
            with contextlib.suppress(InspectorError, OSError):  # a comfort: closing must go on
                note()
            return last()

        return end

    def _return(self, left: dict[str, Resume]) -> None:
        mine = left.get(self._services.me.id)
        if mine is not None and mine.open_visits and mine.place in WORK and not self._has_moved:
            self._frame.go(mine.place, mine.record)

    def _note(self, _place: str, _record: str) -> None:
        self._has_moved = True
        self._tasks.command(self, self._noting(), failed=lambda _error: None, is_quiet=True)

    def _noting(self) -> Callable[[], None]:
        place, record = self._frame.at
        now = SystemClock().read().at.astimezone(CHINA).isoformat(timespec="seconds")
        return partial(resume.note, self._services, place, record, now)

    def _tell_numbers(self, leases: list[Lease]) -> None:
        left = numbers_word(leases)
        few = [(form, n) for form, n in left if n <= FEW]
        if few:
            told = tr("，").join(tr("{form}剩 {n} 个", form=form, n=n) for form, n in few)
            text = tr("{told}。联网后按 Ctrl+Shift+S 同步，总部会再给。", told=told)
            self._told(tr("文书编号快用完了"), text, "alert-triangle", "warn", None, "sync")
