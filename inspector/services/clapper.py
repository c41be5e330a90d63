"""The clapper 拍板: a code that changes every second, shown to a recorder; and what found ones make of its clock."""

from __future__ import annotations

import secrets
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Final

from inspector.clock import Clock, Instant
from inspector.domain import clock_fit
from inspector.domain.changes import Changes, Topic
from inspector.domain.footage import Anchor, AnchorSource, Clap, Clip, ClockFit, ClockState, Recording
from inspector.errors import InvalidInput, NotFound
from inspector.evidence import clapper
from inspector.ids import new_id
from inspector.notices import qr
from inspector.services.camera_clocks import CameraClockService
from inspector.services.clap_search import ClapHunt, ClapSearch, OpenFilm, Searching
from inspector.services.clap_settling import settle
from inspector.services.session import Session
from inspector.store import claps, inspections, recordings, times
from inspector.store.gateway import Tx
from inspector.store.journal import Act

if TYPE_CHECKING:
    from inspector.evidence.film.client import Film

BY_HAND_MS: Final = 1_000
"""A clock that shows seconds, read in one frame: the second it shows may just have begun or end."""
MOST_UNCERTAIN_MS: Final = 600_000
"""Whoever can't tell the time better than ten minutes has not measured it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ClapperCode:
    """What the screen shows now: dark `modules` row by row (25 × 25), to be shown with 4 white ones on each side.

    `left_ms` is how long it still holds: 1..1000.
    """

    payload: str
    modules: tuple[tuple[bool, ...], ...]
    counter: int
    left_ms: int


class Clapping:
    """One showing of the clapper; may be asked for its code from any thread, and keeps the same second's code."""

    def __init__(self, clap: Clap, key: bytes, began: Instant, clock: Clock) -> None:
        self.id = clap.id
        self.inspection_id = clap.inspection_id
        self._clap = clap
        self._key = key
        self._began = began
        self._clock = clock
        self._lock = threading.Lock()
        self._last: ClapperCode | None = None
        self.shown = 0
        """Seconds of which a code was asked for."""

    def code(self, now: Instant | None = None) -> ClapperCode:
        """Return the code of this second; `now` stands for the laptop's clock in tests. Takes some 10 ms."""
        moment = now or self._clock.read()
        counter, into_ms = divmod(max(moment.mono_ms - self._began.mono_ms, 0), 1000)
        counter %= 1 << 16
        with self._lock:
            if self._last is None or self._last.counter != counter:
                told = clapper.Told(
                    inspection=clapper.short(self.inspection_id),
                    clap=bytes.fromhex(self._clap.nonce)[:4],
                    wall_ms=moment.wall_ms - into_ms,
                    counter=counter,
                )
                text = clapper.written(told, self._key)
                self.shown += 1
                self._last = ClapperCode(payload=text, modules=qr.alphanumeric(text), counter=counter, left_ms=1000)
            last = self._last
        return ClapperCode(payload=last.payload, modules=last.modules, counter=counter, left_ms=1000 - into_ms)


class ClapperService(CameraClockService):
    """Shows the clapper, finds it in footage, and says what time a moment of footage was."""

    def __init__(self, session: Session, open_film: OpenFilm | None = None) -> None:
        super().__init__(session)
        self._open_film = open_film or self._film
        self._running: dict[str, Clapping] = {}

    def begin(self, inspection_id: str) -> Clapping:
        """Start to show the clapper for a visit. Raises NotFound."""
        clap_id, nonce = new_id(), secrets.token_bytes(16)
        began = self._session.vault.clock.read()
        changes = {
            "inspection_id": inspection_id,
            "nonce": nonce.hex(),
            "began_at": times.written(began.at),
            "began_by": self._session.me.id,
        }
        with self._session.vault.gateway.write() as tx:
            inspections.get(tx, inspection_id)
            self._session.record(tx, Act(kind="create", type="clap", subject=clap_id, changes=changes))
            clap = claps.get(tx, clap_id)
        running = Clapping(clap, self.key_of(clap), began, self._session.vault.clock)
        self._running[clap_id] = running
        return running

    def end(self, clap_id: str) -> Changes:
        """The clapper was taken off the screen; a second end changes nothing. Raises NotFound."""
        running = self._running.pop(clap_id, None)
        with self._session.vault.gateway.write() as tx:
            if claps.get(tx, clap_id).ended_at is None:
                changes = {"ended_at": times.written(self._session.now()), "shown": running.shown if running else 0}
                self._session.record(tx, Act(kind="patch", type="clap", subject=clap_id, changes=changes))
        return Changes.of(Topic.FOOTAGE, Topic.INSPECTIONS, Topic.SYNC)

    def of(self, inspection_id: str) -> list[Clap]:
        """Return when the clapper was shown during a visit, oldest first."""
        with self._session.vault.gateway.read() as tx:
            return claps.of_inspection(tx, inspection_id)

    def search(
        self,
        recording_id: str,
        progress: Callable[[Searching], None] = lambda _: None,
        is_cancelled: Callable[[], bool] = lambda: False,
    ) -> ClapSearch:
        """Look for the clapper in a recording and keep what was found as its anchors; clocks read by hand stay.

        A recording of no inspection is given to the one whose claps it shows, if they are of one only. Blocks for
        minutes: run it behind the work. Without a clapper nothing is written. Raises NotFound, Cancelled; a clip that
        can't be decoded is named in the result.
        """
        with self._session.vault.gateway.read() as tx:
            recording = recordings.get(tx, recording_id)
        hunt = ClapHunt(self._session, recording, self._open_film, progress, is_cancelled=is_cancelled)
        showings = hunt.showings(self.key_of)
        with self._session.vault.gateway.write() as tx:
            settled = settle(tx, recordings.get(tx, recording_id), showings, hunt.failed)
            for one, changes in settled.changes.items():
                self._session.record(tx, Act(kind="patch", type="recording", subject=one, changes=changes))
        return hunt.told(settled, showings)

    def anchor_by_hand(
        self, recording_id: str, clip_id: str, at_us: int, true_at: datetime, *, uncertainty_ms: int = BY_HAND_MS
    ) -> Changes:
        """An officer read a clock that is seen in the frame at `at_us`. Another reading of that frame replaces it.

        Raises InvalidInput (moment: range; uncertainty: range), NotFound.
        """
        with self._session.vault.gateway.write() as tx:
            recording = recordings.get(tx, recording_id)
            clip = next((one for one in recording.clips if one.id == clip_id), None)
            if clip is None:
                raise NotFound(kind="clip", id=clip_id)
            if at_us < 0 or (clip.duration_us and at_us > clip.duration_us):
                raise InvalidInput(field="moment", reason="range", least=0, most=clip.duration_us // 1_000_000)
            if not 1 <= uncertainty_ms <= MOST_UNCERTAIN_MS:
                raise InvalidInput(field="uncertainty", reason="range", least=1, most=MOST_UNCERTAIN_MS // 1000)
            anchor = Anchor(
                clip_id=clip_id,
                at_us=at_us,
                true_ms=round(true_at.timestamp() * 1000),
                source=AnchorSource.BY_HAND,
                uncertainty_ms=uncertainty_ms,
                detail=f"by:{self._session.me.id}",
            )
            kept = [one for one in recording.anchors if not _is_by_hand_at(one, clip_id, at_us)]
            self._keep(tx, recording_id, [*kept, anchor])
        return Changes.of(Topic.FOOTAGE, Topic.EVIDENCE, Topic.SYNC)

    def forget_by_hand(self, recording_id: str, clip_id: str, at_us: int) -> Changes:
        """Take a clock that was read by hand back. Raises NotFound."""
        with self._session.vault.gateway.write() as tx:
            anchors = recordings.get(tx, recording_id).anchors
            kept = [one for one in anchors if not _is_by_hand_at(one, clip_id, at_us)]
            if len(kept) == len(anchors):
                raise NotFound(kind="anchor", id=clip_id)
            self._keep(tx, recording_id, kept)
        return Changes.of(Topic.FOOTAGE, Topic.EVIDENCE, Topic.SYNC)

    def _keep(self, tx: Tx, recording_id: str, anchors: Sequence[Anchor]) -> None:
        changes = {"anchors": claps.written(anchors)}
        self._session.record(tx, Act(kind="patch", type="recording", subject=recording_id, changes=changes))

    def _film(self, clip: Clip, go_on: Callable[[int], None]) -> Film:
        from inspector.services.films import keep_index, open_film

        film = open_film(self._session.vault, clip.sha256)
        try:
            if not film.is_indexed:
                keep_index(self._session.vault, clip.sha256, film.index(go_on))
        except BaseException:
            film.close()
            raise
        return film

    @staticmethod
    def fit(recording: Recording) -> ClockFit:
        """Return how the recording's clock is known. UNKNOWN is 未校时 wherever it is cited."""
        return clock_fit.fit(recording)

    @staticmethod
    def when(recording: Recording, clip: Clip, at_us: int) -> datetime | None:
        """Return the laptop's time of a moment of footage, None if nothing ties it to that clock."""
        return clock_fit.cited_time(recording, clip, at_us)[0]

    @staticmethod
    def cited_time(recording: Recording, clip: Clip, at_us: int) -> tuple[datetime | None, ClockState]:
        """Return what may be cited as a frame's time; see inspector.domain.clock_fit.cited_time."""
        return clock_fit.cited_time(recording, clip, at_us)


def _is_by_hand_at(one: Anchor, clip_id: str, at_us: int) -> bool:
    return one.source is AnchorSource.BY_HAND and (one.clip_id, one.at_us) == (clip_id, at_us)
