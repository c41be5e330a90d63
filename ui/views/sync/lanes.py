"""The card of lanes on the sync screen: clear of its round corners, without a line at its foot."""

from __future__ import annotations

from PySide6.QtGui import QPainter, QPaintEvent

from ui.widgets.lane import Lane
from ui.widgets.panel import Card


class LaneCard(Card):
    """Keeps its lanes clear of its round corners."""

    def restyle(self) -> None:
        """Take padding and spacing of the theme."""
        super().restyle()
        line = self.theme.line
        self.column.setContentsMargins(line, line, line, self.theme.radius("card"))


class LastLane(Lane):
    """A lane that may stand at the foot of the card, where the card's own line is below it already."""

    is_last = True

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the lane, at the foot without its hairline."""
        super().paintEvent(event)
        if not self.is_last:
            return
        line = self.theme.line
        with QPainter(self) as painter:
            painter.fillRect(0, self.height() - line, self.width(), line, self.theme.color("surface"))
