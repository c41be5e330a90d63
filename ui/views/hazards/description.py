"""DescriptionField: what was seen, in own words or out of the catalogue (汉字, pinyin initials, code).

Signals: `searched(text)` after 0.15 s of rest, answer with `show_hits(heading, rows)`; `picked(code)` a hit was taken.
↑ ↓ walk, Enter takes, Tab keeps the own words, Esc closes the list.
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, Qt, QTimer, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QWidget

from ui.views.hazards.suggestions import SuggestionPopup
from ui.widgets.fields import TextField
from ui.widgets.rows import Row

REST_MS = 150


class DescriptionField(TextField):
    """One line with the catalogue beneath it; see the module text."""

    searched = Signal(str)
    picked = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self.popup = SuggestionPopup(self)
        self.popup.picked.connect(self.picked)
        self._offers_on_focus = False
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(REST_MS)
        self._rest.timeout.connect(lambda: self.searched.emit(self.text().strip()))
        self.textEdited.connect(lambda _text: self._rest.start())

    def offer_on_focus(self, is_offering: bool) -> None:
        """Whether entering the empty field brings the quick picks."""
        self._offers_on_focus = is_offering

    def show_hits(self, heading: str, rows: Sequence[Row]) -> None:
        """Show hits if the field still has the focus."""
        if self.hasFocus() and not self.isReadOnly():
            self.popup.show_rows(heading, rows)

    def replace(self, text: str) -> None:
        """Show a value that comes from elsewhere, whatever is being typed. Signals nothing."""
        self._rest.stop()
        self.popup.hide()
        self._accepted(text)
        self.setText(text)
        self.setCursorPosition(0)

    def event(self, event: QEvent) -> bool:
        """Esc closes the list first, before any screen hears of it."""
        is_key = event.type() == QEvent.Type.ShortcutOverride and self.popup.isVisible()
        if is_key and isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Escape:
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Keys of the list go to the list while it is there."""
        popup, key = self.popup, event.key()
        if key == Qt.Key.Key_Down and not popup.isVisible():
            self.searched.emit(self.text().strip())
        elif popup.isVisible() and key in {Qt.Key.Key_Down, Qt.Key.Key_Up}:
            popup.step(1 if key == Qt.Key.Key_Down else -1)
        elif popup.isVisible() and key in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and not event.modifiers():
            if not popup.take():
                super().keyPressEvent(event)
        elif popup.isVisible() and key == Qt.Key.Key_Escape:
            popup.hide()
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Offer the quick picks in an empty new form."""
        super().focusInEvent(event)
        if self._offers_on_focus and not self.text() and not self.isReadOnly():
            self.searched.emit("")

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """The list goes with the focus."""
        self._rest.stop()
        self.popup.hide()
        super().focusOutEvent(event)
