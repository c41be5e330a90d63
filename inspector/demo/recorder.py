"""What the body recorder of the sample day filmed: the clapper on the laptop's screen, then a walk."""

from __future__ import annotations

import io
import random
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from PIL import Image, ImageDraw

from inspector.demo import props
from inspector.demo.avi import motion_jpeg
from inspector.demo.scenery import SCENES
from inspector.demo.stage import Stage

SIZE: Final = (640, 360)
RATE: Final = 10
WALK_S: Final = 10
_WIDE: Final = (1600, 900)
_MODULE_PX: Final = 8
_QUIET: Final = 4
_SEED: Final = 20261122

Modules = tuple[tuple[bool, ...], ...]


def film(file: Path, codes: Sequence[Modules]) -> Path:
    """Write the footage: each code for a second, then ten seconds of a walk; returns the file."""
    scene = _scene()
    frames = [frame for code in codes for frame in [_jpeg(_clapper(scene, code))] * RATE]
    frames += [_jpeg(_marked(_step(scene, n / (WALK_S * RATE - 1)))) for n in range(WALK_S * RATE)]
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(motion_jpeg(frames, size=SIZE, rate=RATE))
    return file


def _scene() -> Image.Image:
    camera, scene, tint, darkness = SCENES[0]
    stage = Stage(_WIDE, camera, random.Random(_SEED))  # noqa: S311 - pictures, not secrets
    scene(stage)
    return stage.finish(tint=tint, darkness=darkness)


def _step(scene: Image.Image, share: float) -> Image.Image:
    """Pan from the left to the right and come a little nearer."""
    width, height = (round(edge * (1.6 - 0.4 * share)) for edge in SIZE)
    left = round((scene.width - width) * share)
    top = (scene.height - height) // 2
    return scene.resize(SIZE, Image.Resampling.BILINEAR, (left, top, left + width, top + height))


def _clapper(scene: Image.Image, code: Modules) -> Image.Image:
    picture = scene.resize(SIZE)
    edge = (len(code) + 2 * _QUIET) * _MODULE_PX
    left, top = (SIZE[0] - edge) // 2, (SIZE[1] - edge) // 2
    draw = ImageDraw.Draw(picture)
    draw.rectangle((left, top, left + edge - 1, top + edge - 1), fill="white")
    for row, modules in enumerate(code):
        for column, is_dark in enumerate(modules):
            if is_dark:
                x, y = left + (column + _QUIET) * _MODULE_PX, top + (row + _QUIET) * _MODULE_PX
                draw.rectangle((x, y, x + _MODULE_PX - 1, y + _MODULE_PX - 1), fill="black")
    return picture


def _marked(picture: Image.Image) -> Image.Image:
    draw = ImageDraw.Draw(picture)
    place = (picture.width - 8, picture.height - 6)
    draw.text(
        place, props.label("演示", "DEMO"), font=props.font(22), anchor="rb", fill="white", stroke_width=2,
        stroke_fill="black",
    )  # fmt: skip
    return picture


def _jpeg(picture: Image.Image) -> bytes:
    out = io.BytesIO()
    picture.convert("RGB").save(out, "JPEG", quality=82, subsampling="4:2:0")
    return out.getvalue()
