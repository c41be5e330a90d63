"""Takes files in, one or a burst of hundreds: read, hashed and judged side by side, stored several at a time.

The order that makes it safe: the bytes are durable before the entry that names them, and a photo counts as attached
once its entry is durable.
"""

from __future__ import annotations

import threading
import time
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from inspector.domain.changes import Changes, Topic
from inspector.domain.evidence import Original
from inspector.errors import EvidenceRefused, NotAllowed
from inspector.evidence.folder import files_in
from inspector.evidence.intake import Judged, Reading, judge, read_bytes, read_in, readable_name
from inspector.ids import new_id
from inspector.services.session import Session
from inspector.store import evidence, hazards, inspections, times
from inspector.store.blobs import Blob, Held, Sink
from inspector.store.gateway import Tx
from inspector.store.history import GROUP
from inspector.store.journal import Act

if TYPE_CHECKING:
    from concurrent.futures import Future

THUMB_EDGE: Final = 320
"""Long edge of the preview that the grid shows; made while the photo is judged."""
_HELD: Final = 16 << 20
"""A larger file goes straight into the store, chunk by chunk; one at a time, because a photo is then judged whole."""
_large = threading.Lock()
_SIDE_BY_SIDE: Final = 2
"""Photos that are read and judged at the same time: as many as the smallest laptop has cores."""
_AHEAD: Final = 4
"""Photos that may wait to be stored; each takes twice its size in memory."""
_BATCH_BYTES: Final = 16 << 20
_BATCH_FILES: Final = 8
"""Entries of one transaction: some 10 ms of the lock that a key press may have to wait for."""
_BATCH_SECONDS: Final = 0.5


@dataclass(frozen=True, slots=True, kw_only=True)
class AttachReport:
    """What became of many files: ids of the attached, (file name, reason code) of the refused, names passed over."""

    attached: tuple[str, ...]
    refused: tuple[tuple[str, str], ...]
    is_cancelled: bool = False
    known: tuple[str, ...] = ()
    """Names of files that this inspection has already; only where that was asked."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Attaching:
    """How far a long import is: `done` files are attached or refused, all of it durable; `attached` of them in it."""

    done: int
    total: int
    name: str
    attached: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """Where files go: an inspection, perhaps one of its hazards, and from which source (see Evidence.source)."""

    inspection_id: str
    hazard_id: str | None = None
    source: str = "dialog"


@dataclass(frozen=True, slots=True)
class _Ready:
    """A file that was read: in memory whole (`chunks`), or in the store already."""

    judged: Judged
    chunks: list[bytes] | None

    @property
    def size(self) -> int:
        return self.judged.original.size if self.chunks is not None else 0


@dataclass(slots=True)
class _Burst:
    """What one import has done so far."""

    target: Target
    total: int
    together: dict[str, str]
    known: frozenset[str]
    attached: list[str] = field(default_factory=list[str])
    refused: list[tuple[str, str]] = field(default_factory=list[tuple[str, str]])
    passed: list[str] = field(default_factory=list[str])
    batch: list[_Ready] = field(default_factory=list[_Ready])
    began: float = 0.0

    @property
    def is_full(self) -> bool:
        return (
            len(self.batch) >= _BATCH_FILES
            or sum(one.size for one in self.batch) >= _BATCH_BYTES
            or time.monotonic() - self.began >= _BATCH_SECONDS
        )

    def add(self, ready: _Ready) -> None:
        if not self.batch:
            self.began = time.monotonic()
        self.batch.append(ready)

    def patience(self) -> float:
        """How long the batch may wait for the next file, in seconds."""
        return max(0.0, self.began + _BATCH_SECONDS - time.monotonic())

    def step(self, name: str) -> Attaching:
        done = len(self.attached) + len(self.refused) + len(self.passed)
        return Attaching(done=done, total=self.total, name=name, attached=len(self.attached))


class Attacher:
    """Attaches files as one officer."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def one(self, target: Target, path: Path) -> Changes:
        """Take a file in. Durable and hashed when it returns; the same bytes twice are stored once.

        Raises EvidenceRefused, StorageFull, NotFound, NotAllowed; then nothing is attached.
        """
        return self._alone(target, self._prepare(path))

    def content(self, target: Target, content: bytes, name: str) -> Changes:
        """Take bytes in that are no file yet, such as a picture of the clipboard. Raises like `one`."""
        chunks: list[bytes] = []
        reading = read_bytes(content, name, lambda _n, chunk: chunks.append(chunk))
        return self._alone(target, _Ready(judge(reading, edge=THUMB_EDGE), chunks))

    def many(
        self,
        target: Target,
        paths: Sequence[Path],
        *,
        card: Path | None = None,
        is_known_passed: bool = False,
        progress: Callable[[Attaching], None] = lambda _: None,
        is_cancelled: Callable[[], bool] = lambda: False,
    ) -> AttachReport:
        """Attach every file that can be taken in, as one step of undo; see EvidenceService.attach_many."""
        self._demand(target)
        scan = files_in(paths)
        burst = _Burst(
            target=target,
            total=len(scan.files) + len(scan.skipped),
            together={GROUP: new_id()} if len(scan.files) > 1 else {},
            known=self._known(target.inspection_id) if is_known_passed else frozenset(),
            refused=list(scan.skipped),
        )
        coming = _Coming(scan.files, self._prepare, is_cancelled)
        try:
            for path, future in coming.each():
                progress(burst.step(readable_name(path)))
                self._take(burst, path, future, card)
            self._flush(burst)
        finally:
            coming.close()
        progress(burst.step(""))
        return AttachReport(
            attached=tuple(burst.attached),
            refused=tuple(burst.refused),
            is_cancelled=coming.is_stopped,
            known=tuple(burst.passed),
        )

    def _take(self, burst: _Burst, path: Path, future: Future[_Ready], card: Path | None) -> None:
        from concurrent.futures import wait

        if burst.batch and not wait([future], timeout=burst.patience()).done:
            self._flush(burst)
        try:
            ready = future.result()
        except EvidenceRefused as error:
            reason = str(error.facts.get("reason", ""))
            if card is not None and reason == "unreadable" and not card.is_dir():
                reason = "pulled_out"
            burst.refused.append((readable_name(path), reason))
            return
        if ready.judged.original.sha256 in burst.known:
            burst.passed.append(ready.judged.original.name)
            return
        burst.add(ready)
        if burst.is_full:
            self._flush(burst)

    def _flush(self, burst: _Burst) -> None:
        if burst.batch:
            burst.attached += self._store(burst.target, burst.batch, burst.together)
            burst.batch.clear()

    def _alone(self, target: Target, ready: _Ready) -> Changes:
        self._demand(target)
        (made,) = self._store(target, [ready], {})
        return Changes.of(Topic.EVIDENCE, Topic.INSPECTIONS, Topic.SYNC, made=made)

    def _prepare(self, path: Path) -> _Ready:
        """Read and judge a file; a large one is stored on the way."""
        try:
            is_large = path.stat().st_size > _HELD
        except (OSError, ValueError):
            is_large = False  # reading it says what is wrong
        if is_large:
            with _large:
                return self._stream(path)
        chunks: list[bytes] = []
        reading = read_in(path, lambda _n, chunk: chunks.append(chunk))
        return _Ready(judge(reading, edge=THUMB_EDGE), chunks)

    def _stream(self, path: Path) -> _Ready:
        told: list[Reading] = []
        blobs = self._session.vault.blobs

        def fill(sink: Sink) -> Blob:
            reading = read_in(path, sink)
            told.append(reading)
            hasher = reading.hasher
            return Blob(sha256=hasher.sha256, size=hasher.size, sm3=hasher.sm3, leaves=hasher.leaves)

        blobs.put_through(fill, self._session.vault.clock.read().wall_ms)
        judged = judge(told[0], edge=THUMB_EDGE)
        if judged.preview is not None:
            blobs.keep_preview(judged.original.sha256, THUMB_EDGE, judged.preview)
        return _Ready(judged, None)

    def _store(self, target: Target, batch: Sequence[_Ready], together: dict[str, str]) -> list[str]:
        """Make bytes and previews durable, then their entries; return the ids."""
        held = [_held(one.judged, one.chunks) for one in batch if one.chunks is not None]
        if held:
            self._session.vault.blobs.put_many(held, self._session.vault.clock.read().wall_ms)
        made: list[str] = []
        with self._session.vault.gateway.write() as tx:
            inspections.get(tx, target.inspection_id)
            # A hazard that was taken back while its photos were coming in lets go of them.
            hazard_id = target.hazard_id if target.hazard_id and not _is_gone(tx, target.hazard_id) else None
            for one in batch:
                evidence_id = new_id()
                changes = fields_of(one.judged.original) | {
                    "inspection_id": target.inspection_id,
                    "hazard_id": hazard_id,
                    "attached_at": times.written(self._session.now()),
                    "attached_by": self._session.me.id,
                    "source": target.source,
                    **together,
                }
                refs = (one.judged.original.sha256,)
                act = Act(kind="attach", type="evidence", subject=evidence_id, changes=changes, refs=refs)
                self._session.record(tx, act)
                made.append(evidence_id)
        return made

    def _demand(self, target: Target) -> None:
        """Raise NotFound or NotAllowed where nothing can be attached."""
        with self._session.vault.gateway.read() as tx:
            inspections.get(tx, target.inspection_id)
            if target.hazard_id is None:
                return
            if hazards.get(tx, target.hazard_id).inspection_id != target.inspection_id:
                raise NotAllowed(reason="other_inspection")
            if _is_gone(tx, target.hazard_id):
                raise NotAllowed(reason="hazard_removed")

    def _known(self, inspection_id: str) -> frozenset[str]:
        with self._session.vault.gateway.read() as tx:
            return evidence.digests(tx, inspection_id)


class _Coming:
    """Reads and judges files a few ahead of whoever stores them, in order."""

    def __init__(
        self, paths: Sequence[Path], prepare: Callable[[Path], _Ready], is_cancelled: Callable[[], bool]
    ) -> None:
        from concurrent.futures import ThreadPoolExecutor  # not on the way to the unlock screen

        self._paths = iter(paths)
        self._prepare = prepare
        self._is_cancelled = is_cancelled
        self._pool = ThreadPoolExecutor(_SIDE_BY_SIDE, thread_name_prefix="intake")
        self.is_stopped = False

    def each(self) -> Iterator[tuple[Path, Future[_Ready]]]:
        """Yield each file with its result to come; ends early where the user stopped it."""
        ahead: deque[tuple[Path, Future[_Ready]]] = deque()
        while True:
            while len(ahead) < _AHEAD and not self.is_stopped:
                path = next(self._paths, None)
                if path is None:
                    break
                self.is_stopped = self._is_cancelled()
                if not self.is_stopped:
                    ahead.append((path, self._pool.submit(self._prepare, path)))
            if not ahead:
                return
            yield ahead.popleft()

    def close(self) -> None:
        """Wait for what is being read; drop what has not begun."""
        self._pool.shutdown(wait=True, cancel_futures=True)


def _is_gone(tx: Tx, hazard_id: str) -> bool:
    return hazards.get(tx, hazard_id).is_removed


def _held(judged: Judged, chunks: Sequence[bytes]) -> Held:
    told = judged.original
    return Held(
        blob=Blob(sha256=told.sha256, size=told.size, sm3=told.sm3, leaves=told.leaves),
        chunks=chunks,
        previews={} if judged.preview is None else {THUMB_EDGE: judged.preview},
    )


def fields_of(original: Original) -> dict[str, Any]:
    """Return what an attach entry says of an original, by the names of the columns."""
    return {
        "sha256": original.sha256,
        "sm3": original.sm3,
        "size": original.size,
        "leaves": list(original.leaves),
        "evidence_kind": original.kind.value,
        "mime": original.mime,
        "name": original.name,
        "width": original.width,
        "height": original.height,
        "orientation": original.orientation,
        "taken_at": times.written(original.taken_at) if original.taken_at else None,
        "taken_as": original.taken_as,
        "time_source": original.time_source.value,
        "camera": original.camera,
        "latitude": original.latitude,
        "longitude": original.longitude,
        "remark": original.remark,
    }
