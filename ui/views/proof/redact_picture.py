"""RedactPicture: a picture over which boxes are drawn by hand: a press in a box grips it, elsewhere a new one begins.

While they are drawn one sees through them; `show_preview(True)` shows the black as it will be, grown to the grid.
"""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QMouseEvent, QPainter, QPen
from PySide6.QtWidgets import QWidget

from inspector.domain.redaction import RedactBox, covered
from inspector.evidence.marks import Box
from ui.views.evidence.mark_paint import span_rect
from ui.views.evidence.marked_picture import MarkedPicture

_BLACK = QColor("black")
_SEEN_THROUGH = QColor(0, 0, 0, 140)


class RedactPicture(MarkedPicture):
    """See the module text."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.is_preview = False
        self._pixels = (0, 0)

    def show_pixels(self, width: int, height: int) -> None:
        """Say how large the copy will be, in pixels: its boxes grow to a grid of these."""
        self._pixels = (width, height)

    def show_preview(self, is_preview: bool) -> None:
        """Show the black as it will be, or what lies under it."""
        self.is_preview = is_preview
        self.update()

    def mark_under(self, point: QPointF) -> int:
        """Return the topmost box that holds a point."""
        frame, reach = self.frame(), self.theme.u(4)
        for n, mark in reversed(list(enumerate(self.board.marks))):
            if isinstance(mark, Box) and span_rect(frame, mark).adjusted(-reach, -reach, reach, reach).contains(point):
                return n
        return -1

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Grip what is there, or begin a new box."""
        if self.is_editing and event.button() == Qt.MouseButton.LeftButton:
            point = event.position()
            is_there = self.handle_at(point) >= 0 or self.mark_under(point) >= 0
            self.use("select" if is_there else "box")
        super().mousePressEvent(event)

    def paint_layer(self, painter: QPainter, frame: QRectF) -> None:
        """Paint the boxes."""
        theme = self.theme
        for mark in self.board.marks:
            if not isinstance(mark, Box):
                continue
            if self.is_preview:
                painter.fillRect(self._grown(frame, mark), _BLACK)
                continue
            rect = span_rect(frame, mark)
            painter.fillRect(rect, _SEEN_THROUGH)
            painter.setBrush(Qt.BrushStyle.NoBrush)
            for color, style in ((_BLACK, Qt.PenStyle.SolidLine), (QColor("white"), Qt.PenStyle.DashLine)):
                painter.setPen(QPen(color, theme.u(2), style))
                painter.drawRect(rect)

    def _grown(self, frame: QRectF, mark: Box) -> QRectF:
        width, height = self._pixels
        if not width or not height:
            return span_rect(frame, mark)
        left, top, right, bottom = covered(RedactBox(x0=mark.x0, y0=mark.y0, x1=mark.x1, y1=mark.y1), width, height)
        across, down = frame.width() / width, frame.height() / height
        return QRectF(
            frame.left() + left * across, frame.top() + top * down, (right - left) * across, (bottom - top) * down
        )
