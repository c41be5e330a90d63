"""Stills: exact frames of footage as evidence, found again and compared; the player; suggestions around a hazard."""

from __future__ import annotations

import dataclasses
import io
from datetime import UTC, datetime, timedelta
from itertools import islice
from pathlib import Path

import pytest
from PIL import Image

from inspector.app import App
from inspector.cli import PASSPHRASE_VARIABLE, main
from inspector.domain.evidence import ClockSource, EvidenceKind, TimeSource
from inspector.domain.footage import ClockState, clip_time
from inspector.domain.notice import FormCode
from inspector.errors import Cancelled, FilmFailed, NotAllowed, NotFound
from inspector.services import films
from inspector.store import film_cache
from tests.builders import LI, PASSPHRASE, ZHANG
from tests.evidence.numbered import CLIPS
from tests.services.conftest import Desk
from tests.services.visit import SITE, a_draft, a_visit, issue
from tests.unit.notices.reading import pdfium_text


@pytest.fixture
def visit(app: App) -> str:
    return app.inspections.start(SITE, (ZHANG, LI)).made


def filmed(app: App, visit: str | None, tmp_path: Path, name: str = "h264_b.mp4") -> str:
    """Take one clip in; return its id."""
    card = tmp_path / f"card-{name}"
    card.mkdir()
    (card / name).write_bytes((CLIPS / name).read_bytes())
    report = app.footage.take_in(visit, app.footage.scan(card).clips, device_label="执法记录仪 01")
    assert not report.refused
    found = app.footage.recordings(visit) if visit else app.footage.unassigned()
    return found[-1].clips[0].id


def number_shown(picture: bytes) -> int:
    grey = Image.open(io.BytesIO(picture)).convert("L")
    blocks = (grey.getpixel(((2 * bit + 1) * grey.width // 16, grey.height // 6)) for bit in range(8))
    return sum(int(white > 127) << bit for bit, white in enumerate(blocks))  # type: ignore[operator]


def anchored(app: App, clip_id: str, true_at: datetime) -> None:
    """Say what the laptop's time was at the start of a clip."""
    recording = app.stills.info(clip_id).recording
    app.clapper.anchor_by_hand(recording.id, clip_id, 0, true_at)


def test_a_still_is_the_exact_frame_and_says_where_it_is_from(desk: Desk, visit: str, tmp_path: Path) -> None:
    clip_id = filmed(desk.app, visit, tmp_path)
    hazard = desk.app.hazards.report(visit, a_draft()).made
    made = desk.app.stills.take(clip_id, 1_730_000, hazard_id=hazard, caption="通道堵塞").made
    app = desk.reopen()
    still = next(one for one in app.evidence.of(visit) if one.id == made)
    clip = app.footage.recordings(visit)[0].clips[0]
    assert still.still is not None
    assert (still.still.clip_sha256, still.still.at_us, still.still.frame) == (clip.sha256, 1_720_000, 43)
    assert (still.original.kind, still.original.mime, still.source) == (EvidenceKind.STILL, "image/png", "footage")
    assert still.original.name == "h264_b.mp4 00:00:01.720.png"
    assert (still.original.width, still.original.height, still.hazard_id) == (160, 120, hazard)
    assert (still.original.taken_at, still.original.time_source) == (None, TimeSource.UNKNOWN)
    assert (still.caption, still.original.camera) == ("通道堵塞", "执法记录仪 01")
    assert number_shown(app.evidence.original(still.original.sha256)) == 43
    assert app.stills.check(made).is_same
    assert app.evidence.preview(still.original.sha256)[:2] == b"\xff\xd8"


def test_a_still_of_a_clock_that_is_known_tells_the_laptops_time(app: App, visit: str, tmp_path: Path) -> None:
    clip_id = filmed(app, visit, tmp_path)
    began = datetime(2026, 11, 20, 1, 10, tzinfo=UTC)
    anchored(app, clip_id, began)
    made = app.stills.take(clip_id, 2_000_000).made
    still = next(one for one in app.evidence.of(visit) if one.id == made)
    assert still.original.taken_at == began + timedelta(seconds=2)
    assert (still.original.time_source, still.clock_source) == (TimeSource.FOOTAGE, ClockSource.BY_HAND)
    assert app.stills.picture(clip_id, 2_000_000, 160).taken_at == began + timedelta(seconds=2)
    assert app.stills.info(clip_id).clock is ClockState.BY_HAND


def test_a_turned_clip_gives_upright_stills(app: App, visit: str, tmp_path: Path) -> None:
    made = app.stills.take(filmed(app, visit, tmp_path, "h264_turned.mp4"), 0).made
    still = app.evidence.of(visit)[0]
    assert (still.id, still.original.width, still.original.height) == (made, 120, 160)
    assert app.stills.check(made).is_same


def test_what_is_no_still_or_another_picture_is_named(app: App, visit: str, tmp_path: Path) -> None:
    clip_id = filmed(app, visit, tmp_path)
    made = app.stills.take(clip_id, 400_000).made
    app.stills.take(clip_id, 480_000)
    stills = {one.still.frame: one for one in app.evidence.of(visit) if one.still is not None}
    vault = app._session.vault
    with vault.gateway.write() as tx:  # somebody makes a still say that it is another frame, past the journal
        tx.run("drop trigger if exists evidence_is_final")
        tx.run("update evidence set clip_frame = 12, clip_us = 480000 where id = :id", {"id": made})
    assert app.stills.check(made).detail == "pixels"
    with vault.gateway.write() as tx:
        tx.run("update evidence set clip_frame = 11 where id = :id", {"id": made})
    assert app.stills.check(made).detail == "frame_number"
    with vault.gateway.write() as tx:
        tx.run(
            "update evidence set clip_sha256 = :other, clip_frame = 10 where id = :id", {"id": made, "other": "0" * 64}
        )
    assert app.stills.check(made).detail == "clip_missing"
    assert app.stills.check(stills[12].id).is_same
    assert [one.is_same for one in app.stills.check_all()].count(True) == 1
    with vault.gateway.write() as tx:
        origin = {"id": made, "sha": stills[10].still.clip_sha256}  # type: ignore[union-attr]
        tx.run("update evidence set clip_sha256 = :sha, clip_frame = 10, clip_us = 400000 where id = :id", origin)
    assert app.stills.check(made).is_same


def test_footage_of_no_visit_gives_no_evidence(app: App, visit: str, tmp_path: Path) -> None:
    clip_id = filmed(app, None, tmp_path)
    with pytest.raises(NotAllowed, match="no_inspection"):
        app.stills.take(clip_id, 0)
    other = app.inspections.start(SITE, (ZHANG, LI)).made
    hazard = app.hazards.report(other, a_draft()).made
    app.footage.assign(app.footage.unassigned()[0].id, visit)
    with pytest.raises(NotAllowed, match="other_inspection"):
        app.stills.take(clip_id, 0, hazard_id=hazard)
    with pytest.raises(NotFound):
        app.stills.picture("nobody", 0, 160)
    assert app.evidence.of(visit) == []


def test_the_player_steps_and_shows_any_moment(app: App, visit: str, tmp_path: Path) -> None:
    clip_id = filmed(app, visit, tmp_path, "h264_vfr.mp4")
    info = app.stills.info(clip_id)
    assert (info.frames, info.is_constant_rate, info.clock) == (77, False, ClockState.UNKNOWN)
    shown = app.stills.picture(clip_id, 2_000_000, 160)
    assert number_shown(shown.jpeg) == shown.at_us // 40_000
    after = app.stills.step(clip_id, shown.number + 1, 160)
    before = app.stills.step(clip_id, shown.number - 1, 160)
    assert before.at_us < shown.at_us < after.at_us
    assert [number_shown(one.jpeg) for one in (before, after)] == [one.at_us // 40_000 for one in (before, after)]
    assert app.stills.step(clip_id, -1, 160).number == 0
    assert app.stills.step(clip_id, 10_000, 160).number == 76


def test_playing_goes_on_in_order_to_the_end_or_until_it_is_stopped(app: App, visit: str, tmp_path: Path) -> None:
    clip_id = filmed(app, visit, tmp_path)
    played = list(app.stills.play(clip_id, 3_600_000, speed=4.0, edge=160))
    assert played[-1].number == 99
    assert all(number_shown(one.jpeg) == one.number for one in played)
    assert [one.number for one in played] == sorted({one.number for one in played})
    assert list(app.stills.play(clip_id, 0, is_cancelled=lambda: True)) == []
    assert [one.number for one in islice(app.stills.play(clip_id, 0, speed=0.25, edge=160), 1)] == [0]


def test_a_storyboard_is_spread_over_the_clip(app: App, visit: str, tmp_path: Path) -> None:
    clip_id = filmed(app, visit, tmp_path)
    assert [one.number for one in app.stills.storyboard(clip_id, 4, 160)] == [12, 37, 62, 87]


def test_the_index_is_kept_and_the_worker_ends(desk: Desk, visit: str, tmp_path: Path) -> None:
    clip_id = filmed(desk.app, visit, tmp_path)
    app = desk.reopen()
    vault = app._session.vault
    sha256 = app.footage.recordings(visit)[0].clips[0].sha256
    assert film_cache.kept(vault.evidence, sha256, films.INDEX_VERSION) is not None
    with vault.evidence.write() as tx:
        tx.run("delete from cache")
    app.stills.picture(clip_id, 0, 160)
    assert film_cache.kept(vault.evidence, sha256, films.INDEX_VERSION) is not None
    film = app.stills._projector._film
    assert film is not None
    app = desk.reopen()
    assert film.is_over
    assert app.stills.picture(clip_id, 400_000, 160).number == 10


def test_a_worker_that_died_is_started_again(app: App, visit: str, tmp_path: Path) -> None:
    clip_id = filmed(app, visit, tmp_path)
    app.stills.picture(clip_id, 0, 160)
    film = app.stills._projector._film
    assert film is not None
    film.kill()
    with pytest.raises(FilmFailed, match="died"):
        app.stills.picture(clip_id, 400_000, 160)
    assert app.stills.picture(clip_id, 400_000, 160).number == 10


def test_without_a_clock_a_storyboard_is_suggested(app: App, visit: str, tmp_path: Path) -> None:
    hazard = app.hazards.report(visit, a_draft()).made
    assert app.stills.suggest(hazard) == ()
    filmed(app, visit, tmp_path)
    heard: list[int] = []
    found = app.stills.suggest(hazard, lambda now: heard.append(now.done))
    assert len(found) == 3
    assert not any(one.is_by_time for one in found)
    assert len({one.number for one in found}) == 3
    assert all(number_shown(one.jpeg) == one.number for one in found)
    assert heard == sorted(heard)
    with pytest.raises(Cancelled):
        app.stills.suggest(hazard, is_cancelled=lambda: True)


def test_with_a_clock_the_pictures_are_of_the_hazards_time(app: App, visit: str, tmp_path: Path) -> None:
    near = filmed(app, visit, tmp_path)
    far = filmed(app, visit, tmp_path, "vp8.webm")
    hazard = app.hazards.report(visit, a_draft()).made
    seen_at = next(one for one in app.hazards.of(visit) if one.id == hazard).seen_at
    anchored(app, near, seen_at - timedelta(seconds=2))
    anchored(app, far, seen_at - timedelta(hours=1))
    found = app.stills.suggest(hazard)
    assert len(found) == 3
    assert {one.clip_id for one in found} == {near}
    assert all(one.is_by_time and one.taken_at is not None for one in found)
    assert all(abs(one.taken_at - seen_at) <= timedelta(seconds=20) for one in found if one.taken_at)
    assert dataclasses.is_dataclass(found[0])


def test_the_clapper_itself_is_not_suggested(desk: Desk, visit: str, tmp_path: Path) -> None:
    app = desk.app
    clapping = app.clapper.begin(visit)
    desk.clock.wall_ms, desk.clock.mono_ms = desk.clock.wall_ms + 1_500, desk.clock.mono_ms + 1_500
    app.clapper.end(clapping.id)
    began = app.clapper.of(visit)[0].began_at
    hazard = app.hazards.report(visit, a_draft()).made
    anchored(app, filmed(app, visit, tmp_path), began)
    found = app.stills.suggest(hazard)
    assert found
    assert all(one.is_by_time and one.at_us > 2_000_000 for one in found)


def test_stream_times_are_written_for_reading() -> None:
    assert clip_time(723_240_000) == "00:12:03.240"
    assert clip_time(36_061_999_999) == "10:01:01.999"


def test_the_command_compares_stills(
    desk: Desk, visit: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    desk.app.stills.take(filmed(desk.app, visit, tmp_path), 1_000_000)
    desk.app.close()
    monkeypatch.setenv(PASSPHRASE_VARIABLE, PASSPHRASE)
    words = ["--profile", str(desk.profile), "verify", "--user", ZHANG, "--stills"]
    assert main(words) == 0
    assert "stills 1, same as their footage 1\nclean\n" in capsys.readouterr().out
    footage = next((desk.profile / "footage").glob("*.fif"))
    footage.rename(footage.with_suffix(".away"))
    assert main(words) == 1
    told = capsys.readouterr().out
    footage.with_suffix(".away").rename(footage)
    assert "clip_missing" in told
    assert told.endswith("NOT CLEAN\n")
    desk.reopen()


def test_a_still_is_printed_with_its_footage_named(desk: Desk, tmp_path: Path) -> None:
    visit = a_visit(desk.app, desk.clock, hazards=1)
    hazard = desk.app.hazards.of(visit)[0]
    clip_id = filmed(desk.app, visit, tmp_path)
    desk.app.stills.take(clip_id, 1_720_000, hazard_id=hazard.id)
    order = desk.app.notices.draft(visit, FormCode.RECTIFICATION_ORDER).made
    digest = desk.app.stills.info(clip_id).clip.sha256
    told = pdfium_text(desk.app.notices.preview(order).pdf)
    assert f"视频截图，取自录像00:00:01.720处，录像文件SHA-256前8位：{digest[:8]}" in told
    assert "拍摄时间：未校时" in told
    anchored(desk.app, clip_id, datetime(2026, 11, 20, 1, 10, tzinfo=UTC))
    desk.app.stills.take(clip_id, 3_000_000, hazard_id=hazard.id)
    again = pdfium_text(desk.app.notices.preview(order).pdf)
    assert "2026年11月20日09时10分" in again
    desk.app.evidence.prepare_previews(visit)
    record = desk.app.notices.draft(visit, FormCode.INSPECTION_RECORD).made
    issue(desk.app, record)
    issue(desk.app, order)
    shown = [one for one in desk.app.evidence.of(visit) if one.still is not None]
    (tmp_path / "order.pdf").write_bytes(desk.app.notices.pdf(order))
    with pytest.raises(NotAllowed, match="evidence_issued"):
        desk.app.evidence.remove(shown[0].id, "画面模糊")
