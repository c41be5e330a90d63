"""MarkTools: the column of tools beside a photo that is being marked: tool, colour, weight, and what undoes them.

Signals: `tool_chosen(str)`, `color_chosen(str)`, `weight_chosen(str)`; the buttons `undo`, `redo`, `drop`, `rewrite`.
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QButtonGroup, QGridLayout, QVBoxLayout, QWidget

from inspector.evidence.marks import INK, Color, Text, Weight
from ui.models.mark_board import MarkBoard
from ui.text import tr
from ui.views.evidence.dark import DarkButton, DarkLabel
from ui.views.evidence.picture import Dark
from ui.views.evidence.tool_button import ToolButton
from ui.widgets.painted import Themed

TOOLS = (
    ("select", "pointer"),
    ("box", "square"),
    ("circle", "circle"),
    ("arrow", "arrow-up-right"),
    ("text", "typography"),
)
"""Tool and icon; the keys are 1 to 5."""


class MarkTools(Dark, Themed, QWidget):
    """See the module text."""

    tool_chosen = Signal(str)
    color_chosen = Signal(str)
    weight_chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.tools = [ToolButton(tool, icon=icon, key=f"{n}") for n, (tool, icon) in enumerate(TOOLS, 1)]
        self.colors = [ToolButton(color.value, swatch=INK[color][0]) for color in Color]
        self.weights = [ToolButton(weight.value) for weight in Weight]
        self.undo = DarkButton(icon="arrow-back-up")
        self.redo = DarkButton(icon="arrow-forward-up")
        self.drop = DarkButton(icon="trash")
        self.rewrite = DarkButton(icon="pencil")
        self._names = [DarkLabel(role="meta", color="text2", elide=False) for _ in range(3)]
        self._grids: list[QGridLayout] = []
        self._column = QVBoxLayout(self)
        self._groups = [
            self._group(self._names[0], self.tools, self.tool_chosen, across=2),
            self._group(self._names[1], self.colors, self.color_chosen, across=3),
            self._group(self._names[2], self.weights, self.weight_chosen, across=3),
        ]
        self._grid((self.undo, self.redo, self.drop, self.rewrite), across=2)
        self._column.addStretch(1)
        self.retranslate()
        self.restyle()

    def _group(self, name: DarkLabel, buttons: Sequence[ToolButton], told: object, *, across: int) -> QButtonGroup:
        group = QButtonGroup(self)
        for button in buttons:
            group.addButton(button)
            button.clicked.connect(lambda _on=False, value=button.value: told.emit(value))  # type: ignore[attr-defined]
        self._column.addWidget(name)
        self._grid(buttons, across=across)
        return group

    def _grid(self, widgets: Sequence[QWidget], *, across: int) -> None:
        grid = QGridLayout()
        for n, widget in enumerate(widgets):
            grid.addWidget(widget, n // across, n % across)
        for n in range(across):
            grid.setColumnStretch(n, 1)
        self._grids.append(grid)
        self._column.addLayout(grid)

    def show_state(self, board: MarkBoard, tool: str) -> None:
        """Show which tool is on, and what can be done with the selected mark."""
        wanted = {tool, board.color.value, board.weight.value}
        for button in (*self.tools, *self.colors, *self.weights):
            if button.value in wanted:
                button.setChecked(True)
        self.undo.setEnabled(board.can_undo)
        self.redo.setEnabled(board.can_redo)
        self.drop.setEnabled(board.current is not None)
        self.rewrite.setEnabled(isinstance(board.current, Text))

    def retranslate(self) -> None:
        """Name everything in the language that is on."""
        for label, word in zip(self._names, (tr("工具"), tr("颜色"), tr("粗细")), strict=True):
            label.setText(word)
        tools = (tr("选择"), tr("框"), tr("圈"), tr("箭头"), tr("文字"))
        colors, weights = (tr("红"), tr("黄"), tr("蓝")), (tr("细"), tr("中"), tr("粗"))
        for buttons, texts in ((self.tools, tools), (self.colors, colors), (self.weights, weights)):
            for button, word in zip(buttons, texts, strict=True):
                button.setText(word)
        self.undo.setText(tr("撤销"))
        self.redo.setText(tr("重做"))
        self.drop.setText(tr("删除"))
        self.rewrite.setText(tr("改文字"))
        hints = ((self.undo, "Ctrl+Z"), (self.redo, "Ctrl+Y"), (self.drop, "Delete"), (self.rewrite, "F2"))
        for button, key in hints:
            button.setToolTip(key)

    def restyle(self) -> None:
        """Take the gaps of the theme."""
        if hasattr(self, "_groups"):
            u, gap = self.theme.u, self.theme.gap
            self._column.setContentsMargins(u(20), u(12), u(20), u(12))
            self._column.setSpacing(u(4))
            for grid in self._grids:
                grid.setContentsMargins(0, 0, 0, u(10))
                grid.setHorizontalSpacing(gap)
                grid.setVerticalSpacing(gap if self.theme.is_field else u(4))
        super().restyle()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the dark ground."""
        with QPainter(self) as painter:
            painter.fillRect(self.rect(), self.theme.color("surface"))
