"""CountStrip: large figures in equal columns, each with its word and a second line."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui.widgets.painted import Themed, draw_box, draw_icon, draw_text


@dataclass(frozen=True, slots=True)
class Figure:
    """One column: a figure (or an icon instead), its word, a second line; `color` of the figure."""

    figure: str
    word: str
    second: str = ""
    color: str = "text"
    icon: str = ""
    is_minor: bool = False
    """Goes first where there is no room for all."""


class CountStrip(Themed, QWidget):
    """Shows figures; one display figure a column."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._figures: tuple[Figure, ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_figures(self, figures: Sequence[Figure]) -> None:
        """Show these, and say them to a screen reader."""
        self._figures = tuple(figures)
        self.setAccessibleName("；".join(f"{one.word} {one.figure} {one.second}".strip() for one in figures))
        self.setToolTip(self.accessibleName())
        self.update()

    def _shown(self) -> list[Figure]:
        """Return the figures whose words have room; minor ones go first, from the right."""
        shown = list(self._figures)
        minor = [one for one in reversed(shown) if one.is_minor]
        while minor and self.width() // len(shown) < max(self._need(one) for one in shown):
            shown.remove(minor.pop(0))
        return shown

    def _need(self, one: Figure) -> int:
        """Return how wide a column must be for its words, in px."""
        theme, u = self.theme, self.theme.u
        left = u(32) if one.icon else round(theme.metrics("display").horizontalAdvance(one.figure))
        words = theme.metrics("body").horizontalAdvance(one.word), theme.metrics("meta").horizontalAdvance(one.second)
        return left + u(12) + round(max(words)) + u(30)

    def sizeHint(self) -> QSize:
        """76 px high."""
        return QSize(self.theme.u(480), self.theme.u(76))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw card, hairlines, figures."""
        theme, u = self.theme, self.theme.u
        line = theme.color("line")
        with QPainter(self) as painter:
            draw_box(
                painter,
                QRectF(self.rect()),
                fill=theme.color("surface"),
                line=line,
                width=theme.line,
                radius=theme.radius("card"),
            )
            shown = self._shown()
            wide = self.width() / max(1, len(shown))
            for n, one in enumerate(shown):
                left = round(n * wide)
                if n:
                    painter.fillRect(left, u(18), theme.line, self.height() - 2 * u(18), line)
                self._draw(painter, one, QRectF(left + u(20), 0, wide - u(28), self.height()))

    def _draw(self, painter: QPainter, one: Figure, room: QRectF) -> None:
        theme, u = self.theme, self.theme.u
        tint = theme.color(one.color)
        if one.icon:
            used = draw_icon(
                painter, room.left(), room.center().y(), one.icon, theme=theme, px=32, color=tint, dpr=self.dpr
            )
        else:
            used = draw_text(painter, room, one.figure, font=theme.font("display"), color=tint, elide=False)
        text = room.adjusted(used + u(12), 0, 0, 0)
        upper = QRectF(text.left(), u(16), text.width(), u(22))
        lower = QRectF(text.left(), u(38), text.width(), u(20))
        draw_text(painter, upper, one.word, font=theme.font("body"), color=theme.color("text"))
        draw_text(painter, lower, one.second, font=theme.font("meta"), color=theme.color("text2"))
