"""Photos and documents: taken in whole, shown upright, moved, captioned, taken out, never changed."""

from __future__ import annotations

import hashlib
import io
import os
from pathlib import Path

import pytest
from PIL import Image, ImageChops, ImageStat

from inspector.app import App
from inspector.domain.evidence import EvidenceKind
from inspector.domain.notice import FormCode
from inspector.errors import EvidenceRefused, InvalidInput, NotAllowed, NotFound
from inspector.evidence import intake
from inspector.services.evidence import Attaching
from tests.builders import LI, ZHANG
from tests.services.conftest import Desk
from tests.services.visit import SITE, a_draft, a_photo, a_visit, issue

CAMERAS = ("gps/DSCN0010.jpg", "mobile/jolla.jpg", "exif-org/canon-ixus.jpg", "mobile/HMD_Nokia_8.3_5G.jpg")


@pytest.fixture
def visit(app: App) -> str:
    return app.inspections.start(SITE, (ZHANG, LI)).made


def digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


@pytest.mark.parametrize("name", CAMERAS)
def test_a_real_photo_comes_back_byte_for_byte(desk: Desk, visit: str, shared_data: Path, name: str) -> None:
    path = shared_data / "photos" / "jpg" / name
    before = path.read_bytes()
    desk.app.evidence.attach(visit, path)
    app = desk.reopen()
    (found,) = app.evidence.of(visit)
    assert app.evidence.original(found.original.sha256) == before == path.read_bytes()
    assert (found.original.sha256, found.original.size) == (digest(before), len(before))
    assert (found.original.kind, found.original.name) == (EvidenceKind.PHOTO, path.name)
    assert found.attached_by == ZHANG


def test_a_phones_heic_is_taken_in_and_shown(app: App, visit: str, shared_data: Path) -> None:
    path = shared_data / "photos" / "heic" / "mobile" / "iphone_13_pro_max.HEIC"
    app.evidence.attach(visit, path)
    (found,) = app.evidence.of(visit)
    shown = Image.open(io.BytesIO(app.evidence.preview(found.original.sha256, 320)))
    assert found.original.kind is EvidenceKind.PHOTO
    assert max(shown.size) == 320


def test_twins_are_stored_once_and_linked_twice(desk: Desk, visit: str, tmp_path: Path) -> None:
    one, twin = a_photo(tmp_path / "one.jpg"), tmp_path / "copy of one.jpg"
    twin.write_bytes(one.read_bytes())
    hazard = desk.app.hazards.report(visit, a_draft()).made
    desk.app.evidence.attach(visit, one)
    desk.app.evidence.attach(visit, twin, hazard_id=hazard)
    found = desk.reopen().evidence.of(visit)
    assert len({piece.original.sha256 for piece in found}) == 1
    assert {(piece.original.name, piece.hazard_id) for piece in found} == {
        ("one.jpg", None), ("copy of one.jpg", hazard),
    }  # fmt: skip
    told = desk.app.audit.verify()
    assert (told.blobs, told.blob_bytes) == (1, one.stat().st_size)
    assert desk.app.sync.state().backlog.photos == 1


def test_a_photo_is_moved_captioned_and_stays_with_its_visit(desk: Desk, visit: str, tmp_path: Path) -> None:
    app = desk.app
    mine, other = app.hazards.report(visit, a_draft()).made, app.inspections.start(SITE, (ZHANG, LI)).made
    theirs = app.hazards.report(other, a_draft()).made
    made = app.evidence.attach(visit, a_photo(tmp_path / "one.jpg")).made
    app.evidence.move(made, mine)
    app.evidence.caption(made, "东侧出口\n被货物堵塞")
    with pytest.raises(NotAllowed) as caught:
        app.evidence.move(made, theirs)
    assert caught.value.facts["reason"] == "other_inspection"
    with pytest.raises(NotAllowed):
        app.evidence.attach(visit, a_photo(tmp_path / "two.jpg", seed=2), hazard_id=theirs)
    (found,) = desk.reopen().evidence.of(visit)
    assert (found.hazard_id, found.caption) == (mine, "东侧出口\n被货物堵塞")
    desk.app.evidence.move(made, None)
    assert desk.app.evidence.of(visit)[0].hazard_id is None


def test_a_removed_photo_needs_a_reason_and_keeps_its_bytes(desk: Desk, visit: str, tmp_path: Path) -> None:
    path = a_photo(tmp_path / "one.jpg")
    made = desk.app.evidence.attach(visit, path).made
    with pytest.raises(InvalidInput):
        desk.app.evidence.remove(made, "  ")
    desk.app.evidence.remove(made, "与本次检查无关")
    app = desk.reopen()
    assert app.evidence.of(visit) == []
    assert app.inspections.list()[0].photo_count == 0
    assert app.evidence.original(digest(path.read_bytes())) == path.read_bytes()


def test_what_an_issued_notice_shows_stays_as_it_is(desk: Desk, tmp_path: Path) -> None:
    app = desk.app
    visit = a_visit(app, desk.clock, hazards=1)
    hazard = app.hazards.of(visit)[0].id
    shown = app.evidence.attach(visit, a_photo(tmp_path / "one.jpg"), hazard_id=hazard).made
    record = app.notices.draft(visit, FormCode.INSPECTION_RECORD).made
    issue(app, record)
    later = app.evidence.attach(visit, a_photo(tmp_path / "two.jpg", seed=2)).made
    for change in (
        lambda: app.evidence.move(shown, None),
        lambda: app.evidence.caption(shown, "另一句话"),
        lambda: app.evidence.remove(shown, "不要了"),
    ):
        with pytest.raises(NotAllowed) as caught:
            change()
        assert caught.value.facts["reason"] == "evidence_issued"
    app.evidence.caption(later, "开出文书之后拍的")
    app.notices.void(record, "换一份")
    app.evidence.caption(shown, "作废之后可以改")
    assert {one.caption for one in desk.reopen().evidence.of(visit)} == {"作废之后可以改", "开出文书之后拍的"}


def test_bad_files_are_listed_and_never_stop_the_good_ones(
    desk: Desk, visit: str, tmp_path: Path, shared_data: Path
) -> None:
    huge = tmp_path / "huge.mp4"
    with huge.open("wb") as out:
        out.truncate(intake.MOST_BYTES + 1)  # sparse: takes no room
    (tmp_path / "empty.jpg").touch()
    os.mkfifo(tmp_path / "pipe.jpg")
    (tmp_path / "text.jpg").write_text("not a photo", encoding="ascii")
    good, last = a_photo(tmp_path / "good.jpg", seed=1), a_photo(tmp_path / "last.jpg", seed=2)
    broken = shared_data / "photos" / "jpg" / "corrupted.jpg"
    names = ["empty.jpg", "pipe.jpg", "gone.jpg", "huge.mp4"]
    told: list[Attaching] = []
    report = desk.app.evidence.attach_many(
        visit, [good, *(tmp_path / name for name in names), broken, tmp_path / "text.jpg", last],
        progress=told.append,
    )  # fmt: skip
    assert dict(report.refused) == {
        "empty.jpg": "empty", "pipe.jpg": "not_a_file", "gone.jpg": "unreadable", "huge.mp4": "too_large",
    }  # fmt: skip
    kept = {one.original.name: one.original.kind for one in desk.app.evidence.of(visit)}
    photo, document = EvidenceKind.PHOTO, EvidenceKind.DOCUMENT
    assert kept == {"good.jpg": photo, "last.jpg": photo, "corrupted.jpg": kept["corrupted.jpg"], "text.jpg": document}
    assert len(report.attached) == 4
    assert (told[0].done, told[-1].done, told[-1].total) == (0, 8, 8)
    assert desk.app.audit.verify().found_files == ()


def test_every_broken_photo_of_the_collection_is_kept_or_refused(app: App, visit: str, shared_data: Path) -> None:
    folder = shared_data / "photos" / "jpg"
    paths = sorted([*(folder / "invalid").glob("*.jpg"), *(folder / "tests").glob("*.jp*g"), folder / "corrupted.jpg"])
    report = app.evidence.attach_many(visit, paths)
    assert len(report.attached) + len(report.refused) == len(paths) > 15
    app.evidence.prepare_previews(visit)
    stored = {one.original.name: one.original.sha256 for one in app.evidence.of(visit)}
    assert stored == {path.name: digest(path.read_bytes()) for path in paths if path.name in stored}


def test_a_cancelled_import_keeps_what_it_had(app: App, visit: str, tmp_path: Path) -> None:
    paths = [a_photo(tmp_path / f"{n}.jpg", seed=n) for n in range(4)]
    asked = iter((False, False, True))
    report = app.evidence.attach_many(visit, paths, is_cancelled=lambda: next(asked))
    assert report.is_cancelled
    assert [one.original.name for one in app.evidence.of(visit)] == ["0.jpg", "1.jpg"]


def test_a_refused_file_leaves_nothing_behind(app: App, visit: str, tmp_path: Path) -> None:
    (tmp_path / "empty.jpg").touch()
    before = app.audit.position()
    with pytest.raises(EvidenceRefused):
        app.evidence.attach(visit, tmp_path / "empty.jpg")
    assert app.audit.position() == before
    assert app.audit.verify().blobs == 0
    with pytest.raises(NotFound):
        app.evidence.attach("no-such-visit", a_photo(tmp_path / "one.jpg"))
    assert app.audit.position() == before


@pytest.mark.parametrize("shape", ["landscape", "portrait"])
def test_all_eight_orientations_are_shown_upright_alike(app: App, visit: str, shared_data: Path, shape: str) -> None:
    folder = shared_data / "photos" / "jpg" / "orientation"
    for n in range(1, 9):
        app.evidence.attach(visit, folder / f"{shape}_{n}.jpg")
    found = {one.original.name: one.original for one in app.evidence.of(visit)}
    upright = Image.open(io.BytesIO(app.evidence.preview(found[f"{shape}_1.jpg"].sha256, 320)))
    assert (upright.width > upright.height) == (shape == "landscape")
    for n in range(1, 9):
        original = found[f"{shape}_{n}.jpg"]
        shown = Image.open(io.BytesIO(app.evidence.preview(original.sha256, 320)))
        assert original.orientation == n
        assert (original.width > original.height) == (shape == "landscape")
        assert shown.size == upright.size
        assert max(ImageStat.Stat(ImageChops.difference(shown, upright)).mean) < 12


def test_a_preview_is_made_once_and_then_read(app: App, visit: str, tmp_path: Path) -> None:
    app.evidence.attach(visit, a_photo(tmp_path / "one.jpg", size=(1200, 900)))
    sha256 = app.evidence.of(visit)[0].original.sha256
    app.evidence.prepare_previews(visit)
    thumb, paper = (app.evidence.preview(sha256, edge) for edge in (320, 1600))
    assert [max(Image.open(io.BytesIO(jpeg)).size) for jpeg in (thumb, paper)] == [320, 1200]
    assert app.evidence.preview(sha256, 320) == thumb
