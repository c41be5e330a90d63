"""What a container tells without decoding: when the clip was made, whether it has its index, whether it was cut off."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Final

from inspector.evidence.film.kinds import Container
from inspector.evidence.film.source import Stream

NO_INDEX: Final = "no_index"
_MOST_BOXES: Final = 100_000
_MOVIE_EPOCH: Final = datetime(1904, 1, 1, tzinfo=UTC)
"""ISO/IEC 14496-12 §8.2.2: seconds since 1904."""
_MATROSKA_EPOCH: Final = datetime(2001, 1, 1, tzinfo=UTC)
_DATE_UTC: Final = b"\x44\x61\x88"
"""Element DateUTC with its length 8 (RFC 9559 §5.1.2.12): nanoseconds since 2001."""
_EARLIEST, _LATEST = datetime(2000, 1, 1, tzinfo=UTC), datetime(2100, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True, kw_only=True)
class Header:
    """`remark` is "", no_index or truncated."""

    recorded_at: datetime | None = None
    remark: str = ""


@dataclass(frozen=True, slots=True)
class Box:
    """One box of an MP4: where it begins, its content starts and it ends; `is_open`: it says that it fills the file."""

    kind: bytes
    begin: int
    start: int
    end: int
    is_open: bool


def read_header(stream: Stream, container: Container) -> Header:
    """Read what the container tells; never raises for what a file says wrongly."""
    if container is Container.MP4:
        return _movie(stream)
    if container is Container.AVI:
        return _avi(stream)
    if container is Container.MATROSKA:
        return Header(recorded_at=_matroska_date(stream.piece(0, 1 << 16)))
    return Header()


def boxes(stream: Stream, start: int, end: int) -> Iterator[Box]:
    """Yield the boxes between two places (ISO/IEC 14496-12 §4.2); the last may reach beyond the end of the file."""
    for _ in range(_MOST_BOXES):
        head = stream.piece(start, 16) if start + 8 <= end else b""
        if len(head) < 8:
            return
        size, body = int.from_bytes(head[:4], "big"), 8
        if size == 1:
            size, body = int.from_bytes(head[8:16], "big"), 16
        is_open = size == 0
        size = end - start if is_open else size
        if size < body:
            return
        yield Box(head[4:8], start, start + body, start + size, is_open)
        start += size


def _movie(stream: Stream) -> Header:
    found = list(boxes(stream, 0, stream.size))
    movie = next((box for box in found if box.kind == b"moov"), None)
    is_cut = not found or found[-1].end > stream.size
    if movie is None or (movie.end > stream.size and not movie.is_open):
        return Header(remark=NO_INDEX)
    made = next((box for box in boxes(stream, movie.start, min(movie.end, stream.size)) if box.kind == b"mvhd"), None)
    recorded_at = None
    if made is not None:
        raw = stream.piece(made.start, 12)
        seconds = int.from_bytes(raw[4:12] if raw[:1] == b"\1" else raw[4:8], "big")
        recorded_at = _moment(_MOVIE_EPOCH, seconds)
    return Header(recorded_at=recorded_at, remark="truncated" if is_cut else "")


def _avi(stream: Stream) -> Header:
    head = stream.piece(0, 1 << 16)
    length = int.from_bytes(head[4:8], "little") + 8
    place = head.find(b"IDIT")
    recorded_at = None
    if place > 0:
        size = min(64, int.from_bytes(head[place + 4 : place + 8], "little"))
        recorded_at = _spelt(head[place + 8 : place + 8 + size])
    return Header(recorded_at=recorded_at, remark="truncated" if length > stream.size else "")


def _spelt(raw: bytes) -> datetime | None:
    """Read "Sat Nov 21 10:11:12 2026" (C's asctime) or "2026-11-21 10:11:12", in the recorder's own time."""
    text = raw.decode("ascii", "replace").strip("\0\r\n ")
    for pattern in ("%a %b %d %H:%M:%S %Y", "%Y-%m-%d %H:%M:%S", "%Y/%m/%d %H:%M:%S", "%Y:%m:%d %H:%M:%S"):
        try:
            return datetime.strptime(text, pattern).replace(tzinfo=UTC)
        except ValueError:
            continue
    return None


def _matroska_date(head: bytes) -> datetime | None:
    place = head.find(_DATE_UTC)
    if place < 0:
        return None
    start = place + len(_DATE_UTC)
    return _moment(_MATROSKA_EPOCH, int.from_bytes(head[start : start + 8], "big", signed=True) // 1_000_000_000)


def _moment(epoch: datetime, seconds: int) -> datetime | None:
    try:
        told = epoch + timedelta(seconds=seconds)
    except OverflowError:
        return None
    return told if _EARLIEST <= told < _LATEST else None
