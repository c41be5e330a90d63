"""Draws on one PDF page after another; lengths in points, y from the top of the page down."""

from __future__ import annotations

import io
import threading
from collections.abc import Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from inspector.notices import outlines
from inspector.notices.text import Line, Metrics

if TYPE_CHECKING:
    from reportlab.lib.utils import ImageReader
    from reportlab.pdfgen.pathobject import PDFPathObject

    from inspector.notices.fonts import Face

PAGE_WIDTH, PAGE_HEIGHT = 595.276, 841.89
"""A4, 210 × 297 mm (GB/T 148)."""

ONE_AT_A_TIME = threading.Lock()
"""Whoever draws holds it: reportlab's fonts keep a read position."""


class Pen:
    """A PDF in the making. The same calls give the same bytes: no clock, no random number, no path goes in."""

    def __init__(self, face: Metrics, *, title: str, author: str, subject: str, keywords: str) -> None:
        from reportlab import rl_config
        from reportlab.pdfgen.canvas import Canvas

        from inspector.notices import unicode_map

        unicode_map.install()
        rl_config.useA85 = 0  # JPEG bytes go in as they are, not as text
        rl_config.pdfComments = 0
        self._file = io.BytesIO()
        opening: dict[str, Any] = {"initialFontName": face.name}  # else Helvetica is referenced and not embedded
        self._canvas = Canvas(
            self._file,
            pagesize=(PAGE_WIDTH, PAGE_HEIGHT),
            invariant=1,
            pageCompression=1,
            pdfVersion=(1, 4),
            lang="zh-CN",
            **opening,
        )
        self._canvas.setTitle(title)
        self._canvas.setAuthor(author)
        self._canvas.setSubject(subject)
        self._canvas.setKeywords(keywords)
        self._canvas.setCreator("field-inspector")
        self._canvas.setProducer("field-inspector")

    def line(self, line: Line, x: float, baseline: float, size: float) -> None:
        """Draw the characters of a set line whose left margin is at `x`."""
        text = self._canvas.beginText()
        for stretch in line.stretches:
            text.setFont(stretch.face.narrow if stretch.is_narrow else stretch.face.name, size)
            text.setCharSpace(stretch.gap)
            text.setTextOrigin(x + stretch.x, PAGE_HEIGHT - baseline)
            text.textOut(stretch.text)
        self._canvas.drawText(text)

    def rule(self, x0: float, x1: float, y: float, thickness: float) -> None:
        """Draw a horizontal line whose middle is at `y`."""
        self._canvas.setLineWidth(thickness)
        self._canvas.line(x0, PAGE_HEIGHT - y, x1, PAGE_HEIGHT - y)

    def stroke(self, start: tuple[float, float], end: tuple[float, float], thickness: float) -> None:
        """Draw a straight line between two points (x, y), its ends cut off square."""
        self._canvas.setLineWidth(thickness)
        self._canvas.line(start[0], PAGE_HEIGHT - start[1], end[0], PAGE_HEIGHT - end[1])

    def photo(self, jpeg: bytes, x: float, y: float, *, width: float, height: float) -> None:
        """Place a JPEG into a box, its bytes unchanged, proportions kept, centred, with a hairline around it."""
        picture = _picture(jpeg)
        across, down = picture.getSize()
        scale = min(width / across, height / down)
        left, top = x + (width - across * scale) / 2, y + (height - down * scale) / 2
        bottom = PAGE_HEIGHT - top - down * scale
        self._canvas.drawImage(picture, left, bottom, width=across * scale, height=down * scale)
        self._canvas.setLineWidth(0.4)
        self._canvas.rect(left, bottom, across * scale, down * scale)

    def squares(self, rows: Sequence[Sequence[bool]], x: float, y: float, size: float) -> None:
        """Draw dark modules as vector rectangles into a square of `size`, on white that covers what lies below."""
        module = size / len(rows)
        quiet = 4 * module  # ISO/IEC 18004 §6.3.8: four modules of white around
        self._canvas.setFillGray(1)
        side = size + 2 * quiet
        self._canvas.rect(x - quiet, PAGE_HEIGHT - y - size - quiet, side, side, stroke=0, fill=1)
        self._canvas.setFillGray(0)
        path = self._canvas.beginPath()
        for down, row in enumerate(rows):
            for first, length in _dark_spans(row):
                path.rect(x + first * module, PAGE_HEIGHT - y - (down + 1) * module, length * module, module)
        self._canvas.drawPath(path, stroke=0, fill=1)

    def watermark(self, words: str, face: Face, size: float) -> None:
        """Paint `words` across the page in light grey, as outlines: no transparency, and nothing between the text.

        Called first on a page, so that all text lies over it.
        """
        canvas = self._canvas
        canvas.saveState()
        canvas.setFillGray(0.92)
        canvas.translate(PAGE_WIDTH / 2, PAGE_HEIGHT / 2)
        canvas.rotate(52)
        canvas.drawPath(_outlined(words, face, size), stroke=0, fill=1)
        canvas.restoreState()

    def end_page(self) -> None:
        """Begin the next page."""
        self._canvas.showPage()

    def finish(self) -> bytes:
        """Return the whole file; the pen can't be used after it."""
        self._canvas.save()
        return self._file.getvalue()


@lru_cache(maxsize=4)
def _outlined(words: str, face: Face, size: float) -> PDFPathObject:
    """Return the outlines of `words`, centred: the same on every page of every notice, and slow to write as numbers."""
    from reportlab.pdfgen.pathobject import PDFPathObject

    path = PDFPathObject()
    x, scale = -size * sum(map(face.advance, words)) / 2, size / face.units
    for character in words:
        for contour in outlines.contours(face.glyph(character)):
            _trace(path, contour, scale, (x, -size * 0.36))
        x += size * face.advance(character)
    return path


def _trace(path: PDFPathObject, contour: Sequence[outlines.Point], scale: float, shift: tuple[float, float]) -> None:
    def moved(point: tuple[float, float]) -> tuple[float, float]:
        return point[0] * scale + shift[0], point[1] * scale + shift[1]

    path.moveTo(*moved(outlines.start_of(contour)))
    for curve in outlines.curves(contour):
        path.curveTo(*moved(curve.first), *moved(curve.second), *moved(curve.end))
    path.close()


def _dark_spans(row: Sequence[bool]) -> list[tuple[int, int]]:
    spans: list[tuple[int, int]] = []
    for index, is_dark in enumerate(row):
        if is_dark and spans and sum(spans[-1]) == index:
            spans[-1] = (spans[-1][0], spans[-1][1] + 1)
        elif is_dark:
            spans.append((index, 1))
    return spans


def _picture(jpeg: bytes) -> ImageReader:
    from reportlab.lib.utils import ImageReader

    class Preview(ImageReader):
        """Named by its JPEG bytes, so that reportlab need not decode it to know whether it is new."""

        _dataA = None  # noqa: N815 - reportlab's name; no transparency

        def getRGBData(self) -> bytes:  # noqa: N802 - reportlab's name
            return jpeg

    return Preview(io.BytesIO(jpeg))
