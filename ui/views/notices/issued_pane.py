"""IssuedPane: the facts of an issued or void notice, which can't change any more; how it was served and printed.

pane.show_reading(reading, others, is_printing=…) ; signals `opened(id)` another notice it names, `redact_wanted()`,
`custody_wanted()`, `bundle_wanted()`
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from inspector.domain.notice import Notice, NoticeState
from ui.models.moments import clock_time, day_time
from ui.models.notice_rows import form_name, state_badge
from ui.text import tr
from ui.views.notices.paper_history import PaperHistory
from ui.views.notices.paper_words import served_badge, serving_words
from ui.views.notices.record import NoticeReading
from ui.widgets.button import Button
from ui.widgets.label import Label, Paragraph
from ui.widgets.painted import Themed
from ui.widgets.panel import PaneHeader, ScrollPane
from ui.widgets.tag import Tag


class IssuedPane(Themed, QWidget):
    """See the module text."""

    opened = Signal(str)
    redact_wanted = Signal()
    custody_wanted = Signal()
    bundle_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._shown: tuple[NoticeReading, tuple[Notice, ...]] | None = None
        self._is_printing = False
        self.header = PaneHeader()
        self.state = Tag()
        self.number = Paragraph(role="title")
        self._facts = QVBoxLayout()
        self.history = PaperHistory()
        self.redact = Button(icon="eye", key="Alt+X", on_click=self.redact_wanted.emit)
        self.custody = Button(icon="fingerprint", key="Alt+C", on_click=self.custody_wanted.emit)
        self.bundle = Button(icon="file-export", key="Alt+E", on_click=self.bundle_wanted.emit)
        inside = QWidget()
        self._column = QVBoxLayout(inside)
        self._column.addWidget(self.state)
        self._column.addWidget(self.number)
        self._column.addLayout(self._facts)
        self._column.addWidget(self.history, 1)
        for button in (self.redact, self.custody, self.bundle):
            self._column.addWidget(button)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        outer.addWidget(self.header)
        outer.addWidget(ScrollPane(inside), 1)
        inside.setAutoFillBackground(False)
        self.retranslate()
        self.restyle()

    def show_reading(self, reading: NoticeReading, others: Sequence[Notice], *, is_printing: bool = False) -> None:
        """Show the facts; `others` are the notices that this one may name, `is_printing` if paper moves now."""
        self._shown, self._is_printing = (reading, tuple(others)), is_printing
        notice = reading.notice
        is_served = reading.serving is not None and notice.state is NoticeState.ISSUED
        badge = served_badge(reading.serving) if reading.serving is not None and is_served else None
        self.state.show_badge(badge or state_badge(notice.state))
        self.number.setText(notice.number)
        while (item := self._facts.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        for name, value in _facts(reading):
            self._facts.addWidget(Label(name, role="meta", color="text2"))
            words = Paragraph(value)
            words.setAccessibleName(f"{name} {value}")
            self._facts.addWidget(words)
            self._facts.addSpacing(self.theme.u(6))
        for label, other_id in ((tr("替代"), notice.supersedes), (tr("已由它替代"), notice.superseded_by)):
            other = next((one for one in others if one.id == other_id), None)
            if other is not None:
                self._facts.addWidget(Label(label, role="meta", color="text2"))
                text = other.number or tr("草稿：{form}", form=form_name(other.form))
                self._facts.addWidget(Button(text, kind="link", on_click=lambda one=other.id: self.opened.emit(one)))
        if not reading.prints:
            self._facts.addStretch(1)  # what is left over goes here, not between the facts
        self.history.show_runs(reading.prints, notice.pages, is_printing=is_printing)

    def retranslate(self) -> None:
        """Name everything in the language that is on."""
        self.header.set_title(tr("已核发的文书"))
        self.redact.setText(tr("公示稿…"))
        self.custody.setText(tr("证据流转"))
        self.bundle.setText(tr("导出证据包"))
        if self._shown is not None:
            self.show_reading(*self._shown, is_printing=self._is_printing)

    def restyle(self) -> None:
        """Take the gaps of the theme."""
        u = self.theme.u
        self._column.setContentsMargins(u(20), u(16), u(20), u(20))
        self._column.setSpacing(u(6))
        self._facts.setSpacing(0)
        super().restyle()


def _facts(reading: NoticeReading) -> list[tuple[str, str]]:
    notice = reading.notice
    issued = f"{day_time(notice.issued_at)[:10]} {clock_time(notice.issued_at)}" if notice.issued_at else ""
    voided = f"{day_time(notice.voided_at)[:10]} {clock_time(notice.voided_at)}" if notice.voided_at else ""
    found = [
        (tr("被检查单位"), reading.firm),
        (tr("核发时间"), issued),
        *(serving_words(reading.serving) if reading.serving is not None else ()),
        (tr("执法人员"), tr("、").join(one.name for one in reading.officers)),
        (tr("页数"), str(notice.pages)),
        (tr("作废时间"), voided),
        (tr("作废理由"), notice.void_reason),
        (tr("文件 SHA-256"), notice.pdf_sha256 or ""),
    ]
    if notice.state is NoticeState.ISSUED:
        found.append((tr("存放"), tr("原件在本机加密保存，左侧就是它的内容")))
    return [(name, value) for name, value in found if value]
