"""Compares two stored pictures pixel by pixel."""

from __future__ import annotations

from inspector.evidence import kinds
from inspector.evidence.decode import decode, read_header

_WHOLE = (1 << 30, 1 << 30)


def same_pixels(one: bytes, other: bytes) -> bool:
    """Whether two PNG files show the same pixels, however they are packed. Raises EvidenceRefused."""
    if one == other:
        return True
    left, right = (decode(png, read_header(png, kinds.PNG), at_least=_WHOLE) for png in (one, other))
    return left.size == right.size and left.mode == right.mode and left.tobytes() == right.tobytes()
