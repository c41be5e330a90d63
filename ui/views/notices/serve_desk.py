"""ServeDesk: what the serve panel asks for, done: a photo of the visit or from a file, and the record.

desk.open(reading, method=None) ; desk.show(reading)
Signals: `said(title, text, is_trouble)`, `failed(InspectorError)`, `served()`.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QFileDialog

from inspector.app import App
from inspector.domain.changes import Changes
from inspector.domain.evidence import Evidence
from inspector.domain.serving import ServingDraft, ServingMethod
from inspector.errors import InspectorError
from inspector.services.evidence import Attaching
from ui.tasks import Tasks
from ui.text import tr
from ui.views.notices.record import NoticeReading
from ui.views.notices.serve_pane import ServePane
from ui.views.notices.serve_photo import PhotoDialog
from ui.widgets.thumbs import Thumbs


class ServeDesk(QObject):
    """See the module text."""

    said = Signal(str, str, bool)
    failed = Signal(object)
    served = Signal()

    def __init__(self, services: App, tasks: Tasks, pane: ServePane, thumbs: Thumbs) -> None:
        super().__init__(pane)
        self._services, self._tasks, self.pane, self._thumbs = services, tasks, pane, thumbs
        self._reading: NoticeReading | None = None
        pane.filled.connect(self._serve)
        pane.form.from_visit.connect(self._ask_visit)
        pane.form.from_file.connect(self._ask_file)

    def open(self, reading: NoticeReading, method: ServingMethod | None = None) -> None:
        """Begin anew with a notice, perhaps on a method (F10: refused)."""
        is_same = self._reading is not None and self._reading.notice.id == reading.notice.id
        self._reading = reading
        self.pane.show_notice(reading, is_new=not is_same)
        if method is not None:
            self.pane.choose(method)

    def show(self, reading: NoticeReading) -> None:
        """Show it again after something changed; another notice begins anew."""
        self.open(reading)

    def _serve(self, draft: ServingDraft) -> None:
        if self._reading is None:
            return
        work = partial(self._services.serving.serve, self._reading.notice.id, draft)
        self._tasks.command(self, work, done=self._tell_served, failed=self._refuse)

    def _tell_served(self, _changes: Changes) -> None:
        number = self._reading.notice.number if self._reading is not None else ""
        self._reading = None
        self.said.emit(tr("已送达 {number}", number=number), tr("送达情况已签名保存，不能改动"), False)
        self.served.emit()

    def _refuse(self, error: InspectorError) -> None:
        if not self.pane.refuse(error):
            self.failed.emit(error)

    # --- photos ----------------------------------------------------------------

    def _ask_visit(self) -> None:
        if self._reading is not None:
            visit = self._reading.inspection.id
            self._tasks.query(self, self._services.evidence.of, visit, done=self._offer, key="photos")

    def _offer(self, evidence: list[Evidence]) -> None:
        dialog = PhotoDialog(self.pane, self._thumbs, evidence)
        dialog.taken.connect(self._take)
        dialog.open()

    def _ask_file(self) -> None:
        dialog = QFileDialog(self.pane.window(), tr("选择签字页照片"))
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.setNameFilter(tr("照片 (*.jpg *.jpeg *.png *.heic *.heif)"))
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.filesSelected.connect(lambda names: self.attach(Path(names[0])))
        dialog.open()

    def attach(self, path: Path) -> None:
        """Take a file into the visit's evidence, and choose it as the signed page."""
        if self._reading is None:
            return
        visit = self._reading.inspection.id

        def work(_tell: Callable[[Attaching], None], _stop: Callable[[], bool]) -> Changes:
            return self._services.evidence.attach(visit, path, source="dialog")

        self._tasks.job(self, work, done=partial(self._find, visit))

    def _find(self, visit: str, changes: Changes) -> None:
        self._tasks.query(self, find_evidence, self._services, visit, changes.made, done=self._take)

    def _take(self, found: Evidence | None) -> None:
        if found is not None and self._reading is not None and found.inspection_id == self._reading.inspection.id:
            self.pane.form.photo.show_photo(found.original.sha256, found.original.name)


def find_evidence(services: App, visit: str, evidence_id: str) -> Evidence | None:
    """Return one piece of a visit."""
    return next((one for one in services.evidence.of(visit) if one.id == evidence_id), None)
