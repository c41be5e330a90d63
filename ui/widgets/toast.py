"""Toasts: bottom right above the strip, at most two, 10 s or until pressed, held by hover; the messages keep them.

toasts = ToastStack(window, bottom=56);  toasts.say("已移动 12 张到隐患 3", icon="filled/circle-check", color="ok")
toasts.say(title, text, action=("查看", slot))      two lines and an action
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QRectF, Qt, QTimer, Signal
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QCloseEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from ui.widgets.button import Button
from ui.widgets.icon import IconLabel
from ui.widgets.label import Paragraph
from ui.widgets.painted import Themed, draw_box

STAY_MS = 10_000
MOST = 2


class Toast(Themed, QWidget):
    """One message; goes by itself after its time. Signal `gone` when it closes."""

    gone = Signal()

    def __init__(
        self,
        title: str,
        text: str = "",
        *,
        icon: str,
        color: str,
        action: tuple[str, Callable[[], object]] | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setAccessibleName(title)
        self.setAccessibleDescription(text)
        row = QHBoxLayout(self)
        row.addWidget(IconLabel(icon, 20, color), 0, Qt.AlignmentFlag.AlignTop)
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(Paragraph(title, role="bodyStrong" if text else "body"))
        if text:
            words.addWidget(Paragraph(text, role="meta", color="text2"))
        row.addLayout(words, 1)
        if action is not None:
            word, act = action
            row.addWidget(Button(word, kind="link", on_click=lambda: (self.close(), act())))
        self._row = row
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(STAY_MS)
        self._timer.timeout.connect(self.close)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.restyle()
        self._timer.start()

    def restyle(self) -> None:
        """Take paddings and width of the theme."""
        u = self.theme.u
        self._row.setContentsMargins(u(22), u(18), u(22), u(20))
        self._row.setSpacing(u(12))
        self.setFixedWidth(u(460))
        super().restyle()

    def fit(self) -> None:
        """Take the height its words need."""
        self.setFixedHeight(self._row.totalHeightForWidth(self.width()))

    def closeEvent(self, event: QCloseEvent) -> None:
        """Say that it goes."""
        super().closeEvent(event)
        self.gone.emit()

    def enterEvent(self, event: QEvent) -> None:  # type: ignore[override]
        """Hovering holds it."""
        self._timer.stop()
        super().enterEvent(event)  # type: ignore[arg-type]

    def leaveEvent(self, event: QEvent) -> None:
        """Leaving starts the time again."""
        self._timer.start()
        super().leaveEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A press takes it away: it may lie over what one wants to press next."""
        event.accept()
        self.close()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the raised card: a soft shadow, in sunlight a black line."""
        theme, radius = self.theme, self.theme.radius("card")
        with QPainter(self) as painter:
            body = QRectF(self.rect()).adjusted(6, 4, -6, -8)
            if theme.style["shadow"]:
                shade = theme.color("shadow")
                for grow in (5, 3, 1):
                    faint = type(shade)(shade)
                    faint.setAlpha(max(4, shade.alpha() // 4))
                    spread = body.adjusted(-grow, 3 - grow, grow, 3 + grow)
                    draw_box(painter, spread, fill=faint, radius=radius + grow)
            line = theme.color("line")
            draw_box(painter, body, fill=theme.color("raised"), line=line, width=theme.line, radius=radius)


class ToastStack(QObject):
    """Shows toasts over a window."""

    def __init__(self, window: QWidget, *, bottom: int = 56) -> None:
        super().__init__(window)
        self._window, self._bottom = window, bottom
        self._shown: list[Toast] = []
        self._right = 0
        window.installEventFilter(self)

    def say(
        self,
        title: str,
        text: str = "",
        *,
        icon: str = "filled/circle-check",
        color: str = "ok",
        action: tuple[str, Callable[[], object]] | None = None,
    ) -> Toast:
        """Show a message; the oldest of three goes."""
        toast = Toast(title, text, icon=icon, color=color, action=action, parent=self._window)
        self._shown.append(toast)
        toast.gone.connect(lambda: self._forget(toast))
        while len(self._shown) > MOST:
            self._shown.pop(0).close()
        self._place()  # moved first, then shown: at the corner of the window the pointer might hold it
        said = QAccessibleAnnouncementEvent(toast, f"{title} {text}".strip())
        QAccessible.updateAccessibility(said)
        return toast

    def keep_right(self, px: int) -> None:
        """Leave that much of the right edge to a drawer."""
        self._right = px
        self._place()

    def _forget(self, toast: Toast) -> None:
        if toast in self._shown:
            self._shown.remove(toast)
            self._place()

    def _place(self) -> None:
        if not self._shown:
            return
        theme = self._shown[0].theme
        y = self._window.height() - theme.u(self._bottom) - theme.u(8)
        room = self._window.width() - self._right - theme.u(10)
        for toast in reversed(self._shown):
            toast.fit()
            y -= toast.height()
            toast.move(max(0, room - toast.width()), y)
            # Beside an open drawer there may be no room: its words stand there already.
            toast.setVisible(toast.width() <= room)
            toast.raise_()

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """Keep to the corner when the window changes, and fit when the look does: after the toasts have heard of it."""
        if event.type() == QEvent.Type.Resize:
            self._place()
        elif event.type() == QEvent.Type.StyleChange:
            QTimer.singleShot(0, self, self._place)
        return False
