"""TableBox: the rows of a table as a list, and under it the fields of the current row, one a column.

Enter in a field goes to the next column, in the last one to a new row; Delete in the list takes the row out.
"""

from __future__ import annotations

from functools import partial
from typing import Any, Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from inspector.law.documents import Column, DocumentField
from ui.text import is_english, tr
from ui.views.documents.series_box import Field, SeriesBox
from ui.views.workspace.undo import keep_own_undo
from ui.widgets.button import Button
from ui.widgets.fields import TextField
from ui.widgets.label import Label, Paragraph
from ui.widgets.painted import Themed
from ui.widgets.panel import Card
from ui.widgets.rows import Row, RowList

MOST_SHOWN: Final = 5
"""Rows that are seen at once; more scroll."""
ORDINALS: Final = frozenset({"no", "ordinal"})
"""Columns that count the rows by themselves."""


class _Rows(RowList):
    """The rows; Delete takes one out."""

    deleted = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Delete."""
        if event.key() == Qt.Key.Key_Delete and self.current():
            self.deleted.emit()
            return
        super().keyPressEvent(event)


class _Cell(Themed, QWidget):
    """One column of the current row."""

    def __init__(self, column: Column) -> None:
        super().__init__()
        self.key = column.key
        self.word = column.label_en if is_english() and column.label_en else column.label
        self.label = Paragraph(self.word, color="text2")
        self.line = TextField(name=self.word)
        keep_own_undo(self.line)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.addWidget(self.label)
        self._row.addWidget(self.line, 1)
        self.restyle()

    def restyle(self) -> None:
        """Labels in a column."""
        if hasattr(self, "_row"):
            self._row.setSpacing(self.theme.u(8))
            self.label.setFixedWidth(self.theme.u(120))
        super().restyle()


class TableBox(SeriesBox):
    """See the module text."""

    def __init__(self, field: DocumentField) -> None:
        super().__init__(field)
        self._label = ""
        self._rows: list[dict[str, str]] = []
        self.list = _Rows(height="rowSingle")
        self.cells = [_Cell(column) for column in field.columns]
        self.card = Card(padding=12, fill="sunken", line="lineStrong")
        self.title = Label(role="bodyStrong")
        self.add = Button(tr("加一行"), kind="link", icon="plus", on_click=self.add_row)
        self.remove = Button(tr("删除此行"), kind="link", on_click=self.take_out)
        self._lay_out()
        self.list.chosen.connect(lambda _id: self._show_row())
        self.list.opened.connect(lambda _id: self._first_cell())
        self.list.deleted.connect(self.take_out)
        for n, cell in enumerate(self.cells):
            self._watch(cell.line)
            cell.line.textEdited.connect(partial(self._type, cell.key))
            cell.line.returnPressed.connect(partial(self._go_on, n))
        self._build([])

    def _lay_out(self) -> None:
        self.card.column.addWidget(self.title)
        inner = QVBoxLayout()
        for cell in self.cells:
            inner.addWidget(cell)
        self._inner = inner
        self.card.column.addLayout(inner)
        self._foot = QHBoxLayout()
        self._foot.addWidget(self.add)
        self._foot.addWidget(self.remove)
        self._foot.addStretch(1)
        self.column.addWidget(self.list)
        self.column.addWidget(self.card)
        self.column.addLayout(self._foot)

    # --- what it holds ---------------------------------------------------------------------------

    def value(self) -> list[Any]:
        """Return the rows that say more than their number, every column of each."""
        return [dict(row) for row in self._rows if self._says(row)]

    def _says(self, row: dict[str, str]) -> bool:
        return any(text.strip() for key, text in row.items() if key not in ORDINALS)

    def fields(self) -> list[Field]:
        """The fields of the current row."""
        return [cell.line for cell in self.cells]

    def _build(self, value: list[Any]) -> None:
        at = self._at()
        self._rows = [{cell.key: str(row.get(cell.key, "")) for cell in self.cells} for row in value]
        self._show_rows(min(at, len(self._rows) - 1) if at >= 0 else 0)

    def _at(self) -> int:
        current = self.list.current()
        return int(current) if current else -1

    # --- showing ---------------------------------------------------------------------------------

    def _show_rows(self, at: int) -> None:
        self.list.set_rows([self._row(n, row) for n, row in enumerate(self._rows)], choose=str(at))
        self.list.setVisible(bool(self._rows))
        self._measure()
        self._show_row()

    def _row(self, n: int, row: dict[str, str]) -> Row:
        told = [text for key, text in row.items() if text and key not in ORDINALS]
        return Row(id=str(n), ordinal=str(n + 1), title="\u3000".join(told) or tr("（空行）"))

    def _show_row(self) -> None:
        at = self._at()
        has_row = 0 <= at < len(self._rows)
        self.card.setVisible(has_row)
        self.remove.setVisible(has_row and not self._is_fixed)
        if not has_row:
            return
        self.title.setText(tr("第 {n} 行，共 {total} 行", n=at + 1, total=len(self._rows)))
        for cell in self.cells:
            cell.line.flush()
            cell.line.set_value(self._rows[at][cell.key])
            cell.line.setAccessibleName(f"{self._label} {at + 1} {cell.word}")

    # --- typing ----------------------------------------------------------------------------------

    def _type(self, key: str, text: str) -> None:
        at = self._at()
        if 0 <= at < len(self._rows):
            self._rows[at][key] = text
            self.list.set_rows([self._row(n, row) for n, row in enumerate(self._rows)])

    def _go_on(self, n: int) -> None:
        if n + 1 < len(self.cells):
            self.cells[n + 1].line.setFocus(Qt.FocusReason.TabFocusReason)
        elif self._at() + 1 < len(self._rows):
            self.list.choose(str(self._at() + 1))
            self._first_cell()
        else:
            self.add_row()

    def add_row(self) -> None:
        """Add an empty row at the end and stand in its first column that has to be typed."""
        self.flush()
        ordinal = str(len(self._rows) + 1)
        self._rows.append({cell.key: ordinal if cell.key in ORDINALS else "" for cell in self.cells})
        self._show_rows(len(self._rows) - 1)
        self.rebuilt.emit()
        self._first_cell()

    def take_out(self) -> None:
        """Take the current row out; the numbers of those behind it follow."""
        at = self._at()
        if self._is_fixed or not 0 <= at < len(self._rows):
            return
        del self._rows[at]
        for n, row in enumerate(self._rows, 1):
            row.update({key: str(n) for key in ORDINALS & row.keys() if row[key].isdigit()})
        self._show_rows(min(at, len(self._rows) - 1))
        self.rebuilt.emit()
        (self.list if self._rows else self.add).setFocus(Qt.FocusReason.TabFocusReason)
        self.commit()

    def _first_cell(self) -> None:
        first = next((cell for cell in self.cells if cell.key not in ORDINALS), None)
        if first is not None and self.card.isVisibleTo(self):
            first.line.setFocus(Qt.FocusReason.TabFocusReason)

    def focus(self) -> None:
        """Stand in the first row, else at 加一行."""
        if self._rows:
            self._first_cell()
        else:
            self.add.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def set_read_only(self, is_read_only: bool) -> None:
        """Nothing to add or to take away."""
        super().set_read_only(is_read_only)
        self.add.setVisible(not is_read_only)
        self.remove.setVisible(bool(self._rows) and not is_read_only)

    def stops(self) -> list[QWidget]:
        """The list, the columns, the buttons."""
        return [self.list, *(cell.line for cell in self.cells), self.add, self.remove]

    def name(self, label: str) -> None:
        """List and fields carry the name."""
        self._label = label
        self.list.setAccessibleName(label)
        self.add.setAccessibleDescription(label)

    def _measure(self) -> None:
        shown = min(MOST_SHOWN, max(1, len(self._rows)))
        self.list.setFixedHeight(shown * self.theme.size("rowSingle"))

    def restyle(self) -> None:
        """Take the gaps of the theme."""
        if hasattr(self, "_foot"):
            self._foot.setSpacing(self.theme.u(16))
            self._inner.setSpacing(self.theme.u(6))
            self._measure()
        super().restyle()
