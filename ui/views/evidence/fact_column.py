"""FactColumn: what is known of a piece of evidence, name and value under each other on dark ground."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ui.views.evidence.dark import DarkLabel, DarkWords
from ui.views.evidence.picture import Dark
from ui.widgets.painted import Themed


class FactColumn(Dark, Themed, QWidget):
    """See the module text."""

    def __init__(self) -> None:
        super().__init__()
        self._column = QVBoxLayout(self)

    def show_facts(self, told: Sequence[tuple[str, str]]) -> None:
        """Show these instead."""
        while (item := self._column.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        for name, value in told:
            label = DarkLabel(name, role="meta", color="text2")
            words = DarkWords(value)
            words.setAccessibleName(f"{name} {value}")
            words.setTextInteractionFlags(Qt.TextInteractionFlag.NoTextInteraction)
            self._column.addWidget(label)
            self._column.addWidget(words)
            self._column.addSpacing(self.theme.u(6))
        self._column.addStretch(1)
        self.restyle()

    def restyle(self) -> None:
        """Take the gaps of the theme."""
        pad = self.theme.u(20)
        self._column.setContentsMargins(pad, pad, pad, pad)
        self._column.setSpacing(0)
        super().restyle()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the ground."""
        with QPainter(self) as painter:
            painter.fillRect(self.rect(), self.theme.color("surface"))
