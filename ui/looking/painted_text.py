"""What text a widget really paints, where and in which ink: the widget draws itself into an SVG, and we read it.

Not what its `text()` says: elided, translated and delegate-painted words come out as they stand on the screen.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from html import unescape

from PySide6.QtCore import QBuffer, QIODevice, QPoint, QRectF
from PySide6.QtGui import QFont, QFontMetricsF, QPainter, QRegion
from PySide6.QtSvg import QSvgGenerator
from PySide6.QtWidgets import QWidget

from ui.theme import fonts

_GROUP = re.compile(r'<g [^>]*?transform="matrix\(([^)]*)\)"[^>]*>(.*?)</g>', re.DOTALL)
_TEXT = re.compile(r"<text ([^>]*)>(.*?)</text>", re.DOTALL)
_ATTRIBUTE = re.compile(r'([\w-]+)="([^"]*)"')
_JOIN_PX = 1.5
"""Qt draws Han and Latin of one line as two items; they meet within rounding."""


@dataclass(frozen=True, slots=True)
class PaintedText:
    """One run of text: `rect` in px of its widget (pen start to advance; top to bottom of the ink), ink as #RRGGBB."""

    text: str
    rect: QRectF
    ink: str
    opacity: float
    family: str
    px: int
    baseline: float


def painted_texts(widget: QWidget) -> list[PaintedText]:
    """Return the texts that `widget` itself paints, without its children, in the order it paints them."""
    return list(_joined(_items(_drawn(widget))))


def _drawn(widget: QWidget) -> str:
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    paper = QSvgGenerator()
    paper.setOutputDevice(buffer)
    paper.setResolution(96)
    paper.setSize(widget.size())
    with QPainter(paper) as painter:
        widget.render(painter, QPoint(), QRegion(), QWidget.RenderFlag(0))
    return buffer.data().toStdString()


def _items(svg: str) -> Iterator[PaintedText]:
    for matrix, body in _GROUP.findall(svg):
        across, _, _, down, dx, dy = (float(part) for part in matrix.split(","))
        for told, text in _TEXT.findall(body):
            said = dict(_ATTRIBUTE.findall(told))
            shown = unescape(text)
            x, y = float(said["x"]) * across + dx, float(said["y"]) * down + dy
            px = round(float(said["font-size"]) * down)
            yield PaintedText(
                shown,
                _box(shown, _font(said, px), x, y),
                said["fill"],
                float(said.get("fill-opacity", "1")),
                said["font-family"],
                px,
                y,
            )


def _font(said: dict[str, str], px: int) -> QFont:
    """The font of the interface as the theme makes it, at the size and weight that were painted."""
    font = QFont(fonts.font("body", 1.0))
    font.setFamily(said["font-family"])
    font.setPixelSize(max(1, px))
    font.setBold(int(said.get("font-weight", "400")) >= QFont.Weight.DemiBold)
    return font


def _box(text: str, font: QFont, x: float, baseline: float) -> QRectF:
    metrics = QFontMetricsF(font)
    ink = metrics.tightBoundingRect(text)
    return QRectF(x, baseline + ink.top(), metrics.horizontalAdvance(text), ink.height())


def _joined(items: Iterator[PaintedText]) -> Iterator[PaintedText]:
    """Put runs of one line together that touch and share ink and size."""
    held: PaintedText | None = None
    for item in items:
        if held is not None and _touches(held, item):
            held = replace(held, text=held.text + item.text, rect=held.rect.united(item.rect))
            continue
        if held is not None and held.text.strip():
            yield held
        held = item
    if held is not None and held.text.strip():
        yield held


def _touches(first: PaintedText, then: PaintedText) -> bool:
    same = (first.ink, first.px, first.baseline) == (then.ink, then.px, then.baseline)
    return same and abs(first.rect.right() - then.rect.left()) <= _JOIN_PX
