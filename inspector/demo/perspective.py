"""A camera in a room: points in metres become pixels."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

Point = tuple[float, float, float]
"""Metres: right, up, forward."""
Flat = tuple[float, float]
"""Two of them: pixels right and down, or metres right and up."""

_NEAR = 0.4


@dataclass(frozen=True, slots=True, kw_only=True)
class Camera:
    """Where the photographer stands (metres) and looks (radians); `lens` is the focal length in long edges."""

    right: float = 0.0
    eye: float = 1.6
    back: float = 0.0
    yaw: float = 0.0
    pitch: float = -0.08
    lens: float = 0.8


class Perspective:
    """Projects onto a picture of `size` pixels, clipped just before the camera."""

    def __init__(self, size: tuple[int, int], camera: Camera) -> None:
        self.camera = camera
        self._size = size

    def distance(self, point: Point) -> float:
        """Return how far a point is, for the order of painting: height counts little."""
        (x, y, z), camera = point, self.camera
        return math.dist((x, y * 0.3, z), (camera.right, camera.eye * 0.3, camera.back))

    def pixel(self, point: Point) -> Flat | None:
        """Return the pixel of a point, None if it is not before the camera."""
        view = self._view(point)
        return self._flat(view) if view[2] >= _NEAR else None

    def pixels_per_metre(self, point: Point) -> float:
        """Return the scale at a point."""
        return self.camera.lens * max(self._size) / max(_NEAR, self._view(point)[2])

    def outline(self, points: Sequence[Point]) -> list[Flat]:
        """Project a polygon, clipped at the near plane (Sutherland and Hodgman)."""
        views = [self._view(point) for point in points]
        kept: list[Point] = []
        for here, there in zip(views, views[1:] + views[:1], strict=True):
            if here[2] >= _NEAR:
                kept.append(here)
            if (here[2] >= _NEAR) != (there[2] >= _NEAR):
                part = (_NEAR - here[2]) / (there[2] - here[2])
                kept.append(between(here, there, part))
        return [self._flat(view) for view in kept]

    def _view(self, point: Point) -> Point:
        camera = self.camera
        x, y, z = point[0] - camera.right, point[1] - camera.eye, point[2] - camera.back
        sine, cosine = math.sin(camera.yaw), math.cos(camera.yaw)
        x, z = x * cosine - z * sine, x * sine + z * cosine
        sine, cosine = math.sin(camera.pitch), math.cos(camera.pitch)
        return x, y * cosine - z * sine, y * sine + z * cosine

    def _flat(self, view: Point) -> Flat:
        scale = self.camera.lens * max(self._size) / max(1e-6, view[2])
        return self._size[0] / 2 + view[0] * scale, self._size[1] / 2 - view[1] * scale


def between(start: Point, end: Point, part: float) -> Point:
    """Return the point at `part` (0..1) of the way."""
    return (
        start[0] + (end[0] - start[0]) * part,
        start[1] + (end[1] - start[1]) * part,
        start[2] + (end[2] - start[2]) * part,
    )


def upright(low: Flat, high: Flat, z: float) -> list[Point]:
    """Return the corners of a quad that faces the entrance: from (x, y) lower left to (x, y) upper right, at `z`."""
    return [(low[0], low[1], z), (high[0], low[1], z), (high[0], high[1], z), (low[0], high[1], z)]


def middle(points: Sequence[Point]) -> Point:
    """Return the mean of some points."""
    x, y, z = (sum(point[axis] for point in points) / len(points) for axis in range(3))
    return x, y, z


def warp(corners: Sequence[Flat], size: tuple[int, int]) -> list[float]:
    """Return Pillow's eight coefficients that lay a picture of `size` onto four corners, from the lower left around."""
    width, height = size
    rows: list[list[float]] = []
    wanted: list[float] = []
    for (x, y), (u, v) in zip(corners, ((0, height), (width, height), (width, 0), (0, 0)), strict=True):
        rows += [[x, y, 1, 0, 0, 0, -u * x, -u * y], [0, 0, 0, x, y, 1, -v * x, -v * y]]
        wanted += [u, v]
    solved: list[float] = np.linalg.solve(np.array(rows), np.array(wanted)).tolist()
    return solved
