"""What text a field accepts: nothing that paper can't carry or a database can't keep."""

from __future__ import annotations

import unicodedata

from inspector.errors import InvalidInput

MOST = 4_000
"""Characters of the longest free text; a notice shows it all, so nothing is cut."""

_TURNING = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200e\u200f\u061c")
"""Marks that turn the direction of text (UAX 9): a name could read otherwise than it is."""


def plain(text: str, *, field: str) -> str:
    """Return the text unchanged but for blanks at its ends. Raises InvalidInput(too_long | control_character)."""
    kept = text.strip()
    if len(kept) > MOST:
        raise InvalidInput(field=field, reason="too_long", most=MOST, length=len(kept))
    for char in kept:
        if char not in "\n\t" and _is_unprintable(char):
            raise InvalidInput(field=field, reason="control_character", codepoint=f"U+{ord(char):04X}")
    return kept


def one_line(text: str, *, field: str) -> str:
    """Return a text that must be there and hold no line break. Raises InvalidInput(empty | line_break | …)."""
    kept = plain(text, field=field)
    if not kept:
        raise InvalidInput(field=field, reason="empty")
    if "\n" in kept:
        raise InvalidInput(field=field, reason="line_break")
    return kept


def _is_unprintable(char: str) -> bool:
    # Not "unassigned": Python's tables end at Unicode 14, and names of living people are written in later blocks
    # (CJK extensions H and I). Whether a font can draw a character, the gate says.
    return unicodedata.category(char) in ("Cc", "Cs") or char in _TURNING or _is_noncharacter(ord(char))


def _is_noncharacter(code: int) -> bool:
    """Whether Unicode keeps this code point out of interchange for ever (Unicode 16.0 §23.7)."""
    return 0xFDD0 <= code <= 0xFDEF or code & 0xFFFE == 0xFFFE
