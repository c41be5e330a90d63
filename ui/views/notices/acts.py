"""NoticeActs: what is done with one notice: issue with the second officer's PIN, save as PDF, make void, make again.

acts.begin(inspection, form) | issue(reading) | ask_folder(notice) | export_to(notice, folder) | void(notice)
     | again(notice) | compare(evidence_id)
Signals: `made(id)` a new draft to stand on, `said(title, text)`, `failed(InspectorError)`.
"""

from __future__ import annotations

from functools import partial
from pathlib import Path

import shiboken6
from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QFileDialog, QWidget

from inspector.app import App
from inspector.domain.changes import Changes
from inspector.domain.notice import FormCode, Notice
from inspector.errors import InspectorError
from ui.models.notice_rows import form_name
from ui.tasks import Tasks
from ui.text import tr
from ui.views.notices.issue_dialog import IssueDialog
from ui.views.notices.record import NoticeReading
from ui.widgets.text_dialog import TextDialog


class NoticeActs(QObject):
    """See the module text; `view` is where dialogs stand."""

    made = Signal(str)
    said = Signal(str, str)
    failed = Signal(object)

    def __init__(self, services: App, tasks: Tasks, view: QWidget) -> None:
        super().__init__(view)
        self._services, self._tasks, self._view = services, tasks, view
        self._dialog: IssueDialog | None = None

    def begin(
        self, inspection_id: str, form: FormCode, *, supersedes: str | None = None, about: str | None = None
    ) -> None:
        """Begin a draft, perhaps in place of a void one, perhaps about another document."""
        work = partial(self._services.notices.draft, inspection_id, form, supersedes=supersedes, about=about)
        self._tasks.command(self, work, done=self._tell_made)

    def _tell_made(self, changes: Changes) -> None:
        self.made.emit(changes.made)

    def explain(self, finding: str, reason: str, notice: Notice) -> None:
        """Record why a warning is overridden; an empty reason takes it back."""
        self._tasks.command(self, self._services.notices.explain, notice.id, finding, reason)

    def compare(self, evidence_id: str) -> None:
        """Show a photo beside the earlier one that is the same, and ask why it is used."""
        from ui.views.recheck.likeness_dialog import show_likeness

        show_likeness(self._view, self._services, self._tasks, evidence_id)

    def again(self, notice: Notice) -> None:
        """Begin the successor of a void notice."""
        self.begin(notice.inspection_id, notice.form, supersedes=notice.id, about=notice.about)

    def issue(self, reading: NoticeReading) -> None:
        """Ask the second officer, then issue; nothing happens while an error stands against it."""
        second = reading.second_officer(self._services.me.id)
        if second is None or not reading.preview.is_issuable:
            return
        dialog = IssueDialog(
            self._view,
            form=form_name(reading.notice.form),
            numbers_left=reading.preview.numbers_left if reading.has_own_number else None,
            second=second.name,
        )
        dialog.confirmed.connect(partial(self._issue, reading.notice.id, second.id))
        self._dialog = dialog
        dialog.open()

    def _issue(self, notice_id: str, second_id: str, pin: str) -> None:
        work = partial(self._services.notices.issue, notice_id, second_officer_id=second_id, pin=pin)
        self._tasks.command(self, work, done=lambda _changes: self._after_issue(notice_id), failed=self._not_issued)

    def _after_issue(self, notice_id: str) -> None:
        if self._dialog is not None and shiboken6.isValid(self._dialog):
            self._dialog.accept()
        self._dialog = None
        self._tasks.query(self, self._services.notices.get, notice_id, done=self._tell_issued)

    def _tell_issued(self, notice: Notice) -> None:
        self.said.emit(
            tr("已核发 {number}", number=notice.number or form_name(notice.form)), tr("原件已加密保存，可打印和送达")
        )

    def _not_issued(self, error: InspectorError) -> None:
        if self._dialog is not None and shiboken6.isValid(self._dialog):
            self._dialog.refuse(error)
        else:
            self.failed.emit(error)

    def ask_folder(self, notice: Notice) -> None:
        """Ask where the PDF shall go."""
        dialog = QFileDialog(self._view.window(), tr("存为 PDF：选择文件夹"))
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.filesSelected.connect(lambda names: self.export_to(notice, Path(names[0])))
        dialog.open()

    def export_to(self, notice: Notice, folder: Path) -> None:
        """Write the stored bytes into a folder; they leave the encrypted store then, and that is said."""
        self._tasks.job(
            self, lambda _tell, _stop: self._services.notices.export(notice.id, folder), done=self._tell_exported
        )

    def _tell_exported(self, path: Path) -> None:
        self.said.emit(tr("已存为 {name}", name=path.name), tr("在 {folder}；这份副本未加密", folder=path.parent))

    def void(self, notice: Notice) -> None:
        """Ask for the reason, then make an issued notice void."""
        dialog = TextDialog(
            self._view,
            title=tr("作废 {number}？", number=notice.number or form_name(notice.form)),
            text=tr("编号记为“废”，不再使用；原件与照片保留") if notice.number else tr("原件与照片保留"),
            label=tr("理由"),
            verb=tr("作废"),
            kind="danger",
        )
        dialog.written.connect(lambda reason: self._tasks.command(self, self._services.notices.void, notice.id, reason))
        dialog.open()
