"""The print-position test page 打印对位页: crosses 10 mm from the edges, rulers of half millimetres, lines and type."""

from __future__ import annotations

from typing import Final

from inspector import mainthread
from inspector.notices import fonts, layout
from inspector.notices.fonts import Fonts
from inspector.notices.pen import ONE_AT_A_TIME, PAGE_HEIGHT, PAGE_WIDTH, Pen
from inspector.notices.text import Align, Run, Style, Text

MM: Final = 72 / 25.4
"""Points in a millimetre."""
INSET_MM: Final = 10.0
"""Distance of the crosses from the edges of the paper."""
_WIDTH_MM, _HEIGHT_MM = 210.0, 297.0
_ARM_MM: Final = 5.0
_HAIR: Final = 0.25
"""Points: a line of 0.09 mm, as thin as 300 dpi can draw evenly."""
_EDGE_SCALE_MM: Final = 20
_STEPS: Final = (
    "一、打印时选“A4”“实际大小（100%）”，不要选“适应纸张”。",
    "二、量十字：八个十字的中心距最近的纸边各 10 毫米。偏差超过 1 毫米，请检查进纸导板。",
    "三、量标尺：横尺、竖尺应各长 150 毫米，每小格 0.5 毫米。长度不符，说明打印时被缩放。",
    "四、看边距：四边短尺从纸边量起，印出的第一条刻度，就是打印机印不到的宽度。",
)
_BLANKS: Final = (("上", 0), ("下", 20), ("左", 40), ("右", 60), ("横尺", 80), ("竖尺", 103))
"""What is measured, and where it is written: millimetres from the first."""
_SPECIMEN: Final = "责令限期整改指令书 0123456789"
_SPECIMEN_SIZES: Final = (16.0, 12.0, 10.5, 9.0, 7.5, 6.0)
"""三号, 小四, 五号, 小五, 六号, and smaller than any notice uses."""
_LINES_MM: Final = (0.1, 0.2, 0.3, 0.5, 1.0)


def draw(faces: Fonts | None = None) -> bytes:
    """Return the page as PDF: A4, vector, always the same bytes. Raises FontsMissing."""
    mainthread.refuse("pdf")
    with ONE_AT_A_TIME:
        return _Sheet(faces or fonts.load()).drawn()


class _Sheet:
    """Draws in millimetres from the top left corner of the paper."""

    def __init__(self, faces: Fonts) -> None:
        self._faces = faces
        self._pen = Pen(
            faces.chain("body")[0], title="打印对位页", author="field-inspector", subject="A4 210 × 297 mm", keywords=""
        )

    def drawn(self) -> bytes:
        for x in (INSET_MM, _WIDTH_MM / 2, _WIDTH_MM - INSET_MM):
            for y in (INSET_MM, _HEIGHT_MM / 2, _HEIGHT_MM - INSET_MM):
                if (x, y) != (_WIDTH_MM / 2, _HEIGHT_MM / 2):
                    self._cross(x, y)
        self._edge_scales()
        self._say("打印对位页", 30, 32, size=22, role="title", align=Align.CENTER)
        self._say("A4（210 × 297 毫米）　实际大小 100%", 30, 43, align=Align.CENTER)
        y = 54.0
        for step in _STEPS:
            y += self._say(step, 30, y, size=9.5) + 0.8
        self._ruler(30, 91, is_across=True)
        self._ruler(30, 107, is_across=False)
        self._samples(62)
        self._blanks(57, 265)
        self._pen.end_page()
        return self._pen.finish()

    def _cross(self, x: float, y: float) -> None:
        self._stroke(x - _ARM_MM, y, x + _ARM_MM, y)
        self._stroke(x, y - _ARM_MM, x, y + _ARM_MM)
        for half in (-1.5, 1.5):  # a square of 3 mm tells a shift better than the arms alone
            self._stroke(x - 1.5, y + half, x + 1.5, y + half)
            self._stroke(x + half, y - 1.5, x + half, y + 1.5)

    def _edge_scales(self) -> None:
        """Scales that begin at the edge of the paper, beside the crosses of the edges' middles."""
        across, down = _WIDTH_MM / 2 + 15, _HEIGHT_MM / 2 + 15
        for half in range(_EDGE_SCALE_MM * 2 + 1):
            at, long = half / 2, _tick(half)
            for y in (at, _HEIGHT_MM - at):
                self._stroke(across, y, across + long, y)
            for x in (at, _WIDTH_MM - at):
                self._stroke(x, down, x, down + long)
        for figure in (5, 10, 15, 20):
            for y in (figure, _HEIGHT_MM - figure):
                self._figure(figure, across + 7, y)
            for x in (figure, _WIDTH_MM - figure):
                self._figure(figure, x, down + 6.5)

    def _ruler(self, x: float, y: float, *, is_across: bool) -> None:
        """A ruler of 150 mm: longer strokes at each 1, 5 and 10 mm, a figure at each 10 mm."""
        for half in range(301):
            at, long = half / 2, _tick(half)
            if is_across:
                self._stroke(x + at, y, x + at, y + long)
            else:
                self._stroke(x, y + at, x + long, y + at)
            if half % 20 == 0:
                self._figure(half // 2, *((x + at, y + 6.5) if is_across else (x + 8, y + at)))
        self._stroke(x, y, *((x + 150, y) if is_across else (x, y + 150)))

    def _samples(self, x: float) -> None:
        self._say("线宽（毫米）", x, 118, size=9)
        for n, thick in enumerate(_LINES_MM):
            y = 127 + n * 6
            self._stroke(x + 12, y, x + 118, y, thick * MM)
            self._say(f"{thick}", x, y - 1.9, size=9)
        self._say("字号（磅）", x, 168, size=9)
        y = 176.0
        for size in _SPECIMEN_SIZES:
            drop = (layout.baseline(size * 1.3, size) - layout.baseline(9 * 1.3, 9)) / MM
            self._say(f"{size:g}", x, y + drop, size=9)  # on the same baseline
            self._say(_SPECIMEN, x + 12, y, size=size)
            y += size / MM + 4
        self._say("方框应为 100 × 20 毫米", x + 12, 229, size=9)
        for y in (236.0, 256.0):
            self._stroke(x + 12, y, x + 112, y)
        for across in (x + 12, x + 112):
            self._stroke(across, 236, across, 256)

    def _blanks(self, x: float, y: float) -> None:
        self._say("实测（毫米）", 30, y)
        for word, across in _BLANKS:
            start = x + across + 4.5 * len(word)
            self._say(word, x + across, y)
            self._stroke(start, y + 4.6, start + 11, y + 4.6)

    def _figure(self, value: int, x: float, y: float) -> None:
        """A small figure whose middle is at (x, y)."""
        self._say(str(value), x - 5, y - 1.6, size=7, align=Align.CENTER, width=10)

    def _say(
        self,
        words: str,
        x: float,
        y: float,
        *,
        size: float = 10.5,
        role: str = "body",
        align: Align = Align.LEFT,
        width: float = 150,
    ) -> float:
        """Set a paragraph whose box begins at (x, y) and return its height."""
        runs = [Run(piece.text, piece.face) for piece in self._faces.dress(words, role)]
        style = Style(size=size, pitch=size * 1.3, align=align)
        lines = Text(runs, style).lines(width * MM)
        for n, line in enumerate(lines):
            self._pen.line(line, x * MM, y * MM + n * style.pitch + layout.baseline(style.pitch, size), size)
        return len(lines) * style.pitch / MM

    def _stroke(self, x0: float, y0: float, x1: float, y1: float, thickness: float = _HAIR) -> None:
        scale_x, scale_y = PAGE_WIDTH / _WIDTH_MM, PAGE_HEIGHT / _HEIGHT_MM
        self._pen.stroke((x0 * scale_x, y0 * scale_y), (x1 * scale_x, y1 * scale_y), thickness)


def _tick(half: int) -> float:
    """Return the length in mm of the stroke at `half` half-millimetres."""
    if half % 20 == 0:
        return 4.0
    if half % 10 == 0:
        return 3.0
    return 2.0 if half % 2 == 0 else 1.2
