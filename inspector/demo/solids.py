"""Boxes and cylinders on the stage, each face lit from the upper left."""

from __future__ import annotations

import math

from inspector.demo.light import Colour, tinted
from inspector.demo.perspective import Point
from inspector.demo.stage import Stage

_SIDES = 28
_LOW = 0.3
"""What begins below this height (metres) throws a shadow onto the floor."""


def box(stage: Stage, at: Point, size: Point, colour: Colour, *, strips: int = 6, behind: float = 0) -> float:
    """Stand a box at its front lower left corner, painted `behind` metres early; return its depth, for decals on it."""
    (x, y, z), (w, h, d) = at, size
    camera = stage.camera
    depth = stage.distance((x + w / 2, y + h / 2, z + d / 2)) + behind
    faces: list[tuple[bool, float, list[Point]]] = [
        (camera.back < z, 0.92, [(x, y, z), (x + w, y, z), (x + w, y + h, z), (x, y + h, z)]),
        (camera.right < x, 0.72, [(x, y, z + d), (x, y, z), (x, y + h, z), (x, y + h, z + d)]),
        (camera.right > x + w, 0.8, [(x + w, y, z), (x + w, y, z + d), (x + w, y + h, z + d), (x + w, y + h, z)]),
        (camera.eye > y + h, 1.12, [(x, y + h, z), (x + w, y + h, z), (x + w, y + h, z + d), (x, y + h, z + d)]),
    ]
    for is_seen, light, corners in faces:
        if is_seen:
            stage.face(corners, tinted(colour, light), strips=strips, depth=depth)
    if y < _LOW:
        front, right = z - 0.25, x + w + 0.3
        stage.shade([(x - 0.12, 0, front), (right, 0, front), (right, 0, z + d), (x - 0.12, 0, z + d)])
    return depth


def pillar(stage: Stage, at: Point, shape: tuple[float, float, float], colour: Colour) -> float:
    """Stand a cylinder or cone stump of (radius, height, radius above); return its depth."""
    (x, y, z), (radius, height, above) = at, shape
    depth = stage.distance((x, y + height / 2, z))
    ring = [(math.cos(2 * math.pi * n / _SIDES), math.sin(2 * math.pi * n / _SIDES)) for n in range(_SIDES)]
    for (ax, az), (bx, bz) in zip(ring, ring[1:] + ring[:1], strict=True):
        if (ax + bx) * (x - stage.camera.right) + (az + bz) * (z - stage.camera.back) >= 0:
            continue
        light = 0.62 + 0.5 * max(0.0, -0.7 * ax - 0.7 * az) + 0.12 * max(0.0, ax)
        low: list[Point] = [(x + px * radius, y, z + pz * radius) for px, pz in ((ax, az), (bx, bz))]
        high: list[Point] = [(x + px * above, y + height, z + pz * above) for px, pz in ((bx, bz), (ax, az))]
        stage.face([*low, *high], tinted(colour, light), strips=3, depth=depth)
    if stage.camera.eye > y + height:
        stage.flat([(x + px * above, y + height, z + pz * above) for px, pz in ring], tinted(colour, 1.1), depth=depth)
    if y < _LOW:
        stage.shade([(x + px * radius * 1.35 + 0.1, 0, z + pz * radius * 1.35 - 0.05) for px, pz in ring])
    return depth
