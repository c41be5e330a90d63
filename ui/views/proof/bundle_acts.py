"""BundleActs: writes the evidence bundle of an inspection behind whatever screen is shown, and tells how it ended.

acts = BundleActs(services, tasks, view);  acts.ask(inspection_id, site name, day);  acts.write(file)
"""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path

import shiboken6
from PySide6.QtCore import QObject

from inspector.app import App
from inspector.errors import Cancelled, InspectorError
from inspector.services.bundle import Bundled, Bundling
from ui.messages import message
from ui.models.moments import bytes_word
from ui.models.work_words import remaining
from ui.tasks import Shown, Tasks, Ticket
from ui.text import tr
from ui.views.proof.bundle import BundleDialog
from ui.views.proof.file_choice import ask_new_file
from ui.widgets.view import View

_MB = 1_000_000
_SAID_EVERY = 1 << 20
"""The window is told once so many bytes, however small the pieces are."""


class BundleActs(QObject):
    """See the module text; one bundle at a time, and asking again shows the one that is being written."""

    def __init__(self, services: App, tasks: Tasks, view: View) -> None:
        super().__init__(view)
        self._services, self._tasks, self._view = services, tasks, view
        self._ticket: Ticket | None = None
        self._dialog: BundleDialog | None = None
        self._inspection_id = self._name = ""
        self._file = Path()
        self._began = 0.0

    @property
    def dialog(self) -> BundleDialog | None:
        """The dialog, while it is open."""
        return self._dialog if self._dialog is not None and shiboken6.isValid(self._dialog) else None

    @property
    def is_running(self) -> bool:
        """Whether a bundle is being written."""
        return self._ticket is not None

    def ask(self, inspection_id: str, name: str) -> None:
        """Open the dialog; `name` is proposed for the file."""
        if self.dialog is not None:
            return
        dialog = BundleDialog(self._view)
        dialog.place_wanted.connect(self._ask_place)
        dialog.stopped.connect(self.stop)
        self._dialog = dialog
        if self.is_running:
            dialog.show_running(0, 0, "")
        else:
            self._inspection_id, self._name = inspection_id, name
        dialog.open()

    def _ask_place(self) -> None:
        parent = self.dialog or self._view
        name = f"{self._name}.zip"
        ask_new_file(parent, title=tr("导出证据包"), name=name, kind=tr("证据包"), done=self.write)

    def write(self, file: Path) -> None:
        """Write the bundle to a new file."""
        if self.is_running:
            return
        self._file, self._began = file, time.monotonic()
        self._ticket = self._tasks.job(self, self._work, done=self._done, failed=self._fail, progress=self._tell)
        shown = Shown(
            title=lambda: tr("导出证据包，MB"), count=lambda step: (step.done // _MB, max(1, step.total // _MB))
        )
        self._tasks.show(self._ticket, shown)
        if self.dialog is not None:
            self.dialog.show_running(0, 0, "")

    def _work(self, tell: Callable[[Bundling], None], is_cancelled: Callable[[], bool]) -> Bundled | None:
        """Runs on a work thread; None when it was stopped."""
        said = -_SAID_EVERY

        def tell_some(step: Bundling) -> None:
            nonlocal said
            if step.done - said >= _SAID_EVERY:
                said = step.done
                tell(step)

        try:
            write = self._services.bundles.write
            return write(self._inspection_id, self._file, progress=tell_some, is_cancelled=is_cancelled)
        except Cancelled:
            return None

    def stop(self) -> None:
        """Stop; no part of the file stays."""
        if self._ticket is not None:
            self._ticket.cancel()

    def _tell(self, step: Bundling) -> None:
        if self.dialog is None:
            return
        seconds = time.monotonic() - self._began
        rate = step.done / seconds if seconds > 0 else 0.0
        note = ""
        if seconds >= 1 and rate > 0:
            left = max(1, round((step.total - step.done) / rate))
            note = f"{bytes_word(round(rate))}/s　{remaining(left)}"
        self.dialog.show_running(step.done, step.total, note)

    def _done(self, done: Bundled | None) -> None:
        self._ticket = None
        if done is None:
            if self.dialog is not None:
                self.dialog.show_stopped()
            else:
                self._view.say(tr("证据包已停止"), tr("没有留下文件"), icon="info-circle", color="text2")
            return
        if self.dialog is not None:
            self.dialog.show_written(self._file.name, str(self._file.parent), done)
        else:
            text = tr("在 {folder}，未加密；SHA-256 {sha256}", folder=self._file.parent, sha256=done.sha256)
            self._view.say(tr("证据包 {name} 已写好", name=self._file.name), text)

    def _fail(self, error: InspectorError) -> None:
        self._ticket = None
        if self.dialog is not None:
            self.dialog.show_stopped(error)
            return
        told = message(error)
        self._view.say(told.title, told.text, icon=told.icon, color=told.color)
