"""The link fails at every point; nothing is lost, nothing is doubled, and nobody has to repair anything."""

from __future__ import annotations

import tempfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from inspector.errors import Offline
from inspector.sync.progress import SyncState
from tests.sync.conftest import Headquarters, Laptop, demand_agreement, noise, patient
from tests.sync.faults import DROP_AFTER, DROP_BEFORE, PASS, TWICE, Call, Link, Order, answer, cut

MIB = 1 << 20


def a_day(laptop: Laptop, photos: int = 6, size: int = MIB + 1) -> None:
    inspection = laptop.inspect()
    for n in range(photos):
        laptop.attach(inspection, noise(size + n, seed=n), hazard=laptop.report(inspection, f"隐患{n}"))


@pytest.mark.parametrize("order", [DROP_BEFORE, DROP_AFTER, cut(70_000), answer(502), answer(200)])
@pytest.mark.parametrize("k", [2, 5])
def test_a_fault_at_every_kth_request(hq: Headquarters, laptop: Laptop, link: Link, order: Order, k: int) -> None:
    a_day(laptop, photos=3)
    link.decide = lambda call: order if call.n % k == k - 1 else PASS
    for _ in range(4):
        laptop.sync()
    link.decide = lambda _: PASS
    report = patient(laptop, runs=2)
    assert report.refused == ()
    assert hq.states(laptop.vault.device) == {("applied", "")}
    demand_agreement(hq, laptop)


@pytest.mark.parametrize("lasting", range(1, 21, 3))
def test_the_link_dies_after_so_many_requests_and_comes_back(
    hq: Headquarters, laptop: Laptop, link: Link, lasting: int
) -> None:
    a_day(laptop, photos=2)
    link.decide = lambda call: PASS if call.n < lasting else DROP_AFTER
    report = laptop.sync()
    assert report.state in (SyncState.INTERRUPTED, SyncState.DONE)
    assert report.is_handover_ready == laptop.backlog().is_empty
    link.decide = lambda _: PASS
    patient(laptop, runs=1)
    demand_agreement(hq, laptop)


def test_a_cut_in_the_middle_of_a_photo_costs_no_more_than_a_segment(
    hq: Headquarters, laptop: Laptop, link: Link
) -> None:
    size = 9 * MIB + 5
    laptop.attach(laptop.inspect(), noise(size))
    segments = 0

    def die_in_the_third_segment(call: Call) -> Order:
        nonlocal segments
        segments += call.is_segment
        if segments < 3:
            return PASS
        return cut(call.size // 2) if call.is_segment and segments == 3 else DROP_BEFORE

    link.decide = die_in_the_third_segment
    report = laptop.sync()
    assert report.state is SyncState.INTERRUPTED
    assert isinstance(report.error, Offline)
    assert (report.backlog.photos, report.is_handover_ready) == (1, False)
    largest = max(call.size for call, _ in link.calls if call.is_segment)
    link.decide = lambda _: PASS
    restarted = laptop.reopened()
    report = restarted.sync()
    assert report.state is SyncState.DONE
    assert report.is_handover_ready
    assert 0 < report.sent_bytes < size, "what had arrived doesn't go again"
    assert link.segment_bytes() <= size + largest
    demand_agreement(hq, restarted)
    restarted.vault.close()


def test_every_request_arrives_twice(hq: Headquarters, laptop: Laptop, link: Link) -> None:
    a_day(laptop)
    link.decide = lambda _: TWICE
    report = laptop.sync()
    assert report.state is SyncState.DONE
    assert report.is_handover_ready
    demand_agreement(hq, laptop)


def test_headquarters_forgets_every_session(hq: Headquarters, laptop: Laptop, link: Link) -> None:
    a_day(laptop, photos=2)

    def restart(call: Call) -> Order:
        if call.n in (3, 6, 8):
            hq.service._sessions.__init__()
        return PASS

    link.decide = restart
    report = laptop.sync()
    assert (report.state, report.refused) == (SyncState.DONE, ())
    demand_agreement(hq, laptop)


def test_stopping_is_harmless_at_every_point(hq: Headquarters, laptop: Laptop) -> None:
    a_day(laptop, photos=2)
    states: list[SyncState] = []
    for patience in range(0, 40, 5):
        asked = 0

        def is_cancelled(limit: int = patience) -> bool:
            nonlocal asked
            asked += 1
            return asked > limit

        states.append(laptop.sync(is_cancelled).state)
    assert states[0] is SyncState.CANCELLED
    assert states[-1] is SyncState.DONE
    demand_agreement(hq, laptop)


ORDERS = st.sampled_from([PASS, PASS, PASS, DROP_BEFORE, DROP_AFTER, TWICE, cut(0), cut(1_500_000), answer(503)])


@given(script=st.lists(ORDERS, max_size=60), breaks=st.sets(st.integers(0, 5), max_size=3))
@settings(max_examples=10, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_after_any_cuts_one_clean_run_ends_ready(
    hq: Headquarters, link: Link, script: list[Order], breaks: set[int]
) -> None:
    link.decide = lambda _: PASS
    with tempfile.TemporaryDirectory() as folder:
        laptop = Laptop.enrolled(Path(folder), link.url, hq.code())
        try:
            link.forget()
            link.decide = lambda call: script[call.n] if call.n < len(script) else PASS
            for n in range(4):
                a_day(laptop, photos=1, size=n * 700_000 + 1)
                laptop.sync()
                if n in breaks:
                    laptop = laptop.reopened()
            link.decide = lambda _: PASS
            report = laptop.sync()
            assert report.state is SyncState.DONE
            assert report.is_handover_ready
            demand_agreement(hq, laptop)
        finally:
            laptop.vault.close()
