"""Start to unlock screen beside an empty window, and passphrase to a usable list, in fresh processes."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from pathlib import Path
from statistics import median
from typing import Any

from tests.bench.measure import Measured

ROOT = Path(__file__).resolve().parents[2]
TIMES = 25
OFFSCREEN = {**os.environ, "QT_QPA_PLATFORM": os.environ.get("BENCH_QPA", "offscreen")}
OFFSCREEN.pop("PYTHONDONTWRITEBYTECODE", None)
"""An installed program is compiled once, not at every start."""


def start(profile: Path) -> Measured:
    """From the start of the process to the first paint of a person's card; medians of twenty-five, by turns.

    Medians, not the best: on a shared machine the luckiest of one side decides a ratio of two bests.
    """
    ours: list[float] = []
    empty: list[float] = []
    for _ in range(TIMES + 1):  # the first of each warms the disk's cache
        ours.append(_shown("ours", str(profile)))
        empty.append(_shown("empty"))
    usual, peer = median(ours[1:]), median(empty[1:])
    return Measured(
        what="start → unlock screen", ours=usual, worst=max(ours[1:]), peer="empty PySide6 window", peer_value=peer,
        promise="≤ 2 × peer", is_kept=usual <= 2 * peer,
    )  # fmt: skip


def _shown(*words: str) -> float:
    began = time.perf_counter()
    child = [sys.executable, "-m", "tests.bench.shown", *words]
    with subprocess.Popen(child, cwd=ROOT, env=OFFSCREEN, stdout=subprocess.PIPE) as process:
        told = process.stdout.readline() if process.stdout else b""
        took = (time.perf_counter() - began) * 1000
    if told != b"shown\n":
        raise RuntimeError(f"{words} showed nothing")
    return took


def journey(profile: Path, passphrase: str) -> list[dict[str, Any]]:
    """Travel through the window of a profile three times; returns what each journey told (see window.py)."""
    words = [sys.executable, "-m", "tests.bench.window", str(profile), passphrase]
    run = [subprocess.run(words, cwd=ROOT, env=OFFSCREEN, check=True, stdout=subprocess.PIPE) for _ in range(3)]
    return [json.loads(done.stdout) for done in run]
