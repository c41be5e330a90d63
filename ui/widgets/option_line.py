"""OptionLine: one choice whose words may take several lines: PickLine of one among others, TickLine for itself.

line = TickLine("已当场口头告知拟处罚内容及事实、理由、依据");  line.toggled → Signal(bool)
PickLines of one parent exclude each other, as radio buttons do. The whole line is the target.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QCheckBox, QRadioButton, QSizePolicy, QWidget

from ui.widgets.label import line_count, wrapped
from ui.widgets.painted import Themed, draw_box, draw_icon, draw_text

_Base = QAbstractButton if TYPE_CHECKING else object
"""One class can't come from two of Qt's: the lines below bring their own."""


class _Line(Themed, _Base):
    """What both have in common: measures and the words."""

    is_round = False

    def _begin(self, text: str) -> None:
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.setProperty("ringGap", 0)
        self.setText(text)
        self.setAccessibleName(text)

    def _indent(self) -> int:
        return self.theme.size("checkbox") + self.theme.u(10)

    def hasHeightForWidth(self) -> bool:
        """Its words wrap."""
        return True

    def heightForWidth(self, width: int) -> int:
        """As many lines as the words need, never lower than a control."""
        lines = line_count(self.text(), self.theme.font("body"), max(1, width - self._indent()))
        return self.theme.size("control") + (lines - 1) * self.theme.line_height("body")

    def sizeHint(self) -> QSize:
        """One line."""
        wide = round(self.theme.metrics("body").horizontalAdvance(self.text())) + self._indent() + self.theme.u(4)
        return QSize(max(wide, self.theme.target), self.theme.size("control"))

    def minimumSizeHint(self) -> QSize:
        """Box and a few characters."""
        return QSize(self._indent() + self.theme.u(60), self.theme.size("control"))

    def hitButton(self, _pos) -> bool:
        """The whole line is the target."""
        return True

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw box or circle, its mark, the words."""
        theme, row = self.theme, self.theme.size("control")
        with QPainter(self) as painter:
            self._draw_mark(painter, row)
            color = theme.color("text" if self.isEnabled() or self.isChecked() else "disabled")
            font, step = theme.font("body"), theme.line_height("body")
            room = self.width() - self._indent()
            for n, line in enumerate(wrapped(self.text(), font, room)):
                place = QRectF(self._indent(), (row - step) / 2 + n * step, room, step)
                draw_text(painter, place, line, font=font, color=color, elide=False)

    def _draw_mark(self, painter: QPainter, row: int) -> None:
        theme, is_on = self.theme, self.isChecked()
        edge = theme.size("checkbox")
        box = QRectF(0, round((row - edge) / 2), edge, edge)
        radius = edge / 2 if self.is_round else theme.radius("tag")
        if is_on and self.isEnabled():
            draw_box(painter, box, fill=theme.color("accent"), radius=radius)
        else:
            line = theme.color("text2" if self.underMouse() else "control")
            fill = theme.color("surface" if self.isEnabled() else "pressed")
            draw_box(painter, box, fill=fill, line=line, width=1.5 * theme.line, radius=radius)
        if not is_on:
            return
        mark = theme.color("onAccent" if self.isEnabled() else "text2")
        if self.is_round:
            inner = box.adjusted(edge / 3, edge / 3, -edge / 3, -edge / 3)
            draw_box(painter, inner, fill=mark, radius=inner.width() / 2)
        else:
            inset = (edge - theme.u(16)) / 2
            draw_icon(painter, inset, box.center().y(), "check", theme=theme, px=16, color=mark, dpr=self.dpr)


class TickLine(_Line, QCheckBox):
    """A yes or no for itself, said as a statement."""

    def __init__(self, text: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._begin(text)


class PickLine(_Line, QRadioButton):
    """One of several that exclude each other."""

    is_round = True

    def __init__(self, text: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._begin(text)
