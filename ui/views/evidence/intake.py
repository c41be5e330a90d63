"""Intake: takes files, folders and pasted pictures in on a work thread, one import after another; nothing is dropped.

intake.begin(inspection_id, Wanted(paths, hazard_id=None, source="dialog")) ; intake.paste(…) ; intake.cancel()
Signals: `progressed(Attaching)`, `finished(AttachReport)`, `failed(InspectorError)`.
"""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from inspector.app import App
from inspector.domain.changes import Changes, Topic
from inspector.services.evidence import Attaching, AttachReport
from ui.tasks import Shown, Tasks, Ticket
from ui.text import tr

SHOW_EVERY_S = 1.0
"""While a burst comes in, what is stored of it is shown once in this time."""
Tell = Callable[[Attaching], None]
IsCancelled = Callable[[], bool]


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What is to be taken in and where it belongs; `card` is the DCIM folder of a card."""

    paths: tuple[Path, ...] = ()
    hazard_id: str | None = None
    source: str = "dialog"
    card: Path | None = None
    picture: Callable[[], bytes] | None = None
    """Gives a picture that is no file, on the work thread; `paths` then holds the name it gets."""


class Intake(QObject):
    """One import at a time; what is asked meanwhile comes after it."""

    progressed = Signal(object)
    finished = Signal(object)
    failed = Signal(object)

    def __init__(self, services: App, tasks: Tasks, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._services, self._tasks = services, tasks
        self._ticket: Ticket | None = None
        self._waiting: deque[tuple[str, Wanted]] = deque()
        self._shown, self._shown_at = 0, 0.0

    @property
    def is_busy(self) -> bool:
        """Whether files are being taken in."""
        return self._ticket is not None

    def begin(self, inspection_id: str, wanted: Wanted) -> None:
        """Take these in, after what is under way."""
        if not wanted.paths:
            return
        if self.is_busy:
            self._waiting.append((inspection_id, wanted))
            return

        def work(progress: Tell, is_cancelled: IsCancelled) -> AttachReport:
            return _take_in(self._services, inspection_id, wanted, progress, is_cancelled)

        self._shown, self._shown_at = 0, time.monotonic()
        self._ticket = self._tasks.job(self, work, done=self._done, failed=self._fail, progress=self._tell)
        self._tasks.show(self._ticket, Shown(lambda: tr("添加照片"), lambda step: (step.done, step.total)))

    def cancel(self) -> None:
        """Stop after the file that is being read, and what waits too; what is stored stays."""
        self._waiting.clear()
        if self._ticket is not None:
            self._ticket.cancel()

    def _tell(self, step: Attaching) -> None:
        self.progressed.emit(step)
        now = time.monotonic()
        if step.attached > self._shown and now - self._shown_at >= SHOW_EVERY_S:
            self._shown, self._shown_at = step.attached, now
            self._tasks.changed.emit(Changes.of(Topic.EVIDENCE))

    def _done(self, report: AttachReport) -> None:
        self._ticket = None
        self.finished.emit(report)
        if report.attached:
            self._tasks.changed.emit(Changes.of(Topic.EVIDENCE, Topic.INSPECTIONS, Topic.SYNC))
        self._go_on()

    def _fail(self, error: object) -> None:
        self._ticket = None
        self.failed.emit(error)
        self._tasks.changed.emit(Changes.of(Topic.EVIDENCE, Topic.INSPECTIONS, Topic.SYNC))
        self._go_on()

    def _go_on(self) -> None:
        if self._waiting:
            self.begin(*self._waiting.popleft())


def _take_in(
    services: App, inspection_id: str, wanted: Wanted, progress: Tell, is_cancelled: IsCancelled
) -> AttachReport:
    if wanted.picture is not None:
        name = wanted.paths[0].name
        made = services.evidence.attach_bytes(
            inspection_id, wanted.picture(), name=name, hazard_id=wanted.hazard_id, source=wanted.source
        )
        return AttachReport(attached=(made.made,), refused=())
    return services.evidence.attach_many(
        inspection_id,
        wanted.paths,
        hazard_id=wanted.hazard_id,
        source=wanted.source,
        card=wanted.card,
        progress=progress,
        is_cancelled=is_cancelled,
    )
