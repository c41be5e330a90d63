"""Drawer: what runs and what was said, over the right edge of the frame; 400 px, by time, with the filter 需要处理.

drawer = Drawer(frame, notes, works);  drawer.toggle()      signals: `wanted(place)` go to where it was said
"""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QHideEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QVBoxLayout, QWidget

from ui.models.work_words import note as note_of
from ui.notifications import Notification, Notifications
from ui.text import tr
from ui.widgets.button import Button
from ui.widgets.empty import EmptyState
from ui.widgets.icon import IconLabel
from ui.widgets.keys import bind_key
from ui.widgets.label import Label, Paragraph
from ui.widgets.painted import Themed
from ui.widgets.panel import HLine, PaneHeader, ScrollPane, Surface
from ui.widgets.progress import Progress
from ui.widgets.segment import Choice, Segment
from ui.works import Work, Works

WIDTH = 400
ALL, OPEN = "all", "open"
KEY = "Alt+M"


class _Entry(Themed, QWidget):
    """One message: icon, title, time; the text below; a way back to where it was said."""

    def __init__(self, note: Notification, go: Button | None) -> None:
        super().__init__()
        self.setAccessibleName(note.title)
        self.setAccessibleDescription(note.text)
        self._row = QHBoxLayout(self)
        self._row.addWidget(IconLabel(note.icon, 20, note.color), 0, Qt.AlignmentFlag.AlignTop)
        words = QVBoxLayout()
        words.setSpacing(0)
        head = QHBoxLayout()
        head.addWidget(Paragraph(note.title, role="bodyStrong" if note.text else "body"), 1)
        time = Label(f"{note.at:%H:%M}", role="meta", color="text2", elide=False)
        head.addWidget(time, 0, Qt.AlignmentFlag.AlignTop)
        words.addLayout(head)
        if note.text:
            words.addWidget(Paragraph(note.text, role="meta", color="text2"))
        if go is not None:
            words.addWidget(go, 0, Qt.AlignmentFlag.AlignLeft)
        self._row.addLayout(words, 1)
        self.restyle()

    def restyle(self) -> None:
        """Take the paddings of the theme."""
        u = self.theme.u
        self._row.setContentsMargins(u(16), u(12), u(16), u(12))
        self._row.setSpacing(u(10))
        super().restyle()


class _Running(Themed, QWidget):
    """One piece of work under way: its bar, and 停止 where it can be stopped."""

    def __init__(self, work: Work) -> None:
        super().__init__()
        self.number = work.ticket.number
        self._bar = Progress()
        self._column = QVBoxLayout(self)
        self._column.addWidget(self._bar)
        if work.shown.can_stop:
            stop = Button(tr("停止"), kind="link", on_click=work.ticket.cancel)
            self._column.addWidget(stop, 0, Qt.AlignmentFlag.AlignLeft)
        self.restyle()
        self.show_work(work)

    def show_work(self, work: Work) -> None:
        """Say how far it is."""
        if work.total:
            self._bar.show_progress(work.title, work.done, work.total, note=note_of(work))
        else:
            self._bar.show_share(work.title, 0)

    def restyle(self) -> None:
        """Take the paddings of the theme."""
        u = self.theme.u
        self._column.setContentsMargins(u(16), u(8), u(16), u(4))
        self._column.setSpacing(0)
        super().restyle()


class Drawer(Surface):
    """See the module text."""

    wanted = Signal(str)
    covered = Signal(int)
    """How many px of the window's right edge it takes now; toasts keep out of them."""

    def __init__(self, frame: QWidget, notes: Notifications, works: Works) -> None:
        super().__init__("raised", line="left", parent=frame)
        self.hide()
        self._frame, self._notes, self._works = frame, notes, works
        self._before: QWidget | None = None
        self._running: list[_Running] = []
        self.header = PaneHeader()
        self.close_button = Button(kind="quiet", key="Esc", on_click=self.shut)
        self.header.add(self.close_button)
        self.filter = Segment()
        self.filter.chosen.connect(lambda _value: self._fill())
        self.empty = EmptyState("message", "", "")
        self._list = QWidget()
        self._entries = QVBoxLayout(self._list)
        self._entries.setContentsMargins(0, 0, 0, 0)
        self._entries.setSpacing(0)
        self._scroll = ScrollPane(self._list)
        self._lay_out()
        bind_key(self, "Esc", self.shut)
        frame.installEventFilter(self)
        notes.changed.connect(self._refresh)
        works.changed.connect(self._show_works)
        self.retranslate()
        self.restyle()

    def _lay_out(self) -> None:
        self._column = QVBoxLayout(self)
        self._column.setSpacing(0)
        self._column.addWidget(self.header)
        self._works_box = QVBoxLayout()
        self._column.addLayout(self._works_box)
        self._choices = QHBoxLayout()
        self._choices.addWidget(self.filter)
        self._choices.addStretch(1)
        self._column.addLayout(self._choices)
        self._column.addWidget(self._scroll, 1)
        self._column.addWidget(self.empty, 1)

    # --- open and shut ----------------------------------------------------------------------------------------

    def toggle(self) -> None:
        """Open it, or shut it."""
        if self.isVisible():
            self.shut()
        else:
            self.open()

    def open(self) -> None:
        """Show it with what there is; what was said counts as seen."""
        self._before = QApplication.focusWidget()
        self._show_works()
        self._fill()
        self._place()
        self.show()
        self.raise_()
        self.filter.setFocus(Qt.FocusReason.TabFocusReason)
        self._notes.see()
        self.covered.emit(self.width())

    def hideEvent(self, event: QHideEvent) -> None:
        """The edge is free again."""
        super().hideEvent(event)
        self.covered.emit(0)

    def shut(self) -> None:
        """Hide it and give the focus back."""
        if not self.isVisible():
            return
        self.hide()
        if self._before is not None and self._before.isVisible():
            self._before.setFocus(Qt.FocusReason.OtherFocusReason)
        self._before = None

    def _place(self) -> None:
        wide = min(self.theme.u(WIDTH), self._frame.width())
        top = self.theme.size("topBar")
        self.setGeometry(self._frame.width() - wide, top, wide, self._frame.height() - top)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """Keep to the edge when the frame changes."""
        if event.type() == QEvent.Type.Resize and self.isVisible():
            self._place()
        return False

    # --- what it shows ----------------------------------------------------------------------------------------

    def _refresh(self) -> None:
        if self.isVisible():
            self._fill()
            self._notes.see()

    def _fill(self) -> None:
        while (item := self._entries.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        notes = [note for note in self._notes.all() if self.filter.value() != OPEN or note.needs_action]
        for n, note in enumerate(notes):
            if n:
                self._entries.addWidget(HLine())
            self._entries.addWidget(_Entry(note, self._way_back(note)))
        self._entries.addStretch(1)
        self._scroll.setVisible(bool(notes))
        self.empty.setVisible(not notes)
        self.header.set_count(str(len(notes)) if notes else "")

    def _way_back(self, note: Notification) -> Button | None:
        if not note.needs_action or not note.place:
            return None
        return Button(tr("前往处理"), kind="link", on_click=lambda: self._go(note.place))

    def _go(self, place: str) -> None:
        self._before = None
        self.hide()
        self.wanted.emit(place)

    def _show_works(self) -> None:
        works = self._works.running()
        if [one.number for one in self._running] == [work.ticket.number for work in works]:
            for shown, work in zip(self._running, works, strict=True):
                shown.show_work(work)
            return
        for old in self._running:
            self._works_box.removeWidget(old)
            old.hide()
            old.deleteLater()
        self._running = [_Running(work) for work in works]
        for shown in self._running:
            self._works_box.addWidget(shown)

    def retranslate(self) -> None:
        """Set every word again; messages stay in the language they were said in."""
        self.header.set_title(tr("消息"))
        self.close_button.setText(tr("关闭"))
        self.setAccessibleName(tr("消息"))
        self.filter.setAccessibleName(tr("筛选消息"))
        value = self.filter.value()
        self.filter.set_choices([Choice(ALL, tr("全部")), Choice(OPEN, tr("需要处理"))])
        self.filter.set_value(value or ALL)
        self.empty.say(tr("没有消息"), tr("说过的话都留在这里，锁定后清空"))
        if self.isVisible():
            self._fill()

    def restyle(self) -> None:
        """Take the widths of the theme."""
        if hasattr(self, "_choices"):
            u = self.theme.u
            self._column.setContentsMargins(self.theme.line, 0, 0, 0)
            self._choices.setContentsMargins(u(16), u(10), u(16), u(10))
            self._place()
        super().restyle()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw ground, edge, and a hairline above the work."""
        super().paintEvent(event)
        with QPainter(self) as painter:
            painter.fillRect(0, 0, self.width(), self.theme.line, self.theme.color("line"))
