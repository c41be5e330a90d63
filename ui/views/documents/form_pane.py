"""FormPane 填写: a document's form under a line that says what is still missing.

pane.show_reading(reading) ; pane.focus(key) ; pane.finish() ; pane.undo()
Signals: `finished()` all is there and saved, `failed(InspectorError)`, `read_wanted(str)`.
"""

from __future__ import annotations

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from inspector.app import App
from inspector.services.documents import Filling
from ui.models.document_words import label_of, missing_of
from ui.tasks import Tasks
from ui.text import tr
from ui.views.documents.form import DocumentForm
from ui.views.documents.form_desk import FormDesk
from ui.views.notices.record import NoticeReading
from ui.widgets.button import Button
from ui.widgets.form import NoteLine
from ui.widgets.label import Label, Paragraph
from ui.widgets.painted import Themed
from ui.widgets.panel import PaneHeader, ScrollPane, Surface

ROUND = 80
"""So much above and below a field is brought into sight with it (unscaled px): its label, its notes."""
FOLLOW_MS = 400
"""So long after going to a field the form keeps it in sight while it is laid out."""
MOST_NAMED = 4
"""So many missing fields are named above the form; the others are counted."""


class FormPane(Themed, QWidget):
    """See the module text."""

    finished = Signal()
    failed = Signal(object)
    read_wanted = Signal(str)

    def __init__(self, services: App, tasks: Tasks, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._reading: NoticeReading | None = None
        self.header = PaneHeader(key="F5")
        self.count = Label(role="bodyStrong", elide=False)
        self.names = Paragraph(role="meta", color="text2")
        self.next = Button(kind="link", icon="arrow-right", on_click=self.to_missing)
        self.back = Button(kind="link", icon="arrow-back-up", key="Ctrl+Z", on_click=self.undo)
        self.origin = NoteLine()
        self.form = DocumentForm()
        self.desk = FormDesk(services, tasks, self.form)
        self._build()
        self.desk.stepped.connect(self._on_stepped)
        self.desk.failed.connect(self.failed)
        self.desk.read_wanted.connect(self.read_wanted)
        self.retranslate()

    def _build(self) -> None:
        line = QHBoxLayout()
        line.addWidget(self.count)
        line.addStretch(1)
        line.addWidget(self.back)
        line.addWidget(self.next)
        self._line = line
        head = Surface("surface", line="bottom")
        self._head = QVBoxLayout(head)
        self._head.addLayout(line)
        self._head.addWidget(self.names)
        inside = QWidget()
        self._column = QVBoxLayout(inside)
        self._column.addWidget(self.origin)
        self._column.addWidget(self.form)
        self._column.addStretch(1)
        inside.setAutoFillBackground(False)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        outer.addWidget(self.header)
        outer.addWidget(head)
        self.scroller = ScrollPane(inside)
        outer.addWidget(self.scroller, 1)
        self._follow = QTimer(self)
        self._follow.setSingleShot(True)
        self._follow.setInterval(FOLLOW_MS)
        self.scroller.verticalScrollBar().rangeChanged.connect(lambda _low, _high: self._show_focused())
        self.restyle()

    @property
    def stamp(self) -> int:
        """Ask before reading, and give it to show_reading: it tells whether more was filled in meanwhile."""
        return self.desk.saver.stamp

    def show_reading(self, reading: NoticeReading, stamp: int) -> None:
        """Show a draft's form, nothing without one; what was read before the last value was in is not shown."""
        filling = reading.filling
        if filling is None:
            self.shut()
            return
        is_other = self.desk.notice_id != reading.notice.id
        if not is_other and (stamp < 0 or stamp != self.stamp):
            return  # another reading is on its way
        self._reading = reading
        self.desk.open(reading.notice, filling, reading.halves if is_other else {}, industry=reading.industry)
        self.form.show_findings(reading.preview.findings)
        self._count(filling)
        if is_other:
            self.scroller.verticalScrollBar().setValue(0)

    def shut(self) -> None:
        """Finish what is typed; show no form."""
        self.desk.shut()
        self._reading = None

    def _count(self, filling: Filling) -> None:
        missing = missing_of(filling)
        names = [label_of(view.field) for view in missing]
        more = len(names) - MOST_NAMED
        listed = tr("、").join(names[:MOST_NAMED])
        self.count.setText(tr("还差 {n} 项", n=len(missing)) if missing else tr("已填齐"))
        self.count.set_color("text" if missing else "ok")
        self.names.setText(tr("{names} 等", names=listed) if more > 0 else listed)
        self.names.setVisible(bool(names))
        self.next.setVisible(bool(names))
        is_unread = filling.kind.origin == "K"
        said = tr("没有读到官方样式，按通行做法编制（待法制确认）") if is_unread else ""
        self.origin.show_note(said, icon="info-circle")

    def missing(self) -> int:
        """Return how many required fields are empty."""
        filling = self._reading.filling if self._reading is not None else None
        return len(missing_of(filling)) if filling is not None else 0

    # --- doing -----------------------------------------------------------------------------------

    def focus(self, key: str) -> bool:
        """Stand in a field; False if it is not asked for."""
        is_there = self.form.focus(key)
        if is_there:
            self._follow.start()  # fields that came just now take their places one layout after the other
            self._show_focused()
        return is_there

    def _show_focused(self) -> None:
        """Bring the focus into sight."""
        if not self._follow.isActive():
            return
        held = self.window().focusWidget()
        if held is not None and self.form.isAncestorOf(held):
            self.scroller.ensureWidgetVisible(held, 0, self.theme.u(ROUND))

    def begin(self) -> None:
        """Stand in the first field that is missing, else in the first."""
        if not self.to_missing():
            first = next((line for line in self.form.lines() if not line.is_fixed), None)
            if first is not None:
                self.focus(first.key)

    def to_missing(self) -> bool:
        """Stand in the next field that is missing, counted from where one stands."""
        lines = self.form.lines()
        held = next((n for n, line in enumerate(lines) if line.isAncestorOf(_focused(line))), -1)
        order = [*lines[held + 1 :], *lines[: held + 1]]
        found = next((line for line in order if line.view.problem == "missing"), None)
        if found is not None:
            self.focus(found.key)
        return found is not None

    def finish(self) -> None:
        """Ctrl+Enter: save what is typed; stand in the first field that is missing or wrong, else be finished."""
        self.form.flush()
        wrong = self.form.demand()
        if wrong:
            self.focus(wrong)
        else:
            self.finished.emit()

    def undo(self) -> None:
        """Take the last entry back."""
        self.desk.undo()

    def _on_stepped(self) -> None:
        word = self.desk.undone_word()
        self.back.setVisible(bool(word))
        said = tr("撤销：{field}", field=word) if word else ""
        self.back.setToolTip(said)
        self.back.setAccessibleDescription(said)

    def retranslate(self) -> None:
        """Name everything in the language that is on; the fields are made anew."""
        self.header.set_title(tr("填写"))
        self.next.setText(tr("下一项"))
        self.back.setText(tr("撤销"))
        reading = self._reading
        if reading is not None and reading.filling is not None:
            self.form.flush()
            self.form.clear()
            self.form.show_filling(reading.filling, {})
            self.form.show_findings(reading.preview.findings)
            self._count(reading.filling)

    def restyle(self) -> None:
        """Take the gaps of the theme."""
        if hasattr(self, "_column"):
            u = self.theme.u
            self._head.setContentsMargins(u(16), u(8), u(16), u(8))
            self._head.setSpacing(u(2))
            self._line.setSpacing(u(16))
            self._column.setContentsMargins(u(16), u(12), u(16), u(24))
        super().restyle()


def _focused(line: QWidget) -> QWidget:
    """Return what has the focus in the window of `line`, or the window itself."""
    return line.window().focusWidget() or line.window()
