"""A small stage: a camera, flat faces in perspective, light and grain. Draws the sample scenes, nothing else."""

from __future__ import annotations

import math
import random
from collections.abc import Callable, Iterable, Sequence
from itertools import pairwise

from PIL import Image, ImageChops, ImageDraw, ImageFilter

from inspector.demo.light import Colour, grained, lit, stains, tinted
from inspector.demo.perspective import Camera, Perspective, Point, between, middle, warp

_SMALL = 8
"""Shadows and gleam are drawn at an eighth and blurred."""


class Stage:
    """Collects faces and paints them from far to near."""

    def __init__(self, size: tuple[int, int], camera: Camera, chance: random.Random) -> None:
        self.size = size
        self.chance = chance
        self._sight = Perspective(size, camera)
        self._image = Image.new("RGB", size, (52, 55, 58))
        self._draw = ImageDraw.Draw(self._image)
        small = (size[0] // _SMALL, size[1] // _SMALL)
        self._shadow, self._gleam = Image.new("L", small, 255), Image.new("L", small, 0)
        self._later: list[tuple[float, Callable[[], None]]] = []

    def floor(self, points: Sequence[Point], colour: Colour) -> None:
        """Paint at once, under everything that stands."""
        self._fill(self._draw, points, colour, 1)

    def face(self, corners: Sequence[Point], colour: Colour, *, strips: int = 6, depth: float | None = None) -> None:
        """Paint a quad (lower left, lower right, upper right, upper left) in its turn, a little darker below."""
        varied = tinted(colour, 1 + self.chance.uniform(-0.02, 0.02))
        self._queue(corners, lambda: self._strips(corners, varied, strips), depth)

    def wall(self, corners: Sequence[Point], colour: Colour, *, depth: float) -> None:
        """Paint a large quad like `face`, but even from panel to panel."""
        self._queue(corners, lambda: self._strips(corners, colour, 16), depth)

    def flat(self, points: Sequence[Point], colour: Colour, *, depth: float | None = None) -> None:
        """Paint a polygon of one colour in its turn."""
        faded = tinted(colour, self._fade(points))
        self._queue(points, lambda: self._fill(self._draw, points, faded, 1), depth)

    def decal(self, corners: Sequence[Point], art: Image.Image, *, depth: float | None = None) -> None:
        """Paint a picture onto a quad in its turn (after the face it lies on: give the same depth)."""
        self._queue(corners, lambda: self._warp(corners, art), depth)

    def tube(self, path: Sequence[Point], width: float, colour: Colour, *, shadow: bool = True) -> None:
        """Paint a cable or pipe of `width` metres along a path."""
        for start, end in pairwise(path):
            self._queue([start, end], lambda a=start, b=end: self._line(a, b, width, colour), None)
            if shadow and max(start[1], end[1]) < 0.2:
                self._shadow_line(start, end, width)

    def shade(self, points: Iterable[Point], strength: int = 95) -> None:
        """Darken the floor softly under something."""
        self._fill(ImageDraw.Draw(self._shadow), list(points), 255 - strength, _SMALL)

    def lamp(self, corners: Sequence[Point]) -> None:
        """Hang a lamp: it shines white, and in the floor."""
        self.flat(corners, (255, 255, 250))
        mirrored = [(x, -y * 0.9, z) for x, y, z in corners]
        self._fill(ImageDraw.Draw(self._gleam), mirrored, 120, _SMALL)

    def finish(self, *, tint: Colour, darkness: float) -> Image.Image:
        """Paint what waits, then light and grain; return the picture."""
        self._settle_floor()
        for _, paint in sorted(self._later, key=lambda entry: -entry[0]):
            paint()
        return grained(lit(self._image, tint=tint, darkness=darkness), self.chance)

    @property
    def camera(self) -> Camera:
        """The photographer."""
        return self._sight.camera

    def distance(self, point: Point) -> float:
        """Return how far a point is, for the order of painting."""
        return self._sight.distance(point)

    def _settle_floor(self) -> None:
        """Lay stains, shadows and gleam on what was painted so far: the floor."""
        small = ImageChops.multiply(
            self._shadow.filter(ImageFilter.GaussianBlur(4)), stains(self._shadow.size, self.chance)
        )
        gleam = self._gleam.filter(ImageFilter.GaussianBlur(8))
        dark, bright = (part.resize(self.size, Image.Resampling.BILINEAR) for part in (small, gleam))
        shaded = ImageChops.multiply(self._image, Image.merge("RGB", (dark, dark, dark)))
        self._image = ImageChops.screen(shaded, Image.merge("RGB", (bright, bright, bright)))
        self._draw = ImageDraw.Draw(self._image)

    def _queue(self, points: Sequence[Point], paint: Callable[[], None], depth: float | None) -> None:
        self._later.append((self.distance(middle(points)) if depth is None else depth, paint))

    def _fade(self, points: Sequence[Point]) -> float:
        return 1.06 / (1 + 0.025 * self.distance(middle(points)))

    def _fill(self, draw: ImageDraw.ImageDraw, points: Sequence[Point], colour: Colour | int, scale: int) -> None:
        outline = [(x / scale, y / scale) for x, y in self._sight.outline(points)]
        if len(outline) >= 3:
            draw.polygon(outline, fill=colour)

    def _strips(self, corners: Sequence[Point], colour: Colour, strips: int) -> None:
        low_left, low_right, high_right, high_left = corners
        fade = self._fade(corners)
        for n in range(strips):
            under, over = n / strips, (n + 1) / strips
            quad = [between(low_left, high_left, under), between(low_right, high_right, under)]
            quad += [between(low_right, high_right, over), between(low_left, high_left, over)]
            self._fill(self._draw, quad, tinted(colour, fade * (0.9 + 0.14 * over)), 1)

    def _line(self, start: Point, end: Point, width: float, colour: Colour) -> None:
        ends = self._sight.pixel(start), self._sight.pixel(end)
        if ends[0] is None or ends[1] is None:
            return
        thick = max(3, round(width * self._sight.pixels_per_metre(start)))
        for size, factor in ((thick, 0.7), (round(thick * 0.6), 1.0), (round(thick * 0.2), 1.35)):
            lift = (thick - size) // 4
            line = [(x, y - lift) for x, y in (ends[0], ends[1])]
            self._draw.line(line, fill=tinted(colour, factor), width=max(1, size))
            for x, y in line:
                self._draw.ellipse(
                    (x - size / 2, y - size / 2, x + size / 2, y + size / 2), fill=tinted(colour, factor)
                )

    def _shadow_line(self, start: Point, end: Point, width: float) -> None:
        ends = self._sight.pixel(start), self._sight.pixel(end)
        if ends[0] is not None and ends[1] is not None:
            line = [(x / _SMALL, y / _SMALL + 1) for x, y in (ends[0], ends[1])]
            thick = width * 1.8 * self._sight.pixels_per_metre(start) / _SMALL
            ImageDraw.Draw(self._shadow).line(line, fill=150, width=max(2, round(thick)))

    def _warp(self, corners: Sequence[Point], art: Image.Image) -> None:
        places = [place for place in map(self._sight.pixel, corners) if place is not None]
        if len(places) < 4:
            return
        left, upper = (max(0, math.floor(min(place[axis] for place in places))) for axis in (0, 1))
        right, lower = (min(self.size[axis], math.ceil(max(place[axis] for place in places))) for axis in (0, 1))
        if right <= left or lower <= upper:
            return
        within = [(x - left, y - upper) for x, y in places]
        piece = art.convert("RGBA").transform(
            (right - left, lower - upper),
            Image.Transform.PERSPECTIVE,
            warp(within, art.size),
            Image.Resampling.BICUBIC,
        )
        dark = tinted((255, 255, 255), min(1.0, self._fade(corners) * 0.97))
        toned = ImageChops.multiply(piece.convert("RGB"), Image.new("RGB", piece.size, dark))
        self._image.paste(toned, (left, upper), piece.getchannel("A"))
