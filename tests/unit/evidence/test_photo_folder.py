"""Photos of a folder: fixed order, bounded, every file left out has its reason."""

from __future__ import annotations

import os
from pathlib import Path

from inspector.evidence.folder import photos_in

JPEG = b"\xff\xd8\xff\xe0 rest"


def put(folder: Path, *names: str, content: bytes = JPEG) -> None:
    for name in names:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)


def names(folder: Path, files: tuple[Path, ...]) -> list[str]:
    return [file.relative_to(folder).as_posix() for file in files]


def test_photos_are_found_below_in_order(tmp_path: Path) -> None:
    put(tmp_path, "b.jpg", "DCIM/2.HEIC", "DCIM/1.jpg", "a.dat")
    put(tmp_path, "broken.png", content=b"not a picture")
    scan = photos_in(tmp_path)
    assert names(tmp_path, scan.files) == ["DCIM/1.jpg", "DCIM/2.HEIC", "a.dat", "b.jpg", "broken.png"]
    assert scan.skipped == ()


def test_what_is_left_out_has_its_reason(tmp_path: Path) -> None:
    put(tmp_path, ".DS_Store", ".trash/a.jpg", "Thumbs.db", "x/DESKTOP.INI", "a.jpg")
    put(tmp_path, "notes.txt", content=b"words")
    os.mkfifo(tmp_path / "pipe.jpg")
    (tmp_path / "gone.jpg").symlink_to(tmp_path / "missing")
    (tmp_path / "again").symlink_to(tmp_path)
    (tmp_path / "loop").symlink_to(tmp_path / "loop")
    (tmp_path / "z.jpg").symlink_to(tmp_path / "a.jpg")
    scan = photos_in(tmp_path)
    assert names(tmp_path, scan.files) == ["a.jpg", "z.jpg"]
    assert dict(scan.skipped) == {
        ".DS_Store": "hidden",
        ".trash": "hidden",
        "Thumbs.db": "system",
        "x/DESKTOP.INI": "system",
        "notes.txt": "not_a_photo",
        "pipe.jpg": "not_a_file",
        "gone.jpg": "unreadable",
        "again": "symlink",
        "loop": "unreadable",
    }


def test_a_folder_that_is_none(tmp_path: Path) -> None:
    put(tmp_path, "a.jpg")
    for folder in (tmp_path / "missing", tmp_path / "a.jpg"):
        scan = photos_in(folder)
        assert scan.files == ()
        assert scan.skipped == ((folder.name, "unreadable"),)


def test_it_stops_at_the_limit_and_says_so(tmp_path: Path) -> None:
    put(tmp_path, *(f"{n:02}.jpg" for n in range(12)))
    scan = photos_in(tmp_path, most=10)
    assert names(tmp_path, scan.files) == [f"{n:02}.jpg" for n in range(10)]
    assert scan.skipped == (("10.jpg", "too_many"),)
    assert photos_in(tmp_path, most=12).skipped == ()


def test_a_very_deep_folder_ends(tmp_path: Path) -> None:
    put(tmp_path, "/".join(["d"] * 40) + "/a.jpg")
    scan = photos_in(tmp_path)
    assert scan.files == ()
    assert [reason for _, reason in scan.skipped] == ["too_deep"]


def test_names_that_are_not_utf8(tmp_path: Path) -> None:
    raw = os.fsencode(tmp_path) + b"/" + "说明".encode("gb18030")
    Path(os.fsdecode(raw)).write_bytes(b"words")
    assert photos_in(tmp_path).skipped == (("说明", "not_a_photo"),)
