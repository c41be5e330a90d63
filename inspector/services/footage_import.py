"""One import: every wanted file copied, hashed, encrypted, read back against the source, and only then named."""

from __future__ import annotations

import os
import shutil
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from inspector.crypto.frames import HEADER, OVERHEAD
from inspector.domain.footage import Recording
from inspector.errors import Cancelled, EvidenceMissing, EvidenceRefused, InspectorError, StorageFull
from inspector.ids import new_id
from inspector.services.footage_copy import CHUNK, Mismatch, OpenSource, Source, SourceGone, compare, copy_in
from inspector.services.footage_progress import CHECKING, COPYING, Meter, Taken
from inspector.services.footage_scan import FoundClip
from inspector.services.session import Session
from inspector.store import recordings, times
from inspector.store.blobs import Blob
from inspector.store.footage_part import Part
from inspector.store.footage_plans import Plan, PlannedClip, Plans, part_name, unfinished
from inspector.store.gateway import Tx
from inspector.store.journal import Act

MOST_BYTES: Final = 8 << 30
"""Largest clip: headquarters takes no larger blob, and its 8192 leaves make an entry of some 550 KB (at most 1 MiB)."""
RESERVE: Final = 256 << 20
"""Bytes left free for the work itself."""
_TRIES: Final = 2
"""A file whose second reading differs is taken in once more before it is refused."""


@dataclass(frozen=True, slots=True)
class Task:
    """One wanted file and its place in a plan."""

    found: FoundClip
    plan: Plan
    n: int

    @property
    def planned(self) -> PlannedClip:
        """Return what the plan says of it."""
        return self.plan.clips[self.n]


@dataclass(slots=True, kw_only=True)
class Import:
    """Takes files in, one after the other; a bad one never stops the others."""

    session: Session
    plans: Plans
    meter: Meter
    open_source: OpenSource = Source
    taken: list[Taken] = field(default_factory=list[Taken])
    refused: list[tuple[str, str]] = field(default_factory=list[tuple[str, str]])
    compared: set[tuple[Path, int, int]] = field(default_factory=set[tuple[Path, int, int]])
    """(path, size, mtime_ns) of what this import found to be here byte for byte, before it was broken off too."""
    is_cancelled: bool = False
    is_source_gone: bool = False
    error: InspectorError | None = None

    def run(self, tasks: Sequence[Task]) -> None:
        """Take in every file. What stops it is kept in the fields; nothing that was taken in is lost."""
        for plan in {task.plan.id: task.plan for task in tasks}.values():
            done = [clip for clip in plan.clips if clip.is_done and clip.sha256]
            self.compared |= {(Path(os.fsdecode(clip.path)).absolute(), *clip.mark[1:]) for clip in done}
        ends = 0
        for number, task in enumerate(tasks, start=1):
            ends += 2 * task.found.size
            self.meter.begin(number, task.found.name, COPYING)
            try:
                self._take(task)
            except EvidenceRefused as refused:
                self._refuse(task, str(refused.facts["reason"]))
            except Cancelled:
                self.is_cancelled = True
                return
            except SourceGone:
                self.is_source_gone = True
                return
            except InspectorError as error:
                self.error = error
                return
            self.meter.skip_to(ends)

    def _refuse(self, task: Task, reason: str) -> None:
        """Note why; what another try can't mend is not kept for one."""
        self.refused.append((task.found.relative, reason))
        if reason != "unreadable":
            task.planned.is_done = True
            self.plans.part_path(task.plan, task.n).unlink(missing_ok=True)
            self.plans.keep(task.plan)

    def _take(self, task: Task) -> None:
        self.meter.hold()
        found, footage = task.found, self.session.vault.footage
        if task.planned.sha256 and footage.has(task.planned.sha256):
            # Killed between naming and the entry: the bytes were read back then.
            self._attach(task, footage.find(task.planned.sha256), is_new=True)
            return
        with self.open_source(found.path, found.root) as source:
            if source.stamp != (found.size, found.mtime_ns):
                raise EvidenceRefused(name=found.name, reason="changed")
            known = self._known(found, source)
            blob = known or self._copy(task, source)
        self._attach(task, blob, is_new=known is None)

    def _known(self, found: FoundClip, source: Source) -> Blob | None:
        """The stored bytes that this file is, if they are here: then they are compared and not copied."""
        footage = self.session.vault.footage
        with self.session.vault.gateway.read() as tx:
            alike = recordings.alike(tx, found.name, found.size)
        for sha256 in alike:
            self.meter.begin(self.meter.clip, found.name, CHECKING)
            try:
                compare(source, footage.chunks(sha256), self.meter.passed)
            except (Mismatch, EvidenceMissing):
                continue
            return footage.find(sha256)
        return None

    def _copy(self, task: Task, source: Source) -> Blob:
        footage, found = self.session.vault.footage, task.found
        for _ in range(_TRIES):
            part = footage.part(part_name(task.plan, task.n), found.size)
            try:
                blob = self._checked(part, source, found)
            except Mismatch:
                part.discard()
                continue
            except BaseException:
                part.close()
                raise
            if source.stamp != (found.size, found.mtime_ns):
                part.discard()
                raise EvidenceRefused(name=found.name, reason="changed")
            task.planned.sha256 = blob.sha256
            self.plans.keep(task.plan)
            footage.adopt(part, blob)
            return blob
        raise EvidenceRefused(name=found.name, reason="differs")

    def _checked(self, part: Part, source: Source, found: FoundClip) -> Blob:
        self.meter.begin(self.meter.clip, found.name, COPYING)
        blob = copy_in(source, part, self.meter.passed)
        self.meter.begin(self.meter.clip, found.name, CHECKING)
        with part.reading() as reader:
            compare(source, reader.all(), self.meter.passed)
        return blob

    def _attach(self, task: Task, blob: Blob, *, is_new: bool) -> None:
        """Make the entries: the recording with its first clip, then the clip."""
        clip_id, planned = new_id(), task.planned
        with self.session.vault.gateway.write() as tx:
            holding = recordings.holding(tx, blob.sha256)
            here = next((one for one in holding if self._is_same_place(one, task.plan)), None)
            if here is not None:
                recording_id, clip_id = here.id, ""
            else:
                recording_id = self._recording(tx, task)
                changes = self._fields(task, blob, recording_id)
                act = Act(kind="attach", type="clip", subject=clip_id, changes=changes, refs=(blob.sha256,))
                self.session.record(tx, act)
        planned.sha256, planned.is_done = blob.sha256, True
        self.plans.keep(task.plan)
        self.compared.add((task.found.path.absolute(), *planned.mark[1:]))
        self.taken.append(
            Taken(
                name=task.found.name,
                sha256=blob.sha256,
                size=blob.size,
                clip_id=clip_id,
                recording_id=recording_id,
                is_new=is_new and here is None,
            )
        )

    @staticmethod
    def _is_same_place(recording: Recording, plan: Plan) -> bool:
        return plan.inspection_id is None or recording.inspection_id == plan.inspection_id

    def _recording(self, tx: Tx, task: Task) -> str:
        """Return the recording of this clip; it is made with the first of its clips that is here."""
        wanted, plan = task.planned.recording_id, task.plan
        row = tx.row("select is_removed from recording where id = :id", {"id": wanted})
        if row is not None and not row["is_removed"]:
            return wanted
        if row is not None:  # taken back while its other files were still to come: those make another one
            fresh = new_id()
            for clip in plan.clips:
                clip.recording_id = fresh if clip.recording_id == wanted else clip.recording_id
            wanted = fresh
        changes: dict[str, Any] = {
            "inspection_id": plan.inspection_id,
            "device_label": plan.device_label,
            "source": plan.source,
            "added_at": times.written(self.session.now()),
            "added_by": self.session.me.id,
        }
        self.session.record(tx, Act(kind="create", type="recording", subject=wanted, changes=changes))
        return wanted

    def _fields(self, task: Task, blob: Blob, recording_id: str) -> dict[str, Any]:
        planned = task.planned
        return {
            "recording_id": recording_id,
            "ordinal": planned.ordinal,
            "sha256": blob.sha256,
            "sm3": blob.sm3,
            "size": blob.size,
            "leaves": list(blob.leaves),
            "mime": planned.mime,
            "name": task.found.name,
            "recorded_at": planned.recorded_at,
            "duration_us": planned.duration_us or 0,
            "attached_at": times.written(self.session.now()),
            "attached_by": self.session.me.id,
        }


def planned(plans: Plans, wanted: Sequence[FoundClip], fresh: Plan) -> list[Task]:
    """Find each wanted file in the plans of broken-off imports of the same inspection; the others go into `fresh`."""
    mine = [plan for plan in plans.all() if plan.inspection_id == fresh.inspection_id]
    known = unfinished(mine)
    groups: dict[str, list[FoundClip]] = {}
    tasks: list[Task] = []
    for clip in wanted:
        place = known.get((clip.relative, clip.size, clip.mtime_ns))
        if place is not None:
            tasks.append(Task(clip, *place))
            continue
        group = groups.setdefault(clip.group, [])
        group.append(clip)
        fresh.clips.append(_planned(clip, fresh, groups))
        tasks.append(Task(clip, fresh, len(fresh.clips) - 1))
    return tasks


def demand_room(folder: Path, tasks: Sequence[Task], plans: Plans) -> None:
    """Raise StorageFull(needed, free) if the disk can't hold what is still to be written."""
    needed = RESERVE
    for task in tasks:
        if task.found.is_known:
            continue
        whole = HEADER + task.found.size + (task.found.size // CHUNK + 1) * (OVERHEAD + 64)
        part = plans.part_path(task.plan, task.n)
        needed += max(0, whole - (part.stat().st_size if part.exists() else 0))
    free = shutil.disk_usage(folder).free
    if free < needed:
        raise StorageFull(file=folder.name, cause="too little room", needed=needed, free=free)


def _planned(clip: FoundClip, plan: Plan, groups: dict[str, list[FoundClip]]) -> PlannedClip:
    group = groups[clip.group]
    first = next((one for one in plan.clips if one.relative == group[0].relative), None)
    return PlannedClip(
        path=os.fsencode(clip.path),
        relative=clip.relative,
        size=clip.size,
        mtime_ns=clip.mtime_ns,
        mime=clip.mime,
        remark=clip.remark,
        recorded_at=times.written(clip.began_at) if clip.began_at else None,
        duration_us=clip.duration_us,
        recording_id=first.recording_id if first else new_id(),
        ordinal=len(group) - 1,
    )
