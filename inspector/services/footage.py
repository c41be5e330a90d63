"""Footage of body recorders: find it on a card, take it in, give it to an inspection."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path

from inspector import mainthread
from inspector.domain.changes import Changes, Topic
from inspector.domain.footage import Clip, Recording
from inspector.errors import Cancelled, EvidenceRefused, InspectorError, NotAllowed, NotFound
from inspector.ids import new_id
from inspector.services import footage_scan
from inspector.services.footage_copy import OpenSource, Source
from inspector.services.footage_import import MOST_BYTES, Import, demand_room, planned
from inspector.services.footage_left import left_on
from inspector.services.footage_progress import Importing, ImportReport, Meter, PendingImport
from inspector.services.footage_scan import FootageScan, FoundClip, Scanning
from inspector.services.session import Session
from inspector.services.wording import one_line
from inspector.store import evidence, inspections, recordings, times
from inspector.store.footage_plans import Plan, PlannedClip, Plans
from inspector.store.gateway import Tx
from inspector.store.journal import Act


def silent(_done: int, _total: int, _clip: Clip) -> None:
    """Nobody listens."""


def never() -> bool:
    """Nobody stops it."""
    return False


class FootageService:
    """Recordings on this laptop and on whatever card is plugged in."""

    def __init__(self, session: Session, open_source: OpenSource = Source) -> None:
        self._session = session
        self._open_source = open_source
        self._turn = threading.Lock()

    # --- reading -------------------------------------------------------------------

    def scan(
        self,
        folder: Path,
        progress: Callable[[Scanning], None] = lambda _: None,
        is_cancelled: Callable[[], bool] = never,
    ) -> FootageScan:
        """Look through a card or folder; nothing there is changed. Raises Cancelled, EvidenceRefused(unreadable)."""
        return footage_scan.scan(self._session.vault, folder, progress, is_cancelled)

    def recordings(self, inspection_id: str) -> list[Recording]:
        """Return the recordings of one inspection, by the recorder's time."""
        with self._session.vault.gateway.read() as tx:
            return recordings.of_inspection(tx, inspection_id)

    def unassigned(self) -> list[Recording]:
        """Return the recordings that belong to no inspection yet."""
        with self._session.vault.gateway.read() as tx:
            return recordings.unassigned(tx)

    def recording(self, recording_id: str) -> Recording:
        """Return one recording, removed or not. Raises NotFound."""
        with self._session.vault.gateway.read() as tx:
            return recordings.get(tx, recording_id)

    # --- taking in -------------------------------------------------------------------

    def take_in(
        self,
        inspection_id: str | None,
        wanted: Sequence[FoundClip],
        *,
        device_label: str,
        progress: Callable[[Importing], None] = lambda _: None,
        is_cancelled: Callable[[], bool] = never,
        is_paused: Callable[[], bool] = never,
    ) -> ImportReport:
        """Take footage in; clips of one `group` become one recording. Blocks; call it behind the work.

        Each clip is durable, read back and compared with the source before it counts. What is broken off (pulled out,
        killed, cancelled, disk full) goes on where it was when the same files are wanted again.
        Raises StorageFull(needed, free) before anything is begun, NotAllowed(import_running), NotFound.
        """
        mainthread.refuse("store")
        if not self._turn.acquire(blocking=False):
            raise NotAllowed(reason="import_running")
        kept = [clip for clip in wanted if clip.size <= MOST_BYTES]
        meter = Meter(
            listener=progress,
            is_cancelled=is_cancelled,
            is_paused=is_paused,
            total=2 * sum(clip.size for clip in kept),
            clips=len(kept),
        )
        try:
            plan = self._new_plan(inspection_id, wanted, device_label)
            run = self._run(plan, kept, meter)
            run.refused += [(clip.relative, "too_large") for clip in wanted if clip.size > MOST_BYTES]
            report = self._report(run, wanted, meter)
            self._examine(report, meter)
            return report
        finally:
            self._turn.release()

    def examine(
        self, progress: Callable[[int, int, Clip], None] = silent, is_cancelled: Callable[[], bool] = never
    ) -> tuple[str, ...]:
        """Have the decoder look at clips that it has not seen yet (`take_in` ends with this); returns their ids."""
        from inspector.services.footage_examine import examine

        return examine(self._session, progress, is_cancelled)

    def _examine(self, report: ImportReport, meter: Meter) -> None:
        if report.error is not None:
            return
        with suppress(InspectorError):  # what was taken in counts; the look is taken another time
            self.examine(lambda done, total, clip: meter.examine(done, total, clip.name, report), meter.is_cancelled)

    def pending(self) -> list[PendingImport]:
        """Return the imports that were broken off and can go on, oldest first."""
        return [_pending(plan, self._plans()) for plan in self._plans().all() if not plan.is_done]

    def forget(self, pending_id: str) -> Changes:
        """Give up a broken-off import: what is half here goes, whole clips stay. Raises NotFound."""
        plans = self._plans()
        plan = next((one for one in plans.all() if one.id == pending_id), None)
        if plan is None:
            raise NotFound(kind="import", id=pending_id)
        if not self._turn.acquire(blocking=False):
            raise NotAllowed(reason="import_running")
        try:
            plans.drop(plan)
        finally:
            self._turn.release()
        return Changes.of(Topic.FOOTAGE)

    def _plans(self) -> Plans:
        footage = self._session.vault.footage
        return Plans(footage.incoming, footage.master)

    def _new_plan(self, inspection_id: str | None, wanted: Sequence[FoundClip], device_label: str) -> Plan:
        if inspection_id is not None:
            with self._session.vault.gateway.read() as tx:
                inspections.get(tx, inspection_id)
        root = wanted[0].root if wanted else Path()
        return Plan(
            id=new_id(),
            root=os.fsencode(root),
            inspection_id=inspection_id,
            device_label=one_line(device_label, field="device_label") if device_label.strip() else "",
            source="card" if footage_scan.card_root(root) else "folder",
            begun_at=times.written(self._session.now()),
            clips=[],
        )

    def _run(self, plan: Plan, wanted: Sequence[FoundClip], meter: Meter) -> Import:
        self._session.vault.footage.prepare()
        plans = self._plans()
        plans.sweep()
        tasks = planned(plans, wanted, plan)
        demand_room(plans.folder, tasks, plans)
        if plan.clips:
            plans.keep(plan)
        run = Import(session=self._session, plans=plans, meter=meter, open_source=self._open_source)
        run.run(tasks)
        for one in {task.plan.id: task.plan for task in tasks}.values():
            if one.is_done:
                plans.drop(one)
        return run

    def _report(self, run: Import, wanted: Sequence[FoundClip], meter: Meter) -> ImportReport:
        is_stopped = run.is_cancelled or run.is_source_gone or run.error is not None
        left: tuple[str, ...] = ()
        is_read = False
        if not is_stopped and wanted:
            root = footage_scan.card_root(wanted[0].root) or wanted[0].root
            with suppress(Cancelled, EvidenceRefused):
                left = left_on(self._session.vault, root, run.compared, meter.is_cancelled)
                is_read = True
        return ImportReport(
            taken=tuple(run.taken),
            refused=tuple(run.refused),
            left=left,
            is_card_clearable=is_read and not run.refused and not left,
            is_cancelled=run.is_cancelled,
            is_source_gone=run.is_source_gone,
            error=run.error,
            seconds=meter.seconds,
        )

    # --- changing --------------------------------------------------------------------

    def assign(self, recording_id: str, inspection_id: str | None) -> Changes:
        """Give a recording to an inspection, or to none. Raises NotAllowed(evidence_issued), NotFound."""
        with self._session.vault.gateway.write() as tx:
            self._demand_free(tx, recording_id)
            if inspection_id is not None:
                inspections.get(tx, inspection_id)
            self._patch(tx, recording_id, {"inspection_id": inspection_id})
        return Changes.of(Topic.FOOTAGE, Topic.SYNC)

    def rename(self, recording_id: str, label: str) -> Changes:
        """Say which device it is from. Raises InvalidInput, NotFound."""
        with self._session.vault.gateway.write() as tx:
            self._patch(tx, recording_id, {"device_label": one_line(label, field="device_label")})
        return Changes.of(Topic.FOOTAGE, Topic.SYNC)

    def remove(self, recording_id: str, reason: str) -> Changes:
        """Take a recording out with a reason; its bytes stay. Raises NotAllowed(evidence_issued), InvalidInput."""
        changes = {"is_removed": True, "removed_reason": one_line(reason, field="reason")}
        with self._session.vault.gateway.write() as tx:
            self._demand_free(tx, recording_id)
            self._session.record(tx, Act(kind="remove", type="recording", subject=recording_id, changes=changes))
        return Changes.of(Topic.FOOTAGE, Topic.SYNC)

    def restore(self, recording_id: str) -> Changes:
        """Put a removed recording back. Raises NotFound."""
        with self._session.vault.gateway.write() as tx:
            self._patch(tx, recording_id, {"is_removed": False, "removed_reason": ""})
        return Changes.of(Topic.FOOTAGE, Topic.SYNC)

    def _patch(self, tx: Tx, recording_id: str, changes: dict[str, str | bool | None]) -> None:
        self._session.record(tx, Act(kind="patch", type="recording", subject=recording_id, changes=changes))

    @staticmethod
    def _demand_free(tx: Tx, recording_id: str) -> None:
        """Raise NotAllowed(evidence_issued) if an issued notice that stands was printed with a still of it."""
        recordings.get(tx, recording_id)
        for still in recordings.stills(tx, recording_id):
            if evidence.cited_in_issued(tx, evidence.get(tx, still)):
                raise NotAllowed(reason="evidence_issued")


def _pending(plan: Plan, plans: Plans) -> PendingImport:
    root = Path(os.fsdecode(plan.root))
    todo = [(n, clip) for n, clip in enumerate(plan.clips) if not clip.is_done]
    parts = [plans.part_path(plan, n) for n, _ in todo]
    return PendingImport(
        id=plan.id,
        root=root,
        inspection_id=plan.inspection_id,
        device_label=plan.device_label,
        source=plan.source,
        begun_at=times.read(plan.begun_at),
        clips=tuple(_found(root, clip) for _, clip in todo),
        done=len(plan.clips) - len(todo),
        done_bytes=sum(part.stat().st_size for part in parts if part.exists()),
        is_source_there=any(Path(os.fsdecode(clip.path)).is_file() for _, clip in todo),
    )


def _found(root: Path, clip: PlannedClip) -> FoundClip:
    return FoundClip(
        root=root,
        path=Path(os.fsdecode(clip.path)),
        relative=clip.relative,
        name=clip.relative.rpartition("/")[2],
        size=clip.size,
        mtime_ns=clip.mtime_ns,
        mime=clip.mime,
        began_at=times.read_or_none(clip.recorded_at),
        duration_us=clip.duration_us,
        remark=clip.remark,
        group=clip.recording_id,
        is_known=False,
    )
