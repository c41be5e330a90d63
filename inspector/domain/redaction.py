"""Redaction 脱敏: what is painted over in a copy for publication; the original stays as it is."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

GRID: Final = 16
"""Pixels: JPEG codes squares of this size (ITU-T T.81 with 4:2:0), whose ripples would tell of what lies inside."""


class Private(StrEnum):
    """Why a place is painted over; HAND: an officer drew it."""

    HAND = "hand"
    ID_NUMBER = "id_number"
    PHONE = "phone"
    PLATE = "plate"


@dataclass(frozen=True, slots=True, kw_only=True)
class RedactBox:
    """A rectangle in shares of the upright picture or page, x from the left, y from the top; page from 0."""

    x0: float
    y0: float
    x1: float
    y1: float
    page: int = 0
    why: Private = Private.HAND
    text: str = ""
    """What stands there, for the officer who decides; it goes nowhere else."""


def covered(box: RedactBox, width: int, height: int) -> tuple[int, int, int, int]:
    """Return left, top, right, bottom in pixels of what a box blackens in a picture: grown outwards to the grid."""
    left, right = sorted((box.x0, box.x1))
    top, bottom = sorted((box.y0, box.y1))
    return (
        _down(left * width),
        _down(top * height),
        min(width, _up(right * width)),
        min(height, _up(bottom * height)),
    )


def _down(pixel: float) -> int:
    return max(0, int(pixel) // GRID * GRID)


def _up(pixel: float) -> int:
    return -(-max(0, int(pixel + 0.999)) // GRID) * GRID
