"""Playback: one clip, where it stands, its pictures off the main thread; the latest wish wins, sound isn't played.

play = Playback(services, tasks);  play.open(clip_id, at_us=0);  play.seek(us);  play.step(+1);  play.turn()
Signals: `opened(ClipInfo)`, `shown(Shown, QImage)`, `failed(InspectorError)`, `reading(int)` frames of an index being
made, `changed()` when it starts or stops to run.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtGui import QImage

from inspector.app import App
from inspector.domain.custody import CustodyAct
from inspector.errors import InspectorError
from inspector.services.stills import ClipInfo, Shown
from ui.tasks import Tasks

SPEEDS: Final = (0.25, 0.5, 1.0, 2.0, 4.0)
EDGE: Final = 1280
"""Longest edge of a picture that fits the pane, in px; larger ones cost more than they show."""
SMOOTH_MS: Final = 40
"""25 pictures a second at most."""


class Playback(QObject):
    """See the module text."""

    opened = Signal(object)
    shown = Signal(object, object)
    failed = Signal(object)
    reading = Signal(int)
    changed = Signal()

    def __init__(
        self, services: App, tasks: Tasks, parent: QObject | None = None, *, clock: Callable[[], float] = time.monotonic
    ) -> None:
        super().__init__(parent)
        self._services, self._tasks, self._clock = services, tasks, clock
        self.clip_id = ""
        self.info: ClipInfo | None = None
        self.at_us = self.number = 0
        self.speed = 1.0
        self.edge = EDGE
        self._is_on = False
        self._began = 0.0
        self._from_us = 0
        self._asked = -1
        self._due = QTimer(self)
        self._due.setSingleShot(True)
        self._due.timeout.connect(self._ask_due)

    # --- which clip --------------------------------------------------------------------------------------------------

    def open(self, clip_id: str, at_us: int = 0) -> None:
        """Show a clip from a moment on; the one that is shown stays and moves there."""
        if clip_id == self.clip_id and self.info is not None:
            self.seek(at_us)
            return
        self.shut()
        self.clip_id, self._from_us = clip_id, at_us
        if not clip_id:
            return
        info = self._services.stills.info
        self._tasks.job(
            self,
            lambda progress, _is_cancelled: info(clip_id, progress),
            done=self._take_info,
            failed=lambda error: self._fail(clip_id, error),
            progress=lambda frames: self._tell_reading(clip_id, frames),
        )

    def shut(self) -> None:
        """Show nothing."""
        self.stop()
        self.clip_id, self.info, self.at_us, self.number, self._asked = "", None, 0, 0, -1

    def read_again(self) -> None:
        """The recording's clock is known otherwise now: ask anew, staying at the frame."""
        if self.info is not None:
            at, clip_id = self.at_us, self.clip_id
            self.info = None
            self.clip_id = ""
            self.open(clip_id, at)

    def _tell_reading(self, clip_id: str, frames: int) -> None:
        if clip_id == self.clip_id:
            self.reading.emit(frames)

    def _take_info(self, info: ClipInfo) -> None:
        if info.clip.id != self.clip_id:
            return
        self.info = info
        self.opened.emit(info)
        self.seek(self._from_us)
        note = self._services.custody.note  # looking at an original goes into its custody, once per login
        self._tasks.command(self, note, info.clip.id, CustodyAct.PLAY, failed=self.failed.emit, is_quiet=True)

    def _fail(self, clip_id: str, error: InspectorError) -> None:
        if clip_id == self.clip_id:
            self.stop()
            self.failed.emit(error)

    # --- moving ------------------------------------------------------------------------------------------------------

    def seek(self, at_us: int) -> None:
        """Show the frame of a moment."""
        info = self.info
        if info is None:
            self._from_us = at_us
            return
        if self._is_on:
            self._start_from(at_us)
        self._ask(max(0, min(at_us, max(0, info.duration_us - 1))))

    def move(self, by_us: int) -> None:
        """Go so far on or back."""
        base = self._asked if self._asked >= 0 else self.at_us
        self.seek(base + by_us)

    def step(self, by: int) -> None:
        """Show the neighbour of the shown frame, exactly."""
        if self.info is None:
            return
        self.stop()
        clip_id, edge = self.clip_id, self.edge
        self.number = max(0, min(self.number + by, self.info.frames - 1))
        self._query(self._services.stills.step, clip_id, self.number, edge)

    def sharpen(self, edge: int) -> None:
        """Show pictures of another size from now on, this one too."""
        if edge != self.edge:
            self.edge = edge
            if self.info is not None and not self._is_on:
                self._ask(self.at_us)

    def _ask(self, at_us: int) -> None:
        self._asked = at_us
        self._query(self._services.stills.picture, self.clip_id, at_us, self.edge)

    def _query(self, work: Callable[[str, int, int], Shown], clip_id: str, at: int, edge: int) -> None:
        def load() -> tuple[Shown, QImage]:
            shown = work(clip_id, at, edge)
            return shown, QImage.fromData(shown.jpeg)

        self._tasks.query(
            self,
            load,
            done=lambda told: self._take(clip_id, *told),
            failed=lambda error: self._miss(clip_id, error),
            key="frame",
        )

    def _take(self, clip_id: str, shown: Shown, image: QImage) -> None:
        if clip_id != self.clip_id:
            return
        self.at_us, self.number, self._asked = shown.at_us, shown.number, -1
        self.shown.emit(shown, image)
        if self._is_on:
            self._plan()

    def _miss(self, clip_id: str, error: InspectorError) -> None:
        """A frame that is missing is passed over while it runs; else it is said."""
        if self._is_on and error.facts.get("reason") == "frame_missing":
            self._plan()
        else:
            self._fail(clip_id, error)

    # --- running -----------------------------------------------------------------------------------------------------

    @property
    def is_on(self) -> bool:
        """Whether it runs."""
        return self._is_on

    def turn(self) -> None:
        """Run or stop; at the end, run from the start."""
        if self._is_on:
            self.stop()
        elif self.info is not None:
            self._is_on = True
            is_at_end = self.number >= self.info.frames - 1
            self.changed.emit()
            self.seek(0 if is_at_end else self.at_us)

    def stop(self) -> None:
        """Stand still."""
        self._due.stop()
        if self._is_on:
            self._is_on = False
            self.changed.emit()

    def set_speed(self, speed: float) -> None:
        """Run at one of SPEEDS."""
        self.speed = speed
        if self._is_on:
            self._start_from(self.at_us)

    def _start_from(self, at_us: int) -> None:
        self._began, self._from_us = self._clock(), at_us

    def _now_us(self) -> int:
        return self._from_us + round((self._clock() - self._began) * 1e6 * self.speed)

    def _plan(self) -> None:
        """Wait until the next picture is due; what decoding can't keep up with is left out."""
        info = self.info
        if info is None or self.number >= info.frames - 1:
            self.stop()
            return
        ahead_us = self.at_us + info.step_us - self._now_us()
        self._due.start(max(SMOOTH_MS if ahead_us > 0 else 1, round(ahead_us / 1000 / self.speed)))

    def _ask_due(self) -> None:
        if self._is_on and self.info is not None:
            self._ask(min(max(self._now_us(), self.at_us + 1), max(0, self.info.duration_us - 1)))
