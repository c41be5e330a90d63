"""Intake: takes files and folders in on a work thread, tells how far it is, and keeps the list of what was refused.

intake.begin(inspection_id, paths, hazard_id=None, source="dialog") ; intake.cancel()
Signals: `progressed(Attaching)`, `finished(AttachReport)`, `failed(InspectorError)`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from inspector.app import App
from inspector.domain.changes import Changes, Topic
from inspector.services.evidence import Attaching, AttachReport
from ui.tasks import Shown, Tasks, Ticket
from ui.text import tr

_NEVER = {"thumbs.db", "desktop.ini"}
"""Files that systems leave in every folder of pictures."""


def files_in(paths: Sequence[Path]) -> list[Path]:
    """Return files as they are named, and of each folder all files below it by name; hidden ones are passed over."""
    return list(_walk(paths, is_named=True))


def _walk(paths: Sequence[Path], *, is_named: bool) -> Iterator[Path]:
    for path in paths:
        is_hidden = path.name.startswith(".") or path.name.lower() in _NEVER
        if is_hidden and not is_named:
            continue
        if path.is_dir():
            if is_named or not path.is_symlink():
                yield from _walk(sorted(path.iterdir()), is_named=False)
        else:
            yield path


class Intake(QObject):
    """One import at a time; see the module text."""

    progressed = Signal(object)
    finished = Signal(object)
    failed = Signal(object)

    def __init__(self, services: App, tasks: Tasks, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._services, self._tasks = services, tasks
        self._ticket: Ticket | None = None

    @property
    def is_busy(self) -> bool:
        """Whether files are being taken in."""
        return self._ticket is not None

    def begin(
        self, inspection_id: str, paths: Sequence[Path], *, hazard_id: str | None = None, source: str = "dialog"
    ) -> None:
        """Take these in; nothing happens while an import is under way."""
        if self.is_busy or not paths:
            return
        chosen = tuple(paths)

        def work(progress: Callable[[Attaching], None], is_cancelled: Callable[[], bool]) -> AttachReport:
            return self._services.evidence.attach_many(
                inspection_id,
                files_in(chosen),
                hazard_id=hazard_id,
                source=source,
                progress=progress,
                is_cancelled=is_cancelled,
            )

        self._ticket = self._tasks.job(self, work, done=self._done, failed=self._fail, progress=self._tell)
        self._tasks.show(self._ticket, Shown(lambda: tr("添加照片"), lambda step: (step.done, step.total)))

    def cancel(self) -> None:
        """Stop after the file that is being read; what is stored stays."""
        if self._ticket is not None:
            self._ticket.cancel()

    def _tell(self, step: Attaching) -> None:
        self.progressed.emit(step)

    def _done(self, report: AttachReport) -> None:
        self._ticket = None
        self.finished.emit(report)
        if report.attached:
            self._tasks.changed.emit(Changes.of(Topic.EVIDENCE, Topic.INSPECTIONS, Topic.SYNC))

    def _fail(self, error: object) -> None:
        self._ticket = None
        self.failed.emit(error)
        self._tasks.changed.emit(Changes.of(Topic.EVIDENCE, Topic.INSPECTIONS, Topic.SYNC))
