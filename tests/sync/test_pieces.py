"""The parts that decide what goes when: spans, pace, patience, what a progress says."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inspector.crypto.digests import CHUNK
from inspector.errors import Cancelled, HqRefused, Offline
from inspector.store.blobs import Blob
from inspector.sync.pace import MAX_CHUNKS, MAX_STREAMS, TARGET_S, Pace
from inspector.sync.parcel import Parcel, are_ranges
from inspector.sync.patience import Patience
from inspector.sync.progress import Lane, Stage, SyncProgress, Tally


def a_parcel(chunks: int, missing: list[tuple[int, int]]) -> Parcel:
    blob = Blob(sha256="a" * 64, size=chunks * CHUNK - 5, sm3="", leaves=("",) * chunks)
    parcel = Parcel(blob=blob, lane=Lane.PHOTOS)
    parcel.missing.extend(missing)
    return parcel


@st.composite
def ranges(draw: st.DrawFn) -> tuple[int, list[tuple[int, int]]]:
    chunks = draw(st.integers(1, 40))
    lacking = sorted(draw(st.sets(st.integers(0, chunks - 1))))
    spans: list[tuple[int, int]] = []
    for n in lacking:
        if spans and spans[-1][1] == n:
            spans[-1] = (spans[-1][0], n + 1)
        else:
            spans.append((n, n + 1))
    return chunks, spans


@given(told=ranges(), sizes=st.lists(st.integers(1, MAX_CHUNKS), min_size=1))
def test_every_missing_chunk_is_taken_once_and_no_other(
    told: tuple[int, list[tuple[int, int]]], sizes: list[int]
) -> None:
    chunks, missing = told
    parcel = a_parcel(chunks, missing)
    total = parcel.missing_bytes
    taken: list[int] = []
    sent = turn = 0
    while span := parcel.take(sizes[turn % len(sizes)]):
        assert span[1] - span[0] <= sizes[turn % len(sizes)]
        taken.extend(range(*span))
        sent += parcel.span_bytes(span)
        turn += 1
    assert taken == [n for first, end in missing for n in range(first, end)]
    assert sent == total
    assert not parcel.is_ready_to_seal or not taken
    parcel.flying -= turn
    assert parcel.is_ready_to_seal


@given(told=ranges())
def test_ranges_in_order_inside_the_blob_are_accepted(told: tuple[int, list[tuple[int, int]]]) -> None:
    chunks, missing = told
    assert are_ranges(missing, chunks)
    assert not are_ranges([*missing, (chunks, chunks + 1)], chunks)
    assert not are_ranges([*missing, (3, 3)], chunks)


@pytest.mark.parametrize("bad", [[(-1, 1)], [(0, 3)], [(1, 1)], [(1, 0)], [(0, 2), (1, 2)], [(1, 2), (0, 1)]])
def test_ranges_that_lie_are_not(bad: list[tuple[int, int]]) -> None:
    assert not are_ranges(bad, 2)


@given(st.lists(st.tuples(st.floats(0.0, 100.0), st.booleans())))
def test_the_pace_stays_in_its_bounds(events: list[tuple[float, bool]]) -> None:
    pace, now = Pace(), 0.0
    pace.begin(now)
    for seconds, has_failed in events:
        chunks = pace.chunks
        now += seconds
        if has_failed:
            before = pace.streams
            pace.failed()
            assert (pace.chunks, pace.streams) == (1, max(1, before // 2))
        else:
            pace.sent(chunks=chunks, size=chunks * CHUNK, seconds=seconds, now=now)
            assert pace.chunks <= 2 * chunks
            assert pace.chunks == 1 or pace.chunks * seconds / chunks <= TARGET_S
        assert 1 <= pace.chunks <= MAX_CHUNKS
        assert 1 <= pace.streams <= MAX_STREAMS


def paced(rate_of: dict[int, float]) -> Pace:
    """Send for a while over a link that gives `rate_of[streams]` bytes a second in all."""
    pace, now = Pace(), 0.0
    pace.begin(now)
    for _ in range(60):
        size = pace.chunks * CHUNK
        now += size / rate_of[pace.streams]
        pace.sent(chunks=pace.chunks, size=size, seconds=size / rate_of[pace.streams] * pace.streams, now=now)
    return pace


def test_a_link_that_loses_packets_gets_more_streams_and_a_thin_one_does_not() -> None:
    lossy = {n: n * 150_000.0 for n in range(1, MAX_STREAMS + 1)}
    assert paced(lossy).streams == MAX_STREAMS
    assert paced(dict.fromkeys(lossy, 30_000.0)).streams == 1
    assert paced({n: min(n, 2) * 1e6 for n in lossy}).streams == 2


def test_a_fast_link_gets_large_segments_and_a_thin_one_small() -> None:
    assert paced(dict.fromkeys(range(1, MAX_STREAMS + 1), 50e6)).chunks == MAX_CHUNKS
    assert paced(dict.fromkeys(range(1, MAX_STREAMS + 1), 30e3)).chunks == 1


def test_patience_tries_three_times_and_waits_in_between() -> None:
    waits: list[float] = []
    patience = Patience(sleep=waits.append, chance=lambda: 1.0)
    tries: list[int] = []

    def ask() -> str:
        tries.append(1)
        if len(tries) < 3:
            raise Offline(cause="test")
        return "answer"

    assert patience.call(ask) == "answer"
    assert waits == [1.0, 2.0]
    tries.clear()
    with pytest.raises(Offline):
        Patience(tries=2, sleep=waits.append).call(ask)


@given(chance=st.floats(0, 1))
def test_waits_stay_between_floor_and_cap(chance: float) -> None:
    waits: list[float] = []
    patience = Patience(tries=6, sleep=waits.append, chance=lambda: chance)

    def ask() -> None:
        raise Offline(cause="test")

    with pytest.raises(Offline):
        patience.call(ask)
    assert len(waits) == 5
    assert all(0.2 <= wait <= 2.0 for wait in waits)


def test_a_refusal_is_not_tried_again_and_a_stop_is_heard_at_once() -> None:
    tries: list[int] = []

    def refuse() -> None:
        tries.append(1)
        raise HqRefused(status=403, title="revoked", detail="")

    with pytest.raises(HqRefused):
        Patience(sleep=lambda _: None).call(refuse)
    assert tries == [1]
    with pytest.raises(Cancelled):
        Patience(is_cancelled=lambda: True).call(refuse)
    assert tries == [1]


def test_rate_and_remaining_time_come_from_what_arrived() -> None:
    told: list[SyncProgress] = []
    now = [0.0]
    tally = Tally(listener=told.append, now=lambda: now[0])
    tally.expect(Lane.PHOTOS, 4, 4_000_000)
    tally.enter(Stage.PHOTOS)
    assert told[-1].remaining_s is None
    now[0] = 1.0
    tally.arrived(Lane.PHOTOS, 1_000_000)
    assert (told[-1].rate, told[-1].remaining_s) == (1_000_000, 3)
    tally.arrived(Lane.PHOTOS, 1_000_000)
    assert told[-1].rate == 1_000_000, "two pieces in one moment are no rate"
    now[0] = 2.0
    tally.arrived(Lane.PHOTOS, 0)
    assert (told[-1].rate, told[-1].remaining_s) == (1_000_000, 2)
    tally.had(Lane.PHOTOS, 1_000_000)
    tally.tell()
    assert told[-1].remaining_s == 1
