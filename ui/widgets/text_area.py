"""TextArea: a few lines of running text that save themselves like a TextField (ui/widgets/fields.py).

In a module of its own: Qt's text documents are not needed until somebody is at work.
"""

from __future__ import annotations

from math import ceil

from PySide6.QtCore import QMimeData, QSize, QSizeF, Signal
from PySide6.QtGui import QFocusEvent, QTextBlockFormat, QTextCursor
from PySide6.QtWidgets import QSizePolicy, QTextEdit, QWidget

from ui.widgets.fields import Saving


class TextArea(Saving, QTextEdit):
    """A few lines of running text with the 1.6 line step; pastes plain text only.

    It shows `rows` lines without scrolling; with `most` it grows with its text up to that many, then it scrolls.
    """

    drafted = Signal(str)
    committed = Signal(str)

    def __init__(
        self,
        placeholder: str = "",
        *,
        rows: int = 2,
        most: int = 0,
        name: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._rows, self._most, self._is_setting = rows, max(rows, most), False
        self.setPlaceholderText(placeholder)
        self.setAccessibleName(name)
        self.setAcceptRichText(False)
        self.setTabChangesFocus(True)
        self.setProperty("ringGap", 0)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._start_saving()
        self.textChanged.connect(self._on_changed)
        self.document().documentLayout().documentSizeChanged.connect(self._grow)

    def value(self) -> str:
        """Return the text as typed."""
        return self.toPlainText()

    def set_value(self, text: str) -> None:
        """Show a stored value without signals. Keeps what the user is typing right now."""
        if self.hasFocus() and self.has_pending():
            return
        self._accepted(text)
        if text != self.toPlainText():
            self._is_setting = True
            self.setPlainText(text)
            self._space_lines()
            self._is_setting = False

    def set_read_only(self, is_read_only: bool) -> None:
        """Show it on sunken ground; say beside it by whom it is fixed."""
        self.setReadOnly(is_read_only)
        self.setProperty("readOnly", is_read_only)
        self.style().unpolish(self)
        self.style().polish(self)

    def sizeHint(self) -> QSize:
        """As high as its text, from `rows` to `most` lines, with the document's margin and the edge around them."""
        self.ensurePolished()  # the sheet gives the edge
        around = self.contentsMargins()
        edge = round(2 * self.document().documentMargin()) + around.top() + around.bottom()
        step = self.theme.line_height("body")
        text = ceil(self.document().size().height() - 2 * self.document().documentMargin())
        high = max(self._rows * step, min(self._most * step, text))
        return QSize(self.theme.u(320), high + edge)

    def minimumSizeHint(self) -> QSize:
        """Keeps its height, gives its width."""
        return QSize(self.theme.u(120), self.sizeHint().height())

    def _space_lines(self) -> None:
        """Give every block the line step of the theme; Noto's own is 1.45 em whatever QSS says."""
        shape = QTextBlockFormat()
        step = self.theme.line_height("body")
        shape.setLineHeight(step, QTextBlockFormat.LineHeightTypes.FixedHeight.value)
        cursor = QTextCursor(self.document())
        cursor.select(QTextCursor.SelectionType.Document)
        cursor.mergeBlockFormat(shape)

    def _grow(self, _size: QSizeF) -> None:
        if self._most > self._rows:
            self.updateGeometry()

    def _on_changed(self) -> None:
        if not self._is_setting:
            self._typed()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Leaving the field finishes the value."""
        super().focusOutEvent(event)
        self.flush()

    def insertFromMimeData(self, source: QMimeData) -> None:
        """Paste text, never formats."""
        self.insertPlainText(source.text())

    def restyle(self) -> None:
        """Take font and line step of the theme."""
        font = self.theme.font("body")
        if self.font() != font:
            self.setFont(font)
        self._is_setting = True
        self._space_lines()
        self._is_setting = False
        super().restyle()
