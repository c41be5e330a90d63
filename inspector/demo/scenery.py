"""The sample scenes: what an inspector might meet in a warehouse, a workshop, a gas corner."""

from __future__ import annotations

import math
from collections.abc import Callable
from itertools import pairwise

from PIL import Image, ImageDraw

from inspector.demo import props
from inspector.demo.light import Colour, tinted
from inspector.demo.perspective import Camera, upright
from inspector.demo.props import (
    BLUE,
    DARK,
    GREEN,
    ORANGE,
    RED,
    STEEL,
    WHITE,
    YELLOW,
    cable,
    carton,
    rack,
    room,
    sign,
    stack,
)
from inspector.demo.solids import box, pillar
from inspector.demo.stage import Stage


def _blocked_exit(stage: Stage) -> None:
    room(stage, width=5, depth=9, height=3.8, wall=(196, 200, 196), ground=(150, 150, 146))
    door = Image.new("RGB", (900, 1100), (96, 122, 112))
    draw = ImageDraw.Draw(door)
    for left in (20, 460):
        draw.rectangle((left, 20, left + 420, 1090), fill=(116, 146, 134), outline=(70, 92, 84), width=8)
        draw.rectangle((left + 130, 120, left + 290, 380), fill=(178, 196, 200), outline=(70, 92, 84), width=6)
    draw.rectangle((430, 560, 470, 620), fill=(60, 60, 60))
    stage.decal(upright((-1.1, 0), (1.1, 2.3), 8.98), door, depth=20)
    exit_sign = sign("安全出口", "EXIT", size=(640, 240), back=GREEN)
    stage.decal(upright((-0.6, 2.45), (0.6, 2.9), 8.97), exit_sign, depth=19)
    stack(stage, (-1.3, 0, 7.2), columns=3, rows=4)
    stack(stage, (0.4, 0, 6.4), columns=2, rows=3, size=(0.6, 0.45, 0.6))
    carton(stage, (-0.9, 0, 5.6), (0.7, 0.5, 0.5))
    rack(stage, (3.1, 0, 2.5), bays=3, levels=2)


def _hidden_extinguisher(stage: Stage) -> None:
    room(stage, width=4.5, depth=6, height=3.4, wall=(206, 200, 186), ground=(132, 138, 140))
    door = sign("灭火器", "FIRE", size=(700, 900), back=RED)
    ImageDraw.Draw(door).rectangle((90, 620, 610, 840), fill=(226, 226, 220), outline=(90, 14, 14), width=8)
    depth = box(stage, (-0.5, 0.3, 5.75), (0.9, 1.1, 0.24), RED)
    stage.decal(upright((-0.5, 0.3), (0.4, 1.4), 5.74), door, depth=depth - 0.01)
    pillar(stage, (0.9, 0.0, 5.7), (0.09, 0.52, 0.09), RED)
    stack(stage, (-1.7, 0, 4.5), columns=2, rows=3, size=(0.62, 0.4, 0.6))
    for x, z, tall in ((-0.4, 4.7, 0.45), (0.15, 4.3, 0.6)):
        carton(stage, (x, 0, z), (0.52, tall, 0.5))
    box(stage, (1.7, 0, 4.6), (1.2, 0.75, 0.6), (124, 102, 76))
    carton(stage, (1.9, 0.75, 4.7), (0.5, 0.35, 0.4))
    for n in range(5):
        box(stage, (-3.6 + 0.16 * n, 0, 5.0), (0.1, 2.0 + 0.12 * n, 0.1), (168, 136, 92), strips=3)


def _cables(stage: Stage) -> None:
    room(stage, width=5, depth=10, height=3.8, wall=(188, 196, 204), ground=(122, 126, 124))
    props.lane(stage, -1.5, 1.5)
    for n, colour in enumerate(((24, 24, 26), (176, 74, 30), (32, 60, 120))):
        path = [(-3.4, 0.02, 3.6 + n * 0.5), (-1.2, 0.02, 3.0 + n * 0.4), (0.2, 0.02, 3.7 - n * 0.3)]
        cable(stage, [*path, (1.3, 0.02, 2.9 + n * 0.35), (2.6, 0.02, 3.6 + n * 0.2)], colour)
    strip = Image.new("RGB", (900, 160), WHITE)
    draw = ImageDraw.Draw(strip)
    for n in range(6):
        draw.rounded_rectangle(
            (40 + n * 140, 30, 150 + n * 140, 130), 18, fill=(212, 212, 206), outline=(120, 120, 116), width=4
        )
        for x in (72, 108):
            draw.line((x + n * 140, 62, x + n * 140, 98), fill=DARK, width=9)
    depth = box(stage, (-0.5, 0, 2.5), (0.75, 0.05, 0.14), WHITE, strips=1)
    stage.decal(
        [(-0.5, 0.05, 2.5), (0.25, 0.05, 2.5), (0.25, 0.05, 2.64), (-0.5, 0.05, 2.64)], strip, depth=depth - 0.01
    )
    box(stage, (2.2, 0, 4.2), (1.3, 1.1, 0.9), tinted(GREEN, 0.8))
    box(stage, (2.4, 1.1, 4.4), (0.5, 0.35, 0.5), STEEL)
    rack(stage, (-3.2, 0, 4), bays=3, levels=2, side=-1)


def _cylinders(stage: Stage) -> None:
    room(stage, width=4, depth=5, height=3.4, wall=(186, 178, 166), ground=(140, 136, 130))
    colours: tuple[Colour, ...] = ((52, 108, 168), (52, 108, 168), (228, 228, 222), (190, 60, 50), (52, 108, 168))
    for n, colour in enumerate(colours):
        props.cylinder(stage, -1.5 + n * 0.36 + stage.chance.uniform(-0.04, 0.04), 4.2 - 0.12 * (n % 2), colour)
    heater = box(stage, (0.95, 0, 4.1), (0.95, 0.75, 0.5), (110, 114, 118))
    for n in range(7):
        stage.face(upright((1.0 + n * 0.125, 0.12), (1.08 + n * 0.125, 0.6), 4.09), ORANGE, depth=heater - 0.01)
    cable(stage, [(1.4, 0.02, 4.0), (1.0, 0.02, 3.4), (0.2, 0.02, 3.6), (-0.6, 0.02, 3.2), (-1.6, 0.02, 3.5)], DARK)
    warn = sign("严禁烟火", "NO FIRE", size=(600, 300), back=WHITE, ink=RED)
    stage.decal(upright((-1.1, 2.0), (0.1, 2.6), 4.97), warn, depth=14)


def _truck(stage: Stage) -> None:
    room(stage, width=5, depth=8, height=3.8, wall=(200, 204, 200), ground=(128, 134, 138))
    props.lane(stage, -2.6, 2.8, to=8)
    props.truck(stage, -0.9, 4.4)
    depth = box(stage, (1.9, 0.9, 6.9), (0.6, 0.9, 0.3), (70, 110, 150))
    panel = sign("充电", "CHARGE", size=(400, 260), back=(40, 62, 90))
    stage.decal(upright((1.98, 1.35), (2.42, 1.7), 6.89), panel, depth=depth - 0.01)
    cable(
        stage,
        [(2.2, 0.9, 6.8), (2.0, 0.05, 6.2), (1.5, 0.03, 5.6), (1.0, 0.4, 5.0), (0.7, 0.8, 4.9)],
        DARK,
        width=0.045,
    )
    stack(stage, (-2.6, 0, 5.6), columns=2, rows=4)
    carton(stage, (1.3, 0, 3.6), (0.5, 0.4, 0.5))


def _too_high(stage: Stage) -> None:
    room(stage, width=4, depth=9, height=3.6, wall=(192, 196, 204), ground=(144, 142, 136))
    for n in range(3):
        stack(stage, (-3.2 + 0.1 * n, 0, 3.2 + n * 1.6), columns=3, rows=7, size=(0.55, 0.45, 0.6))
        stack(stage, (1.0, 0, 4.0 + n * 1.6), columns=4, rows=6, size=(0.55, 0.5, 0.6))
    for z in (3.0, 5.0, 7.0):
        stage.tube([(-4, 3.28, z), (4, 3.28, z)], 0.05, RED, shadow=False)
        for x in (-2.0, 0.0, 2.0):
            pillar(stage, (x, 3.14, z), (0.03, 0.12, 0.03), (190, 160, 80))


def _open_cabinet(stage: Stage) -> None:
    room(stage, width=3, depth=4, height=3.2, wall=(208, 208, 200), ground=(126, 122, 118))
    inside = Image.new("RGB", (800, 1200), (84, 88, 92))
    draw = ImageDraw.Draw(inside)
    for row in range(4):
        draw.rectangle((60, 130 + row * 260, 740, 146 + row * 260), fill=(170, 174, 178))
        for n in range(8):
            top = 90 + row * 260
            draw.rounded_rectangle(
                (80 + n * 82, top, 150 + n * 82, top + 100), 8, fill=(226, 226, 220), outline=DARK, width=3
            )
            draw.rectangle(
                (105 + n * 82, top + 30, 125 + n * 82, top + 66),
                fill=stage.chance.choice(((30, 30, 30), (30, 90, 160))),
            )
    for colour in ((190, 40, 36), (36, 80, 160), (210, 180, 40), (30, 120, 70), (20, 20, 22)) * 3:
        points = [(stage.chance.randint(90, 720), 190 + 65 * n + stage.chance.randint(-40, 40)) for n in range(16)]
        draw.line(points[: stage.chance.randint(4, 15)], fill=colour, width=7, joint="curve")
    depth = box(stage, (-0.75, 0.5, 3.7), (1.2, 1.8, 0.28), (150, 154, 156))
    stage.decal(upright((-0.7, 0.56), (0.4, 2.24), 3.69), inside, depth=depth - 0.01)
    stage.face([(0.45, 0.5, 3.7), (1.15, 0.5, 2.95), (1.15, 2.3, 2.95), (0.45, 2.3, 3.7)], (172, 176, 178), depth=3.0)
    bolt = sign("当心触电", "DANGER", size=(500, 300), back=YELLOW, ink=(20, 20, 20))
    stage.decal([(0.62, 1.5, 3.51), (1.0, 1.5, 3.1), (1.0, 1.8, 3.1), (0.62, 1.8, 3.51)], bolt, depth=2.99)
    for x in (-0.3, 0.0, 0.2):
        stage.tube([(x, 2.3, 3.8), (x, 3.2, 3.8)], 0.05, DARK, shadow=False)
    carton(stage, (-1.9, 0, 3.2), (0.6, 0.5, 0.5))
    carton(stage, (-0.4, 0, 3.1), (0.55, 0.35, 0.45))


def _drums(stage: Stage) -> None:
    room(stage, width=5, depth=7, height=3.6, wall=(182, 190, 186), ground=(136, 138, 136))
    for puddle, colour in ((1.0, (98, 96, 88)), (0.75, (82, 80, 74)), (0.4, (70, 68, 64))):
        ring = [(0.2 + puddle * x, 0, 3.4 + puddle * 0.6 * z) for x, z in _blob(stage)]
        stage.floor(ring, colour)
    for n in range(4):
        for row in range(2):
            props.drum(stage, -1.9 + n * 0.66, 5.2 - row * 0.7, BLUE if (n + row) % 3 else tinted(GREEN, 0.9))
    for n in range(2):
        props.drum(stage, 1.2 + n * 0.68, 4.8, tinted(RED, 0.85))
    box(stage, (2.6, 0, 4.2), (0.9, 0.6, 0.7), (222, 190, 60))


def _blob(stage: Stage) -> list[tuple[float, float]]:
    return [
        (math.cos(n / 4) * stage.chance.uniform(0.75, 1.1), math.sin(n / 4) * stage.chance.uniform(0.75, 1.1))
        for n in range(25)
    ]


def _aisle(stage: Stage) -> None:
    room(stage, width=4.5, depth=16, height=5, wall=(204, 208, 212), ground=(150, 152, 152))
    props.lane(stage, -1.25, 1.25, to=16)
    rack(stage, (1.6, 0, 2), bays=6, levels=3)
    rack(stage, (-1.6, 0, 2), bays=6, levels=3, side=-1)
    stack(stage, (-0.9, 0, 6.5), columns=2, rows=2)
    carton(stage, (0.5, 0, 4.6), (0.5, 0.4, 0.45))


def _machine(stage: Stage) -> None:
    room(stage, width=4.5, depth=7, height=3.6, wall=(196, 190, 180), ground=(118, 120, 120))
    box(stage, (-1.7, 0, 4.6), (2.9, 0.7, 1.1), tinted(GREEN, 0.75))
    box(stage, (-1.7, 0.7, 4.9), (1.1, 0.9, 0.8), tinted(GREEN, 0.9))
    box(stage, (0.4, 0.7, 4.9), (0.6, 0.45, 0.6), (90, 96, 104))
    for x, y, radius in ((-1.1, 1.15, 0.42), (0.7, 0.92, 0.2)):
        props.wheel(stage, (x, y, 4.55), radius)
    belt = stage.distance((-0.2, 1.1, 4.55)) - 0.25
    for low, high in (((-1.1, 1.57), (0.7, 1.12)), ((-1.1, 0.73), (0.7, 0.72))):
        stage.face(
            [
                (low[0], low[1] - 0.03, 4.53),
                (high[0], high[1] - 0.03, 4.53),
                (high[0], high[1] + 0.03, 4.53),
                (low[0], low[1] + 0.03, 4.53),
            ],
            (34, 34, 36),
            strips=1,
            depth=belt,
        )
    caution = sign("当心机械伤人", "CAUTION", size=(720, 260), back=YELLOW, ink=(20, 20, 20))
    stage.decal(upright((-0.5, 2.1), (0.9, 2.6), 6.97), caution, depth=20)
    for _ in range(16):
        x, z = stage.chance.uniform(-2, 2), stage.chance.uniform(2.6, 4.2)
        stage.floor(
            [(x, 0, z), (x + 0.1, 0, z + 0.03), (x + 0.06, 0, z + 0.1)], tinted(STEEL, stage.chance.uniform(0.6, 1.2))
        )
    box(stage, (1.9, 0, 4.4), (0.8, 0.85, 0.6), (70, 90, 130))


def _dock(stage: Stage) -> None:
    room(stage, width=5, depth=10, height=4.2, wall=(188, 192, 190), ground=(142, 140, 134))
    shutter = Image.new("RGB", (1200, 1100), (168, 172, 176))
    draw = ImageDraw.Draw(shutter)
    for y in range(0, 1100, 44):
        draw.rectangle((0, y, 1200, y + 26), fill=(186, 190, 194))
        draw.line((0, y + 40, 1200, y + 40), fill=(118, 122, 126), width=6)
    draw.rectangle((0, 900, 1200, 1100), fill=(216, 226, 232))
    stage.decal(upright((-2, 0), (2, 3.4), 9.98), shutter, depth=25)
    for x in (-2.3, 2.1):
        for n in range(5):
            box(stage, (x, n * 0.24, 9.6), (0.2, 0.24, 0.2), YELLOW if n % 2 else DARK, strips=1)
    stack(stage, (-3.4, 0, 6.4), columns=2, rows=4)
    stack(stage, (1.4, 0, 5.6), columns=3, rows=3)
    props.pallet(stage, (-0.8, 0, 4.4), width=1.2, depth=1.0)
    props.pallet(stage, (-0.75, 0.14, 4.42), width=1.2, depth=1.0)
    props.truck(stage, -0.6, 7.4)


def _bent_rack(stage: Stage) -> None:
    room(stage, width=4.5, depth=9, height=4.4, wall=(202, 198, 190), ground=(138, 142, 144))
    props.lane(stage, -2.2, 0.9, to=9)
    rack(stage, (1.2, 0, 3.6), bays=3, levels=3, fill=0.7)
    lean = ((1.2, 0.0), (1.02, 0.5), (0.98, 0.8), (1.2, 1.4), (1.2, 4.3))
    for (x0, y0), (x1, y1) in pairwise(lean):
        stage.face([(x0, y0, 3.3), (x0 + 0.1, y0, 3.3), (x1 + 0.1, y1, 3.3), (x1, y1, 3.3)], BLUE, strips=2)
    stack(stage, (-3.4, 0, 5.0), columns=2, rows=3)
    carton(stage, (0.1, 0, 3.2), (0.6, 0.4, 0.5))
    carton(stage, (-0.5, 0, 3.7), (0.5, 0.35, 0.5))


Scene = tuple[Camera, Callable[[Stage], None], Colour, float]
SCENES: tuple[Scene, ...] = (
    (Camera(right=0.9, back=2.2, yaw=0.1, lens=0.8), _blocked_exit, (255, 252, 240), 0.55),
    (Camera(right=-0.5, back=1.6, eye=1.45, yaw=-0.02, lens=0.78), _hidden_extinguisher, (255, 246, 226), 0.6),
    (Camera(right=0.1, back=0.5, eye=1.7, pitch=-0.42, lens=0.72), _cables, (242, 248, 255), 0.6),
    (Camera(right=-0.35, back=1.1, eye=1.5, yaw=0.04, pitch=-0.16, lens=0.78), _cylinders, (255, 244, 224), 0.65),
    (Camera(right=0.5, back=0.7, eye=1.65, pitch=-0.12, lens=0.62), _truck, (250, 252, 255), 0.55),
    (Camera(right=-0.2, eye=1.5, pitch=0.1, lens=0.7), _too_high, (255, 250, 238), 0.6),
    (Camera(right=0.15, back=0.3, eye=1.5, lens=0.66), _open_cabinet, (255, 250, 236), 0.6),
    (Camera(right=-0.1, back=1.0, eye=1.65, pitch=-0.22, lens=0.6), _drums, (246, 250, 255), 0.6),
    (Camera(right=0.25, eye=1.7, yaw=0.04, lens=0.72), _aisle, (252, 252, 248), 0.5),
    (Camera(right=-0.3, back=1.5, eye=1.6, yaw=-0.03, pitch=-0.16, lens=0.8), _machine, (255, 246, 230), 0.62),
    (Camera(right=-0.6, back=0.9, yaw=-0.03, pitch=-0.1, lens=0.8), _dock, (250, 252, 255), 0.5),
    (Camera(right=-0.5, back=0.2, eye=1.6, yaw=0.14, pitch=-0.1, lens=0.72), _bent_rack, (255, 250, 240), 0.58),
)
