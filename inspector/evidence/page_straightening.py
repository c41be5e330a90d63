"""Finds the sheet of paper in a photo and lays it flat: a signed page becomes readable, its photo stays untouched."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from inspector.errors import EvidenceRefused

if TYPE_CHECKING:
    from cv2.typing import MatLike

Corner = tuple[float, float]
"""A point in shares of the picture's width and height, 0..1 from its upper left corner."""
WHOLE: Final[tuple[Corner, ...]] = ((0.0, 0.0), (1.0, 0.0), (1.0, 1.0), (0.0, 1.0))
PAGE_PX: Final = (1654, 2339)
"""A4 at 200 dpi, upright."""
_LOOKED_AT: Final = 700
_LEAST_SHARE: Final = 0.15
"""A smaller quadrilateral is no page that somebody wanted to show."""
_QUALITY: Final = 88


def find_page(jpeg: bytes) -> tuple[Corner, ...] | None:
    """Return the corners of the sheet (upper left, upper right, lower right, lower left), None if none is seen."""
    import cv2
    import numpy as np

    grey = _grey(jpeg)
    scale = _LOOKED_AT / max(grey.shape)
    small = cv2.GaussianBlur(cv2.resize(grey, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA), (5, 5), 0)
    best: tuple[float, MatLike] | None = None
    _, bright = cv2.threshold(small, 0, 255, cv2.THRESH_BINARY + cv2.THRESH_OTSU)
    edges = cv2.dilate(cv2.Canny(small, 40, 120), np.ones((5, 5), np.uint8))
    for mask in (cv2.morphologyEx(bright, cv2.MORPH_CLOSE, np.ones((15, 15), np.uint8)), edges):
        contours, _ = cv2.findContours(mask, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_SIMPLE)
        for contour in contours:
            hull = cv2.convexHull(contour)
            around = cv2.arcLength(hull, closed=True)
            shape = next(
                (
                    found
                    for part in (0.02, 0.04, 0.06)
                    if len(found := cv2.approxPolyDP(hull, part * around, True)) == 4
                ),
                None,
            )
            area = cv2.contourArea(hull)
            if shape is not None and area > _LEAST_SHARE * small.size and (best is None or area > best[0]):
                best = area, shape
    if best is None:
        return None
    height, width = small.shape
    return _in_order([(float(x) / width, float(y) / height) for x, y in best[1].reshape(4, 2)])


def straighten(jpeg: bytes, corners: Sequence[Corner]) -> bytes:
    """Return the sheet between `corners` as an upright A4 page, JPEG at 200 dpi. Raises EvidenceRefused(corners).

    The corners may be given in any order that goes round; the page keeps the way up that the photo has.
    """
    import cv2
    import numpy as np

    picture = cv2.imdecode(np.frombuffer(jpeg, np.uint8), cv2.IMREAD_COLOR)
    if picture is None:
        raise EvidenceRefused(reason="undecodable", name="")
    ordered = _in_order(list(corners))
    height, width = picture.shape[:2]
    source = np.array([(x * width, y * height) for x, y in ordered], np.float32)
    if cv2.contourArea(source) < 0.01 * width * height or not cv2.isContourConvex(source.reshape(-1, 1, 2)):
        raise EvidenceRefused(reason="corners", name="")
    across = np.linalg.norm(source[1] - source[0]) + np.linalg.norm(source[2] - source[3])
    down = np.linalg.norm(source[3] - source[0]) + np.linalg.norm(source[2] - source[1])
    wide, tall = PAGE_PX if down >= across else PAGE_PX[::-1]
    target = np.array([(0, 0), (wide, 0), (wide, tall), (0, tall)], np.float32)
    flat = cv2.warpPerspective(picture, cv2.getPerspectiveTransform(source, target), (wide, tall), flags=cv2.INTER_AREA)
    return cv2.imencode(".jpg", flat, [cv2.IMWRITE_JPEG_QUALITY, _QUALITY])[1].tobytes()


def stencil(picture: bytes, side: int = 992) -> tuple[int, int, bytes]:
    """Return a seal's picture as one ink: (width, height, packed bits with 1 = no ink), `side` pixels each way.

    Ink is what is neither transparent nor near white. Raises EvidenceRefused(undecodable | blank).
    """
    import cv2
    import numpy as np

    found = cv2.imdecode(np.frombuffer(picture, np.uint8), cv2.IMREAD_UNCHANGED)
    if found is None:
        raise EvidenceRefused(reason="undecodable", name="")
    if found.ndim == 2:
        found = cv2.cvtColor(found, cv2.COLOR_GRAY2BGR)
    colours = found[:, :, :3].min(axis=2).astype(np.float32)
    shown = found[:, :, 3].astype(np.float32) / 255 if found.shape[2] == 4 else np.ones(colours.shape, np.float32)
    light = 255 - (255 - colours) * shown
    edge = max(light.shape)
    square = np.full((edge, edge), 255, np.float32)
    top, left = (edge - light.shape[0]) // 2, (edge - light.shape[1]) // 2
    square[top : top + light.shape[0], left : left + light.shape[1]] = light
    ink = cv2.resize(square, (side, side), interpolation=cv2.INTER_AREA) < 160
    if not ink.any():
        raise EvidenceRefused(reason="blank", name="")
    return side, side, np.packbits(~ink, axis=1).tobytes()


def _grey(jpeg: bytes) -> MatLike:
    import cv2
    import numpy as np

    found = cv2.imdecode(np.frombuffer(jpeg, np.uint8), cv2.IMREAD_GRAYSCALE)
    if found is None:
        raise EvidenceRefused(reason="undecodable", name="")
    return found


def _in_order(corners: list[Corner]) -> tuple[Corner, ...]:
    """Order four points round their middle, from the upper left one. Raises EvidenceRefused(corners)."""
    import math

    if len(corners) != 4 or len(set(corners)) != 4 or any(not -0.5 <= part <= 1.5 for one in corners for part in one):
        raise EvidenceRefused(reason="corners", name="")
    x, y = sum(one[0] for one in corners) / 4, sum(one[1] for one in corners) / 4
    around = sorted(corners, key=lambda one: math.atan2(one[1] - y, one[0] - x))
    first = min(range(4), key=lambda n: around[n][0] + around[n][1])
    return (*around[first:], *around[:first])
