"""RecheckDialog: begin the re-check of an order; only the second officer is left to choose.

dialog = RecheckDialog(view, services, tasks, waiting);  dialog.started → Signal(inspection id)
"""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from inspector.app import App
from inspector.domain.changes import Changes
from inspector.domain.officer import Officer
from inspector.errors import InspectorError
from inspector.services.rechecks import Waiting
from ui.context import today
from ui.messages import message
from ui.tasks import Tasks
from ui.text import tr
from ui.theme.status import Badge
from ui.widgets.dialog import Dialog
from ui.widgets.label import Label
from ui.widgets.rows import Row, RowList

_SEEN = 4


class RecheckDialog(Dialog):
    """See the module text."""

    started = Signal(str)

    def __init__(self, parent: QWidget, services: App, tasks: Tasks, waiting: Waiting) -> None:
        super().__init__(
            parent,
            title=tr("复查 {number}", number=waiting.order.order.number),
            text=tr("{site}　待复查 {n} 项", site=waiting.site_name, n=waiting.order.open),
            verb=tr("开始复查"),
            key="Ctrl+Enter",
        )
        self._services, self._tasks, self._order = services, tasks, waiting.order.order
        self.second = RowList(height="rowSingle", name=tr("同行执法人员"))
        self.column.addWidget(Label(tr("同行执法人员"), role="bodyStrong"))
        self.column.addWidget(self.second)
        self.second.opened.connect(lambda _id: self._begin())
        self.agreed.connect(self._begin)
        tasks.query(self, services.inspections.officers, done=self._take)

    def _take(self, people: list[Officer]) -> None:
        day, others = today(), [one for one in people if one.id != self._services.me.id]
        rows: list[Row] = []
        for one in others:
            is_fit = one.is_certified_on(day)
            word = Badge(word=tr("至 {day}", day=one.cert_to), icon="filled/circle-check", icon_fg="ok")
            if not is_fit:
                word = Badge(word=tr("证件已过期，不能作为执法人员"), icon="filled/circle-x", fg="danger")
            rows.append(Row(id=one.id, title=one.name, beside=one.cert_no, badges=(word,), is_dim=not is_fit))
        self.second.set_rows(rows, choose=next((one.id for one in others if one.is_certified_on(day)), ""))
        high = self.theme.size("rowSingle")
        self.second.setFixedHeight(min(_SEEN, max(1, len(rows))) * high)
        if not rows:
            self.show_error(tr("本单位没有其他执法人员，检查须有两人"))

    def _begin(self) -> None:
        second = self.second.current()
        if not second:
            self.show_error(tr("请先选择同行执法人员"))
            return
        pair = (self._services.me.id, second)
        start = self._services.rechecks.start
        self._tasks.command(self, start, [self._order.id], pair, done=self._done, failed=self._refuse)

    def _done(self, changes: Changes) -> None:
        self.accept()
        self.started.emit(changes.made)

    def _refuse(self, error: InspectorError) -> None:
        self.show_error(message(error).happened)
