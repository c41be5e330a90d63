"""Reads the chunks of a WebP (RFC 9649): size, EXIF, and whether all of it is there. No native code."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from inspector.errors import EvidenceRefused

_MOST_CHUNKS = 4096
_MOST_EXIF = 1 << 20
_LOSSY_START = b"\x9d\x01\x2a"
_LOSSLESS_START = 0x2F
_ANIMATED = 0x02


@dataclass(frozen=True, slots=True, kw_only=True)
class WebpHeader:
    """Stored size in pixels (not yet upright) and the EXIF block."""

    width: int
    height: int
    exif: bytes
    has_more: bool
    """It is animated: the first picture is shown."""
    is_whole: bool
    """The file is as long as its chunks say, and holds a picture."""


def read_header(data: bytes) -> WebpHeader:
    """Walk the chunks. Raises EvidenceRefused(reason="undecodable") if even the size is not told."""
    size, exif, flags, has_picture, end = (0, 0), b"", 0, False, 12
    for kind, start, stop in _chunks(data):
        end = stop + (stop & 1)
        body = data[start : min(stop, start + 16)]
        if kind == b"VP8X" and len(body) >= 10:
            flags = body[0]
            size = (_number(body[4:7]) + 1, _number(body[7:10]) + 1)
        elif kind in {b"VP8 ", b"VP8L"}:
            has_picture = True
            size = size if all(size) else _frame(kind, body)
        elif kind == b"ANMF":
            has_picture = True
        elif kind == b"EXIF" and not exif:
            exif = data[start : min(stop, start + _MOST_EXIF)].removeprefix(b"Exif\0\0")
    if not all(size):
        raise EvidenceRefused(name="", reason="undecodable")
    told = 8 + _number(data[4:8])
    return WebpHeader(
        width=size[0],
        height=size[1],
        exif=exif,
        has_more=bool(flags & _ANIMATED),
        is_whole=has_picture and end <= len(data) + 1 and told <= len(data) + 1,
    )


def _number(raw: bytes) -> int:
    return int.from_bytes(raw, "little")


def _chunks(data: bytes) -> Iterator[tuple[bytes, int, int]]:
    """Yield (kind, start, end) of the chunks; the last may say that it ends behind the file."""
    at = 12
    for _ in range(_MOST_CHUNKS):
        if at + 8 > len(data):
            return
        end = at + 8 + _number(data[at + 4 : at + 8])
        yield data[at : at + 4], at + 8, end
        at = end + (end & 1)


def _frame(kind: bytes, body: bytes) -> tuple[int, int]:
    """Return the size of a lossy (RFC 6386 §9.1) or lossless (RFC 9649 §3.4) picture."""
    if kind == b"VP8 " and body[3:6] == _LOSSY_START:
        return _number(body[6:8]) & 0x3FFF, _number(body[8:10]) & 0x3FFF
    if kind == b"VP8L" and body[:1] and body[0] == _LOSSLESS_START:
        bits = _number(body[1:5])
        return (bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1
    return 0, 0
