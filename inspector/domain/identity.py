"""Identity numbers of citizens, GB 11643-1999."""

from __future__ import annotations

import re
from datetime import date
from typing import Final

_SHAPE: Final = re.compile(r"[1-9]\d{16}[\dX]", re.ASCII)
_WEIGHTS: Final = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECKS: Final = "10X98765432"


def is_identity_number(text: str) -> bool:
    """Whether `text` is 18 characters with a real birthday and the right last digit (GB 11643-1999, ISO 7064 11-2)."""
    if not _SHAPE.fullmatch(text):
        return False
    try:
        date(int(text[6:10]), int(text[10:12]), int(text[12:14]))
    except ValueError:
        return False
    return _CHECKS[sum(weight * int(digit) for weight, digit in zip(_WEIGHTS, text, strict=False)) % 11] == text[17]
