"""Ready-made things for tests: a profile of the sample bureau at the least cost, an officer at work in it."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from inspector.clock import Instant
from inspector.crypto.unlock import MINIMUM
from inspector.demo import sample

PASSPHRASE = "sample passphrase"
PIN = "246810"
ZHANG, LI = "officer-sample-zhang", "officer-sample-li"
TODAY = date(2026, 11, 20)


class FakeClock:
    """A clock that tests set; it moves on by 20 ms at every look."""

    def __init__(self, wall_ms: int = 1_795_136_700_000) -> None:
        # 2026-11-20 09:05 in China, a Friday.
        self.wall_ms = wall_ms
        self.mono_ms = 1_000

    def read(self) -> Instant:
        self.wall_ms += 20
        self.mono_ms += 20
        return Instant(wall_ms=self.wall_ms, mono_ms=self.mono_ms, boot="boot-of-a-test")

    def advance(self, minutes: int) -> None:
        self.wall_ms += minutes * 60_000
        self.mono_ms += minutes * 60_000


def a_profile(folder: Path) -> Path:
    """Make the sample bureau's profile and return its folder."""
    profile = folder / "profile"
    sample.create_sample(profile, passphrase=PASSPHRASE, pin=PIN, today=TODAY, cost=MINIMUM, pin_cost=MINIMUM)
    return profile
