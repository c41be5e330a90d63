"""Finds what may not be published in the text of a PDF: identity numbers, telephones, number plates.

What is found is a suggestion: an officer looks at every page. The copy is made of pictures, so that no text is left.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Final

from inspector import mainthread
from inspector.domain.redaction import Private, RedactBox
from inspector.notices import archive, pages
from inspector.notices.pages import PageImage

if TYPE_CHECKING:
    from pypdfium2 import PdfPage, PdfTextPage

DPI: Final = 200
WIDTH_PX: Final = round(210 / 25.4 * DPI)
_PAGE_POINTS: Final = (595.276, 841.89)
_GROWN: Final = 0.002
"""A box is that much larger than its characters, in shares of the page."""

_PATTERNS: Final = (
    (Private.ID_NUMBER, re.compile(r"(?<!\d)\d{17}[\dXx](?![\dXx])|(?<!\d)\d{15}(?!\d)", re.ASCII)),
    (Private.PHONE, re.compile(r"(?<!\d)(?:1[3-9]\d{9}|0\d{2,3}-\d{7,8})(?!\d)", re.ASCII)),
    (
        Private.PLATE,
        re.compile(
            "[京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼使领]"
            "[A-HJ-NP-Z][·・]?[A-HJ-NP-Z0-9]{4,5}[A-HJ-NP-Z0-9挂学警港澳]"
        ),
    ),
)
"""Identity numbers: GB 11643-1999 and its forerunner of 15 digits; mobile and fixed telephones as YD/T 1165 numbers
them; plates as GA 36-2018 forms them."""


def private_places(pdf: bytes) -> tuple[RedactBox, ...]:
    """Return the places of a PDF's text that look private, page by page. Blanks and line ends don't part a number."""
    mainthread.refuse("pdf")
    import pypdfium2

    with pages.drawing():
        document = pypdfium2.PdfDocument(pdf)
        try:
            return tuple(box for number, page in enumerate(document) for box in _of_page(page, number))
        finally:
            document.close()


def page_pixels(pdf: bytes) -> Iterator[PageImage]:
    """Yield each page drawn at 200 dpi, to be painted over."""
    for number in range(pages.count(pdf)):
        yield pages.page_image(pdf, number, WIDTH_PX)


def of_pictures(title: str, jpegs: Iterable[bytes]) -> bytes:
    """Return a PDF/A-1b whose A4 pages are these pictures and nothing else: no text, no metadata of their source."""
    from reportlab import rl_config
    from reportlab.lib.utils import ImageReader
    from reportlab.pdfgen.canvas import Canvas

    rl_config.useA85 = 0
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=_PAGE_POINTS, invariant=1, pageCompression=1, pdfVersion=(1, 4), lang="zh-CN")
    canvas.setTitle(title)
    canvas.setCreator("field-inspector")
    canvas.setProducer("field-inspector")
    for jpeg in jpegs:
        canvas.drawImage(ImageReader(io.BytesIO(jpeg)), 0, 0, *_PAGE_POINTS)
        canvas.showPage()
    canvas.save()
    return archive.archived(out.getvalue())


def _of_page(page: PdfPage, number: int) -> Iterator[RedactBox]:
    text = page.get_textpage()
    places, words = _squeezed(text)
    for why, pattern in _PATTERNS:
        for found in pattern.finditer(words):
            yield from _boxes(page, text, places[found.start() : found.end()], number, why, found[0])


def _squeezed(text: PdfTextPage) -> tuple[list[int], str]:
    """Return the characters without blanks, and where each of them stands in the page's text."""
    count = text.count_chars()
    kept = [(at, text.get_text_range(at, 1)) for at in range(count)]
    kept = [(at, char) for at, char in kept if len(char) == 1 and not char.isspace()]
    return [at for at, _ in kept], "".join(char for _, char in kept)


def _boxes(
    page: PdfPage, text: PdfTextPage, places: Sequence[int], number: int, why: Private, words: str
) -> Iterator[RedactBox]:
    """One box a line: a number that is broken takes two."""
    width, height = page.get_size()
    lines: list[list[tuple[float, float, float, float]]] = []
    for place in places:
        box = text.get_charbox(place, loose=True)
        if lines and abs(lines[-1][-1][1] - box[1]) < (box[3] - box[1]) / 2:
            lines[-1].append(box)
        else:
            lines.append([box])
    for line in lines:
        yield RedactBox(
            x0=max(0.0, min(box[0] for box in line) / width - _GROWN),
            y0=max(0.0, 1 - max(box[3] for box in line) / height - _GROWN),
            x1=min(1.0, max(box[2] for box in line) / width + _GROWN),
            y1=min(1.0, 1 - min(box[1] for box in line) / height + _GROWN),
            page=number,
            why=why,
            text=words,
        )
