"""kill -9 at random moments of the day: whatever was said to be saved is there, the rest is whole or not there.

KILLS=200 in the environment (make test-kill) for the long run; KILL_SEED moves all dice.
"""

from __future__ import annotations

import hashlib
import json
import multiprocessing
import os
import random
import shutil
import signal
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest

from inspector.app import App, unlock
from tests.builders import PASSPHRASE, ZHANG, FakeClock
from tests.faults import ledger
from tests.faults.work import work

ROOT = Path(__file__).resolve().parents[2]
KILLS = int(os.environ.get("KILLS", "20"))
FIRST_SEED = int(os.environ.get("KILL_SEED", "0"))
KILLS_OF_A_PROFILE = 10
"""A profile grows over several kills; every one after the first also shows that the work goes on."""
LONGEST_S = 1.2
MOST_CALLS = 700
ENDLESS = 100_000

pytestmark = pytest.mark.kill


@pytest.fixture(scope="module")
def server() -> multiprocessing.context.ForkServerContext:
    """Children that begin to work at once: a server that has imported everything forks them."""
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["tests.faults.work", "cv2", "PIL.Image", "inspector.notices.render"])
    return context


@pytest.mark.parametrize("life", range(-(-KILLS // KILLS_OF_A_PROFILE)))
def test_nothing_that_was_saved_is_lost(
    life: int, profile: Path, server: multiprocessing.context.ForkServerContext, tally: Counter[str]
) -> None:
    for turn in range(min(KILLS_OF_A_PROFILE, KILLS - life * KILLS_OF_A_PROFILE)):
        seed = FIRST_SEED * 1000 + life * 20 + turn
        die = random.Random(seed)
        if turn % 2 and shutil.which("strace"):
            kill_at_a_call(profile, seed, die.randint(1, MOST_CALLS))
        else:
            kill_after(server, profile, seed, die.uniform(0, LONGEST_S))
        told = ledger.read(profile.with_suffix(".jsonl"))
        tally["kills"] += 1
        tally["in the middle of an action"] += told.pending is not None
        tally["of these whole afterwards"] += check(profile, told)
    work(profile, life * 20 + KILLS_OF_A_PROFILE, 15)
    told = ledger.read(profile.with_suffix(".jsonl"))
    assert told.pending is None
    assert told.closed == 1
    assert not check(profile, told)
    tally["actions saved"] += len(told.saved)


def kill_after(server: multiprocessing.context.ForkServerContext, profile: Path, seed: int, delay_s: float) -> None:
    """SIGKILL a working process so many seconds after its start."""
    process = server.Process(target=work, args=(profile, seed, ENDLESS))
    process.start()
    process.join(timeout=delay_s)
    process.kill()
    process.join()
    assert process.exitcode == -signal.SIGKILL


def kill_at_a_call(profile: Path, seed: int, call: int) -> None:
    """SIGKILL a working process when it is about to make its n-th call that writes or syncs a file."""
    calls = "pwrite64,fdatasync,fsync,ftruncate"
    strace = ["strace", "-f", "-qqq", "-o", "/dev/null", "-e", f"trace={calls}"]
    kill = ["-e", f"inject={calls}:signal=SIGKILL:when={call}"]
    words = [sys.executable, "-m", "tests.faults.work", str(profile), str(seed), str(ENDLESS)]
    done = subprocess.run([*strace, *kill, *words], cwd=ROOT, check=False, capture_output=True, timeout=120)
    assert done.returncode in (-signal.SIGKILL, 128 + signal.SIGKILL), done.stderr.decode()


def check(profile: Path, told: ledger.Told) -> bool:
    """Open the profile again and compare; returns whether the action that was cut off is there (whole)."""
    app = unlock(profile, ZHANG, PASSPHRASE, clock=FakeClock())
    try:
        assert app.audit.verify().faults == ()
        assert told.faults == []
        expected: ledger.Visits = {}
        for action in told.saved:
            expected = ledger.after(expected, action)
        found = ledger.standing(app)
        is_done = told.pending is not None and found == ledger.after(expected, told.pending)
        assert is_done or found == expected
        compare_bytes(app, told, found)
    finally:
        app.close()
    if is_done:
        with profile.with_suffix(".jsonl").open("a", encoding="utf-8") as lines:
            lines.write(json.dumps({"saved": told.pending}) + "\n")
    return is_done


def compare_bytes(app: App, told: ledger.Told, found: ledger.Visits) -> None:
    """Every photo and every paper that was said to be saved reads back with the digest that was told."""
    for action in told.saved:
        if action["do"] == "photograph":
            content = app.evidence.original(action["sha256"])
            assert hashlib.sha256(content).hexdigest() == action["sha256"]
    papers = [one for row in app.inspections.list(limit=10_000) for one in app.notices.of(row.inspection.id)]
    numbers = [one.number for one in papers if one.number]
    assert len(set(numbers)) == len(numbers)
    pdfs = {one.number: hashlib.sha256(app.notices.pdf(one.id)).hexdigest() for one in papers if one.number}
    for action in told.saved:
        if action["do"] == "issue" and "number" in action:
            assert pdfs[action["number"]] == action["pdf_sha256"]
    assert len(pdfs) == sum(notice["number"] != "" for visit in found.values() for notice in visit["notices"])
