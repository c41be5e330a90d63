"""Redaction 脱敏: what is painted over in a copy for publication; the original stays as it is."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


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
