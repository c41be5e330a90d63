"""WebP, TIFF, AVIF, CMYK, 16 bit, huge and very wide: told right, shown right, in a worker that stays."""

from __future__ import annotations

import io
import struct
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import pytest
from PIL import Image, ImageChops, ImageCms, ImageStat

from inspector.domain.evidence import EvidenceKind, Original, TimeSource
from inspector.errors import EvidenceRefused
from inspector.evidence import kinds, worker_pool
from inspector.evidence.decode import read_header
from inspector.evidence.intake import judge, read_in
from inspector.evidence.photo import render_preview


def scene(size: tuple[int, int] = (400, 240)) -> Image.Image:
    """Four colours and a slope, so that every turn, mirror and wrong colour shows."""
    image = Image.linear_gradient("L").resize(size).convert("RGB")
    half = (size[0] // 2, size[1] // 2)
    for colour, x, y in (((210, 40, 40), 0, 0), ((40, 160, 60), 1, 0), ((40, 60, 200), 0, 1)):
        image.paste(colour, (x * half[0], y * half[1], (x + 1) * half[0], (y + 1) * half[1]))
    return image


def saved(image: Image.Image, kind: str, **options: Any) -> bytes:
    out = io.BytesIO()
    image.save(out, kind, **options)
    return out.getvalue()


def exif(orientation: int = 1) -> bytes:
    tags = Image.Exif()
    tags[0x0112], tags[0x010F], tags[0x0110], tags[0x0132] = orientation, "DEMO", "DEMO 5", "2026:11:20 09:12:00"
    return tags.tobytes()


def sixteen(kind: str) -> bytes:
    pixels = np.asarray(scene()).astype(np.uint16)[:, :, ::-1] * 257
    done, coded = cv2.imencode(kind, pixels)
    assert done
    return coded.tobytes()


def tiled() -> bytes:
    """An uncompressed TIFF of 64 × 48 in tiles of 16."""
    pixels = np.asarray(scene((64, 48)))
    tiles = [pixels[y : y + 16, x : x + 16].tobytes() for y in range(0, 48, 16) for x in range(0, 64, 16)]
    count, base = len(tiles), 8 + 2 + 12 * 10 + 4
    offsets_at, counts_at, bits_at = base, base + 4 * len(tiles), base + 8 * len(tiles)
    start = bits_at + 6
    fields = [
        (0x0100, 3, 1, 64), (0x0101, 3, 1, 48), (0x0102, 3, 3, bits_at), (0x0103, 3, 1, 1), (0x0106, 3, 1, 2),
        (0x0115, 3, 1, 3), (0x0142, 3, 1, 16), (0x0143, 3, 1, 16), (0x0144, 4, count, offsets_at),
        (0x0145, 4, count, counts_at),
    ]  # fmt: skip
    entries = b"".join(struct.pack("<HHLL", *field) for field in fields)
    places = [start + n * 768 for n in range(count)]
    tables = struct.pack(f"<{2 * count}L3H", *places, *([768] * count), 8, 8, 8)
    return b"II*\0\x08\0\0\0" + struct.pack("<H", 10) + entries + bytes(4) + tables + b"".join(tiles)


def taken(folder: Path, name: str, data: bytes, edge: int | None = 160) -> tuple[Original, bytes | None]:
    path = folder / name
    path.write_bytes(data)
    told = judge(read_in(path, lambda _n, _chunk: None), edge=edge)
    return told.original, told.preview


def shown(data: bytes, edge: int = 400) -> Image.Image:
    return Image.open(io.BytesIO(render_preview(data, edge=edge).jpeg))


def difference(one: Image.Image, other: Image.Image) -> float:
    assert one.size == other.size
    return max(ImageStat.Stat(ImageChops.difference(one.convert("RGB"), other.convert("RGB"))).mean)


def cmyk() -> Image.Image:
    return scene().convert("CMYK")


FORMATS = {
    "lossy.webp": lambda: saved(scene(), "WEBP", quality=90),
    "lossless.webp": lambda: saved(scene(), "WEBP", lossless=True),
    "alpha.webp": lambda: saved(scene().convert("RGBA"), "WEBP", lossless=True),
    "plain.tif": lambda: saved(scene(), "TIFF"),
    "lzw.tiff": lambda: saved(scene(), "TIFF", compression="tiff_lzw"),
    "deflate.tiff": lambda: saved(scene(), "TIFF", compression="tiff_adobe_deflate"),
    "jpeg.tif": lambda: saved(scene(), "TIFF", compression="jpeg"),
    "grey16.tif": lambda: saved(Image.fromarray(np.asarray(scene().convert("L")).astype(np.uint16) * 257), "TIFF"),
    "cmyk.tif": lambda: saved(cmyk(), "TIFF"),
    "rgb16.tif": lambda: sixteen(".tiff"),
    "rgb16.png": lambda: sixteen(".png"),
    "photo.avif": lambda: saved(scene(), "AVIF", quality=90),
    "cmyk.jpg": lambda: saved(cmyk(), "JPEG", quality=95),
}


@pytest.mark.parametrize("name", FORMATS)
def test_every_format_is_shown_in_its_colours(name: str, tmp_path: Path) -> None:
    data = FORMATS[name]()
    original, preview = taken(tmp_path, name, data)
    assert (original.kind, original.remark, original.width, original.height) == (EvidenceKind.PHOTO, "", 400, 240)
    assert (preview is None) == name.endswith(".avif")
    expected = scene().convert("L") if name.startswith("grey") else scene()
    assert difference(shown(data), expected) < 6


def test_tiles(tmp_path: Path) -> None:
    original, _ = taken(tmp_path, "tiled.tif", tiled())
    assert (original.kind, original.width, original.height) == (EvidenceKind.PHOTO, 64, 48)
    assert difference(shown(tiled()), scene((64, 48))) < 6


TURN = {3: Image.Transpose.ROTATE_180, 6: Image.Transpose.ROTATE_90, 8: Image.Transpose.ROTATE_270,
        5: Image.Transpose.TRANSPOSE, 2: Image.Transpose.FLIP_LEFT_RIGHT}  # fmt: skip


@pytest.mark.parametrize("kind", ["WEBP", "TIFF", "AVIF"])
@pytest.mark.parametrize("orientation", TURN)
def test_turned_pictures_are_upright(kind: str, orientation: int, tmp_path: Path) -> None:
    stored = scene().transpose(TURN[orientation])
    told = {"tiffinfo": {0x0112: orientation}} if kind == "TIFF" else {"exif": exif(orientation)}
    data = saved(stored, kind, quality=95, **told)
    original, _ = taken(tmp_path, f"a.{kind.lower()}", data)
    assert (original.width, original.height) == (400, 240)
    assert difference(shown(data), scene()) < 6
    if kind != "AVIF":  # its own boxes turn it; the EXIF only repeats that
        assert original.orientation == orientation


@pytest.mark.parametrize("kind", ["WEBP", "AVIF"])
def test_camera_and_time_are_read(kind: str, tmp_path: Path) -> None:
    original, _ = taken(tmp_path, f"a.{kind.lower()}", saved(scene(), kind, exif=exif()))
    assert (original.camera, original.taken_as) == ("DEMO 5", "2026:11:20 09:12:00")
    assert original.time_source is TimeSource.EXIF_LOCAL


def test_of_many_pages_the_first_is_shown_and_it_is_said(tmp_path: Path) -> None:
    white = Image.new("RGB", (400, 240), "white")
    for name, data in (
        ("scan.tif", saved(scene(), "TIFF", save_all=True, append_images=[white, white])),
        ("moving.webp", saved(scene(), "WEBP", save_all=True, append_images=[white], duration=100, lossless=True)),
    ):
        original, _ = taken(tmp_path, name, data)
        assert (original.kind, original.remark) == (EvidenceKind.PHOTO, "first_of_many")
        assert difference(shown(data), scene()) < 6


def test_a_chain_of_pages_that_bites_its_tail_ends(tmp_path: Path) -> None:
    data = bytearray(saved(scene(), "TIFF"))
    at = int.from_bytes(data[4:8], "little")
    end = at + 2 + 12 * int.from_bytes(data[at : at + 2], "little")
    data[end : end + 4] = data[4:8]
    assert taken(tmp_path, "loop.tif", bytes(data))[0].kind is EvidenceKind.PHOTO
    assert difference(shown(bytes(data)), scene()) < 6


def test_a_raw_file_is_not_shown_as_its_thumbnail(tmp_path: Path) -> None:
    info = {0x00FE: 1, 0x014A: 4096}
    original, _ = taken(tmp_path, "raw.dng", saved(scene((160, 120)), "TIFF", tiffinfo=info))
    assert (original.kind, original.remark) == (EvidenceKind.DOCUMENT, "undecodable")


@pytest.mark.parametrize("name", ["lossy.webp", "lossless.webp", "plain.tif", "lzw.tiff", "photo.avif"])
@pytest.mark.parametrize("share", [0.02, 0.5, 0.98])
def test_what_is_cut_off_is_kept_as_a_document(name: str, share: float, tmp_path: Path) -> None:
    data = FORMATS[name]()
    original, preview = taken(tmp_path, name, data[: max(20, int(len(data) * share))])
    assert (original.kind, preview) == (EvidenceKind.DOCUMENT, None)
    assert original.remark in {"undecodable", "misnamed"}


def test_a_profile_of_printing_colours_is_obeyed() -> None:
    swapped = Image.merge("RGB", scene().split()[::-1])
    srgb = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    for kind in ("WEBP", "TIFF", "AVIF"):
        data = saved(scene(), kind, icc_profile=srgb, quality=90)
        assert difference(shown(data), scene()) < 6 < difference(shown(data), swapped)


def bomb(kind: str) -> bytes:
    """A picture whose header says 60,000 × 60,000 (a WebP: 16,383 × 16,383)."""
    if kind == "tif":
        data = bytearray(saved(Image.new("L", (64, 64)), "TIFF"))
        at = int.from_bytes(data[4:8], "little")
        for place in range(at + 2, at + 2 + 12 * int.from_bytes(data[at : at + 2], "little"), 12):
            if bytes(data[place : place + 2]) in {b"\x00\x01", b"\x01\x01"}:
                data[place + 2 : place + 12] = struct.pack("<HLL", 4, 1, 60_000)
        return bytes(data)
    if kind == "webp":
        side = (16_383 - 1).to_bytes(3, "little")
        body = b"WEBP" + b"VP8X" + struct.pack("<L", 10) + bytes(4) + side + side
        body += saved(Image.new("L", (64, 64)), "WEBP", lossless=True)[12:]
        return b"RIFF" + struct.pack("<L", len(body)) + body
    data = saved(Image.new("RGB", (64, 64)), "AVIF")
    at = data.index(b"ispe") + 8
    return data[:at] + struct.pack(">LL", 60_000, 60_000) + data[at + 8 :]


@pytest.mark.parametrize("kind", ["tif", "webp", "avif"])
def test_bombs_are_kept_unopened(kind: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    worker_pool.send_home()
    monkeypatch.setattr(worker_pool, "_WORKER", tmp_path / "none.py")
    original, _ = taken(tmp_path, f"bomb.{kind}", bomb(kind))
    assert (original.kind, original.remark) == (EvidenceKind.DOCUMENT, "too_many_pixels")


def test_a_bomb_that_lies_about_its_size_is_refused() -> None:
    big = saved(Image.new("RGB", (3000, 100)), "WEBP", lossless=True)
    body = b"WEBPVP8X" + struct.pack("<L", 10) + bytes(4) + bytes(6) + big[12:]
    with pytest.raises(EvidenceRefused):
        render_preview(b"RIFF" + struct.pack("<L", len(body)) + body, edge=100)


def test_a_panorama_and_a_huge_photo_are_shown(tmp_path: Path) -> None:
    wide = saved(scene((20_000, 800)), "JPEG", quality=60)
    original, _ = taken(tmp_path, "wide.jpg", wide)
    assert (original.kind, original.width, shown(wide, 320).size) == (EvidenceKind.PHOTO, 20_000, (320, 13))
    huge = saved(Image.new("RGB", (12_000, 9_000), "teal"), "JPEG", quality=50)
    original, _ = taken(tmp_path, "108mp.jpg", huge)
    assert (original.kind, original.width * original.height) == (EvidenceKind.PHOTO, 108_000_000)
    assert shown(huge, 320).size == (320, 240)
    slow = saved(scene((6_000, 4_000)), "JPEG", progressive=True, quality=50)
    assert difference(shown(slow, 400), scene((400, 267))) < 8


def test_one_worker_serves_a_batch(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    worker_pool.send_home()
    started: list[object] = []
    real = worker_pool._Worker

    def counted() -> worker_pool._Worker:
        started.append(1)
        return real()

    monkeypatch.setattr(worker_pool, "_Worker", counted)
    data = [saved(scene((40 + n, 30)), "WEBP") for n in range(20)]
    for n, one in enumerate(data):
        assert shown(one).size == (40 + n, 30)
        broken = one[: len(one) // 2]
        with pytest.raises(EvidenceRefused):
            render_preview(broken, edge=100)
    assert len(started) == 1
    worker_pool._pool._waiting[0]._process.kill()  # it dies while it waits: the next picture doesn't notice
    assert shown(data[0]).size == (40, 30)
    assert len(started) == 2


def test_names_promise_the_new_formats() -> None:
    assert kinds.is_named_photo("IMG_1.WEBP")
    assert kinds.is_misnamed("a.tif", kinds.WEBP)
    header = read_header(saved(scene(), "WEBP"), kinds.WEBP)
    assert header.upright == (400, 240)
