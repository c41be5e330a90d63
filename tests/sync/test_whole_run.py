"""One run over a good link: everything goes up, register and numbers come down, receipts hold."""

from __future__ import annotations

import pytest

from inspector import mainthread
from inspector.domain.notice import ON_EVERY_VISIT
from inspector.errors import NotAllowed, StorageFull, WrongThread
from inspector.law import forms
from inspector.store import notices, transfers
from inspector.store.journal import Act
from inspector.sync import kept
from inspector.sync.progress import Lane, Stage, SyncProgress, SyncState
from tests.sync.conftest import Headquarters, Laptop, all_leased, demand_agreement, noise
from tests.sync.faults import Link

MIB = 1 << 20


def test_one_run_brings_both_sides_to_the_same_state(hq: Headquarters, laptop: Laptop) -> None:
    inspection = laptop.inspect()
    hazard = laptop.report(inspection)
    laptop.attach(inspection, noise(3 * MIB + 17), hazard=hazard)
    laptop.attach(inspection, noise(5, seed=1))
    report = laptop.sync()
    assert report.state is SyncState.DONE, report
    assert report.error is None
    assert report.refused == ()
    assert report.is_handover_ready
    assert report.backlog.is_empty
    assert (report.sent_files, report.wasted_bytes, report.leased) == (2, 0, all_leased())
    assert hq.states(laptop.vault.device) == {("applied", "")}
    demand_agreement(hq, laptop)


def test_a_second_run_sends_nothing(laptop: Laptop, link: Link) -> None:
    laptop.attach(laptop.inspect(), noise(MIB))
    laptop.sync()
    link.forget()
    report = laptop.sync()
    assert report.state is SyncState.DONE
    assert (report.sent_entries, report.sent_files, report.sent_bytes) == (0, 0, 0)
    assert [call.path.partition("?")[0] for call, _ in link.calls] == [
        "/v1/hello",
        "/v1/position",
        "/v1/register",
        "/v1/position",
    ]


def test_unlocking_is_nothing_to_hand_over_and_goes_with_the_next_run(laptop: Laptop) -> None:
    laptop.sync()
    unlocking = Act(kind=transfers.UNLOCK, type="device", subject=laptop.vault.device)
    with laptop.vault.gateway.write() as tx:
        laptop.session.record(tx, unlocking)
        laptop.session.record(tx, unlocking)
        assert kept.is_handover_ready(tx)
    waits = laptop.backlog()
    assert (waits.entries, waits.unlocks, waits.is_empty, waits.waiting_since_ms) == (0, 2, True, 0)
    laptop.inspect()
    waits = laptop.backlog()
    assert (waits.entries, waits.unlocks, waits.is_empty) == (1, 2, False)
    assert waits.waiting_since_ms == laptop.vault.clock.read().wall_ms - 20
    laptop.seen.clear()
    report = laptop.sync()
    assert (report.sent_entries, report.backlog.unlocks, report.is_handover_ready) == (3, 0, True)
    assert laptop.seen[-1].lane(Lane.ENTRIES).total == 3


def test_numbers_come_for_every_form_once(laptop: Laptop) -> None:
    laptop.sync()
    laptop.sync()
    with laptop.vault.gateway.read() as tx:
        leases = notices.leases(tx)
    assert {(one.form, one.year, one.first, one.last) for one in leases} == {
        (form, 2026, 1, 50 if form in ON_EVERY_VISIT else 20) for form in forms.numbered()
    }


def test_progress_counts_up_to_the_report(laptop: Laptop) -> None:
    inspection = laptop.inspect()
    for seed in range(3):
        laptop.attach(inspection, noise(MIB + seed, seed))
    report = laptop.sync()
    assert laptop.seen[0].stage is Stage.HELLO
    assert laptop.seen[0].lane(Lane.PHOTOS).total == 3
    assert list(dict.fromkeys(one.stage for one in laptop.seen)) == list(Stage)
    last = laptop.seen[-1]
    photos = last.lane(Lane.PHOTOS)
    assert (photos.done, photos.total, photos.done_bytes, photos.total_bytes) == (3, 3, 3 * MIB + 3, 3 * MIB + 3)
    assert last.receipts == report.receipts
    for before, after in zip(laptop.seen, laptop.seen[1:], strict=False):
        assert after.receipts >= before.receipts
        assert after.lane(Lane.PHOTOS).done_bytes >= before.lane(Lane.PHOTOS).done_bytes


def test_a_twin_photo_on_two_hazards_is_stored_once(hq: Headquarters, laptop: Laptop, link: Link) -> None:
    inspection = laptop.inspect()
    same = noise(2 * MIB)
    for text in ("甲", "乙"):
        laptop.attach(inspection, same, hazard=laptop.report(inspection, text))
    report = laptop.sync()
    assert (report.state, report.sent_files) == (SyncState.DONE, 1)
    assert link.segment_bytes() == len(same)
    demand_agreement(hq, laptop)


def test_one_run_at_a_time(laptop: Laptop) -> None:
    engine = laptop.engine()
    refused: list[NotAllowed] = []

    def run_again(_: SyncProgress) -> None:
        with pytest.raises(NotAllowed) as caught:
            engine.run(lambda _: None, lambda: False)
        refused.append(caught.value)

    assert engine.run(run_again, lambda: False).state is SyncState.DONE
    assert {one.facts["reason"] for one in refused} == {"sync_running"}
    assert engine.run(lambda _: None, lambda: False).state is SyncState.DONE


@pytest.mark.parametrize("nth", range(4))
def test_a_full_disk_stops_the_run_and_the_next_one_goes_on(
    hq: Headquarters, laptop: Laptop, monkeypatch: pytest.MonkeyPatch, nth: int
) -> None:
    inspection = laptop.inspect()
    for n in range(2):
        laptop.attach(inspection, noise(3000 + n, seed=n))
    keep, asked = transfers.keep_receipt, []

    def full(*args: object, **kwargs: object) -> None:
        asked.append(1)
        if len(asked) == nth + 1:
            raise StorageFull(file="inspector.db", cause="test")
        keep(*args, **kwargs)

    monkeypatch.setattr(transfers, "keep_receipt", full)
    with pytest.raises(StorageFull):
        laptop.sync()
    report = laptop.sync()
    assert report.state is SyncState.DONE
    assert report.is_handover_ready
    demand_agreement(hq, laptop)


def test_the_window_s_thread_never_speaks_http(laptop: Laptop) -> None:
    wire = laptop.connect()
    mainthread.claim()
    try:
        with pytest.raises(WrongThread):
            wire.hello("nonce")
    finally:
        mainthread.release()
