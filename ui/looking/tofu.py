"""Tofu: characters that the bundled interface font can't draw, and text that was set in another font.

Paper has fonts of its own: a widget that draws paper names their families in its property `paperFamilies`.
"""

from __future__ import annotations

from functools import lru_cache
from unicodedata import category

from ui.looking.scene import Fault, Scene
from ui.theme import fonts
from ui.theme.tokens import tokens


def find(scene: Scene) -> list[Fault]:
    """Return every text with a missing glyph or of a foreign font."""
    found: list[Fault] = []
    family = tokens()["type"]["family"]
    for seen in scene.texts:
        missing = "".join(char for char in dict.fromkeys(seen.text.text) if not _has_glyph(char))
        if missing:
            codes = " ".join(f"U+{ord(char):04X}" for char in missing)
            found.append(seen.fault("tofu", f"the bundled font lacks {codes}"))
        own = seen.widget.property("paperFamilies") or ()
        if seen.text.family != family and seen.text.family not in own:
            found.append(seen.fault("tofu", f"set in {seen.text.family}, not {family}"))
    return found


@lru_cache(maxsize=8192)
def _has_glyph(char: str) -> bool:
    # HarfBuzz makes missing spaces (U+2009 in 4 812) out of the ordinary one.
    return category(char) == "Zs" or not fonts.missing(char)
