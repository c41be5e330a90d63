"""Draws what a recorder sees of a laptop that shows the clapper: tilt, blur, noise, glare; and films it with ffmpeg."""

from __future__ import annotations

import subprocess
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

Picture = NDArray[np.uint8]
Modules = tuple[tuple[bool, ...], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Scene:
    """How well the code is seen. `module_px`: pixels of one module; 0 tilt is square on; all else 0 is perfect."""

    width: int = 960
    height: int = 540
    module_px: float = 6
    tilt: float = 0.12
    blur: float = 0.8
    noise: float = 6.0
    glare: float = 0.0
    seed: int = 0


@lru_cache(maxsize=2)
def room(scene: Scene) -> Picture:
    """A background that has edges and surfaces: what stands around the laptop."""
    rng = np.random.default_rng(scene.seed)
    soft = cv2.resize(
        rng.integers(40, 200, (9, 16), np.uint8), (scene.width, scene.height), interpolation=cv2.INTER_CUBIC
    )
    for _ in range(14):
        x, y = (int(rng.integers(0, most)) for most in (scene.width, scene.height))
        w, h = (int(each) for each in rng.integers(20, 200, 2))
        cv2.rectangle(soft, (x, y), (x + w, y + h), int(rng.integers(0, 255)), -1 if rng.random() < 0.5 else 3)
    return soft


def seen(scene: Scene, modules: Modules | None, tick: int = 0) -> Picture:
    """One grey frame: the screen with the code (None: an empty white screen) in the room, as the lens sees it."""
    picture = room(scene)
    rng = np.random.default_rng((scene.seed, tick))
    count = 33
    side = count * 8
    face = np.full((side, side), 255, np.uint8)
    if modules is not None:
        dark = np.pad(np.array(modules, bool), (count - len(modules)) // 2)
        face = cv2.resize(np.where(dark, 12, 245).astype(np.uint8), (side, side), interpolation=cv2.INTER_NEAREST)
    size = scene.module_px * count
    turn = np.random.default_rng(scene.seed + 7)
    corners = np.array([[0, 0], [1, 0], [1, 1], [0, 1]], np.float32)
    corners += turn.uniform(-scene.tilt, scene.tilt, (4, 2)).astype(np.float32) * 0.6
    middle = np.array([scene.width, scene.height]) * turn.uniform(0.42, 0.58, 2)
    shake = rng.normal(0, 0.6, 2)
    where = ((corners - 0.5) * size + middle + shake).astype(np.float32)
    across = cv2.getPerspectiveTransform(np.array([[0, 0], [side, 0], [side, side], [0, side]], np.float32), where)
    # Ink of a screen spreads over the pixels of the sensor: shrink with the mean of the area, not by points.
    small = cv2.GaussianBlur(face, (0, 0), max(8 / scene.module_px * 0.5, 0.01))
    laid = cv2.warpPerspective(small, across, (scene.width, scene.height), flags=cv2.INTER_LINEAR)
    mask = cv2.warpPerspective(np.full_like(face, 255), across, (scene.width, scene.height))
    picture = np.where(mask > 127, laid, picture).astype(np.float32)
    if scene.glare:
        x, y = middle + size * turn.uniform(-0.3, 0.3, 2)
        picture += _glare(scene, float(x), float(y), size * 0.18)
    if scene.blur:
        picture = cv2.GaussianBlur(picture, (0, 0), scene.blur)
    picture += rng.standard_normal(picture.shape, np.float32) * scene.noise
    return np.clip(picture, 0, 255).astype(np.uint8)


@lru_cache(maxsize=2)
def _glare(scene: Scene, x: float, y: float, wide: float) -> NDArray[np.float32]:
    yy, xx = np.mgrid[0 : scene.height, 0 : scene.width]
    return (scene.glare * np.exp(-((xx - x) ** 2 + (yy - y) ** 2) / (2 * wide**2))).astype(np.float32)


def film(
    path: Path, frames: Iterable[Picture], *, rate: float = 12.5, codec: str = "libx264", made_at: str = ""
) -> Path:
    """Encode grey frames as a recorder would; needs ffmpeg, which only tests use. `made_at`: ISO 8601 in UTC."""
    pictures = iter(frames)
    first = next(pictures)
    options: list[Any] = ["-f", "rawvideo", "-pix_fmt", "gray", "-s", f"{first.shape[1]}x{first.shape[0]}", "-r", rate]
    speed = ["-preset", "ultrafast"] if codec.startswith("libx26") else []
    out = ["-c:v", codec, *speed, "-pix_fmt", "yuv420p", "-g", "25"]
    quality = ["-crf", 28] if codec.startswith("libx26") else ["-q:v", 7]
    made = ["-metadata", f"creation_time={made_at}"] if made_at else []
    command = ["ffmpeg", "-v", "error", "-y", *options, "-i", "-", *out, *quality, *made, path]
    with subprocess.Popen([str(each) for each in command], stdin=subprocess.PIPE) as running:
        assert running.stdin is not None
        running.stdin.write(first.tobytes())
        for picture in pictures:
            running.stdin.write(picture.tobytes())
        running.stdin.close()
        assert running.wait() == 0
    return path


def takes(
    scene: Scene, showing: Callable[[float], Modules | None], *, seconds: float, rate: float
) -> Iterator[Picture]:
    """Every frame of a take: `showing` tells what the screen shows at a second of the stream."""
    for tick in range(round(seconds * rate)):
        yield seen(scene, showing(tick / rate), tick)
