"""Which files of a card are one recording: times that follow, full files whose numbers follow, nothing else."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inspector.evidence.split_files import SIZE_LIMIT, TIMES, Piece, runs

BEGAN = datetime(2026, 11, 20, 1, 5, tzinfo=UTC)
GIB = 1 << 30


def piece(
    name: str, at: float | None = None, seconds: float | None = None, size: int = 1000, mime: str = "video/mp4"
) -> Piece:
    return Piece(
        relative=name,
        size=size,
        mime=mime,
        began_at=None if at is None else BEGAN + timedelta(seconds=at),
        duration_us=None if seconds is None else int(seconds * 1e6),
    )


def names(pieces: list[Piece]) -> list[tuple[list[str], str]]:
    return [([pieces[n].relative for n in run.pieces], run.why) for run in runs(pieces)]


def test_times_that_follow_join() -> None:
    given_ = [piece("R_003.MP4", 1201, 600), piece("R_001.MP4", 0, 600), piece("R_002.MP4", 601, 600)]
    assert names(given_) == [(["R_001.MP4", "R_002.MP4", "R_003.MP4"], TIMES)]
    assert runs(given_)[0].is_sure


def test_names_that_are_times_join() -> None:
    given_ = [piece("20261120_090500.MP4", 0, 300), piece("20261120_091000.MP4", 300, 120)]
    assert names(given_) == [(["20261120_090500.MP4", "20261120_091000.MP4"], TIMES)]


def test_a_pause_between_makes_two_though_numbers_follow_and_files_are_full() -> None:
    given_ = [piece("R_001.MP4", 0, 600, size=4 * GIB), piece("R_002.MP4", 660, 600)]
    assert [why for _, why in names(given_)] == ["", ""]


def test_a_full_file_joins_the_next_number_and_is_to_be_confirmed() -> None:
    given_ = [piece("R_009.AVI", size=4 * GIB - 70_000), piece("R_010.AVI", size=4 * GIB - 1), piece("R_011.AVI")]
    (run,) = runs(given_)
    assert (len(run.pieces), run.why, run.is_sure) == (3, SIZE_LIMIT, False)


@pytest.mark.parametrize(
    "other",
    [
        piece("R_003.MP4"),  # a number is missing between
        piece("sub/R_002.MP4"),
        piece("S_002.MP4"),
        piece("R_002.AVI"),
        piece("R_002.MP4", mime="video/x-msvideo"),
    ],
)
def test_what_is_not_alike_stays_apart(other: Piece) -> None:
    assert len(runs([piece("R_001.MP4", size=4 * GIB - 5), other])) == 2


def test_a_file_that_is_not_full_stays_alone() -> None:
    assert len(runs([piece("R_001.TS", size=3 * GIB), piece("R_002.TS")])) == 2


def test_two_channels_stay_two_recordings() -> None:
    ten = ("090500", "091500", "092500")
    given_ = [piece(f"20261120_{at}_CH{n}.MP4", 600 * turn, 600) for turn, at in enumerate(ten) for n in (1, 2)]
    expected = [[f"20261120_{at}_CH{n}.MP4" for at in ten] for n in (1, 2)]
    assert [run for run, _ in names(given_)] == expected
    del given_[2]  # the second file of the first channel is lost
    assert sorted(run for run, _ in names(given_)) == [expected[0][:1], expected[1], expected[0][2:]]


@given(
    st.lists(
        st.tuples(
            st.text("ab12_.", min_size=1, max_size=6), st.integers(0, 3000), st.sampled_from([1000, 4 * GIB - 1])
        ),
        max_size=30,
    )
)
def test_every_piece_is_in_exactly_one_recording(told: list[tuple[str, int, int]]) -> None:
    given_ = [piece(f"{name}.mp4", at, 600, size) for name, at, size in told]
    found = [n for run in runs(given_) for n in run.pieces]
    assert sorted(found) == list(range(len(given_)))
