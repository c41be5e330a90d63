"""ImportDesk: one import from card to verdict, behind the work: what is plugged in, what lies there, how far it is.

desk.look();  desk.scan(folder);  desk.toggle(group);  desk.start(inspection_id, label);  desk.pause();  desk.stop()
Signals: `changed()` any of its state is different, `ended(ImportReport)` an import is over.
"""

from __future__ import annotations

import threading
from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum, auto
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from inspector.app import App
from inspector.domain.changes import Changes, Topic
from inspector.errors import InspectorError
from inspector.services.footage_progress import Importing, ImportReport, PendingImport
from inspector.services.footage_scan import FootageScan, FoundClip, Scanning
from inspector.services.sources import Volume, volumes
from ui.tasks import Shown, Tasks, Ticket
from ui.text import tr


class Phase(Enum):
    """Where an import stands."""

    CHOOSING = auto()
    SCANNING = auto()
    FOUND = auto()
    RUNNING = auto()
    DONE = auto()


@dataclass(frozen=True, slots=True)
class Sources:
    """What may be imported from: plugged-in cards, and imports that were broken off."""

    volumes: tuple[Volume, ...] = ()
    pending: tuple[PendingImport, ...] = ()


class ImportDesk(QObject):
    """See the module text."""

    changed = Signal()
    ended = Signal(object)

    def __init__(self, services: App, tasks: Tasks, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._services, self._tasks = services, tasks
        self._ticket: Ticket | None = None
        self._is_paused = threading.Event()
        self.phase = Phase.CHOOSING
        self.sources = Sources()
        self.folder = Path()
        self.seen: Scanning | None = None
        self.scan_result: FootageScan | None = None
        self.chosen: set[str] = set()
        self.step: Importing | None = None
        self.report: ImportReport | None = None
        self.error: InspectorError | None = None

    def _go(self, phase: Phase) -> None:
        self.phase = phase
        self.changed.emit()

    # --- what is there -----------------------------------------------------------------------------------------------

    def look(self) -> None:
        """Look what is plugged in and what was broken off."""
        self._tasks.query(self, self._read_sources, done=self._take_sources, key="sources")

    def _read_sources(self) -> Sources:
        return Sources(tuple(volumes()), tuple(self._services.footage.pending()))

    def _take_sources(self, found: Sources) -> None:
        if found != self.sources:
            self.sources = found
            self.changed.emit()

    def scan(self, folder: Path) -> None:
        """Look through a card or folder; nothing there is changed."""
        if self.phase in {Phase.RUNNING, Phase.SCANNING}:
            return
        self.folder, self.seen, self.error, self.scan_result = folder, None, None, None
        self._ticket = self._tasks.job(
            self,
            partial(self._services.footage.scan, folder),
            done=self._take_scan,
            failed=self._fail_scan,
            progress=self._tell_scan,
        )
        self._go(Phase.SCANNING)

    def _tell_scan(self, seen: Scanning) -> None:
        self.seen = seen
        self.changed.emit()

    def _take_scan(self, scan: FootageScan) -> None:
        self._ticket, self.scan_result = None, scan
        fresh = (one for one in scan.recordings if not all(clip.is_known for clip in one.clips))
        self.chosen = {one.clips[0].group for one in fresh}
        self._go(Phase.FOUND)

    def _fail_scan(self, error: InspectorError) -> None:
        self._ticket, self.error = None, error
        self._go(Phase.CHOOSING)

    def toggle(self, group: str) -> None:
        """Take a recording in, or leave it."""
        self.chosen ^= {group}
        self.changed.emit()

    def wanted(self) -> list[FoundClip]:
        """Return the clips of the chosen recordings, in order."""
        scan = self.scan_result
        return [clip for clip in scan.clips if clip.group in self.chosen] if scan is not None else []

    def back(self) -> None:
        """Choose another source."""
        if self.phase is Phase.SCANNING and self._ticket is not None:
            self._ticket.cancel()
            self._ticket = None
        if self.phase is not Phase.RUNNING:
            self._go(Phase.CHOOSING)
            self.look()

    # --- the import --------------------------------------------------------------------------------------------------

    def start(self, inspection_id: str | None, label: str) -> None:
        """Take the chosen recordings in."""
        self._run(self.wanted(), inspection_id, label)

    def resume(self, pending_id: str) -> None:
        """Go on with a broken-off import."""
        one = next((each for each in self.sources.pending if each.id == pending_id), None)
        if one is not None:
            self._run(one.clips, one.inspection_id, one.device_label)

    def _run(self, clips: Sequence[FoundClip], inspection_id: str | None, label: str) -> None:
        if self.phase is Phase.RUNNING or not clips:
            return
        self._is_paused.clear()
        self.step, self.report, self.error = None, None, None
        take_in = self._services.footage.take_in

        def work(progress, is_cancelled):
            return take_in(
                inspection_id,
                clips,
                device_label=label,
                progress=progress,
                is_cancelled=is_cancelled,
                is_paused=self._is_paused.is_set,
            )

        self._ticket = self._tasks.behind(
            self, work, done=self._take_report, failed=self._fail, progress=self._take_step
        )
        self._tasks.show(self._ticket, Shown(lambda: tr("导入录像"), _share))
        self._go(Phase.RUNNING)

    def _take_step(self, step: Importing) -> None:
        self.step = step
        if step.report is not None and self.report is None:
            self.report = step.report
            self._tasks.changed.emit(Changes.of(Topic.FOOTAGE, Topic.SYNC))
        self.changed.emit()

    def _take_report(self, report: ImportReport) -> None:
        self._ticket, self.report = None, report
        self._end()
        self.ended.emit(report)

    def _fail(self, error: InspectorError) -> None:
        self._ticket, self.error = None, error
        self._end()

    def _end(self) -> None:
        self.step = None
        self._go(Phase.DONE if self.report is not None else Phase.FOUND if self.scan_result else Phase.CHOOSING)
        self._tasks.changed.emit(Changes.of(Topic.FOOTAGE, Topic.SYNC))
        self.look()

    @property
    def is_paused(self) -> bool:
        """Whether it was asked to pause."""
        return self._is_paused.is_set()

    def pause(self) -> None:
        """Pause, or go on."""
        if self._is_paused.is_set():
            self._is_paused.clear()
        else:
            self._is_paused.set()
        self.changed.emit()

    def stop(self) -> None:
        """Stop at the next safe point; what is here stays and it can go on later."""
        if self._ticket is not None:
            self._ticket.cancel()


def _share(step: Importing) -> tuple[int, int]:
    """Count in MiB: the strip shows numbers that people can read."""
    return step.done >> 20, step.total >> 20
