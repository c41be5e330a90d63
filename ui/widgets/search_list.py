"""SearchList: a search field over a list, for choosing one of many (sites, catalogue items); never a combo box.

    find = SearchList(placeholder="输入名称或信用代码", name="被检查单位")
    find.searched → Signal(str)     the text changed (0.15 s of rest); answer with find.show_rows(rows)
    find.chosen → Signal(str)       Enter, click or double click on a row; its id
↓ goes from the field into the list, ↑ at its top back, Enter in the field takes the first row.
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QStackedLayout, QVBoxLayout, QWidget

from ui.widgets.empty import EmptyState
from ui.widgets.fields import TextField
from ui.widgets.painted import Themed
from ui.widgets.rows import Row, RowList
from ui.widgets.thumbs import Thumbs

REST_MS = 150


class SearchList(Themed, QWidget):
    """Search, then take one. Signals: `searched(text)`, `chosen(id)`, `moved(id)` while walking over rows."""

    searched = Signal(str)
    chosen = Signal(str)
    moved = Signal(str)

    def __init__(
        self,
        *,
        placeholder: str = "",
        name: str = "",
        height: str = "rowDouble",
        thumbs: Thumbs | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.field = TextField(placeholder, name=name)
        self.list = RowList(name=name, height=height, thumbs=thumbs)
        self.empty = EmptyState("search")
        self._high = 0
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(REST_MS)
        self._rest.timeout.connect(lambda: self.searched.emit(self.field.text()))
        self.field.textChanged.connect(lambda _text: self._rest.start())
        self.field.installEventFilter(self)
        self.list.installEventFilter(self)
        self.list.opened.connect(self.chosen)
        self.list.clicked.connect(lambda _index: self.chosen.emit(self.list.current()))
        self.list.chosen.connect(self.moved)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.field)
        self._pile = QStackedLayout()
        column.addLayout(self._pile, 1)  # first: a stack without a parent shows its pages as windows
        self._pile.addWidget(self.list)
        self._pile.addWidget(self.empty)
        self._column = column
        self.setFocusProxy(self.field)
        self.restyle()

    def show_rows(self, rows: Sequence[Row], *, nothing: str = "", hint: str = "") -> None:
        """Show what was found; `nothing` and `hint` stand there when it is nothing."""
        self.list.set_rows(rows, choose=rows[0].id if rows else "")
        self.empty.say(nothing, hint)
        self._pile.setCurrentIndex(0 if rows or not nothing else 1)
        self.updateGeometry()

    def prefer_height(self, px: int) -> None:
        """Be so high (unscaled px) where there is room; where there isn't, the list shrinks and scrolls."""
        self._high = px
        self.updateGeometry()

    def sizeHint(self) -> QSize:
        """As high as it was asked to be."""
        hint = super().sizeHint()
        return QSize(hint.width(), self.theme.u(self._high)) if self._high else hint

    def minimumSizeHint(self) -> QSize:
        """Field and one and a half rows; when nothing is found, all the words that say so."""
        least = super().minimumSizeHint()
        if not self._high or self._pile.currentIndex():
            return least
        rows = round(1.5 * self.theme.size("rowDouble"))
        return QSize(least.width(), self.theme.size("control") + self.theme.u(8) + rows)

    def clear(self) -> None:
        """Empty the field; the answer to the empty search follows."""
        self.field.clear()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """↓ ↑ Enter between field and list."""
        if event.type() != QEvent.Type.KeyPress or not isinstance(event, QKeyEvent):
            return False
        key = event.key()
        if watched is self.field and key == Qt.Key.Key_Down and self.list.rows():
            self.list.setFocus(Qt.FocusReason.TabFocusReason)
            return True
        if watched is self.field and key in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and self.list.current():
            self.chosen.emit(self.list.current())
            return True
        if watched is self.list and key == Qt.Key.Key_Up and self.list.currentIndex().row() <= 0:
            self.field.setFocus(Qt.FocusReason.TabFocusReason)
            return True
        return False

    def restyle(self) -> None:
        """Take the gap of the theme."""
        self._column.setSpacing(self.theme.u(8))
        super().restyle()
