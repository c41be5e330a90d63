"""One side was put back from a copy: headquarters gets everything again, a copied laptop is stopped."""

from __future__ import annotations

import shutil
from pathlib import Path

import msgspec

from inspector.errors import HqRefused, Offline
from inspector.protocol.messages import Position
from inspector.sync.progress import SyncState
from tests.sync.conftest import Headquarters, Laptop, demand_agreement, noise, patient
from tests.sync.faults import PASS, Link, answer
from tests.sync.liar import sync_with


def test_headquarters_put_back_from_a_backup_gets_everything_again(hq: Headquarters, laptop: Laptop) -> None:
    inspection = laptop.inspect()
    laptop.attach(inspection, noise(40_000))
    patient(laptop)
    backup = hq.backed_up()
    laptop.url = hq.url
    laptop.attach(inspection, noise(50_000, seed=2))
    patient(laptop)
    hq.put_back(backup)
    laptop.url = hq.url
    assert laptop.backlog().is_empty, "we have receipts for all that headquarters has lost"
    report = laptop.sync()
    assert report.state is SyncState.DONE
    assert report.is_handover_ready
    demand_agreement(hq, laptop)


def test_handover_waits_while_a_restored_headquarters_lacks_files(hq: Headquarters, laptop: Laptop, link: Link) -> None:
    laptop.attach(laptop.inspect(), noise(40_000))
    patient(laptop)
    link.decide = lambda call: answer(503) if call.path == "/v1/offers" else PASS
    raised = hq.service.identity.epoch + 1
    bend = {"hello": lambda told: msgspec.structs.replace(told, epoch=raised)}
    report = sync_with(laptop, **bend)
    assert isinstance(report.error, Offline)
    assert report.backlog.is_empty
    assert not report.is_handover_ready, "what was signed for in an earlier life must be asked for again"
    link.decide = lambda _: PASS
    assert sync_with(laptop, **bend).is_handover_ready


def test_a_gap_sends_us_back_to_what_headquarters_has(hq: Headquarters, laptop: Laptop) -> None:
    patient(laptop)
    backup = hq.backed_up()
    laptop.url = hq.url
    laptop.inspect()
    told: list[Position] = []
    sync_with(laptop, position=lambda now: told.append(now) or now)
    hq.put_back(backup)
    laptop.url = hq.url
    laptop.inspect()
    report = sync_with(laptop, position=lambda _: told[-1])  # as if the disk was swapped just after we had asked
    assert report.state is SyncState.DONE
    demand_agreement(hq, laptop)


def test_a_profile_put_back_from_a_copy_is_stopped_and_nothing_is_overwritten(
    hq: Headquarters, laptop: Laptop, tmp_path: Path
) -> None:
    patient(laptop)
    laptop.vault.close()
    copy = tmp_path / "copy"
    shutil.copytree(laptop.vault.profile, copy)
    first = Laptop.opened(laptop.vault.profile, laptop.url, tmp_path)
    first.inspect()
    patient(first)
    stored = hq.entries(first.vault.device)
    first.vault.close()
    second = Laptop.opened(copy, laptop.url, tmp_path)
    second.report(second.inspect(), "另一个历史")
    report = second.sync()
    assert report.state is SyncState.REFUSED
    assert isinstance(report.error, HqRefused)
    assert report.error.facts["title"] == "fork"
    assert report.backlog.entries > 0
    assert hq.entries(second.vault.device) == stored
    second.vault.close()
