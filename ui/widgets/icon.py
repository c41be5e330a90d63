"""IconLabel: an icon that stands in a layout beside its word (never alone).

IconLabel("camera", 18, "text2");  label.show_icon("filled/circle-check", "ok")
"""

from __future__ import annotations

from PySide6.QtCore import QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui.widgets.painted import Themed, draw_icon


class IconLabel(Themed, QWidget):
    """One icon of unscaled size `px` in the colour of a role."""

    def __init__(self, name: str, px: int = 18, color: str = "text2", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._name, self._px, self._color = name, px, color
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def show_icon(self, name: str, color: str) -> None:
        """Show another one."""
        self._name, self._color = name, color
        self.update()

    def sizeHint(self) -> QSize:
        """A square."""
        edge = self.theme.u(self._px)
        return QSize(edge, edge)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw it."""
        color = self.theme.color(self._color)
        with QPainter(self) as painter:
            middle = self.height() / 2
            draw_icon(painter, 0, middle, self._name, theme=self.theme, px=self._px, color=color, dpr=self.dpr)
