"""Opens pictures with limits: only the types we show, only bare streams, at reduced scale where the format can."""

from __future__ import annotations

import io
import struct
import zlib
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from inspector.errors import EvidenceRefused
from inspector.evidence import heif, jpeg, kinds, png, tiff, webp
from inspector.evidence.exif import Exif, read_exif
from inspector.evidence.moment import png_moment
from inspector.evidence.worker_pool import Wanted, decode_apart

if TYPE_CHECKING:
    from PIL.Image import Image

MOST_PIXELS = 200_000_000
"""Largest picture that is opened at all: today's largest phone sensors."""
_MOST_PIXELS_HERE = 16_000_000
"""Largest picture that is decoded whole in this process (PNG, progressive JPEG): some 100 MB at worst."""

_BOXED = {kinds.HEIC, kinds.HEIF, kinds.AVIF}

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
    """What a picture says before it is decoded. `width` and `height` are those of what `decode` returns."""

    mime: str
    width: int
    height: int
    exif: Exif
    turn: int = 1
    """EXIF orientation that `decode` leaves to be applied; 1 where the format's own decoder turns the picture."""
    has_more: bool = False
    """The file holds further pictures; the first one is shown."""
    is_whole: bool = True
    """As far as the structure tells without decoding."""

    @property
    def upright(self) -> tuple[int, int]:
        """Width and height after the turn."""
        return (self.height, self.width) if self.turn >= 5 else (self.width, self.height)


def read_header(data: bytes, mime: str) -> Header:
    """Read size and EXIF of a photo (`mime` is one of kinds.PHOTOS); cheap. Raises EvidenceRefused."""
    return _READERS[mime](data, mime)


def _read_jpeg(data: bytes, mime: str) -> Header:
    told = jpeg.read_header(data)
    exif = read_exif(told.exif)
    return Header(mime=mime, width=told.width, height=told.height, exif=exif, turn=exif.orientation)


def _read_png(data: bytes, mime: str) -> Header:
    told = png.read_header(data)
    exif = _png_exif(told)
    return Header(
        mime=mime, width=told.width, height=told.height, exif=exif, turn=exif.orientation, is_whole=told.is_whole
    )


def _read_heif(data: bytes, mime: str) -> Header:
    is_avif = mime == kinds.AVIF  # libavif leaves the crop to its caller
    told = heif.read_header(data, coded=b"av01" if is_avif else b"hvc1", is_cropped=not is_avif)
    exif = _turned(read_exif(told.exif))
    return Header(mime=mime, width=told.width, height=told.height, exif=exif, is_whole=told.is_whole)


def _read_webp(data: bytes, mime: str) -> Header:
    told = webp.read_header(data)
    exif = read_exif(told.exif)
    return Header(
        mime=mime,
        width=told.width,
        height=told.height,
        exif=exif,
        turn=exif.orientation,
        has_more=told.has_more,
        is_whole=told.is_whole,
    )


def _read_tiff(data: bytes, mime: str) -> Header:
    told = tiff.read_header(data)
    exif = read_exif(data)
    size = (told.height, told.width) if exif.orientation >= 5 else (told.width, told.height)
    return Header(mime=mime, width=size[0], height=size[1], exif=exif, has_more=told.has_more, is_whole=told.is_whole)


_READERS: Mapping[str, Callable[[bytes, str], Header]] = {
    kinds.JPEG: _read_jpeg,
    kinds.PNG: _read_png,
    kinds.HEIC: _read_heif,
    kinds.HEIF: _read_heif,
    kinds.AVIF: _read_heif,
    kinds.WEBP: _read_webp,
    kinds.TIFF: _read_tiff,
}


def check_size(header: Header) -> None:
    """Raise EvidenceRefused(reason="too_many_pixels") for what no camera makes."""
    if header.width * header.height > MOST_PIXELS:
        raise EvidenceRefused(name="", reason="too_many_pixels")


def check_structure(header: Header) -> None:
    """Raise EvidenceRefused (undecodable, too_many_pixels) for what its header already gives away."""
    check_size(header)
    if not header.is_whole:
        raise EvidenceRefused(name="", reason="undecodable")


def is_slow(header: Header) -> bool:
    """Whether decoding takes half a second and more: HEIC and AVIF have no smaller scale."""
    return header.mime in _BOXED


def decode(data: bytes, header: Header, *, at_least: tuple[int, int]) -> Image:
    """Decode to what `header` describes; at the smallest scale the format has that is not under `at_least`.

    Baseline JPEG, which costs little memory, and small PNG and JPEG are decoded here, all others in a worker process.
    Raises EvidenceRefused(reason="undecodable" | "too_many_pixels").
    """
    check_size(header)
    with guarded():
        if header.mime == kinds.JPEG:
            return _jpeg(data, header, at_least)
        if header.mime == kinds.PNG:
            return _png(data, header, at_least)
        return _apart(data, header, at_least)


def _jpeg(data: bytes, header: Header, at_least: tuple[int, int]) -> Image:
    from PIL.JpegImagePlugin import JpegImageFile

    told = jpeg.read_header(data)
    if jpeg.has_too_many_scans(data, told):
        raise EvidenceRefused(name="", reason="undecodable")
    if not told.is_one_scan and told.width * told.height > _MOST_PIXELS_HERE:
        return _apart(told.bare(data), header, at_least)
    image = JpegImageFile(io.BytesIO(told.bare(data)))
    image.draft(None, at_least)
    image.load()
    return image


def _png(data: bytes, header: Header, at_least: tuple[int, int]) -> Image:
    from PIL.PngImagePlugin import PngImageFile

    told = png.read_header(data)
    if not told.is_whole:
        raise EvidenceRefused(name="", reason="undecodable")
    if told.width * told.height > _MOST_PIXELS_HERE:
        return _apart(told.bare(data), header, at_least)
    image = PngImageFile(io.BytesIO(told.bare(data)))
    image.load()
    return image


def _apart(data: bytes, header: Header, at_least: tuple[int, int]) -> Image:
    size = (header.width, header.height)
    wanted = Wanted(mime=header.mime, size=size, most_pixels=MOST_PIXELS, at_least=at_least)
    return decode_apart(data, wanted)


def _turned(exif: Exif) -> Exif:
    """Leave out the orientation: the boxes of a HEIC turn it, its EXIF only repeats that (ISO/IEC 23008-12 A.2.4)."""
    return replace(exif, orientation=1)


def _png_exif(chunks: png.PngHeader) -> Exif:
    exif = read_exif(chunks.exif)
    if exif.taken_at is not None or not chunks.created_as:
        return exif
    moment = png_moment(chunks.created_as)
    return replace(exif, taken_at=moment.at, taken_as=moment.text, time_source=moment.source)


@contextmanager
def guarded() -> Iterator[None]:
    """Turn a decoder's trouble with broken bytes into our own error."""
    try:
        yield
    except _BROKEN as error:
        raise EvidenceRefused(name="", reason="undecodable") from error
