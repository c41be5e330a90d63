"""Works: long work in one place: what runs longer than a second is told with its count, rate and time left.

A screen starts work as always and names it:  tasks.show(ticket, Shown(title=lambda: tr("照片"), count=…))
works.running() → the works to show;  works.changed → Signal() when one appeared, moved on or ended
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QObject, QTimer, Signal

from ui.tasks import Shown, Tasks, Ticket

SHOW_AFTER_S = 1.0
"""Shorter work needs no bar (product.md §5, Progress)."""
BEHIND_AFTER_S = 10.0
"""After that it has gone to the background: the screen that began it may be left without a thought."""


@dataclass(slots=True)
class Work:
    """One piece of long work that is under way."""

    ticket: Ticket
    shown: Shown
    began: float
    done: int = 0
    total: int = 0
    elapsed: float = 0.0

    @property
    def title(self) -> str:
        """What it is, in the language that is on."""
        return self.shown.title()

    @property
    def rate(self) -> float:
        """Pieces a second, 0 while nothing is done."""
        return self.done / self.elapsed if self.elapsed > 0 else 0.0

    @property
    def remaining_s(self) -> int | None:
        """Seconds that are left at this rate, None until that can be said."""
        if not self.done or not self.total or self.rate <= 0:
            return None
        return max(1, round((self.total - self.done) / self.rate))

    @property
    def is_behind(self) -> bool:
        """Whether it has gone to the background."""
        return self.elapsed >= BEHIND_AFTER_S


class Works(QObject):
    """Listens to Tasks; lives as long as the frame."""

    changed = Signal()

    def __init__(
        self, tasks: Tasks, parent: QObject | None = None, *, clock: Callable[[], float] = time.monotonic
    ) -> None:
        super().__init__(parent)
        self._clock = clock
        self._works: dict[int, Work] = {}
        self._beat = QTimer(self)
        self._beat.setInterval(round(1000 * SHOW_AFTER_S))
        self._beat.timeout.connect(self.tick)
        tasks.began.connect(self._begin)
        tasks.stepped.connect(self._step)
        tasks.ended.connect(self._end)

    def running(self) -> tuple[Work, ...]:
        """Return what has run for more than a second, the longest first."""
        return tuple(work for work in self._works.values() if work.elapsed >= SHOW_AFTER_S)

    def tick(self) -> None:
        """Look at the clock again."""
        for work in self._works.values():
            work.elapsed = self._clock() - work.began
        if self.running():
            self.changed.emit()

    def _begin(self, ticket: Ticket, shown: Shown) -> None:
        self._works[ticket.number] = Work(ticket, shown, self._clock())
        self._beat.start()

    def _step(self, ticket: Ticket, step: object) -> None:
        work = self._works.get(ticket.number)
        if work is None:
            return
        work.done, work.total = work.shown.count(step)
        work.elapsed = self._clock() - work.began
        if work.elapsed >= SHOW_AFTER_S:
            self.changed.emit()

    def _end(self, ticket: Ticket) -> None:
        work = self._works.pop(ticket.number, None)
        if not self._works:
            self._beat.stop()
        if work is not None and work.elapsed >= SHOW_AFTER_S:
            self.changed.emit()
