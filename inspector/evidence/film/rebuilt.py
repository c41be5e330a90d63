"""Shows an MP4 that has no index with one that was made from its bytes; the media are those of the file.

In front of the file stands a small MP4 head: an index of the pictures that salvage.py found, and the head of a box that
holds the whole file as it is. So everything else (jumps, key frames, exact numbers) works as with any other clip.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, Final

from inspector.evidence.film.avc import Avc
from inspector.evidence.film.header import boxes
from inspector.evidence.film.hevc import Hevc
from inspector.evidence.film.salvage import Picture, Salvage
from inspector.evidence.film.sets import codec_of, sets_in_index
from inspector.evidence.film.slices import LENGTH, Codec, sane_rate
from inspector.evidence.film.spare import Spare

if TYPE_CHECKING:
    from inspector.evidence.film.source import Stream

_USUAL: Final = 25.0
_FINE: Final = 100
"""Ticks to one of the smallest steps of the rate, so that parts of a frame can be told (shifted.py)."""
_MOST_MOVED: Final = 64
"""Pictures by which the order of display may differ from that of coding; decoders allow 16."""
_SETS_WITHIN: Final = 32 << 20
"""Where the first key frame with its parameter sets must stand."""
_SETS: Final = re.compile(rb"(?s)\x00\x00[\x00-\x03][\x04-\xff](?=[\x27\x47\x67]|[\x40\x42]\x01)")
_MOST_SET: Final = 1024
_MOST_TRIED: Final = 100_000
_UPRIGHT: Final = b"".join(one.to_bytes(4, "big") for one in (1 << 16, 0, 0, 0, 1 << 16, 0, 0, 0, 1 << 30))


@dataclass(frozen=True, slots=True, kw_only=True)
class Rebuilt:
    """What is shown before the bytes of the file; `codec` as found, `is_borrowed` if its sets are another clip's."""

    front: bytes
    codec: Codec
    pictures: int
    is_borrowed: bool


def rebuild(stream: Stream, spare: Spare | None, beat: Callable[[int], None]) -> Rebuilt | None:
    """Find the pictures of an MP4 without index; None if there are none. Parameter sets of its own go first.

    Times are reckoned: from the rate that the sets tell, else from that of the spare, else 25 a second.
    """
    media = next((box for box in boxes(stream, 0, stream.size) if box.kind == b"mdat"), None)
    if media is None:
        return None
    own = sets_within(stream, media.start) or sets_in_index(stream)
    codec = own or (codec_of(spare) if spare else None)
    if codec is None:
        return None
    pictures = Salvage(stream, codec, beat).run(media.start)
    if not pictures:
        return None
    rate = codec.rate or (sane_rate(spare.rate) if spare else 0) or _USUAL
    front = _front(pictures, codec, Fraction(rate).limit_denominator(1001), stream.size)
    return Rebuilt(front=front, codec=codec, pictures=len(pictures), is_borrowed=own is None)


def sets_within(stream: Stream, start: int) -> Codec | None:
    """Return the parameter sets that stand before the first key frame, None if the recorder writes none there."""
    tried = 0
    for begin in range(start, min(stream.size, start + _SETS_WITHIN), 1 << 20):
        block = stream.piece(begin, (1 << 20) + 16)
        for found in _SETS.finditer(block):
            tried += 1
            codec = _sets_at(stream, begin + found.start())
            if codec is not None:
                return codec
            if tried > _MOST_TRIED:
                return None
    return None


def _sets_at(stream: Stream, at: int) -> Codec | None:
    """Read the run of parameter sets that begins here."""
    units: list[bytes] = []
    raw = stream.piece(at, 4 * _MOST_SET)
    place = 0
    while len(units) < 8 and place + LENGTH < len(raw):
        length = int.from_bytes(raw[place : place + LENGTH], "big")
        unit = raw[place + LENGTH : place + LENGTH + length]
        is_set = unit[:1] and (unit[0] & 0x9F in {7, 8} or unit[0] >> 1 in {32, 33, 34})
        if not is_set or len(unit) < length or length > _MOST_SET:
            break
        units.append(unit)
        place += LENGTH + length
    for kind in (Avc, Hevc) if len(units) > 1 else ():
        try:
            return kind(units)
        except ValueError:
            continue
    return None


def _front(pictures: Sequence[Picture], codec: Codec, rate: Fraction, size: int) -> bytes:
    import numpy as np

    coded = range(len(pictures))
    shown = sorted(coded, key=lambda place: pictures[place].order)
    rank = np.empty(len(pictures), np.int64)
    rank[shown] = np.arange(len(pictures))
    moved = rank - np.arange(len(pictures))
    if abs(moved).max() > _MOST_MOVED:
        moved[:] = 0
    step = rate.denominator * _FINE
    places = np.array([one.at for one in pictures], ">u8")
    table = [
        _full(b"stsd", _u32(1) + _entry(codec)),
        _full(b"stts", _u32(1, len(pictures), step)),
        _full(b"ctts", _u32(len(pictures)) + _offsets(moved * step), version=1),
        _full(b"stsc", _u32(1, 1, 1, 1)),
        _full(b"stsz", _u32(0, len(pictures)) + np.array([one.size for one in pictures], ">u4").tobytes()),
        _full(b"stss", _keys([place + 1 for place in coded if pictures[place].first.is_key])),
    ]
    head = _box(b"ftyp", b"isom" + _u32(512) + b"isomiso2")

    def whole(offsets: bytes) -> bytes:
        chunks = _full(b"co64", _u32(len(pictures)) + offsets)
        movie = _movie([*table, chunks], codec, len(pictures) * step, rate.numerator * _FINE)
        return head + movie + _u32(1) + b"mdat" + (16 + size).to_bytes(8, "big")

    before = len(whole(places.tobytes()))
    return whole((places + before).astype(">u8").tobytes())


def _movie(table: list[bytes], codec: Codec, length: int, scale: int) -> bytes:
    times = bytes(16) + _u32(scale) + length.to_bytes(8, "big")
    media = [
        _full(b"mdhd", times + b"\x55\xc4\0\0", version=1),
        _full(b"hdlr", bytes(4) + b"vide" + bytes(13)),
        _box(
            b"minf",
            _full(b"vmhd", bytes(8)),
            _box(b"dinf", _full(b"dref", _u32(1) + _full(b"url ", b"", flags=1))),
            _box(b"stbl", *table),
        ),
    ]
    size = _u32(codec.width << 16, codec.height << 16)
    track = bytes(16) + _u32(1, 0) + length.to_bytes(8, "big") + bytes(16) + _UPRIGHT + size
    more = _u32(1 << 16) + b"\1\0" + bytes(10) + _UPRIGHT + bytes(24) + _u32(2)
    return _box(
        b"moov",
        _full(b"mvhd", times + more, version=1),
        _box(b"trak", _full(b"tkhd", track, version=1, flags=3), _box(b"mdia", *media)),
    )


def _entry(codec: Codec) -> bytes:
    """Return the one sample entry (ISO/IEC 14496-12 §12.1.3)."""
    names, configuration = codec.configuration()
    sides = codec.width.to_bytes(2, "big") + codec.height.to_bytes(2, "big")
    fixed = (
        bytes(6) + b"\0\1" + bytes(16) + sides + _u32(0x480000, 0x480000, 0) + b"\0\1" + bytes(32) + b"\0\x18\xff\xff"
    )
    return _box(names[:4], fixed, _box(names[4:], configuration))


def _offsets(moved: object) -> bytes:
    import numpy as np

    entries = np.ones((len(moved), 2), ">i4")  # pyright: ignore[reportArgumentType]
    entries[:, 1] = moved
    return entries.tobytes()


def _keys(places: list[int]) -> bytes:
    import numpy as np

    return _u32(len(places)) + np.array(places, ">u4").tobytes()


def _u32(*numbers: int) -> bytes:
    return b"".join(one.to_bytes(4, "big") for one in numbers)


def _box(kind: bytes, *content: bytes) -> bytes:
    body = b"".join(content)
    return _u32(8 + len(body)) + kind + body


def _full(kind: bytes, content: bytes, *, version: int = 0, flags: int = 0) -> bytes:
    return _box(kind, bytes([version]) + flags.to_bytes(3, "big"), content)
