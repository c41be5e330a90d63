"""The sample tells one story at any hour, also across midnight: nothing lies ahead of its clock, no before after."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from inspector.app import App, unlock
from inspector.clock import CHINA
from inspector.crypto.unlock import MINIMUM
from inspector.demo import sample, scenes, shots, visits
from inspector.demo.day import PIN
from inspector.demo.explained import explain_reuse, give_reasons
from inspector.demo.open_recheck import leave_rechecking
from inspector.demo.open_visit import leave_open
from inspector.domain.evidence import Evidence
from inspector.domain.notice import FormCode, NoticeState
from tests.builders import LI, PASSPHRASE, ZHANG, FakeClock

HOURS = ("00:05", "02:20", "12:00", "23:55")


@dataclass(frozen=True)
class Story:
    """What stands in a profile after the sample was played at one hour."""

    app: App
    clock: FakeClock
    began: datetime
    day: tuple[str, str]
    recheck: str
    open: str

    @property
    def visits(self) -> tuple[str, ...]:
        return (*self.day, self.recheck, self.open)

    def minutes(self, at: datetime | None) -> int | None:
        return None if at is None else round((at - self.began).total_seconds() / 60)


@pytest.fixture(scope="module")
def drawn(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    patch = pytest.MonkeyPatch()
    patch.setattr(scenes, "LONG", 480)
    patch.setattr(scenes, "SHORT", 360)
    long_ago = datetime(2026, 11, 1, 9, 5, tzinfo=CHINA)
    made = scenes.draw_scenes(
        tmp_path_factory.mktemp("scenes"), [long_ago + timedelta(minutes=n) for n in range(visits.PHOTOS)]
    )
    patch.undo()
    return made


@pytest.fixture(scope="module", params=HOURS)
def told(
    request: pytest.FixtureRequest, drawn: list[Path], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Story]:
    folder = tmp_path_factory.mktemp("story")
    began = datetime.fromisoformat(f"2026-11-23T{request.param}:00+08:00")
    clock = FakeClock(round(began.timestamp() * 1000))
    profile = folder / "profile"
    today = began.astimezone(CHINA).date()
    sample.create_sample(profile, passphrase=PASSPHRASE, pin=PIN, today=today, cost=MINIMUM, pin_cost=MINIMUM)
    app = unlock(profile, ZHANG, PASSPHRASE, clock=clock)
    try:
        files = iter(shots.retaken(drawn, folder / "shots", visits.shots_of_day(began)))
        first = visits.visit(app, visits.FIRST, files, now=began)
        second = visits.visit(app, visits.SECOND, files, now=began)
        recheck = leave_rechecking(app, drawn, folder / "recheck", clock)
        left = leave_open(app, drawn[:7], folder / "open", clock)
        yield Story(app, clock, began, (first.inspection_id, second.inspection_id), recheck, left)
    finally:
        app.close()


def photos(story: Story, visit: str) -> list[Evidence]:
    return story.app.evidence.of(visit)


def test_nothing_lies_ahead_of_the_clock(told: Story) -> None:
    now = told.clock.read().at
    for summary in told.app.inspections.list():
        visit = summary.inspection
        assert visit.started_at <= now
        assert visit.ended_at is None or visit.started_at < visit.ended_at <= now
        for photo in photos(told, visit.id):
            assert photo.original.taken_at is not None
            assert photo.original.taken_at <= now


def test_every_photo_was_taken_in_the_visit_that_shows_it(told: Story) -> None:
    again = 1
    for summary in told.app.inspections.list():
        visit = summary.inspection
        ended = visit.ended_at or told.clock.read().at
        outside = [
            photo
            for photo in photos(told, visit.id)
            if not visit.started_at.replace(microsecond=0) <= (photo.original.taken_at or ended) <= ended
        ]
        assert len(outside) == (again if visit.id == told.recheck else 0)  # one photo of the re-check is an old one


def test_what_was_before_is_before(told: Story) -> None:
    for item in told.app.rechecks.of(told.recheck)[:2]:
        assert item.before is not None
        assert item.after is not None
        assert item.before.original.taken_at is not None
        assert item.after.original.taken_at is not None
        assert item.before.original.taken_at < item.after.original.taken_at


def test_the_hour_changes_nothing_in_the_story(told: Story) -> None:
    offsets = {
        str(visit.id): (told.minutes(visit.started_at), told.minutes(visit.ended_at))
        for visit in (one.inspection for one in told.app.inspections.list())
    }
    assert offsets[told.day[0]] == (-170, -95)
    assert offsets[told.day[1]] == (-80, -20)
    assert offsets[told.recheck] == (0, None)
    assert offsets[told.open] == (-12, None)
    assert sorted(value for key, value in offsets.items() if key not in told.visits) == [(-300, -260)]
    assert [len(told.app.hazards.of(one)) for one in told.visits] == [25, 6, 0, 4]
    assert [len(photos(told, one)) for one in told.visits] == [9, 5, 3, 7]


def test_no_form_of_the_day_is_stopped_by_the_hour(told: Story) -> None:
    explain_reuse(told.app, told.day[0])
    for form in (FormCode.INSPECTION_RECORD, FormCode.RECTIFICATION_ORDER):
        draft = told.app.notices.draft(told.day[0], form).made
        give_reasons(told.app, draft)
        told.app.notices.issue(draft, second_officer_id=LI, pin=PIN)
    assert [one.state for one in told.app.notices.of(told.day[0])] == [NoticeState.ISSUED] * 2


def test_a_copy_tells_another_time_and_the_same_picture(drawn: list[Path], tmp_path: Path) -> None:
    at = datetime(2026, 11, 23, 0, 1, 2, tzinfo=CHINA)
    copy = shots.retaken(drawn[1:2], tmp_path, [at])[0]
    raw, old = copy.read_bytes(), drawn[1].read_bytes()
    assert len(raw) == len(old)
    assert raw.replace(b"2026:11:23 00:01:02", b"2026:11:01 09:06:00") == old
    with pytest.raises(ValueError, match="shorter"):
        shots.retaken(drawn, tmp_path / "few", [at])


def test_a_photo_without_a_time_is_refused(drawn: list[Path], tmp_path: Path) -> None:
    from PIL import Image

    bare = tmp_path / "bare.jpg"
    with Image.open(drawn[0]) as opened:
        opened.save(bare, "JPEG")
    with pytest.raises(ValueError, match=r"bare\.jpg"):
        shots.retaken([bare], tmp_path / "copies", [datetime.now(CHINA)])
    assert not (tmp_path / "copies" / "bare.jpg").exists()
