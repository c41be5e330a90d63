"""The lines of the table that a window of its own process measures: journey, scrolling, fifty visits, idling."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path
from statistics import mean
from typing import Any

from tests.bench.measure import Line, Measured, measured
from tests.bench.start import OFFSCREEN, ROOT, start
from tests.builders import PASSPHRASE

WINDOW = "passphrase → usable list, 10,000 hazards"
DAY = 8
"""Visits of a full day (product.md §4: one takes an hour)."""


def told_by(module: str, *words: object) -> dict[str, Any]:
    """Run a module in a process of its own; return what it printed as JSON. Raises CalledProcessError."""
    call = [sys.executable, "-m", f"tests.bench.{module}", *map(str, words)]
    done = subprocess.run(call, cwd=ROOT, env=OFFSCREEN, check=True, stdout=subprocess.PIPE)
    return json.loads(done.stdout)


def travelled(profile: Path, store: Measured, told: list[dict[str, Any]]) -> list[Line]:
    """Start, unlocking into the list, and how late the event loop came."""
    usable = [one["usable_ms"] for one in told]
    late = [one["loop_p99_ms"] for one in told]
    return [
        start(profile),
        measured(WINDOW, usable, "the same without a window", [store.ours], most_ms=400),
        measured("event loop p99 on a journey", late, "the timer's beat", [5.0], most_ms=50),
    ]


def scrolled(profile: Path) -> Line:
    """The long list beside Qt's own list of strings."""
    told = told_by("scrolling", profile, PASSPHRASE)
    what = f"list of {told['rows']:,} hazards: fetch + paint a step"
    return measured(what, told["steps_ms"], "QListView of strings", told["plain_ms"], most_p95_ms=18)


def lived(profile: Path, photos: list[Path], scratch: Path) -> tuple[list[Line], list[float]]:
    """Memory after a day and over fifty visits, and the idle window; second: the memory after each visit."""
    copy = scratch / "lived"
    shutil.copytree(profile, copy)
    told = told_by("living", copy, PASSPHRASE, *photos)
    grown, empty = told["rss_mb"], told["empty_mb"]
    early, late = mean(grown[DAY : DAY + 10]), mean(grown[-10:])
    day = Measured(
        what=f"memory after a day of {DAY} visits", ours=grown[DAY - 1], worst=max(grown[:DAY]), unit="MB",
        peer="empty PySide6 window", peer_value=empty, promise="≤ 350 MB", is_kept=max(grown[:DAY]) <= 350,
    )  # fmt: skip
    flat = Measured(
        what="… after 50 visits: last ten beside visits 9-18", ours=late, worst=max(grown), unit="MB",
        peer="visits 9-18", peer_value=early, promise="flat: ≤ 1.05 ×", is_kept=late <= 1.05 * early,
    )  # fmt: skip
    idle = Measured(
        what="idle window, 10 s", ours=told["idle"] * 100, worst=told["idle"] * 100, unit="% cpu",
        peer="empty PySide6 window", peer_value=told["empty_idle"] * 100, promise="≤ 0.5 %",
        is_kept=told["idle"] <= 0.005,
    )  # fmt: skip
    return [day, flat, idle], grown
