"""Hundreds of pictures that are not the same picture: real photos, drawn scenes, walls, forms, black frames."""

from __future__ import annotations

import io
import random
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
from PIL import Image, ImageDraw

from inspector.demo.scenery import SCENES
from inspector.demo.stage import Stage
from inspector.errors import EvidenceRefused
from inspector.evidence.photo import render_preview

SAME_SCENE = {f"{kind}_{n}.jpg" for kind in ("landscape", "portrait") for n in range(2, 9)}
"""One picture in eight orientations: only the first of each counts."""
WORDS = (
    "出口",
    "堵塞",
    "货架",
    "灭火器",
    "电缆",
    "电瓶",
    "充电",
    "叉车",
    "堆垛",
    "限高",
    "喷淋",
    "水泵",
    "阀门",
    "护栏",
)


def as_jpeg(picture: Image.Image, quality: int = 90) -> bytes:
    out = io.BytesIO()
    picture.convert("RGB").save(out, "JPEG", quality=quality)
    return out.getvalue()


def a_scene(n: int, size: tuple[int, int] = (480, 360)) -> Image.Image:
    """A drawn room; each number stands elsewhere and finds other things."""
    chance = random.Random(n)
    camera, scene, tint, darkness = SCENES[n % len(SCENES)]
    moved = replace(
        camera,
        right=camera.right + chance.uniform(-0.5, 0.5),
        back=camera.back + chance.uniform(-0.4, 0.4),
        eye=camera.eye + chance.uniform(-0.2, 0.2),
        yaw=camera.yaw + chance.uniform(-0.08, 0.08),
        lens=camera.lens * chance.uniform(0.85, 1.15),
    )
    stage = Stage(size, moved, random.Random(1000 + n))
    scene(stage)
    return stage.finish(tint=tint, darkness=darkness)


def a_wall(n: int) -> Image.Image:
    """A bare wall with a lamp's shine and a sensor's grain."""
    chance = np.random.default_rng(n)
    y, x = np.mgrid[0:420, 0:560]
    shine = chance.uniform(0, 60) * (((x - chance.uniform(100, 460)) / 560) ** 2 + ((y - 200) / 420) ** 2)
    grey = chance.integers(120, 230) - shine[..., None] + chance.normal(0, chance.uniform(1, 6), (420, 560, 1))
    return Image.fromarray(np.clip(grey + chance.uniform(-8, 8, 3), 0, 255).astype("uint8"))


def a_night(n: int) -> Image.Image:
    """A cap left on the lens."""
    chance = np.random.default_rng(n)
    return Image.fromarray(np.clip(chance.normal(4, 3, (420, 560, 3)), 0, 255).astype("uint8"))


def a_form(n: int, words: int) -> Image.Image:
    """A filled-in form: lines and labels are those of every other, the words are its own."""
    from inspector.demo import props

    chance, sheet = random.Random(n), Image.new("RGB", (560, 760), (250, 250, 246))
    draw, font = ImageDraw.Draw(sheet), props.font(15)
    draw.text((180, 20), "安全检查登记表", font=font, fill=(0, 0, 0))
    for row in range(24):
        y = 60 + row * 28
        draw.line((30, y + 22, 530, y + 22), fill=(120, 120, 120))
        draw.text((34, y), f"第{row + 1}项", font=font, fill=(0, 0, 0))
        draw.text((110, y), "　".join(chance.choice(WORDS) for _ in range(words)), font=font, fill=(20, 20, 20))
    return sheet


def real_photos(folder: Path) -> Iterator[tuple[str, bytes]]:
    """Every different photo of the collection that can be shown, by name."""
    for path in sorted((folder / "photos" / "jpg").rglob("*")):
        if path.is_file() and path.name not in SAME_SCENE:
            content = path.read_bytes()
            try:
                render_preview(content, edge=64)
            except EvidenceRefused:
                continue
            yield str(path.relative_to(folder)), content


def frames(folder: Path, apart: int = 90) -> Iterator[tuple[str, bytes]]:
    """Frames of the sample clips, seconds apart."""
    import cv2

    for path in sorted((folder / "recorder").iterdir()):
        film, n = cv2.VideoCapture(str(path)), 0
        while film.grab():
            if n % apart == 0:
                yield f"{path.name}@{n}", cv2.imencode(".jpg", film.retrieve()[1])[1].tobytes()
            n += 1


def pictures(folder: Path) -> dict[str, bytes]:
    """All of them by name, as JPEG or as the camera wrote them."""
    drawn = {f"scene {n}": a_scene(n) for n in range(160)}
    drawn |= {f"wall {n}": a_wall(n) for n in range(40)}
    drawn |= {f"night {n}": a_night(n) for n in range(10)}
    drawn |= {f"form {n}": a_form(n, 1 + 4 * (n % 2)) for n in range(24)}
    return {name: as_jpeg(one) for name, one in drawn.items()} | dict(real_photos(folder)) | dict(frames(folder))
