"""SidePane: the pane at the left of the workspace: checklist and facts of the visit, one of them in front."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from ui.text import tr
from ui.widgets.painted import Themed
from ui.widgets.tabs import Tab, Tabs

CHECKS, FACTS = "checks", "facts"


class SidePane(Themed, QWidget):
    """`tabs` name both where the pane has a column of its own. Signal `tabbed(name)` when a tab was chosen."""

    tabbed = Signal(str)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.header: QWidget | None = None
        self._front = FACTS
        self._count = ""
        self.tabs = Tabs()
        self.tabs.chosen.connect(self.tabbed)
        self._pile = QStackedWidget()
        self._slots = {name: QWidget() for name in (CHECKS, FACTS)}
        for slot in self._slots.values():
            column = QVBoxLayout(slot)
            column.setContentsMargins(0, 0, 0, 0)
            self._pile.addWidget(slot)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.tabs)
        column.addWidget(self._pile, 1)
        self.bring(self._front)
        self.retranslate()
        self.hide()

    @property
    def front(self) -> str:
        """Which of both is in front."""
        return self._front

    def fill(self, name: str, part: QWidget) -> None:
        """Put a part into its place."""
        layout = self._slots[name].layout()
        if layout is not None:
            layout.addWidget(part)
        part.show()

    def bring(self, name: str) -> None:
        """Bring one to the front."""
        self._front = name
        self.tabs.set_current(name)
        self._pile.setCurrentWidget(self._slots[name])

    def show_count(self, count: str) -> None:
        """Say how far the checklist has come: 8/32."""
        if count != self._count:
            self._count = count
            self.retranslate()

    def side_tabs(self) -> list[Tab]:
        """Return both tabs, in the language that is on."""
        return [Tab(CHECKS, tr("清单"), count=self._count, key="F5"), Tab(FACTS, tr("事实"), key="F3")]

    def retranslate(self) -> None:
        """Name both in the language that is on."""
        self.tabs.set_tabs(self.side_tabs(), current=self._front)
