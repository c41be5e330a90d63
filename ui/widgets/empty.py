"""EmptyState: 32 px outline icon, one bold line what is so, one line what to do, real buttons.

EmptyState("clipboard-list", "尚未记录隐患", "按 F2 开始；如无隐患，点“现场未发现问题”", [new, clean])
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from ui.widgets.button import Button
from ui.widgets.icon import IconLabel
from ui.widgets.label import Label, Paragraph
from ui.widgets.painted import Themed


class EmptyState(Themed, QWidget):
    """Stands in the middle of an empty pane."""

    def __init__(
        self,
        icon: str,
        title: str = "",
        text: str = "",
        buttons: Sequence[Button] = (),
        *,
        color: str = "text2",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        middle = Qt.AlignmentFlag.AlignHCenter
        self.title = Label(title, role="title", align=middle)
        self.text = Paragraph(text, color="text2", align=middle)
        self._column = QVBoxLayout(self)
        self._column.addStretch(1)
        self._column.addWidget(IconLabel(icon, 32, color), 0, middle)
        self._column.addWidget(self.title)
        self._column.addWidget(self.text)
        self._buttons = QHBoxLayout()
        self._buttons.addStretch(1)
        for button in buttons:
            self._buttons.addWidget(button)
        self._buttons.addStretch(1)
        self._column.addLayout(self._buttons)
        self._column.addStretch(2)
        self.restyle()

    def say(self, title: str, text: str) -> None:
        """Say it (again, in another language)."""
        self.title.setText(title)
        self.text.setText(text)

    def restyle(self) -> None:
        """Take the gaps of the theme."""
        u = self.theme.u
        self._column.setSpacing(u(8))
        self._column.setContentsMargins(u(24), u(24), u(24), u(24))
        self._buttons.setSpacing(max(u(12), self.theme.gap))
        self._buttons.setContentsMargins(0, u(16), 0, 0)
        super().restyle()
