"""Shots of the laptop's camera: attached at once, told by the laptop's clock."""

from __future__ import annotations

from pathlib import Path

import pytest

from inspector.domain.evidence import EvidenceKind
from inspector.domain.time_story import KnownBy, story
from inspector.errors import NotAllowed
from tests.services.conftest import Desk
from tests.services.visit import a_visit
from tests.unit.evidence.test_camera import clip as clip  # noqa: PLC0414 - a fixture


def test_an_accepted_shot_is_a_photo_of_its_hazard_and_outlives_a_restart(desk: Desk, clip: Path) -> None:
    app = desk.app
    visit = a_visit(app, desk.clock, hazards=1)
    hazard = app.hazards.of(visit)[0].id
    with app.camera.open(clip) as camera:
        camera.look()
        shot = app.camera.shoot(camera)
    made = app.camera.accept(visit, shot, hazard_id=hazard).made
    (found,) = desk.reopen().evidence.of(visit)
    assert (found.id, found.hazard_id, found.source) == (made, hazard, "camera")
    assert (found.original.kind, found.original.mime) == (EvidenceKind.PHOTO, "image/jpeg")
    assert (found.original.width, found.original.height) == (1280, 720)
    assert found.original.name.startswith("CAM_20")
    assert desk.app.evidence.original(found.original.sha256) == shot.jpeg
    told = story(found)
    assert told.known_by is KnownBy.LAPTOP
    assert told.corrected_at is not None
    assert abs((told.corrected_at - shot.taken_at).total_seconds()) < 0.002


def test_a_hazard_of_another_visit_takes_no_shot(desk: Desk, clip: Path) -> None:
    app = desk.app
    visit, other = (a_visit(app, desk.clock, hazards=1) for _ in range(2))
    with app.camera.open(clip) as camera:
        shot = app.camera.shoot(camera)
    with pytest.raises(NotAllowed):
        app.camera.accept(visit, shot, hazard_id=app.hazards.of(other)[0].id)
    assert app.evidence.of(visit) == []


def test_cameras_are_listed_at_once(desk: Desk) -> None:
    assert isinstance(desk.app.camera.cameras(), tuple)
