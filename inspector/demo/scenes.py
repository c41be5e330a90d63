"""Draws the sample photos: 12-megapixel warehouse scenes with EXIF time, place and all eight orientations."""

from __future__ import annotations

import random
from collections.abc import Sequence
from datetime import datetime
from fractions import Fraction
from pathlib import Path

from PIL import Image, ImageDraw

from inspector import mainthread
from inspector.demo import props, shots
from inspector.demo.scenery import SCENES
from inspector.demo.stage import Stage

LONG, SHORT = 4000, 3000
_SEED = 20261122
_QUALITY = 88
# A place in the Gobi where nobody lives.
_LATITUDE, _LONGITUDE = Fraction("40.512300"), Fraction("95.864200")

# How an upright picture is stored so that each EXIF orientation shows it upright again (CIPA DC-008 tag 0x0112).
_STORED = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_90,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_270,
}


def draw_scenes(folder: Path, taken: Sequence[datetime]) -> list[Path]:
    """Draw one photo for each moment of `taken` into `folder` (made if missing); return their paths in order.

    The same arguments give the same bytes. Every second photo tells its UTC offset; all tell place and camera.
    """
    mainthread.refuse("decode")
    folder.mkdir(parents=True, exist_ok=True)
    paths: list[Path] = []
    for n, at in enumerate(taken):
        orientation = n % 8 + 1
        picture = _draw(n, is_tall=orientation >= 5)
        stored = picture.transpose(_STORED[orientation]) if orientation in _STORED else picture
        path = folder / f"DEMO_{n + 1:04}.JPG"
        stored.save(path, "JPEG", quality=_QUALITY, exif=_exif(n, orientation, at).tobytes())
        paths.append(path)
    return paths


def _draw(n: int, *, is_tall: bool) -> Image.Image:
    chance = random.Random(_SEED + n)  # noqa: S311 - pictures, not secrets
    size = (SHORT, LONG) if is_tall else (LONG, SHORT)
    camera, scene, tint, darkness = SCENES[n % len(SCENES)]
    stage = Stage(size, camera, chance)
    scene(stage)
    picture = stage.finish(tint=tint, darkness=darkness)
    _mark(picture)
    return picture


def _mark(picture: Image.Image) -> None:
    """Write 演示 into a corner: nobody may take it for evidence."""
    words, unit = props.label("演示", "DEMO"), max(picture.size) // 80
    draw = ImageDraw.Draw(picture, "RGBA")
    font = props.font(3 * unit)
    corner = (picture.width - 2.6 * unit, picture.height - 2.2 * unit)
    left, top, right, bottom = draw.textbbox(corner, words, font=font, anchor="rb")
    plate = (left - unit, top - 0.7 * unit, right + unit, bottom + 0.9 * unit)
    draw.rounded_rectangle(plate, 0.6 * unit, fill=(20, 24, 28, 150))
    draw.text(corner, words, font=font, anchor="rb", fill=(255, 255, 255, 235))


def _exif(n: int, orientation: int, at: datetime) -> Image.Exif:
    exif = Image.Exif()
    exif[0x010F], exif[0x0110], exif[0x0112] = "DEMO", "CAM-12", orientation
    exif[shots.DATE_TIME] = shots.written(at)
    photo = {shots.DATE_TIME_ORIGINAL: shots.written(at), 0x9291: f"{n * 37 % 100:02}"}
    if n % 2:
        photo[0x9011] = "+08:00"
    exif[shots.EXIF_PART] = photo
    north, east = _LATITUDE + Fraction(n, 20_000), _LONGITUDE + Fraction(n, 15_000)
    exif[0x8825] = {1: "N", 2: _degrees(north), 3: "E", 4: _degrees(east)}
    return exif


def _degrees(value: Fraction) -> tuple[float, float, float]:
    minutes = (value - int(value)) * 60
    return float(int(value)), float(int(minutes)), float(round((minutes - int(minutes)) * 60, 3))
