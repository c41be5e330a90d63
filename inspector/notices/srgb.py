"""The colour profile that a PDF/A names as its output intent, made from the published numbers of sRGB."""

from __future__ import annotations

import struct
from functools import lru_cache

NAME = "sRGB IEC61966-2.1"
"""The registered name of the colour space (ICC Characterization Data Registry)."""
PRIMARIES = (
    (b"rXYZ", (0.43607, 0.22249, 0.01392)),
    (b"gXYZ", (0.38515, 0.71687, 0.09708)),
    (b"bXYZ", (0.14307, 0.06061, 0.71410)),
)
"""Red, green and blue of IEC 61966-2-1, Bradford-adapted from D65 to D50 (ICC, "sRGB profiles", sRGB2014)."""
D50 = (0.9642, 1.0, 0.8249)
"""The white of the connection space (ICC.1:2001-04 §6.1.13)."""
CURVE_POINTS = 1024
"""So fine that an 8-bit value meets the exact curve to a tenth of a step."""


@lru_cache(maxsize=1)
def profile() -> bytes:
    """Return an ICC profile of version 2.1 for displays (ICC.1:2001-04): PDF/A-1 refuses version 4 (ISO 19005-1)."""
    curve = _curve()
    tags = [
        (b"desc", _described(NAME)),
        (b"cprt", b"text\0\0\0\0" + b"No copyright, use freely\0"),
        (b"wtpt", _xyz(D50)),
        *((name, _xyz(values)) for name, values in PRIMARIES),
        *((name, curve) for name in (b"rTRC", b"gTRC", b"bTRC")),
    ]
    directory, content = b"", b""
    opening = 128 + 4 + 12 * len(tags)
    placed: dict[bytes, int] = {}
    for name, element in tags:
        if element not in placed:  # the three curves are one
            placed[element] = opening + len(content)
            content += element + bytes(-len(element) % 4)
        directory += name + struct.pack(">II", placed[element], len(element))
    return _header(opening + len(content)) + struct.pack(">I", len(tags)) + directory + content


def _header(size: int) -> bytes:
    """The 128 bytes of ICC.1:2001-04 §6.1; the date is that of the numbers, so that no clock goes in."""
    head = struct.pack(">I4sI4s4s4s", size, b"\0\0\0\0", 0x02100000, b"mntr", b"RGB ", b"XYZ ")
    head += struct.pack(">6H", 1999, 10, 18, 0, 0, 0)  # IEC 61966-2-1 was published on that day
    head += b"acsp" + bytes(4 + 4 + 4 + 4 + 8 + 4)  # no platform, flags, maker, model, attributes; perceptual intent
    return (head + _fixed(*D50)).ljust(128, b"\0")


def _described(name: str) -> bytes:
    told = name.encode("ascii") + b"\0"
    return b"desc\0\0\0\0" + struct.pack(">I", len(told)) + told + bytes(4 + 4 + 2 + 1 + 67)  # no other languages


def _xyz(values: tuple[float, float, float]) -> bytes:
    return b"XYZ \0\0\0\0" + _fixed(*values)


def _fixed(*values: float) -> bytes:
    return struct.pack(f">{len(values)}i", *(round(value * 65536) for value in values))


def _curve() -> bytes:
    points = (round(65535 * _linear(step / (CURVE_POINTS - 1))) for step in range(CURVE_POINTS))
    return b"curv\0\0\0\0" + struct.pack(f">I{CURVE_POINTS}H", CURVE_POINTS, *points)


def _linear(value: float) -> float:
    """The transfer function of IEC 61966-2-1."""
    return value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4
