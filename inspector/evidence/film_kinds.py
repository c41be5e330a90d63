"""What kind of footage a file is, told by its first bytes and never by its name."""

from __future__ import annotations

import re
from typing import Final

MP4 = "video/mp4"
MOV = "video/quicktime"
AVI = "video/x-msvideo"
MKV = "video/x-matroska"
WEBM = "video/webm"
TS = "video/mp2t"
ASF = "video/x-ms-asf"
PS = "video/mpeg"
FLV = "video/x-flv"
FILMS: Final = frozenset({MP4, MOV, AVI, MKV, WEBM, TS, ASF, PS, FLV})

_ENDINGS: Final = re.compile(
    r"\.(mp4|m4v|mov|qt|avi|mkv|webm|ts|mts|m2ts|tp|trp|wmv|asf|mpg|mpeg|vob|flv|3gp|3g2)$", re.IGNORECASE
)
_MAGIC: Final = (
    (b"\x30\x26\xb2\x75\x8e\x66\xcf\x11", ASF),
    (b"\0\0\1\xba", PS),
    (b"FLV\1", FLV),
)
# ISO/IEC 14496-12 and the QuickTime File Format: boxes with which an old or a cut-off film may begin.
_FIRST_BOXES: Final = frozenset({b"moov", b"wide", b"free", b"skip", b"pnot"})
_PACKETS: Final = 5
"""Sync bytes in a row that make a transport stream (ISO/IEC 13818-1 §2.4.3.2: 188 bytes each, 0x47 first)."""


def film_of(head: bytes) -> str:
    """Return the media type of footage that begins with `head` (4 KiB or the whole file), "" for anything else."""
    if head[:4] == b"RIFF" and head[8:12] == b"AVI ":
        return AVI
    if head[:4] == b"\x1a\x45\xdf\xa3":
        return WEBM if b"webm" in head[:64] else MKV
    if head[4:8] == b"ftyp":
        return "" if _is_picture(head[8:12]) else MOV if head[8:12] == b"qt  " else MP4
    if head[4:8] == b"mdat" or (head[4:8] in _FIRST_BOXES and head[:1] == b"\0"):  # not the text "The free …"
        return MOV
    found = next((mime for magic, mime in _MAGIC if head.startswith(magic)), "")
    return found or (TS if _is_transport_stream(head) else "")


def is_named_film(name: str) -> bool:
    """Say whether the name promises footage."""
    return _ENDINGS.search(name) is not None


def _is_picture(brand: bytes) -> bool:
    # ISO/IEC 23008-12 and 23000-22: still pictures and bursts; M4A: sound alone.
    return brand in {b"heic", b"heix", b"heim", b"heis", b"mif1", b"msf1", b"hevc", b"avif", b"avis", b"M4A "}


def _is_transport_stream(head: bytes) -> bool:
    # 192: each packet with a time before it (Blu-ray, AVCHD); a recorder may also begin within a packet.
    for stride in (188, 192):
        if len(head) < stride * _PACKETS:
            continue
        for first in range(stride):
            if all(head[at : at + 1] == b"G" for at in range(first, first + stride * _PACKETS, stride)):
                return True
    return False
