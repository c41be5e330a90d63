"""kill -9 at random moments of an import: it goes on where it was, and what is called taken in is there, once.

KILLS=200 in the environment (make test-kill) for the long run; KILL_SEED moves all dice.
"""

from __future__ import annotations

import hashlib
import multiprocessing
import os
import random
import shutil
import signal
import subprocess
import sys
from collections import Counter
from datetime import timedelta
from pathlib import Path

import pytest

from inspector.app import App, unlock
from inspector.domain.footage import Clip, Recording
from tests.builders import LI, PASSPHRASE, ZHANG, FakeClock
from tests.faults.importing import take_all, take_in
from tests.services.recorder import BEGAN, MIB, a_film, digest, stamps
from tests.services.visit import SITE

ROOT = Path(__file__).resolve().parents[2]
KILLS = int(os.environ.get("KILLS", "20"))
FIRST_SEED = int(os.environ.get("KILL_SEED", "0"))
KILLS_OF_A_CARD = 10
LONGEST_S = 1.5
MOST_CALLS = 160

pytestmark = pytest.mark.kill


@pytest.fixture(scope="module")
def server() -> multiprocessing.context.ForkServerContext:
    """Children that begin to work at once: a server that has imported everything forks them."""
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["tests.faults.importing", "inspector.services.footage_examine"])
    return context


@pytest.mark.parametrize("life", range(-(-KILLS // KILLS_OF_A_CARD)))
def test_an_import_goes_on_after_every_kill(
    life: int, profile: Path, tmp_path: Path, server: multiprocessing.context.ForkServerContext, tally: Counter[str]
) -> None:
    visit = begun(profile)
    for turn in range(min(KILLS_OF_A_CARD, KILLS - life * KILLS_OF_A_CARD)):
        seed = FIRST_SEED * 1000 + life * 20 + turn
        die = random.Random(seed)
        card = tmp_path / f"card-{turn}"
        films = a_card(card, seed)
        before = stamps(card)
        if turn % 2 and shutil.which("strace"):
            kill_at_a_call(profile, card, visit, die.randint(1, MOST_CALLS))
        else:
            kill_after(server, (profile, card, visit), die.uniform(0.1, LONGEST_S))
        tally["kills of an import"] += 1
        check(profile, card, visit, films, tally)
        assert stamps(card) == before
        shutil.rmtree(card)


def begun(profile: Path) -> str:
    app = unlock(profile, ZHANG, PASSPHRASE, clock=FakeClock())
    visit = app.inspections.start(SITE, (ZHANG, LI)).made
    app.close()
    return visit


def a_card(card: Path, seed: int) -> dict[str, Path]:
    """Two pieces of one recording and a single one; return them by digest."""
    sizes = (11 * MIB + 123, 5 * MIB, MIB // 2)
    starts = (BEGAN, BEGAN + timedelta(seconds=60), BEGAN + timedelta(hours=3))
    told = zip(sizes, starts, strict=True)
    films = [a_film(card / f"REC_{n:04}.MP4", size, began=at, seed=seed) for n, (size, at) in enumerate(told)]
    return {digest(path): path for path in films}


def kill_after(
    server: multiprocessing.context.ForkServerContext, words: tuple[Path, Path, str], delay_s: float
) -> None:
    """SIGKILL the import so many seconds after its start; it may have ended before."""
    process = server.Process(target=take_in, args=words)
    process.start()
    process.join(timeout=delay_s)
    process.kill()
    process.join()


def kill_at_a_call(profile: Path, card: Path, visit: str, call: int) -> None:
    """SIGKILL the import when it is about to make its n-th call that writes, syncs or renames a file."""
    calls = "write,pwrite64,fdatasync,fsync,ftruncate,rename,unlink"
    strace = ["strace", "-f", "-qqq", "-o", "/dev/null", "-e", f"trace={calls}"]
    kill = ["-e", f"inject={calls}:signal=SIGKILL:when={call}"]
    words = [sys.executable, "-m", "tests.faults.importing", str(profile), str(card), visit]
    done = subprocess.run([*strace, *kill, *words], cwd=ROOT, check=False, capture_output=True, timeout=300)
    assert done.returncode in {0, -signal.SIGKILL, 128 + signal.SIGKILL}, done.stderr.decode()


def check(profile: Path, card: Path, visit: str, films: dict[str, Path], tally: Counter[str]) -> None:
    """After the kill: no entry without its bytes. After going on: every film, once, whole, in two recordings."""
    app = unlock(profile, ZHANG, PASSPHRASE, clock=FakeClock())
    try:
        assert app.audit.verify().faults == ()
        tally["of these broke one off"] += bool(app.footage.pending())
        report = take_all(app, card, visit)
        assert report.is_card_clearable, report
        assert app.footage.pending() == []
        found = {clip.sha256: (one.id, clip.ordinal) for one, clip in clips(app, visit) if clip.sha256 in films}
        assert set(found) == set(films)
        places = [found[sha256] for sha256 in films]
        assert [ordinal for _, ordinal in places] == [0, 1, 0]
        assert places[0][0] == places[1][0] != places[2][0]
        for sha256, path in films.items():
            whole = hashlib.sha256(b"".join(app._session.vault.originals.chunks(sha256)))
            assert whole.hexdigest() == sha256 == digest(path)
        every = [clip.sha256 for _, clip in clips(app, visit)]
        assert len(every) == len(set(every))
        told = app.audit.verify()
        assert (told.faults, told.found_files) == ((), ())
        assert list((profile / "footage" / "incoming").iterdir()) == []
    finally:
        app.close()


def clips(app: App, visit: str) -> list[tuple[Recording, Clip]]:
    return [(one, clip) for one in app.footage.recordings(visit) for clip in one.clips]
