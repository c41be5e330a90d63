"""Meter: a short bar of five steps with its word, on dark ground: 清晰度 ▇▇▇▇▁ 清楚.

meter.show_steps(4, "清楚", color="ok")
"""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui.views.evidence.picture import Dark
from ui.widgets.painted import Themed, draw_box, draw_text

STEPS = 5


class Meter(Dark, Themed, QWidget):
    """See the module text."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._steps, self._word, self._color = 0, "", "text2"
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_steps(self, steps: int, word: str, *, color: str = "text2") -> None:
        """Show so many of five steps."""
        if (steps, word, color) != (self._steps, self._word, self._color):
            self._steps, self._word, self._color = steps, word, color
            self.setAccessibleName(f"{word} {steps}/{STEPS}" if word else "")
            self.update()

    def sizeHint(self) -> QSize:
        """A line."""
        return QSize(self.theme.u(180), self.theme.u(28))

    def minimumSizeHint(self) -> QSize:
        """Five steps and a short word."""
        return QSize(self.theme.u(120), self.theme.u(28))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the steps that are reached full, the others as frames."""
        theme = self.theme
        wide, high, gap = theme.u(14), theme.u(16), theme.u(4)
        color = theme.color(self._color)
        with QPainter(self) as painter:
            top = round((self.height() - high) / 2)
            for n in range(STEPS):
                step = QRectF(n * (wide + gap), top, wide, high)
                is_on = n < self._steps
                draw_box(
                    painter,
                    step,
                    fill=color if is_on else None,
                    line=None if is_on else theme.color("control"),
                    width=theme.line,
                    radius=theme.u(2),
                )
            room = QRectF(STEPS * (wide + gap) + theme.u(8), 0, self.width(), self.height())
            draw_text(painter, room, self._word, font=theme.font("body"), color=theme.color("text"), elide=False)
