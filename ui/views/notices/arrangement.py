"""NoticeArrangement: list, page and check side by side from 1100 on; below, list and check share the right column.

arrangement.add_side(pane) takes in one that was built later;
arrangement.show_side(pane) puts form, check or the facts of an issued notice at the right; `show_counts`, `go(tab)`.
A draft that is filled in has a tab of its own beside the check, at every width.
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
_FORM_WIDTH, _NARROW_FORM = 436, 412
"""Of the right column while it holds a form."""
FILL, CHECK, LIST = "fill", "check", "list"


class NoticeArrangement(Themed, QWidget):
    """See the module text. `arranged(is_wide)` after the parts moved, `went(tab)` after a tab was chosen."""

    arranged = Signal(bool)
    went = Signal(str)

    def __init__(self, *, notices: QWidget, page: QWidget, sides: Sequence[QWidget]) -> None:
        super().__init__()
        self._list = notices
        self._panes: tuple[QWidget, ...] = (notices, *sides)
        self._is_wide: bool | None = None
        self._has_form = False
        self._side = QStackedWidget()
        for side in sides:
            self._side.addWidget(side)
        self.tabs = Tabs()
        self.tabs.chosen.connect(self._on_tab)
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
            header.setVisible(self.is_wide and not (self._has_form and pane is not self._list))

    def show_side(self, pane: QWidget) -> None:
        """Put one of the sides at the right."""
        self._side.setCurrentWidget(pane)

    def show_counts(self, *, found: str, notices: int, first: str, missing: int | None = None) -> None:
        """Say on the tabs what is behind them, and how many; `first` is the word of what stands at the right.

        `missing` counts what a form still lacks; None: there is no form.
        """
        self._has_form = missing is not None
        tabs = [Tab(FILL, tr("填写"), count=str(missing) if missing else "", key="F5")] if self._has_form else []
        tabs.append(Tab(CHECK, first, count=found, key="F7"))
        if not self.is_wide:
            tabs.append(Tab(LIST, tr("文书"), count=str(notices) if notices else "", key="F6"))
        current = self.tab()
        self.tabs.set_tabs(tabs, current=current if current in {tab.id for tab in tabs} else CHECK)
        self._dress()

    def tab(self) -> str:
        """Return the tab that is in front."""
        return self.tabs.current() or CHECK

    def _on_tab(self, tab: str) -> None:
        self.go(tab)
        self.went.emit(tab)

    def go(self, tab: str) -> None:
        """Bring list or check to the front; with a wide window both are there."""
        self.tabs.set_current(tab)
        shown = {self._side: self.is_wide or tab != LIST, self._list: self.is_wide or tab == LIST}
        for pane, is_shown in sorted(shown.items(), key=lambda each: each[1]):
            pane.setVisible(is_shown)

    def _dress(self) -> None:
        """Tabs where there is more than one thing at the right, headers where there are none; a form is wider."""
        widths = (_FORM_WIDTH, _NARROW_FORM) if self._has_form else (_SIDE_WIDTH, _NARROW_SIDE)
        self._right.setFixedWidth(self.theme.u(widths[0] if self.is_wide else widths[1]))
        self.tabs.setVisible(self._has_form or not self.is_wide)
        for pane in self._panes:
            self._show_header(pane)

    def _arrange(self) -> None:
        is_wide = self.theme.panes(self.window().width()) > 2
        self._left.setFixedWidth(self.theme.u(_LIST_WIDTH))
        if is_wide == self._is_wide:
            self._dress()
        if is_wide == self._is_wide:
            return
        self._is_wide = is_wide
        (self._left_column if is_wide else self._right_column).addWidget(self._list)
        self._left.setVisible(is_wide)
        self._dress()
        self.go(self.tab())
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
