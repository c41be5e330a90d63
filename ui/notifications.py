"""Notifications: every toast of this unlock, so that nothing said is lost when it fades.

notes.add(Notification(at=…, title=…, text=…, icon=…, color=…, place="sync"));  notes.changed → Signal()
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from PySide6.QtCore import QObject, Signal

MOST = 200
"""The oldest goes after that many; a day has a few dozen."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Notification:
    """What was said, when, and on which screen; `color` is that of its icon."""

    at: datetime
    title: str
    text: str = ""
    icon: str = "filled/circle-check"
    color: str = "ok"
    place: str = ""

    @property
    def needs_action(self) -> bool:
        """Whether somebody has to do something: amber and red do, nothing else."""
        return self.color in {"warn", "danger"}


class Notifications(QObject):
    """The list of one unlock, newest first. Signal `changed` when it grew or was seen."""

    changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._all: list[Notification] = []
        self._unseen = 0

    def add(self, note: Notification) -> None:
        """Keep one more."""
        self._all.insert(0, note)
        del self._all[MOST:]
        self._unseen = min(self._unseen + 1, len(self._all))
        self.changed.emit()

    def all(self) -> tuple[Notification, ...]:
        """Return them, newest first."""
        return tuple(self._all)

    def waiting(self) -> int:
        """Return how many of those not seen yet need somebody to do something."""
        return sum(note.needs_action for note in self._all[: self._unseen])

    def see(self) -> None:
        """All have been looked at."""
        if self._unseen:
            self._unseen = 0
            self.changed.emit()

    def clear(self) -> None:
        """Forget all: the next officer has a session of their own."""
        self._all, self._unseen = [], 0
        self.changed.emit()
