"""Walks the segments of a JPEG: what its header says, and the bare stream that a decoder needs.

Libraries search broken headers byte by byte and copy metadata again and again; this walk is bounded.
"""

from __future__ import annotations

from dataclasses import dataclass

from inspector.errors import EvidenceRefused

_MOST_SEGMENTS = 4096
_MOST_JUNK = 1 << 16
_MOST_SCANS = 100
"""libjpeg's own progressive script has 10 scans; thousands of them are a known way to keep a decoder busy."""

# ITU-T T.81 table B.1. Lossless and arithmetic coding are not in use by cameras; the decoder refuses them.
_START_OF_FRAME = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
_PROGRESSIVE = {0xC2, 0xC6, 0xCA, 0xCE}
_LONE = {0x01, *range(0xD0, 0xD8)}
_END, _SCAN, _APP1 = 0xD9, 0xDA, 0xE1


@dataclass(frozen=True, slots=True, kw_only=True)
class JpegHeader:
    """Stored size in pixels (not yet upright), the first EXIF block, and where the kept segments and the scan are."""

    width: int
    height: int
    exif: bytes
    is_one_scan: bool
    """Baseline with all components in the first scan: decoded row by row; everything else is held whole in memory."""
    kept: tuple[tuple[int, int], ...]
    scan_at: int

    def bare(self, data: bytes) -> bytes:
        """Return the stream without comments and metadata but the colour profile; pixels are the same."""
        return b"".join((b"\xff\xd8", *(data[start:end] for start, end in self.kept), data[self.scan_at :]))


def read_header(data: bytes) -> JpegHeader:
    """Walk up to the first scan. Raises EvidenceRefused(reason="undecodable")."""
    at, exif, frame, is_progressive, parts = 2, b"", (0, 0), False, 0
    kept: list[tuple[int, int]] = []
    for _ in range(_MOST_SEGMENTS):
        at, marker = _next_marker(data, at)
        if marker == _SCAN:
            break
        if marker in _LONE:
            continue
        length = int.from_bytes(data[at : at + 2], "big")
        end = at + length
        if marker == _END or length < 2 or end > len(data):
            raise EvidenceRefused(name="", reason="undecodable")
        body = data[at + 2 : end]
        if marker in _START_OF_FRAME and len(body) >= 6:
            frame = (int.from_bytes(body[3:5], "big"), int.from_bytes(body[1:3], "big"))
            is_progressive, parts = marker in _PROGRESSIVE, body[5]
        if marker == _APP1 and not exif and body.startswith(b"Exif\0"):
            exif = body[6:]
        if _is_kept(marker, body):
            kept.append((at - 2, end))
        at = end
    else:
        raise EvidenceRefused(name="", reason="undecodable")
    if not all(frame):
        raise EvidenceRefused(name="", reason="undecodable")
    return JpegHeader(
        width=frame[0],
        height=frame[1],
        exif=exif,
        is_one_scan=not is_progressive and data[at + 2 : at + 3] == bytes([parts]),
        kept=tuple(kept),
        scan_at=at - 2,
    )


def has_too_many_scans(data: bytes, header: JpegHeader) -> bool:
    """Say whether decoding could take for ever. Entropy-coded data never holds a marker, so counting is exact."""
    if header.is_one_scan:
        return False
    end = data.find(b"\xff\xd9", header.scan_at)
    return data.count(b"\xff\xda", header.scan_at, end if end >= 0 else len(data)) > _MOST_SCANS


def _next_marker(data: bytes, at: int) -> tuple[int, int]:
    """Return the place after the next marker and its code, over at most _MOST_JUNK bytes of junk or padding."""
    stop = min(len(data), at + _MOST_JUNK)
    while (at := data.find(b"\xff", at, stop)) >= 0 and at + 1 < stop:
        at += 1
        if data[at] not in {0x00, 0xFF}:
            return at + 1, data[at]
    raise EvidenceRefused(name="", reason="undecodable")


def _is_kept(marker: int, body: bytes) -> bool:
    if 0xE0 <= marker <= 0xEF:
        # JFIF and Adobe tell the colour space, ICC the colours; all the rest of APPn means nothing to a decoder.
        return body.startswith((b"JFIF\0", b"Adobe", b"ICC_PROFILE\0"))
    return marker != 0xFE
