"""Footage taken in beside `cp` and `sha256sum` of the same file, and the memory that it takes at 8 GB."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from statistics import median
from time import perf_counter

from inspector.app import App, unlock
from tests.bench.measure import Absent, Line, Measured
from tests.builders import LI, PASSPHRASE, ZHANG
from tests.services.recorder import MIB, a_film
from tests.services.visit import SITE

ROOT = Path(__file__).resolve().parents[2]
SIZE = 1024 * MIB
LARGE = 8192 * MIB
ROUNDS = 3
MOST_MB = 150


def taken_in(profile: Path, scratch: Path) -> list[Line]:
    """Measure on a copy of the profile, so that gigabytes don't slow what comes after; both read from the disk."""
    mine = Path(shutil.copytree(profile, scratch / "footage-profile"))
    try:
        return [_speed(mine, scratch), _memory(mine, scratch)]
    finally:
        shutil.rmtree(mine)


def _speed(profile: Path, scratch: Path) -> Measured:
    ours: list[float] = []
    peers: list[float] = []
    app = unlock(profile, ZHANG, PASSPHRASE)
    visit = app.inspections.start(SITE, (ZHANG, LI)).made
    for n in range(ROUNDS):
        card = scratch / f"card-{n}"
        film = a_film(card / "REC_0001.MP4", SIZE, seed=n)
        peers.append(_timed(lambda film=film: _peer(film), film))
        ours.append(_timed(lambda card=card: _take(app, visit, card), film))
        shutil.rmtree(card)
    app.close()
    worst, beside = median(ours), median(peers)
    return Measured(
        what=f"footage taken in, {SIZE // MIB} MiB",
        ours=worst,
        worst=max(ours),
        peer="cp + sha256sum",
        peer_value=beside,
        promise="≤ 2 × the peer",
        is_kept=worst <= 2 * beside,
    )


def _take(app: App, visit: str, card: Path) -> None:
    """Until everything is compared; the decoder's look is timed elsewhere."""
    is_over = False

    def listen(step: object) -> None:
        nonlocal is_over
        is_over = getattr(step, "report", None) is not None

    report = app.footage.take_in(
        visit, app.footage.scan(card).clips, device_label="", progress=listen, is_cancelled=lambda: is_over
    )
    if not report.is_card_clearable:
        raise RuntimeError(report)


def _peer(film: Path) -> None:
    copy = film.with_suffix(".copy")
    subprocess.run(["cp", str(film), str(copy)], check=True)
    subprocess.run(["sha256sum", str(copy)], check=True, stdout=subprocess.DEVNULL)
    copy.unlink()


def _timed(work: Callable[[], None], film: Path) -> float:
    """Milliseconds of `work` after the system has written everything out and forgotten the film."""
    os.sync()
    with film.open("rb") as file:
        os.posix_fadvise(file.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)
    began = perf_counter()
    work()
    return (perf_counter() - began) * 1000


def _memory(profile: Path, scratch: Path) -> Line:
    what = f"memory of an import of {LARGE // MIB // 1024} GiB (sparse)"
    if shutil.disk_usage(scratch).free < LARGE + 2048 * MIB:
        return Absent(what, "no room for its encrypted copy")
    app = unlock(profile, ZHANG, PASSPHRASE)
    visit = app.inspections.start(SITE, (ZHANG, LI)).made
    app.close()
    film = a_film(scratch / "large" / "REC_0001.MP4", MIB)
    with film.open("r+b") as file:
        file.truncate(LARGE)
    words = [sys.executable, "-m", "tests.faults.importing", str(profile), str(film.parent), visit]
    done = subprocess.run(words, cwd=ROOT, check=True, capture_output=True, text=True)
    peak_mb = int(done.stdout) / 1000
    return Measured(
        what=what, ours=peak_mb, worst=peak_mb, unit="MB", promise=f"≤ {MOST_MB} MB", is_kept=peak_mb <= MOST_MB
    )
