"""Paperwork: printing and serving an issued notice, in the pane at the right; which of the two is open.

paperwork.open_print(reading) | open_serve(reading, method) | close() | press() the primary action of what is open
Signals: `turned()` something opened or closed, or a printing began or ended; `said(title, text, icon, color)`;
`failed(InspectorError)`; `made(pane)` when one of the two panes is there: they are built after the screen that may need
them is shown, or at once when they are asked for.
"""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from inspector.app import App
from inspector.domain.notice import NoticeState
from inspector.domain.serving import ServingMethod
from ui.tasks import Tasks
from ui.text import tr
from ui.views.notices.notice_strip import PRINT, SERVE, Standing
from ui.views.notices.print_desk import PrintDesk
from ui.views.notices.print_pane import PrintPane
from ui.views.notices.record import NoticeReading
from ui.views.notices.serve_desk import ServeDesk
from ui.views.notices.serve_pane import ServePane
from ui.views.workspace.stages import Stages
from ui.widgets.thumbs import Thumbs


class Paperwork(QObject):
    """See the module text."""

    turned = Signal()
    said = Signal(str, str, str, str)
    failed = Signal(object)
    made = Signal(QWidget)

    def __init__(self, services: App, tasks: Tasks, view: QWidget) -> None:
        super().__init__(view)
        self._services, self._tasks = services, tasks
        self.task = ""
        self._reading: NoticeReading | None = None
        self._printing: PrintDesk | None = None
        self._serving: ServeDesk | None = None
        self.stages = Stages([lambda: self.printing, lambda: self.serving], self)

    @property
    def printing(self) -> PrintDesk:
        """What prints; built when first asked for."""
        if self._printing is None:
            self._printing = PrintDesk(self._services, self._tasks, PrintPane())
            self._printing.moved.connect(self.turned)
            self._take_in(self._printing)
        return self._printing

    @property
    def serving(self) -> ServeDesk:
        """What serves; built when first asked for."""
        if self._serving is None:
            thumbs = Thumbs(self._tasks, self._services.evidence.preview, self)
            self._serving = ServeDesk(self._services, self._tasks, ServePane(thumbs), thumbs)
            self._serving.served.connect(self.close)
            self._take_in(self._serving)
        return self._serving

    def _take_in(self, desk: PrintDesk | ServeDesk) -> None:
        desk.said.connect(self._say)
        desk.failed.connect(self.failed)
        self.made.emit(desk.pane)

    @property
    def print_pane(self) -> PrintPane:
        """The pane of printing."""
        return self.printing.pane

    @property
    def serve_pane(self) -> ServePane:
        """The pane of serving."""
        return self.serving.pane

    def pane(self) -> QWidget | None:
        """Return the pane of the open task."""
        if not self.task:
            return None
        return self.print_pane if self.task == PRINT else self.serve_pane

    def word(self) -> str:
        """Return what the open task is called, empty without one."""
        return {PRINT: tr("打印"), SERVE: tr("送达")}.get(self.task, "")

    def is_printing(self, notice_id: str) -> bool:
        """Whether paper moves for this notice."""
        run = self._printing.printing if self._printing is not None else None
        return run is not None and run.id == notice_id

    def open_print(self, reading: NoticeReading) -> None:
        """Open the print panel; with it open already, print."""
        if self.task == PRINT:
            self.press()
            return
        self._open(PRINT, reading)
        self.printing.open(reading)
        self.print_pane.form.printers.setFocus()

    def open_serve(self, reading: NoticeReading, method: ServingMethod | None = None) -> None:
        """Open the serve panel, perhaps on a method."""
        self._open(SERVE, reading)
        self.serving.open(reading, method)
        form = self.serve_pane.form
        (form.why if method is ServingMethod.REFUSED else form.method).setFocus()

    def _open(self, task: str, reading: NoticeReading) -> None:
        self.task, self._reading = task, reading
        self.turned.emit()

    def close(self) -> None:
        """Back to the facts; what is being printed goes on."""
        if self.task:
            self.task = ""
            self.turned.emit()

    def show(self, reading: NoticeReading) -> None:
        """The notice at hand was read (again); a task of another one is closed."""
        is_same = self._reading is not None and self._reading.notice.id == reading.notice.id
        self._reading = reading
        if not is_same or reading.notice.state is not NoticeState.ISSUED:
            self.task = ""
        elif self.task == PRINT:
            self.printing.show(reading)
        elif self.task == SERVE:
            self.serving.show(reading)

    def press(self) -> None:
        """Do what the open task is there for."""
        if self.task == PRINT and not self.why_not():
            self.print_pane.begin()
        elif self.task == SERVE:
            self.serve_pane.begin()

    def standing(self, reading: NoticeReading) -> Standing:
        """Return how a notice stands, for the actions under it."""
        return Standing(
            state=reading.notice.state,
            task=self.task,
            is_printed=any(run.may_have_printed for run in reading.prints),
            is_served=reading.serving is not None,
            is_done=self._printing is not None and self.print_pane.is_done,
            has_successor=bool(reading.notice.superseded_by),
        )

    def _say(self, title: str, text: str, is_trouble: bool) -> None:
        look = ("filled/alert-triangle", "warn") if is_trouble else ("filled/circle-check", "ok")
        self.said.emit(title, text, *look)

    def why_not(self) -> str:
        """Say why the open task can't be done now, empty if it can."""
        if self.task != PRINT:
            return ""
        if self.printing.printing is not None:
            return tr("正在打印 {number}", number=self.printing.printing.number)
        return "" if self.print_pane.has_printers else tr("未找到打印机")
