"""PrintPane: the panel that prints one issued notice: form, what was printed before, progress and result below.

pane.show_notice(reading) ; pane.show_shelf(shelf) ; pane.begin() → signal `ordered(PrintOrder)` or says what is missing
Signals: `ordered(PrintOrder)`, `test_wanted(printer)`, `refresh()`, `settled(run id, PrintState)`; `foot.cancelled`.
"""

from __future__ import annotations

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from inspector.domain.printing import PrintRun, PrintState
from ui.models.moments import day_time
from ui.text import tr
from ui.views.notices.print_foot import PrintFoot
from ui.views.notices.print_form import PrintForm, Shelf
from ui.views.notices.record import NoticeReading
from ui.views.notices.remainder import rest_of
from ui.widgets.button import Button
from ui.widgets.empty import EmptyState
from ui.widgets.label import Paragraph
from ui.widgets.painted import Themed
from ui.widgets.panel import PaneHeader, ScrollPane


class PrintPane(Themed, QWidget):
    """See the module text."""

    ordered = Signal(object)
    test_wanted = Signal(str)
    refresh = Signal()
    settled = Signal(str, object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._reading: NoticeReading | None = None
        self._has_printers: bool | None = None
        self._has_spooler = True
        self.header = PaneHeader(key="F7")
        self.before = Paragraph(role="meta", color="text2")
        self.form = PrintForm()
        self.test = Button(kind="quiet", icon="ruler-2", on_click=self._ask_test)
        self.empty = EmptyState("printer-off", buttons=[look := Button(icon="refresh", on_click=self.refresh.emit)])
        self.look = look
        self.foot = PrintFoot()
        self._build()
        self.form.refresh.connect(self.refresh)
        self.form.changed.connect(self._show_test)
        self.foot.rest_wanted.connect(self._take_rest)
        self.foot.settled.connect(self._settle)
        self.retranslate()
        self.restyle()

    def _build(self) -> None:
        inside = QWidget()
        self._column = QVBoxLayout(inside)
        self._column.addWidget(self.before)
        self._column.addWidget(self.form)
        self._column.addWidget(self.test)
        self._column.addStretch(1)
        self._scroll = ScrollPane(inside)
        inside.setAutoFillBackground(False)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        for widget in (self.header, self._scroll, self.empty, self.foot):
            column.addWidget(widget, 0 if widget in (self.header, self.foot) else 1)
        self.empty.hide()

    # --- showing ---------------------------------------------------------------

    def show_notice(self, reading: NoticeReading, *, is_new: bool) -> None:
        """Show a notice; `is_new` begins the form anew (another notice, or the panel was opened)."""
        self._reading = reading
        if is_new:
            self.foot.clear()
            self.form.show_notice(
                reading.notice.pages, copies_note=reading.copies, is_reprint=bool(_out_before(reading))
            )
        elif not self.foot.is_running:  # the run at hand is no earlier one
            self.form.mark_reprint(is_reprint=bool(_out_before(reading)))
        if not self.foot.is_running:
            self._show_before()
        self._show_last()

    def show_shelf(self, shelf: Shelf) -> None:
        """Show which printers there are."""
        self._has_printers, self._has_spooler = bool(shelf.printers), shelf.has_spooler
        self.form.show_shelf(shelf)
        self._scroll.setVisible(bool(shelf.printers))
        self.empty.setVisible(not shelf.printers)
        self._show_test()

    @property
    def has_printers(self) -> bool:
        """Whether there is a printer."""
        return bool(self._has_printers)

    @property
    def is_done(self) -> bool:
        """Whether the printing that was ordered here has come out."""
        run = self.foot.run
        return not self.foot.is_running and run is not None and run.state is PrintState.DONE

    def begin(self) -> None:
        """Order what the form says; does nothing while something is missing, which the form then says."""
        order = self.form.order() if self.has_printers else None
        if order is not None:
            self.ordered.emit(order)

    def _show_before(self) -> None:
        runs = _out_before(self._reading) if self._reading is not None else ()
        if runs:
            last = runs[-1]
            words = tr("已打印过 {n} 次，最近一次 {at}。再打记为补打", n=len(runs), at=day_time(last.asked_at)[5:])
            self.before.setText(words)
        self.before.setVisible(bool(runs))

    def _show_last(self) -> None:
        """Keep on the screen how the run at hand ended; of earlier ones only what still asks for an answer."""
        runs = self._reading.prints if self._reading is not None else ()
        if self.foot.is_running or not runs:
            return
        last, shown = runs[-1], self.foot.run
        if (shown is not None and shown.id == last.id) or last.state in {PrintState.SENT, PrintState.FAILED}:
            self.foot.show_run(last)

    # --- asking ----------------------------------------------------------------

    def _take_rest(self, good: int) -> None:
        run = self.foot.run
        rest = rest_of(run, good) if run is not None else None
        if run is None or rest is None:
            self.foot.words.setText(tr("各页都完好，不用补打"))
            return
        self.form.ask_pages((rest.first, rest.last))
        self.form.copies.set_value("1")
        self.form.mark_reprint(is_reprint=run.may_have_printed or good > 0)
        self.form.ask_reason("jam")
        if rest.whole > 0:
            self.foot.words.setText(tr("先补齐这一份；整份的还缺 {n} 份，补齐后再打", n=rest.whole))
        self.form.first.setFocus()
        QTimer.singleShot(0, self, self._show_range)  # its row has a place after the next layout

    def _show_range(self) -> None:
        self._scroll.ensureWidgetVisible(self.form.first, 0, self.theme.u(40))

    def _settle(self, state: PrintState) -> None:
        if self.foot.run is not None:
            self.settled.emit(self.foot.run.id, state)

    def _ask_test(self) -> None:
        printer = self.form.printer()
        if printer is not None:
            self.test_wanted.emit(printer.name)

    def _show_test(self) -> None:
        self.test.setVisible(self._has_spooler)
        if self.form.printer() is None:
            self.test.refuse(tr("请选择打印机"))
        else:
            self.test.allow()

    def retranslate(self) -> None:
        """Name everything in the language that is on."""
        self.header.set_title(tr("打印"))
        self.test.setText(tr("打印对位页"))
        self.look.setText(tr("重新查找"))
        self.empty.say(tr("未找到打印机"), tr("仍可核发并存为 PDF，稍后在本机补打"))
        self._show_before()

    def restyle(self) -> None:
        """Take the gaps of the theme."""
        if hasattr(self, "_column"):
            u = self.theme.u
            self._column.setContentsMargins(u(20), u(12), u(20), u(20))
            self._column.setSpacing(u(10))
        super().restyle()


def _out_before(reading: NoticeReading) -> tuple[PrintRun, ...]:
    """Return the runs that may have put paper out."""
    return tuple(run for run in reading.prints if run.may_have_printed)
