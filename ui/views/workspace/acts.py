"""WorkspaceActs: what is done with a visit and its hazards as a whole: remove, repeat, discard, end.

Signals: `chosen(id)` a hazard to stand on, `changed()` something that no topic names (drafts) is different now,
`turned(place)` what an undo or redo touched, as findings name it.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from inspector.app import App
from inspector.domain.changes import Changes
from inspector.domain.hazard import Hazard
from inspector.domain.timeline import Gap
from inspector.errors import InspectorError
from inspector.services.evidence import AttachReport
from ui.messages import message
from ui.models.hazard_drafts import owner_of_new
from ui.tasks import Tasks
from ui.text import tr
from ui.views.workspace.record import WorkspaceRecord
from ui.widgets.text_dialog import TextDialog
from ui.widgets.view import View

if TYPE_CHECKING:
    from ui.views.workspace.entry_dialog import EntryDialog


class WorkspaceActs(QObject):
    """See the module text; `view` is where dialogs stand."""

    chosen = Signal(str)
    changed = Signal()
    turned = Signal(str)

    def __init__(self, services: App, tasks: Tasks, view: View) -> None:
        super().__init__(view)
        self._services, self._tasks, self._view = services, tasks, view
        self._entry: EntryDialog | None = None

    def remove(self, hazard: Hazard) -> None:
        """Ask for the reason, then take a hazard back."""
        dialog = TextDialog(
            self._view,
            title=tr("移除隐患 {n}？", n=hazard.ordinal),
            text=tr("“{title}”不再列入文书；记录和理由都保留，它的照片留在本次检查", title=hazard.description),
            label=tr("理由"),
            verb=tr("移除"),
            kind="danger",
        )
        remove = partial(self._services.hazards.remove, hazard.id)
        dialog.written.connect(lambda reason: self._tasks.command(self, remove, reason))
        dialog.open()

    def duplicate(self, hazard_id: str) -> None:
        """Report the same hazard for another spot and stand on it."""
        self._tasks.command(self, self._services.hazards.duplicate, hazard_id, done=self._tell_made)

    def _tell_made(self, changes: Changes) -> None:
        self.chosen.emit(changes.made)

    def drop_draft(self, inspection_id: str) -> None:
        """Forget the half-typed new hazard."""
        owner = owner_of_new(inspection_id)
        self._tasks.command(self, self._services.drafts.drop, owner, done=lambda _told: self.changed.emit())

    def turn(self, inspection_id: str, *, is_undo: bool) -> None:
        """Undo or redo the latest step."""
        undo = self._services.undo
        work = undo.undo if is_undo else undo.redo
        self._tasks.command(self, work, inspection_id, done=lambda told: self.turned.emit(told.made))

    def open_entry(self, record: WorkspaceRecord | None, field: str = "") -> None:
        """Open the entry facts, standing on a field."""
        from ui.views.workspace.entry_dialog import EntryDialog

        if record is None or self._entry is not None:
            return
        self._view.leave()  # what is half-typed in the facts becomes an entry first
        dialog = self._entry = EntryDialog(self._view, self._services, self._tasks)
        dialog.finished.connect(lambda _how: setattr(self, "_entry", None))
        dialog.show_record(record)
        dialog.open()
        dialog.focus(field)

    def show_entry(self, record: WorkspaceRecord) -> None:
        """Show what was read again in the entry facts, if they are open."""
        if self._entry is not None:
            self._entry.show_record(record)

    def show_clapper(self, record: WorkspaceRecord | None) -> None:
        """Show the clapper to the recorder, while the visit is open."""
        from ui.views.footage.clapper import ClapperScreen

        if record is not None and record.is_open:
            screen = ClapperScreen(self._view, self._services, self._tasks, record.inspection.id)
            screen.failed.connect(self.tell_failure)
            screen.begin()

    def close(self, inspection_id: str) -> None:
        """Show what was not filmed, ask, then end the visit."""
        end = partial(self._services.inspections.close, inspection_id)

        def ask(gaps: Sequence[Gap]) -> None:
            from ui.views.footage.leaving import LeavingDialog

            dialog = LeavingDialog(self._view, gaps)
            dialog.accepted.connect(lambda: self._tasks.command(self, end))
            dialog.explain_wanted.connect(lambda: self._view.wanted.emit("footage", f"{inspection_id}#timeline"))
            dialog.open()

        gaps = self._services.timeline.open_gaps
        self._tasks.query(self, gaps, inspection_id, done=ask, failed=lambda _error: ask(()), key="gaps")

    def tell_attached(self, report: AttachReport) -> None:
        """Say what came in."""
        known = tr("另有 {n} 个早已收进来", n=len(report.known)) if report.known else ""
        if report.attached:
            is_whole = not report.is_cancelled
            text = tr("原件已校验并加密保存") if is_whole else tr("其余已停止，原文件没有改动")
            self._view.say(tr("已添加 {n} 个", n=len(report.attached)), known or text)
        elif known:
            self._view.say(tr("没有新照片"), known)

    def tell_failure(self, error: InspectorError) -> None:
        """Say what went wrong, and let the screen be read again."""
        told = message(error)
        self._view.say(told.title, told.text, icon=told.icon, color=told.color)
        self.changed.emit()
