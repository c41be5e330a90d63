"""Real photos of real cameras, whole and broken."""

from __future__ import annotations

import hashlib
import io
import random
import shutil
from pathlib import Path

import pytest
from PIL import Image, ImageChops, ImageStat

from inspector.domain.evidence import EvidenceKind, Original, TimeSource
from inspector.evidence.intake import take_in
from inspector.evidence.photo import render_preview


@pytest.fixture(scope="session")
def photos(shared_data: Path) -> Path:
    return shared_data / "photos"


def look(path: Path) -> Original:
    return take_in(path, lambda _n, _chunk: None)


def preview(path: Path, edge: int = 160) -> Image.Image:
    return Image.open(io.BytesIO(render_preview(path.read_bytes(), edge=edge).jpeg))


def test_every_file_is_taken_in_unchanged(photos: Path) -> None:
    files = sorted(path for path in photos.rglob("*") if path.is_file())
    assert len(files) > 60
    for path in files:
        before = path.stat()
        original = look(path)
        assert original.sha256 == hashlib.sha256(path.read_bytes()).hexdigest(), path
        assert path.stat().st_mtime_ns == before.st_mtime_ns
        is_text = path.name == "README"
        assert original.kind is (EvidenceKind.DOCUMENT if is_text else EvidenceKind.PHOTO), path
        assert original.mime.startswith("text/" if is_text else "image/")
        if not is_text:
            shown = preview(path, 320)
            assert abs(shown.width / shown.height - original.width / original.height) < 0.2, path


@pytest.mark.parametrize("shape", ["landscape", "portrait"])
@pytest.mark.parametrize("orientation", range(2, 9))
def test_orientations_look_the_same(photos: Path, shape: str, orientation: int) -> None:
    first, turned = (photos / f"jpg/orientation/{shape}_{n}.jpg" for n in (1, orientation))
    original = look(turned)
    assert original.orientation == orientation
    assert (original.width, original.height) == ((600, 450) if shape == "landscape" else (450, 600))
    one, other = preview(first, 60), preview(turned, 60)
    assert max(ImageStat.Stat(ImageChops.difference(one, other)).mean) < 15
    mirrored = other.transpose(Image.Transpose.FLIP_LEFT_RIGHT)
    assert max(ImageStat.Stat(ImageChops.difference(one, mirrored)).mean) > 25


def test_gps_and_time(photos: Path) -> None:
    original = look(photos / "jpg/gps/DSCN0010.jpg")
    assert (original.latitude, original.longitude) == ("43.467448", "11.885127")
    assert (original.camera, original.taken_as) == ("NIKON COOLPIX P6000", "2008:10:22 16:28:39")
    assert original.time_source is TimeSource.EXIF_LOCAL
    for path in (photos / "jpg/gps").glob("*.jpg"):
        told = look(path)
        assert float(told.latitude) == pytest.approx(43.467, abs=0.01)
        assert float(told.longitude) == pytest.approx(11.882, abs=0.01)


def test_time_with_offset(photos: Path) -> None:
    original = look(photos / "jpg/mobile/HMD_Nokia_8.3_5G.jpg")
    assert original.time_source is TimeSource.EXIF_OFFSET
    assert original.taken_as == "2022:08:14 14:12:31+03:00"
    assert original.taken_at is not None
    assert original.taken_at.isoformat() == "2022-08-14T11:12:31+00:00"


def test_heic_of_a_phone_is_upright_once(photos: Path) -> None:
    path = photos / "heic/mobile/iphone_13_pro_max.HEIC"
    original = look(path)
    assert (original.mime, original.kind) == ("image/heic", EvidenceKind.PHOTO)
    assert (original.width, original.height, original.orientation) == (3024, 4032, 1)
    assert original.taken_as == "2022:02:16 12:55:41.762+01:00"
    assert original.camera == "Apple iPhone 13 Pro Max"
    assert preview(path).size == (120, 160)


@pytest.mark.parametrize("name", ["heic/IMG_5195.HEIC", "jpg/gps/DSCN0010.jpg"])
def test_a_transfer_cut_off_anywhere_is_kept(photos: Path, tmp_path: Path, name: str) -> None:
    whole = (photos / name).read_bytes()
    chance = random.Random(20261122)
    path = tmp_path / Path(name).name
    for _ in range(60):
        data = whole[: chance.randrange(1, len(whole) - 100)]
        path.write_bytes(data)
        original = look(path)
        assert original.sha256 == hashlib.sha256(data).hexdigest()
        assert original.kind is EvidenceKind.DOCUMENT
        assert original.remark in {"undecodable", "misnamed"}


def test_flipped_bytes_never_crash(photos: Path, tmp_path: Path) -> None:
    chance = random.Random(20261122)
    for name in ("heic/IMG_5195.HEIC", "jpg/gps/DSCN0010.jpg", "jpg/tests/45-gps_ifd.jpg"):
        whole = (photos / name).read_bytes()
        path = tmp_path / Path(name).name
        for _ in range(40):
            data = bytearray(whole)
            for _ in range(chance.randrange(1, 40)):
                data[chance.randrange(min(len(data), 8192))] = chance.randrange(256)
            path.write_bytes(data)
            assert look(path).remark in {"", "misnamed", "undecodable", "too_many_pixels"}


def test_a_heic_with_the_name_of_a_jpeg(photos: Path, tmp_path: Path) -> None:
    path = tmp_path / "IMG_5195.JPG"
    shutil.copyfile(photos / "heic/IMG_5195.HEIC", path)
    original = look(path)
    assert (original.mime, original.kind, original.remark) == ("image/heic", EvidenceKind.PHOTO, "misnamed")
