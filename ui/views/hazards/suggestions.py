"""SuggestionPopup: what the catalogue knows, under the description field; an overlay that never takes the focus.

popup = SuggestionPopup(field);  popup.show_rows(heading, rows);  popup.picked → Signal(str) code
The field keeps the keys: it calls `step(+1)`, `take()`, and `hide()`.
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, QPoint, QRectF, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from ui.widgets.label import Label
from ui.widgets.painted import Themed, draw_box
from ui.widgets.rows import Row, RowList

MOST = 8
LEAST_ROWS = 3
"""It stands above the field when fewer rows than these fit below, and more above."""


class SuggestionPopup(Themed, QWidget):
    """Up to eight hits; a click or Enter takes one. Signal `picked(code)`."""

    picked = Signal(str)

    def __init__(self, field: QWidget) -> None:
        super().__init__(field)
        self._field = field
        self._heading = Label(role="meta", color="text2")
        self.list = RowList(height="rowDouble")
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.clicked.connect(lambda _index: self.take())
        field.destroyed.connect(self.deleteLater)
        self._column = QVBoxLayout(self)
        self._head_row = QHBoxLayout()
        self._head_row.addWidget(self._heading)
        self._column.addLayout(self._head_row)
        self._column.addWidget(self.list, 1)
        self.hide()
        self.restyle()

    def name(self, word: str) -> None:
        """Name it for a screen reader."""
        self.list.setAccessibleName(word)

    def show_rows(self, heading: str, rows: Sequence[Row]) -> None:
        """Show hits under the field; the first is the current one. Without rows only the heading stands there."""
        window = self._field.window()
        if self.parentWidget() is not window:
            self.setParent(window)
            window.installEventFilter(self)
        self._heading.setText(heading)
        self.list.set_rows(rows, choose=rows[0].id if rows else "")
        self.list.setVisible(bool(rows))
        self._place()
        self.show()
        self.raise_()

    def step(self, by: int) -> None:
        """Walk over the hits."""
        at = self.list.currentIndex().row() + by
        if 0 <= at < len(self.list.rows()):
            self.list.setCurrentIndex(self.list.model_of_rows.index(at))

    def take(self) -> bool:
        """Pick the current hit; return whether there was one."""
        code = self.list.current() if self.isVisible() else ""
        self.hide()
        if code:
            self.picked.emit(code)
        return bool(code)

    def _place(self) -> None:
        window, u = self._field.window(), self.theme.u
        below = self._field.mapTo(window, QPoint(0, self._field.height() + u(4)))
        above = self._field.mapTo(window, QPoint(0, -u(4)))
        rows = len(self.list.rows())
        head = self.theme.line_height("meta") + u(8) + u(8) + u(4)
        wanted = head + rows * self.theme.size("rowDouble")
        floor = window.height() - self.theme.size("bottomBar") - u(4)
        room = floor - below.y()
        top = below.y()
        step = self.theme.size("rowDouble")
        fit, fit_above = (room - head) // step, (above.y() - u(4) - head) // step
        if fit < min(rows, LEAST_ROWS) and fit_above > fit:
            room, top = above.y() - u(4), max(u(4), above.y() - wanted)
        high = wanted if wanted <= room else head + max(1, (room - head) // step) * step
        width = max(self._field.width(), min(u(420), window.width() - below.x() - u(16)))
        self.setGeometry(below.x(), top, width, max(head, high))

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """Go when the window changes under it."""
        if event.type() in {QEvent.Type.Resize, QEvent.Type.WindowDeactivate}:
            self.hide()
        return False

    def restyle(self) -> None:
        """Take the paddings of the theme."""
        u, line = self.theme.u, self.theme.line
        self._column.setContentsMargins(line, u(8), line, u(8))
        self._column.setSpacing(u(4))
        self._head_row.setContentsMargins(u(16), 0, u(16), 0)
        super().restyle()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the raised sheet."""
        theme = self.theme
        fill, line = theme.color("raised"), theme.color("control")
        with QPainter(self) as painter:
            draw_box(
                painter, QRectF(self.rect()), fill=fill, line=line, width=theme.line, radius=theme.radius("control")
            )
