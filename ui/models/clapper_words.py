"""What the clapper's screen says: how far the recorder may be, how long it must look, in words."""

from __future__ import annotations

from typing import Final

from inspector.evidence.clapper import QUIET
from ui.text import tr

MODULES: Final = 25 + 2 * QUIET
"""Modules of the code with the quiet border that the standard asks for."""
PER_MM: Final = 2.5
"""mm of distance for each mm of code: 200 mm were measured to be read at 0.5 m by a 120° recorder (product.md §6-1)."""
SECONDS: Final = 3
"""So long the code must be filmed at least, so that several seconds can vote (product.md §6-1)."""
FAR_CM: Final = 50
"""No farther, however large the screen: the measurements end there."""


def module_px(room_px: int) -> int:
    """Return the whole device px of one module so that code and border fit into a square of `room_px`; 1 at least."""
    return max(1, room_px // MODULES)


def distance_cm(width_mm: float) -> int:
    """Return the farthest distance of the recorder in cm, down to 5, for a code (border included) of that width."""
    return max(5, min(FAR_CM, int(PER_MM * width_mm / 10) // 5 * 5))


def left_word(seconds: int) -> str:
    """Return the large word of the countdown: 3, 2, 1, then that the recorder may be taken away."""
    return str(seconds) if seconds > 0 else tr("可以放下")


def width_sentence(width_mm: float) -> str:
    """Return how far the recorder may be, and that a calibrated screen says it exactly."""
    return tr("镜头离屏幕 {cm} 厘米以内，正对整个方块", cm=distance_cm(width_mm))
