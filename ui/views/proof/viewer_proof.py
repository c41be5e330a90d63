"""ViewerProof: what a photo's viewer does for proof: notes that it was opened, redacts, shows custody, saves a copy.

proof.show(evidence) with each piece; proof.note_opened() once its picture stands; proof.keys() → {key: slot};
proof.offer(button) opens the menu over a button. Signal `said(sentence)`.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, QPoint, Qt, Signal
from PySide6.QtWidgets import QMenu, QWidget

from inspector.app import App
from inspector.domain.custody import CustodyAct
from inspector.domain.evidence import Evidence, EvidenceKind
from inspector.errors import InspectorError
from ui.messages import message
from ui.tasks import Tasks
from ui.text import tr


class ViewerProof(QObject):
    """See the module text; its dialogs are loaded when they are first asked for."""

    said = Signal(str)

    def __init__(self, viewer: QWidget, services: App, tasks: Tasks) -> None:
        super().__init__(viewer)
        self._viewer, self._services, self._tasks = viewer, services, tasks
        self._one: Evidence | None = None
        self._noted: set[str] = set()

    def show(self, one: Evidence) -> None:
        """Stand at another piece."""
        self._one = one

    def note_opened(self) -> None:
        """Its picture is seen: that goes into its custody, once per login."""
        one = self._one
        if one is not None and one.id not in self._noted:
            self._noted.add(one.id)
            note = self._services.custody.note
            self._tasks.command(self, note, one.id, CustodyAct.OPEN, failed=self._fail, is_quiet=True)

    def keys(self) -> dict[Qt.Key, Callable[[], object]]:
        """D, H, S."""
        return {Qt.Key.Key_D: self.redact, Qt.Key.Key_H: self.custody, Qt.Key.Key_S: self.ask_file}

    def offer(self, button: QWidget) -> None:
        """X: the menu of all three."""
        menu = QMenu(self._viewer)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.setAccessibleName(tr("更多…"))
        redact = menu.addAction(tr("脱敏…") + "\tD", self.redact)
        redact.setEnabled(self._is_picture())
        menu.addAction(tr("证据流转…") + "\tH", self.custody)
        menu.addAction(tr("另存为…") + "\tS", self.ask_file)
        menu.popup(button.mapToGlobal(QPoint(0, -menu.sizeHint().height())))

    def _is_picture(self) -> bool:
        return self._one is not None and self._one.original.kind is not EvidenceKind.DOCUMENT

    def redact(self) -> None:
        """D: paint over what may not be published."""
        one = self._one
        if one is None or not self._is_picture():
            self.said.emit(tr("文件不能在这里脱敏；核发的文书请在文书画面脱敏"))
            return
        from ui.views.proof.redact import RedactDialog
        from ui.views.proof.redact_source import of_photo

        dialog = RedactDialog(self._viewer, self._tasks, source=of_photo(self._services, one))
        dialog.made.connect(lambda _changes: self.said.emit(tr("脱敏件已存入照片栏；原件不变，按 S 可另存为文件")))
        dialog.open()

    def custody(self) -> None:
        """H: who handled it."""
        one = self._one
        if one is None:
            return
        from ui.views.proof.custody import CustodyDialog

        CustodyDialog(self._viewer, self._services, self._tasks, inspection_id=one.inspection_id, current=one.id).open()

    def ask_file(self) -> None:
        """S: write it as it is stored to a file."""
        one = self._one
        if one is None:
            return
        from ui.views.proof.file_choice import ask_new_file

        save = partial(self.save_to, one.id)
        ask_new_file(self._viewer, title=tr("另存为"), name=one.original.name, kind=tr("文件"), done=save)

    def save_to(self, evidence_id: str, file: Path) -> None:
        """Write it; it leaves the encrypted store then, which is noted and said."""
        save = partial(self._services.custody.save_original, evidence_id, file)
        self._tasks.job(self, lambda _tell, _stop: save(), done=self._tell_saved, failed=self._fail)

    def _tell_saved(self, file: Path) -> None:
        self.said.emit(tr("已存为 {name}，在 {folder}；这份副本未加密", name=file.name, folder=file.parent))

    def _fail(self, error: InspectorError) -> None:
        self.said.emit(message(error).sentence)
