"""MarkedPicture: a Picture with a layer of marks over it, which is drawn, moved and pulled by hand while it is edited.

picture.board = MarkBoard(marks);  picture.begin(); picture.use("box"); …; picture.end()
Tools: select, box, circle, arrow, text. Signals: `changed()` after each step, `text_wanted(x, y)` where to write (in
shares of the picture), `rewrite_wanted()` the selected text by double click.
"""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from inspector.evidence.marks import Mark, Text
from ui.models.mark_board import MarkBoard, Point, handles, in_order, is_slip, moved, pulled
from ui.theme.look import theme as current_theme
from ui.views.evidence.mark_paint import bounds, mark_at, paint_marks, point_at
from ui.views.evidence.picture import Picture
from ui.widgets.role import say_role

HANDLE = 6
"""Half the edge of a handle, and how near a press must be to grip a line (unscaled px); twice that in field mode."""
RING = -5
"""The focus ring stands inside, because the picture goes to the edge of the window."""


class MarkedPicture(Picture):
    """See the module text."""

    changed = Signal()
    text_wanted = Signal(float, float)
    rewrite_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("ringGap", RING)
        say_role(self, "Graphic")
        self.board = MarkBoard()
        self.tool = "select"
        self.is_editing = False
        self.is_layer_shown = True
        self._from: Point | None = None
        self._gripped: Mark | None = None
        self._handle = -1

    def show_marks(self, board: MarkBoard) -> None:
        """Show the marks of another photo."""
        self.board = board
        self._let_go()
        self.update()

    def show_layer(self, is_shown: bool) -> None:
        """Show the marks, or the original alone."""
        self.is_layer_shown = is_shown
        self.update()

    def begin(self) -> None:
        """Let the marks be drawn."""
        self.is_editing = self.is_layer_shown = True
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.use("select")

    def end(self) -> None:
        """Show them only."""
        self.is_editing = False
        self.board.select(-1)
        self._let_go()
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.unsetCursor()
        self.update()

    def use(self, tool: str) -> None:
        """Take a tool."""
        self.tool = tool
        if tool != "select":
            self.board.select(-1)
        self.setCursor(Qt.CursorShape.ArrowCursor if tool == "select" else Qt.CursorShape.CrossCursor)
        self.update()

    def place_one(self) -> None:
        """Put a mark of the tool into the middle of what is seen, for the keyboard."""
        x, y = self.middle.x(), self.middle.y()
        half = 0.15 / self.zoom
        if self.tool == "text":
            self.text_wanted.emit(x, y)
        elif self.tool != "select":
            start, end = (max(0.0, x - half), max(0.0, y - half)), (min(1.0, x + half), min(1.0, y + half))
            self.board.add(self.board.span(self.tool, start, end))
            self._stepped()

    def nudge(self, dx: float, dy: float, *, is_pull: bool) -> None:
        """Move the selected mark by hundredths of the picture, or pull its last corner."""
        mark = self.board.current
        if mark is None:
            return
        if is_pull and not isinstance(mark, Text):
            wanted = pulled(mark, _last_handle(mark), (mark.x1 + dx / 100, mark.y1 + dy / 100))
        else:
            wanted = moved(mark, dx / 100, dy / 100)
        if not is_slip(wanted):
            self.board.replace(in_order(wanted))
            self._stepped()

    def _stepped(self) -> None:
        self.update()
        self.changed.emit()

    # --- the hand --------------------------------------------------------------------------------------------------

    def _share(self, point: QPointF) -> Point:
        frame = self.frame()
        if not frame.width() or not frame.height():
            return (0.0, 0.0)
        x, y = (point.x() - frame.left()) / frame.width(), (point.y() - frame.top()) / frame.height()
        return (max(0.0, min(1.0, x)), max(0.0, min(1.0, y)))

    def _reach(self) -> float:
        return max(self.theme.u(HANDLE) * 1.5, current_theme().target / 2)

    def mark_under(self, point: QPointF) -> int:
        """Return the mark that a press would grip, -1 for none."""
        return mark_at(self.frame(), self.board.marks, point, self._reach())

    def handle_at(self, point: QPointF) -> int:
        """Return the handle of the selected mark that a press would pull, -1 for none."""
        mark = self.board.current
        if mark is None:
            return -1
        frame, reach = self.frame(), self._reach()
        for n, (x, y) in enumerate(handles(mark)):
            far = point_at(frame, x, y) - point
            if max(abs(far.x()), abs(far.y())) <= reach:
                return n
        return -1

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Grip a handle or a mark, or begin a new one."""
        if not self.is_editing or not self.has_image() or event.button() != Qt.MouseButton.LeftButton:
            super().mousePressEvent(event)
            return
        point = event.position()
        self._handle = self.handle_at(point)
        if self._handle >= 0:
            self._from, self._gripped = self._share(point), self.board.current
        elif self.tool == "select":
            self.board.select(self.mark_under(point))
            self._from, self._gripped = self._share(point), self.board.current
            if self._gripped is None:
                self._from = None
                super().mousePressEvent(event)
            self._stepped()
        elif self.tool == "text":
            self.text_wanted.emit(*self._share(point))
        elif self.frame().contains(point) and not self.board.is_full:
            self._from = self._share(point)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Show what the hand does."""
        if self._from is None:
            super().mouseMoveEvent(event)
            return
        mark = self._dragged(self._share(event.position()))
        self.board.show(mark, is_new=self._gripped is None)
        self.update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Make it a step."""
        if self._from is None:
            super().mouseReleaseEvent(event)
            return
        mark, gripped = in_order(self._dragged(self._share(event.position()))), self._gripped
        self._let_go()
        if not is_slip(mark):
            if gripped is None:
                self.board.add(mark)
            elif mark != gripped:
                self.board.replace(mark)
        self._stepped()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """A text is written anew."""
        if self.is_editing and isinstance(self.board.current, Text):
            self._let_go()
            self.rewrite_wanted.emit()
        else:
            super().mouseDoubleClickEvent(event)

    def _dragged(self, to: Point) -> Mark:
        start = self._from or to
        if self._gripped is None:
            return self.board.span(self.tool, start, to)
        if self._handle >= 0:
            return pulled(self._gripped, self._handle, to)
        return moved(self._gripped, to[0] - start[0], to[1] - start[1])

    def _let_go(self) -> None:
        self._from, self._gripped, self._handle = None, None, -1
        self.board.show(None)

    # --- painting --------------------------------------------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the photo, the marks, and what holds the selected one."""
        super().paintEvent(event)
        if not self.has_image() or not self.is_layer_shown:
            return
        frame = self.frame()
        with QPainter(self) as painter:
            painter.setClipRect(frame.intersected(QRectF(self.rect())))
            self.paint_layer(painter, frame)
            painter.setClipping(False)
            mark = self.board.current
            if self.is_editing and mark is not None:
                self._paint_grip(painter, frame, mark)

    def paint_layer(self, painter: QPainter, frame: QRectF) -> None:
        """Draw what lies over the photo that fills `frame`."""
        paint_marks(painter, frame, self.board.marks, self.theme)

    def _paint_grip(self, painter: QPainter, frame: QRectF, mark: Mark) -> None:
        theme = self.theme
        white, dark = theme.color("text"), theme.color("canvas")
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        edge = bounds(frame, mark).adjusted(-theme.u(4), -theme.u(4), theme.u(4), theme.u(4))
        if isinstance(mark, Text):
            for color, style in ((dark, Qt.PenStyle.SolidLine), (white, Qt.PenStyle.DashLine)):
                painter.setPen(QPen(color, theme.u(2), style))
                painter.drawRect(edge)
        half = theme.u(HANDLE) * (2 if current_theme().is_field else 1)
        for x, y in handles(mark):
            self._paint_handle(painter, point_at(frame, x, y), half, (white, dark))

    def _paint_handle(self, painter: QPainter, at: QPointF, half: float, colors: tuple[QColor, QColor]) -> None:
        """A frame, so that a small mark is still seen under it."""
        white, dark = colors
        painter.setBrush(Qt.BrushStyle.NoBrush)
        for color, width in ((dark, self.theme.u(5)), (white, self.theme.u(3))):
            painter.setPen(QPen(color, width))
            painter.drawRect(QRectF(at.x() - half, at.y() - half, 2 * half, 2 * half))


def _last_handle(mark: Mark) -> int:
    return 1 if len(handles(mark)) == 2 else 2
