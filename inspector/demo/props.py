"""What stands in the sample scenes: rooms, racks, cartons, drums, cylinders, a truck."""

from __future__ import annotations

import math
from functools import lru_cache

from PIL import Image, ImageDraw, ImageFont

from inspector import paths
from inspector.demo.light import Colour, tinted
from inspector.demo.perspective import Point, upright
from inspector.demo.solids import box, pillar
from inspector.demo.stage import Stage

RED, GREEN, BLUE, YELLOW = (196, 38, 34), (30, 128, 84), (38, 84, 150), (236, 186, 40)
STEEL, DARK, WHITE, ORANGE = (142, 148, 154), (48, 50, 54), (232, 232, 226), (222, 108, 34)
CARTONS: tuple[Colour, ...] = ((178, 138, 92), (190, 152, 106), (164, 124, 80), (200, 166, 122), (150, 114, 76))
FONT = paths.RESOURCES / "fonts" / "NotoSansCJKsc-Regular.otf"


@lru_cache(maxsize=16)
def font(size: int) -> ImageFont.FreeTypeFont | ImageFont.ImageFont:
    """Return the bundled Chinese font, or Pillow's own Latin one where fonts were not set up."""
    return ImageFont.truetype(FONT, size) if FONT.is_file() else ImageFont.load_default(size)


def label(text: str, latin: str) -> str:
    """Return the text that the font can draw."""
    return text if FONT.is_file() else latin


def sign(text: str, latin: str, *, size: tuple[int, int], back: Colour, ink: Colour = (255, 255, 255)) -> Image.Image:
    """Return a sign with its words in the middle and a thin rim."""
    image = Image.new("RGB", size, back)
    draw = ImageDraw.Draw(image)
    draw.rectangle((6, 6, size[0] - 7, size[1] - 7), outline=ink, width=max(2, size[1] // 40))
    words = label(text, latin)
    height = min(int(size[1] * 0.6), int(size[0] * 0.85 / max(1, len(words)) * (1 if FONT.is_file() else 1.6)))
    draw.text((size[0] / 2, size[1] / 2), words, fill=ink, font=font(height), anchor="mm")
    return image


def room(stage: Stage, *, width: float, depth: float, height: float, wall: Colour, ground: Colour) -> None:
    """Lay slabs of concrete, raise three walls with a dado, hang lamps under beams."""
    for x in range(int(-width), int(width)):
        for z in range(-1, int(depth) + 1):
            shade = stage.chance.uniform(0.985, 1.015)
            stage.floor([(x, 0, z), (x + 1, 0, z), (x + 1, 0, z + 1), (x, 0, z + 1)], tinted(ground, shade))
    for n in range(0, int(depth) + 1, 3):
        stage.floor([(-width, 0, n), (width, 0, n), (width, 0, n + 0.02), (-width, 0, n + 0.02)], tinted(ground, 0.72))
    panels = int(width * 8)
    for n in range(panels):
        left, right = (-width + 2 * width * part / panels for part in (n, n + 1))
        for low, high, factor in ((0, 1.1, 0.82), (1.1, height, 1.0)):
            corners: list[Point] = upright((left, low), (right, high), depth)
            stage.wall(corners, tinted(wall, factor * (1 if n % 2 else 0.97)), depth=depth * 3)
    for side, factor in ((-width, 0.8), (width, 0.88)):
        for n in range(int(depth)):
            corners = [(side, 0, n), (side, 0, n + 1), (side, height, n + 1), (side, height, n)]
            stage.wall(corners, tinted(wall, factor), depth=depth * 3 - 1)
    # Corners are dark: less light finds its way there.
    stage.shade([(-width, 0, depth - 0.5), (width, 0, depth - 0.5), (width, 0, depth), (-width, 0, depth)], 70)
    for inner, outer in ((-width + 0.5, -width), (width - 0.5, width)):
        stage.shade([(inner, 0, 0), (outer, 0, 0), (outer, 0, depth), (inner, 0, depth)], 70)
    ceiling(stage, width=width, depth=depth, height=height)


def ceiling(stage: Stage, *, width: float, depth: float, height: float) -> None:
    """Close the room above, with beams and rows of lamps."""
    for n in range(int(depth)):
        stage.flat(
            [(-width, height, n), (width, height, n), (width, height, n + 1), (-width, height, n + 1)],
            tinted((112, 114, 116), 0.9 + 0.03 * (n % 2)),
            depth=depth * 3 - 2,
        )
    for z in range(2, int(depth), 3):
        stage.face(upright((-width, height - 0.35), (width, height), z), (92, 96, 100), depth=depth * 2.9 - z)
        for x in (-width * 0.5, width * 0.5):
            y = height - 0.45
            stage.lamp([(x - 0.6, y, z + 1), (x + 0.6, y, z + 1), (x + 0.6, y, z + 1.3), (x - 0.6, y, z + 1.3)])


def lane(stage: Stage, left: float, right: float, *, to: float = 14.0) -> None:
    """Paint the two yellow lines of an aisle, worn in places."""
    for x in (left, right):
        z = 0.0
        while z < to:
            long = stage.chance.uniform(0.5, 1.4)
            colour = tinted(YELLOW, stage.chance.uniform(0.72, 0.92))
            stage.floor([(x - 0.05, 0, z), (x + 0.05, 0, z), (x + 0.05, 0, z + long), (x - 0.05, 0, z + long)], colour)
            z += long + stage.chance.choice((0, 0, 0, 0.06))


def carton(stage: Stage, at: Point, size: Point, colour: Colour | None = None) -> None:
    """Set down a carton with its tape and perhaps a label."""
    chance = stage.chance
    base = colour or chance.choice(CARTONS)
    depth = box(stage, at, size, base)
    (x, y, z), (w, h, _) = at, size
    middle, half = x + w / 2, min(0.035, w / 12)
    stage.face(upright((middle - half, y), (middle + half, y + h), z - 0.002), tinted(base, 1.18), depth=depth - 0.001)
    if chance.random() < 0.6:
        left, low = x + w * chance.uniform(0.56, 0.62), y + h * chance.uniform(0.15, 0.5)
        stage.face(upright((left, low), (left + w * 0.3, low + h * 0.25), z - 0.003), WHITE, depth=depth - 0.002)


def stack(stage: Stage, at: Point, *, columns: int, rows: int, size: Point = (0.5, 0.42, 0.5)) -> None:
    """Pile cartons on a pallet, not quite in line."""
    pallet(stage, at, width=columns * size[0], depth=size[2] + 0.3)
    for row in range(rows):
        for column in range(columns):
            shift = stage.chance.uniform(-0.03, 0.03)
            place = (at[0] + column * size[0] + shift, at[1] + 0.14 + row * size[1], at[2] + 0.1 + shift)
            carton(stage, place, (size[0] * 0.97, size[1] * 0.985, size[2]))


def pallet(stage: Stage, at: Point, *, width: float, depth: float) -> None:
    """Lay a wooden pallet."""
    x, y, z = at
    for n in range(3):
        box(stage, (x + n * (width - 0.1) / 2, y, z), (0.1, 0.1, depth), (120, 92, 60), strips=2, behind=0.6)
    box(stage, (x, y + 0.1, z), (width, 0.035, depth), (158, 124, 84), strips=2, behind=0.5)


def rack(stage: Stage, at: Point, *, bays: int, levels: int = 3, fill: float = 0.85, side: int = 1) -> None:
    """Raise a rack along the aisle: uprights, beams and what lies on them. `side` 1 stands right, -1 left of it."""
    x, _, z = at
    chance, bay, rise, deep = stage.chance, 2.0, 1.35, 0.9
    left = x if side > 0 else x - deep
    for n in range(bays + 1):
        for across in (0.0, deep - 0.09):
            box(stage, (left + across, 0, z + n * bay), (0.09, levels * rise + 0.3, 0.09), BLUE, strips=3)
    for level in range(levels):
        y = 0.25 + level * rise
        for n in range(bays):
            start = z + n * bay + 0.09
            box(stage, (left, y, start), (deep, 0.05, bay - 0.09), tinted(STEEL, 0.8), strips=1)
            box(stage, (x - 0.04 if side > 0 else x, y - 0.06, start), (0.04, 0.12, bay - 0.09), ORANGE, strips=2)
            along = start + 0.08
            while along < start + bay - 0.6:
                wide, high = chance.uniform(0.4, 0.65), chance.uniform(0.4, 0.95)
                if chance.random() < fill:
                    inset = chance.uniform(0.02, 0.15)
                    carton(stage, (left + inset, y + 0.05, along), (deep - 0.15, high, wide))
                along += wide + 0.05


def cylinder(stage: Stage, x: float, z: float, colour: Colour, *, tall: float = 1.35) -> None:
    """Stand a gas cylinder with shoulder, valve and cap ring."""
    pillar(stage, (x, 0, z), (0.115, tall, 0.115), colour)
    depth = pillar(stage, (x, tall, z), (0.115, 0.1, 0.0518), tinted(colour, 0.95)) - 0.01
    pillar(stage, (x, tall + 0.1, z), (0.035, 0.08, 0.035), (150, 140, 110))
    box(stage, (x - 0.05, tall + 0.16, z - 0.03), (0.1, 0.05, 0.06), DARK, strips=1)
    stage.face(upright((x - 0.07, 0.9), (x + 0.07, 1.05), z - 0.12), WHITE, depth=depth - 0.05)


def drum(stage: Stage, x: float, z: float, colour: Colour, *, y: float = 0.0) -> None:
    """Stand a 200-litre drum with its two hoops and a diamond."""
    for low, high in ((0.0, 0.29), (0.31, 0.58), (0.6, 0.88)):
        pillar(stage, (x, y + low, z), (0.29, high - low, 0.29), colour)
        pillar(stage, (x, y + high, z), (0.3, 0.02, 0.3), tinted(colour, 0.8))
    cx, cy, front = x - 0.02, y + 0.45, z - 0.3
    diamond: list[Point] = [
        (cx, cy - 0.13, front),
        (cx + 0.13, cy, front),
        (cx, cy + 0.13, front),
        (cx - 0.13, cy, front),
    ]
    stage.decal(diamond, sign("易燃", "FIRE", size=(240, 240), back=RED), depth=stage.distance((x, y, z)) - 0.4)


def truck(stage: Stage, x: float, z: float) -> None:
    """Park a counterbalance truck, seen from its side and front."""
    for along in (0.25, 1.35):
        for across in (0.0, 0.85):
            wheel(stage, (x + along, 0.28, z + across), 0.28)
    box(stage, (x, 0.25, z), (1.6, 0.55, 1.0), ORANGE)
    box(stage, (x + 1.1, 0.8, z + 0.05), (0.55, 0.45, 0.9), tinted(ORANGE, 0.9))
    box(stage, (x + 0.55, 0.8, z + 0.25), (0.45, 0.18, 0.5), DARK)
    box(stage, (x + 0.95, 0.9, z + 0.25), (0.12, 0.5, 0.5), DARK)
    for px, pz in ((0.15, 0.05), (0.15, 0.87), (1.4, 0.05), (1.4, 0.87)):
        box(stage, (x + px, 0.8, z + pz), (0.07, 1.25, 0.07), DARK, strips=2)
    box(stage, (x + 0.1, 2.05, z), (1.45, 0.07, 1.0), DARK, strips=1)
    for across in (0.2, 0.72):
        box(stage, (x - 0.14, 0.1, z + across), (0.1, 2.0, 0.09), STEEL, strips=3)
        box(stage, (x - 1.15, 0.08, z + across), (1.05, 0.05, 0.1), tinted(STEEL, 0.7), strips=1)
    box(stage, (x - 0.16, 0.5, z + 0.1), (0.06, 0.4, 0.8), DARK, strips=2)


def wheel(stage: Stage, at: Point, radius: float) -> None:
    """Stand a wheel whose axle lies along the view."""
    x, y, z = at
    for size, colour, near in ((radius, (30, 30, 32), 0.0), (radius * 0.55, (168, 168, 164), 0.01)):
        ring: list[Point] = [(x + size * math.cos(n / 3.5), y + size * math.sin(n / 3.5), z - near) for n in range(22)]
        stage.flat(ring, colour, depth=stage.distance(at) - 0.3 - near)


def cable(stage: Stage, path: list[Point], colour: Colour, *, width: float = 0.03) -> None:
    """Let a cable lie along a path, rounded (Catmull and Rom)."""
    ends = [path[0], *path, path[-1]]
    smooth: list[Point] = []
    for a, b, c, d in zip(ends, ends[1:], ends[2:], ends[3:], strict=False):
        for n in range(12):
            t = n / 12
            smooth.append(tuple(_spline((a[i], b[i], c[i], d[i]), t) for i in range(3)))  # type: ignore[arg-type]
    stage.tube([*smooth, path[-1]], width, colour)


def _spline(p: tuple[float, float, float, float], t: float) -> float:
    a, b, c, d = p
    return 0.5 * (2 * b + (c - a) * t + (2 * a - 5 * b + 4 * c - d) * t * t + (3 * b - a - 3 * c + d) * t**3)
