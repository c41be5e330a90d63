"""Text fields that save themselves: typing is told within 0.3 s, a finished value at leaving, Enter or 5 s of rest.

    TextField("输入描述或首字母，如 cdq");  NumberField(1, 365);  TextArea(rows=2) is in text_area.py
Signals of all three (by the user only, never by set_value):
    drafted(str)      the value while typing → services.drafts.put(...)
    committed(str)    a finished value → one patch entry
Methods: value() -> str, set_value(str), set_error(bool), set_read_only(bool), flush() commits what is pending now.
"""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QSize, Qt, QTimer, Signal
from PySide6.QtGui import QIntValidator, QKeyEvent
from PySide6.QtWidgets import QLineEdit, QSizePolicy, QWidget

from ui.widgets.painted import Themed

DRAFT_MS = 300
"""Typing reaches the draft row within a second (decisions.md 2); 300 ms after the last key."""
REST_MS = 5000
"""After 5 s of rest the draft becomes an entry (decisions.md 2)."""


class Saving(Themed):
    """The two timers that both kinds of field share. The host has `value()` and the signals drafted and committed."""

    def _start_saving(self) -> None:
        self._committed_value = ""
        self._draft_timer, self._rest_timer = QTimer(self), QTimer(self)
        for timer, delay in ((self._draft_timer, DRAFT_MS), (self._rest_timer, REST_MS)):
            timer.setSingleShot(True)
            timer.setInterval(delay)
        self._draft_timer.timeout.connect(lambda: self._host().drafted.emit(self._host().value()))
        self._rest_timer.timeout.connect(self.flush)

    def _host(self) -> Any:
        """The field itself: signals must be declared on the Qt class, so the mixin can't name them."""
        return self

    def _typed(self) -> None:
        self._draft_timer.start()
        self._rest_timer.start()

    def _accepted(self, value: str) -> None:
        self._committed_value = value
        self._draft_timer.stop()
        self._rest_timer.stop()

    def flush(self) -> None:
        """Commit what was typed and not committed yet (before leaving the screen)."""
        self._draft_timer.stop()
        self._rest_timer.stop()
        value = self._host().value()
        if value != self._committed_value:
            self._committed_value = value
            self._host().committed.emit(value)

    def has_pending(self) -> bool:
        """Whether something typed is not committed yet."""
        return self._host().value() != self._committed_value

    def set_error(self, is_wrong: bool) -> None:
        """Draw the edge in danger; the sentence goes under the field (FieldRow.show_error)."""
        if bool(self.property("error")) != is_wrong:
            self.setProperty("error", is_wrong)
            self.style().unpolish(self)
            self.style().polish(self)


class TextField(Saving, QLineEdit):
    """One line of text."""

    drafted = Signal(str)
    committed = Signal(str)

    def __init__(self, placeholder: str = "", *, name: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setPlaceholderText(placeholder)
        self.setAccessibleName(name)
        self.setProperty("ringGap", 0)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._start_saving()
        self.textEdited.connect(lambda _text: self._typed())
        self.editingFinished.connect(self.flush)

    def value(self) -> str:
        """Return the text as typed, never normalised."""
        return self.text()

    def set_value(self, text: str) -> None:
        """Show a stored value from its beginning, without signals. Keeps what the user is typing right now."""
        if self.hasFocus() and self.has_pending():
            return
        self._accepted(text)
        if text != self.text():
            self.setText(text)
            self.setCursorPosition(0)

    def set_read_only(self, is_read_only: bool) -> None:
        """Show it on sunken ground; say beside it by whom it is fixed."""
        self.setReadOnly(is_read_only)

    def restyle(self) -> None:
        """Take the font of the theme."""
        font = self.theme.font("body")
        if self.font() != font:
            self.setFont(font)
        super().restyle()


class NumberField(TextField):
    """A whole number; ↑ ↓ step it. The unit stands outside, at its right."""

    def __init__(self, low: int, high: int, *, name: str = "", parent: QWidget | None = None) -> None:
        super().__init__(name=name, parent=parent)
        self._low, self._high = low, high
        self.setValidator(QIntValidator(low, high, self))
        self.setAlignment(Qt.AlignmentFlag.AlignRight)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        """Room for four digits."""
        return QSize(self.theme.u(72), super().sizeHint().height())

    def number(self) -> int | None:
        """Return the number, None while it is empty or outside its range."""
        return int(self.text()) if self.hasAcceptableInput() else None

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """↑ one more, ↓ one less, within the range."""
        step = {Qt.Key.Key_Up: 1, Qt.Key.Key_Down: -1}.get(Qt.Key(event.key()))
        if step is None or self.isReadOnly():
            super().keyPressEvent(event)
            return
        now = self.number() if self.number() is not None else self._low - 1
        self.setText(str(max(self._low, min(self._high, (now or 0) + step))))
        self._typed()
        self.textEdited.emit(self.text())
