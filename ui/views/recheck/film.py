"""Film: the re-checked hazards as small photos under the comparison; which is shown, which are decided.

film.show_frames([Frame(…)], current=0);  Signal `chosen(int)`: another hazard was picked.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QRadioButton, QSizePolicy, QWidget

from ui.text import tr
from ui.views.evidence.picture import Dark
from ui.widgets.painted import Themed, draw_box, draw_icon, draw_text
from ui.widgets.thumbs import Thumbs

_WIDE, _HIGH = 96, 64


@dataclass(frozen=True, slots=True)
class Frame:
    """One hazard: its number, the photo that stands for it, what it is, and shape, colour and word of its outcome."""

    ordinal: str
    sha256: str
    title: str
    sign: str = ""
    color: str = ""
    outcome: str = ""


class _Cell(Dark, Themed, QRadioButton):
    """One hazard of the film."""

    def __init__(self, frame: Frame, thumbs: Thumbs) -> None:
        super().__init__()
        self.frame_of = frame
        self._thumbs = thumbs
        self.setAccessibleName(tr("隐患 {no}", no=frame.ordinal))
        self.setAccessibleDescription("，".join(part for part in (frame.title, frame.outcome) if part))
        self.setToolTip(frame.title)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return QSize(self.theme.u(_WIDE + 8), max(self.theme.u(_HIGH + 8), self.theme.target))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def hitButton(self, _pos) -> bool:
        """The whole cell is the target."""
        return True

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Leave the arrows to the screen."""
        event.ignore()

    def paintEvent(self, _event: QPaintEvent) -> None:
        theme, frame = self.theme, self.frame_of
        rect = QRectF(self.rect())
        inner = QRectF(0, 0, theme.u(_WIDE), theme.u(_HIGH))
        inner.moveCenter(rect.center())
        with QPainter(self) as painter:
            draw_box(painter, inner, fill=theme.color("sunken"), radius=theme.radius("tag"))
            thumb = (
                self._thumbs.picture(frame.sha256, round(inner.width()), round(inner.height()), self.dpr)
                if frame.sha256
                else None
            )
            if thumb is not None:
                painter.drawPixmap(inner.topLeft(), thumb)
            if self.isChecked():
                draw_box(
                    painter,
                    inner.adjusted(-3, -3, 3, 3),
                    line=theme.color("accent"),
                    width=theme.u(3),
                    radius=theme.radius("tag"),
                )
            self._signs(painter, inner)

    def _signs(self, painter: QPainter, inner: QRectF) -> None:
        """The number at the left, the outcome's shape at the right."""
        theme, size = self.theme, self.theme.u(22)
        disc = QRectF(inner.left() + theme.u(4), inner.top() + theme.u(4), size, size)
        draw_box(painter, disc, fill=theme.color("canvas"), radius=size / 2)
        middle = Qt.AlignmentFlag.AlignHCenter
        draw_text(painter, disc, self.frame_of.ordinal, font=theme.font("key"), color=theme.color("text"), align=middle)
        if self.frame_of.sign:
            disc.moveRight(inner.right() - theme.u(4))
            draw_box(painter, disc, fill=theme.color("canvas"), radius=size / 2)
            color = theme.color(self.frame_of.color)
            left = disc.center().x() - theme.u(8)
            draw_icon(
                painter, left, disc.center().y(), self.frame_of.sign, theme=theme, px=16, color=color, dpr=self.dpr
            )


class Film(Dark, Themed, QWidget):
    """See the module text. Where there is no room for all, the neighbours of the current one are shown."""

    chosen = Signal(int)

    def __init__(self, thumbs: Thumbs) -> None:
        super().__init__()
        self._thumbs = thumbs
        self._cells: list[_Cell] = []
        self._current = 0
        self._row = QHBoxLayout(self)
        self._row.addStretch(1)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        thumbs.arrived.connect(self._redraw)
        self.retranslate()
        self.restyle()

    def _redraw(self, _sha256: str) -> None:
        for cell in self._cells:
            cell.update()

    def show_frames(self, frames: Sequence[Frame], current: int) -> None:
        """Show these and stand on one, without a signal."""
        if [cell.frame_of for cell in self._cells] != list(frames):
            for cell in self._cells:
                cell.hide()
                cell.deleteLater()
            self._cells = [_Cell(frame, self._thumbs) for frame in frames]
            for place, cell in enumerate(self._cells):
                self._row.insertWidget(place, cell)
                cell.clicked.connect(lambda _on=False, n=place: self.chosen.emit(n))
        self._current = current
        for place, cell in enumerate(self._cells):
            cell.setChecked(place == current)
        self._fit()

    def _fit(self) -> None:
        """Show as many whole cells as there is room for, the current one among them."""
        if not self._cells:
            return
        wide = self._cells[0].sizeHint().width() + self._row.spacing()
        room = max(1, (self.width() - 2 * self.theme.u(14)) // wide)
        first = max(0, min(self._current - room // 2, len(self._cells) - room))
        for place, cell in enumerate(self._cells):
            cell.setVisible(first <= place < first + room)

    def minimumSizeHint(self) -> QSize:
        """One cell."""
        return QSize(self.theme.u(_WIDE + 36), self.height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Show what fits."""
        super().resizeEvent(event)
        self._fit()

    def retranslate(self) -> None:
        """Name it in the language that is on."""
        self.setAccessibleName(tr("复查的隐患"))

    def restyle(self) -> None:
        """Take height and gaps of the theme."""
        if hasattr(self, "_row"):
            u = self.theme.u
            self._row.setContentsMargins(u(14), u(8), u(14), u(8))
            self._row.setSpacing(u(4))
            self.setFixedHeight(max(u(_HIGH + 8), self.theme.target) + u(16))
            self._fit()
        super().restyle()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the ground."""
        with QPainter(self) as painter:
            painter.fillRect(self.rect(), self.theme.color("canvas"))
