"""Draws marks onto an upright preview: the layer as paper and exports show it."""

from __future__ import annotations

import io
from collections.abc import Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from inspector import mainthread
from inspector.errors import EvidenceRefused, FontsMissing
from inspector.evidence.decode import guarded
from inspector.evidence.marks import (
    CASING,
    INK,
    LINE_PITCH,
    Arrow,
    Box,
    Circle,
    Mark,
    Text,
    arrow_shape,
    line_width,
    place_text,
)
from inspector.paths import RESOURCES

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from PIL.Image import Image
    from PIL.ImageFont import FreeTypeFont

FONT = RESOURCES / "fonts" / "NotoSansCJKsc-Bold.otf"
QUALITY = 90
"""Higher than that of previews: letters and thin lines on a photo show the blocks of JPEG first."""
_SHIFT = 4
"""OpenCV takes coordinates in sixteenths of a pixel."""
_ELLIPSE_POINTS = 180


def draw(jpeg: bytes, marks: Sequence[Mark]) -> bytes:
    """Return an upright preview with its marks on it, as JPEG of the same size; shapes in order, texts above them.

    Same input, same bytes. Raises EvidenceRefused(undecodable), FontsMissing.
    """
    mainthread.refuse("decode")
    if not marks:
        return jpeg
    import cv2
    import numpy as np

    pixels = cv2.imdecode(np.frombuffer(jpeg, np.uint8), cv2.IMREAD_COLOR) if jpeg else None
    if pixels is None:
        raise EvidenceRefused(name="", reason="undecodable")
    for mark in marks:
        if not isinstance(mark, Text):
            _draw_shape(pixels, mark)
    return _encoded(pixels, [mark for mark in marks if isinstance(mark, Text)])


def unknown_characters(text: str) -> str:
    """Return the characters of a text that the font of marks can't draw. Raises FontsMissing."""
    font = _font(32)
    missing = _mask(font, "\U0010ffff")
    return "".join(dict.fromkeys(char for char in text if not char.isspace() and _mask(font, char) == missing))


def _mask(font: FreeTypeFont, char: str) -> bytes:
    from PIL.Image import new
    from PIL.ImageDraw import Draw

    drawn = new("L", (64, 64))
    Draw(drawn).text((8, 8), char, font=font, fill=255)
    return drawn.tobytes()


def _draw_shape(pixels: NDArray[Any], mark: Box | Circle | Arrow) -> None:
    high, wide = pixels.shape[:2]
    line = line_width(mark, wide, high)
    ink, casing = (_bgr(color) for color in INK[mark.color])
    corners = ((mark.x0 * wide, mark.y0 * high), (mark.x1 * wide, mark.y1 * high))
    stroke = _stroke_arrow if isinstance(mark, Arrow) else _stroke_box if isinstance(mark, Box) else _stroke_ellipse
    stroke(pixels, corners, line, casing, line * CASING)
    stroke(pixels, corners, line, ink, 0.0)


def _stroke_box(pixels: NDArray[Any], corners: Any, line: float, color: Any, more: float) -> None:
    import cv2

    (x0, y0), (x1, y1) = corners
    outline = _fixed([(x0, y0), (x1, y0), (x1, y1), (x0, y1)])
    cv2.polylines(pixels, [outline], True, color, _thick(line + 2 * more), cv2.LINE_AA, _SHIFT)


def _stroke_ellipse(pixels: NDArray[Any], corners: Any, line: float, color: Any, more: float) -> None:
    import cv2
    import numpy as np

    (x0, y0), (x1, y1) = corners
    turn = np.linspace(0, 2 * np.pi, _ELLIPSE_POINTS, endpoint=False)
    across, down = (x0 + x1) / 2 + (x1 - x0) / 2 * np.cos(turn), (y0 + y1) / 2 + (y1 - y0) / 2 * np.sin(turn)
    outline = _fixed(np.stack((across, down), axis=1))
    cv2.polylines(pixels, [outline], True, color, _thick(line + 2 * more), cv2.LINE_AA, _SHIFT)


def _stroke_arrow(pixels: NDArray[Any], corners: Any, line: float, color: Any, more: float) -> None:
    import cv2

    shape = arrow_shape(corners[0], corners[1], line)
    shaft, head = _fixed([shape.start, shape.neck]), _fixed(shape.head)
    cv2.polylines(pixels, [shaft], False, color, _thick(line + 2 * more), cv2.LINE_AA, _SHIFT)
    cv2.fillPoly(pixels, [head], color, lineType=cv2.LINE_AA, shift=_SHIFT)
    if more:
        cv2.polylines(pixels, [head], True, color, _thick(2 * more), cv2.LINE_AA, _SHIFT)


def _thick(width: float) -> int:
    return max(1, round(width))


def _fixed(points: Any) -> NDArray[Any]:
    """Pixels in OpenCV's fixed point; its pixel centres lie on whole numbers."""
    import numpy as np

    return np.round((np.asarray(points, np.float64) - 0.5) * (1 << _SHIFT)).astype(np.int32)


def _encoded(pixels: NDArray[Any], texts: Sequence[Text]) -> bytes:
    import cv2
    from PIL.Image import fromarray

    image: Image = fromarray(cv2.cvtColor(pixels, cv2.COLOR_BGR2RGB))
    with guarded():
        for text in texts:
            _draw_text(image, text)
        out = io.BytesIO()
        image.save(out, "JPEG", quality=QUALITY, subsampling="4:4:4")
    return out.getvalue()


def _draw_text(image: Image, mark: Text) -> None:
    from PIL.ImageDraw import Draw

    place = place_text(mark, image.width, image.height)
    font = _font(round(place.em))
    ink, casing = INK[mark.color]
    brush = Draw(image)
    for n, line in enumerate(place.lines):
        middle = place.y + place.em * LINE_PITCH * (n + 0.5)
        brush.text(
            (place.x, middle), line, font=font, fill=ink, anchor="lm", stroke_width=text_casing(place.em),
            stroke_fill=casing,
        )  # fmt: skip


def text_casing(em: float) -> int:
    """Return how many pixels of casing stand round the letters."""
    return max(1, round(em * 0.07))


def _bgr(color: str) -> tuple[int, int, int]:
    red, green, blue = (int(color[n : n + 2], 16) for n in (1, 3, 5))
    return blue, green, red


@lru_cache(maxsize=32)
def _font(px: int) -> FreeTypeFont:
    from PIL.ImageFont import truetype

    try:
        return truetype(str(FONT), px)
    except OSError as error:
        raise FontsMissing(folder=str(FONT.parent)) from error
