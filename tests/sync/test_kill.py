"""The laptop dies with SIGKILL in the middle of a photo; what had arrived stays arrived."""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading
from pathlib import Path

import pytest

from inspector.sync.progress import SyncState
from tests.sync.conftest import Headquarters, Laptop, demand_agreement, noise
from tests.sync.faults import PASS, Call, Link, Order

MIB = 1 << 20


def sync_until_killed(profile: Path, url: str, folder: Path) -> None:
    Laptop.opened(profile, url, folder).sync()


@pytest.mark.parametrize("at", [2, 8, 9, 11])
def test_killed_at_a_request_then_resumed(hq: Headquarters, laptop: Laptop, link: Link, at: int) -> None:
    size = 6 * MIB
    laptop.attach(laptop.inspect(), noise(size))
    laptop.vault.close()
    reached, go_on = threading.Event(), threading.Event()

    def hold(call: Call) -> Order:
        if call.n == at:
            reached.set()
            go_on.wait(60)
        return PASS

    link.decide = hold
    child = multiprocessing.get_context("spawn").Process(
        target=sync_until_killed, args=(laptop.vault.profile, laptop.url, laptop.folder)
    )
    child.start()
    assert reached.wait(60)
    os.kill(child.pid or 0, signal.SIGKILL)
    child.join()
    assert child.exitcode == -signal.SIGKILL
    go_on.set()
    link.decide = lambda _: PASS
    again = Laptop.opened(laptop.vault.profile, laptop.url, laptop.folder)
    report = again.sync()
    assert report.state is SyncState.DONE
    assert report.is_handover_ready
    largest = max(call.size for call, _ in link.calls if call.is_segment)
    assert link.segment_bytes() <= size + largest
    demand_agreement(hq, again)
    again.vault.close()
    child.close()
