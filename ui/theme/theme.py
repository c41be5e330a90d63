"""Theme: every colour, length and font a widget may use; frozen, one per (name, zoom, density)."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property, lru_cache

from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPixmap

from ui.theme import fonts, icons
from ui.theme.density import DESKTOP, Density, least
from ui.theme.tokens import radius, size, tokens

NAMES = ("light", "dark", "sunlight")
ZOOMS = (1.0, 1.1, 1.25, 1.5, 1.75, 2.0)
"""User zoom, 100-200 % (look.md §3)."""


@dataclass(frozen=True, eq=False)
class Theme:
    """Colours by role, lengths by `u(n)`, fonts by role. Painted code takes everything from here."""

    name: str
    zoom: float = 1.0
    density: Density = DESKTOP
    roles: dict[str, QColor] = field(default_factory=dict, repr=False)

    @cached_property
    def style(self) -> dict:
        """The token block themeStyle of this theme."""
        return tokens()["themeStyle"][self.name]

    @cached_property
    def scale(self) -> float:
        """All lengths and type are multiplied by this: user zoom x the larger of sunlight's and field mode's scale."""
        return self.zoom * max(self.style["textScale"], self.density.k)

    @property
    def is_field(self) -> bool:
        """Whether fingers in gloves use it: large targets, few keycaps, two panes."""
        return self.density.is_field

    @property
    def target(self) -> int:
        """The least edge of what can be pressed, in px; 0 on the desktop, where the size tokens say it."""
        return self.density.target

    @property
    def gap(self) -> int:
        """Space between two buttons in px: token buttonGap, in field mode 3 mm at least."""
        return max(self.u(tokens()["space"]["buttonGap"]), self.density.gap)

    def shows_key(self, key: str) -> bool:
        """Whether a keycap is worth its room: in field mode only F-keys, which have hardware buttons (look.md §8)."""
        return bool(key) and (not self.is_field or (key[0] == "F" and key[1:].isdecimal()))

    def panes(self, width: int) -> int:
        """Return how many panes a window of `width` px has: 2, 3 or 4; in field mode never more than two."""
        points, logical = tokens()["breakpoints"], width / self.scale
        if self.is_field or logical < points["threePane"][0]:
            return 2
        return 4 if logical >= points["fourPane"][0] else 3

    @property
    def line(self) -> int:
        """Width of a hairline in px (2 in sunlight)."""
        return self.style["line"]

    @property
    def is_sunlight(self) -> bool:
        """Whether tints are gone and the selected row is inverted."""
        return self.name == "sunlight"

    def color(self, role: str) -> QColor:
        """Return the colour of a role (surface, text2, dangerFill …); KeyError for an unknown one."""
        return self.roles[role]

    def u(self, px: float) -> int:
        """Return a length of the 1.0 design in px of this theme."""
        return round(px * self.scale)

    def size(self, name: str) -> int:
        """Return a size token (topBar, control, rowDouble …) scaled; in field mode what is pressed has its 12 mm."""
        return max(self.u(size(name)), round(least(name, self.density)))

    def radius(self, name: str) -> int:
        """Return a radius token (tag, control, card …) scaled."""
        return self.u(radius(name))

    @property
    def selection_bar(self) -> int:
        """Width of the bar at the left of the current row in px."""
        return self.u(self.style["selectionBar"])

    def font(self, role: str) -> QFont:
        """Return the font of a type role."""
        return _font(role, self.scale)

    def metrics(self, role: str) -> QFontMetricsF:
        """Return the metrics of a type role."""
        return _metrics(role, self.scale)

    def line_height(self, role: str) -> int:
        """Return the line step of a type role in px."""
        return fonts.line_height(role, self.scale)

    def stroke(self, px: int) -> float:
        """Return the stroke of an icon of unscaled size `px`, in the icon's own 24 grid."""
        table = self.style["iconStroke"]
        return table["16"] if px <= 16 else table["20"] if px <= 20 else table["24"]

    def icon(self, name: str, px: int, role: str | QColor = "text2", *, dpr: float = 1.0) -> QPixmap:
        """Return an icon of unscaled size `px` in the colour of `role`."""
        colour = role if isinstance(role, QColor) else self.color(role)
        return icons.pixmap(name, self.u(px), colour, stroke=self.stroke(px), dpr=dpr)


@lru_cache(maxsize=64)
def _font(role: str, scale: float) -> QFont:
    return fonts.font(role, scale)


@lru_cache(maxsize=64)
def _metrics(role: str, scale: float) -> QFontMetricsF:
    return QFontMetricsF(_font(role, scale))


@lru_cache(maxsize=64)
def make(name: str, zoom: float = 1.0, density: Density = DESKTOP) -> Theme:
    """Return the theme of that name, zoom and density; ValueError for an unknown name."""
    if name not in NAMES:
        raise ValueError(name)
    return Theme(name, zoom, density, {role: QColor(value) for role, value in tokens()["themes"][name].items()})
