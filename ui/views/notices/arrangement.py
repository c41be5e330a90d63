"""NoticeArrangement: list, page and check side by side from 1100 on; below, list and check share the right column.

arrangement.add_side(pane) takes in one that was built later;
arrangement.show_side(pane) puts the check or the facts of an issued notice at the right; `show_counts`, `go(tab)`.
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from ui.text import tr
from ui.widgets.painted import Themed
from ui.widgets.panel import Surface
from ui.widgets.tabs import Tab, Tabs

_LIST_WIDTH, _SIDE_WIDTH, _NARROW_SIDE = 260, 372, 340
CHECK, LIST = "check", "list"


class NoticeArrangement(Themed, QWidget):
    """See the module text. `arranged(is_wide)` after the parts moved."""

    arranged = Signal(bool)

    def __init__(self, *, notices: QWidget, page: QWidget, sides: Sequence[QWidget]) -> None:
        super().__init__()
        self._list = notices
        self._panes: tuple[QWidget, ...] = (notices, *sides)
        self._is_wide: bool | None = None
        self._side = QStackedWidget()
        for side in sides:
            self._side.addWidget(side)
        self.tabs = Tabs()
        self.tabs.chosen.connect(self.go)
        self._left = Surface("surface", line="right")
        self._left_column = QVBoxLayout(self._left)
        self._left_column.setContentsMargins(0, 0, self.theme.line, 0)
        self._right = Surface("surface", line="left")
        self._right_column = QVBoxLayout(self._right)
        self._right_column.setContentsMargins(self.theme.line, 0, 0, 0)
        self._right_column.setSpacing(0)
        self._right_column.addWidget(self.tabs)
        self._right_column.addWidget(self._side, 1)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self._left)
        row.addWidget(page, 1)
        row.addWidget(self._right)
        self._arrange()

    @property
    def is_wide(self) -> bool:
        """Whether the list has a column of its own."""
        return bool(self._is_wide)

    def side(self) -> QWidget | None:
        """Return the pane that stands at the right."""
        return self._side.currentWidget()

    def add_side(self, pane: QWidget) -> None:
        """Take in another pane for the right side; it waits behind the one that stands there."""
        self._side.addWidget(pane)
        self._panes = (*self._panes, pane)
        self._show_header(pane)

    def _show_header(self, pane: QWidget) -> None:
        header = getattr(pane, "header", None)
        if header is not None:
            header.setVisible(self.is_wide)

    def show_side(self, pane: QWidget) -> None:
        """Put one of the sides at the right."""
        self._side.setCurrentWidget(pane)

    def show_counts(self, *, found: int, notices: int, first: str) -> None:
        """Say on the tabs what is behind them, and how many; `first` is the word of what stands at the right."""
        self.tabs.set_tabs(
            [
                Tab(CHECK, first, count=str(found) if found else "", key="F7"),
                Tab(LIST, tr("文书"), count=str(notices) if notices else "", key="F6"),
            ],
            current=self.tabs.current() or CHECK,
        )

    def go(self, tab: str) -> None:
        """Bring list or check to the front; with a wide window both are there."""
        self.tabs.set_current(tab)
        shown = {self._side: self.is_wide or tab == CHECK, self._list: self.is_wide or tab == LIST}
        for pane, is_shown in sorted(shown.items(), key=lambda each: each[1]):
            pane.setVisible(is_shown)

    def _arrange(self) -> None:
        is_wide = self.theme.panes(self.window().width()) > 2
        self._left.setFixedWidth(self.theme.u(_LIST_WIDTH))
        self._right.setFixedWidth(self.theme.u(_SIDE_WIDTH if is_wide else _NARROW_SIDE))
        if is_wide == self._is_wide:
            return
        self._is_wide = is_wide
        (self._left_column if is_wide else self._right_column).addWidget(self._list)
        self._left.setVisible(is_wide)
        self.tabs.setVisible(not is_wide)
        for pane in self._panes:
            self._show_header(pane)
        self.go(self.tabs.current() or CHECK)
        self.arranged.emit(is_wide)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Choose the arrangement for this width."""
        super().resizeEvent(event)
        self._arrange()

    def restyle(self) -> None:
        """The breakpoint follows the text scale."""
        if hasattr(self, "_right_column"):
            self._arrange()
        super().restyle()
