"""BasisDialog: choose a citation out of the catalogue; found by what it forbids, by law, or by article."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from inspector.app import App
from inspector.domain.hazard import Citation
from inspector.law.catalogue import CatalogueItem
from ui.tasks import Tasks
from ui.text import tr
from ui.widgets.dialog import Dialog
from ui.widgets.rows import Row
from ui.widgets.search_list import SearchList

MOST_ITEMS = 40


def citations_of(items: list[CatalogueItem]) -> list[tuple[Citation, str]]:
    """Return each citation once, with the title of the first item that names it, in the order of the items."""
    found: dict[Citation, str] = {}
    for item in items:
        for citation in item.violated:
            found.setdefault(citation, item.title)
    return list(found.items())


class BasisDialog(Dialog):
    """Signal `taken(Citation)`; it closes itself then."""

    taken = Signal(object)

    def __init__(self, parent: QWidget, services: App, tasks: Tasks, *, industry: str) -> None:
        super().__init__(parent, title=tr("选择依据"), verb=tr("选用"), width=560)
        self._services, self._tasks, self._industry = services, tasks, industry
        self._offered: list[tuple[Citation, str]] = []
        self.search = SearchList(placeholder=tr("输入违法情形、拼音首字母或编码"), name=tr("依据"))
        self.search.prefer_height(300)
        self.search.searched.connect(self._search)
        self.search.chosen.connect(self._take)
        self.agreed.connect(lambda: self._take(self.search.list.current()))
        self.column.addWidget(self.search)
        self._search("")

    def _search(self, text: str) -> None:
        self._tasks.query(self, self._look_up, text.strip(), done=self._show, key="basis")

    def _look_up(self, text: str) -> list[CatalogueItem]:
        return self._services.catalogue.search(text, industry=self._industry, limit=MOST_ITEMS)

    def _show(self, items: list[CatalogueItem]) -> None:
        self._offered = citations_of(items)
        rows = [Row(id=str(n), title=one.text(), second=title) for n, (one, title) in enumerate(self._offered)]
        nothing = tr("没有找到“{text}”", text=self.search.field.text())
        self.search.show_rows(rows, nothing=nothing, hint=tr("试试拼音首字母或条号"))

    def _take(self, row_id: str) -> None:
        if row_id:
            self.taken.emit(self._offered[int(row_id)][0])
            self.accept()
