"""Boxes of what is typed on one or a few lines: text, person, phone, identity number, number, days, moments, money."""

from __future__ import annotations

from datetime import date
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from inspector.law import amounts
from inspector.law.documents import DocumentField
from ui.context import today
from ui.models.document_words import moment_text, read_day, read_moment, read_yuan, step_day, yuan_text
from ui.models.moments import weekday_word
from ui.text import tr
from ui.views.documents.field_box import FieldBox
from ui.views.workspace.undo import keep_own_undo
from ui.widgets.fields import NumberField, TextField
from ui.widgets.label import Label, Paragraph
from ui.widgets.text_area import TextArea

MOST_LINES = 12
MOST_INT = 1_000_000


class TextBox(FieldBox):
    """One line. Subclasses say how a kept value is typed (`_text`), and what a typed text is kept as (`_read`)."""

    def __init__(self, field: DocumentField) -> None:
        super().__init__(field)
        self.line: TextField | TextArea = self._made()
        keep_own_undo(self.line)
        self.line.installEventFilter(self)
        self.left.connect(self._show_beginning)
        self.row = QHBoxLayout()
        is_short = self.line.sizePolicy().horizontalPolicy() == QSizePolicy.Policy.Fixed
        self.row.addWidget(self.line, 0 if is_short else 1)
        if is_short:
            self.row.addStretch(1)
        self.column.addLayout(self.row)
        typed = self.line.textEdited if isinstance(self.line, TextField) else self.line.textChanged
        typed.connect(lambda *_text: self._on_typed())
        self.line.drafted.connect(self.drafted)
        self.line.committed.connect(self._commit)

    def _made(self) -> TextField | TextArea:
        return TextField()

    def _text(self, value: Any) -> str:
        return str(value)

    def _read(self, text: str) -> Any:
        """Return what is kept; ValueError with the sentence to be shown if it is no value."""
        return text

    def half(self) -> str:
        """The text as it stands."""
        return self.line.value()

    def _show_beginning(self) -> None:
        if isinstance(self.line, TextField):
            self.line.setCursorPosition(0)  # a long value is read from its beginning

    def _on_typed(self) -> None:
        if self.line.has_pending():
            self.touched.emit()
        self._show_meaning(self.line.value())

    def _show_meaning(self, text: str) -> None:
        """Say what the typed text comes to, beside it."""

    def _commit(self, text: str) -> None:
        plain = text.strip()
        try:
            value = self._read(plain) if plain else self.empty
        except ValueError as error:
            self.refused.emit(str(error))
            return
        self.refused.emit("")
        self.committed.emit(value)

    def show_value(self, value: Any) -> None:
        """Show a kept value."""
        if self.line.has_pending():
            return
        text = "" if value in (None, "") else self._text(value)
        self.line.set_value(text)
        self._show_meaning(self.line.value())

    def restore(self, half: str) -> None:
        """Type it again."""
        if half == self.line.value():
            return
        if isinstance(self.line, TextField):
            self.line.setText(half)
            self.line.textEdited.emit(half)
        else:
            self.line.setPlainText(half)

    def is_typing(self) -> bool:
        """Typed, and not committed."""
        return self.line.has_pending()

    def set_read_only(self, is_read_only: bool) -> None:
        """On sunken ground."""
        self.line.set_read_only(is_read_only)

    def set_error(self, is_wrong: bool) -> None:
        """The edge of the line."""
        self.line.set_error(is_wrong)

    def flush(self) -> None:
        """Commit the line."""
        self.line.flush()

    def stops(self) -> list[QWidget]:
        """The line, then what stands beside it."""
        return [self.line, *(one for one in super().stops() if one is not self.line)]

    def name(self, label: str) -> None:
        """The line carries the name."""
        self.line.setAccessibleName(label)

    def restyle(self) -> None:
        """Take the gaps of the theme."""
        if hasattr(self, "row"):
            self.row.setSpacing(self.theme.gap)
        super().restyle()


class ParagraphBox(TextBox):
    """A few lines that grow with their text."""

    is_wide = True

    def _made(self) -> TextArea:
        return TextArea(rows=2, most=MOST_LINES)


class NumberBox(TextBox):
    """A whole number; ↑ ↓ step it."""

    def _made(self) -> TextField:
        return NumberField(0, MOST_INT)

    @property
    def empty(self) -> Any:
        """Never blank text."""
        return None

    def _read(self, text: str) -> int:
        return int(text)


class _DayLine(TextField):
    """A day; ↑ ↓ step it."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """The day after, the day before."""
        step = {Qt.Key.Key_Up: 1, Qt.Key.Key_Down: -1}.get(Qt.Key(event.key()))
        day = read_day(self.text(), today())
        if step is None or day is None or self.isReadOnly():
            super().keyPressEvent(event)
            return
        self.setText(step_day(day, step).isoformat())
        self.textEdited.emit(self.text())


class DayBox(TextBox):
    """A day as 2026-12-11, with its weekday beside."""

    def __init__(self, field: DocumentField) -> None:
        super().__init__(field)
        self.weekday = Label(color="text2", elide=False)
        self.row.addWidget(self.weekday)
        self.line.setPlaceholderText(tr("如 2026-12-11 或 12-11"))

    def _made(self) -> TextField:
        return _DayLine()

    def _read(self, text: str) -> str:
        day = read_day(text, today())
        if day is None:
            raise ValueError(tr("请按 2026-11-20 的样子写"))
        return day.isoformat()

    def _show_meaning(self, text: str) -> None:
        day = read_day(text, today())
        self.weekday.setText("" if day is None else weekday_word(day))


class MomentBox(TextBox):
    """A moment as 2026-12-11 09:30, with its weekday beside."""

    def __init__(self, field: DocumentField) -> None:
        super().__init__(field)
        self.weekday = Label(color="text2", elide=False)
        self.row.addWidget(self.weekday)
        self.line.setPlaceholderText(tr("如 12-11 09:30，或 9:30"))

    def _text(self, value: Any) -> str:
        return moment_text(str(value))

    def _read(self, text: str) -> str:
        moment = read_moment(text, today())
        if moment is None:
            raise ValueError(tr("请按 2026-11-20 10:02 的样子写"))
        return moment.isoformat()

    def _show_meaning(self, text: str) -> None:
        moment = read_moment(text, today())
        self.weekday.setText("" if moment is None else weekday_word(date(moment.year, moment.month, moment.day)))


class MoneyBox(TextBox):
    """An amount in yuan, with its words under it as the paper writes them."""

    def __init__(self, field: DocumentField) -> None:
        super().__init__(field)
        self.unit = Label(tr("元"), elide=False)
        self.row.addWidget(self.unit)
        self.words = Paragraph(role="meta", color="text2")
        self.column.addWidget(self.words)
        self.words.hide()
        self.line.setAlignment(Qt.AlignmentFlag.AlignRight)

    @property
    def empty(self) -> Any:
        """Never blank text."""
        return None

    def _text(self, value: Any) -> str:
        return yuan_text(int(value))

    def _read(self, text: str) -> int:
        fen = read_yuan(text)
        if fen is None:
            raise ValueError(tr("请写数字，如 2000 或 2 万"))
        return fen

    def _show_meaning(self, text: str) -> None:
        fen = read_yuan(text) if text.strip() else None
        said = "" if fen is None or fen >= 10**14 else tr("大写：{words}", words=amounts.in_words(fen))
        self.words.setText(said)
        self.words.setVisible(bool(said))
