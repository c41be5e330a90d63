"""RowList: a list of two-line rows with number, thumbnail, facts in columns and a status at the right.

    rows = RowList(thumbs=thumbs, name="隐患")              height="rowDouble" | "rowSingle" | "rowTask"
    rows.set_rows([Row(id=…, ordinal="1", title=…, second=…, thumb=sha, badges=(badge("hazard.general"),), facts=(…,))])
    rows.chosen → Signal(str)     the current row changed (arrow keys, click); its id
    rows.opened → Signal(str)     Enter or double click
    rows.current() -> id or "";  rows.choose(id)
In a narrow list (under 420 px) the badges lose their box and stand first on the second line, so that the name keeps
the whole width. Refreshing keeps the current row by id and repaints only rows that differ.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QFrame, QListView, QWidget

from ui.theme.status import Badge
from ui.widgets.painted import Themed
from ui.widgets.thumbs import Thumbs

ROW_ROLE = Qt.ItemDataRole.UserRole + 1
Index = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """What one row shows. `badges` from left to right; `facts` are short words in fixed columns before them."""

    id: str
    title: str
    second: str = ""
    marks: tuple[tuple[int, int], ...] = ()
    """Where the second line has what was searched: (start, end) of each, underlined in full ink."""
    third: str = ""
    """Only in rows of height rowTask."""
    beside: str = ""
    """Small words right after the title."""
    lead: str = ""
    """A time or date in a column of its own at the left, bold."""
    ordinal: str = ""
    icon: str = ""
    icon_color: str = "text2"
    thumb: str | None = None
    """SHA-256 of a photo; empty for an empty frame, None for no picture column at all."""
    badges: tuple[Badge, ...] = ()
    facts: tuple[str, ...] = ()
    is_dim: bool = False

    def spoken(self) -> str:
        """The whole row as one sentence for a screen reader."""
        words = [badge.word for badge in self.badges]
        parts = [self.ordinal, self.lead, self.title, self.beside, *words, *self.facts, self.second, self.third]
        return "，".join(part for part in parts if part)


class RowModel(QAbstractListModel):
    """A tuple of rows; a refresh repaints what differs and only resets when rows came, went or moved."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rows: tuple[Row, ...] = ()

    @property
    def rows(self) -> tuple[Row, ...]:
        """The rows that are shown."""
        return self._rows

    def set_rows(self, rows: Sequence[Row]) -> bool:
        """Show these; return whether the model was reset (selection is gone then)."""
        new = tuple(rows)
        if [r.id for r in new] == [r.id for r in self._rows]:
            old, self._rows = self._rows, new
            for n, (before, after) in enumerate(zip(old, new, strict=True)):
                if before != after:
                    self.dataChanged.emit(self.index(n), self.index(n))
            return False
        self.beginResetModel()
        self._rows = new
        self.endResetModel()
        return True

    def place(self, row_id: str) -> int:
        """Return the position of a row, -1 if it is not shown."""
        return next((n for n, row in enumerate(self._rows) if row.id == row_id), -1)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's signature
        """Return how many rows there are."""
        return 0 if parent.isValid() else len(self._rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return title, spoken text, the whole words as tooltip, or the Row itself (ROW_ROLE)."""
        if not index.isValid() or index.row() >= len(self._rows):
            return None
        row = self._rows[index.row()]
        if role == ROW_ROLE:
            return row
        if role == Qt.ItemDataRole.DisplayRole:
            return row.title
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return row.spoken()
        if role == Qt.ItemDataRole.ToolTipRole:
            # Whatever a narrow list cuts to … can be read here (look.md §3).
            return "\n".join(part for part in (row.title, row.second, row.third) if part)
        return None


class RowList(Themed, QListView):
    """The view over a RowModel; see the module text. Signals: `chosen(str)`, `opened(str)`."""

    chosen = Signal(str)
    opened = Signal(str)

    def __init__(
        self,
        *,
        thumbs: Thumbs | None = None,
        height: str = "rowDouble",
        name: str = "",
        parent: QWidget | None = None,
    ) -> None:
        from ui.widgets.row_painter import RowPainter

        super().__init__(parent)
        self.model_of_rows = RowModel(self)
        self.setModel(self.model_of_rows)
        self.painter_of_rows = RowPainter(self, thumbs=thumbs, height=height)
        self.setItemDelegate(self.painter_of_rows)
        self._is_quiet = False
        self.setAccessibleName(name)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setMouseTracking(True)
        self.setUniformItemSizes(True)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.selectionModel().currentChanged.connect(self._on_current)
        self.doubleClicked.connect(lambda index: self.opened.emit(index.data(ROW_ROLE).id))
        if thumbs is not None:
            thumbs.arrived.connect(self._show_thumb)

    def set_rows(self, rows: Sequence[Row], *, choose: str | None = None) -> None:
        """Show these rows; `choose` names the row to stand on, else the current one is kept. Signals nothing."""
        wanted = self.current() if choose is None else choose
        self._is_quiet = True
        self.painter_of_rows.measure(rows)
        if self.model_of_rows.set_rows(rows) or choose is not None:
            place = self.model_of_rows.place(wanted)
            if place >= 0:
                self.setCurrentIndex(self.model_of_rows.index(place))
        self._is_quiet = False

    def rows(self) -> tuple[Row, ...]:
        """Return the rows that are shown."""
        return self.model_of_rows.rows

    def current(self) -> str:
        """Return the id of the current row, empty for none."""
        row = self.currentIndex().data(ROW_ROLE) if self.currentIndex().isValid() else None
        return row.id if isinstance(row, Row) else ""

    def choose(self, row_id: str) -> None:
        """Stand on a row and say so by `chosen`; an unknown id changes nothing."""
        place = self.model_of_rows.place(row_id)
        if place >= 0:
            self.setCurrentIndex(self.model_of_rows.index(place))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter opens."""
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and self.current():
            self.opened.emit(self.current())
            return
        super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Lay the rows out again where titles take another number of lines."""
        super().resizeEvent(event)
        if self.painter_of_rows.fit(self.viewport().width()):
            self.scheduleDelayedItemsLayout()

    def _show_thumb(self, _sha256: str) -> None:
        self.viewport().update()

    def _on_current(self, index: QModelIndex, _before: QModelIndex) -> None:
        if index.isValid() and not self._is_quiet:
            self.chosen.emit(index.data(ROW_ROLE).id)

    def restyle(self) -> None:
        """Measure the rows again."""
        if hasattr(self, "painter_of_rows"):
            self.painter_of_rows.measure(self.rows())
            self.scheduleDelayedItemsLayout()
        super().restyle()
