"""ToggleList: rows that are chosen or not; a click, Space or Enter turns one. Signal `toggled(id)`."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent

from ui.widgets.rows import RowList


class ToggleList(RowList):
    """See the module text."""

    toggled = Signal(str)

    def __init__(self) -> None:
        super().__init__(height="rowDouble")
        self.clicked.connect(lambda _index: self.toggled.emit(self.current()))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Space and Enter turn the current row."""
        if event.key() in {Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Enter} and self.current():
            self.toggled.emit(self.current())
        else:
            super().keyPressEvent(event)
