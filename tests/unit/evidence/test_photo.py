"""Previews: upright, in sRGB, small, the same every time; limits; sharpness."""

from __future__ import annotations

import io
import struct
import zlib
from pathlib import Path
from typing import Any

import pytest
from PIL import Image, ImageChops, ImageCms, ImageFilter, ImageStat

from inspector import mainthread
from inspector.domain.evidence import EvidenceKind
from inspector.errors import EvidenceRefused, WrongThread
from inspector.evidence.intake import take_in
from inspector.evidence.photo import BLURRED_BELOW, render_preview, sharpness

# What was done to an upright picture so that each orientation shows it upright again.
STORED = {
    1: None,
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_90,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_270,
}


def corners(size: tuple[int, int] = (320, 200)) -> Image.Image:
    """Four colours, so that every turn and mirror shows."""
    image = Image.new("RGB", size, "white")
    half = (size[0] // 2, size[1] // 2)
    for colour, x, y in (("red", 0, 0), ("green", 1, 0), ("blue", 0, 1), ("black", 1, 1)):
        image.paste(Image.new("RGB", half, colour), (x * half[0], y * half[1]))
    return image


def saved(image: Image.Image, kind: str, **options: Any) -> bytes:
    out = io.BytesIO()
    image.save(out, kind, **options)
    return out.getvalue()


def shown(data: bytes, **options: int) -> Image.Image:
    return Image.open(io.BytesIO(render_preview(data, **{"edge": 1600} | options).jpeg))


def difference(one: Image.Image, other: Image.Image) -> float:
    assert one.size == other.size
    return max(ImageStat.Stat(ImageChops.difference(one.convert("RGB"), other.convert("RGB"))).mean)


def reason(data: bytes) -> str:
    with pytest.raises(EvidenceRefused) as caught:
        render_preview(data, edge=400)
    return str(caught.value.facts["reason"])


@pytest.mark.parametrize("kind", ["JPEG", "PNG"])
@pytest.mark.parametrize(("orientation", "stored"), STORED.items())
def test_all_orientations_are_upright(kind: str, orientation: int, stored: Image.Transpose | None) -> None:
    image = corners()
    turned = image if stored is None else image.transpose(stored)
    exif = Image.Exif()
    exif[0x0112] = orientation
    preview = shown(saved(turned, kind, exif=exif.tobytes()))
    assert preview.size == (320, 200)
    assert difference(preview, image) < 4


@pytest.mark.parametrize(
    ("size", "edge", "expected"),
    [((320, 200), 160, (160, 100)), ((320, 200), 1600, (320, 200)), ((3200, 10), 100, (100, 1)), ((1, 1), 1, (1, 1))],
)
def test_the_long_edge_is_kept(size: tuple[int, int], edge: int, expected: tuple[int, int]) -> None:
    preview = render_preview(saved(Image.new("RGB", size, "teal"), "JPEG"), edge=edge)
    assert (preview.width, preview.height) == expected
    assert Image.open(io.BytesIO(preview.jpeg)).size == expected


def test_a_preview_has_no_metadata_and_is_the_same_every_time() -> None:
    exif = Image.Exif()
    exif[0x010F], exif[0x0112] = "DEMO", 1
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    data = saved(corners(), "JPEG", exif=exif.tobytes(), icc_profile=profile, comment=b"secret", dpi=(300, 300))
    preview = render_preview(data, edge=100)
    assert preview == render_preview(data, edge=100)
    info = Image.open(io.BytesIO(preview.jpeg)).info
    assert not {"exif", "icc_profile", "comment", "dpi"} & info.keys()


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGB", "RGBA", "I;16"])
def test_every_mode_of_png(mode: str) -> None:
    grey = Image.linear_gradient("L")
    image = grey.convert("I").point(lambda v: v * 257).convert("I;16") if mode == "I;16" else grey.convert(mode)
    preview = shown(saved(image, "PNG"))
    assert preview.mode == "RGB"
    tolerance = 30 if mode == "1" else 4  # black and white is dithered: only the mean is the same
    assert abs(ImageStat.Stat(preview.convert("L")).mean[0] - ImageStat.Stat(grey).mean[0]) < tolerance


@pytest.mark.parametrize("kind", ["RGBA", "palette", "key"])
def test_transparency_is_white(kind: str) -> None:
    image = Image.new("RGBA", (64, 64), (0, 0, 0, 0))
    if kind == "RGBA":
        data = saved(image, "PNG")
    elif kind == "palette":
        data = saved(image.convert("P"), "PNG", transparency=image.convert("P").getpixel((0, 0)))
    else:
        data = saved(image.convert("RGB"), "PNG", transparency=(0, 0, 0))
    assert shown(data).getpixel((5, 5)) == (255, 255, 255)


def test_cmyk_jpeg() -> None:
    preview = shown(saved(Image.new("CMYK", (64, 64), (0, 255, 255, 0)), "JPEG"))
    red, green, blue = preview.getpixel((30, 30))
    assert red > 200
    assert max(green, blue) < 60


def test_an_embedded_profile_is_applied_and_a_broken_one_ignored() -> None:
    xyz = ImageCms.ImageCmsProfile(ImageCms.createProfile("XYZ"))
    image = Image.new("RGB", (32, 32), (120, 130, 140))
    plain = shown(saved(image, "JPEG")).getpixel((5, 5))
    assert shown(saved(image, "JPEG", icc_profile=b"no profile at all")).getpixel((5, 5)) == plain
    srgb = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    got = shown(saved(image, "JPEG", icc_profile=srgb)).getpixel((5, 5))
    assert max(abs(a - b) for a, b in zip(got, plain, strict=True)) <= 2
    other = shown(saved(image, "JPEG", icc_profile=xyz.tobytes())).getpixel((5, 5))
    assert other == plain or max(abs(a - b) for a, b in zip(other, plain, strict=True)) > 5


def chunk(kind: bytes, body: bytes) -> bytes:
    return len(body).to_bytes(4, "big") + kind + body + zlib.crc32(kind + body).to_bytes(4, "big")


def bomb(width: int, height: int, pixels: bytes = b"") -> bytes:
    header = struct.pack(">LLBBBBB", width, height, 1, 0, 0, 0, 0)
    body = zlib.compress(pixels or bytes(1 << 20))
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", body) + chunk(b"IEND", b"")


def test_a_decompression_bomb_is_kept_unopened(tmp_path: Path) -> None:
    data = bomb(60_000, 60_000)
    assert reason(data) == "too_many_pixels"
    path = tmp_path / "bomb.png"
    path.write_bytes(data)
    original = take_in(path, lambda _n, _chunk: None)
    assert (original.kind, original.remark) == (EvidenceKind.DOCUMENT, "too_many_pixels")
    assert original.width == 60_000


def test_a_png_that_promises_more_than_it_holds_is_undecodable() -> None:
    assert reason(bomb(2000, 2000, b"\0")) == "undecodable"


def with_frame(data: bytes, width: int, height: int) -> bytes:
    at = data.index(b"\xff\xc0") + 5
    return data[:at] + struct.pack(">HH", height, width) + data[at + 4 :]


def test_a_jpeg_that_promises_more_than_it_holds() -> None:
    data = saved(corners(), "JPEG")
    assert reason(with_frame(data, 65_000, 65_000)) == "too_many_pixels"
    assert reason(with_frame(data, 0, 10)) == "undecodable"


def test_a_jpeg_of_thousands_of_scans_is_not_begun() -> None:
    data = saved(corners(), "JPEG", progressive=True)
    scan = data.rindex(b"\xff\xda")
    many = data[:scan] + data[scan:-2] * 500 + data[-2:]
    assert reason(many) == "undecodable"
    assert shown(data).size == (320, 200)


def test_a_jpeg_of_junk_is_left_soon() -> None:
    assert reason(b"\xff\xd8\xff" + b"\0" * (32 << 20)) == "undecodable"
    assert reason(b"\xff\xd8" + b"\xff\xe1\x00\x02" * (4 << 20)) == "undecodable"


def test_metadata_never_reaches_the_decoder() -> None:
    data = saved(corners(), "JPEG")
    hostile = data[:2] + b"\xff\xe1\xff\xffExif\0\0II*\0" + b"\xff" * 65521 + data[2:]
    assert render_preview(hostile, edge=100) == render_preview(data, edge=100)


@pytest.mark.parametrize("data", [b"", b"\xff\xd8\xff", b"GIF89a", b"plain text", b"\0\0\0\x14ftypheic\0\0\0\0heic"])
def test_what_is_no_photo_is_undecodable(data: bytes) -> None:
    assert reason(data) == "undecodable"


def test_sharpness_falls_with_blur() -> None:
    noise = Image.effect_noise((1600, 1200), 60).filter(ImageFilter.GaussianBlur(0.7))
    found = [
        sharpness(saved(noise.filter(ImageFilter.GaussianBlur(radius)), "JPEG", quality=90)) for radius in (0, 2, 5)
    ]
    assert found == sorted(found, reverse=True)
    assert found[0] > BLURRED_BELOW > found[2]
    for broken in (b"", b"no jpeg"):
        with pytest.raises(EvidenceRefused):
            sharpness(broken)


def test_the_window_thread_may_not_decode() -> None:
    data = saved(corners(), "JPEG")
    mainthread.claim()
    try:
        with pytest.raises(WrongThread):
            render_preview(data, edge=100)
        with pytest.raises(WrongThread):
            sharpness(data)
    finally:
        mainthread.release()
