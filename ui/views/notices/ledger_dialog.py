"""LedgerDialog 编号台账: every number of a form and year, the print log, the sheets of stamped paper.

dialog = LedgerDialog(view, services, tasks) ; dialog.open() ; signal `shown(id)`: the notice of a number is wanted
"""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from inspector.app import App
from inspector.domain.changes import Changes, Topic
from inspector.domain.ledger import NumberLine, Series, Sheet, SheetState
from ui.models.ledger_rows import (
    number_rows,
    number_titles,
    print_rows,
    print_titles,
    series_id,
    series_rows,
    sheet_rows,
    sheet_titles,
)
from ui.tasks import Tasks
from ui.text import tr
from ui.views.notices.sheet_dialog import SheetDialog
from ui.widgets.button import Button
from ui.widgets.dialog import Dialog
from ui.widgets.form import NoteLine
from ui.widgets.rows import RowList
from ui.widgets.table import Table
from ui.widgets.tabs import Tab, Tabs
from ui.widgets.text_dialog import TextDialog

NUMBERS, PRINTS, SHEETS = "numbers", "prints", "sheets"
_WIDTH, _SIDE, _HIGH = 1100, 300, 440


class LedgerDialog(Dialog):
    """See the module text."""

    shown = Signal(str)

    def __init__(self, view: QWidget, services: App, tasks: Tasks) -> None:
        super().__init__(view, title=tr("编号台账"), verb=tr("完成"), width=_WIDTH)
        self._services, self._tasks = services, tasks
        self._series: tuple[Series, ...] = ()
        self._sheets: tuple[Sheet, ...] = ()
        self.list = RowList(height="rowDouble", name=tr("文书和年度"))
        self.tabs = Tabs()
        self.tabs.set_tabs(
            [Tab(NUMBERS, tr("编号")), Tab(PRINTS, tr("打印记录")), Tab(SHEETS, tr("预盖章纸"))], current=NUMBERS
        )
        self.table = Table(name=tr("编号台账"))
        self.blocks, self.gaps = NoteLine(), NoteLine()
        self.back = Button(tr("退回余号…"), on_click=self._ask_back)
        self.note = Button(tr("登记预盖章纸…"), on_click=self._ask_sheets)
        self._build()
        self.cancel.setText(tr("关闭"))
        self.verb.hide()
        self.list.chosen.connect(lambda _id: self._show())
        self.tabs.chosen.connect(self._turn)
        self.table.opened.connect(self._open)
        tasks.changed.connect(self._on_changed)
        self._read()

    def _build(self) -> None:
        right = QVBoxLayout()
        right.addWidget(self.tabs)
        right.addWidget(self.table, 1)
        right.addWidget(self.blocks)
        right.addWidget(self.gaps)
        row = QHBoxLayout()
        row.addWidget(self.back)
        row.addWidget(self.note)
        row.addStretch(1)
        right.addLayout(row)
        inside = QWidget()
        both = QHBoxLayout(inside)
        both.setContentsMargins(0, 0, 0, 0)
        both.addWidget(self.list)
        both.addLayout(right, 1)
        self.list.setFixedWidth(self.theme.u(_SIDE))
        self.table.setMinimumHeight(self.theme.u(120))
        inside.setMinimumHeight(min(self.theme.u(_HIGH), round(self._window.height() * 0.62)))
        self.column.addWidget(inside, 1)

    # --- reading ---------------------------------------------------------------------------------

    def _on_changed(self, changes: Changes) -> None:
        if changes.topics & {Topic.NUMBERS, Topic.PRINTS, Topic.NOTICES}:
            self._read()

    def _read(self) -> None:
        self._tasks.query(self, _read, self._services, done=self._take, key="ledger")

    def _take(self, told: tuple[tuple[Series, ...], tuple[Sheet, ...]]) -> None:
        self._series, self._sheets = told
        begun = [one for one in self._series if one.lines] or [*self._series]
        first = series_id(begun[0]) if begun else ""
        self.list.set_rows(series_rows(self._series), choose=self.list.current() or first)
        self._show()

    def series(self) -> Series | None:
        """Return the series that is current."""
        return next((one for one in self._series if series_id(one) == self.list.current()), None)

    def line(self) -> NumberLine | None:
        """Return the number that is current, None on another tab."""
        series = self.series()
        if series is None or self.tabs.current() != NUMBERS:
            return None
        place = self.table.currentIndex().row()
        return series.lines[place] if 0 <= place < len(series.lines) else None

    # --- showing ---------------------------------------------------------------------------------

    def _turn(self, tab: str) -> None:
        self.tabs.set_current(tab)
        self._show()

    def _show(self) -> None:
        series, tab = self.series(), self.tabs.current()
        if tab == SHEETS:
            self.table.set_rows(sheet_titles(), sheet_rows(self._sheets))
        elif series is not None and tab == PRINTS:
            self.table.set_rows(print_titles(), print_rows(series))
        else:
            self.table.set_rows(number_titles(), number_rows(series) if series is not None else [])
        self._tell(series)

    def _tell(self, series: Series | None) -> None:
        blocks = series.blocks if series is not None and self.tabs.current() == NUMBERS else ()
        told = [
            tr(
                "号段 {first}–{last}，余 {left} 个，{day} 前有效",
                first=b.first,
                last=b.last,
                left=b.left,
                day=b.expires_on,
            )
            for b in blocks
        ]
        self.blocks.show_note(tr("；").join(told), icon="info-circle", color="text2")
        gaps = series.unexplained if series is not None and self.tabs.current() == NUMBERS else ()
        said = tr("没有说明去向的号：{numbers}", numbers=tr("、").join(str(n) for n in gaps)) if gaps else ""
        self.gaps.show_note(said, icon="filled/alert-triangle", color="warn")
        self.back.setVisible(any(block.left for block in blocks))

    # --- doing -----------------------------------------------------------------------------------

    def _open(self, _row: str) -> None:
        line = self.line()
        if line is not None and line.notice_id is not None:
            self.shown.emit(line.notice_id)
            self.accept()

    def _ask_back(self) -> None:
        series = self.series()
        block = next((one for one in series.blocks if one.left), None) if series is not None else None
        if block is None:
            return
        dialog = TextDialog(
            self,
            title=tr("退回 {first}–{last} 号？", first=block.next_number, last=block.last),
            text=tr("这些号本机不再使用；已用的号不变"),
            label=tr("理由"),
            verb=tr("退回"),
            kind="danger",
        )
        work = partial(self._services.ledger.give_back, block.lease_id)
        dialog.written.connect(lambda reason: self._tasks.command(self, work, reason))
        dialog.open()

    def _ask_sheets(self) -> None:
        line = self.line()
        dialog = SheetDialog(self, line.number if line is not None and line.notice_id is not None else "")
        notice = line.notice_id if line is not None else None

        def note(serials: str, state: SheetState, reason: str) -> None:
            of = notice if state is SheetState.USED else None
            work = partial(self._services.ledger.note_sheets, serials, state, notice_id=of, reason=reason)
            self._tasks.command(self, work, done=lambda _changes: dialog.accept(), failed=dialog.refuse)

        dialog.filled.connect(note)
        dialog.open()


def _read(services: App) -> tuple[tuple[Series, ...], tuple[Sheet, ...]]:
    return services.ledger.series(), services.ledger.sheets()
