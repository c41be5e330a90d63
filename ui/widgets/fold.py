"""Fold: a bold line with an icon, and a list that opens below it.

fold.show_lines("38 项通过", ["…", "…"])
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from ui.text import tr
from ui.widgets.button import Button
from ui.widgets.icon import IconLabel
from ui.widgets.label import Label, Paragraph
from ui.widgets.painted import Themed


class Fold(Themed, QWidget):
    """See the module text."""

    def __init__(self, icon: str, color: str) -> None:
        super().__init__()
        self.title = Label(role="bodyStrong")
        self.toggle = Button(kind="link", on_click=self._turn)
        self.words = Paragraph(role="meta", color="text2")
        self.words.hide()
        self._head = QHBoxLayout()
        self._head.addWidget(IconLabel(icon, 18, color))
        self._head.addWidget(self.title, 1)
        self._head.addWidget(self.toggle)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.addLayout(self._head)
        self._column.addWidget(self.words)
        self.restyle()

    def show_lines(self, title: str, lines: Sequence[str]) -> None:
        """Show a title; without lines there is nothing to open."""
        self.title.setText(title)
        self.words.setText("\n".join(lines))
        self.toggle.setVisible(bool(lines))
        self._name()

    def _turn(self) -> None:
        self.words.setVisible(not self.words.isVisible())
        self._name()

    def _name(self) -> None:
        self.toggle.setText(tr("收起") if self.words.isVisible() else tr("展开"))
        self.toggle.setAccessibleDescription(self.title.text())

    def restyle(self) -> None:
        """Take the gap of the theme."""
        self._head.setSpacing(self.theme.u(10))
        super().restyle()
