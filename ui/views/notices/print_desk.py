"""PrintDesk: what the print panel asks for, done: printers, orders, the watch over a job, its end, the test page.

desk.open(reading) ; desk.show(reading) after it was read again. One printing at a time for this window.
Signals: `said(title, text, is_trouble)`, `failed(InspectorError)`, `moved()` when a printing began or ended.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject, Signal

from inspector.app import App
from inspector.domain.changes import Changes
from inspector.domain.notice import Notice
from inspector.domain.printing import PrinterState, PrintOrder, PrintRun, PrintState, PrintStep
from inspector.errors import InspectorError
from ui import qt_printing
from ui.messages import message
from ui.tasks import Tasks, Ticket
from ui.text import tr
from ui.views.notices import printer_choice
from ui.views.notices.page import draw_page
from ui.views.notices.paper_words import trouble
from ui.views.notices.print_form import Shelf
from ui.views.notices.print_pane import PrintPane
from ui.views.notices.printer_choice import PrinterChoice
from ui.views.notices.record import NoticeReading


class PrintDesk(QObject):
    """See the module text."""

    said = Signal(str, str, bool)
    failed = Signal(object)
    moved = Signal()

    def __init__(self, services: App, tasks: Tasks, pane: PrintPane) -> None:
        super().__init__(pane)
        self._services, self._tasks, self.pane = services, tasks, pane
        self._reading: NoticeReading | None = None
        self._shelf: Shelf | None = None
        self._ticket: Ticket | None = None
        self._is_unwanted = False
        self._printing: Notice | None = None
        pane.ordered.connect(self._order)
        pane.refresh.connect(self.look)
        pane.test_wanted.connect(self._test)
        pane.settled.connect(self._settle)
        pane.foot.cancelled.connect(self._cancel)

    @property
    def printing(self) -> Notice | None:
        """The notice that is being printed now."""
        return self._printing

    def open(self, reading: NoticeReading) -> None:
        """Begin anew with a notice, and look for printers."""
        self._reading = reading
        is_watching = self._is_watching(reading)
        self.pane.show_notice(reading, is_new=not is_watching)
        if is_watching and not self.pane.foot.is_running:
            self.pane.foot.show_waiting()
        self.look()

    def show(self, reading: NoticeReading) -> None:
        """Show the same notice again after something changed; another one begins anew."""
        is_same = self._reading is not None and self._reading.notice.id == reading.notice.id
        self._reading = reading
        self.pane.show_notice(reading, is_new=not is_same)

    def look(self) -> None:
        """Look for printers."""
        self._tasks.query(self, read_shelf, self._services, done=self._take_shelf, key="shelf")

    def _take_shelf(self, shelf: Shelf) -> None:
        self._shelf = shelf
        self.pane.show_shelf(shelf)
        self.moved.emit()

    def _is_watching(self, reading: NoticeReading) -> bool:
        return self._printing is not None and self._printing.id == reading.notice.id

    # --- printing --------------------------------------------------------------

    def _order(self, order: PrintOrder) -> None:
        if self._reading is None or self._printing is not None:
            return
        self._printing, self._is_unwanted = self._reading.notice, False
        self.pane.foot.show_waiting()
        self.moved.emit()
        keep = partial(printer_choice.keep, self._services.profile, PrinterChoice(order.printer, order.sides))
        self._tasks.command(self, keep, is_quiet=True)
        begin = partial(self._services.printing.begin, self._printing.id, order)
        self._tasks.command(self, begin, done=partial(self._send, order), failed=self._not_begun)

    def _send(self, order: PrintOrder, begun: Changes) -> None:
        notice = self._printing
        if notice is None:
            return
        if self._shelf is not None and self._shelf.has_spooler:
            work = partial(self._services.printing.send, begun.made)
        else:
            work = partial(print_through_qt, self._services, notice, begun.made, order)
        self._ticket = self._tasks.job(self, work, done=self._end, failed=self._broken, progress=self._tell)
        if self._is_unwanted:  # cancelled while it was being recorded
            self._ticket.cancel()

    def _tell(self, step: PrintStep) -> None:
        if self._reading is not None and self._is_watching(self._reading):
            self.pane.foot.show_step(step)

    def _cancel(self) -> None:
        self._is_unwanted = True
        if self._ticket is not None:
            self._ticket.cancel()

    def _not_begun(self, error: InspectorError) -> None:
        self._rest()
        self.pane.foot.clear()
        self.failed.emit(error)

    def _broken(self, error: InspectorError) -> None:
        self._rest()
        self.failed.emit(error)
        self.look()

    def _end(self, changes: Changes) -> None:
        notice = self._printing
        self._rest()
        if notice is not None:
            self._tasks.query(self, read_run, self._services, notice.id, changes.made, done=self._say_end)

    def _rest(self) -> None:
        """Nothing is being printed any more."""
        self._printing, self._ticket = None, None
        self.pane.foot.clear()
        self.moved.emit()

    def _say_end(self, run: PrintRun | None) -> None:
        if run is None:
            return
        if self._reading is not None and self._reading.notice.id == run.notice_id:
            self.pane.foot.show_run(run)
            self.moved.emit()
        if not self.pane.foot.isVisible():  # there it stands before the officer's eyes
            self._tell_elsewhere(run)
        self.look()

    def _tell_elsewhere(self, run: PrintRun) -> None:
        if run.state is PrintState.DONE:
            words = tr("{n} 份，共 {sheets} 张；签字后登记送达", n=run.copies, sheets=run.sheets)
            self.said.emit(tr("已打印"), words, False)
        elif run.state is PrintState.CANCELLED:
            self.said.emit(tr("打印已取消"), tr("文书与编号已保存，未重复占号"), False)
        else:
            told = trouble(run.fault)
            self.said.emit(told.title, told.text, True)

    def _settle(self, run_id: str, state: PrintState) -> None:
        """The officer says what nobody saw."""
        work = partial(self._services.printing.finish, run_id, state=state)
        self._tasks.command(self, work)

    def _test(self, printer: str) -> None:
        work = partial(self._services.printing.send_test_page, printer)
        self._tasks.job(self, lambda _tell, _stop: work(), done=self._say_test, failed=self._not_tested)

    def _say_test(self, _none: object) -> None:
        self.said.emit(tr("对位页已交给打印机"), tr("请用尺量纸上的刻度，偏差应在 0.5 mm 内"), False)

    def _not_tested(self, error: InspectorError) -> None:
        told = message(error)
        self.said.emit(told.title, told.text, True)
        self.look()


def read_shelf(services: App) -> Shelf:
    """Ask which printers there are: CUPS where it answers, else Qt."""
    has_spooler = services.printing.has_spooler()
    found = services.printing.printers() if has_spooler else qt_printing.printers()
    return Shelf(printers=found, has_spooler=has_spooler, choice=printer_choice.load(services.profile))


def read_run(services: App, notice_id: str, run_id: str) -> PrintRun | None:
    """Return one print run of a notice."""
    return next((run for run in services.printing.of(notice_id) if run.id == run_id), None)


def print_through_qt(
    services: App,
    notice: Notice,
    run_id: str,
    order: PrintOrder,
    tell: Callable[[PrintStep], None],
    is_cancelled: Callable[[], bool],
) -> Changes:
    """Paint the stored pages on a printer of Qt and record the end."""
    first, last = order.page_range(notice.pages)
    job = qt_printing.PaintJob(
        printer=order.printer,
        title=notice.number,
        first=first,
        last=last,
        copies=order.copies,
        sides=order.sides,
    )
    try:
        pdf = services.notices.pdf(notice.id)
        ended = qt_printing.paint(job, partial(draw_page, services, pdf), tell, is_cancelled)
    except InspectorError:
        services.printing.finish(run_id, state=PrintState.FAILED, sheets_done=0, fault=PrinterState.STOPPED)
        raise
    return services.printing.finish(run_id, state=ended.state, sheets_done=ended.sheets_done, fault=ended.fault)
