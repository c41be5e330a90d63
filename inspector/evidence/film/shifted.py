"""Shows an MP4 to OpenCV with later times, so that it jumps to the wanted key frame itself, not to the one before.

OpenCV's jump looks for the key frame 16 frames before the wanted one and decodes on from there (cap_ffmpeg_impl.hpp,
seek): near a key frame, a whole group of pictures is decoded for nothing. The demuxer looks key frames up by their
times of decoding. So all frames but the first are shown 15 frames later than they are, and the jump aims 15 frames too
far. Only the index (moov) is shown changed, as a second one behind the end of the file; the media are those of the
file, and the first frames are compared with the file's own.
"""

from __future__ import annotations

import io
import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from inspector.evidence.film.header import boxes
from inspector.evidence.film.index import SAME_US
from inspector.evidence.film.source import FilmSource, Stream

if TYPE_CHECKING:
    from inspector.evidence.film.capture import Capture

AHEAD: Final = 16
"""How many frames behind the key frame to aim for: OpenCV takes as many off."""
_LATER: Final = 15.25
"""Frames by which times are moved: the key frame is then number AHEAD − 1 behind its place, whatever is rounded."""
_COMPARED: Final = 3
_SKIP: Final = b"skip"
"""The name under which the file's own index is shown; FFmpeg looks into a box named free whether it is one."""
_PARENTS: Final = frozenset({b"moov", b"trak", b"edts", b"mdia", b"minf", b"stbl"})
_MOST_SHIFT: Final = 1 << 27
"""FFmpeg takes larger offsets of composition for damage (mov.c, 1 << 28)."""
_MOST_INDEX: Final = 64 << 20
"""Index of a day of footage; a larger one is left alone."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Moved:
    """Another index of a clip: where the name of its own stands, what stands behind its end, by how much it differs."""

    name_at: int
    index: bytes
    later_us: int


_Tree = list["tuple[bytes, bytes | _Tree]"]


class Shifted(Stream):
    """A clip whose own index is renamed, with another one behind its end."""

    def __init__(self, source: FilmSource, moved: Moved, front: bytes = b"") -> None:
        super().__init__(source, front)
        self._renamed, self._more = moved.name_at, moved.index
        self._plain = self.size
        self.size += len(self._more)
        self._at = 0

    def read(self, size: int | None = -1, /) -> bytes:
        """Return up to `size` bytes from here."""
        wanted = self.size - self._at if size is None or size < 0 else min(size, self.size - self._at)
        if wanted <= 0:
            return b""
        if self._at >= self._plain:
            start = self._at - self._plain
            found = self._more[start : start + wanted]
        else:
            super().seek(self._at)
            found = self._with_name(super().read(min(wanted, self._plain - self._at)))
        self._at += len(found)
        return found

    def _with_name(self, found: bytes) -> bytes:
        changed = bytearray(found)
        for place, letter in enumerate(_SKIP, self._renamed - self._at):
            if 0 <= place < len(changed):
                changed[place] = letter
        return bytes(changed)

    def seek(self, where: int, whence: int = io.SEEK_SET, /) -> int:
        """Go to a byte; a place before the start is the start."""
        base = {io.SEEK_SET: 0, io.SEEK_CUR: self._at, io.SEEK_END: self.size}.get(whence, 0)
        self._at = max(0, base + where)
        return self._at

    def tell(self) -> int:
        """Return where the next read begins."""
        return self._at


def moved_index(stream: Stream, rate: float) -> Moved | None:
    """Return the index to be shown instead of the clip's own; None: better not.

    Not for clips that are cut off, in fragments, or with several pictures at once.
    """
    found = list(boxes(stream, 0, stream.size))
    movies = [box for box in found if box.kind == b"moov"]
    if len(movies) != 1 or found[-1].end != stream.size or found[-1].is_open or rate <= 0:
        return None
    movie = movies[0]
    if movie.end - movie.start > _MOST_INDEX:
        return None
    tree = _tree(stream.piece(movie.start, movie.end - movie.start))
    films = [box for kind, box in tree if kind == b"trak" and isinstance(box, list) and _is_picture(box)]
    if len(films) != 1 or any(kind == b"mvex" for kind, _ in tree):
        return None
    later_us = _shift(films[0], rate)
    body = _written(tree)
    index = (8 + len(body)).to_bytes(4, "big") + b"moov" + body
    return Moved(name_at=movie.begin + 4, index=index, later_us=later_us) if later_us else None


def begins_alike(plain: Capture, shifted: Capture) -> bool:
    """Whether two captures give the same first frames at the same times: then the moved index means the same frames.

    The move is one constant for all but the first, so that only the start could differ. Closes both.
    """
    alike = (plain.count, plain.rate, plain.width, plain.height) == (
        shifted.count, shifted.rate, shifted.width, shifted.height,
    )  # fmt: skip
    for _ in range(_COMPARED):
        went = plain.grab(), shifted.grab()
        alike = alike and went[0] == went[1] and abs(plain.time_us - shifted.time_us) <= SAME_US
        if not alike or not went[0]:
            break
        one, other = plain.picture(), shifted.picture()
        alike = one is not None and other is not None and bool((one == other).all())
    plain.close()
    shifted.close()
    return alike


def _tree(raw: bytes) -> _Tree:
    found: _Tree = []
    at = 0
    while at + 8 <= len(raw):
        size, kind = int.from_bytes(raw[at : at + 4], "big"), raw[at + 4 : at + 8]
        if size < 8 or at + size > len(raw):
            break
        body = raw[at + 8 : at + size]
        found.append((kind, _tree(body) if kind in _PARENTS else body))
        at += size
    return found


def _written(tree: _Tree) -> bytes:
    parts: list[bytes] = []
    for kind, content in tree:
        body = _written(content) if isinstance(content, list) else content
        parts.append((8 + len(body)).to_bytes(4, "big") + kind + body)
    return b"".join(parts)


def _at(tree: _Tree, *kinds: bytes) -> bytes | _Tree:
    found: bytes | _Tree = tree
    for kind in kinds:
        if isinstance(found, bytes):
            return b""
        found = next((content for name, content in found if name == kind), b"")
    return found


def _is_picture(track: _Tree) -> bool:
    handler = _at(track, b"mdia", b"hdlr")
    return isinstance(handler, bytes) and handler[8:12] == b"vide"


def _shift(track: _Tree, rate: float) -> int:
    """Move the times of a track in place; returns by how many µs, 0 if it isn't as expected."""
    header, table = _at(track, b"mdia", b"mdhd"), _at(track, b"mdia", b"minf", b"stbl")
    edits = _at(track, b"edts", b"elst")
    if not isinstance(header, bytes) or not isinstance(table, list) or not isinstance(edits, bytes):
        return 0
    sizes, offsets = _at(table, b"stsz"), _at(table, b"ctts")
    units = int.from_bytes(header[20:24] if header[:1] == b"\1" else header[12:16], "big")
    if not isinstance(sizes, bytes) or not isinstance(offsets, bytes) or not units or _number(edits, 4) > 1:
        return 0
    shift = math.ceil(_LATER / rate * units)
    moved = _moved_offsets(offsets or bytes(7) + b"\1" + sizes[8:12] + bytes(4), shift)
    table[:] = [(kind, content) for kind, content in table if kind != b"ctts"] + [(b"ctts", moved)]
    track[:] = [(kind, content) for kind, content in track if kind != b"edts"]
    return round(shift * 1e6 / units) if shift < _MOST_SHIFT else 0


def _moved_offsets(offsets: bytes, shift: int) -> bytes:
    import numpy as np

    entries = np.frombuffer(offsets[8:], ">i4").copy()
    first = entries[1]
    entries[0] -= 1
    entries[1::2] += shift
    head = np.array([1, first], ">i4")
    return offsets[:4] + (len(entries) // 2 + 1).to_bytes(4, "big") + head.tobytes() + entries.tobytes()


def _number(raw: bytes, at: int) -> int:
    return int.from_bytes(raw[at : at + 4], "big")
