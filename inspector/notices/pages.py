"""Pages of a finished PDF as pixels: the window shows exactly the bytes that are stored."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from inspector import mainthread

if TYPE_CHECKING:
    from pypdfium2 import PdfDocument

WIDEST_PX = 6_000

_drawing = threading.Lock()  # PDFium is not made for several threads at once


@dataclass(frozen=True, slots=True, kw_only=True)
class PageImage:
    """RGB pixels, 3 bytes each, rows from the top without padding."""

    width: int
    height: int
    rgb: bytes


@contextmanager
def drawing() -> Iterator[None]:
    """Hold PDFium alone."""
    with _drawing:
        yield


def count(pdf: bytes) -> int:
    """Return how many pages a PDF has."""
    mainthread.refuse("pdf")
    import pypdfium2

    with _drawing:
        document = pypdfium2.PdfDocument(pdf)
        try:
            return len(document)
        finally:
            document.close()


def page_image(pdf: bytes, page: int, width_px: int) -> PageImage:
    """Draw page `page` (from 0) `width_px` wide (1..6000). IndexError if there is no such page."""
    mainthread.refuse("pdf")
    import pypdfium2

    if not 1 <= width_px <= WIDEST_PX:
        raise ValueError(f"a page is 1 to {WIDEST_PX} pixels wide")
    with _drawing:
        return _drawn(pypdfium2.PdfDocument(pdf), page, width_px)


def _drawn(document: PdfDocument, page: int, width_px: int) -> PageImage:
    try:
        if not 0 <= page < len(document):
            raise IndexError(page)
        document.init_forms()  # before the page is opened: PDFium draws a seal only as part of a form
        opened = document[page]
        bitmap = opened.render(scale=width_px / opened.get_width(), rev_byteorder=True)
        row = bitmap.width * bitmap.n_channels
        raw = bytes(bitmap.buffer)
        rows = b"".join(raw[at : at + row] for at in range(0, bitmap.stride * bitmap.height, bitmap.stride))
        rgb = rows if bitmap.n_channels == 3 else b"".join(rows[at : at + 3] for at in range(0, len(rows), 4))
        return PageImage(width=bitmap.width, height=bitmap.height, rgb=rgb)
    finally:
        document.close()
