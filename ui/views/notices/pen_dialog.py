"""PenDialog 屏幕签名: who signs, as what, and a field to write in with pen, finger or mouse.

dialog.signed → Signal(str, str, object) name, role, strokes ((x, y from 0 to 1, ms since the first touch), …)
"""

from __future__ import annotations

from PySide6.QtCore import QElapsedTimer, QPointF, QSize, Qt, Signal
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from inspector.errors import InspectorError
from ui.messages import message
from ui.text import tr
from ui.widgets.button import Button
from ui.widgets.dialog import Dialog
from ui.widgets.fields import TextField
from ui.widgets.form import Form
from ui.widgets.painted import Themed
from ui.widgets.segment import Choice, Segment

Point = tuple[float, float, int]


class SignatureField(Themed, QWidget):
    """Paper to write on. Signal `written()` after each stroke."""

    written = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.strokes: list[tuple[Point, ...]] = []
        self._stroke: list[Point] = []
        self._clock = QElapsedTimer()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setCursor(Qt.CursorShape.CrossCursor)
        self.setAccessibleName(tr("在这里签名"))

    def clear(self) -> None:
        """Begin anew."""
        self.strokes, self._stroke = [], []
        self.update()

    def sizeHint(self) -> QSize:
        """As wide as three characters are high."""
        return QSize(self.theme.u(480), self.theme.u(180))

    def _add(self, event: QMouseEvent) -> None:
        if not self._clock.isValid():
            self._clock.start()
        at = event.position()
        x, y = at.x() / max(1, self.width()), at.y() / max(1, self.height())
        self._stroke.append((min(1.0, max(0.0, x)), min(1.0, max(0.0, y)), int(self._clock.elapsed())))
        self.update()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A stroke begins."""
        self._stroke = []
        self._add(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """It goes on."""
        if self._stroke:
            self._add(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """It ends."""
        self._add(event)
        self.strokes.append(tuple(self._stroke))
        self._stroke = []
        self.written.emit()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw paper, the line to write on, the strokes."""
        theme = self.theme
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.fillRect(self.rect(), theme.color("surface"))
            painter.setPen(QPen(theme.color("control"), theme.line))
            painter.drawRect(self.rect().adjusted(0, 0, -1, -1))
            base = round(self.height() * 0.8)
            painter.drawLine(theme.u(20), base, self.width() - theme.u(20), base)
            ink = QPen(theme.color("text"), theme.u(3))
            ink.setCapStyle(Qt.PenCapStyle.RoundCap)
            ink.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
            painter.setPen(ink)
            for stroke in (*self.strokes, tuple(self._stroke)):
                points = [QPointF(x * self.width(), y * self.height()) for x, y, _ms in stroke]
                painter.drawPolyline(points)


class PenDialog(Dialog):
    """See the module text."""

    signed = Signal(str, str, object)

    def __init__(self, parent: QWidget) -> None:
        text = tr("以纸上手写签名为准；屏幕签名的效力待法制确认")
        super().__init__(parent, title=tr("屏幕签名"), text=text, verb=tr("保存签名"), width=560)
        self.name = TextField()
        self.role = Segment(
            [Choice("当事人", tr("当事人")), Choice("见证人", tr("见证人")), Choice("其他", tr("其他"))]
        )
        self.role.set_value("当事人")
        self.field = SignatureField()
        self.again = Button(tr("重写"), kind="link", icon="refresh", on_click=self.field.clear)
        form = Form()
        self.name_row = form.add(tr("签名人"), self.name)
        form.add(tr("身份"), self.role)
        self.column.addWidget(form)
        self.column.addWidget(self.field)
        self.column.addWidget(self.again, 0, Qt.AlignmentFlag.AlignLeft)
        self.agreed.connect(self._finish)

    def _finish(self) -> None:
        name = self.name.value().strip()
        self.name_row.show_error("" if name else tr("{field}还没有填", field=tr("签名人")))
        self.show_error("" if self.field.strokes else tr("还没有签名"))
        if name and self.field.strokes:
            self.signed.emit(name, self.role.value(), tuple(self.field.strokes))

    def refuse(self, error: InspectorError) -> None:
        """Say why it was not kept."""
        self.show_error(message(error).sentence)
