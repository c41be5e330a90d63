"""CheckDesk: the checklist at work: it keeps notes, makes entries of answers, asks before it answers many at once.

desk = CheckDesk(services, tasks, view);  desk.pane is the widget;  desk.show(record)
Signals: `hazard_wanted(CheckRow)`, `hazard_shown(id)`, `unsaved()`, `saved()`, `failed(InspectorError)`.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QObject, Signal

from inspector.app import App
from inspector.domain.check import Result
from ui.tasks import Tasks
from ui.text import tr
from ui.views.workspace.checks_pane import ChecksPane
from ui.views.workspace.record import WorkspaceRecord
from ui.views.workspace.saving import FieldSaver
from ui.widgets.dialog import Dialog
from ui.widgets.view import View


class CheckDesk(QObject):
    """See the module text; `view` is where the question stands."""

    hazard_wanted = Signal(object)
    hazard_shown = Signal(str)
    unsaved = Signal()
    saved = Signal()
    failed = Signal(object)

    def __init__(self, services: App, tasks: Tasks, view: View) -> None:
        super().__init__(view)
        self._services, self._tasks, self._view = services, tasks, view
        self._inspection_id = ""
        self._is_open = False
        self.saver = FieldSaver(tasks, services.drafts.put, self)
        self.pane = ChecksPane(self.saver)
        self.saver.unsaved.connect(self.unsaved)
        self.saver.saved.connect(self.saved)
        self.saver.refused.connect(lambda _field, error: self.failed.emit(error))
        self.pane.stood_on.connect(self._keep)
        self.pane.answered.connect(self._answer)
        self.pane.hazard_wanted.connect(self._begin_hazard)
        self.pane.hazard_shown.connect(self.hazard_shown)
        self.pane.rest_wanted.connect(self._ask_rest)

    def show(self, record: WorkspaceRecord) -> None:
        """Show the checks of a visit."""
        if record.inspection.id != self._inspection_id:
            self.flush()
        self._inspection_id, self._is_open = record.inspection.id, record.is_open
        self.pane.show_checks(
            record.checks, record.hazards, record.evidence, half=record.half_notes, is_open=record.is_open
        )

    def count(self) -> str:
        """Return how far the list has come: 8/32."""
        told = self.pane.summary()
        return f"{told.done}/{told.total}" if told.total else ""

    def flush(self) -> None:
        """Finish the note that is being typed."""
        self.pane.detail.note.flush()

    def _keep(self, code: str) -> None:
        """Keep the note of another check from now on."""
        if not code or not self._is_open:
            self.saver.open("", None)
            return
        visit = self._inspection_id
        keep = partial(self._services.checks.note, visit, code)
        self.saver.open(f"check:{visit}:{code}", keep)

    def _answer(self, code: str, result: Result) -> None:
        self.flush()
        put = self._services.checks.set
        self._tasks.command(self, put, self._inspection_id, code, result, failed=self.failed.emit)

    def _begin_hazard(self, code: str) -> None:
        row = self.pane.row(code)
        if row is not None and self._is_open:
            self.flush()
            self.hazard_wanted.emit(row)

    def _ask_rest(self, name: str, codes: Sequence[str]) -> None:
        visit, put = self._inspection_id, self._services.checks.set_all

        def do() -> None:
            self._tasks.command(self, put, visit, tuple(codes), Result.NOT_APPLICABLE, failed=self.failed.emit)

        Dialog.ask(
            self._view,
            title=tr("“{name}”其余 {n} 项全部不涉及？", name=name, n=len(codes)),
            text=tr("不涉及表示现场没有这种情况，与未检查不同；已有结果的不变，可用 Ctrl+Z 一次撤销"),
            verb=tr("全部不涉及"),
            on_yes=do,
            kind="primary",
        )
