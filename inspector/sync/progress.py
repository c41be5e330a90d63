"""What a sync tells while it runs, and what it reports at the end."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final

from inspector.errors import InspectorError
from inspector.store.transfers import Backlog

EWMA: Final = 0.3
"""Weight of the newest window in the shown rate."""
WINDOW_S: Final = 0.5
"""Shortest time over which a rate means something: pieces of several streams arrive in bursts."""


class Stage(StrEnum):
    """Where a run is."""

    HELLO = "hello"
    ENTRIES = "entries"
    NOTICES = "notices"
    REGISTER = "register"
    NUMBERS = "numbers"
    PHOTOS = "photos"
    FOOTAGE = "footage"
    CLOSING = "closing"
    """Entries that the sync itself made: register pages, leases."""


class Lane(StrEnum):
    """What is counted."""

    ENTRIES = "entries"
    NOTICES = "notices"
    PHOTOS = "photos"
    FOOTAGE = "footage"


@dataclass(frozen=True, slots=True, kw_only=True)
class LaneProgress:
    """Items and bytes of one lane in this run; an item is done when its receipt is kept."""

    lane: Lane
    done: int = 0
    total: int = 0
    done_bytes: int = 0
    total_bytes: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class SyncProgress:
    """One moment of a run. `rate` is bytes a second; `remaining_s` is None until it can be said."""

    stage: Stage
    lanes: tuple[LaneProgress, ...]
    rate: int
    remaining_s: int | None
    receipts: int

    def lane(self, name: Lane) -> LaneProgress:
        """Return one lane; an empty one if nothing was told of it."""
        return next((lane for lane in self.lanes if lane.lane is name), LaneProgress(lane=name))


@dataclass(frozen=True, slots=True, kw_only=True)
class Refused:
    """One thing that headquarters or this laptop could not take: kind (blob | entry | register | lease), id, why."""

    kind: str
    ref: str
    why: str


class SyncState(StrEnum):
    """How a run ended."""

    DONE = "done"
    INTERRUPTED = "interrupted"
    """The link failed; everything is safe here, the next run goes on from here."""
    REFUSED = "refused"
    """Headquarters said no to the whole run, or was not ours; `error` says why."""
    CANCELLED = "cancelled"


@dataclass(frozen=True, slots=True, kw_only=True)
class SyncReport:
    """What a run did. `is_handover_ready` 可以交接: headquarters signed for everything this laptop holds."""

    state: SyncState
    error: InspectorError | None
    sent_entries: int
    sent_files: int
    sent_bytes: int
    wasted_bytes: int
    """Bytes sent, at most, whose arrival was not confirmed: they may go again."""
    receipts: int
    adopted: int
    """Records of the register that came down."""
    leased: int
    """Numbers that came down."""
    refused: tuple[Refused, ...]
    backlog: Backlog
    is_handover_ready: bool
    seconds: float


Listener = Callable[[SyncProgress], None]


@dataclass(slots=True)
class _Count:
    done: int = 0
    total: int = 0
    done_bytes: int = 0
    total_bytes: int = 0


@dataclass(slots=True)
class Tally:
    """Counts one run and tells the listener; only the run's own thread touches it."""

    listener: Listener
    now: Callable[[], float] = time.monotonic
    stage: Stage = Stage.HELLO
    receipts: int = 0
    wasted_bytes: int = 0
    adopted: int = 0
    leased: int = 0
    refused: dict[tuple[str, str], Refused] = field(default_factory=dict[tuple[str, str], Refused])
    _lanes: dict[Lane, _Count] = field(default_factory=lambda: {lane: _Count() for lane in Lane})
    _rate: float = 0.0
    _since: float = 0.0
    _fresh: int = 0

    def enter(self, stage: Stage) -> None:
        """Begin a stage."""
        self.stage = stage
        self._since, self._fresh = self.now(), 0
        self.tell()

    def expect(self, lane: Lane, items: int, size: int) -> None:
        """Say how much is still to do in a lane, on top of what this run has done."""
        count = self._lanes[lane]
        count.total, count.total_bytes = count.done + items, count.done_bytes + size

    def arrived(self, lane: Lane, size: int) -> None:
        """Count bytes that headquarters has taken."""
        self._lanes[lane].done_bytes += size
        self._fresh += size
        now = self.now()
        passed = now - self._since
        if passed >= WINDOW_S:
            latest = self._fresh / passed
            self._rate = latest if not self._rate else EWMA * latest + (1 - EWMA) * self._rate
            self._since, self._fresh = now, 0
        self.tell()

    def finished(self, lane: Lane, items: int) -> None:
        """Count items whose receipt is kept."""
        self._lanes[lane].done += items
        self.receipts += 1
        self.tell()

    def had(self, lane: Lane, size: int) -> None:
        """Take bytes off the total: headquarters had them already."""
        self._lanes[lane].total_bytes -= size

    def refuse(self, kind: str, ref: str, why: str) -> None:
        """Note what could not be taken; the latest reason counts."""
        self.refused[kind, ref] = Refused(kind=kind, ref=ref, why=why)

    def done(self, *lanes: Lane) -> tuple[int, int]:
        """Return items and bytes done in these lanes."""
        counts = [self._lanes[lane] for lane in lanes]
        return sum(one.done for one in counts), sum(one.done_bytes for one in counts)

    def tell(self) -> None:
        """Tell the listener."""
        lanes = tuple(
            LaneProgress(
                lane=lane,
                done=one.done,
                total=one.total,
                done_bytes=one.done_bytes,
                total_bytes=one.total_bytes,
            )
            for lane, one in self._lanes.items()
        )
        left = sum(max(0, one.total_bytes - one.done_bytes) for one in lanes)
        self.listener(
            SyncProgress(
                stage=self.stage,
                lanes=lanes,
                rate=int(self._rate),
                remaining_s=int(left / self._rate + 0.5) if self._rate else None,
                receipts=self.receipts,
            )
        )
