"""The numbers and colours of the look, read from resources/theme/tokens.json; the only place that opens that file."""

from __future__ import annotations

import json
from functools import lru_cache
from typing import Any

from inspector.paths import RESOURCES


@lru_cache(maxsize=1)
def tokens() -> dict[str, Any]:
    """Return the whole token file; px are logical pixels at scale 1, colours #RRGGBB or #AARRGGBB."""
    return json.loads((RESOURCES / "theme" / "tokens.json").read_text(encoding="utf-8"))


def size(name: str) -> int:
    """Return one size token in unscaled px: topBar, control, rowDouble …"""
    return int(tokens()["size"][name])


def radius(name: str) -> int:
    """Return one corner radius in unscaled px: tag, control, card …"""
    return int(tokens()["radius"][name])


def contrast(first: str, second: str) -> float:
    """Return the contrast of two opaque #RRGGBB colours by the WCAG 2.2 formula (1..21)."""
    bright, dark = sorted((_luminance(first), _luminance(second)), reverse=True)
    return (bright + 0.05) / (dark + 0.05)


def _luminance(colour: str) -> float:
    """Relative luminance of WCAG 2.2."""
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
