"""EntryArea: a text that grows, in which Enter goes on to the next and Backspace in the empty one goes back.

Signals: `gone_on()` Enter, `gone_back()` Backspace while empty. Alt+Enter or Shift+Enter breaks the line.
"""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent

from ui.views.workspace.undo import keep_own_undo
from ui.widgets.text_area import TextArea

MOST_LINES = 8


class EntryArea(TextArea):
    """See the module text."""

    gone_on = Signal()
    gone_back = Signal()

    def __init__(self) -> None:
        super().__init__(rows=1, most=MOST_LINES)
        keep_own_undo(self)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter and Backspace walk between the entries."""
        key, plain = (
            event.key(),
            event.modifiers()
            in {
                Qt.KeyboardModifier.NoModifier,
                Qt.KeyboardModifier.KeypadModifier,
            },
        )
        if key in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and plain and not self.isReadOnly():
            self.flush()
            self.gone_on.emit()
        elif key == Qt.Key.Key_Backspace and not self.toPlainText() and not self.isReadOnly():
            self.gone_back.emit()
        else:
            super().keyPressEvent(event)
