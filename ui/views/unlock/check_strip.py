"""CheckStrip: the self-check of the unlock screen in equal columns, icon and word above, figure below."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui.views.unlock.self_check import Check, figure, title
from ui.widgets.painted import Themed, draw_box, draw_icon, draw_text


def dress(check: Check) -> tuple[str, str, str]:
    """Return icon, its colour, and the colour of the figure."""
    if not check.is_there:
        return "circle-dashed", "text2", "text2"
    return ("filled/circle-check", "ok", "text") if check.is_ok else ("filled/alert-triangle", "warn", "warn")


class CheckStrip(Themed, QWidget):
    """Shows checks; empty until they are known."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._checks: tuple[Check, ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_checks(self, checks: Sequence[Check]) -> None:
        """Show these."""
        self._checks = tuple(checks)
        self.retranslate()

    def retranslate(self) -> None:
        """Say them to a screen reader."""
        self.setAccessibleName("，".join(f"{title(check)} {figure(check)}" for check in self._checks))
        self.update()

    def sizeHint(self) -> QSize:
        """72 px high."""
        return QSize(self.theme.u(480), self.theme.u(72))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the card and its columns."""
        theme, u = self.theme, self.theme.u
        with QPainter(self) as painter:
            line = theme.color("line")
            rect = QRectF(self.rect())
            draw_box(
                painter, rect, fill=theme.color("surface"), line=line, width=theme.line, radius=theme.radius("card")
            )
            if not self._checks:
                return
            wide = (self.width() - u(16)) / len(self._checks)
            for n, check in enumerate(self._checks):
                left = round(u(16) + n * wide)
                if n:
                    draw_box(painter, QRectF(left - u(16), u(18), theme.line, u(36)), fill=line)
                icon, ink, tone = dress(check)
                draw_icon(painter, left, u(25), icon, theme=theme, px=16, color=theme.color(ink), dpr=self.dpr)
                room = QRectF(left + u(22), u(14), wide - u(40), u(22))
                draw_text(painter, room, title(check), font=theme.font("meta"), color=theme.color("text2"))
                below = QRectF(left, u(36), wide - u(20), u(26))
                draw_text(painter, below, figure(check), font=theme.font("body"), color=theme.color(tone))
