"""Reads the first page of a TIFF (TIFF 6.0): size, whether its pixels are there, whether it is a picture at all."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from inspector.errors import EvidenceRefused

_MOST_ENTRIES = 512
_MOST_PIECES = 1 << 16
_SIZES = {1: 1, 3: 2, 4: 4}
_SUBFILE, _WIDTH, _HEIGHT, _SUB_IFDS = 0x00FE, 0x0100, 0x0101, 0x014A
_OFFSETS, _COUNTS = (0x0111, 0x0144), (0x0117, 0x0145)
"""Strips and tiles."""
_REDUCED = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class TiffHeader:
    """Stored size in pixels (not yet upright). Its EXIF is the file itself: exif.read_exif takes all of it."""

    width: int
    height: int
    has_more: bool
    """There are further pages; the first is shown."""
    is_whole: bool
    """Every strip or tile of the first page lies in the file."""


class _Page:
    """One directory; the first one where no place is named."""

    def __init__(self, data: bytes, at: int = 0) -> None:
        self._data = data
        self._order: Literal["little", "big"] = "little" if data[:2] == b"II" else "big"
        self._at = at or self._number(4, 4)
        self._count = self._number(self._at, 2)
        self._places: dict[int, int] = {}
        if self._at >= 8 and self._count <= _MOST_ENTRIES:
            for place in range(self._at + 2, min(self._at + 2 + 12 * self._count, len(data) - 11), 12):
                self._places.setdefault(self._number(place, 2), place)

    def _number(self, at: int, width: int) -> int:
        return int.from_bytes(self._data[at : at + width], self._order)

    def values(self, tag: int) -> list[int]:
        """Return the whole numbers of a field, as many as lie in the file; none for another type."""
        place = self._places.get(tag)
        if place is None:
            return []
        width, count = _SIZES.get(self._number(place + 2, 2), 0), self._number(place + 4, 4)
        if not width or count > _MOST_PIECES:
            return []
        start = place + 8 if width * count <= 4 else self._number(place + 8, 4)
        end = min(start + width * count, len(self._data))
        return [self._number(at, width) for at in range(start, end - width + 1, width)]

    def first(self, tag: int) -> int:
        return next(iter(self.values(tag)), 0)

    @property
    def has_more(self) -> bool:
        """Another page follows that is not this one made small."""
        at = self._number(self._at + 2 + 12 * self._count, 4)
        return 0 < at < len(self._data) and not _Page(self._data, at).first(_SUBFILE) & _REDUCED


def read_header(data: bytes) -> TiffHeader:
    """Read the first directory. Raises EvidenceRefused(reason="undecodable") if it tells no size.

    A camera's raw file is a TIFF whose first page is a thumbnail; showing that as the photo would mislead: refused.
    """
    page = _Page(data)
    width, height = page.first(_WIDTH), page.first(_HEIGHT)
    if not (width > 0 < height) or (page.values(_SUB_IFDS) and page.first(_SUBFILE) & _REDUCED):
        raise EvidenceRefused(name="", reason="undecodable")
    return TiffHeader(width=width, height=height, has_more=page.has_more, is_whole=_is_whole(page, len(data)))


def _is_whole(page: _Page, length: int) -> bool:
    for offsets, counts in zip(_OFFSETS, _COUNTS, strict=True):
        places, sizes = page.values(offsets), page.values(counts)
        if len(places) == 1 and not sizes:
            return places[0] < length  # one strip may leave its length out
        if places and len(places) == len(sizes):
            return all(place + size <= length for place, size in zip(places, sizes, strict=True))
    return False
