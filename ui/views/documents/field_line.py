"""FieldLine: one field of a document: label, box, and under it what is wrong, what the gate says, whose value it is.

line.show_view(view, half) ; line.show_error(sentence) ; line.show_findings(sentences, is_blocking) ; line.arrange(…)
Signal `restored()`: the records' own value is wanted again.
"""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from inspector.services.documents import FieldView
from ui.models.document_words import hint_of, label_of, source_note
from ui.text import tr
from ui.views.documents.boxes import box_of
from ui.views.documents.choice_boxes import TickBox
from ui.widgets.button import Button
from ui.widgets.form import NoteLine
from ui.widgets.label import Paragraph
from ui.widgets.painted import Themed

LABEL_WIDTH = 116
"""Width of the labels that stand beside their fields (unscaled px): seven characters a line."""
LEAST_BESIDE = 380
"""In a narrower form (unscaled px) every label stands above its field."""
MOST_BESIDE = 14
"""A longer label (in characters) stands above."""
MOST_WIDTH = 16_777_215
"""Qt's own greatest width: no limit."""


class FieldLine(Themed, QWidget):
    """See the module text."""

    restored = Signal()

    def __init__(self, view: FieldView, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.view = view
        self.key = view.field.key
        self.box = box_of(view)
        self._error = ""
        self._is_unsaved = False
        self.label = Paragraph(color="text2")
        self.wrong, self.found, self.note = NoteLine(), NoteLine(), NoteLine()
        self.restore = Button(kind="link", on_click=self.restored.emit)
        self.restore.hide()
        below = QVBoxLayout()
        below.setSpacing(0)
        below.addWidget(self.box)
        for widget in (self.wrong, self.found, self.note):
            below.addWidget(widget)
        below.addWidget(self.restore, 0, Qt.AlignmentFlag.AlignLeft)
        self._outer = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._outer.setContentsMargins(0, 0, 0, 0)
        self._head = QVBoxLayout()
        self._head.addWidget(self.label)
        self._head.addStretch(1)
        self._outer.addLayout(self._head)
        self._outer.addLayout(below, 1)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        self.label.setVisible(not isinstance(self.box, TickBox))
        self.box.refused.connect(self.show_error)
        self.retranslate()

    @property
    def is_fixed(self) -> bool:
        """Whether the records alone give the value."""
        return bool(self.view.field.source) and not self.view.field.is_editable

    def show_view(self, view: FieldView, half: str | None = None) -> None:
        """Show the field as it stands; `half` is what was half-typed before a crash."""
        is_same, self.view = view.value == self.view.value, view
        self.box.set_read_only(self.is_fixed)
        if self._error and is_same and view.problem != "missing" and half is None:
            self._tell()
            return  # what was refused stays, with its sentence, until it is mended
        self.box.show_value(view.value)
        if half is not None and not self.is_fixed:
            self.box.restore(half)
        if view.problem != "missing" and not self.box.is_typing():
            self.show_error("")
        self._tell()

    def demand(self) -> bool:
        """Say under the field that it is missing; return whether it is there."""
        is_there = self.view.problem != "missing"
        if not is_there:
            self.show_error(tr("{field}还没有填", field=label_of(self.view.field)))
        return is_there

    def show_error(self, sentence: str) -> None:
        """Say what is wrong; the value stays."""
        self._error = sentence
        self.box.set_error(bool(sentence))
        self.box.setAccessibleDescription(sentence)
        self._tell()

    def error(self) -> str:
        """Return what is wrong, empty if nothing is."""
        return self._error

    def show_unsaved(self, is_unsaved: bool) -> None:
        """Amber dot + 未保存 until the value has reached the store."""
        self._is_unsaved = is_unsaved
        self._tell()

    def show_findings(self, said: str, *, is_blocking: bool) -> None:
        """Show what the gate says about this field."""
        icon, color = ("filled/circle-x", "danger") if is_blocking else ("filled/alert-triangle", "warn")
        self.found.show_note(said, icon=icon, color=color)

    def _tell(self) -> None:
        if self._error:
            self.wrong.show_note(self._error, icon="filled/alert-circle", color="danger")
        elif self._is_unsaved:
            self.wrong.show_note(tr("未保存"), icon="filled/point", color="warn")
        else:
            self.wrong.show_note("")
        parts = (hint_of(self.view.field), source_note(self.view))
        self.note.show_note("\u3000".join(part for part in parts if part))
        field = self.view.field
        is_overtyped = bool(field.source) and field.is_editable and not self.view.is_from_records
        self.restore.setVisible(is_overtyped)

    def arrange(self, width: int) -> None:
        """Put the label beside the box, or above where either needs the width (px of the whole form)."""
        theme, directions = self.theme, QBoxLayout.Direction
        word = label_of(self.view.field)
        is_short = len(word) <= MOST_BESIDE * (2 if word.isascii() else 1)
        is_beside = width >= theme.u(LEAST_BESIDE) and is_short and not self.box.is_wide
        self._outer.setDirection(directions.LeftToRight if is_beside else directions.TopToBottom)
        self._outer.setSpacing(theme.u(8) if is_beside else 0)
        self.label.setMinimumWidth(theme.u(LABEL_WIDTH) if is_beside else 0)
        self.label.setMaximumWidth(theme.u(LABEL_WIDTH) if is_beside else MOST_WIDTH)
        # The first line of the label stands in the middle of the control beside it.
        lift = max(0, (theme.size("control") - theme.line_height("body")) // 2) if is_beside else 0
        self._head.setContentsMargins(0, lift, 0, 0)

    def retranslate(self) -> None:
        """Name it in the language that is on."""
        field = self.view.field
        word = label_of(field)
        optional = "" if field.is_required or self.is_fixed else tr("（选填）")
        self.label.setText(word + optional)
        self.box.name(word)
        self.restore.setText(tr("恢复原来的值"))
        self.restore.setAccessibleDescription(word)
        self._tell()
