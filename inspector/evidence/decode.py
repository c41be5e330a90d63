"""Opens pictures with limits: only the types we show, only bare streams, at reduced scale where the format can."""

from __future__ import annotations

import io
import struct
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from inspector.errors import EvidenceRefused
from inspector.evidence import heif, jpeg, kinds, png
from inspector.evidence.exif import Exif, read_exif
from inspector.evidence.heif_decode import decode_heif
from inspector.evidence.moment import png_moment

if TYPE_CHECKING:
    from PIL.Image import Image

MOST_PIXELS = 200_000_000
"""Largest picture that is opened at all: today's largest phone sensors."""
MOST_PIXELS_WHOLE = 100_000_000
"""Largest picture of a format that must be decoded whole (PNG, HEIC, progressive JPEG): some 600 MB at worst."""

_HEIF = {kinds.HEIC, kinds.HEIF}

# What decoders are known to raise on bytes that somebody broke on purpose.
_BROKEN = (
    OSError,
    SyntaxError,
    ValueError,
    LookupError,
    TypeError,
    ArithmeticError,
    EOFError,
    MemoryError,
    RuntimeError,
    struct.error,
    zlib.error,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Header:
    """What a picture says before it is decoded: stored size (a HEIC's is upright already) and EXIF."""

    mime: str
    width: int
    height: int
    exif: Exif

    @property
    def upright(self) -> tuple[int, int]:
        """Width and height after the EXIF orientation."""
        return (self.height, self.width) if self.exif.orientation >= 5 else (self.width, self.height)


def read_header(data: bytes, mime: str) -> Header:
    """Read size and EXIF of a photo (`mime` is one of kinds.PHOTOS); cheap. Raises EvidenceRefused."""
    if mime == kinds.JPEG:
        told = jpeg.read_header(data)
        return Header(mime=mime, width=told.width, height=told.height, exif=read_exif(told.exif))
    if mime == kinds.PNG:
        chunks = png.read_header(data)
        return Header(mime=mime, width=chunks.width, height=chunks.height, exif=_png_exif(chunks))
    boxes = heif.read_header(data)
    return Header(mime=mime, width=boxes.width, height=boxes.height, exif=_turned(read_exif(boxes.exif)))


def check_size(header: Header) -> None:
    """Raise EvidenceRefused(reason="too_many_pixels") for what no camera makes."""
    _check_pixels(header.width * header.height, MOST_PIXELS)


def check_decodes(data: bytes, header: Header) -> None:
    """Say by EvidenceRefused (undecodable, too_many_pixels) that this can't be shown, without much work.

    JPEG is decoded at an eighth, PNG whole; of a HEIC (half a second to decode) only the boxes are checked.
    """
    if header.mime not in _HEIF:
        decode(data, header.mime, at_least=(1, 1))
        return
    _check_pixels(header.width * header.height, MOST_PIXELS_WHOLE)
    if not heif.read_header(data).is_whole:
        raise EvidenceRefused(name="", reason="undecodable")


def decode(data: bytes, mime: str, *, at_least: tuple[int, int]) -> Image:
    """Decode to the stored orientation; at the smallest scale the format has that is not under `at_least`.

    Raises EvidenceRefused(reason="undecodable" | "too_many_pixels").
    """
    with guarded():
        image = (_jpeg if mime == kinds.JPEG else _png if mime == kinds.PNG else _heif)(data, at_least)
        image.load()
        return image


def _jpeg(data: bytes, at_least: tuple[int, int]) -> Image:
    from PIL.JpegImagePlugin import JpegImageFile

    header = jpeg.read_header(data)
    _check_pixels(header.width * header.height, MOST_PIXELS_WHOLE if header.is_progressive else MOST_PIXELS)
    if jpeg.has_too_many_scans(data, header):
        raise EvidenceRefused(name="", reason="undecodable")
    image = JpegImageFile(io.BytesIO(header.bare(data)))
    image.draft(None, at_least)
    return image


def _png(data: bytes, _: tuple[int, int]) -> Image:
    from PIL.PngImagePlugin import PngImageFile

    header = png.read_header(data)
    _check_pixels(header.width * header.height, MOST_PIXELS_WHOLE)
    if not header.is_whole:
        raise EvidenceRefused(name="", reason="undecodable")
    return PngImageFile(io.BytesIO(header.bare(data)))


def _heif(data: bytes, at_least: tuple[int, int]) -> Image:
    header = heif.read_header(data)
    _check_pixels(header.width * header.height, MOST_PIXELS_WHOLE)
    size = (header.width, header.height)
    return decode_heif(data, most_pixels=MOST_PIXELS_WHOLE, size=size, at_least=at_least)


def _turned(exif: Exif) -> Exif:
    """Leave out the orientation: the boxes of a HEIC turn it, its EXIF only repeats that (ISO/IEC 23008-12 A.2.4)."""
    return replace(exif, orientation=1)


def _png_exif(chunks: png.PngHeader) -> Exif:
    exif = read_exif(chunks.exif)
    if exif.taken_at is not None or not chunks.created_as:
        return exif
    moment = png_moment(chunks.created_as)
    return replace(exif, taken_at=moment.at, taken_as=moment.text, time_source=moment.source)


def _check_pixels(pixels: int, most: int) -> None:
    if pixels > most:
        raise EvidenceRefused(name="", reason="too_many_pixels")


@contextmanager
def guarded() -> Iterator[None]:
    """Turn a decoder's trouble with broken bytes into our own error."""
    try:
        yield
    except _BROKEN as error:
        raise EvidenceRefused(name="", reason="undecodable") from error
