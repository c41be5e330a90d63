"""Footage: taken in whole, encrypted, compared with the card; broken off anywhere it goes on; no touch of the card."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from itertools import pairwise
from pathlib import Path

import pytest

from inspector.app import App
from inspector.errors import NotAllowed, StorageFull
from inspector.services import footage_import, footage_scan
from inspector.services.footage import FootageService
from inspector.services.footage_progress import Importing, ImportReport
from tests.builders import LI, ZHANG
from tests.services.conftest import Desk
from tests.services.recorder import (
    BEGAN,
    MIB,
    Scratched,
    a_film,
    after,
    digest,
    encoded,
    pulled_after,
    stamps,
)
from tests.services.visit import SITE

MADE = ("-metadata", "creation_time=2026-11-20T01:05:00Z")


@pytest.fixture
def visit(app: App) -> str:
    return app.inspections.start(SITE, (ZHANG, LI)).made


@pytest.fixture
def card(tmp_path: Path) -> Path:
    folder = tmp_path / "card"
    folder.mkdir()
    return folder


def take_all(app: App, visit: str | None, card: Path, service: FootageService | None = None) -> ImportReport:
    footage = service or app.footage
    return footage.take_in(visit, footage.scan(card).clips, device_label="执法记录仪 01")


def stored(app: App, sha256: str) -> bytes:
    return app._session.vault.originals.read(sha256)


def test_a_clip_comes_back_byte_for_byte_after_a_restart(desk: Desk, visit: str, card: Path) -> None:
    path = a_film(card / "DCIM" / "REC_0001.MP4", 5 * MIB + 4321)
    for folder in (card / "DCIM", card):  # a look would be seen: read last before it was written
        os.utime(folder, (1, 2))
    looked_at = [folder.stat().st_atime_ns for folder in (card, card / "DCIM", path)]
    report = take_all(desk.app, visit, card)
    assert report.is_card_clearable
    assert [folder.stat().st_atime_ns for folder in (card, card / "DCIM", path)] == looked_at
    before = stamps(card)
    assert take_all(desk.app, visit, card).is_card_clearable
    assert stamps(card) == before
    app = desk.reopen()
    (recording,) = app.footage.recordings(visit)
    (clip,) = recording.clips
    assert (clip.sha256, clip.size, clip.name) == (digest(path), path.stat().st_size, "REC_0001.MP4")
    assert (clip.recorded_at, clip.attached_by, recording.device_label) == (BEGAN, ZHANG, "执法记录仪 01")
    assert stored(app, clip.sha256) == path.read_bytes()
    assert app.footage.pending() == []


def test_nothing_of_a_clip_lies_on_the_disk_in_plain(desk: Desk, visit: str, card: Path) -> None:
    plain = a_film(card / "REC_0001.MP4", 3 * MIB).read_bytes()
    take_all(desk.app, visit, card)
    for path in desk.profile.rglob("*"):
        if path.is_file():
            kept = path.read_bytes()
            assert plain[2 * MIB : 2 * MIB + 64] not in kept
            assert b"REC_0001" not in kept
    folder = desk.profile / "footage"
    assert folder.stat().st_mode & 0o777 == 0o700
    assert {path.stat().st_mode & 0o777 for path in folder.iterdir() if path.is_file()} == {0o600}


def test_pieces_that_a_recorder_cut_become_one_recording(app: App, visit: str, card: Path) -> None:
    for n in range(3):
        a_film(card / f"REC_{n:04}.MP4", 2 * MIB + n, began=BEGAN + timedelta(seconds=60 * n))
    a_film(card / "REC_0003.MP4", MIB, began=BEGAN + timedelta(hours=2))
    take_all(app, visit, card)
    first, second = app.footage.recordings(visit)
    assert [clip.name for clip in first.clips] == ["REC_0000.MP4", "REC_0001.MP4", "REC_0002.MP4"]
    assert [clip.ordinal for clip in first.clips] == [0, 1, 2]
    assert [clip.name for clip in second.clips] == ["REC_0003.MP4"]


def test_an_officer_may_join_what_the_scan_kept_apart(app: App, visit: str, card: Path) -> None:
    a_film(card / "A.MP4", MIB, began=None)
    a_film(card / "B.MP4", MIB, began=None)
    found = app.footage.scan(card)
    assert len(found.recordings) == 2
    app.footage.take_in(visit, [replace(clip, group="one") for clip in found.clips], device_label="")
    (recording,) = app.footage.recordings(visit)
    assert [clip.name for clip in recording.clips] == ["A.MP4", "B.MP4"]


def test_the_same_bytes_are_stored_once_and_linked(app: App, visit: str, card: Path) -> None:
    one = a_film(card / "REC_0001.MP4", 3 * MIB)
    shutil.copy2(one, card / "copy.mp4")
    report = take_all(app, visit, card)
    assert [taken.is_new for taken in report.taken] == [True, False]
    assert report.is_card_clearable
    other = app.inspections.start("site-sample-02", (ZHANG, LI)).made
    again = take_all(app, other, card)
    assert [taken.is_new for taken in again.taken] == [False, False]
    assert len(app.footage.recordings(visit)) == len(app.footage.recordings(other)) == 1
    told = app.audit.verify()
    assert (told.blobs, told.blob_bytes, told.found_files) == (1, 3 * MIB, ())


def test_a_second_import_compares_and_writes_nothing(app: App, visit: str, card: Path) -> None:
    path = a_film(card / "REC_0001.MP4", 3 * MIB)
    take_all(app, visit, card)
    entries = app.audit.position().entries
    assert app.footage.scan(card).clips[0].is_known
    assert take_all(app, visit, card).is_card_clearable
    assert app.audit.position().entries == entries
    a_film(path, 3 * MIB, seed=7)  # same name and size, other bytes
    assert take_all(app, visit, card).taken[0].is_new
    assert len(app.footage.recordings(visit)) == 2


def test_a_card_that_is_pulled_out_goes_on_where_it_was(desk: Desk, visit: str, card: Path, tmp_path: Path) -> None:
    paths = [a_film(card / f"{name}.MP4", 6 * MIB + 5, began=None) for name in "AB"]
    wanted = {digest(path) for path in paths}
    away = tmp_path / "away"
    service = FootageService(desk.app._session, pulled_after(16 * MIB, away))
    report = take_all(desk.app, visit, card, service)
    assert report.is_source_gone
    assert not report.is_card_clearable
    assert len(report.taken) == 1
    app = desk.reopen()
    (pending,) = app.footage.pending()
    assert (pending.done, len(pending.clips), pending.is_source_there) == (1, 1, False)
    assert 2 * MIB < pending.done_bytes < 6 * MIB
    away.rename(card)
    told: list[Importing] = []
    report = app.footage.take_in(
        pending.inspection_id, pending.clips, device_label=pending.device_label, progress=told.append
    )
    assert (len(report.taken), report.left, report.is_card_clearable) == (1, (), True)
    assert {clip.sha256 for one in app.footage.recordings(visit) for clip in one.clips} == wanted
    assert app.footage.pending() == []
    assert app.audit.verify().is_clean


def test_a_resumed_split_recording_stays_one(desk: Desk, visit: str, card: Path, tmp_path: Path) -> None:
    for n in range(3):
        a_film(card / f"REC_{n:04}.MP4", 4 * MIB, began=BEGAN + timedelta(seconds=60 * n))
    away = tmp_path / "away"
    take_all(desk.app, visit, card, FootageService(desk.app._session, pulled_after(13 * MIB, away)))
    away.rename(card)
    app = desk.reopen()
    report = take_all(app, visit, card)  # scanned anew: the files are known again
    assert report.is_card_clearable
    (recording,) = app.footage.recordings(visit)
    assert [clip.ordinal for clip in recording.clips] == [0, 1, 2]


def test_a_bad_file_never_stops_the_others(desk: Desk, visit: str, card: Path) -> None:
    a_film(card / "a.mp4", 2 * MIB)
    a_film(card / "bad.mp4", 3 * MIB)
    a_film(card / "z.mp4", 2 * MIB)
    report = take_all(desk.app, visit, card, FootageService(desk.app._session, Scratched))
    assert [taken.name for taken in report.taken] == ["a.mp4", "z.mp4"]
    assert report.refused == (("bad.mp4", "unreadable"),)
    assert not report.is_card_clearable
    assert [clip.name for clip in desk.app.footage.pending()[0].clips] == ["bad.mp4"]
    assert take_all(desk.app, visit, card).is_card_clearable  # in another reader it can be read


def test_what_changed_since_the_scan_is_refused(app: App, visit: str, card: Path) -> None:
    path = a_film(card / "a.mp4", 2 * MIB)
    found = app.footage.scan(card)
    a_film(path, 2 * MIB + 1)
    report = app.footage.take_in(visit, found.clips, device_label="")
    assert report.refused == (("a.mp4", "changed"),)
    assert app.footage.pending() == []


def test_a_source_that_gives_other_bytes_each_time_is_refused(desk: Desk, visit: str, card: Path) -> None:
    a_film(card / "a.mp4", 2 * MIB)

    class Flaky(footage_import.Source):
        reads = 0

        def read(self, where: int, length: int) -> bytearray:
            Flaky.reads += 1
            found = super().read(where, length)
            found[0] = Flaky.reads % 251
            return found

    report = take_all(desk.app, visit, card, FootageService(desk.app._session, Flaky))
    assert report.refused == (("a.mp4", "differs"),)
    assert desk.app._session.vault.footage.names() == []
    assert list((desk.profile / "footage" / "incoming").iterdir()) == []


def test_cancelling_and_pausing(desk: Desk, visit: str, card: Path) -> None:
    a_film(card / "a.mp4", 9 * MIB)
    found = desk.app.footage.scan(card)
    report = desk.app.footage.take_in(visit, found.clips, device_label="", is_cancelled=after(5))
    assert report.is_cancelled
    assert not report.taken
    told: list[Importing] = []
    pauses: Iterator[bool] = iter([True, True, False])
    report = desk.app.footage.take_in(
        visit, found.clips, device_label="", progress=told.append, is_paused=lambda: next(pauses, False)
    )
    assert report.is_card_clearable
    assert [step.is_paused for step in told].count(True) == 1
    assert all(one.done <= two.done for one, two in pairwise(told))
    assert told[-1].total == 18 * MIB
    assert {step.stage for step in told} == {"copying", "checking", "examining"}
    assert told[-1].report is not None
    assert told[-1].report.is_card_clearable


def test_too_little_room_is_said_before_anything_is_begun(
    app: App, visit: str, card: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    a_film(card / "a.mp4", 2 * MIB)
    found = app.footage.scan(card)
    monkeypatch.setattr(footage_import, "RESERVE", 1 << 60)
    with pytest.raises(StorageFull):
        app.footage.take_in(visit, found.clips, device_label="")
    assert app.footage.pending() == []


def test_what_else_records_on_the_card_keeps_it_from_being_cleared(app: App, visit: str, card: Path) -> None:
    a_film(card / "a.mp4", 2 * MIB)
    (card / "LOG.TXT").write_text("gps 0 0")
    (card / "photo.jpg").write_bytes(b"\xff\xd8\xff\xe0" + bytes(2000))
    report = take_all(app, visit, card)
    assert (report.left, report.is_card_clearable) == (("photo.jpg",), False)
    app.evidence.attach(visit, card / "photo.jpg")
    assert take_all(app, visit, card).is_card_clearable


def test_one_of_two_films_taken_is_not_clearable(app: App, visit: str, card: Path) -> None:
    a_film(card / "a.mp4", MIB)
    a_film(card / "b.mp4", MIB)
    report = app.footage.take_in(visit, app.footage.scan(card).clips[:1], device_label="")
    assert (report.left, report.is_card_clearable) == (("b.mp4",), False)


def test_a_folder_of_a_card_does_not_speak_for_the_card(
    app: App, visit: str, card: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    a_film(card / "DCIM" / "100" / "a.mp4", MIB)
    a_film(card / "DCIM" / "101" / "b.mp4", MIB)
    assert footage_scan.card_root(card) is None
    monkeypatch.setattr(footage_scan, "CARDS", (f"{card.parent.as_posix()}/",))
    monkeypatch.setattr(Path, "is_mount", lambda path: path == card)
    assert footage_scan.card_root(card / "DCIM" / "100") == card
    report = take_all(app, visit, card / "DCIM" / "100")
    assert (report.left, report.is_card_clearable) == (("DCIM/101/b.mp4",), False)
    assert take_all(app, visit, card).is_card_clearable
    assert {one.source for one in app.footage.recordings(visit)} == {"card"}


def test_footage_without_an_inspection_is_given_to_one_later(desk: Desk, visit: str, card: Path) -> None:
    a_film(card / "a.mp4", MIB)
    take_all(desk.app, None, card)
    (recording,) = desk.app.footage.unassigned()
    desk.app.footage.assign(recording.id, visit)
    desk.app.footage.rename(recording.id, "示例记录仪 02")
    app = desk.reopen()
    assert app.footage.unassigned() == []
    assert [one.device_label for one in app.footage.recordings(visit)] == ["示例记录仪 02"]
    app.footage.remove(recording.id, "拍错对象")
    assert app.footage.recordings(visit) == []
    assert app.footage.recording(recording.id).removed_reason == "拍错对象"
    app.footage.restore(recording.id)
    assert len(app.footage.recordings(visit)) == 1


def test_a_broken_off_import_can_be_given_up(desk: Desk, visit: str, card: Path) -> None:
    a_film(card / "a.mp4", 9 * MIB)
    desk.app.footage.take_in(visit, desk.app.footage.scan(card).clips, device_label="", is_cancelled=after(5))
    (pending,) = desk.app.footage.pending()
    desk.app.footage.forget(pending.id)
    assert desk.app.footage.pending() == []
    assert list((desk.profile / "footage" / "incoming").iterdir()) == []


def test_what_a_kill_at_the_very_end_leaves_is_swept(desk: Desk, visit: str, card: Path) -> None:
    a_film(card / "a.mp4", MIB)
    desk.app.footage.take_in(visit, desk.app.footage.scan(card).clips, device_label="", is_cancelled=after(0))
    plans = desk.app.footage._plans()
    (plan,) = plans.all()
    plan.clips[0].is_done = True
    plans.keep(plan)
    (plans.folder / "half.new").write_bytes(b"half")
    assert desk.app.footage.pending() == []
    assert take_all(desk.app, visit, card).is_card_clearable
    assert list(plans.folder.iterdir()) == []


def test_one_import_at_a_time(app: App, visit: str, card: Path) -> None:
    a_film(card / "a.mp4", MIB)
    found = app.footage.scan(card)
    seen: list[str] = []

    def another(_step: Importing) -> None:
        with pytest.raises(NotAllowed) as refused:
            app.footage.take_in(visit, found.clips, device_label="")
        seen.append(str(refused.value.facts["reason"]))

    app.footage.take_in(visit, found.clips, device_label="", progress=another)
    assert set(seen) == {"import_running"}


@pytest.mark.parametrize(
    ("name", "mime", "codec", "words"),
    [
        ("h264.mp4", "video/mp4", "h264", ("-c:v", "libx264", *MADE)),
        ("h265.mov", "video/quicktime", "hevc", ("-c:v", "libx265", "-x265-params", "log-level=none")),
        ("mjpeg.avi", "video/x-msvideo", "mjpeg", ("-c:v", "mjpeg")),
        ("film.mkv", "video/x-matroska", "h264", ("-c:v", "libx264", *MADE)),
        ("film.webm", "video/webm", "vp8", ("-c:v", "libvpx")),
        ("stream.ts", "video/mp2t", "h264", ("-c:v", "libx264")),
        ("20261120_090500.m2ts", "video/mp2t", "h264", ("-c:v", "libx264", "-mpegts_m2ts_mode", "1")),
    ],
)
def test_real_clips_are_told_by_content(
    app: App, visit: str, card: Path, name: str, mime: str, codec: str, words: tuple[str, ...]
) -> None:
    path = encoded(card / name, *words)
    path = path.rename(card / f"{name}.bin")  # the name says nothing
    (found,) = app.footage.scan(card).clips
    assert found.mime == mime
    if MADE[1] in words or "2026" in name:
        assert found.began_at == BEGAN
    if mime != "video/mp2t":
        assert found.duration_us == pytest.approx(1_000_000, abs=100_000)
    assert take_all(app, visit, card).is_card_clearable
    ((clip,),) = [one.clips for one in app.footage.recordings(visit)]
    assert stored(app, clip.sha256) == path.read_bytes()
    assert (clip.codec, clip.width, clip.height, clip.remark, clip.frames) == (codec, 320, 240, "", 25)


def test_a_film_whose_power_was_cut_is_taken_in_and_said(app: App, visit: str, card: Path) -> None:
    whole = encoded(card / "whole.mp4", "-c:v", "libx264").read_bytes()
    (card / "whole.mp4").unlink()
    (card / "cut.mp4").write_bytes(whole[: whole.index(b"moov") - 4])  # mdat before moov: its index is missing
    (card / "zeros.mp4").write_bytes(bytes(70_000))
    (card / "empty.mp4").touch()
    found = app.footage.scan(card)
    assert {clip.name: clip.remark for clip in found.clips} == {"cut.mp4": "no_index", "zeros.mp4": "undecodable"}
    assert found.skipped == (("empty.mp4", "empty"),)
    assert len(take_all(app, visit, card).taken) == 2
    clips = [clip for one in app.footage.recordings(visit) for clip in one.clips]
    assert {clip.name: (clip.codec, clip.remark) for clip in clips} == {
        "cut.mp4": ("", "no_index"), "zeros.mp4": ("", "unknown_kind"),
    }  # fmt: skip
    assert app.footage.examine() == ()
