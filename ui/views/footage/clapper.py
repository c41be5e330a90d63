"""ClapperScreen 拍板: a code over the whole screen that changes on each second; the recorder films it.

clapper = ClapperScreen(view, services, tasks, inspection_id);  clapper.begin()
Signal `shown(int)` at its end: seconds that it stood on the screen. Space counts anew, Esc ends.
"""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QRectF, Qt, QTimer, Signal
from PySide6.QtGui import QFont, QKeyEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QDialog, QVBoxLayout, QWidget

from inspector.app import App
from inspector.clock import CHINA, SystemClock
from inspector.errors import InspectorError
from inspector.services.clapper import Clapping
from ui.models.clapper_words import SECONDS, left_word, width_sentence
from ui.tasks import Tasks
from ui.text import tr
from ui.theme.density import pixels_per_mm
from ui.views.footage.clapper_code import Bright, ClapperCode
from ui.widgets.button import Button
from ui.widgets.focus_ring import FocusRing
from ui.widgets.icon import IconLabel
from ui.widgets.label import Label, Paragraph
from ui.widgets.painted import draw_text, text_width
from ui.widgets.view import View

_SIDE = 224
"""Width of the words beside the code, in unscaled px."""


class BrightLabel(Bright, Label):
    """A line on the bright ground."""


class BrightWords(Bright, Paragraph):
    """Running text on the bright ground."""


class BrightButton(Bright, Button):
    """A button on the bright ground; Space belongs to the countdown, whatever has the focus."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Leave Space to the screen."""
        if event.key() == Qt.Key.Key_Space:
            event.ignore()
        else:
            super().keyPressEvent(event)


class BrightRing(Bright, FocusRing):
    """The focus on the bright ground."""


class BrightIcon(Bright, IconLabel):
    """An icon on the bright ground."""


class BigWord(Bright, QWidget):
    """One word as large as a scale of the display role makes it: the countdown, the time."""

    def __init__(self, scale: float) -> None:
        super().__init__()
        self._scale, self._text = scale, ""
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)

    def set_text(self, text: str) -> None:
        """Show another."""
        if text != self._text:
            self._text = text
            self.setAccessibleName(text)
            self.update()

    def text(self) -> str:
        """Return the word."""
        return self._text

    def _font(self) -> QFont:
        font = QFont(self.theme.font("display"))
        font.setPixelSize(round(font.pixelSize() * self._scale))
        return font

    def restyle(self) -> None:
        """Take the height of the font."""
        self.setFixedHeight(round(self._font().pixelSize() * 1.35))
        super().restyle()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw it in the middle, smaller where it would not fit."""
        font = self._font()
        wide = text_width(self._text, font)
        if wide > self.width() > 0:
            font.setPixelSize(max(1, int(font.pixelSize() * self.width() / wide)))
        with QPainter(self) as painter:
            ink, middle = self.theme.color("text"), Qt.AlignmentFlag.AlignHCenter
            draw_text(painter, QRectF(self.rect()), self._text, font=font, color=ink, align=middle, elide=False)


class ClapperScreen(Bright, QDialog):
    """See the module text."""

    shown = Signal(int)
    failed = Signal(object)

    def __init__(self, view: View, services: App, tasks: Tasks, inspection_id: str, *, per_mm: float = 0.0) -> None:
        super().__init__(view.window())
        self._services, self._tasks, self._inspection_id = services, tasks, inspection_id
        self._running: Clapping | None = None
        self._from: int | None = None
        self._seconds = 0
        self._per_mm = per_mm or pixels_per_mm(view.screen())
        self.setModal(True)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.code = ClapperCode()
        self.count, self.time = BigWord(2.8), BigWord(1.5)
        self.ready = BrightIcon("filled/circle-check", 52, "ok")
        self.day = BrightLabel(role="body", elide=False, align=Qt.AlignmentFlag.AlignHCenter)
        self.how = BrightWords(align=Qt.AlignmentFlag.AlignHCenter)
        self.again = BrightButton(icon="refresh", key="Space", on_click=self.count_anew)
        self.finish = BrightButton(kind="primary", key="Esc", on_click=self.reject)
        self._beat = QTimer(self)
        self._beat.setSingleShot(True)
        self._beat.setTimerType(Qt.TimerType.PreciseTimer)
        self._beat.timeout.connect(self._show)
        self._lay_out()
        self._ring = BrightRing(self)
        self.retranslate()

    def _lay_out(self) -> None:
        self._words = QVBoxLayout()
        self._words.addStretch(1)
        self._words.addWidget(self.ready, 0, Qt.AlignmentFlag.AlignHCenter)
        for widget in (self.count, self.how, self.time, self.day):
            self._words.addWidget(widget)
        self._words.addStretch(1)
        self._buttons = QVBoxLayout()
        for button in (self.again, self.finish):
            self._buttons.addWidget(button, 0, Qt.AlignmentFlag.AlignHCenter)
        self._words.addLayout(self._buttons)
        self._side = QWidget()
        self._side.setLayout(self._words)
        self._body = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._body.setContentsMargins(0, 0, 0, 0)
        self._body.setSpacing(0)
        self._body.addWidget(self.code, 1)
        self._body.addWidget(self._side)
        self.restyle()

    # --- showing -----------------------------------------------------------------------------------------------------

    def begin(self) -> None:
        """Record that it is shown, then show it over the whole screen."""
        self._tasks.command(
            self, self._services.clapper.begin, self._inspection_id, done=self._start, failed=self._fail
        )

    def _fail(self, error: InspectorError) -> None:
        self.failed.emit(error)
        self.deleteLater()

    def _start(self, running: Clapping) -> None:
        self._running = running
        self._show()
        self.showFullScreen()
        self.finish.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show(self) -> None:
        """Show this second's code, and come back when the next begins."""
        if self._running is None:
            return
        now = self._running.code()
        if self._from is None:
            self._from = now.counter + 1  # the second that has begun already is no whole one
        self._seconds = now.counter + 1
        self.code.show_modules(now.modules)
        at = SystemClock().read().at.astimezone(CHINA)
        self.time.set_text(f"{at:%H:%M:%S}")
        self.day.setText("\u3000".join((f"{at:%Y-%m-%d}", tr("第 {n} 秒", n=now.counter))))
        self._show_count(SECONDS - max(0, now.counter - self._from))
        self._beat.start(now.left_ms)

    def _show_count(self, left: int) -> None:
        is_over = left <= 0
        is_news = is_over and self.ready.isHidden()
        self.count.set_text(left_word(left))
        self.ready.setVisible(is_over)
        if is_news and self.isVisible():
            from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent

            QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, self.count.text()))

    def count_anew(self) -> None:
        """Space: the recorder looks only now."""
        self._from = None
        self._show()

    def reject(self) -> None:
        """Esc: take it off the screen and record for how long it stood there."""
        running, self._running = self._running, None
        self._beat.stop()
        if running is not None:
            self._tasks.command(self._tasks, partial(self._services.clapper.end, running.id))
            self.shown.emit(self._seconds)
        super().reject()

    # --- keys and look -----------------------------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Space counts anew, Esc and Enter end."""
        if event.key() == Qt.Key.Key_Space:
            self.count_anew()
        elif event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.reject()
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Beside the code on a wide screen, under it on a high one; say how far the recorder may be."""
        super().resizeEvent(event)
        least = self._words.minimumSize()
        side, under = max(self.theme.u(_SIDE), least.width()), least.height()
        is_beside = min(self.height(), self.width() - side) >= min(self.width(), self.height() - under)
        way = QBoxLayout.Direction.LeftToRight if is_beside else QBoxLayout.Direction.TopToBottom
        self._body.setDirection(way)
        self._side.setFixedWidth(max(side, self.width() - self.height()) if is_beside else self.width())
        self._body.activate()
        self._say_distance()

    def _say_distance(self) -> None:
        self.how.setText(width_sentence(self.code.width_mm(self._per_mm)))

    def retranslate(self) -> None:
        """Name what is on it."""
        self.setWindowTitle(tr("记录仪拍板"))
        self.setAccessibleName(tr("记录仪拍板"))
        self.code.setAccessibleName(tr("每秒变化的拍板码，供记录仪拍摄"))
        self.again.setText(tr("重新倒数"))
        self.again.set_key(tr("空格"))
        self.finish.setText(tr("结束拍板"))
        self._say_distance()

    def restyle(self) -> None:
        """Take the gaps of the theme."""
        if hasattr(self, "_side"):
            u = self.theme.u
            self._words.setContentsMargins(u(16), u(16), u(24), u(24))
            self._words.setSpacing(u(8))
            self._buttons.setSpacing(max(u(12), self.theme.gap))
        super().restyle()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """White to the edges: the recorder sees nothing else."""
        with QPainter(self) as painter:
            painter.fillRect(self.rect(), self.theme.color("surface"))
