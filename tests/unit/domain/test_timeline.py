"""Footage against the steps of a visit; gaps; clocks that were set."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from inspector.domain.footage import AnchorSource, ClockState
from inspector.domain.timeline import Clocks, FilmItem, Gap, GapState, Span, Step, StepKind, gaps, jumps, place
from inspector.law import filming
from tests.unit.domain.test_clock_fit import BEGAN, BEGAN_MS, a_clip, a_recording, an_anchor

ITEM = FilmItem(id="hazard", step=StepKind.HAZARD, text="隐患", text_en="hazard", before_s=60, after_s=30)


def a_span(first_s: int, last_s: int) -> Span:
    return Span(
        recording_id="r",
        clip_id="c",
        label="DSJ-1",
        begins_at=BEGAN + timedelta(seconds=first_s),
        ends_at=BEGAN + timedelta(seconds=last_s),
        uncertainty_ms=100,
        state=ClockState.MEASURED,
    )


def at(*seconds: int) -> list[Step]:
    return [Step(kind=StepKind.HAZARD, at=BEGAN + timedelta(seconds=one)) for one in seconds]


def judged(steps: list[Step], *spans: Span, **reasons: str) -> Gap:
    (found,) = gaps([ITEM], steps, spans, reasons)
    return found


@pytest.mark.parametrize(
    ("span", "state"),
    [
        ((0, 200), GapState.COVERED),
        ((0, 40), GapState.COVERED),
        ((0, 39), GapState.MISSING),
        ((130, 200), GapState.COVERED),
        ((131, 200), GapState.MISSING),
    ],
)
def test_footage_counts_within_the_item_s_tolerance(span: tuple[int, int], state: GapState) -> None:
    assert judged(at(100), a_span(*span)).state is state


def test_every_occurrence_must_be_filmed() -> None:
    found = judged(at(100, 5_000), a_span(0, 200))
    assert (found.state, found.uncovered) == (GapState.MISSING, (BEGAN + timedelta(seconds=5_000),))
    assert judged(at(100, 5_000), a_span(0, 200), a_span(4_990, 5_000)).state is GapState.COVERED


def test_a_reason_explains_a_gap_and_nothing_else() -> None:
    told = judged(at(100), hazard="记录仪没电")
    assert (told.state, told.reason) == (GapState.EXPLAINED, "记录仪没电")
    told = judged(at(100), a_span(90, 110), hazard="记录仪没电")
    assert (told.state, told.reason) == (GapState.COVERED, "")


def test_what_did_not_happen_needs_no_footage() -> None:
    assert judged([], hazard="no matter").state is GapState.NOT_APPLICABLE


def test_footage_of_unknown_time_stands_apart() -> None:
    known = a_recording(an_anchor(0, BEGAN_MS + 5_000))
    by_hand = replace(
        a_recording(an_anchor(0, BEGAN_MS, source=AnchorSource.BY_HAND, uncertainty_ms=2_000)), device_label=""
    )
    spans, unplaced = place([known, a_recording(), by_hand])
    assert [(one.state, one.label) for one in spans] == [
        (ClockState.BY_HAND, "0.mp4"),
        (ClockState.MEASURED, "DSJ-1"),
    ]
    assert spans[1].begins_at == BEGAN + timedelta(seconds=5)
    assert spans[1].ends_at == BEGAN + timedelta(hours=1, seconds=5)
    assert [one.duration_us for one in unplaced] == [a_clip().duration_us]


def test_a_clock_that_was_set_is_a_jump_and_a_slow_one_is_not() -> None:
    steady = [Clocks(1_000_000 + n * 60_000, n * 60_000, "boot") for n in range(4)]
    assert jumps(steady) == []
    forwards = [replace(one, wall_ms=one.wall_ms + 121_000) for one in steady[2:]]
    assert jumps([*steady[:2], *forwards]) == [(forwards[0].wall_ms, 121_000)]
    backwards = [replace(one, wall_ms=one.wall_ms - 300_000) for one in steady[2:]]
    assert jumps([*steady[:2], *backwards]) == [(backwards[0].wall_ms, -300_000)]
    assert jumps([*steady[:2], *(replace(one, boot="another") for one in forwards)]) == []
    slow = [replace(one, wall_ms=one.wall_ms + n * 60_000) for n, one in enumerate(steady)]
    assert jumps(slow) == []


def test_the_pack_s_list_names_each_item_once_and_marks_what_is_unconfirmed() -> None:
    items = filming.load()
    assert len({one.id for one in items}) == len(items)
    assert all(one.text and one.text_en and one.basis and one.before_s >= 0 <= one.after_s for one in items)
    assert {one.is_verified for one in items} == {True, False}
