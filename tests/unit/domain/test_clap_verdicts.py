"""What clappers in footage are worth: each doubtful kind is told by its name, honest footage never."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from inspector.domain import clap_verdicts
from inspector.domain.clap_verdicts import Showing, contradicted, judge
from inspector.domain.clap_votes import Vote
from inspector.domain.footage import Anchor, Clap, ClapVerdict, Recording
from inspector.ids import InspectionId, OfficerId
from tests.unit.domain.test_clock_fit import BEGAN, BEGAN_MS, HOUR_MS, MINUTE_US, a_clip, a_recording


def a_clap(n: int = 1, visit: str = "visit") -> Clap:
    return Clap(
        id=f"clap-{n}", inspection_id=InspectionId(visit), nonce="00" * 16, began_at=BEGAN, began_by=OfficerId("zhang")
    )


def a_showing(at_us: int, true_ms: int, **fields: object) -> Showing:
    told: dict[str, object] = {"seconds": 5, "frames": 20, "runs_with_stream": True, "uncertainty_ms": 150}
    told |= {name: value for name, value in fields.items() if name in told}
    rest: dict[str, object] = {"clip_id": "clip-0", "clap": a_clap(), "has_mac": True}
    rest |= {name: value for name, value in fields.items() if name in rest}
    return Showing(vote=Vote(at_us=at_us, true_ms=true_ms, **told), **rest)  # type: ignore[arg-type]


def verdicts(anchors: tuple[Anchor, ...]) -> list[tuple[ClapVerdict, str]]:
    return [(one.verdict, one.detail) for one in anchors]


def test_two_honest_claps_are_genuine() -> None:
    recording = a_recording()
    found = judge(
        recording, [a_showing(50 * MINUTE_US, BEGAN_MS + 50 * 60_000 + 7_150), a_showing(0, BEGAN_MS + 7_000)]
    )
    assert verdicts(found) == [(ClapVerdict.GENUINE, "clap:clap-1")] * 2
    assert [one.at_us for one in found] == [0, 50 * MINUTE_US]


def test_a_recording_of_no_visit_yet_takes_any_of_this_laptop() -> None:
    recording = replace(a_recording(), inspection_id=None)
    assert judge(recording, [a_showing(0, BEGAN_MS)])[0].verdict is ClapVerdict.GENUINE


def test_another_visits_and_another_laptops_are_foreign() -> None:
    showings = [a_showing(0, BEGAN_MS, clap=a_clap(visit="other")), a_showing(MINUTE_US, BEGAN_MS, clap=None)]
    assert verdicts(judge(a_recording(), showings)) == [
        (ClapVerdict.FOREIGN, "other_inspection:other"),
        (ClapVerdict.FOREIGN, clap_verdicts.UNKNOWN_CLAP),
    ]


def test_a_mac_that_does_not_fit_is_forged() -> None:
    showings = [a_showing(0, BEGAN_MS, has_mac=False, seconds=1)]
    assert verdicts(judge(a_recording(), showings)) == [(ClapVerdict.FORGED, clap_verdicts.MAC)]


def test_a_counter_against_the_stream_is_replayed() -> None:
    showings = [a_showing(0, BEGAN_MS, runs_with_stream=False, seconds=1)]
    assert verdicts(judge(a_recording(), showings)) == [(ClapVerdict.REPLAYED, clap_verdicts.RUNS_AGAINST_STREAM)]


def test_two_seconds_say_nothing() -> None:
    assert judge(a_recording(), [a_showing(0, BEGAN_MS, seconds=2)]) == ()


def test_the_morning_s_clap_played_in_the_afternoon_is_replayed() -> None:
    """Whichever comes first in the stream: the clap that says the latest time is believed."""
    afternoon = BEGAN_MS + 5 * HOUR_MS
    for at, other in ((MINUTE_US, 30 * MINUTE_US), (30 * MINUTE_US, MINUTE_US)):
        found = judge(a_recording(), [a_showing(at, BEGAN_MS), a_showing(other, afternoon + other // 1000)])
        assert {one.at_us: one.verdict for one in found} == {at: ClapVerdict.REPLAYED, other: ClapVerdict.GENUINE}


def test_the_same_counter_again_later_is_replayed() -> None:
    found = judge(a_recording(), [a_showing(0, BEGAN_MS), a_showing(10 * MINUTE_US, BEGAN_MS)])
    assert verdicts(found)[1] == (ClapVerdict.REPLAYED, clap_verdicts.OLDER_THAN_ANOTHER)


def another(hours: float, *anchors: Anchor, **fields: object) -> Recording:
    """A recording of the same device that says it began so many hours later."""
    clip = replace(a_clip(0, recorded_at=BEGAN + timedelta(hours=hours)), id="clip-x", recording_id="another")
    made = replace(a_recording(*anchors, clips=(clip,)), id="another")
    return replace(made, **fields)  # type: ignore[arg-type]


def test_a_clap_of_an_earlier_recording_shown_to_the_same_device_again_is_replayed() -> None:
    first = replace(a_recording(), anchors=judge(a_recording(), [a_showing(0, BEGAN_MS)]))
    again = judge(another(3), [a_showing(0, BEGAN_MS, clip_id="clip-x")], [first])
    assert verdicts(again) == [(ClapVerdict.REPLAYED, "other_recording:recording")]
    assert (
        contradicted(first, [another(3, *judge(another(3), [a_showing(0, BEGAN_MS, clip_id="clip-x")]))])[0]
        .anchors[0]
        .detail
        == "other_recording:recording"
    )
    assert contradicted(another(3, *again), [first]) == []


def test_two_recorders_that_film_one_clap_are_both_genuine() -> None:
    """Their clocks may be hours apart: nothing says that one of them is right."""
    first = replace(a_recording(), anchors=judge(a_recording(), [a_showing(0, BEGAN_MS)]))
    beside = another(3, device_label="DSJ-2")
    assert judge(beside, [a_showing(0, BEGAN_MS, clip_id="clip-x")], [first])[0].verdict is ClapVerdict.GENUINE
    nameless = [replace(one, device_label="") for one in (first, another(3))]
    assert (
        judge(nameless[1], [a_showing(0, BEGAN_MS, clip_id="clip-x")], [nameless[0]])[0].verdict is ClapVerdict.GENUINE
    )


def test_two_recordings_one_after_the_other_are_genuine() -> None:
    first = replace(a_recording(), anchors=judge(a_recording(), [a_showing(0, BEGAN_MS)]))
    later = judge(another(3), [a_showing(0, BEGAN_MS + 3 * HOUR_MS + 900, clip_id="clip-x")], [first])
    assert later[0].verdict is ClapVerdict.GENUINE
