"""`main.py evidence probe`: one line a file, whatever the file is."""

from __future__ import annotations

import hashlib
import json
import os
from pathlib import Path

import pytest

from inspector.cli import main
from inspector.evidence.probe import probe
from tests.unit.evidence.test_formats import exif, saved, scene


def lines(capsys: pytest.CaptureFixture[str], *files: Path) -> list[dict[str, object]]:
    assert main(["evidence", "probe", *(str(file) for file in files)]) == 0
    return [json.loads(line) for line in capsys.readouterr().out.splitlines()]


def test_a_photo_tells_all(shared_data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = shared_data / "photos" / "jpg" / "gps" / "DSCN0010.jpg"
    (told,) = lines(capsys, path)
    assert told["sha256"] == hashlib.sha256(path.read_bytes()).hexdigest()
    assert (told["kind"], told["size"], told["width"], told["height"]) == ("photo", 161_713, 640, 480)
    assert (told["captured_at"], told["captured_by"]) == ("2008-10-22T08:28:39Z", "exif_local")
    assert told["gps"] == {"latitude": "43.467448", "longitude": "11.885127"}
    assert (told["camera"], told["refusal"], told["warnings"]) == ("NIKON COOLPIX P6000", None, [])


def test_every_file_gets_its_line(tmp_path: Path, shared_data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "empty.jpg").touch()
    os.mkfifo(tmp_path / "pipe.jpg")
    (tmp_path / "a\nb.jpg").write_bytes(saved(scene(), "JPEG"))
    turned = tmp_path / "转\u202e.webp"
    turned.write_bytes(saved(scene().transpose(2), "WEBP", exif=exif(6)))
    foreign = Path(os.fsdecode(os.fsencode(tmp_path) + b"/\xff\xfe.jpg"))
    foreign.write_bytes(b"\xff\xd8\xff nothing")
    with (tmp_path / "huge.jpg").open("wb") as out:
        out.truncate(4 << 30)
    names = ("empty.jpg", "pipe.jpg", "a\nb.jpg", "转\u202e.webp", "huge.jpg", "gone.jpg")
    told = lines(capsys, *(tmp_path / name for name in names), foreign, tmp_path)
    assert [one["refusal"] for one in told] == [
        "empty", "not_a_file", None, None, "too_large", "unreadable", None, "not_a_file",
    ]  # fmt: skip
    assert [Path(str(one["file"])).name for one in told[:6]] == list(names)
    assert (told[3]["orientation"], told[3]["width"], told[3]["height"]) == (6, 400, 240)
    assert (told[6]["kind"], told[6]["warnings"]) == ("document", ["undecodable"])
    assert all(one.keys() == told[0].keys() for one in told)


def test_a_photo_that_crashes_its_decoder_is_said_to_be_undecodable(shared_data: Path, tmp_path: Path) -> None:
    data = bytearray((shared_data / "photos/heic/IMG_5195.HEIC").read_bytes())
    data[1093] = 207
    path = tmp_path / "IMG_5195.HEIC"
    path.write_bytes(data)
    assert (probe(path).kind, probe(path).warnings) == ("document", ("undecodable",))


def test_footage_tells_codec_and_length(shared_data: Path, tmp_path: Path) -> None:
    clip = shared_data / "recorder" / "clip_480p_30s_h264.mp4"
    told = probe(clip)
    assert (told.kind, told.mime, told.width, told.height) == ("footage", "video/mp4", 854, 480)
    assert told.film is not None
    assert (told.film["codec"], told.film["duration_us"], told.film["frames"]) == ("h264", 30_000_000, 720)
    (tmp_path / "cut.mp4").write_bytes(clip.read_bytes()[:1000])
    cut = probe(tmp_path / "cut.mp4")
    assert (cut.kind, cut.refusal) == ("footage", "")
    assert cut.warnings
