"""Palette: Ctrl+K finds whatever the window can do or show, and does it at Enter.

palette = Palette(window, services, tasks, commands);  palette.open()
Signals: `wanted(place, id)` go there, `site_wanted(id)` begin a visit there.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QWidget

from inspector.app import App
from ui.palette_search import COMMAND, HAZARD, INSPECTION, LAW, NOTICE, SITE, Found, Index, find, read_index
from ui.tasks import Tasks
from ui.text import tr
from ui.widgets.dialog import Dialog
from ui.widgets.rows import Row
from ui.widgets.search_list import SearchList

_ICONS: Final = {
    COMMAND: "chevron-right",
    INSPECTION: "clipboard-check",
    NOTICE: "file-text",
    HAZARD: "alert-triangle",
    SITE: "building-warehouse",
    LAW: "scale",
}
_PLACES: Final = {INSPECTION: "inspection", NOTICE: "notices", HAZARD: "inspection", LAW: "library"}


@dataclass(frozen=True, slots=True)
class Command:
    """Something that can be done now: its words, its key, and what does it."""

    name: str
    key: str
    slot: Callable[[], object]


class Palette(Dialog):
    """See the module text."""

    wanted = Signal(str, str)
    site_wanted = Signal(str)

    def __init__(self, window: QWidget, services: App, tasks: Tasks, commands: Sequence[Command]) -> None:
        super().__init__(window, title=tr("查找或执行"), verb=tr("执行"), width=640)
        by_name = {one.name: one for one in reversed(commands)}  # redo has two keys: the first is enough here
        self._services, self._tasks = services, tasks
        self._commands = tuple(one for one in commands if by_name[one.name] is one)
        self._index: Index | None = None
        self._found: dict[str, Found] = {}
        hint = tr("操作、企业、检查、文书编号、隐患、条文；可输汉字、拼音首字母或英文")
        self.search = SearchList(placeholder=hint, name=tr("查找"))
        self.search.prefer_height(380)
        self.column.addWidget(self.search, 1)
        self.verb.set_key("Enter")
        self.search.searched.connect(self._ask)
        self.search.chosen.connect(self._do)
        self.agreed.connect(lambda: self._do(self.search.list.current()))
        tasks.query(self, read_index, services, done=self._take_index, key="index")

    def _take_index(self, index: Index) -> None:
        self._index = index
        self._ask(self.search.field.text())

    def _ask(self, text: str) -> None:
        if self._index is not None:
            told = [self._line(n, command) for n, command in enumerate(self._commands)]
            self._tasks.query(self, find, self._index, self._services, text, told, done=self._take, key="find")

    @staticmethod
    def _line(n: int, command: Command) -> Found:
        return Found(kind=COMMAND, id=str(n), title=command.name, key=command.key)

    def _take(self, found: list[Found]) -> None:
        self._found = {f"{one.kind} {one.id}": one for one in found}
        rows = [self._row(row_id, one) for row_id, one in self._found.items()]
        text = self.search.field.text().strip()
        self.search.show_rows(rows, nothing=tr("没有找到“{text}”", text=text), hint=tr("试试拼音首字母、编号或英文"))

    @staticmethod
    def _row(row_id: str, one: Found) -> Row:
        facts = (one.key,) if one.key else (tr("新建检查"),) if one.kind == SITE else ("",)
        return Row(id=row_id, title=one.title, second=one.second, icon=_ICONS[one.kind], facts=facts)

    def _do(self, row_id: str) -> None:
        """Close first: what a screen does may open a dialog of its own."""
        one = self._found.get(row_id)
        if one is None:
            return
        self.accept()
        if one.kind == COMMAND:
            # The window is active again in the next turn; a slot may ask where the focus is.
            QTimer.singleShot(0, self._window, self._commands[int(one.id)].slot)
        elif one.kind == SITE:
            self.site_wanted.emit(one.id)
        else:
            self.wanted.emit(_PLACES[one.kind], one.id)
