"""The player and its stills: pictures of a clip at any moment, exact frames taken as evidence, suggestions, the check.

For the window (all of it blocks; call it through ui/tasks.py):

    info = app.stills.info(clip_id)                 # index made on first use; frames, duration, clock state, remark
    shown = app.stills.picture(clip_id, at_us, edge)        # JPEG of the frame shown then; asking forward is quick
    shown = app.stills.step(clip_id, shown.number + 1, edge)     # exact neighbour
    for shown in app.stills.play(clip_id, from_us, speed=1.0, edge=1280, is_cancelled=stop): ...   # paces itself, drops
                                                    # frames when decoding can't keep up; there is no sound
    app.stills.take(clip_id, shown.at_us, hazard_id=...)    # PNG at native size, a piece of evidence

One worker process serves the player; it ends after a pause, with the lock screen, or when another clip is shown.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from inspector.domain import clock_fit
from inspector.domain.changes import Changes, Topic
from inspector.domain.evidence import ClockSource, Evidence, EvidenceKind, StillOrigin, TimeSource
from inspector.domain.footage import Clip, ClockState, Recording, clip_time
from inspector.errors import EvidenceMissing, FilmFailed, InspectorError, NotAllowed, StoreDamaged
from inspector.evidence.film.compare import same_pixels
from inspector.evidence.film.told import Form, Frame
from inspector.ids import new_id
from inspector.services.films import Projector
from inspector.services.session import Session
from inspector.services.suggesting import Suggesting, Suggestion, suggestions
from inspector.services.wording import plain
from inspector.store import evidence, hazards, recordings, times
from inspector.store.blobs import Blob
from inspector.store.journal import Act

PATIENCE_S: Final = 60.0
"""How long the exact frame of a still may take: an old clip without times is decoded from its start."""
LOOK_S: Final = 20.0
"""How long a picture of the player may take: the last frame of a group of 4K H.265 on a busy laptop took 8 s."""
SMOOTH: Final = 25
"""Pictures a second that playback shows at most, whatever its speed."""
_MIME: Final = "image/png"


@dataclass(frozen=True, slots=True, kw_only=True)
class ClipInfo:
    """A clip as the player needs it. `clock` UNKNOWN is 未校时."""

    clip: Clip
    recording: Recording
    frames: int
    duration_us: int
    step_us: int
    """The ordinary time from one frame to the next."""
    is_constant_rate: bool
    clock: ClockState
    remark: str = ""
    """truncated | damaged | no_times: what could not be read; the rest can be shown."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """One picture of the player: upright JPEG, stream time, frame number from 0, and the laptop's time if known."""

    jpeg: bytes
    at_us: int
    number: int
    width: int
    height: int
    taken_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class StillCheck:
    """Whether a still is what its clip shows at that frame.

    `detail` if not: not_a_still, clip_missing, frame_number, pixels, or the reason of a FilmFailed.
    """

    evidence_id: str
    is_same: bool
    detail: str = ""


class StillService:
    """Pictures out of footage."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._projector = Projector(session.vault)

    def close(self) -> None:
        """End the player's worker."""
        self._projector.close()

    # --- looking ---------------------------------------------------------------------

    def info(self, clip_id: str, progress: Callable[[int], None] = lambda _: None) -> ClipInfo:
        """Return what a player needs; the first time all of the clip is read, `progress` hears the frames seen so far.

        Raises NotFound, FilmFailed, EvidenceMissing.
        """
        clip, recording = self._found(clip_id)
        with self._projector.showing(clip.sha256, progress) as film:
            index = film.index()
        return ClipInfo(
            clip=clip,
            recording=recording,
            frames=len(index),
            duration_us=index.duration_us,
            step_us=index.step_us,
            is_constant_rate=index.is_constant_rate,
            clock=clock_fit.cited_time(recording, clip, 0)[1],
            remark=index.remark or clip.remark,
        )

    def picture(self, clip_id: str, at_us: int, edge: int) -> Shown:
        """Return the frame shown at a stream time, long edge ≤ `edge`. Raises FilmFailed, NotFound, EvidenceMissing."""
        clip, recording = self._found(clip_id)
        with self._projector.showing(clip.sha256) as film:
            frame = film.frame(at_us=at_us, form=Form.JPEG, edge=edge, patience_s=LOOK_S)
        return _shown(frame, clip, recording)

    def step(self, clip_id: str, number: int, edge: int) -> Shown:
        """Return frame `number`, the nearest there is if it lies outside. Raises FilmFailed, NotFound."""
        clip, recording = self._found(clip_id)
        with self._projector.showing(clip.sha256) as film:
            within = max(0, min(number, len(film.index()) - 1))
            frame = film.frame(number=within, form=Form.JPEG, edge=edge, patience_s=LOOK_S)
        return _shown(frame, clip, recording)

    def play(
        self,
        clip_id: str,
        from_us: int,
        *,
        speed: float = 1.0,
        edge: int = 1280,
        is_cancelled: Callable[[], bool] = lambda: False,
    ) -> Iterator[Shown]:
        """Yield pictures when they are due, at `speed` (0.25 … 4) times the stream's time, to the end of the clip.

        Blocks between pictures; run it in a job and show each. What can't be decoded in time is passed over.
        """
        clip, _ = self._found(clip_id)
        with self._projector.showing(clip.sha256) as film:
            index = film.index()
        began, last = time.monotonic(), -1
        while not is_cancelled():
            now_us = from_us + round((time.monotonic() - began) * 1e6 * speed)
            number = index.number_at(now_us)
            if number != last:
                last = number
                try:
                    yield self.step(clip_id, number, edge)
                except FilmFailed as failed:
                    if failed.facts.get("reason") != "frame_missing":
                        raise
            if number >= len(index) - 1:
                return
            due = max((index.times[number + 1] - from_us) / speed / 1e6, (now_us - from_us) / speed / 1e6 + 1 / SMOOTH)
            time.sleep(max(0.0, began + due - time.monotonic()))

    def storyboard(self, clip_id: str, count: int, edge: int = 320) -> list[Shown]:
        """Return `count` pictures spread over a clip, fewer if frames are missing. Raises FilmFailed, NotFound."""
        clip, recording = self._found(clip_id)
        found: list[Shown] = []
        with self._projector.showing(clip.sha256) as film:
            duration = film.index().duration_us
            for place in range(count):
                try:
                    at_us = duration * (2 * place + 1) // (2 * count)
                    frame = film.frame(at_us=at_us, form=Form.JPEG, edge=edge, patience_s=LOOK_S)
                except FilmFailed:
                    if film.is_over:
                        raise
                    continue
                found.append(_shown(frame, clip, recording))
        return found

    def suggest(
        self,
        hazard_id: str,
        progress: Callable[[Suggesting], None] = lambda _: None,
        is_cancelled: Callable[[], bool] = lambda: False,
    ) -> tuple[Suggestion, ...]:
        """Return three pictures to choose a still from: around the hazard's time, sharp, different from one another.

        Where no recording's clock is known, or none ran then, a storyboard of the visit's clips (`is_by_time` False).
        Raises Cancelled, NotFound; clips that can't be decoded are passed over.
        """
        with self._session.vault.gateway.read() as tx:
            hazard = hazards.get(tx, hazard_id)
            filmed = recordings.of_inspection(tx, hazard.inspection_id)
        return suggestions(self._session.vault, filmed, hazard.seen_at, progress, is_cancelled)

    # --- taking ------------------------------------------------------------------------

    def take(self, clip_id: str, at_us: int, *, hazard_id: str | None = None, caption: str = "") -> Changes:
        """Take the frame shown at a stream time as evidence of the clip's inspection: PNG, native size, upright.

        Upright is as the file asks; the pixels are those that decoding gives, nothing else is done to them. Its time
        is the recording's by its measured clock, or none (未校时). Bytes first, then the entry.
        Raises NotAllowed(no_inspection, other_inspection, hazard_removed), FilmFailed, StorageFull.
        """
        said = plain(caption, field="caption")
        clip, recording = self._found(clip_id)
        self._demand_place(recording, hazard_id)
        with self._projector.showing(clip.sha256) as film:
            frame = film.frame(at_us=at_us, patience_s=PATIENCE_S)
        blob = self._session.vault.blobs.put(frame.content, self._session.vault.clock.read().wall_ms)
        with self._session.vault.gateway.write() as tx:
            inspection_id = self._demand_place(recordings.get(tx, recording.id), hazard_id)
            changes = _fields(blob, frame, clip, recording) | {
                "inspection_id": inspection_id,
                "hazard_id": hazard_id,
                "caption": said,
                "attached_at": times.written(self._session.now()),
                "attached_by": self._session.me.id,
            }
            made = new_id()
            act = Act(kind="attach", type="evidence", subject=made, changes=changes, refs=(blob.sha256,))
            self._session.record(tx, act)
        return Changes.of(Topic.EVIDENCE, Topic.INSPECTIONS, Topic.SYNC, made=made)

    def check(self, evidence_id: str) -> StillCheck:
        """Take the frame out of the clip once more and compare every pixel. Raises NotFound."""
        with self._session.vault.gateway.read() as tx:
            piece = evidence.get(tx, evidence_id)
        if piece.still is None or piece.original.kind is not EvidenceKind.STILL:
            return StillCheck(evidence_id=evidence_id, is_same=False, detail="not_a_still")
        fault = self._fault(piece, piece.still)
        return StillCheck(evidence_id=evidence_id, is_same=not fault, detail=fault)

    def check_all(self, progress: Callable[[int, int], None] = lambda _, __: None) -> list[StillCheck]:
        """Check every still on this laptop, removed ones too; `progress` hears done and total."""
        with self._session.vault.gateway.read() as tx:
            ids = evidence.still_ids(tx)
        found: list[StillCheck] = []
        for done, evidence_id in enumerate(ids):
            progress(done, len(ids))
            found.append(self.check(evidence_id))
        progress(len(ids), len(ids))
        self._projector.close()
        return found

    def _fault(self, piece: Evidence, still: StillOrigin) -> str:
        try:
            kept = self._session.vault.blobs.read(piece.original.sha256)
            with self._projector.showing(still.clip_sha256) as film:
                if film.index().number_at(still.at_us) != still.frame:
                    return "frame_number"
                frame = film.frame(number=still.frame, patience_s=PATIENCE_S)
        except FilmFailed as failed:
            return str(failed.facts["reason"])
        except (EvidenceMissing, StoreDamaged):
            return "clip_missing"
        try:
            return "" if same_pixels(kept, frame.content) else "pixels"
        except InspectorError:
            return "pixels"

    def _found(self, clip_id: str) -> tuple[Clip, Recording]:
        with self._session.vault.gateway.read() as tx:
            clip = recordings.clip(tx, clip_id)
            return clip, recordings.get(tx, clip.recording_id)

    def _demand_place(self, recording: Recording, hazard_id: str | None) -> str:
        if recording.inspection_id is None:
            raise NotAllowed(reason="no_inspection")
        if hazard_id is not None:
            with self._session.vault.gateway.read() as tx:
                hazard = hazards.get(tx, hazard_id)
            if hazard.inspection_id != recording.inspection_id:
                raise NotAllowed(reason="other_inspection")
            if hazard.is_removed:
                raise NotAllowed(reason="hazard_removed")
        return recording.inspection_id


def _shown(frame: Frame, clip: Clip, recording: Recording) -> Shown:
    return Shown(
        jpeg=frame.content,
        at_us=frame.at_us,
        number=frame.number,
        width=frame.width,
        height=frame.height,
        taken_at=clock_fit.cited_time(recording, clip, frame.at_us)[0],
    )


def _fields(blob: Blob, frame: Frame, clip: Clip, recording: Recording) -> dict[str, Any]:
    taken_at, clock = clock_fit.cited_time(recording, clip, frame.at_us)
    sources = {ClockState.MEASURED: ClockSource.MEASURED, ClockState.BY_HAND: ClockSource.BY_HAND}
    return {
        "sha256": blob.sha256,
        "sm3": blob.sm3,
        "size": blob.size,
        "leaves": list(blob.leaves),
        "evidence_kind": EvidenceKind.STILL.value,
        "mime": _MIME,
        "name": f"{clip.name} {clip_time(frame.at_us)}.png",
        "width": frame.width,
        "height": frame.height,
        "orientation": 1,
        "taken_at": times.written(taken_at) if taken_at else None,
        "taken_as": "",
        "time_source": (TimeSource.FOOTAGE if taken_at else TimeSource.UNKNOWN).value,
        "clock_source": sources.get(clock, ClockSource.NONE).value,
        "camera": recording.device_label,
        "latitude": "",
        "longitude": "",
        "remark": "",
        "source": "footage",
        "clip_sha256": clip.sha256,
        "clip_us": frame.at_us,
        "clip_frame": frame.number,
    }
