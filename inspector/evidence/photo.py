"""Makes previews: small upright JPEGs in sRGB, without metadata; and tells how sharp one is."""

from __future__ import annotations

import io
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from inspector import mainthread
from inspector.errors import EvidenceRefused
from inspector.evidence import kinds
from inspector.evidence.decode import Header, decode, guarded, read_header

if TYPE_CHECKING:
    from PIL.Image import Image
    from PIL.ImageCms import ImageCmsProfile

_MOST_PROFILE = 4 << 20
_SHARPNESS_EDGE = 1024
"""Pictures are compared at this long edge: the variance depends on the scale."""
BLURRED_BELOW = 30.0
"""Tried on 47 real photos: two sharp ones lie below (a blank card, a leaf that fills the picture); blurred by a
Gaussian of 1.5 pixels at this scale 36 lie below, of 2.5 pixels all. Of shakes in one direction only 11 are found."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Preview:
    """A JPEG (sRGB, 4:2:0, no metadata) and its size in pixels."""

    jpeg: bytes
    width: int
    height: int


def render_preview(data: bytes, *, edge: int, quality: int = 85) -> Preview:
    """Return an upright preview whose long edge is at most `edge` pixels; never larger than the photo.

    Same bytes in, same bytes out. Raises EvidenceRefused(reason="undecodable" | "too_many_pixels").
    """
    mainthread.refuse("decode")
    mime = kinds.mime_of(data[: kinds.HEAD])
    if mime not in kinds.PHOTOS:
        raise EvidenceRefused(name="", reason="undecodable")
    return preview_of(data, read_header(data, mime), edge=edge, quality=quality)


def preview_of(data: bytes, header: Header, *, edge: int, quality: int = 85) -> Preview:
    """Like `render_preview`, of a photo whose header has been read."""
    size = _fit(header, edge)
    image = decode(data, header, at_least=size)
    with guarded():
        image = _in_srgb(_small(image, size))
        image = _upright(image, header.turn)
        image.info.clear()
        out = io.BytesIO()
        image.save(out, "JPEG", quality=quality, subsampling="4:2:0")
    return Preview(jpeg=out.getvalue(), width=image.width, height=image.height)


def sharpness(jpeg: bytes) -> float:
    """Return the variance of the Laplacian of a grey preview at a long edge of 1024 pixels.

    Below BLURRED_BELOW it may be blurred: a hint, never a block, because fog and bare walls look the same.
    Raises EvidenceRefused(reason="undecodable").
    """
    mainthread.refuse("decode")
    import cv2
    import numpy as np

    grey = cv2.imdecode(np.frombuffer(jpeg, np.uint8), cv2.IMREAD_GRAYSCALE) if jpeg else None
    if grey is None:
        raise EvidenceRefused(name="", reason="undecodable")
    scale = _SHARPNESS_EDGE / max(grey.shape)
    if scale < 1:
        grey = cv2.resize(grey, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    return float(cv2.Laplacian(grey, cv2.CV_64F).var())


def _fit(header: Header, edge: int) -> tuple[int, int]:
    """Return the stored (not upright) size of the preview."""
    scale = min(1.0, edge / max(header.width, header.height))
    return max(1, round(header.width * scale)), max(1, round(header.height * scale))


def _small(image: Image, size: tuple[int, int]) -> Image:
    from PIL.Image import Resampling

    image = _plain(image)
    return image if image.size == size else image.resize(size, Resampling.HAMMING, reducing_gap=2.0)


def _plain(image: Image) -> Image:
    """Return the picture as L, RGB or CMYK: palettes resolved, transparency on white, 16 bits as 8."""
    from PIL.Image import new

    if image.mode in {"L", "RGB", "CMYK"} and "transparency" not in image.info:
        return image
    profile = image.info.get("icc_profile")
    if image.mode.startswith("I"):
        image = image.convert("I").point(lambda value: value * (1 / 256)).convert("L")
    else:
        clear = image.convert("RGBA")
        image = new("RGB", clear.size, "white")
        image.paste(clear, mask=clear.getchannel("A"))
    image.info["icc_profile"] = profile
    return image


def _in_srgb(image: Image) -> Image:
    """Convert by the embedded profile; without one, or with one that is broken, plainly."""
    from PIL import ImageCms

    profile = image.info.get("icc_profile")
    if isinstance(profile, bytes) and 0 < len(profile) <= _MOST_PROFILE:
        try:
            source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
            converted = ImageCms.profileToProfile(image, source, _srgb(), outputMode="RGB")
        except (ImageCms.PyCMSError, OSError, ValueError, TypeError):
            converted = None
        if converted is not None:
            return converted
    return image.convert("RGB")


@lru_cache(maxsize=1)
def _srgb() -> ImageCmsProfile:
    from PIL import ImageCms

    return ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB"))


def _upright(image: Image, orientation: int) -> Image:
    """Apply EXIF orientation 1..8 (CIPA DC-008 tag 0x0112)."""
    from PIL.Image import Transpose

    turn = {
        2: Transpose.FLIP_LEFT_RIGHT,
        3: Transpose.ROTATE_180,
        4: Transpose.FLIP_TOP_BOTTOM,
        5: Transpose.TRANSPOSE,
        6: Transpose.ROTATE_270,
        7: Transpose.TRANSVERSE,
        8: Transpose.ROTATE_90,
    }.get(orientation)
    return image if turn is None else image.transpose(turn)
