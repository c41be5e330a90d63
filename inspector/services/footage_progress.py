"""How far an import is, what it is to become, and what became of it."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Final

from inspector.errors import Cancelled, InspectorError
from inspector.services.footage_scan import FoundClip

WINDOW_S: Final = 0.5
"""Shortest time over which a rate means something."""
EWMA: Final = 0.3
"""Weight of the newest window in the shown rate."""
PAUSE_LOOK_S: Final = 0.1
COPYING, CHECKING, EXAMINING = "copying", "checking", "examining"


@dataclass(frozen=True, slots=True, kw_only=True)
class Importing:
    """One moment. `done` and `total` are bytes of work: each file counts twice, copied and compared."""

    clip: int
    """Which file it is, from 1."""
    clips: int
    name: str
    stage: str
    """copying | checking | examining: all is here, the card may be taken out (`report` says it); the decoder looks."""
    done: int
    total: int
    rate: int
    """Bytes a second of the current stage; 0 until it can be said."""
    remaining_s: int | None
    is_paused: bool = False
    report: ImportReport | None = None
    """What `take_in` will return, from the stage examining on."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Taken:
    """One file that is here now. `is_new` is False where the same bytes were stored before: they are stored once."""

    name: str
    sha256: str
    size: int
    clip_id: str
    """Empty if it already is a clip of this inspection."""
    recording_id: str
    is_new: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportReport:
    """What became of an import; what was taken in stays, whatever stopped it.

    `refused`: (path, reason) with unreadable, changed, not_a_file, empty, too_large, differs (two reads of the source
    gave other bytes). `left`: pictures, sound and films on the card that are not in this store.
    """

    taken: tuple[Taken, ...]
    refused: tuple[tuple[str, str], ...]
    left: tuple[str, ...]
    is_card_clearable: bool
    """Everything asked for was compared byte by byte with the source, and nothing that records is left there."""
    is_cancelled: bool = False
    is_source_gone: bool = False
    error: InspectorError | None = None
    """StorageFull and the like; it can go on once there is room."""
    seconds: float = 0.0

    @property
    def size(self) -> int:
        """Bytes of what is here now."""
        return sum(one.size for one in self.taken)


@dataclass(frozen=True, slots=True, kw_only=True)
class PendingImport:
    """A broken-off import. Hand `clips` to `take_in` to go on; or scan the card anew, the files are known again."""

    id: str
    root: Path
    inspection_id: str | None
    device_label: str
    source: str
    begun_at: datetime
    clips: tuple[FoundClip, ...]
    """What is still to be taken in."""
    done: int
    """Clips that are here."""
    done_bytes: int
    """Bytes of the unfinished clips that are here."""
    is_source_there: bool


@dataclass(slots=True, kw_only=True)
class Meter:
    """Counts one import, tells the listener at most every tenth of a second, waits while it is paused."""

    listener: Callable[[Importing], None]
    is_cancelled: Callable[[], bool]
    is_paused: Callable[[], bool]
    total: int
    clips: int
    now: Callable[[], float] = time.monotonic
    done: int = 0
    clip: int = 0
    name: str = ""
    stage: str = COPYING
    _rate: float = 0.0
    _since: float = field(default=0.0)
    _fresh: int = 0
    _told: float = 0.0
    _report: ImportReport | None = None
    _began: float = field(default_factory=time.monotonic)

    @property
    def seconds(self) -> float:
        """How long it has taken so far."""
        return self.now() - self._began

    def begin(self, clip: int, name: str, stage: str) -> None:
        """Say what comes next."""
        self.clip, self.name, self.stage = clip, name, stage
        self._since, self._fresh, self._told = self.now(), 0, 0.0
        self._tell()

    def passed(self, size: int) -> None:
        """Count bytes. Raises Cancelled."""
        self.done += size
        self._fresh += size
        now = self.now()
        if now - self._since >= WINDOW_S:
            latest = self._fresh / (now - self._since)
            self._rate = latest if not self._rate else EWMA * latest + (1 - EWMA) * self._rate
            self._since, self._fresh = now, 0
        if now - self._told >= PAUSE_LOOK_S:
            self._tell()
        self.hold()

    def examine(self, done: int, total: int, name: str, report: ImportReport) -> None:
        """Say which clip the decoder looks at."""
        self._rate, self._report = 0.0, report
        self.clip, self.clips, self.name, self.stage = done + 1, total, name, EXAMINING
        self.done = self.total
        self._tell()

    def skip_to(self, done: int) -> None:
        """Set the count to where a file ends, whatever of it was counted."""
        self.done = done

    def hold(self) -> None:
        """Wait while it is paused. Raises Cancelled."""
        was_paused = False
        while not self.is_cancelled() and self.is_paused():
            if not was_paused:
                was_paused = True
                self._tell(is_paused=True)
            time.sleep(PAUSE_LOOK_S)
        if self.is_cancelled():
            raise Cancelled
        if was_paused:
            self._since, self._fresh = self.now(), 0
            self._tell()

    def _tell(self, *, is_paused: bool = False) -> None:
        self._told = self.now()
        left = max(0, self.total - self.done)
        self.listener(
            Importing(
                clip=self.clip,
                clips=self.clips,
                name=self.name,
                stage=self.stage,
                done=min(self.done, self.total),
                total=self.total,
                rate=int(self._rate),
                remaining_s=int(left / self._rate + 0.5) if self._rate else None,
                is_paused=is_paused,
                report=self._report,
            )
        )
