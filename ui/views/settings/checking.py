"""Checking: walks the chain of records and reads every file back, with a bar; says in words what it found."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from inspector.app import App
from inspector.errors import Cancelled, InspectorError
from inspector.store.replay import Verified
from ui.messages import message
from ui.tasks import Shown, Tasks, Ticket
from ui.text import tr
from ui.widgets.button import Button
from ui.widgets.form import NoteLine
from ui.widgets.label import Paragraph
from ui.widgets.painted import Themed
from ui.widgets.progress import Progress, grouped


class Checking(Themed, QWidget):
    """Signal: `checked(Verified)`."""

    checked = Signal(object)

    def __init__(self, services: App, tasks: Tasks, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._services, self._tasks = services, tasks
        self._ticket: Ticket | None = None
        self._found: Verified | None = None
        self._error: InspectorError | None = None
        self.text = Paragraph(role="meta", color="text2")
        self.bar = Progress()
        self.bar.hide()
        self.verdict = NoteLine()
        self.start = Button(icon="shield-half", on_click=self._begin)
        self.stop = Button(icon="player-stop", on_click=self._stop)
        self.stop.hide()
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._buttons = QHBoxLayout()
        for button in (self.start, self.stop):
            self._buttons.addWidget(button)
        self._buttons.addStretch(1)
        for part in (self.text, self.bar, self.verdict):
            self._column.addWidget(part)
        self._column.addLayout(self._buttons)
        self.retranslate()
        self.restyle()

    @property
    def is_running(self) -> bool:
        """Whether it is under way."""
        return self._ticket is not None

    def _begin(self) -> None:
        if self.is_running:
            return
        self._found, self._error = None, None
        self._ticket = self._tasks.job(self, self._walk, done=self._done, failed=self._fail, progress=self._tell)
        self._tasks.show(self._ticket, Shown(lambda: tr("校验记录"), lambda step: step))
        self.bar.show_share(tr("正在核对记录链"), 0)
        self._show()

    def _walk(self, progress: Callable[[tuple[int, int]], None], is_cancelled: Callable[[], bool]) -> Verified | None:
        """Runs on a work thread; None when it was stopped."""

        def tell(done: int, total: int) -> None:
            if is_cancelled():
                raise Cancelled
            progress((done, total))

        try:
            return self._services.audit.verify(tell)
        except Cancelled:
            return None

    def _stop(self) -> None:
        if self._ticket is not None:
            self._ticket.cancel()

    def _tell(self, step: tuple[int, int]) -> None:
        self.bar.show_progress(tr("正在读回原件"), *step)

    def _done(self, found: Verified | None) -> None:
        self._ticket, self._found = None, found
        self._show()
        if found is not None:
            self.checked.emit(found)

    def _fail(self, error: InspectorError) -> None:
        self._ticket, self._error = None, error
        self._show()

    def _show(self) -> None:
        self.bar.setVisible(self.is_running)
        self.stop.setVisible(self.is_running)
        self.start.setEnabled(not self.is_running)
        if self._error is not None:
            self.verdict.show_note(message(self._error).sentence, icon="filled/alert-triangle", color="warn")
        elif self._found is None:
            self.verdict.show_note("")
        elif self._found.is_clean:
            told = {"entries": grouped(self._found.entries), "blobs": grouped(self._found.blobs)}
            said = tr("全部相符：记录 {entries} 条，原件 {blobs} 个", **told)
            self.verdict.show_note(said, icon="filled/circle-check", color="ok")
        else:
            said = tr(
                "有 {n} 处不符，第一处：{where}。请勿再改动，联系管理员",
                n=len(self._found.faults),
                where=self._found.faults[0].where,
            )
            self.verdict.show_note(said, icon="filled/alert-octagon", color="danger")

    def retranslate(self) -> None:
        """Set every word."""
        self.text.setText(tr("逐条核对签名与前后相连，重算每一行，读回每个原件；不改动任何内容。"))
        self.start.setText(tr("开始校验"))
        self.stop.setText(tr("停止"))
        self._show()

    def restyle(self) -> None:
        """Take the gaps of the theme."""
        if hasattr(self, "_buttons"):
            self._column.setSpacing(self.theme.u(8))
            self._buttons.setSpacing(self.theme.gap)
        super().restyle()
