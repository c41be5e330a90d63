"""Reads parameter sets out of the index of an MP4, or as another clip lent them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from inspector.evidence.film.avc import Avc
from inspector.evidence.film.header import boxes
from inspector.evidence.film.hevc import Hevc
from inspector.evidence.film.slices import Codec
from inspector.evidence.film.spare import Spare

if TYPE_CHECKING:
    from inspector.evidence.film.source import Stream

_MOST: Final = 64 << 10
_INTO: Final = {b"moov": 0, b"trak": 0, b"mdia": 0, b"minf": 0, b"stbl": 0, b"stsd": 8} | dict.fromkeys(
    (b"avc1", b"avc3", b"hvc1", b"hev1"), 78
)
"""Boxes to look into, and where their children begin."""


def codec_of(spare: Spare) -> Codec | None:
    """Return the codec of lent sets, None if they can't be read."""
    try:
        return {"h264": Avc, "hevc": Hevc}[spare.codec](spare.units)
    except (KeyError, ValueError):
        return None


def sets_in_index(stream: Stream) -> Codec | None:
    """Return the parameter sets in an MP4's index, None if there are none or of another kind."""
    found = _configuration(stream, 0, stream.size)
    if found is None:
        return None
    name, raw = found
    try:
        return Avc(_avc_units(raw)) if name == b"avcC" else Hevc(_hevc_units(raw))
    except (ValueError, IndexError):
        return None


def _configuration(stream: Stream, start: int, end: int) -> tuple[bytes, bytes] | None:
    for box in boxes(stream, start, min(end, stream.size)):
        if box.kind in {b"avcC", b"hvcC"}:
            return box.kind, stream.piece(box.start, min(_MOST, box.end - box.start))
        if box.kind in _INTO:
            found = _configuration(stream, box.start + _INTO[box.kind], box.end)
            if found is not None:
                return found
    return None


def _avc_units(raw: bytes) -> list[bytes]:
    """ISO/IEC 14496-15 §5.3.3.1. Raises ValueError, IndexError."""
    if raw[4] & 3 != 3:
        raise ValueError("length")
    units, at = _run(raw, 6, raw[5] & 31)
    more, _ = _run(raw, at + 1, raw[at])
    return units + more


def _hevc_units(raw: bytes) -> list[bytes]:
    """ISO/IEC 14496-15 §8.3.3.1. Raises ValueError, IndexError."""
    if raw[21] & 3 != 3:
        raise ValueError("length")
    units: list[bytes] = []
    at = 23
    for _ in range(raw[22]):
        more, at = _run(raw, at + 3, int.from_bytes(raw[at + 1 : at + 3], "big"))
        units += more
    return units


def _run(raw: bytes, at: int, count: int) -> tuple[list[bytes], int]:
    units: list[bytes] = []
    for _ in range(count):
        length = int.from_bytes(raw[at : at + 2], "big")
        unit = raw[at + 2 : at + 2 + length]
        if not length or len(unit) < length:
            raise ValueError("cut")
        units.append(unit)
        at += 2 + length
    return units, at
