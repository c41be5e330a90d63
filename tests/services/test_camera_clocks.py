"""A photo of the clapper measures its camera's clock; the photos of that camera are corrected in one step of undo."""

from __future__ import annotations

import io
from datetime import timedelta
from pathlib import Path

import pytest
from PIL import Image

from inspector.clock import CHINA
from inspector.domain.evidence import ClockSource
from inspector.domain.footage import ClapVerdict
from inspector.domain.notice import FormCode
from inspector.domain.photo_times import propose
from inspector.domain.time_story import KnownBy, story
from inspector.errors import InvalidInput, NotAllowed, NotFound
from inspector.services.clapper import Clapping
from tests.clap_scenes import Scene, room, seen
from tests.services.conftest import Desk
from tests.services.test_clapper import seconds
from tests.services.visit import a_draft, a_visit, issue

LATE = timedelta(hours=2, minutes=3, seconds=7)
"""How far the camera's clock is behind the laptop's."""
SHOT = Scene(width=1600, height=1200, module_px=7, seed=11)


@pytest.fixture
def visit(desk: Desk) -> str:
    return a_visit(desk.app, desk.clock)


class Phone:
    """A phone whose photos carry its wrong clock and its name."""

    def __init__(self, desk: Desk, visit: str, folder: Path, model: str = "MT-1") -> None:
        self.desk, self.visit, self.folder, self.model = desk, visit, folder, model
        self.count = 0

    def shoot(self, running: Clapping | None = None, *, has_clock: bool = True) -> str:
        """Photograph the screen (or the room) and hand the photo in; return its id."""
        self.count += 1
        scene = Scene(width=SHOT.width, height=SHOT.height, module_px=7, seed=11 + self.count)
        picture = seen(scene, running.code().modules, 1) if running else room(scene)
        exif = Image.Exif()
        exif[0x010F], exif[0x0110] = "Sample", self.model
        if has_clock:
            said = self.desk.clock.read().at.astimezone(CHINA) - LATE
            exif.get_ifd(0x8769)[0x9003] = said.strftime("%Y:%m:%d %H:%M:%S")
        out = io.BytesIO()
        Image.fromarray(picture).convert("RGB").save(out, "JPEG", exif=exif, quality=80)
        path = self.folder / f"{self.model}-{self.count}.jpg"
        path.write_bytes(out.getvalue())
        return self.desk.app.evidence.attach(self.visit, path).made


@pytest.fixture
def phone(desk: Desk, visit: str, tmp_path: Path) -> Phone:
    return Phone(desk, visit, tmp_path)


def test_a_photo_of_the_clapper_tells_the_shift(desk: Desk, visit: str, phone: Phone) -> None:
    running = desk.app.clapper.begin(visit)
    seconds(desk.clock, 4_400)
    told = desk.app.clapper.measure_camera(phone.shoot(running))
    assert (told.camera, told.verdict, told.why) == ("Sample MT-1", ClapVerdict.GENUINE, "")
    assert told.shift_ms is not None
    assert abs(told.shift_ms - LATE.total_seconds() * 1000) <= told.uncertainty_ms


def test_it_tells_why_it_tells_nothing(desk: Desk, visit: str, phone: Phone) -> None:
    running = desk.app.clapper.begin(visit)
    clapper = desk.app.clapper
    assert clapper.measure_camera(phone.shoot()).why == "no_clapper"
    assert clapper.measure_camera(phone.shoot(running, has_clock=False)).why == "no_time"
    other = clapper.begin(a_visit(desk.app, desk.clock, site="site-sample-02"))
    told = clapper.measure_camera(phone.shoot(other))
    assert (told.shift_ms, told.why) == (None, "foreign")


def test_the_photos_of_that_camera_are_corrected_together(desk: Desk, visit: str, phone: Phone, tmp_path: Path) -> None:
    photos = [phone.shoot() for _ in range(3)]
    other = Phone(desk, visit, tmp_path, model="MT-2").shoot()
    same = desk.app.clapper.same_camera(photos[0])
    assert [one.id for one in same] == photos
    shift = round(LATE.total_seconds() * 1000)
    desk.app.clapper.apply_shift([one.id for one in same], shift, ClockSource.MEASURED)
    found = {one.id: one for one in desk.reopen().evidence.of(visit)}
    for one in same:
        told = story(found[one.id])
        assert told.known_by is KnownBy.MEASURED
        assert told.camera_text == one.original.taken_as
        assert told.corrected_at == (one.original.taken_at or one.attached_at) + LATE
    assert story(found[other]).known_by is KnownBy.EXIF_LOCAL
    step = desk.app.undo.state(visit).undo
    assert step is not None
    assert (step.kind, step.facts["count"]) == ("clock", 3)
    desk.app.undo.undo(visit)
    assert {story(one).known_by for one in desk.app.evidence.of(visit)} == {KnownBy.EXIF_LOCAL}


def test_photos_are_proposed_to_hazards_by_the_corrected_time(desk: Desk, visit: str, phone: Phone) -> None:
    hazard = desk.app.hazards.report(visit, a_draft()).made
    seconds(desk.clock, 60_000)
    photo = phone.shoot()
    hazards = desk.app.hazards.of(visit)
    assert propose(desk.app.evidence.of(visit), hazards) == {}
    desk.app.clapper.apply_shift([photo], round(LATE.total_seconds() * 1000), ClockSource.BY_HAND)
    assert propose(desk.app.evidence.of(visit), hazards) == {photo: hazard}
    assert story(desk.app.evidence.of(visit)[0]).known_by is KnownBy.BY_HAND
    desk.app.clapper.apply_shift([photo], None, ClockSource.NONE)
    assert story(desk.app.evidence.of(visit)[0]).known_by is KnownBy.EXIF_LOCAL


def test_a_photo_without_a_time_has_none(desk: Desk, visit: str, phone: Phone) -> None:
    phone.shoot(has_clock=False)
    told = story(desk.app.evidence.of(visit)[0])
    assert (told.camera_text, told.corrected_at, told.known_by) == ("", None, KnownBy.UNKNOWN)
    assert desk.app.clapper.same_camera(desk.app.evidence.of(visit)[0].id) == []


def test_what_a_notice_was_printed_with_keeps_its_time(desk: Desk, visit: str, phone: Phone) -> None:
    desk.app.hazards.report(visit, a_draft())
    photo, free = phone.shoot(), phone.shoot()
    desk.app.evidence.remove(free, "多余")
    notice = desk.app.notices.draft(visit, FormCode.INSPECTION_RECORD).made
    issue(desk.app, notice)
    late = phone.shoot()
    with pytest.raises(NotAllowed):
        desk.app.clapper.apply_shift([late, photo], 1_000, ClockSource.MEASURED)
    assert {one.clock_shift_ms for one in desk.app.evidence.of(visit)} == {None}
    assert [one.id for one in desk.app.clapper.same_camera(late)] == [late]


def test_a_shift_must_make_sense(desk: Desk, phone: Phone) -> None:
    photo = phone.shoot()
    for shift, source in (
        (10**13, ClockSource.BY_HAND),
        (5, ClockSource.NONE),
        (None, ClockSource.MEASURED),
    ):
        with pytest.raises(InvalidInput):
            desk.app.clapper.apply_shift([photo], shift, source)
    with pytest.raises(NotFound):
        desk.app.clapper.measure_camera("no photo")
