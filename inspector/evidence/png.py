"""Walks the chunks of a PNG (ISO/IEC 15948): what its header says, and the bare stream that a decoder needs."""

from __future__ import annotations

import zlib
from dataclasses import dataclass

from inspector.errors import EvidenceRefused

_MOST_CHUNKS = 1 << 16
_KEPT = {b"IHDR", b"PLTE", b"tRNS", b"iCCP", b"IDAT", b"IEND"}
_MOST_NOTE = 1 << 16
_CREATION_TIME = b"Creation Time\0"


@dataclass(frozen=True, slots=True, kw_only=True)
class PngHeader:
    """Size in pixels, EXIF block and creation time where they are told, and where the kept chunks are."""

    width: int
    height: int
    exif: bytes
    created_as: str
    """The text of "Creation Time" (§11.3.4.2), verbatim."""
    kept: tuple[tuple[int, int], ...]
    is_whole: bool
    """Ends with IEND, and the check sum of every chunk holds."""

    def bare(self, data: bytes) -> bytes:
        """Return the stream without metadata but the colour profile; pixels are the same."""
        return b"".join((data[:8], *(data[start:end] for start, end in self.kept)))


def read_header(data: bytes) -> PngHeader:
    """Walk all chunks that are there. Raises EvidenceRefused(reason="undecodable") if even the size is not told."""
    if data[12:16] != b"IHDR" or len(data) < 33:
        raise EvidenceRefused(name="", reason="undecodable")
    size = (int.from_bytes(data[16:20], "big"), int.from_bytes(data[20:24], "big"))
    if not all(size):
        raise EvidenceRefused(name="", reason="undecodable")
    notes: dict[bytes, bytes] = {}
    kept: list[tuple[int, int]] = []
    at, kind, is_whole = 8, b"", True
    for _ in range(_MOST_CHUNKS):
        end = at + 12 + int.from_bytes(data[at : at + 4], "big")
        kind = data[at + 4 : at + 8]
        if len(kind) < 4 or end > len(data):
            break
        is_whole = is_whole and zlib.crc32(data[at + 4 : end - 4]) == int.from_bytes(data[end - 4 : end], "big")
        if kind in _KEPT:
            kept.append((at, end))
        _note(notes, kind, data[at + 8 : min(end - 4, at + 8 + _MOST_NOTE)])
        at = end
        if kind == b"IEND":
            break
    return PngHeader(
        width=size[0],
        height=size[1],
        exif=notes.get(b"eXIf", b""),
        created_as=notes.get(b"tEXt", b"").decode("latin-1"),
        kept=tuple(kept),
        is_whole=is_whole and kind == b"IEND",
    )


def _note(notes: dict[bytes, bytes], kind: bytes, body: bytes) -> None:
    if kind == b"eXIf":
        notes.setdefault(kind, body.removeprefix(b"Exif\0\0"))
    elif kind == b"tEXt" and body.startswith(_CREATION_TIME):
        notes.setdefault(kind, body[len(_CREATION_TIME) :])
