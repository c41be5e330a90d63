"""Table: rows of words in columns, only for ledgers (look.md §8): a header, no zebra; the last column stretches.

table.set_rows(("编号", "状态"), [("n1", ("（示）…1号", "已用")), …])   ids and cells
table.chosen → Signal(str) the current row's id ; table.opened → Signal(str) Enter or double click ; table.current()
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPalette
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QWidget

from ui.widgets.painted import Themed

Index = QModelIndex | QPersistentModelIndex
TableRow = tuple[str, Sequence[str]]
"""Id, and a text for each column."""


class Cells(QAbstractTableModel):
    """What the table shows."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.titles: tuple[str, ...] = ()
        self.rows: tuple[TableRow, ...] = ()

    def show(self, titles: Sequence[str], rows: Sequence[TableRow]) -> None:
        """Show other rows."""
        self.beginResetModel()
        self.titles, self.rows = tuple(titles), tuple(rows)
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's signature
        """How many rows."""
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's signature
        """How many columns."""
        return 0 if parent.isValid() else len(self.titles)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """The text, also as tooltip where it is cut."""
        if not index.isValid() or role not in {Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole}:
            return None
        return self.rows[index.row()][1][index.column()]

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """The titles of the columns."""
        is_title = orientation == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole
        return self.titles[section] if is_title and section < len(self.titles) else None


class Table(Themed, QTableView):
    """See the module text."""

    chosen = Signal(str)
    opened = Signal(str)

    def __init__(self, *, name: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.cells = Cells(self)
        self.setModel(self.cells)
        self.setAccessibleName(name)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)
        self.setWordWrap(False)
        self.verticalHeader().hide()
        head = self.horizontalHeader()
        head.setHighlightSections(False)
        head.setAccessibleName(name)
        head.setEnabled(False)  # it is read, not pressed
        head.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.selectionModel().currentRowChanged.connect(lambda _now, _before: self.chosen.emit(self.current()))
        self.doubleClicked.connect(lambda _index: self.opened.emit(self.current()))
        self.restyle()

    def set_rows(self, titles: Sequence[str], rows: Sequence[TableRow]) -> None:
        """Show these; the current row is kept by its id."""
        held = self.current()
        self.cells.show(titles, rows)
        self._measure()
        place = next((n for n, row in enumerate(rows) if row[0] == held), 0)
        if rows:
            self.setCurrentIndex(self.cells.index(place, 0))

    def _measure(self) -> None:
        """Columns as wide as their words; the last takes what is left, and is cut where that is not enough."""
        head, last = self.horizontalHeader(), len(self.cells.titles) - 1
        modes = QHeaderView.ResizeMode
        for n in range(last + 1):
            head.setSectionResizeMode(n, modes.Stretch if n == last else modes.ResizeToContents)

    def current(self) -> str:
        """Return the id of the current row, empty for none."""
        place = self.currentIndex().row()
        return self.cells.rows[place][0] if 0 <= place < len(self.cells.rows) else ""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter opens."""
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and self.current():
            self.opened.emit(self.current())
            return
        super().keyPressEvent(event)

    def restyle(self) -> None:
        """Take font and row height of the theme."""
        self.setFont(self.theme.font("meta"))
        self.horizontalHeader().setFont(self.theme.font("meta"))
        self.verticalHeader().setDefaultSectionSize(self.theme.size("rowSingle"))
        colours = self.palette()
        colours.setColor(QPalette.ColorRole.Highlight, self.theme.color("selected"))
        colours.setColor(QPalette.ColorRole.HighlightedText, self.theme.color("selectedText"))
        self.setPalette(colours)
        super().restyle()
