"""TrashDialog 回收站: what was taken out of one inspection in the last 30 days, why, and the way back.

dialog = TrashDialog(parent, services, tasks, inspection_id=…);  dialog.open()
Signals: `restored(file name)`, `failed(InspectorError)`.
"""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from inspector.app import App
from inspector.domain.changes import Changes
from inspector.domain.evidence import EvidenceKind
from inspector.services.marking import TRASH_DAYS, Trashed
from ui.models.moments import clock_time, day_time
from ui.tasks import Tasks
from ui.text import tr
from ui.widgets.dialog import Dialog
from ui.widgets.empty import EmptyState
from ui.widgets.rows import Row, RowList
from ui.widgets.thumbs import Thumbs

ROWS = 5
"""Most rows seen without scrolling."""


class TrashDialog(Dialog):
    """See the module text."""

    restored = Signal(str)
    failed = Signal(object)

    def __init__(self, parent: QWidget, services: App, tasks: Tasks, *, inspection_id: str) -> None:
        super().__init__(
            parent,
            title=tr("回收站"),
            text=tr("移除后 {n} 天内可恢复；原件和移除理由始终保留", n=TRASH_DAYS),
            verb=tr("恢复"),
            width=560,
            key="Enter",
        )
        self._services, self._tasks, self._inspection_id = services, tasks, inspection_id
        self._gone: tuple[Trashed, ...] = ()
        self._thumbs = Thumbs(tasks, services.evidence.preview, self)
        self.list = RowList(thumbs=self._thumbs, name=tr("回收站"))
        self.empty = EmptyState("trash")
        self.empty.say(tr("回收站是空的"), tr("移除的照片会在这里保留 {n} 天", n=TRASH_DAYS))
        self.column.addWidget(self.list)
        self.column.addWidget(self.empty)
        self.empty.hide()
        self.verb.setEnabled(False)
        self.list.opened.connect(lambda _id: self._restore())
        self.agreed.connect(self._restore)
        self._read()

    def _read(self) -> None:
        self._tasks.query(
            self, self._services.evidence.trashed, self._inspection_id, done=self._show, failed=self.failed.emit
        )

    def _show(self, gone: list[Trashed]) -> None:
        self._gone = tuple(gone)
        self.list.set_rows([_row(one) for one in gone])
        self.list.setFixedHeight(max(1, min(ROWS, len(gone))) * self.theme.size("rowDouble"))
        self.list.setVisible(bool(gone))
        self.empty.setVisible(not gone)
        self.verb.setEnabled(bool(gone))
        if gone:
            self.list.setFocus()
            if not self.list.current():
                self.list.choose(gone[0].evidence.id)

    def _restore(self) -> None:
        found = next((one for one in self._gone if one.evidence.id == self.list.current()), None)
        if found is None:
            return
        self.verb.setEnabled(False)
        name = found.evidence.original.name

        def told(_changes: Changes) -> None:
            self.restored.emit(name)
            self._read()

        self._tasks.command(
            self, self._services.evidence.restore, found.evidence.id, done=told, failed=self.failed.emit
        )


def _row(gone: Trashed) -> Row:
    one = gone.evidence
    is_picture = one.original.kind is not EvidenceKind.DOCUMENT
    at = f"{day_time(gone.removed_at)[:10]} {clock_time(gone.removed_at)}"
    return Row(
        id=one.id,
        title=one.original.name,
        second=tr("{reason}　{at} 移除", reason=one.removed_reason, at=at),
        thumb=one.original.sha256 if is_picture else "",
        facts=(tr("{day} 前可恢复", day=day_time(gone.until)[5:10]),),
    )
