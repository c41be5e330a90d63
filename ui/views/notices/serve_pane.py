"""ServePane: the panel that records how an issued notice was handed over.

pane.show_notice(reading, is_new=…) ; pane.choose(method) ; pane.begin() → signal `filled(ServingDraft)`
"""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from inspector.domain.serving import ServingMethod
from inspector.errors import InspectorError
from ui.text import tr
from ui.views.notices.record import NoticeReading
from ui.views.notices.serve_form import ServeForm
from ui.widgets.form import NoteLine
from ui.widgets.label import Paragraph
from ui.widgets.painted import Themed
from ui.widgets.panel import PaneHeader, ScrollPane
from ui.widgets.thumbs import Thumbs


class ServePane(Themed, QWidget):
    """See the module text; where photos come from is the form's to ask."""

    filled = Signal(object)

    def __init__(self, thumbs: Thumbs, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._reading: NoticeReading | None = None
        self.header = PaneHeader(key="F7")
        self.number = Paragraph(role="bodyStrong")
        self.note = NoteLine()
        self.form = ServeForm(thumbs)
        inside = QWidget()
        self._column = QVBoxLayout(inside)
        for widget in (self.number, self.note, self.form):
            self._column.addWidget(widget)
        self._column.addStretch(1)
        inside.setAutoFillBackground(False)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        outer.addWidget(self.header)
        outer.addWidget(ScrollPane(inside), 1)
        self.retranslate()
        self.restyle()

    def show_notice(self, reading: NoticeReading, *, is_new: bool) -> None:
        """Show a notice; `is_new` begins the form anew with who was there for the party."""
        self._reading = reading
        self.number.setText(reading.notice.number)
        if is_new:
            self.form.show_notice(reading.inspection.companion or reading.responsible)
        self._show_note()

    def choose(self, method: ServingMethod) -> None:
        """Stand on a method."""
        self.form.choose(method)

    def begin(self) -> None:
        """Tell what is filled in; does nothing while something is missing, which the form then says."""
        draft = self.form.draft()
        if draft is not None:
            self.filled.emit(draft)

    def refuse(self, error: InspectorError) -> bool:
        """Say under its field what the core refuses; False if it is of no field here."""
        return self.form.refuse(error)

    def _show_note(self) -> None:
        is_printed = self._reading is not None and bool(self._reading.prints)
        words = "" if is_printed else tr("还没有打印记录；在别处打印的也可以登记送达")
        self.note.show_note(words, icon="info-circle")

    def retranslate(self) -> None:
        """Name everything in the language that is on."""
        self.header.set_title(tr("送达"))
        self._show_note()

    def restyle(self) -> None:
        """Take the gaps of the theme."""
        if hasattr(self, "_column"):
            u = self.theme.u
            self._column.setContentsMargins(u(20), u(12), u(20), u(20))
            self._column.setSpacing(u(8))
        super().restyle()
