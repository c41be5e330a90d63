"""Density: how large things must be under a finger. The desktop asks for nothing; field mode for 12 mm and 3 mm gaps.

field(pixels_per_mm(screen)) → Density; `Theme.size`, `Theme.gap` and `Theme.target` take it into account.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from math import ceil
from typing import TYPE_CHECKING

from ui.theme.tokens import tokens

if TYPE_CHECKING:
    from PySide6.QtGui import QScreen

LEAST_TARGET, LEAST_GAP = 48, 12
"""px whatever a screen says of itself: many say nothing true (look.md §9)."""
CARD_MM = 85.6
"""Long edge of a bank card, ISO/IEC 7810 ID-1."""
PER_MM = (1.5, 8.0)
"""Believed between 38 and 203 logical px an inch; outside, the screen or the hand was wrong."""
_USUAL = 96 / 25.4


@dataclass(frozen=True, slots=True)
class Density:
    """`k` scales type and lengths; `target` and `gap` are the least px of a control and between two of them."""

    k: float = 1.0
    target: int = 0
    gap: int = 0

    @property
    def is_field(self) -> bool:
        """Whether this is field mode."""
        return self.target > 0


DESKTOP = Density()


@lru_cache(maxsize=16)
def field(per_mm: float) -> Density:
    """Return field mode for a screen of that many logical px a millimetre."""
    spec = tokens()["density"]["field"]
    target = max(LEAST_TARGET, ceil(spec["targetMm"] * per_mm))
    return Density(k=spec["k"], target=target, gap=max(LEAST_GAP, ceil(spec["gapMm"] * per_mm)))


def pixels_per_mm(screen: QScreen | None) -> float:
    """Return logical px a millimetre as the screen tells it; 96 dpi if it tells nonsense.

    Size by size: `QScreen.physicalDotsPerInch` is in logical px already (Qt 6), dividing it by the device pixel ratio
    would halve the targets of a 200 % screen.
    """
    wide = screen.physicalSize().width() if screen is not None else 0.0
    told = screen.geometry().width() / wide if screen is not None and wide > 0 else 0.0
    return believed(told) or _USUAL


def believed(per_mm: float) -> float:
    """Return a measure that can be true, else 0."""
    low, high = PER_MM
    return per_mm if low <= per_mm <= high else 0.0


def least(size: str, density: Density) -> float:
    """Return the least px of a size token in field mode, 0 where it is no target (look.md §9, tokens.json density)."""
    if not density.is_field:
        return 0
    target = density.target
    return {
        "control": target,
        "rowSingle": target,
        "rowDouble": 1.2 * target,
        "paneHeader": target + 2,
        "topBar": target + 2,
        "bottomBar": target + 24,
        "railCollapsed": target + 20,
        "scrollbar": 16,
        "checkbox": 28,
    }.get(size, 0)
