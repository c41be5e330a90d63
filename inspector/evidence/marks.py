"""Marks over a photo: boxes, circles, arrows and texts, as shares of the upright picture; the picture never changes.

Stored as {"version": 1, "marks": [{"shape": "box", "x0": 0.1, …}]}, or [] for none. x counts in widths, y in heights,
from the upper left corner. How thick and how large is told in shares of the long edge, so that every size looks alike.
"""

from __future__ import annotations

import math
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType
from typing import Annotated, Final

import msgspec

from inspector.domain.evidence import NO_MARKS
from inspector.errors import InvalidInput

VERSION: Final = 1
NONE: Final = NO_MARKS
MOST: Final = 100
"""Marks on one photo."""
MOST_TEXT: Final = 200
"""Characters of one text."""
DIGITS: Final = 5
"""Decimals that are kept: a fifth of a pixel on the largest picture that is opened at all."""
LEAST: Final = 0.004
"""A box, circle or arrow that spans less than this is a slip of the hand."""

Share = Annotated[float, msgspec.Meta(ge=0.0, le=1.0)]


class Color(StrEnum):
    """What a mark is drawn in; each has a casing that keeps it apart from any ground."""

    RED = "red"
    YELLOW = "yellow"
    BLUE = "blue"


class Weight(StrEnum):
    """How thick a line, how large a text."""

    THIN = "thin"
    MEDIUM = "medium"
    THICK = "thick"


INK: Final = MappingProxyType(
    {
        Color.RED: ("#D3221A", "#FFFFFF"),
        Color.YELLOW: ("#FFD60A", "#1A1A1A"),
        Color.BLUE: ("#0B57D0", "#FFFFFF"),
    }
)
"""Ink and casing. Ink against casing ≥ 5 : 1 by the WCAG formula, so that grey paper keeps them apart too."""
LINE: Final = MappingProxyType({Weight.THIN: 0.004, Weight.MEDIUM: 0.0065, Weight.THICK: 0.011})
"""Width of a line; a photo of the appendix is some 120 mm long: 0.5, 0.8 and 1.3 mm on paper."""
EM: Final = MappingProxyType({Weight.THIN: 0.028, Weight.MEDIUM: 0.036, Weight.THICK: 0.052})
"""Height of a character: 3.4, 4.3 and 6.2 mm on paper; the body of a notice has 5.6 (三号)."""
CASING: Final = 0.3
"""Casing on either side of a line, in widths of that line."""
LINE_PITCH: Final = 1.3
"""From line to line of a text, in em."""
TEXT_EDGE: Final = 0.25
"""What stays free between a text and the edge of the picture, in em: the casing, and what `ems` only guesses."""
HEAD_LONG, HEAD_WIDE = 4.2, 3.6
"""An arrow's head in widths of its line."""


class _Mark(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, tag_field="shape"):
    color: Color = Color.RED
    weight: Weight = Weight.MEDIUM


class _Span(_Mark, frozen=True, kw_only=True, forbid_unknown_fields=True):
    x0: Share
    y0: Share
    x1: Share
    y1: Share


class Box(_Span, frozen=True, kw_only=True, forbid_unknown_fields=True, tag="box"):
    """A rectangle between two corners."""


class Circle(_Span, frozen=True, kw_only=True, forbid_unknown_fields=True, tag="circle"):
    """The ellipse that touches the rectangle between two corners."""


class Arrow(_Span, frozen=True, kw_only=True, forbid_unknown_fields=True, tag="arrow"):
    """From (x0, y0) to its tip (x1, y1)."""


class Text(_Mark, frozen=True, kw_only=True, forbid_unknown_fields=True, tag="text"):
    """Words whose upper left corner stands at (x, y); broken where the picture ends. Drawn above all shapes."""

    x: Share
    y: Share
    text: Annotated[str, msgspec.Meta(min_length=1, max_length=MOST_TEXT)]


Mark = Box | Circle | Arrow | Text


class _Layer(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    version: int
    marks: Annotated[tuple[Mark, ...], msgspec.Meta(max_length=MOST)]


_layers = msgspec.json.Decoder(_Layer)


def write(marks: Sequence[Mark]) -> str:
    """Return the marks as they are stored. Raises InvalidInput(field="marks" | "mark_text") for what can't be drawn.

    Reasons: too_many (most, length), malformed, too_small, empty, too_long (most, length), control_character.
    """
    if len(marks) > MOST:
        raise InvalidInput(field="marks", reason="too_many", most=MOST, length=len(marks))
    kept = tuple(_checked(mark) for mark in marks)
    return msgspec.json.encode(_Layer(version=VERSION, marks=kept)).decode() if kept else NONE


def read(stored: str) -> tuple[Mark, ...]:
    """Return the marks that `write` stored. Raises InvalidInput(field="marks", reason="malformed" | "newer")."""
    if stored == NONE:
        return ()
    try:
        layer = _layers.decode(stored)
    except (msgspec.ValidationError, msgspec.DecodeError) as error:
        newer = _version_of(stored) > VERSION
        raise InvalidInput(field="marks", reason="newer" if newer else "malformed") from error
    if layer.version != VERSION:
        raise InvalidInput(field="marks", reason="newer" if layer.version > VERSION else "malformed")
    return tuple(_checked(mark) for mark in layer.marks)


def _version_of(stored: str) -> int:
    try:
        told = msgspec.json.decode(stored)
    except msgspec.DecodeError:
        return 0
    version = told.get("version") if isinstance(told, dict) else None
    return version if isinstance(version, int) else 0


def _checked(mark: Mark) -> Mark:
    """Return the mark with rounded coordinates and corners in order."""
    if isinstance(mark, Text):
        _check_text(mark.text)
        return msgspec.structs.replace(mark, x=_share(mark.x), y=_share(mark.y))
    x0, y0, x1, y1 = (_share(value) for value in (mark.x0, mark.y0, mark.x1, mark.y1))
    if not isinstance(mark, Arrow):
        x0, x1, y0, y1 = min(x0, x1), max(x0, x1), min(y0, y1), max(y0, y1)
    wide, high = abs(x1 - x0), abs(y1 - y0)
    if math.hypot(wide, high) < LEAST or (not isinstance(mark, Arrow) and min(wide, high) < LEAST):
        raise InvalidInput(field="marks", reason="too_small")
    return msgspec.structs.replace(mark, x0=x0, y0=y0, x1=x1, y1=y1)


def _share(value: float) -> float:
    if not (math.isfinite(value) and 0.0 <= value <= 1.0):
        raise InvalidInput(field="marks", reason="malformed")
    return round(float(value), DIGITS)


def _check_text(text: str) -> None:
    if not text.strip():
        raise InvalidInput(field="mark_text", reason="empty")
    if len(text) > MOST_TEXT:
        raise InvalidInput(field="mark_text", reason="too_long", most=MOST_TEXT, length=len(text))
    for char in text:
        if unicodedata.category(char) in {"Cc", "Cf", "Cs", "Zl", "Zp"}:
            raise InvalidInput(field="mark_text", reason="control_character", codepoint=f"U+{ord(char):04X}")


# --- geometry that every painter of marks shares ---------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class TextPlace:
    """Where a text stands on a picture, in its pixels: upper left corner, height of a character, lines, width."""

    x: float
    y: float
    em: float
    lines: tuple[str, ...]
    width: float

    @property
    def height(self) -> float:
        """From the top of the first line to the bottom of the last."""
        return self.em * LINE_PITCH * len(self.lines)


def line_width(mark: Mark, width: float, height: float) -> float:
    """Return how wide a mark's line is on a picture of that size, in its pixels; never under one."""
    return max(1.0, LINE[mark.weight] * max(width, height))


def place_text(mark: Text, width: float, height: float) -> TextPlace:
    """Return where a text stands: moved left and up as far as the edges of the picture ask, then broken into lines."""
    em = max(6.0, EM[mark.weight] * max(width, height))
    natural = ems(mark.text) * em
    room = width * (1.0 - mark.x)
    if natural > room:
        room = min(natural, max(room, width / 2))
    room = min(max(room, 2 * em), max(width - 2 * em * TEXT_EDGE, em))
    lines = break_lines(mark.text, room / em)
    wide = max(ems(line) for line in lines) * em
    edge = em * TEXT_EDGE
    x = max(edge, min(mark.x * width, width - wide - edge))
    y = max(0.0, min(mark.y * height, height - em * LINE_PITCH * len(lines)))
    return TextPlace(x=x, y=y, em=em, lines=lines, width=wide)


def ems(text: str) -> float:
    """Return about how wide a text is in em: Han characters and full-width marks one, others less."""
    return sum(_ems_of(char) for char in text)


def _ems_of(char: str) -> float:
    if unicodedata.east_asian_width(char) in {"W", "F"}:
        return 1.0
    if unicodedata.combining(char):
        return 0.0
    return 0.95 if char in "MW@%…—" else 0.7 if char.isupper() else 0.6


def break_lines(text: str, room: float) -> tuple[str, ...]:
    """Break a text into lines of at most `room` em: at a blank where the line has one, else anywhere."""
    lines: list[str] = []
    rest = text.strip()
    while ems(rest) > room:
        fits = _fitting(rest, room)
        blank = rest.rfind(" ", 1, fits + 1)
        at = blank if blank > 0 else fits
        lines.append(rest[:at].rstrip())
        rest = rest[at:].lstrip()
    return (*lines, rest) if rest or not lines else tuple(lines)


def _fitting(text: str, room: float) -> int:
    """Return how many characters fit, at least one."""
    taken = 0.0
    for n, char in enumerate(text):
        taken += _ems_of(char)
        if taken > room:
            return max(1, n)
    return len(text)


Point = tuple[float, float]


@dataclass(frozen=True, slots=True, kw_only=True)
class ArrowShape:
    """An arrow in pixels: where its shaft begins and ends, and the three corners of its head, the tip first."""

    start: Point
    neck: Point
    head: tuple[Point, Point, Point]


def arrow_shape(start: Point, tip: Point, line: float) -> ArrowShape:
    """Return the shape of an arrow whose line is `line` pixels wide; a short one has a smaller head."""
    across, down = tip[0] - start[0], tip[1] - start[1]
    length = math.hypot(across, down) or 1.0
    ux, uy = across / length, down / length
    long = min(HEAD_LONG * line, 0.7 * length)
    half = long * HEAD_WIDE / HEAD_LONG / 2
    foot = (tip[0] - ux * long, tip[1] - uy * long)
    neck = (foot[0] + ux * long * 0.2, foot[1] + uy * long * 0.2)
    left, right = (foot[0] - uy * half, foot[1] + ux * half), (foot[0] + uy * half, foot[1] - ux * half)
    return ArrowShape(start=start, neck=neck, head=(tip, left, right))
