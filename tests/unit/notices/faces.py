"""A font that is not there: ideographs one em wide, letters half an em, marks that can be halved."""

from __future__ import annotations

from inspector.notices import kinsoku


class EvenFace:
    """Measures like an ordinary Chinese face."""

    name = "even"
    narrow = "even-half"

    def advance(self, character: str, *, is_narrow: bool = False) -> float:
        if character == "\n":
            return 0.0
        if is_narrow and character in kinsoku.HALVED:
            return 0.5
        return 0.5 if character.isascii() else 1.0


EVEN = EvenFace()
