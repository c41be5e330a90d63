"""Paints marks over a picture on the screen as mark_drawing draws them for paper, and finds the one under a finger."""

from __future__ import annotations

import math
from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPainterPath, QPen, QPolygonF

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
from ui.theme.theme import Theme
from ui.widgets.painted import baseline

TEXT_CASING = 0.07
"""As inspector.evidence.mark_drawing.text_casing, in em."""


def paint_marks(painter: QPainter, frame: QRectF, marks: Sequence[Mark], theme: Theme) -> None:
    """Paint marks over a picture that fills `frame`: shapes in order, texts above them."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    for mark in marks:
        if not isinstance(mark, Text):
            _paint_shape(painter, frame, mark)
    for mark in marks:
        if isinstance(mark, Text):
            _paint_text(painter, frame, mark, theme)
    painter.restore()


def _paint_shape(painter: QPainter, frame: QRectF, mark: Box | Circle | Arrow) -> None:
    line = line_width(mark, frame.width(), frame.height())
    ink, casing = (QColor(color) for color in INK[mark.color])
    for color, width in ((casing, line * (1 + 2 * CASING)), (ink, line)):
        pen = QPen(color, width)
        pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
        pen.setCapStyle(Qt.PenCapStyle.RoundCap)
        painter.setPen(pen)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        if isinstance(mark, Arrow):
            _paint_arrow(painter, frame, mark, line, color)
        elif isinstance(mark, Box):
            painter.drawRect(span_rect(frame, mark))
        else:
            painter.drawEllipse(span_rect(frame, mark))


def _paint_arrow(painter: QPainter, frame: QRectF, mark: Arrow, line: float, color: QColor) -> None:
    start, tip = point_at(frame, mark.x0, mark.y0), point_at(frame, mark.x1, mark.y1)
    shape = arrow_shape((start.x(), start.y()), (tip.x(), tip.y()), line)
    painter.drawLine(QPointF(*shape.start), QPointF(*shape.neck))
    edge = painter.pen().widthF() - line
    pen = QPen(color, edge) if edge > 0 else QPen(Qt.PenStyle.NoPen)
    pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    painter.setPen(pen)
    painter.setBrush(color)
    painter.drawPolygon(QPolygonF([QPointF(*corner) for corner in shape.head]))


def _paint_text(painter: QPainter, frame: QRectF, mark: Text, theme: Theme) -> None:
    place = place_text(mark, frame.width(), frame.height())
    font = QFont(theme.font("bodyStrong"))
    font.setPixelSize(max(1, round(place.em)))
    ink, casing = (QColor(color) for color in INK[mark.color])
    path = QPainterPath()
    for n, line in enumerate(place.lines):
        middle = frame.top() + place.y + place.em * LINE_PITCH * (n + 0.5)
        path.addText(QPointF(frame.left() + place.x, baseline(middle, font)), font, line)
    pen = QPen(casing, 2 * max(1.0, place.em * TEXT_CASING))
    pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    painter.strokePath(path, pen)
    painter.fillPath(path, ink)


def point_at(frame: QRectF, x: float, y: float) -> QPointF:
    """Return where shares of the picture lie on the screen."""
    return QPointF(frame.left() + x * frame.width(), frame.top() + y * frame.height())


def span_rect(frame: QRectF, mark: Box | Circle | Arrow) -> QRectF:
    """Return the rectangle between both corners of a mark."""
    return QRectF(point_at(frame, mark.x0, mark.y0), point_at(frame, mark.x1, mark.y1)).normalized()


def bounds(frame: QRectF, mark: Mark) -> QRectF:
    """Return the rectangle that a mark takes."""
    if isinstance(mark, Text):
        place = place_text(mark, frame.width(), frame.height())
        return QRectF(frame.left() + place.x, frame.top() + place.y, place.width, place.height)
    return span_rect(frame, mark)


def mark_at(frame: QRectF, marks: Sequence[Mark], point: QPointF, reach: float) -> int:
    """Return the topmost mark whose line or text lies within `reach` px of a point, -1 for none."""
    texts = [n for n, mark in enumerate(marks) if isinstance(mark, Text)]
    shapes = [n for n, mark in enumerate(marks) if not isinstance(mark, Text)]
    for n in (*reversed(texts), *reversed(shapes)):
        if _distance(frame, marks[n], point) <= reach:
            return n
    return -1


def _distance(frame: QRectF, mark: Mark, point: QPointF) -> float:
    rect = bounds(frame, mark)
    if isinstance(mark, Text):
        across = max(rect.left() - point.x(), 0.0, point.x() - rect.right())
        down = max(rect.top() - point.y(), 0.0, point.y() - rect.bottom())
        return math.hypot(across, down)
    if isinstance(mark, Arrow):
        return _to_line(point, point_at(frame, mark.x0, mark.y0), point_at(frame, mark.x1, mark.y1))
    if isinstance(mark, Circle):
        wide, high = max(1.0, rect.width() / 2), max(1.0, rect.height() / 2)
        middle = rect.center()
        share = math.hypot((point.x() - middle.x()) / wide, (point.y() - middle.y()) / high)
        return abs(share - 1) * min(wide, high)
    corners = [rect.topLeft(), rect.topRight(), rect.bottomRight(), rect.bottomLeft()]
    return min(_to_line(point, *side) for side in zip(corners, [*corners[1:], corners[0]], strict=True))


def _to_line(point: QPointF, start: QPointF, end: QPointF) -> float:
    """Return how far a point lies from a line between two others."""
    along = end - start
    length = QPointF.dotProduct(along, along)
    share = QPointF.dotProduct(point - start, along) / length if length else 0.0
    near = start + along * max(0.0, min(1.0, share))
    return math.hypot(point.x() - near.x(), point.y() - near.y())
