"""PaperCard: the printers of this computer, and the page that shows whether paper comes out in place.

Signal: `said(str, str, bool)` title, text, whether it is a trouble. Hidden where no printer answers.
"""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt, Signal

from inspector.app import App
from inspector.domain.printing import Printer
from inspector.errors import InspectorError
from ui.messages import message
from ui.tasks import Tasks
from ui.text import tr
from ui.views.notices.paper_words import printer_row
from ui.widgets.button import Button
from ui.widgets.label import Label
from ui.widgets.panel import Card
from ui.widgets.rows import RowList

MOST = 4
"""Printers that are shown at once; more scroll."""


class PaperCard(Card):
    """See the module text."""

    said = Signal(str, str, bool)

    def __init__(self, services: App, tasks: Tasks) -> None:
        super().__init__()
        self._services, self._tasks = services, tasks
        self._found: tuple[Printer, ...] = ()
        self._title = Label(role="pane")
        self.printers = RowList(height="rowDouble")
        self.test = Button(icon="printer", on_click=self._send)
        self.column.addWidget(self._title)
        self.column.addWidget(self.printers)
        self.column.addWidget(self.test, 0, Qt.AlignmentFlag.AlignLeft)
        self.hide()
        self.retranslate()

    def look(self) -> None:
        """Ask again which printers there are; a sleeping one takes seconds to answer."""
        self._tasks.query(self, self._services.printing.printers, done=self._take, key="printers")

    def _take(self, found: tuple[Printer, ...]) -> None:
        self._found = found
        self.setVisible(bool(found))
        self._show()

    def _show(self) -> None:
        chosen = self.printers.current() or (self._found[0].name if self._found else "")
        self.printers.set_rows([printer_row(one) for one in self._found], choose=chosen)
        self._measure()

    def _measure(self) -> None:
        rows = min(MOST, max(1, len(self.printers.rows())))
        self.printers.setFixedHeight(rows * self.theme.size("rowDouble"))

    def _send(self) -> None:
        work = partial(self._services.printing.send_test_page, self.printers.current())
        self.test.setEnabled(False)
        self._tasks.job(self, lambda _tell, _stop: work(), done=self._tell, failed=self._refuse)

    def _tell(self, _none: object) -> None:
        self.test.setEnabled(True)
        self.said.emit(tr("对位页已交给打印机"), tr("请用尺量纸上的刻度，偏差应在 0.5 mm 内"), False)

    def _refuse(self, error: InspectorError) -> None:
        self.test.setEnabled(True)
        told = message(error)
        self.said.emit(told.title, told.text, True)
        self.look()

    def retranslate(self) -> None:
        """Set every word."""
        self._title.setText(tr("打印机"))
        self.printers.setAccessibleName(tr("打印机"))
        self.test.setText(tr("打印对位页"))
        self._show()

    def restyle(self) -> None:
        """Take the heights of the theme."""
        super().restyle()
        if hasattr(self, "printers"):
            self._measure()
