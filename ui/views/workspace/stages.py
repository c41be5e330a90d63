"""Stages: a screen that is built a part a turn of the event loop, so that no key waits for the whole of it.

stages = Stages([self._make_facts, …], self); stages.is_done; stages.finish() builds what is left at once
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QObject, QTimer


class Stages(QObject):
    """Runs one step a turn, in order; dies with its owner."""

    def __init__(self, steps: Sequence[Callable[[], object]], owner: QObject) -> None:
        super().__init__(owner)
        self._left = list(steps)
        self._is_at_work = False
        self._timer = QTimer(self)
        self._timer.timeout.connect(self._step)
        self._timer.start(0)

    @property
    def is_done(self) -> bool:
        """Whether all is built."""
        return not self._left and not self._is_at_work

    def finish(self) -> None:
        """Build the rest now: somebody can't wait for it."""
        while self._left and not self._is_at_work:
            self._step()

    def _step(self) -> None:
        step = self._left.pop(0)
        if not self._left:
            self._timer.stop()
        self._is_at_work = True
        try:
            step()
        finally:
            self._is_at_work = False
