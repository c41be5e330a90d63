"""Reports for reading, such as the custody of a piece of evidence: headings, paragraphs, tables, pictures; PDF/A.

sheet = ReportSheet(title="证据流转记录", note="…")
sheet.heading("照片 3"); sheet.facts([("文件", "a.jpg")]); sheet.table((80, 120, 239), rows, head=…); sheet.finish()
A report is no notice: it bears no number and no room for signatures.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Final

from inspector import mainthread
from inspector.notices import archive, fonts, layout
from inspector.notices.fonts import Fonts
from inspector.notices.pen import ONE_AT_A_TIME, PAGE_HEIGHT, Pen
from inspector.notices.text import Align, Run, Style, Text

LEFT: Final = 78.0
WIDTH: Final = 439.276
"""Points between the margins: the same as a notice's, so that both lie in one file alike."""
_TOP, _BOTTOM = 74.0, PAGE_HEIGHT - 82.0
_SIZE, _PITCH = 9.5, 14.0
_LABEL = 84.0
_CELL_GAP = 8.0
_UNSEEN: Final = "□"
"""Stands for a character that no font has: a report must come out, and the manifest has the true text."""


class ReportSheet:
    """A report in the making; each call adds below what is there, and begins another page where none is left."""

    def __init__(self, *, title: str, note: str = "", faces: Fonts | None = None, watermark: str = "") -> None:
        mainthread.refuse("pdf")
        self._faces = faces or fonts.load()
        self._title, self._note, self._watermark = title, note, watermark
        self._pages: list[list[tuple[str, object]]] = [[]]
        self._y = _TOP
        self._put(title, 18.0, 30.0, role="title", align=Align.CENTER)
        if note:
            self._put(note, _SIZE, _PITCH, align=Align.CENTER)
        self._y += 10

    def heading(self, words: str) -> None:
        """Begin a part; it never stands alone at the foot of a page."""
        self._need(160)
        self._y += 8
        self._put(words, 12.0, 20.0, role="title")
        self._rule(self._y + 1, 0.7)
        self._y += 6

    def paragraph(self, words: str) -> None:
        """Add running text."""
        self._put(words, _SIZE, _PITCH, align=Align.JUSTIFY)

    def facts(self, pairs: Sequence[tuple[str, str]]) -> None:
        """Add label and value, a line each; an empty value is left out."""
        for label, value in pairs:
            if value:
                self._row((_LABEL, WIDTH - _LABEL), (label, value))

    def table(self, widths: Sequence[float], rows: Sequence[Sequence[str]], *, head: Sequence[str]) -> None:
        """Add a table with hairlines; its head is said again on every page. Widths in points, WIDTH in all."""
        self._y += 6
        self._row(widths, head, is_head=True)
        for row in rows:
            if self._height(widths, row) > _BOTTOM - self._y:
                self._new_page()
                self._row(widths, head, is_head=True)
            self._row(widths, row)
            self._rule(self._y, 0.25)
            self._y += 2

    def pictures(self, jpegs: Sequence[tuple[bytes, str]], *, columns: int = 2, height: float = 170) -> None:
        """Add pictures with a line below each, side by side."""
        across = (WIDTH - (columns - 1) * 12) / columns
        for first in range(0, len(jpegs), columns):
            row = jpegs[first : first + columns]
            texts = [self._text(words, 8.5) for _, words in row]
            below = max(text.height(across) for text in texts)
            self._need(height + below + 10)
            for n, (jpeg, _) in enumerate(row):
                x = LEFT + n * (across + 12)
                self._pages[-1].append(("photo", (jpeg, x, self._y, across, height)))
                self._pages[-1].append(("text", (texts[n], x, self._y + height + 4, across)))
            self._y += height + below + 10

    def finish(self, created_at: datetime | None = None) -> bytes:
        """Return the report as PDF/A-1b; the same calls and moment give the same bytes."""
        with ONE_AT_A_TIME:
            pen = Pen(
                self._faces.chain("body")[0],
                title=self._title,
                author="field-inspector",
                subject=self._note,
                keywords="",
            )
            for number, page in enumerate(self._pages, start=1):
                if self._watermark:
                    pen.watermark(self._watermark, self._faces.bundled_title(), 96)
                for kind, drawn in page:
                    self._draw(pen, kind, drawn)
                foot = self._text(f"{self._title}　共 {len(self._pages)} 页　第 {number} 页", 8.5, align=Align.CENTER)
                self._lay(pen, foot, LEFT, PAGE_HEIGHT - 60, WIDTH)
                pen.end_page()
            pdf = pen.finish()
        return archive.archived(pdf, created_at)

    # --- setting ------------------------------------------------------------------------------------------------

    def _text(
        self,
        words: str,
        size: float,
        pitch: float | None = None,
        *,
        role: str = "body",
        align: Align = Align.LEFT,
    ) -> Text:
        unseen = set(self._faces.missing(words, role))
        seen = "".join(_UNSEEN if char in unseen else char for char in words)
        runs = [Run(piece.text, piece.face) for piece in self._faces.dress(seen, role)]
        return Text(runs, Style(size=size, pitch=pitch or size * 1.45, align=align))

    def _put(self, words: str, size: float, pitch: float, *, role: str = "body", align: Align = Align.LEFT) -> None:
        rest: Text | None = self._text(words, size, pitch, role=role, align=align)
        while rest is not None:
            fitting, rest = rest.split(WIDTH, _BOTTOM - self._y)
            if fitting is None:
                self._new_page()
                continue
            self._pages[-1].append(("text", (fitting, LEFT, self._y, WIDTH)))
            self._y += fitting.height(WIDTH)

    def _cells(self, widths: Sequence[float], row: Sequence[str], *, is_head: bool) -> list[Text]:
        role = "title" if is_head else "body"
        return [self._text(words, _SIZE, _PITCH, role=role) for _, words in zip(widths, row, strict=True)]

    def _height(self, widths: Sequence[float], row: Sequence[str]) -> float:
        cells = self._cells(widths, row, is_head=False)
        return max(cell.height(width - _CELL_GAP) for cell, width in zip(cells, widths, strict=True)) + 4

    def _row(self, widths: Sequence[float], row: Sequence[str], *, is_head: bool = False) -> None:
        self._need(min(self._height(widths, row), 200))
        cells: list[Text | None] = [*self._cells(widths, row, is_head=is_head)]
        while any(cell is not None for cell in cells):
            deepest, x = 0.0, LEFT
            for n, width in enumerate(widths):
                cell = cells[n]
                if cell is not None:
                    fitting, cells[n] = cell.split(width - _CELL_GAP, _BOTTOM - self._y)
                    if fitting is not None:
                        self._pages[-1].append(("text", (fitting, x, self._y, width - _CELL_GAP)))
                        deepest = max(deepest, fitting.height(width - _CELL_GAP))
                x += width
            self._y += deepest + 1
            if any(cell is not None for cell in cells):
                self._new_page()
        if is_head:
            self._rule(self._y + 1, 0.7)
            self._y += 3

    def _rule(self, y: float, thickness: float) -> None:
        self._pages[-1].append(("rule", (y, thickness)))

    def _need(self, height: float) -> None:
        if self._y + height > _BOTTOM:
            self._new_page()

    def _new_page(self) -> None:
        self._pages.append([])
        self._y = _TOP

    # --- drawing ------------------------------------------------------------------------------------------------

    def _draw(self, pen: Pen, kind: str, drawn: object) -> None:
        match kind, drawn:
            case "text", (Text() as text, float() | int() as x, float() | int() as y, float() | int() as width):
                self._lay(pen, text, x, y, width)
            case "rule", (float() | int() as y, float() as thickness):
                pen.rule(LEFT, LEFT + WIDTH, y, thickness)
            case "photo", (bytes() as jpeg, x, y, across, height):
                pen.photo(jpeg, float(x), float(y), width=float(across), height=float(height))
            case _:
                raise AssertionError(kind)

    @staticmethod
    def _lay(pen: Pen, text: Text, x: float, y: float, width: float) -> None:
        style = text.style
        for n, line in enumerate(text.lines(width)):
            pen.line(line, x, y + n * style.pitch + layout.baseline(style.pitch, style.size), style.size)
