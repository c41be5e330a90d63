"""A recording's clock: anchors become a line; what ties nothing to the laptop's clock stays 未校时."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inspector.domain import clock_fit
from inspector.domain.footage import Anchor, AnchorSource, ClapVerdict, Clip, ClockFit, ClockState, Recording
from inspector.ids import InspectionId, OfficerId, Sha256

BEGAN = datetime(2026, 11, 20, 1, 0, tzinfo=UTC)
BEGAN_MS = round(BEGAN.timestamp() * 1000)
MINUTE_US = 60_000_000
HOUR_MS = 3_600_000


def a_clip(n: int = 0, *, minutes: float = 60, recorded_at: datetime | None = BEGAN) -> Clip:
    return Clip(
        id=f"clip-{n}",
        recording_id="recording",
        ordinal=n,
        sha256=Sha256("0" * 64),
        sm3="",
        size=1,
        mime="video/mp4",
        name=f"{n}.mp4",
        duration_us=round(minutes * MINUTE_US),
        recorded_at=recorded_at,
        attached_at=BEGAN,
        attached_by=OfficerId("zhang"),
    )


def an_anchor(at_us: int, true_ms: int, clip: str = "clip-0", **fields: object) -> Anchor:
    told: dict[str, object] = {"source": AnchorSource.CLAPPER, "uncertainty_ms": 150}
    return Anchor(clip_id=clip, at_us=at_us, true_ms=true_ms, **(told | fields))  # type: ignore[arg-type]


def a_recording(*anchors: Anchor, clips: tuple[Clip, ...] = (a_clip(),)) -> Recording:
    return Recording(
        id="recording",
        inspection_id=InspectionId("visit"),
        device_label="DSJ-1",
        source="card",
        added_at=BEGAN,
        added_by=OfficerId("zhang"),
        anchors=anchors,
        clips=clips,
    )


def off_by(recording: Recording, clip: str, at_us: int, true_ms: float) -> float:
    found = clock_fit.placed(recording, clip, at_us)
    assert found is not None
    return abs(found.at.timestamp() * 1000 - true_ms)


def test_without_an_anchor_nothing_is_known() -> None:
    recording = a_recording()
    assert clock_fit.fit(recording) == ClockFit(state=ClockState.UNKNOWN)
    assert clock_fit.cited_time(recording, recording.clips[0], 0) == (None, ClockState.UNKNOWN)
    assert clock_fit.position(recording, recording.clips[0], BEGAN_MS) is None


@pytest.mark.parametrize("verdict", [one for one in ClapVerdict if one is not ClapVerdict.GENUINE])
def test_a_doubtful_clap_ties_nothing(verdict: ClapVerdict) -> None:
    recording = a_recording(an_anchor(0, BEGAN_MS, verdict=verdict))
    assert clock_fit.fit(recording).state is ClockState.UNKNOWN


def test_one_clap_tells_the_offset_and_no_drift() -> None:
    recording = a_recording(an_anchor(10_000_000, BEGAN_MS + 10_000 + 192_000))
    assert clock_fit.fit(recording) == ClockFit(state=ClockState.MEASURED, offset_ms=192_000, uncertainty_ms=150)
    near = clock_fit.placed(recording, "clip-0", 10_000_000)
    far = clock_fit.placed(recording, "clip-0", 50 * MINUTE_US)
    assert near is not None
    assert far is not None
    assert near.at == BEGAN + timedelta(seconds=202)
    assert (near.uncertainty_ms, far.uncertainty_ms) == (150, 150 + 299)  # 49 min 50 s at 100 ppm


def test_a_recorder_without_a_clock_still_has_a_time_at_its_anchor() -> None:
    recording = a_recording(an_anchor(0, BEGAN_MS), clips=(a_clip(recorded_at=None),))
    told = clock_fit.fit(recording)
    assert (told.state, told.offset_ms) == (ClockState.MEASURED, None)
    assert clock_fit.cited_time(recording, recording.clips[0], MINUTE_US) == (
        BEGAN + timedelta(minutes=1),
        ClockState.MEASURED,
    )


@given(st.integers(-900_000, 900_000), st.integers(-300, 300), st.integers(-150, 150), st.integers(-150, 150))
def test_two_claps_measure_the_drift(offset: int, ppm: int, first: int, second: int) -> None:
    """Whatever the anchors are wrong by, within what they say, the line is wrong by no more between them."""

    def true(at_us: int) -> float:
        return BEGAN_MS + offset + at_us / 1000 * (1 + ppm / 1e6)

    a, b = 60_000_000, 55 * MINUTE_US
    recording = a_recording(an_anchor(a, round(true(a)) + first), an_anchor(b, round(true(b)) + second))
    told = clock_fit.fit(recording)
    assert told.drift_ms_per_hour is not None
    assert abs(told.drift_ms_per_hour - ppm * 3.6) <= 350
    for at_us in range(a, b, 5 * MINUTE_US):
        assert off_by(recording, "clip-0", at_us, true(at_us)) <= 152


def test_claps_close_together_tell_no_drift() -> None:
    recording = a_recording(an_anchor(0, BEGAN_MS), an_anchor(60_000_000, BEGAN_MS + 60_200))
    told = clock_fit.fit(recording)
    assert told.drift_ms_per_hour is None
    assert told.offset_ms == 100
    assert off_by(recording, "clip-0", MINUTE_US, BEGAN_MS + 60_100) < 1


def test_the_clapper_outweighs_a_clock_read_by_hand() -> None:
    by_hand = an_anchor(0, BEGAN_MS + 9_000, source=AnchorSource.BY_HAND, uncertainty_ms=1_000)
    assert clock_fit.fit(a_recording(by_hand)) == ClockFit(
        state=ClockState.BY_HAND, offset_ms=9_000, uncertainty_ms=1_000
    )
    both = a_recording(by_hand, an_anchor(0, BEGAN_MS + 8_000))
    assert clock_fit.fit(both) == ClockFit(state=ClockState.MEASURED, offset_ms=8_000, uncertainty_ms=150)


def test_clips_follow_one_another() -> None:
    """The second file's whole seconds don't move it; a real gap does."""
    clips = (
        a_clip(0, minutes=10),
        a_clip(1, minutes=10, recorded_at=BEGAN + timedelta(minutes=10, seconds=1)),
        a_clip(2, minutes=10, recorded_at=BEGAN + timedelta(minutes=30)),
    )
    recording = a_recording(an_anchor(0, BEGAN_MS), clips=clips)
    at = {clip.id: found.at - BEGAN for clip in clips if (found := clock_fit.placed(recording, clip.id, 0)) is not None}
    assert at == {
        "clip-0": timedelta(0),
        "clip-1": timedelta(minutes=10),
        "clip-2": timedelta(minutes=30),
    }


def test_behind_a_clip_of_unknown_length_nothing_is_known_without_another_clap() -> None:
    clips = tuple(a_clip(n, minutes=0 if n == 1 else 10, recorded_at=None) for n in range(3))
    recording = a_recording(an_anchor(0, BEGAN_MS), clips=clips)
    assert clock_fit.placed(recording, "clip-1", 0) is not None
    assert clock_fit.placed(recording, "clip-2", 0) is None
    again = a_recording(an_anchor(0, BEGAN_MS), an_anchor(0, BEGAN_MS + HOUR_MS, "clip-2"), clips=clips)
    assert off_by(again, "clip-2", MINUTE_US, BEGAN_MS + HOUR_MS + 60_000) < 1


def test_a_moment_of_the_day_is_found_in_the_stream() -> None:
    recording = a_recording(an_anchor(10_000_000, BEGAN_MS + 10_000 + 192_000))
    clip = recording.clips[0]
    assert clock_fit.position(recording, clip, BEGAN_MS + 192_000 + 90_000) == 90_000_000
    assert clock_fit.position(recording, clip, BEGAN_MS) is None
    assert clock_fit.recorder_ms(recording, clip.id, 2_000_000) == BEGAN_MS + 2_000


def test_anchors_of_clips_that_are_not_there_are_passed_over() -> None:
    recording = a_recording(an_anchor(0, BEGAN_MS, "gone"))
    assert clock_fit.fit(recording).state is ClockState.UNKNOWN
    assert clock_fit.placed(recording, "gone", 0) is None
