"""CalibrationDialog: hold a bank card to the screen, move the line to its edge; then 12 mm are 12 mm.

Signal: `measured(float)` logical px a millimetre.
"""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui.text import tr
from ui.theme.density import CARD_MM, PER_MM
from ui.widgets.dialog import Dialog
from ui.widgets.label import Label
from ui.widgets.painted import Themed, draw_box

_HIGH = 120
_GRIP = 48
"""The whole neighbourhood of the line can be dragged, also with a glove."""


class CardEdge(Themed, QWidget):
    """A card's outline whose right edge follows finger, mouse and ← →. Signal `moved(px)`."""

    moved = Signal(int)

    def __init__(self, px: int, most: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._least, self._most = round(CARD_MM * PER_MM[0]), most
        self._px = self._clamped(px)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.SizeHorCursor)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setProperty("ringGap", 0)
        self.retranslate()

    @property
    def px(self) -> int:
        """How wide the card is on this screen, in logical px."""
        return self._px

    def move_to(self, px: int) -> None:
        """Put the line there."""
        if self._clamped(px) != self._px:
            self._px = self._clamped(px)
            self.retranslate()
            self.update()
            self.moved.emit(self._px)

    def _clamped(self, px: int) -> int:
        return max(self._least, min(self._most, px))

    def minimumSizeHint(self) -> QSize:
        """It is a measure: never squeezed."""
        return self.sizeHint()

    def retranslate(self) -> None:
        """Say it to a screen reader."""
        self.setAccessibleName(tr("卡片的右边线"))
        self.setAccessibleDescription(tr("{n} 像素", n=self._px))

    def sizeHint(self) -> QSize:
        """Room for the widest card that is believed."""
        return QSize(self._most + _GRIP, self.theme.u(_HIGH))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """← → move one px, Page Up and Page Down ten."""
        keys = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1, Qt.Key.Key_PageDown: -10, Qt.Key.Key_PageUp: 10}
        step = keys.get(Qt.Key(event.key()))
        if step is None:
            super().keyPressEvent(event)
        else:
            self.move_to(self._px + step)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """The line jumps to the finger."""
        self.move_to(round(event.position().x()))

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """The line follows."""
        self.move_to(round(event.position().x()))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the card from the left edge to the line, and a grip on the line."""
        theme = self.theme
        with QPainter(self) as painter:
            card = QRectF(0, 0, self._px, self.height())
            draw_box(painter, card, fill=theme.color("sunken"), line=theme.color("lineStrong"), width=theme.line)
            painter.fillRect(QRectF(self._px - theme.u(3), 0, theme.u(3), self.height()), theme.color("accent"))
            edge = theme.u(24)
            grip = QRectF(self._px - theme.u(1.5) - edge / 2, (self.height() - edge) / 2, edge, edge)
            draw_box(painter, grip, fill=theme.color("accent"), radius=edge / 2)


class CalibrationDialog(Dialog):
    """See the module text."""

    measured = Signal(float)

    def __init__(self, parent: QWidget, per_mm: float) -> None:
        most = min(round(CARD_MM * PER_MM[1]), parent.window().width() - _GRIP - self.theme.u(96))
        super().__init__(
            parent,
            width=round((most + _GRIP) / self.theme.scale) + 48,
            title=tr("量一量屏幕"),
            text=tr("把银行卡或身份证横着贴在屏幕上，左边对齐，再把蓝线移到卡的右边。卡宽 85.6 毫米。"),
            verb=tr("就这么宽"),
            key="Ctrl+Enter",
        )
        self.edge = CardEdge(round(CARD_MM * per_mm), most)
        self._told = Label(role="meta", color="text2")
        self.edge.moved.connect(self._tell)
        self.column.addWidget(self.edge)
        self.column.addWidget(self._told)
        self.agreed.connect(self._finish)
        self._tell(self.edge.px)

    def _tell(self, px: int) -> None:
        self._told.setText(tr("每毫米 {n} 像素；也可用 ← → 移动", n=f"{px / CARD_MM:.2f}"))

    def _finish(self) -> None:
        self.measured.emit(self.edge.px / CARD_MM)
        self.accept()
