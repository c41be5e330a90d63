"""SiteHistoryPart: facts of a site and what happened there; the site's own screen and Today's right column show it.

part.show_history(history, today)                    None empties it
Signal `wanted(place, record_id)`: an inspection, a hazard of it, or a notice was opened.
"""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QSizePolicy, QVBoxLayout, QWidget

from inspector.services.sites import SiteHistory
from ui.context import today as this_day
from ui.models.site_words import deadline_rows, notice_lines, site_facts, status_badge, verdict, visit_rows
from ui.text import tr
from ui.views.sites.photo_strip import PhotoStrip
from ui.widgets.label import Label, Paragraph
from ui.widgets.painted import Themed
from ui.widgets.panel import HLine
from ui.widgets.rows import Row, RowList
from ui.widgets.tag import Tag
from ui.widgets.thumbs import Thumbs

MOST_FACTS = 4
MOST_ROWS = 6


class _Section(Themed, QWidget):
    """A heading with a count over a short list; hides when there is nothing."""

    opened = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.title = Label(role="bodyStrong")
        self.list = RowList(height="rowDouble")
        self.list.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.opened.connect(self.opened)
        self._column = QVBoxLayout(self)
        self._head = QVBoxLayout()
        self._head.addWidget(self.title)
        self._column.addLayout(self._head)
        self._column.addWidget(self.list)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.restyle()

    def show_rows(self, title: str, rows: list[Row], total: int) -> None:
        self.title.setText(tr("{title}　{n}", title=title, n=total))
        self.list.setAccessibleName(title)
        self.list.set_rows(rows[:MOST_ROWS])
        self.setVisible(bool(rows))
        self.restyle()

    def restyle(self) -> None:
        u = self.theme.u
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(u(4))
        self.list.setFixedHeight(max(1, len(self.list.rows())) * self.theme.size("rowDouble"))
        self._head.setContentsMargins(u(16), 0, u(16), 0)
        super().restyle()


class SiteHistoryPart(Themed, QWidget):
    """See the module text."""

    wanted = Signal(str, str)

    def __init__(self, thumbs: Thumbs, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._history: SiteHistory | None = None
        self._today = this_day()
        self.name = Paragraph(role="title")
        self.status = Tag(None)
        self.verdict = Paragraph(role="bodyStrong")
        self.photos = PhotoStrip(thumbs)
        self._facts = QGridLayout()
        self._facts.setColumnStretch(1, 1)
        self.words = [Label(color="text2", elide=False) for _ in range(MOST_FACTS)]
        self.values = [Paragraph() for _ in range(MOST_FACTS)]
        for n, (word, value) in enumerate(zip(self.words, self.values, strict=True)):
            self._facts.addWidget(word, n, 0, Qt.AlignmentFlag.AlignTop)
            self._facts.addWidget(value, n, 1, Qt.AlignmentFlag.AlignTop)
        self.deadlines, self.visits, self.notices = _Section(), _Section(), _Section()
        self._build()
        self.deadlines.opened.connect(lambda record: self.wanted.emit("inspection", record))
        self.visits.opened.connect(lambda record: self.wanted.emit("inspection", record))
        self.notices.opened.connect(lambda record: self.wanted.emit("notices", record))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self.restyle()

    def _build(self) -> None:
        self._head = QVBoxLayout()
        self._head.addWidget(self.name)
        self._head.addWidget(self.status, 0, Qt.AlignmentFlag.AlignLeft)
        self._head.addWidget(self.verdict)
        self._head.addWidget(self.photos)
        self._head.addWidget(HLine())
        self._head.addLayout(self._facts)
        self._column = QVBoxLayout(self)
        self._column.addLayout(self._head)
        for section in (self.deadlines, self.visits, self.notices):
            self._column.addWidget(section)
        self._column.addStretch(1)

    def show_history(self, history: SiteHistory | None, today: date | None = None) -> None:
        """Show a site and its history; None empties the part."""
        self._history, self._today = history, today or self._today
        if history is None:
            self.hide()
            return
        self.show()
        self.name.setText(history.site.name)
        self.status.show_badge(status_badge(history.site.status))
        said, color = verdict(history, self._today)
        self.verdict.setText(said)
        self.verdict.set_color(color)
        self.photos.show_photos(history.photos)
        facts = site_facts(history.site)
        for n, (word, value) in enumerate(zip(self.words, self.values, strict=True)):
            name, said = facts[n] if n < len(facts) else ("", "")
            word.setText(name)
            value.setText(said)
            word.setVisible(bool(name))
            value.setVisible(bool(name))
        rows = deadline_rows(history.deadlines, self._today)
        self.deadlines.show_rows(tr("整改期限"), rows, len(rows))
        self.visits.show_rows(tr("历次检查"), visit_rows(history.visits), len(history.visits))
        self.notices.show_rows(tr("文书"), notice_lines(history.notices), len(history.notices))

    def retranslate(self) -> None:
        """Say it again."""
        self.show_history(self._history)

    def restyle(self) -> None:
        """Take the gaps of the theme."""
        if hasattr(self, "_column"):
            u = self.theme.u
            pad = u(16)
            self._column.setContentsMargins(0, pad, 0, pad)
            self._column.setSpacing(u(16))
            self._head.setContentsMargins(pad, 0, pad, 0)
            self._head.setSpacing(u(10))
            self._facts.setHorizontalSpacing(u(12))
            self._facts.setVerticalSpacing(u(4))
        super().restyle()
