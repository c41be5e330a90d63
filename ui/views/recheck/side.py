"""RecheckSide: the hazard at hand, its outcome (the officer's alone), a note, and what is known of the later photo.

side.show_item(item, place=1, total=5, likenesses=[…], is_open=True)
Signals: `decided(outcome value)`, `likeness_wanted()`; `note` is a TextArea that saves itself.
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from inspector.domain.likeness import Likeness
from inspector.services.rechecks import RecheckItem
from ui.models.recheck_words import Fact, choices, facts, place_line
from ui.text import tr
from ui.theme.status import Badge
from ui.widgets.button import Button
from ui.widgets.label import Label, Paragraph
from ui.widgets.painted import Themed, draw_icon, draw_text, text_width
from ui.widgets.panel import HLine, PaneHeader, ScrollPane
from ui.widgets.segment import Segment
from ui.widgets.tag import Tag
from ui.widgets.text_area import TextArea


class FactLine(Themed, QWidget):
    """Icon and name at the left, a shape and the value at the right; two lines where one is too short."""

    def __init__(self, fact: Fact) -> None:
        super().__init__()
        self._fact = fact
        self.setAccessibleName(f"{fact.name} {fact.value}")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def _needs(self) -> float:
        body = self.theme.font("body")
        sign = self.theme.u(24) if self._fact.sign else 0
        return self.theme.u(28 + 12) + text_width(self._fact.name, body) + sign + text_width(self._fact.value, body)

    def _line(self) -> int:
        return self.theme.u(30)

    def sizeHint(self) -> QSize:
        """One line or two."""
        return QSize(self.theme.u(200), self._line() * (1 if self._needs() <= self.width() else 2))

    def minimumSizeHint(self) -> QSize:
        """Gives way in width."""
        return QSize(self.theme.u(120), self._line())

    def hasHeightForWidth(self) -> bool:
        """A narrow one is higher."""
        return True

    def heightForWidth(self, width: int) -> int:
        """One line or two."""
        return self._line() * (1 if self._needs() <= width else 2)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Be as high as its lines at this width."""
        super().resizeEvent(event)
        self.setMinimumHeight(self.heightForWidth(self.width()))

    def restyle(self) -> None:
        """A larger text may take the second line."""
        super().restyle()
        self.setMinimumHeight(self.heightForWidth(self.width()))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw it."""
        theme, fact = self.theme, self._fact
        body, line = theme.font("body"), self._line()
        is_double = self._needs() > self.width()
        with QPainter(self) as painter:
            quiet = theme.color("text2")
            draw_icon(painter, 0, line / 2, fact.icon, theme=theme, px=18, color=quiet, dpr=self.dpr)
            room = QRectF(theme.u(28), 0, self.width() - theme.u(28), line)
            draw_text(painter, room, fact.name, font=body, color=quiet)
            right = QRectF(theme.u(28), line if is_double else 0, self.width() - theme.u(28), line)
            color = theme.color("text")
            wide = text_width(fact.value, body)
            left = right.left() if is_double else right.right() - wide
            if fact.sign:
                at = left if is_double else left - theme.u(24)
                sign = theme.color(fact.color)
                draw_icon(painter, at, right.center().y(), fact.sign, theme=theme, px=16, color=sign, dpr=self.dpr)
                left += theme.u(24) if is_double else 0
            place = QRectF(left, right.top(), right.right() - left, line)
            draw_text(painter, place, fact.value, font=body, color=color)


class RecheckSide(Themed, QWidget):
    """See the module text."""

    decided = Signal(str)
    likeness_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._shown: tuple[RecheckItem, int, int, tuple[Likeness, ...], bool] | None = None
        self.header = PaneHeader()
        self.title, self.place = Paragraph(role="title"), Paragraph(role="meta", color="text2")
        self.late = Tag()
        self.outcome_name = Label(color="text2")
        self.outcome = Segment()
        self.note_name = Label(color="text2")
        self.note = TextArea(rows=2, most=5)
        self.alike = Button(icon="copy", on_click=self.likeness_wanted.emit)
        self.only = Paragraph(role="meta", color="text2")
        self._facts = QVBoxLayout()
        self._build()
        self.outcome.chosen.connect(self.decided)
        self.retranslate()
        self.restyle()

    def _build(self) -> None:
        inside = QWidget()
        self._column = QVBoxLayout(inside)
        for widget in (self.title, self.place):
            self._column.addWidget(widget)
        self._column.addWidget(self.late, 0, Qt.AlignmentFlag.AlignLeft)
        self._column.addWidget(self.outcome_name)
        self._column.addWidget(self.outcome, 0, Qt.AlignmentFlag.AlignLeft)
        for widget in (self.note_name, self.note, HLine()):
            self._column.addWidget(widget)
        self._column.addLayout(self._facts)
        self._column.addWidget(self.alike, 0, Qt.AlignmentFlag.AlignLeft)
        self._column.addWidget(self.only)
        self._column.addStretch(1)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        outer.addWidget(self.header)
        outer.addWidget(ScrollPane(inside), 1)

    def show_item(
        self, item: RecheckItem, *, place: int, total: int, likenesses: Sequence[Likeness], is_open: bool
    ) -> None:
        """Show the `place`-th of `total` hazards (from 1)."""
        self._shown = (item, place, total, tuple(likenesses), is_open)
        self.header.set_title(tr("隐患 {n} / {total}", n=place, total=total))
        self.title.setText(item.hazard.description)
        self.place.setText(place_line(item))
        is_late = item.is_overdue
        self.late.show_badge(Badge(word=tr("已过整改期限"), icon="alert-triangle", fg="warn") if is_late else None)
        self.outcome.set_value(item.recheck.outcome.value)
        self.note.set_value(item.recheck.note)
        self.outcome.setEnabled(is_open)
        self.note.setReadOnly(not is_open)
        self._show_facts(facts(item, likenesses))
        self.alike.setVisible(bool(likenesses))

    def _show_facts(self, told: Sequence[Fact]) -> None:
        while (gone := self._facts.takeAt(0)) is not None:
            widget = gone.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        for fact in told:
            self._facts.addWidget(FactLine(fact))

    def retranslate(self) -> None:
        """Name everything in the language that is on."""
        self.outcome_name.setText(tr("复查结论"))
        self.outcome.setAccessibleName(tr("复查结论"))
        self.outcome.set_choices(choices())
        self.note_name.setText(tr("复查说明"))
        self.note.setAccessibleName(tr("复查说明"))
        self.note.setPlaceholderText(tr("写明现场看到的整改情况"))
        self.alike.setText(tr("查看相同照片"))
        self.only.setText(tr("画面对比只作参考，是否已整改由执法人员判断。"))
        if self._shown is not None:
            item, place, total, likenesses, is_open = self._shown
            self.show_item(item, place=place, total=total, likenesses=likenesses, is_open=is_open)

    def restyle(self) -> None:
        """Take the gaps of the theme."""
        u = self.theme.u
        self._column.setContentsMargins(u(20), u(16), u(20), u(16))
        self._column.setSpacing(u(8))
        self._facts.setSpacing(0)
        super().restyle()
