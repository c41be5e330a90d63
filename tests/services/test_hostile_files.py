"""What nobody should meet on a memory card, attached: refused by name and reason, all else taken in."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path

import pytest

from inspector.app import App
from inspector.evidence.folder import MOST_FILES, files_in
from inspector.services.evidence import Attaching
from tests.builders import LI, ZHANG
from tests.services.conftest import Desk
from tests.services.visit import SITE, a_photo


@pytest.fixture
def visit(app: App) -> str:
    return app.inspections.start(SITE, (ZHANG, LI)).made


def test_every_file_of_the_collection_is_kept_byte_for_byte(desk: Desk, visit: str, shared_data: Path) -> None:
    folder = shared_data / "photos"
    files = [path for path in folder.rglob("*") if path.is_file()]
    report = desk.app.evidence.attach_many(visit, [folder])
    assert (len(report.attached), report.refused) == (len(files), ())
    kept = {one.original.sha256 for one in desk.reopen().evidence.of(visit)}
    assert kept == {hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


HOSTILE = (
    b"two\nlines.jpg", b"\xe2\x80\xaegpj.exe.jpg", b"-rf.jpg", b" .jpg", b"$(reboot).jpg", b"%s%n.jpg",
    b"\xff\xfe\x80.jpg", b"a" * 251 + b".jpg", b"'; drop table evidence; --.jpg", b"C:\\..\\x.jpg", b"\x1b[2J.jpg",
)  # fmt: skip


def test_hostile_names_are_kept_readable(desk: Desk, visit: str, tmp_path: Path) -> None:
    photo = a_photo(tmp_path / "one.jpg").read_bytes()
    (tmp_path / "card").mkdir()
    for name in HOSTILE:
        (tmp_path / "card" / os.fsdecode(name)).write_bytes(photo)
    report = desk.app.evidence.attach_many(visit, [tmp_path / "card"])
    assert (len(report.attached), report.refused) == (len(HOSTILE), ())
    names = {one.original.name for one in desk.reopen().evidence.of(visit)}
    assert "two\ufffdlines.jpg" in names
    assert "\ufffdgpj.exe.jpg" in names
    assert "C:\\..\\x.jpg" in names
    assert all(name.isprintable() for name in names)


def test_links_pipes_and_locked_folders_stop_nobody(app: App, visit: str, tmp_path: Path) -> None:
    card = tmp_path / "card"
    card.mkdir()
    a_photo(card / "good.jpg")
    (card / "empty.jpg").touch()
    os.mkfifo(card / "pipe.jpg")
    (card / "device.jpg").symlink_to("/dev/zero")
    (card / "outside.jpg").symlink_to(a_photo(tmp_path / "outside.jpg", seed=2))
    (card / "round").symlink_to(card)
    (card / "loop.jpg").symlink_to(card / "loop.jpg")
    with (card / "sparse.jpg").open("wb") as out:
        out.truncate(4 << 30)
    deep = card
    for _ in range(18):
        deep = deep / "in"
        deep.mkdir()
    told: list[Attaching] = []
    report = app.evidence.attach_many(visit, [card, tmp_path / "gone.jpg"], progress=told.append)
    assert sorted(report.refused) == [
        ("device.jpg", "not_a_file"), ("empty.jpg", "empty"), ("gone.jpg", "unreadable"),
        ("/".join(["in"] * 17), "too_deep"), ("loop.jpg", "unreadable"), ("pipe.jpg", "not_a_file"),
        ("round", "symlink"), ("sparse.jpg", "too_large"),
    ]  # fmt: skip
    assert {one.original.name for one in app.evidence.of(visit)} == {"good.jpg", "outside.jpg"}
    assert (told[-1].done, told[-1].attached) == (told[-1].total, 2)


def test_a_folder_of_more_than_ten_thousand(app: App, visit: str, tmp_path: Path) -> None:
    for n in range(MOST_FILES + 50):
        (tmp_path / f"{n:05}.jpg").touch()
    a_photo(tmp_path / "00000.jpg")
    scan = files_in([tmp_path])
    assert (len(scan.files), scan.skipped) == (MOST_FILES, ((f"{MOST_FILES:05}.jpg", "too_many"),))
    report = app.evidence.attach_many(visit, [tmp_path])
    assert len(report.attached) == 1
    assert len(report.refused) == MOST_FILES
    assert {why for _, why in report.refused} == {"empty", "too_many"}
