"""CheckBox: a real QCheckBox, painted; the whole line is its target.

CheckBox("首次且轻微，及时改正，可不予处罚");  box.toggled → Signal(bool)
"""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QCheckBox, QSizePolicy, QWidget

from ui.widgets.painted import Themed, draw_box, draw_icon, draw_text


class CheckBox(Themed, QCheckBox):
    """One yes or no, said as a positive statement."""

    def __init__(self, text: str = "", *, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setProperty("ringGap", 0)
        self.setText(text)

    def setText(self, text: str) -> None:
        """Set the statement, which is also its accessible name."""
        super().setText(text)
        self.setAccessibleName(text)
        self.updateGeometry()

    def text_width(self) -> int:
        """Return how wide the words are, in px."""
        return round(self.theme.metrics("body").horizontalAdvance(self.text()) + 0.5)

    def room_for_text(self) -> int:
        """Return how many px the words may take."""
        return self.width() - self._indent()

    def sizeHint(self) -> QSize:
        """Box, gap, words."""
        wide = self.text_width() + self._indent() + self.theme.u(4)
        return QSize(max(wide, self.theme.target), self.theme.size("control"))

    def _indent(self) -> int:
        """Where the words begin, in px."""
        return self.theme.size("checkbox") + self.theme.u(10)

    def minimumSizeHint(self) -> QSize:
        """Never narrower than its words."""
        return self.sizeHint()

    def hitButton(self, _pos) -> bool:
        """The whole line is the target."""
        return True

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw box, tick, words."""
        theme, on = self.theme, self.isChecked()
        edge = theme.size("checkbox")
        box = QRectF(0, round((self.height() - edge) / 2), edge, edge)
        line = "control" if not self.underMouse() else "text2"
        with QPainter(self) as painter:
            if on and self.isEnabled():
                draw_box(painter, box, fill=theme.color("accent"), radius=theme.radius("tag"))
            else:
                fill = theme.color("surface" if self.isEnabled() else "pressed")
                draw_box(
                    painter, box, fill=fill, line=theme.color(line), width=1.5 * theme.line, radius=theme.radius("tag")
                )
            if on:
                tick = theme.color("onAccent" if self.isEnabled() else "disabled")
                inset = (edge - theme.u(16)) / 2
                draw_icon(painter, inset, box.center().y(), "check", theme=theme, px=16, color=tick, dpr=self.dpr)
            room = QRectF(self._indent(), 0, self.width() - self._indent(), self.height())
            color = theme.color("text" if self.isEnabled() else "disabled")
            draw_text(painter, room, self.text(), font=theme.font("body"), color=color)
