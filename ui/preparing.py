"""Preparing: the places of the rail are built while nobody does anything, so that entering one only shows it.

Preparing(frame) begins by itself, dies with the frame; `stop()` leaves the rest to entering.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QWidget

if TYPE_CHECKING:
    from ui.frame import Frame

BEGIN_MS: Final = 300
"""The first list is painted and read by then."""
PAUSE_MS: Final = 40
"""Between two pieces, so that a key press never waits for more than one."""
PIECE_S: Final = 0.008
"""Styling is cut into pieces of this length."""


class Preparing(QObject):
    """Builds one view a turn of the event loop, then styles its widgets a few at a time."""

    def __init__(self, frame: Frame) -> None:
        super().__init__(frame)
        self._frame = frame
        self._work = self._pieces()
        self._timer = QTimer(self)
        self._timer.timeout.connect(self._go_on)
        self._timer.start(BEGIN_MS)

    def stop(self) -> None:
        """Prepare nothing more."""
        self._timer.stop()

    def _go_on(self) -> None:
        self._timer.setInterval(PAUSE_MS)
        if next(self._work, None) is None:
            self._timer.stop()

    def _pieces(self) -> Iterator[bool]:
        for place in self._frame.places():
            if self._frame.has_view(place.id):
                continue
            view = self._frame.view(place.id)
            yield True
            if view is not None:
                yield from self._style(view)

    def _style(self, view: QWidget) -> Iterator[bool]:
        end = time.perf_counter() + PIECE_S
        for widget in (view, *view.findChildren(QWidget)):
            widget.ensurePolished()
            if time.perf_counter() > end:
                yield True
                end = time.perf_counter() + PIECE_S
