"""The clapper in real encoded clips: measured, bound, and told apart from what is not worth it; or nothing at all."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from inspector.domain.footage import Anchor, AnchorSource, ClapVerdict, ClockFit, ClockState, Recording
from inspector.domain.time_story import KnownBy, story
from inspector.errors import Cancelled, InvalidInput, NotFound
from inspector.evidence import clapper
from inspector.services import clap_search
from inspector.services.clap_search import ClapSearch
from inspector.services.clapper import Clapping
from tests.services.clap_films import Camera, taken_in
from tests.services.conftest import Desk
from tests.services.test_clapper import seconds
from tests.services.visit import a_visit


class Field:
    """A visit, claps of it, and films that are taken in and searched."""

    def __init__(self, desk: Desk, folder: Path) -> None:
        self.desk, self.folder = desk, folder
        self.visit = a_visit(desk.app, desk.clock)
        self.made = 0

    def clap(self, visit: str = "") -> Clapping:
        return self.desk.app.clapper.begin(visit or self.visit)

    def camera(self, **fields: object) -> Camera:
        """A recorder that is switched on now."""
        return Camera(self.desk.clock.read(), **fields)  # type: ignore[arg-type]

    def film(self, camera: Camera, visit: str | None = "", **how: object) -> str:
        self.made += 1
        folder = self.folder / f"card-{self.made}"
        folder.mkdir()
        label = str(how.pop("label", "DSJ-1"))
        ending = str(how.pop("ending", "mp4"))
        path = camera.record(folder / f"{self.made}.{ending}", **how)  # type: ignore[arg-type]
        return taken_in(self.desk, self.visit if visit == "" else visit, [path], label)[0]

    def search(self, recording: str) -> ClapSearch:
        return self.desk.app.clapper.search(recording)

    def get(self, recording: str) -> Recording:
        return self.desk.app.footage.recording(recording)

    def off_ms(self, recording: str, camera: Camera, second: float = 5.0) -> float:
        """How far the time that may be cited is from the true one."""
        found = self.get(recording)
        at, state = self.desk.app.clapper.cited_time(found, found.clips[0], round(second * 1e6))
        assert state is ClockState.MEASURED
        assert at is not None
        return abs(at.timestamp() * 1000 - camera.at(second).wall_ms)


@pytest.fixture
def field(desk: Desk, tmp_path: Path) -> Field:
    return Field(desk, tmp_path)


def test_a_clap_measures_the_recorder_s_clock(field: Field) -> None:
    running = field.clap()
    seconds(field.desk.clock, 10_000)
    camera = field.camera(clock_ms=-192_000).show(running, 1.3, 6.1)
    recording = field.film(camera)
    found = field.search(recording)
    assert [one.verdict for one in found.found] == [ClapVerdict.GENUINE]
    assert found.found[0].detail == f"clap:{running.id}"
    assert 0 < found.share_looked_at < 1
    assert (found.failed, found.bound_to, found.too_short) == ((), None, 0)
    assert field.off_ms(recording, camera) <= 250
    told = field.desk.app.clapper.fit(field.get(recording))
    assert told.state is ClockState.MEASURED
    assert told.offset_ms is not None
    assert abs(told.offset_ms - 192_000) <= 1_250  # its own clock is told in whole seconds


def test_what_was_found_is_kept_and_searched_again_is_no_news(field: Field) -> None:
    camera = field.camera().show(field.clap(), 1, 7)
    recording = field.film(camera)
    first = field.search(recording)
    field.desk.reopen()
    assert field.get(recording).anchors == first.anchors
    entries = field.desk.app.audit.verify().entries
    assert field.search(recording).anchors == first.anchors
    assert field.desk.app.audit.verify().entries == entries


def test_without_a_clap_nothing_is_said(field: Field) -> None:
    field.clap()
    recording = field.film(field.camera(seconds=6))
    entries = field.desk.app.audit.verify().entries
    found = field.search(recording)
    assert (found.anchors, found.too_short) == ((), 0)
    assert field.desk.app.clapper.fit(field.get(recording)) == ClockFit(state=ClockState.UNKNOWN)
    assert field.desk.app.audit.verify().entries == entries


def test_two_seconds_of_a_clap_say_nothing(field: Field) -> None:
    running = field.clap()
    recording = field.film(field.camera().show(running, 2.1, 3.8))
    found = field.search(recording)
    assert (found.anchors, found.too_short) == ((), 1)
    assert field.desk.app.clapper.fit(field.get(recording)).state is ClockState.UNKNOWN


def test_footage_of_no_visit_is_bound_by_its_clap(field: Field) -> None:
    recording = field.film(field.camera().show(field.clap(), 1, 6), visit=None)
    found = field.search(recording)
    assert found.bound_to == field.visit
    assert field.get(recording).inspection_id == field.visit


def test_claps_of_two_visits_bind_to_neither(field: Field) -> None:
    first = field.clap()
    second = field.clap(a_visit(field.desk.app, field.desk.clock, site="site-sample-02"))
    camera = field.camera(seconds=12).show(first, 1, 5.5).show(second, 6.5, 11.5)
    recording = field.film(camera, visit=None)
    found = field.search(recording)
    assert (found.bound_to, len(found.candidates)) == (None, 2)
    assert field.get(recording).inspection_id is None
    assert field.off_ms(recording, camera) <= 250


def test_another_visit_s_clap_is_foreign(field: Field) -> None:
    other = a_visit(field.desk.app, field.desk.clock, site="site-sample-02")
    recording = field.film(field.camera().show(field.clap(other), 1, 6))
    (anchor,) = field.search(recording).anchors
    assert (anchor.verdict, anchor.detail) == (ClapVerdict.FOREIGN, f"other_inspection:{other}")
    assert field.desk.app.clapper.fit(field.get(recording)).state is ClockState.UNKNOWN


def forged(running: Clapping, change: Callable[[clapper.Told], clapper.Told], key: bytes) -> Clapping:
    """A clapper that shows what somebody without the key would make of this one's codes."""
    from inspector.notices import qr

    honest = running.code

    class Forger:
        def code(self, now: object) -> object:
            shown = honest(now)  # type: ignore[arg-type]
            told = clapper.read(shown.payload)
            assert told is not None
            return replace(shown, modules=qr.alphanumeric(clapper.written(change(told), key)))

    return Forger()  # type: ignore[return-value]


def test_a_code_this_laptop_did_not_make_is_forged(field: Field) -> None:
    later = forged(field.clap(), lambda told: replace(told, wall_ms=told.wall_ms + 3_600_000), b"guessed")
    recording = field.film(field.camera().show(later, 1, 6))
    (anchor,) = field.search(recording).anchors
    assert (anchor.verdict, anchor.detail) == (ClapVerdict.FORGED, "mac")
    assert field.desk.app.clapper.fit(field.get(recording)).state is ClockState.UNKNOWN


def test_another_laptop_s_clap_is_foreign(field: Field) -> None:
    stranger = forged(field.clap(), lambda told: replace(told, clap=b"\x01\x02\x03\x04"), b"its own key")
    recording = field.film(field.camera().show(stranger, 1, 6))
    (anchor,) = field.search(recording).anchors
    assert (anchor.verdict, anchor.detail) == (ClapVerdict.FOREIGN, "unknown_clap")


def test_a_clap_shown_again_later_in_the_recording_is_replayed(field: Field) -> None:
    running = field.clap()
    seconds(field.desk.clock, 60_000)
    camera = field.camera(seconds=44).show(running, 1, 6).show(running, 38, 43, late_by=37)
    recording = field.film(camera, rate=5)
    found = field.search(recording)
    assert [(one.verdict, one.detail) for one in found.anchors] == [
        (ClapVerdict.GENUINE, f"clap:{running.id}"),
        (ClapVerdict.REPLAYED, "older_than_another"),
    ]
    assert field.off_ms(recording, camera) <= 300


def test_a_picture_of_a_clap_is_replayed(field: Field) -> None:
    running = field.clap()
    still = running.code(field.camera().at(0))

    class Picture:
        def code(self, _: object) -> object:
            return still

    recording = field.film(field.camera().show(Picture(), 1, 7))  # type: ignore[arg-type]
    (anchor,) = field.search(recording).anchors
    assert (anchor.verdict, anchor.detail) == (ClapVerdict.REPLAYED, "runs_against_stream")


def test_the_morning_s_clap_played_to_the_same_recorder_is_replayed(field: Field) -> None:
    running = field.clap()
    camera = field.camera().show(running, 1, 6)
    morning = field.film(camera)
    field.search(morning)
    field.desk.clock.advance(minutes=300)
    again = field.film(field.camera().show(running, 1, 6, late_by=300 * 60))
    (anchor,) = field.search(again).anchors
    assert (anchor.verdict, anchor.detail) == (ClapVerdict.REPLAYED, f"other_recording:{morning}")


def test_a_replay_that_was_searched_first_is_found_out_later(field: Field) -> None:
    running = field.clap()
    camera = field.camera().show(running, 1, 6)
    field.desk.clock.advance(minutes=300)
    again = field.film(field.camera().show(running, 1, 6, late_by=300 * 60))
    assert field.search(again).verdicts == (ClapVerdict.GENUINE,)
    morning = field.film(camera)
    assert field.search(morning).contradicted == (again,)
    assert field.get(again).anchors[0].verdict is ClapVerdict.REPLAYED
    assert field.get(morning).anchors[0].verdict is ClapVerdict.GENUINE


def test_a_clip_that_can_t_be_decoded_is_named(field: Field, tmp_path: Path) -> None:
    folder = tmp_path / "card"
    folder.mkdir()
    whole = field.camera(seconds=3).record(folder / "0.mp4")
    whole.write_bytes(whole.read_bytes()[:3000])
    (recording,) = taken_in(field.desk, field.visit, [whole])
    found = field.search(recording)
    assert [name for name, _ in found.failed] == ["0.mp4"]
    assert found.anchors == ()


def test_a_search_that_is_stopped_changes_nothing(field: Field) -> None:
    recording = field.film(field.camera().show(field.clap(), 1, 6))
    told = []
    with pytest.raises(Cancelled):
        field.desk.app.clapper.search(recording, told.append, lambda: len(told) > 5)
    assert field.get(recording).anchors == ()
    assert told[-1].total >= told[-1].done == 6


def test_a_clock_read_by_hand_is_an_anchor_until_taken_back(field: Field) -> None:
    recording = field.film(field.camera(seconds=3))
    (clip,) = field.get(recording).clips
    at = datetime(2026, 11, 20, 1, 30, tzinfo=UTC)
    clapper_service = field.desk.app.clapper
    clapper_service.anchor_by_hand(recording, clip.id, 1_000_000, at - timedelta(seconds=4))
    clapper_service.anchor_by_hand(recording, clip.id, 1_000_000, at)
    told = field.get(recording)
    assert [one.source for one in told.anchors] == [AnchorSource.BY_HAND]
    assert clapper_service.fit(told).state is ClockState.BY_HAND
    assert clapper_service.when(told, clip, 2_000_000) == at + timedelta(seconds=1)
    clapper_service.forget_by_hand(recording, clip.id, 1_000_000)
    assert clapper_service.fit(field.get(recording)).state is ClockState.UNKNOWN


def test_a_search_leaves_a_clock_read_by_hand(field: Field) -> None:
    recording = field.film(field.camera(seconds=3))
    (clip,) = field.get(recording).clips
    field.desk.app.clapper.anchor_by_hand(recording, clip.id, 0, datetime(2026, 11, 20, 1, 30, tzinfo=UTC))
    field.search(recording)
    anchors: tuple[Anchor, ...] = field.get(recording).anchors
    assert [one.source for one in anchors] == [AnchorSource.BY_HAND]


def test_no_anchor_outside_the_clip(field: Field) -> None:
    recording = field.film(field.camera(seconds=3))
    (clip,) = field.get(recording).clips
    at = datetime(2026, 11, 20, 1, 30, tzinfo=UTC)
    with pytest.raises(InvalidInput):
        field.desk.app.clapper.anchor_by_hand(recording, clip.id, -1, at)
    with pytest.raises(InvalidInput):
        field.desk.app.clapper.anchor_by_hand(recording, clip.id, 60_000_000, at)
    with pytest.raises(InvalidInput):
        field.desk.app.clapper.anchor_by_hand(recording, clip.id, 0, at, uncertainty_ms=0)
    with pytest.raises(NotFound):
        field.desk.app.clapper.anchor_by_hand(recording, "no clip", 0, at)
    with pytest.raises(NotFound):
        field.desk.app.clapper.forget_by_hand(recording, clip.id, 0)


@pytest.fixture
def short_ends(monkeypatch: pytest.MonkeyPatch) -> None:
    """As if two minutes were two seconds, so that a clip of half a minute has a middle."""
    monkeypatch.setattr(clap_search, "ENDS_US", 2_000_000)
    monkeypatch.setattr(clap_search, "HINT_US", 6_000_000)


@pytest.mark.usefixtures("short_ends")
def test_a_clap_between_two_key_frames_is_found_by_the_recorder_s_own_clock(field: Field) -> None:
    """A key frame every five seconds here: none of them shows it."""
    camera = field.camera(seconds=32, clock_ms=3_000)
    seconds(field.desk.clock, 20_500)
    camera.show(field.clap(), 21, 24.6)
    recording = field.film(camera, rate=5)
    found = field.search(recording)
    assert [one.verdict for one in found.found] == [ClapVerdict.GENUINE]
    assert field.off_ms(recording, camera) <= 350
    assert found.share_looked_at < 0.75


@pytest.mark.usefixtures("short_ends")
def test_one_clap_tells_where_the_other_must_be(field: Field) -> None:
    camera = field.camera(seconds=32, clock_ms=None)
    camera.show(field.clap(), 0, 4.4)
    seconds(field.desk.clock, 20_800)
    camera.show(field.clap(), 21, 24.6)
    recording = field.film(camera, rate=5)
    found = field.search(recording)
    assert [one.verdict for one in found.found] == [ClapVerdict.GENUINE] * 2
    assert found.found[1].at_us >= 20_800_000


@pytest.mark.usefixtures("short_ends")
def test_where_nothing_points_to_it_a_clap_between_key_frames_is_not_found_and_not_guessed(field: Field) -> None:
    camera = field.camera(seconds=32, clock_ms=None).show(field.clap(), 21, 24.6)
    recording = field.film(camera, rate=5)
    found = field.search(recording)
    assert found.anchors == ()
    assert found.share_looked_at < 0.5


def test_footage_that_was_moved_to_its_visit_is_judged_again(field: Field) -> None:
    other = a_visit(field.desk.app, field.desk.clock, site="site-sample-02")
    recording = field.film(field.camera().show(field.clap(other), 1, 6))
    assert field.search(recording).verdicts == (ClapVerdict.FOREIGN,)
    field.desk.app.footage.assign(recording, other)
    assert field.search(recording).verdicts == (ClapVerdict.GENUINE,)


def test_a_still_that_was_taken_before_tells_the_time_that_a_clap_tells_later(field: Field) -> None:
    camera = field.camera().show(field.clap(), 1, 6)
    recording = field.film(camera)
    clip = field.get(recording).clips[0]
    field.desk.app.stills.take(clip.id, 7_000_000)
    (still,) = field.desk.app.evidence.of(field.visit)
    assert story(still).known_by is KnownBy.UNKNOWN
    field.search(recording)
    (still,) = field.desk.reopen().evidence.of(field.visit)
    told = story(still)
    assert told.known_by is KnownBy.MEASURED
    assert told.corrected_at is not None
    assert abs(told.corrected_at.timestamp() * 1000 - camera.at(7).wall_ms) <= 300
