"""What a film's container says of its begin and length, read from a few headers without decoding anything."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import BinaryIO, Final

from inspector.clock import CHINA
from inspector.evidence import film_kinds

NO_INDEX: Final = "no_index"
UNDECODABLE: Final = "undecodable"

_EPOCH_1904: Final = datetime(1904, 1, 1, tzinfo=UTC)
"""Where ISO/IEC 14496-12 §8.2.2 (mvhd) counts its seconds from."""
_EPOCH_2001: Final = datetime(2001, 1, 1, tzinfo=UTC)
"""Where Matroska's DateUTC counts its nanoseconds from."""
_SANE_YEARS: Final = range(2000, 2100)
_MOST_BOXES: Final = 4096
_MOST_HEADER: Final = 1 << 16
_DATE = r"(20\d\d)([-_.]?)(\d\d)\2(\d\d)"
IN_NAME: Final = re.compile(rf"(?<!\d){_DATE}[-_ tT.]?(\d\d)[-_.]?(\d\d)[-_.]?(\d\d)(?!\d)")
"""A date and time as recorders write them into names: 20261120_090500, 2026-11-20-09-05-00 …."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """`began_at` by the recorder's own clock, None if it says nothing; `duration_us` likewise; `remark` a code."""

    began_at: datetime | None = None
    duration_us: int | None = None
    remark: str = ""


def read(file: BinaryIO, size: int, mime: str) -> Told:
    """Look at a film of `size` bytes. Reads at most some 100 KB; a lie in a header costs nothing but the answer.

    remark no_index: an MP4 or MOV without its index, as a power cut leaves it.
    """
    if mime in {film_kinds.MP4, film_kinds.MOV}:
        return _boxes(file, size)
    file.seek(0)
    if mime == film_kinds.AVI:
        return _avi(file.read(_MOST_HEADER))
    return _matroska(file.read(_MOST_HEADER)) if mime in {film_kinds.MKV, film_kinds.WEBM} else Told()


def time_in_name(name: str) -> datetime | None:
    """Return the date and time that a recorder wrote into the file's name (China Standard Time), None if none."""
    found = IN_NAME.search(name)
    if found is None:
        return None
    year, _, month, day, hour, minute, second = found.groups()
    try:
        return datetime(int(year), int(month), int(day), int(hour), int(minute), int(second), tzinfo=CHINA).astimezone(
            UTC
        )
    except ValueError:
        return None


def _boxes(file: BinaryIO, size: int) -> Told:
    at = 0
    for _ in range(_MOST_BOXES):
        file.seek(at)
        head = file.read(16)
        if len(head) < 8:
            break
        length, body = int.from_bytes(head[:4], "big"), 8
        if length == 1 and len(head) == 16:
            length, body = int.from_bytes(head[8:], "big"), 16
        if head[4:8] == b"moov":
            file.seek(at + body)
            return _movie(file.read(min(_MOST_HEADER, max(0, length - body))))
        if length < body or at + length > size:
            break  # to the end of the file, or cut off
        at += length
    return Told(remark=NO_INDEX)


def _movie(moov: bytes) -> Told:
    at = moov.find(b"mvhd")
    told = moov[at + 4 :] if at >= 0 else b""
    is_long = told[:1] == b"\1"
    if len(told) < (32 if is_long else 20):
        return Told()
    if is_long:
        made, scale, length = (int.from_bytes(told[a:b], "big") for a, b in ((4, 12), (20, 24), (24, 32)))
    else:
        made, scale, length = (int.from_bytes(told[a:b], "big") for a, b in ((4, 8), (12, 16), (16, 20)))
    unknown = (1 << 64) - 1 if is_long else (1 << 32) - 1
    return Told(
        began_at=_moment(_EPOCH_1904, made * 1_000_000) if made else None,
        duration_us=length * 1_000_000 // scale if scale and length not in {0, unknown} else None,
    )


def _avi(head: bytes) -> Told:
    at = head.find(b"avih")
    if at < 0 or len(head) < at + 28:
        return Told()
    per_frame = int.from_bytes(head[at + 8 : at + 12], "little")
    frames = int.from_bytes(head[at + 24 : at + 28], "little")
    return Told(began_at=_idit(head), duration_us=per_frame * frames or None)


def _idit(head: bytes) -> datetime | None:
    """The date chunk of AVI, as in "Sun Nov 22 09:05:00 2026"; it has no zone, so China's."""
    at = head.find(b"IDIT")
    if at < 0:
        return None
    text = head[at + 8 : at + 8 + 24].decode("ascii", "replace").strip()
    try:
        return datetime.strptime(text, "%a %b %d %H:%M:%S %Y").replace(tzinfo=CHINA).astimezone(UTC)
    except ValueError:
        return None


def _matroska(head: bytes) -> Told:
    # Element ids of the segment's Info (RFC 9559 §5.1.2): TimestampScale, Duration, DateUTC.
    info = head.find(b"\x15\x49\xa9\x66")
    if info < 0:
        return Told()
    part = head[info : info + 1024]
    scale = _element(part, b"\x2a\xd7\xb1") or (1_000_000).to_bytes(4, "big")
    date = _element(part, b"\x44\x61")
    length = _float(_element(part, b"\x44\x89"))
    is_date = date is not None and len(date) == 8
    return Told(
        began_at=_moment(_EPOCH_2001, int.from_bytes(date or b"", "big", signed=True) // 1000) if is_date else None,
        duration_us=int(length * int.from_bytes(scale, "big") / 1000) if length else None,
    )


def _element(part: bytes, name: bytes) -> bytes | None:
    at = part.find(name)
    if at < 0 or at + len(name) >= len(part):
        return None
    length = part[at + len(name)]
    if length & 0x80 == 0:
        return None  # longer than these three ever are
    begin = at + len(name) + 1
    found = part[begin : begin + (length & 0x7F)]
    return found if len(found) == length & 0x7F else None


def _float(raw: bytes | None) -> float:
    import struct

    if raw is None or len(raw) not in {4, 8}:
        return 0.0
    (value,) = struct.unpack(">f" if len(raw) == 4 else ">d", raw)
    return value if 0 < value < 1e12 else 0.0


def _moment(epoch: datetime, us: int) -> datetime | None:
    try:
        found = epoch + timedelta(microseconds=us)
    except OverflowError:
        return None
    return found if found.year in _SANE_YEARS else None
