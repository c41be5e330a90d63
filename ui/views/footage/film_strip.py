"""FilmStrip: a few pictures side by side to choose from, each with its time and the digit that takes it.

strip.show_frames([StripFrame(image, "09:13:05", "…")], title="隐患 2 的推荐画面");  strip.say("正在找 12/80")
Signals: `looked(int)` a picture was pressed, `taken(int)` its digit was pressed.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QImage, QKeyEvent, QPainter, QPaintEvent, QPixmap, QResizeEvent
from PySide6.QtWidgets import QAbstractButton, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from ui.views.evidence.dark import DarkLabel
from ui.views.evidence.picture import Dark
from ui.widgets.keycap import draw_keycap, keycap_width
from ui.widgets.painted import Themed, draw_box, draw_text

_HIGH, _LOW = 72, 44
"""Height of a picture in unscaled px, and where there is little room."""
_DIGITS = 9


@dataclass(frozen=True, slots=True)
class StripFrame:
    """One picture, the short word under it, the sentence for who can't see it."""

    image: QImage
    word: str
    sentence: str


class _FrameButton(Dark, Themed, QAbstractButton):
    """One picture to press."""

    def __init__(self, frame: StripFrame, digit: str, parent: FilmStrip) -> None:
        super().__init__(parent)
        self._strip = parent
        self._frame, self._digit = frame, digit
        self._fitted = QPixmap()
        self.setText(frame.word)
        self.setAccessibleName(f"{digit} {frame.sentence}".strip())
        self.setToolTip(frame.sentence)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setProperty("ringGap", 0)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        """As wide as the picture is at the height of the strip."""
        high = self.theme.u(_LOW if self._strip.is_low else _HIGH)
        size = self._frame.image.size()
        wide = round(high * size.width() / max(1, size.height())) if size.height() else high
        return QSize(max(wide, self.theme.target), high + self.theme.u(20))

    def minimumSizeHint(self) -> QSize:
        """Room for the time."""
        return QSize(max(self.theme.u(56), self.theme.target), self.sizeHint().height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw picture, digit and time."""
        theme = self.theme
        with QPainter(self) as painter:
            room = QRectF(0, 0, self.width(), self.height() - theme.u(20))
            self._draw_picture(painter, room)
            if self.isChecked():
                draw_box(painter, room, line=theme.color("focus"), width=theme.u(3), radius=theme.radius("tag"))
            left = 0.0
            below = QRectF(0, room.bottom(), self.width(), theme.u(20))
            if self._digit and theme.shows_key(self._digit):
                wide, high = keycap_width(theme, self._digit), theme.u(18)
                cap = QRectF(0, round(below.center().y() - high / 2), wide, high)
                ink, edge = theme.color("text2"), theme.color("lineStrong")
                draw_keycap(painter, cap, self._digit, theme=theme, ink=ink, edge=edge)
                left = wide + theme.u(6)
            word = below.adjusted(left, 0, 0, 0)
            draw_text(painter, word, self.text(), font=theme.font("meta"), color=theme.color("text"))

    def _draw_picture(self, painter: QPainter, room: QRectF) -> None:
        wanted = (room.size() * self.dpr).toSize()
        image = self._frame.image
        if image.isNull():
            return
        if self._fitted.size() != wanted:
            mode = Qt.TransformationMode.SmoothTransformation
            whole = image.scaled(wanted, Qt.AspectRatioMode.KeepAspectRatioByExpanding, mode)
            left, top = (whole.width() - wanted.width()) // 2, (whole.height() - wanted.height()) // 2
            self._fitted = QPixmap.fromImage(whole.copy(left, top, wanted.width(), wanted.height()))
            self._fitted.setDevicePixelRatio(self.dpr)
        painter.drawPixmap(room.topLeft(), self._fitted)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows are the player's; Space and Enter look at it."""
        if event.key() in {Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Up, Qt.Key.Key_Down}:
            event.ignore()
        elif event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.click()
        else:
            super().keyPressEvent(event)


class FilmStrip(Dark, Themed, QWidget):
    """See the module text; hidden while it has nothing to show or say."""

    looked = Signal(int)
    taken = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._buttons: list[_FrameButton] = []
        self.is_low = False
        self.title = DarkLabel(role="meta", color="text2")
        self._row = QHBoxLayout()
        self._row.addStretch(1)
        self._column = QVBoxLayout(self)
        self._column.addWidget(self.title)
        self._column.addLayout(self._row)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.hide()
        self.restyle()

    def say(self, sentence: str) -> None:
        """Say something without pictures; nothing hides the strip."""
        self.show_frames((), title=sentence)

    def show_frames(self, frames: Sequence[StripFrame], *, title: str, has_digits: bool = True) -> None:
        """Show these; the title says what they are."""
        for old in self._buttons:
            self._row.removeWidget(old)
            old.hide()
            old.deleteLater()
        self._buttons = []
        for n, frame in enumerate(frames):
            digit = str(n + 1) if has_digits and n < _DIGITS else ""
            button = _FrameButton(frame, digit, self)
            button.setCheckable(True)
            button.setAutoExclusive(False)
            button.clicked.connect(lambda _on=False, at=n: self._look(at))
            self._row.insertWidget(n, button)
            button.show()
            self._buttons.append(button)
        self.title.setText(title)
        self.setToolTip(title)
        self.setAccessibleDescription(title)
        self.be_low(self.is_low)
        self.setVisible(bool(title or frames))
        self._fit()

    def be_low(self, is_low: bool) -> None:
        """Take less height: smaller pictures, no heading over them."""
        if is_low != self.is_low:
            self.is_low = is_low
            for button in self._buttons:
                button.updateGeometry()
        self.title.setVisible(not (is_low and self._buttons))

    def count(self) -> int:
        """Return how many pictures there are."""
        return len(self._buttons)

    def _look(self, at: int) -> None:
        for n, button in enumerate(self._buttons):
            button.setChecked(n == at)
        self.looked.emit(at)

    def take(self, at: int) -> None:
        """Take one by its place from 0; what isn't there is not taken."""
        if at < len(self._buttons):
            self._look(at)
            self.taken.emit(at)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Show as many as there is room for."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        room, gap = self.width() - 2 * self.theme.u(12), self._row.spacing()
        taken = 0
        for button in self._buttons:
            taken += button.minimumSizeHint().width() + gap
            button.setVisible(taken - gap <= room or button is self._buttons[0])

    def restyle(self) -> None:
        """Take the gaps of the theme."""
        u = self.theme.u
        self._row.setSpacing(max(u(8), self.theme.density.gap))
        self._column.setContentsMargins(u(12), u(6), u(12), u(6))
        self._column.setSpacing(u(4))
        super().restyle()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the dark ground."""
        with QPainter(self) as painter:
            painter.fillRect(self.rect(), self.theme.color("canvas"))
