"""Arrangement: where the parts of the workspace stand at each width (look.md §4).

>= 1600 four columns · >= 1100 three, the form under the list · below: tabs 清单 隐患 照片 事实 over two panes.
Checklist and facts share the column at the left, under tabs of their own (ui/views/workspace/side.py).
Widths are logical px of the window divided by the text scale. Each part has a slot from the beginning and comes into it
when it is made; the slots are moved, never made twice.
"""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from ui.text import tr
from ui.views.workspace.side import CHECKS, FACTS, SidePane
from ui.widgets.form import MAX_WIDTH
from ui.widgets.painted import Themed
from ui.widgets.panel import HLine, Surface
from ui.widgets.tabs import Tab, Tabs

HAZARDS, PHOTOS = "hazards", "photos"
_SIDE_WIDTH, _PHOTOS_WIDTH = 304, 280
_MOST_PHOTOS = 404
_FORM_WIDTH = MAX_WIDTH + 32
"""A form takes no more than this with its paddings; in four columns what is left goes to the photos."""
_LEAST_LIST, _MOST_LIST = 264, 394
_UNBOUND = 16_777_215
"""QWIDGETSIZE_MAX, which PySide does not name."""
SIDES = (CHECKS, FACTS)
"""What shares the column at the left."""
_LIST_SHARE = 0.4
_MOST_LIST_SHARE = 0.37
"""The list takes at most this share of the middle column, so that the form keeps its place."""


class _Slot(QWidget):
    """The place of one part."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self.header: QWidget | None = None
        self.hide()

    def fill(self, part: QWidget) -> None:
        """Put the part in."""
        self.header = getattr(part, "header", None)
        self._column.addWidget(part)
        part.show()


class Arrangement(Themed, QWidget):
    """Holds the slots of the parts: checks, facts, list, form, photos. Signal `tabbed(name)`: a tab was chosen."""

    tabbed = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.side = SidePane(self)
        self._slots = {name: _Slot(self) for name in ("list", "form", "photos")}
        self._parts: dict[str, _Slot | SidePane] = {"side": self.side, **self._slots}
        self._columns = 0
        self._tab = HAZARDS
        self._list_height = 0
        self._is_list_alone = False
        self.tabs = Tabs()
        self.tabs.chosen.connect(self._on_tab)
        self.side.tabbed.connect(self._on_tab)
        self._body = QHBoxLayout()
        self._body.setContentsMargins(0, 0, 0, 0)
        self._body.setSpacing(0)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        outer.addWidget(self.tabs)
        outer.addLayout(self._body, 1)
        self._frames: list[QWidget] = []

    def fill(self, **parts: QWidget) -> None:
        """Put parts into their slots, by name."""
        for name, part in parts.items():
            if name in SIDES:
                self.side.fill(name, part)
            else:
                self._slots[name].fill(part)
        self._show_headers()

    @property
    def columns(self) -> int:
        """Return 2, 3 or 4."""
        return self._columns

    @property
    def tab(self) -> str:
        """The tab that is on; without tabs the last one that was."""
        return self._tab

    def show_counts(self, *, checks: str, hazards: int, photos: int, note: str) -> None:
        """Say on the tabs how many there are, and how many checks are done (8/32)."""
        self.side.show_count(checks)
        first, last = self.side.side_tabs()
        self.tabs.set_tabs(
            [
                first,
                Tab(HAZARDS, tr("隐患"), count=str(hazards) if hazards else "", key="F6"),
                Tab(PHOTOS, tr("照片"), count=str(photos) if photos else "", key="F7"),
                last,
            ],
            current=self._tab,
            note=note,
        )

    def set_list_height(self, height: int, *, is_alone: bool) -> None:
        """Say how high all rows would be; `is_alone`: there is no form, the list takes the column."""
        self._list_height, self._is_list_alone = height, is_alone
        self._fit()
        self._show_tab()

    def go(self, tab: str) -> None:
        """Bring a part to the front."""
        self._tab = tab
        self.tabs.set_current(tab)
        if tab in SIDES:
            self.side.bring(tab)
        self._show_tab()

    def _on_tab(self, tab: str) -> None:
        self.go(tab)
        self.tabbed.emit(tab)

    def _wanted(self) -> int:
        return self.theme.panes(self.window().width())

    def _arrange(self) -> None:
        wanted = self._wanted()
        if wanted == self._columns:
            return
        self._columns = wanted
        focus = QApplication.focusWidget()
        for part in self._parts.values():
            part.setParent(self)
        while self._body.takeAt(0) is not None:
            pass
        for frame in self._frames:
            frame.hide()
            frame.deleteLater()
        self._frames = []
        {2: self._two, 3: self._three, 4: self._four}[wanted]()
        self.tabs.setVisible(wanted == 2)
        self.side.tabs.setVisible(wanted > 2)
        self._show_headers()
        self._size()
        self._show_tab()
        if focus is not None and self.isAncestorOf(focus):
            focus.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_headers(self) -> None:
        """The tabs name the parts where there are tabs; the form is named where it has a column of its own."""
        for name, part in self._parts.items():
            if part.header is not None:
                part.header.setVisible(self._columns == 4 or (self._columns == 3 and name != "form"))

    def _column(self, *parts: QWidget, line: str = "right") -> Surface:
        frame = Surface("surface", line=line)
        column = QVBoxLayout(frame)
        column.setContentsMargins(0, 0, self.theme.line if line == "right" else 0, 0)
        column.setSpacing(0)
        for part in parts:
            column.addWidget(part)
            part.show()
        self._frames.append(frame)
        self._body.addWidget(frame)
        return frame

    def _two(self) -> None:
        self._left = self._column(self._parts["list"])
        self._pile = QStackedWidget()
        self._pile.addWidget(self._parts["form"])
        self._pile.addWidget(self._parts["photos"])
        self._right = self._column(self._pile, line="")
        self._frames.append(self._pile)
        self._alone = self._column(self._parts["side"], line="")

    def _three(self) -> None:
        self._left = self._column(self._parts["side"])
        self._right = self._column(self._parts["list"], HLine(), self._parts["form"])
        self._alone = self._column(self._parts["photos"], line="")

    def _four(self) -> None:
        self._left = self._column(self._parts["side"])
        self._middle = self._column(self._parts["list"])
        self._right = self._column(self._parts["form"])
        self._alone = self._column(self._parts["photos"], line="")

    def _size(self) -> None:
        """Fix what is fixed; the rest takes what remains."""
        u = self.theme.u
        for frame in self._frames:
            frame.setMinimumWidth(0)
            frame.setMaximumWidth(_UNBOUND)
        if self._columns > 2:
            self._left.setFixedWidth(u(_SIDE_WIDTH))
            self._alone.setFixedWidth(u(_PHOTOS_WIDTH))
        if self._columns == 4:
            self._middle.setFixedWidth(u(_MOST_LIST))
            rest = self.width() - u(_SIDE_WIDTH) - u(_MOST_LIST) - u(_FORM_WIDTH)
            self._alone.setFixedWidth(max(u(_PHOTOS_WIDTH), min(u(_MOST_PHOTOS), rest)))
        self._fit()

    def _fit(self) -> None:
        part = self._parts["list"]
        is_under = self._columns == 3 and not self._is_list_alone
        part.setMaximumHeight(_UNBOUND)
        part.setMinimumHeight(0)
        if is_under:
            head, row = self.theme.size("paneHeader"), self.theme.size("rowDouble")
            whole_rows = max(1, (round(self.height() * _MOST_LIST_SHARE) - head) // row)
            part.setFixedHeight(max(head + row, min(self._list_height, head + whole_rows * row)))
        if self._columns > 2:
            self._parts["form"].setVisible(not self._is_list_alone)

    def _show_tab(self) -> None:
        if self._columns != 2:
            return
        is_side = self._tab in SIDES
        is_alone = self._tab == HAZARDS and self._is_list_alone
        shown = {self._left: not is_side, self._right: not is_side and not is_alone, self._alone: is_side}
        # Showing lays out at once: hide first, or the window would grow to hold all three.
        for frame, is_shown in sorted(shown.items(), key=lambda each: each[1]):
            frame.setVisible(is_shown)
        self._pile.setCurrentWidget(self._parts["photos" if self._tab == PHOTOS else "form"])
        self._left.setMinimumWidth(0 if is_alone else self._list_width())
        self._left.setMaximumWidth(_UNBOUND if is_alone else self._list_width())

    def _list_width(self) -> int:
        """How wide the list beside form or photos is, in px."""
        u = self.theme.u
        return max(u(_LEAST_LIST), min(u(_MOST_LIST), round(self.width() * _LIST_SHARE)))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Choose the arrangement for this width."""
        super().resizeEvent(event)
        self._arrange()
        self._size()
        self._show_tab()

    def restyle(self) -> None:
        """The breakpoint follows the text scale."""
        if self._frames:
            self._arrange()
            self._size()
            self._show_tab()
        super().restyle()
