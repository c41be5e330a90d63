"""Glyph outlines out of a TrueType font, for words that are a picture on the paper and not part of its text."""

from __future__ import annotations

import struct
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

ON_CURVE, SHORT_X, SHORT_Y, REPEAT, SAME_X, SAME_Y = 1, 2, 4, 8, 16, 32
"""Flags of a point (OpenType specification, glyf: Simple Glyph flags)."""


@dataclass(frozen=True, slots=True)
class Point:
    """A point of a contour in font units; a point that is not on the curve controls a quadratic Bézier curve."""

    x: float
    y: float
    is_on: bool


@dataclass(frozen=True, slots=True)
class Curve:
    """A cubic Bézier curve from the point before to `end`; a straight line has its controls on it."""

    first: tuple[float, float]
    second: tuple[float, float]
    end: tuple[float, float]


def contours(glyph: bytes) -> list[list[Point]]:
    """Return the closed contours of one simple glyph (its bytes of the glyf table). ValueError for a composite one."""
    if not glyph:
        return []
    (count,) = struct.unpack_from(">h", glyph)
    if count < 0:
        raise ValueError("a composite glyph")
    ends = struct.unpack_from(f">{count}H", glyph, 10)
    (hints,) = struct.unpack_from(">H", glyph, 10 + 2 * count)
    flags, at = _flags(glyph, 12 + 2 * count + hints, ends[-1] + 1)
    xs, at = _coordinates(glyph, at, flags, (SHORT_X, SAME_X))
    ys, at = _coordinates(glyph, at, flags, (SHORT_Y, SAME_Y))
    points = [Point(x, y, bool(flag & ON_CURVE)) for x, y, flag in zip(xs, ys, flags, strict=True)]
    starts = [0, *(end + 1 for end in ends[:-1])]
    return [points[start : end + 1] for start, end in zip(starts, ends, strict=True)]


def curves(contour: Sequence[Point]) -> Iterator[Curve]:
    """Yield the curves of a contour, beginning at `start_of` it and ending there."""
    points = _completed(contour)
    here = points[0]
    index = 1
    while index <= len(points):
        point = points[index % len(points)]
        if point.is_on:
            yield Curve((here.x, here.y), (point.x, point.y), (point.x, point.y))
            here, index = point, index + 1
            continue
        end = points[(index + 1) % len(points)]
        first = (here.x + 2 * (point.x - here.x) / 3, here.y + 2 * (point.y - here.y) / 3)
        second = (end.x + 2 * (point.x - end.x) / 3, end.y + 2 * (point.y - end.y) / 3)
        yield Curve(first, second, (end.x, end.y))
        here, index = end, index + 2


def start_of(contour: Sequence[Point]) -> tuple[float, float]:
    """Where the pen goes first."""
    first = _completed(contour)[0]
    return first.x, first.y


def _completed(contour: Sequence[Point]) -> list[Point]:
    """Begin on the curve, and put in the points that lie half-way between two controls."""
    points: list[Point] = []
    for before, point in zip([contour[-1], *contour[:-1]], contour, strict=True):
        if not before.is_on and not point.is_on:
            points.append(Point((before.x + point.x) / 2, (before.y + point.y) / 2, is_on=True))
        points.append(point)
    first = next(index for index, point in enumerate(points) if point.is_on)
    return points[first:] + points[:first]


def _flags(glyph: bytes, at: int, count: int) -> tuple[list[int], int]:
    flags: list[int] = []
    while len(flags) < count:
        flag = glyph[at]
        at += 1
        times = 1
        if flag & REPEAT:
            times += glyph[at]
            at += 1
        flags += [flag] * times
    return flags, at


def _coordinates(glyph: bytes, at: int, flags: Sequence[int], bits: tuple[int, int]) -> tuple[list[int], int]:
    short, same = bits
    value = 0
    values: list[int] = []
    for flag in flags:
        if flag & short:
            value += glyph[at] if flag & same else -glyph[at]
            at += 1
        elif not flag & same:
            value += struct.unpack_from(">h", glyph, at)[0]
            at += 2
        values.append(value)
    return values, at
