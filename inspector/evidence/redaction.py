"""Paints boxes over a picture and throws away what lay under them, with every piece of metadata."""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from inspector import mainthread
from inspector.domain.redaction import RedactBox, covered
from inspector.evidence.photo import render_preview

if TYPE_CHECKING:
    from PIL.Image import Image

QUALITY: Final = 92
_WHOLE: Final = 1 << 20
"""Longer than any edge: the full size."""


def redact_photo(photo: bytes, boxes: Sequence[RedactBox]) -> bytes:
    """Return an upright JPEG in sRGB of full size, black under each box, without metadata.

    Boxes grow to the grid of 16 pixels. Raises EvidenceRefused(undecodable | too_many_pixels).
    """
    mainthread.refuse("decode")
    from PIL.JpegImagePlugin import JpegImageFile

    with JpegImageFile(io.BytesIO(render_preview(photo, edge=_WHOLE, quality=QUALITY).jpeg)) as opened:
        return _redacted(opened.convert("RGB"), boxes)


def redact_pixels(size: tuple[int, int], rgb: bytes, boxes: Sequence[RedactBox]) -> bytes:
    """Return a JPEG of (width, height) pixels, 3 bytes each, such as a drawn page, black under each box."""
    from PIL.Image import frombytes

    return _redacted(frombytes("RGB", size, rgb), boxes)


def _redacted(image: Image, boxes: Sequence[RedactBox]) -> bytes:
    for box in boxes:
        _paint(image, box)
    image.info.clear()
    out = io.BytesIO()
    image.save(out, "JPEG", quality=QUALITY, subsampling="4:2:0")
    return out.getvalue()


def _paint(image: Image, box: RedactBox) -> None:
    place = covered(box, image.width, image.height)
    if place[0] < place[2] and place[1] < place[3]:
        image.paste((0, 0, 0), place)
