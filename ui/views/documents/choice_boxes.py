"""Boxes of what is chosen: one of few (segment) or many (lines), several, yes or no, another document."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from inspector.law.documents import DocumentField
from ui.models.document_words import label_of
from ui.text import is_english, tr
from ui.views.documents.field_box import FieldBox
from ui.widgets.button import Button
from ui.widgets.fields import TextField
from ui.widgets.label import Label
from ui.widgets.option_line import PickLine, TickLine
from ui.widgets.segment import Choice, Segment

MOST_IN_SEGMENT = 4
SEGMENT_ROOM = 290
"""So wide may a segment be beside its label (unscaled px)."""
MOST_UNSEARCHED = 8
"""More choices than this get a field to narrow them."""


def choices_of(field: DocumentField) -> list[tuple[str, str]]:
    """Return (value, word) of each option, in the language that is on."""
    return [(one.value, one.label_en if is_english() and one.label_en else one.label) for one in field.options]


def box_of_choice(field: DocumentField, choices: Sequence[tuple[str, str]]) -> FieldBox:
    """Return a segment for few short words, else lines."""
    if len(choices) <= MOST_IN_SEGMENT:
        made = SegmentBox(field, choices)
        if made.segment.sizeHint().width() <= made.theme.u(SEGMENT_ROOM):
            return made
        made.deleteLater()
    return LinesBox(field, choices)


class SegmentBox(FieldBox):
    """Two to four short choices side by side."""

    def __init__(self, field: DocumentField, choices: Sequence[tuple[str, str]]) -> None:
        super().__init__(field)
        self.segment = Segment([Choice(value, word) for value, word in choices])
        self.clear = Button(tr("不选"), kind="link", on_click=self._clear)
        self.clear.hide()
        self.column.addWidget(self.segment, 0, Qt.AlignmentFlag.AlignLeft)
        self.column.addWidget(self.clear, 0, Qt.AlignmentFlag.AlignLeft)
        self.segment.chosen.connect(self._pick)

    def _pick(self, value: str) -> None:
        self._offer_clear()
        self.committed.emit(value)

    def _clear(self) -> None:
        self.segment.set_value("")
        self._offer_clear()
        self.segment.setFocus()
        self.committed.emit(self.empty)

    def _offer_clear(self) -> None:
        self.clear.setVisible(not self.field.is_required and bool(self.segment.value()) and self.segment.isEnabled())

    def show_value(self, value: Any) -> None:
        """Choose it."""
        self.segment.set_value(str(value or ""))
        self._offer_clear()

    def restore(self, half: str) -> None:
        """Choices are entries at once: there is nothing half-typed."""

    def set_read_only(self, is_read_only: bool) -> None:
        """The choice stays readable."""
        self.segment.setEnabled(not is_read_only)
        self._offer_clear()

    def focus(self) -> None:
        """Stand on the choice."""
        self.segment.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def name(self, label: str) -> None:
        """The group carries the name."""
        self.segment.setAccessibleName(label)


class LinesBox(FieldBox):
    """Choices under each other; many of them are narrowed by typing."""

    is_wide = True

    def __init__(self, field: DocumentField, choices: Sequence[tuple[str, str]]) -> None:
        super().__init__(field)
        self.narrower = TextField(tr("输入几个字缩小范围"))
        self.narrower.setVisible(len(choices) > MOST_UNSEARCHED)
        self.narrower.textChanged.connect(self._narrow)
        self.column.addWidget(self.narrower)
        self.lines: dict[str, PickLine] = {}
        for value, word in choices:
            line = PickLine(word, self)
            line.clicked.connect(lambda _on=False, value=value: self._pick(value))
            self.lines[value] = line
            self.column.addWidget(line)
        self.nothing = Label(tr("还没有可以选择的文书"), role="meta", color="text2")
        self.nothing.setVisible(not choices)
        self.column.addWidget(self.nothing)
        self.clear = Button(tr("不选"), kind="link", on_click=lambda: self._pick(""))
        self.column.addWidget(self.clear, 0, Qt.AlignmentFlag.AlignLeft)
        self.show_value("")

    def value(self) -> str:
        """Return what is chosen, empty for nothing."""
        return next((value for value, line in self.lines.items() if line.isChecked()), "")

    def _pick(self, value: str) -> None:
        if not value:
            self.show_value("")
        self._offer_clear()
        self.committed.emit(value or self.empty)

    def _narrow(self, text: str) -> None:
        wanted = text.strip().casefold()
        for line in self.lines.values():
            line.setVisible(wanted in line.text().casefold())
        self.rebuilt.emit()

    def _offer_clear(self) -> None:
        self.clear.setVisible(not self.field.is_required and bool(self.value()) and self.isEnabled())

    def show_value(self, value: Any) -> None:
        """Choose it; an unknown value chooses nothing."""
        for known, line in self.lines.items():
            line.setAutoExclusive(False)
            line.setChecked(known == value)
            line.setAutoExclusive(True)
        self._offer_clear()

    def restore(self, half: str) -> None:
        """Choices are entries at once."""

    def set_read_only(self, is_read_only: bool) -> None:
        """The choice stays readable."""
        for line in self.lines.values():
            line.setEnabled(not is_read_only)

    def focus(self) -> None:
        """Stand on the choice, else on the first."""
        stand = self.lines.get(self.value()) or next(iter(self.lines.values()), None)
        if stand is not None:
            stand.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def name(self, label: str) -> None:
        """The group carries the name."""
        super().name(label)
        self.narrower.setAccessibleName(label)

    def restyle(self) -> None:
        """The lines may touch."""
        super().restyle()
        self.column.setSpacing(0)


class SeveralBox(FieldBox):
    """Any number of choices, each with its box."""

    is_wide = True

    def __init__(self, field: DocumentField) -> None:
        super().__init__(field)
        self.ticks: dict[str, TickLine] = {}
        for value, word in choices_of(field):
            tick = TickLine(word, self)
            tick.clicked.connect(lambda _on=False: self.committed.emit(self.value()))
            self.ticks[value] = tick
            self.column.addWidget(tick)

    def value(self) -> list[str]:
        """Return what is ticked, in the pack's order."""
        return [value for value, tick in self.ticks.items() if tick.isChecked()]

    def show_value(self, value: Any) -> None:
        """Tick these."""
        for known, tick in self.ticks.items():
            tick.setChecked(known in (value or ()))

    def restore(self, half: str) -> None:
        """Choices are entries at once."""

    def set_read_only(self, is_read_only: bool) -> None:
        """What is ticked stays readable."""
        for tick in self.ticks.values():
            tick.setEnabled(not is_read_only)

    def restyle(self) -> None:
        """The lines may touch."""
        super().restyle()
        self.column.setSpacing(0)


class TickBox(FieldBox):
    """A yes or no; the statement is its own label."""

    is_wide = True

    def __init__(self, field: DocumentField) -> None:
        super().__init__(field)
        self.tick = TickLine(label_of(field), self)
        self.tick.clicked.connect(lambda _on=False: self.committed.emit(self.tick.isChecked()))
        self.column.addWidget(self.tick)

    def show_value(self, value: Any) -> None:
        """Tick it or not."""
        self.tick.setChecked(value is True)

    def restore(self, half: str) -> None:
        """A choice is an entry at once."""

    def set_read_only(self, is_read_only: bool) -> None:
        """What is ticked stays readable."""
        self.tick.setEnabled(not is_read_only)

    def stops(self) -> list[QWidget]:
        """The line."""
        return [self.tick]
