"""What time it is, and how far that may be believed."""

from __future__ import annotations

import sys
import time
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path
from typing import Protocol

CHINA = timezone(timedelta(hours=8), "CST")
"""China Standard Time; the whole country uses it (no daylight saving)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Instant:
    """One reading of all clocks: `wall_ms` since the Unix epoch, `mono_ms` since this boot, `boot` names the boot.

    A laptop's sleep counts as time since boot.
    """

    wall_ms: int
    mono_ms: int
    boot: str

    @property
    def at(self) -> datetime:
        """The wall time as an aware UTC datetime."""
        return datetime.fromtimestamp(self.wall_ms / 1000, UTC)


class Clock(Protocol):
    """Where services read the time; tests bring their own."""

    def read(self) -> Instant:
        """Return all clocks at this moment."""
        ...


class SystemClock:
    """The machine's clocks."""

    def __init__(self) -> None:
        self._boot = _boot_id()

    def read(self) -> Instant:
        """Return wall, monotonic and boot of this machine."""
        return Instant(wall_ms=time.time_ns() // 1_000_000, mono_ms=_since_boot_ms(), boot=self._boot)


def _since_boot_ms() -> int:
    # Linux stops its monotonic clock while the lid is closed: a nap would look like a clock that was set forwards.
    if sys.platform == "linux":
        return time.clock_gettime_ns(time.CLOCK_BOOTTIME) // 1_000_000
    return time.monotonic_ns() // 1_000_000


def _boot_id() -> str:
    try:
        return Path("/proc/sys/kernel/random/boot_id").read_text(encoding="ascii").strip()
    except OSError:
        import uuid  # 6 ms that a start on Linux need not pay

        return str(uuid.uuid5(uuid.NAMESPACE_OID, f"{uuid.getnode()}"))
