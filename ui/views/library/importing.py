"""ImportDesk: asks for a folder of statutes, takes them in behind the screen, tells what was refused.

desk = ImportDesk(view, services, tasks);  desk.ask()  |  desk.start(folder)  |  desk.stop()
Signals: `stepped(done, of)`, `ended()` (the library may have changed), `failed(InspectorError)`.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from inspector.app import App
from inspector.errors import InspectorError
from inspector.services.library import LibraryReport
from ui.models.law_words import refusal_words, report_words
from ui.tasks import Shown, Tasks, Ticket
from ui.text import tr
from ui.theme.status import Badge
from ui.widgets.dialog import Dialog
from ui.widgets.rows import Row, RowList
from ui.widgets.view import View

_SEEN = 6
"""Rows of refusals seen without scrolling."""


class ImportDesk(QObject):
    """See the module text."""

    stepped = Signal(int, int)
    ended = Signal()
    failed = Signal(object)

    def __init__(self, view: View, services: App, tasks: Tasks) -> None:
        super().__init__(view)
        self._view, self._services, self._tasks = view, services, tasks
        self._ticket: Ticket | None = None

    @property
    def is_running(self) -> bool:
        """Whether an import is under way."""
        return self._ticket is not None

    def ask(self) -> None:
        """Ask for a folder by the system's own dialog, then take it in."""
        from PySide6.QtWidgets import QFileDialog

        if self.is_running:
            return
        path = QFileDialog.getExistingDirectory(self._view, tr("选择有法规文件（.md）的文件夹"))
        if path:
            self.start(Path(path))

    def start(self, folder: Path) -> None:
        """Take a folder in."""
        work = partial(self._work, folder)
        self._ticket = self._tasks.job(self, work, done=self._show, failed=self._fail, progress=self._step)
        self._tasks.show(self._ticket, Shown(title=lambda: tr("导入法规"), count=lambda step: step))
        self.stepped.emit(0, 0)

    def stop(self) -> None:
        """Stop; what was in the library stays."""
        if self._ticket is not None:
            self._ticket.cancel()

    def _work(
        self, folder: Path, progress: Callable[[tuple[int, int]], object], is_cancelled: Callable[[], bool]
    ) -> LibraryReport:
        return self._services.library.import_folder(folder, progress, is_cancelled)

    def _step(self, step: tuple[int, int]) -> None:
        self.stepped.emit(*step)

    def _fail(self, error: InspectorError) -> None:
        self._ticket = None
        self.ended.emit()
        self.failed.emit(error)

    def _show(self, report: LibraryReport) -> None:
        self._ticket = None
        self.ended.emit()
        said = report_words(report)
        if report.refusals or report.gaps:
            ReportDialog(self._view, report).open()
        else:
            is_good = bool(report.sha256)
            icon, color = ("filled/circle-check", "ok") if is_good else ("filled/alert-triangle", "warn")
            self._view.say(tr("法规已导入") if is_good else tr("没有导入"), said, icon=icon, color=color)


class ReportDialog(Dialog):
    """What was refused, file by file, with its line; and where the numbering of a text jumps."""

    def __init__(self, parent: QWidget, report: LibraryReport) -> None:
        super().__init__(parent, title=tr("导入结果"), text=report_words(report), verb=tr("知道了"), width=600)
        self.list = RowList(name=tr("没有导入的文件"))
        rows = report_rows(report)
        self.list.set_rows(rows)
        self.list.setFixedHeight(min(_SEEN, max(1, len(rows))) * self.theme.size("rowDouble"))
        self.column.addWidget(self.list)
        self.cancel.hide()
        self.agreed.connect(self.accept)


def report_rows(report: LibraryReport) -> list[Row]:
    """Return a row for each file that was refused and each jump in a text that was taken in."""
    refused = Badge(word=tr("未导入"), icon="filled/circle-x", fg="danger")
    look = Badge(word=tr("请核对"), icon="filled/alert-triangle", fg="warn")
    rows = [
        Row(id=f"refused:{n}", title=one.file, second=refusal_words(one), badges=(refused,))
        for n, one in enumerate(report.refusals)
    ]
    jumps = [
        Row(id=f"gap:{n}", title=title, second=tr("{article}之前条号不连续", article=article), badges=(look,))
        for n, (title, article) in enumerate(report.gaps)
    ]
    return rows + jumps
