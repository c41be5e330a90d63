"""Writes an AVI of JPEG frames, as simple body recorders do (Microsoft AVI RIFF, with the old index idx1)."""

from __future__ import annotations

import struct
from collections.abc import Sequence
from typing import Final

_HAS_INDEX: Final = 0x10
_KEY_FRAME: Final = 0x10


def motion_jpeg(frames: Sequence[bytes], *, size: tuple[int, int], rate: int) -> bytes:
    """Return the file: `frames` are JPEGs of `size` pixels, `rate` of them a second; no sound."""
    largest = max(len(frame) for frame in frames)
    movie, index, at = [b"movi"], [], 4
    for frame in frames:
        movie.append(_chunk(b"00dc", frame))
        index.append(struct.pack("<4s3L", b"00dc", _KEY_FRAME, at, len(frame)))
        at += len(movie[-1])
    body = [
        b"AVI ",
        _chunk(b"LIST", b"hdrl" + _main(len(frames), size, rate, largest) + _stream(len(frames), size, rate, largest)),
        _chunk(b"LIST", b"".join(movie)),
        _chunk(b"idx1", b"".join(index)),
    ]
    return _chunk(b"RIFF", b"".join(body))


def _chunk(name: bytes, content: bytes) -> bytes:
    return name + struct.pack("<L", len(content)) + content + b"\0" * (len(content) % 2)


def _main(count: int, size: tuple[int, int], rate: int, largest: int) -> bytes:
    told = (1_000_000 // rate, largest * rate, 0, _HAS_INDEX, count, 0, 1, largest, *size, 0, 0, 0, 0)
    return _chunk(b"avih", struct.pack("<14L", *told))


def _stream(count: int, size: tuple[int, int], rate: int, largest: int) -> bytes:
    head = struct.pack(
        "<4s4sL2H8L4h", b"vids", b"MJPG", 0, 0, 0, 0, 1, rate, 0, count, largest, 0xFFFFFFFF, 0, 0, 0, *size
    )
    form = struct.pack("<LLL2H4s5L", 40, *size, 1, 24, b"MJPG", size[0] * size[1] * 3, 0, 0, 0, 0)
    return _chunk(b"LIST", b"strl" + _chunk(b"strh", head) + _chunk(b"strf", form))
