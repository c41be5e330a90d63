"""Seconds of a clapper vote: narrow where a change was seen, silent where they contradict the stream."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inspector.domain.clap_votes import LATENCY_MS, Sighting, showings, vote

OFFSET_MS = 1_795_136_700_000


def seen(at_us: int, offset_ms: float = OFFSET_MS, began_ms: float = 0.0) -> Sighting:
    """What a frame at `at_us` shows when the laptop's clock is `offset_ms` ahead of the stream."""
    true = offset_ms + at_us / 1000
    counter = int((true - OFFSET_MS - began_ms) // 1000)
    return Sighting(at_us, counter, round(OFFSET_MS + began_ms + counter * 1000))


@given(st.integers(0, 999), st.integers(0, 10**9), st.sampled_from([40_000, 66_667, 200_000]), st.integers(3, 20))
def test_the_vote_is_off_by_less_than_it_says(began: int, start: int, step: int, seconds: int) -> None:
    times = range(start, start + seconds * 1_000_000, step)
    told = vote([seen(at, began_ms=began) for at in times])
    assert told.runs_with_stream
    assert told.seconds >= seconds - 1
    assert abs(told.true_ms - told.at_us / 1000 - OFFSET_MS) <= told.uncertainty_ms
    assert told.uncertainty_ms <= step / 2000 + LATENCY_MS + 1


@given(st.randoms(use_true_random=False))
def test_frames_that_were_not_read_widen_it_and_never_mislead(dice: random.Random) -> None:
    frames = [seen(at) for at in range(0, 6_000_000, 200_000)]
    kept = dice.sample(frames, 8)
    told = vote(kept)
    assert abs(told.true_ms - told.at_us / 1000 - OFFSET_MS) <= told.uncertainty_ms <= 500 + LATENCY_MS


def test_a_frame_that_contradicts_the_others_is_outvoted() -> None:
    frames = [seen(at) for at in range(0, 5_000_000, 200_000)]
    told = vote([*frames, Sighting(2_500_000, 900, OFFSET_MS + 900_000)])
    assert told.runs_with_stream
    assert abs(told.true_ms - OFFSET_MS) <= told.uncertainty_ms


@pytest.mark.parametrize("speed", [0.0, 0.5, 2.0, -1.0], ids=["picture", "slow", "quick", "backwards"])
def test_a_code_that_does_not_run_with_the_stream_is_told(speed: float) -> None:
    frames = [
        Sighting(at, second, OFFSET_MS + 1000 * second)
        for at in range(0, 8_000_000, 200_000)
        for second in [100 + int(at / 1e6 * speed // 1)]
    ]
    assert not vote(frames).runs_with_stream


def test_one_frame_says_little() -> None:
    told = vote([seen(1_300_000)])
    assert (told.seconds, told.frames, told.runs_with_stream) == (1, 1, True)
    assert told.uncertainty_ms == 500 + LATENCY_MS


def test_a_clap_seen_twice_is_two_showings() -> None:
    early, late = [seen(at) for at in (0, 1_000_000)], [seen(at) for at in (50_000_000, 51_000_000)]
    assert showings([*late, *early]) == [early, late]
    assert showings([]) == []
