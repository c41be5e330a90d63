"""Photos from a watched folder and from a mounted card, pulled out half way too."""

from __future__ import annotations

import os
import shutil
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from inspector.app import App
from inspector.errors import NotAllowed, NotFound, StorageFull
from inspector.services import attaching
from inspector.services.sources import Volume, WatchedFolder, photos_on, volumes
from inspector.store.blobs import Held
from tests.builders import LI, ZHANG
from tests.services.conftest import Desk
from tests.services.visit import SITE, a_draft, a_photo

NOON = datetime(2026, 11, 20, 4, 0, tzinfo=UTC)


@pytest.fixture
def visit(app: App) -> str:
    return app.inspections.start(SITE, (ZHANG, LI)).made


def mount(place: Path | str, kind: str) -> str:
    escaped = str(place).replace(" ", "\\040")
    return f"36 35 8:17 / {escaped} rw,nosuid shared:1 - {kind} /dev/sdb1 rw\n"


def dated(path: Path, at: datetime) -> Path:
    os.utime(path, (at.timestamp(), at.timestamp()))
    return path


def a_card(folder: Path, count: int = 3) -> Volume:
    dcim = folder / "DCIM" / "100CANON"
    dcim.mkdir(parents=True)
    for n in range(count):
        dated(a_photo(dcim / f"IMG_{n}.jpg", seed=n), NOON + timedelta(minutes=n))
    return Volume(path=folder, dcim=folder / "DCIM", label="EOS")


def test_cards_and_phones_are_told_by_mount_and_dcim(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    card, stick, home = tmp_path / "EOS DIGITAL", tmp_path / "stick", tmp_path / "home"
    phone = tmp_path / "gvfs" / "mtp:host=Phone" / "Internal storage"
    for folder in (
        card / "dcim",
        stick / "papers",
        home / "DCIM",
        phone / "DCIM",
        tmp_path / "gvfs" / "smb:x" / "DCIM",
    ):
        folder.mkdir(parents=True)
    monkeypatch.setattr("inspector.services.sources._PLUGGED", (f"{tmp_path}/EOS", f"{tmp_path}/stick"))
    told = "".join(
        (
            mount(card, "vfat"),
            mount(stick, "exfat"),
            mount(home, "ext4"),
            mount(tmp_path / "gvfs", "fuse.gvfsd-fuse"),
            mount("/media/gone", "vfat"),
            "odd line\n",
        )
    )
    found = volumes(told)
    assert [(one.path, one.label) for one in found] == [(card, "EOS DIGITAL"), (phone, "Internal storage")]
    assert found[0].dcim == card / "dcim"


def test_below_mnt_only_the_file_systems_of_cards_count(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "DCIM").mkdir()
    monkeypatch.setattr("inspector.services.sources._BY_HAND", f"{tmp_path.parent}/")
    assert [one.path for one in volumes(mount(tmp_path, "exfat"))] == [tmp_path]
    assert volumes(mount(tmp_path, "nfs4")) == []


def test_this_machine_can_be_asked() -> None:
    assert all(one.dcim.is_dir() for one in volumes())


def test_what_was_taken_since_stands_first(tmp_path: Path) -> None:
    card = a_card(tmp_path / "card", 5)
    told = photos_on(card, NOON + timedelta(minutes=3))
    assert [path.name for path in told.files] == ["IMG_3.jpg", "IMG_4.jpg", "IMG_2.jpg", "IMG_1.jpg", "IMG_0.jpg"]
    assert told.recent == 2


def test_a_card_that_is_pulled_out_half_way(
    desk: Desk, visit: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(attaching, "_AHEAD", 1)
    card = a_card(tmp_path / "card", 6)
    files = photos_on(card, NOON).files
    steps: list[int] = []

    def pull(step: attaching.Attaching) -> None:
        steps.append(step.done)
        if len(steps) == 3:
            shutil.move(card.path, tmp_path / "pulled")

    report = desk.app.evidence.attach_many(visit, files, source="card", card=card.path, progress=pull)
    kept = [one.original.name for one in desk.reopen().evidence.of(visit)]
    assert 0 < len(report.attached) == len(kept) < 6
    assert {why for _, why in report.refused} == {"pulled_out"}
    assert sorted([*kept, *(name for name, _ in report.refused)]) == [path.name for path in sorted(files)]
    shutil.move(tmp_path / "pulled", card.path)
    again = desk.app.evidence.attach_many(visit, files, source="card", card=card.path)
    assert (sorted(again.known), again.refused) == (sorted(kept), ())
    assert len(desk.app.evidence.of(visit)) == 6


def test_what_was_taken_out_of_the_visit_does_not_come_back_with_the_card(app: App, visit: str, tmp_path: Path) -> None:
    card = a_card(tmp_path / "card", 2)
    files = photos_on(card, NOON).files
    first = app.evidence.attach_many(visit, files, source="card", card=card.path).attached[0]
    app.evidence.remove(first, "拍错了")
    again = app.evidence.attach_many(visit, files, source="card", card=card.path)
    assert (len(again.known), again.attached) == (2, ())
    assert len(app.evidence.of(visit)) == 1


def test_a_watched_folder_tells_whole_new_photos_once(tmp_path: Path) -> None:
    now = datetime.now(UTC)
    (tmp_path / "inner").mkdir()
    (tmp_path / "notes.txt").write_text("x")
    (tmp_path / ".hidden.jpg").write_bytes(b"x")
    (tmp_path / "link.jpg").symlink_to(tmp_path / "notes.txt")
    watch = WatchedFolder(tmp_path, now - timedelta(seconds=5))
    assert watch.is_there()
    assert watch.new_files() == []
    growing = tmp_path / "b.jpg"
    growing.write_bytes(b"one")
    assert watch.new_files() == []
    growing.write_bytes(b"one and two")
    assert watch.new_files() == []
    (tmp_path / "empty.jpg").touch()
    (tmp_path / "a.HEIC").write_bytes(b"x")
    assert watch.new_files() == [growing]
    assert watch.new_files() == [tmp_path / "a.HEIC"]
    assert watch.new_files() == []
    growing.write_bytes(b"written again, longer")
    assert (watch.new_files(), watch.new_files(), watch.new_files()) == ([], [growing], [])


def test_what_lay_there_before_the_visit_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "old.jpg").write_bytes(b"x")
    watch = WatchedFolder(tmp_path, datetime.now(UTC) + timedelta(minutes=1))
    assert (watch.new_files(), watch.new_files()) == ([], [])


def test_a_watched_folder_may_go_and_come_back(tmp_path: Path) -> None:
    folder = tmp_path / "in"
    watch = WatchedFolder(folder, datetime.now(UTC) - timedelta(minutes=1))
    assert not watch.is_there()
    assert watch.new_files() == []
    folder.mkdir()
    (folder / "a.jpg").write_bytes(b"x")
    assert (watch.new_files(), watch.new_files()) == ([], [folder / "a.jpg"])


def test_a_burst_is_one_step_of_undo(app: App, visit: str, tmp_path: Path) -> None:
    hazard = app.hazards.report(visit, a_draft()).made
    paths = [a_photo(tmp_path / f"{n}.jpg", seed=n, size=(64, 48)) for n in range(30)]
    report = app.evidence.attach_many(visit, paths, hazard_id=hazard)
    assert len(report.attached) == 30
    assert {one.hazard_id for one in app.evidence.of(visit)} == {hazard}
    app.undo.undo(visit)
    assert app.evidence.of(visit) == []
    app.undo.redo(visit)
    assert [one.original.name for one in app.evidence.of(visit)] == [path.name for path in paths]


def test_previews_come_with_the_photos(app: App, visit: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    app.evidence.attach_many(visit, [a_photo(tmp_path / f"{n}.jpg", seed=n) for n in range(3)])
    monkeypatch.setattr("inspector.services.evidence.render_preview", None)
    assert all(app.evidence.preview(one.original.sha256, 320) for one in app.evidence.of(visit))


def test_bytes_of_the_clipboard_are_attached(app: App, visit: str, tmp_path: Path) -> None:
    content = a_photo(tmp_path / "one.jpg").read_bytes()
    made = app.evidence.attach_bytes(visit, content, name="粘贴-091200.png").made
    (found,) = app.evidence.of(visit)
    assert (found.id, found.original.name, found.source) == (made, "粘贴-091200.png", "paste")
    assert app.evidence.original(found.original.sha256) == content


def test_a_large_file_goes_straight_into_the_store(
    app: App, visit: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(attaching, "_HELD", 1000)
    paths = [a_photo(tmp_path / f"{n}.jpg", seed=n) for n in range(3)]
    app.evidence.attach_many(visit, paths)
    assert {app.evidence.original(one.original.sha256) for one in app.evidence.of(visit)} == {
        path.read_bytes() for path in paths
    }


def test_a_full_disk_keeps_what_was_stored_before(
    desk: Desk, visit: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(attaching, "_BATCH_FILES", 2)
    paths = [a_photo(tmp_path / f"{n}.jpg", seed=n, size=(64, 48)) for n in range(6)]
    blobs = desk.app._session.vault.blobs
    put, calls = blobs.put_many, iter(range(9))

    def full(held: Sequence[Held], stored_ms: int) -> None:
        if next(calls) == 1:
            raise StorageFull(cause="test")
        put(held, stored_ms)

    monkeypatch.setattr(type(blobs), "put_many", staticmethod(full))
    with pytest.raises(StorageFull):
        desk.app.evidence.attach_many(visit, paths)
    monkeypatch.undo()
    assert [one.original.name for one in desk.reopen().evidence.of(visit)] == ["0.jpg", "1.jpg"]
    assert desk.app.audit.verify().found_files == ()


def test_a_hazard_taken_back_meanwhile_lets_go_of_its_photos(
    app: App, visit: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(attaching, "_BATCH_FILES", 1)
    hazard = app.hazards.report(visit, a_draft()).made
    paths = [a_photo(tmp_path / f"{n}.jpg", seed=n, size=(64, 48)) for n in range(3)]

    def take_back(step: attaching.Attaching) -> None:
        if step.attached == 1 and step.name:
            app.hazards.remove(hazard, "重复")

    report = app.evidence.attach_many(visit, paths, hazard_id=hazard, progress=take_back)
    assert len(report.attached) == 3
    assert {one.hazard_id for one in app.evidence.of(visit)} == {None}


def test_nothing_is_read_for_a_visit_or_hazard_that_is_not_there(app: App, visit: str, tmp_path: Path) -> None:
    photo = a_photo(tmp_path / "one.jpg")
    other = app.inspections.start(SITE, (ZHANG, LI)).made
    theirs = app.hazards.report(other, a_draft()).made
    with pytest.raises(NotFound):
        app.evidence.attach_many("no-such-visit", [photo])
    with pytest.raises(NotAllowed):
        app.evidence.attach_many(visit, [photo], hazard_id=theirs)
    assert app.audit.verify().blobs == 0
