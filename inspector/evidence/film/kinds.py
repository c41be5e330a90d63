"""Which containers are opened at all, told by their first bytes: FFmpeg may not guess (a playlist opens others)."""

from __future__ import annotations

from enum import StrEnum


class Container(StrEnum):
    """Names of FFmpeg's demuxers, to be allowed one at a time."""

    MP4 = "mov,mp4,m4a,3gp,3g2,mj2"
    MATROSKA = "matroska,webm"
    AVI = "avi"
    TS = "mpegts"
    PS = "mpeg"
    H264 = "h264"
    HEVC = "hevc"


HAVE_INDEX = frozenset({Container.MP4, Container.MATROSKA, Container.AVI})
"""Containers with an index of their own: a jump lands on a key frame. In the others it lands anywhere."""
_BOXES = frozenset({b"ftyp", b"moov", b"mdat", b"free", b"skip", b"wide", b"pnot", b"moof", b"styp", b"sidx", b"udta"})
_SYNC = 0x47
_PACKETS = ((188, 0), (192, 4), (204, 0))
"""Length of a transport packet and where its sync byte stands: ISO/IEC 13818-1, Blu-ray, DVB."""


def container_of(head: bytes) -> Container | None:
    """Tell the container by the first KiB, or None if it is none that we open."""
    if head[4:8] in _BOXES:
        return Container.MP4
    if head[:4] == b"\x1a\x45\xdf\xa3":
        return Container.MATROSKA
    if head[:4] == b"RIFF" and head[8:12] in {b"AVI ", b"AVIX"}:
        return Container.AVI
    if head[:4] == b"\x00\x00\x01\xba":
        return Container.PS
    if any(_is_transport(head, length, first) for length, first in _PACKETS):
        return Container.TS
    return _bare_stream(head)


def _is_transport(head: bytes, length: int, first: int) -> bool:
    places = range(first, len(head), length)
    return len(places) > 2 and all(head[place] == _SYNC for place in places)


def _bare_stream(head: bytes) -> Container | None:
    """H.264 (ITU-T H.264 annex B) begins with a parameter set, a delimiter or SEI, H.265 likewise."""
    start = 4 if head[:4] == b"\0\0\0\1" else 3 if head[:3] == b"\0\0\1" else 0
    if not start or len(head) <= start:
        return None
    first = head[start]
    if first & 0x9F in {6, 7, 9}:
        return Container.H264
    return Container.HEVC if first >> 1 in {32, 33, 35, 39} and first & 0x81 == 0 else None
