"""Which pictures are taken: two screens, three scales, and how the window is dressed at each."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import product
from typing import Final

from ui.theme.theme import NAMES

SIZES: Final = ((1280, 800), (1920, 1080))
"""Screens of officers' laptops, in device pixels."""
SCALES: Final = (1.0, 1.5, 2.0)
LEAST: Final = (853, 533)
"""The window's minimum in logical px: 1280x800 at 150 %; at 200 % it is larger than such a screen."""


@dataclass(frozen=True, slots=True)
class Dress:
    """Theme and language."""

    theme: str
    language: str

    @property
    def name(self) -> str:
        """light-zh."""
        return f"{self.theme}-{self.language[:2]}"


DRESSES: Final = tuple(Dress(theme, language) for theme, language in product(NAMES, ("zh_CN", "en")))
_PLAIN: Final = {1.0: Dress("light", "zh_CN"), 1.5: Dress("sunlight", "en")}
"""How screens that are not key screens are seen."""


@dataclass(frozen=True, slots=True)
class Batch:
    """What one process pictures: Qt reads its scale factor only once."""

    size: tuple[int, int]
    scale: float

    @property
    def name(self) -> str:
        """1280x800@150."""
        return f"{self.size[0]}x{self.size[1]}@{self.scale:.0%}".rstrip("%")

    @property
    def logical(self) -> tuple[int, int]:
        """The window's size in logical px."""
        wide, high = (round(px / self.scale) for px in self.size)
        return max(wide, LEAST[0]), max(high, LEAST[1])

    def has(self, dress: Dress, *, is_key: bool) -> bool:
        """Whether a screen is pictured in a dress at this scale."""
        return is_key or _PLAIN.get(self.scale) == dress


BATCHES: Final = tuple(Batch(size, scale) for size, scale in product(SIZES, SCALES))


def batch(name: str) -> Batch:
    """Return a batch by its name; KeyError for another."""
    return {one.name: one for one in BATCHES}[name]
