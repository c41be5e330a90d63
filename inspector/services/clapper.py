"""The clapper 拍板: a code that changes every second, shown to a recorder; and what found ones make of its clock."""

from __future__ import annotations

import secrets
import threading
from dataclasses import dataclass
from datetime import datetime

from inspector.clock import Clock, Instant
from inspector.crypto.clapper_key import clap_key
from inspector.domain import clock_fit
from inspector.domain.changes import Changes, Topic
from inspector.domain.footage import Clap, Clip, ClockFit, ClockState, Recording
from inspector.evidence import clapper
from inspector.ids import new_id
from inspector.notices import qr
from inspector.services.session import Session
from inspector.store import claps, inspections, times
from inspector.store.journal import Act


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


class ClapperService:
    """Shows the clapper, finds it in footage, and says what time a moment of footage was."""

    def __init__(self, session: Session) -> None:
        self._session = session
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

    def key_of(self, clap: Clap) -> bytes:
        """Return the MAC key of a clap of this laptop; another laptop's claps can't be checked here."""
        secret = self._session.vault.device_key.private_bytes()
        return clap_key(secret, bytes.fromhex(clap.nonce), clap.id)

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
