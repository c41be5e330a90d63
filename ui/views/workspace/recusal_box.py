"""RecusalBox: whether somebody asked an officer to stand back, why, and how it was decided (行政处罚法 art. 43).

box.show_recusal(recusal, officers, is_open=…);  Signal `changed(Recusal)` a finished value.
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from inspector.domain.inspection import Recusal
from inspector.domain.officer import Officer
from ui.text import tr
from ui.widgets.checkbox import CheckBox
from ui.widgets.fields import TextField
from ui.widgets.form import Form
from ui.widgets.painted import Themed
from ui.widgets.segment import Choice, Segment

OPEN = "open"


class RecusalBox(Themed, QWidget):
    """See the module text."""

    changed = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._officers: tuple[Officer, ...] = ()
        self._recusal = Recusal()
        self._is_begun = False
        self.asked = CheckBox()
        self.fields = {name: TextField() for name in ("asked_by", "ground", "decided_by")}
        self.officer = Segment()
        self.decision = Segment()
        self.form = Form()
        self.rows = {
            "asked_by": self.form.add("", self.fields["asked_by"]),
            "officer_id": self.form.add("", self.officer),
            "ground": self.form.add("", self.fields["ground"]),
            "decision": self.form.add("", self.decision),
            "decided_by": self.form.add("", self.fields["decided_by"]),
        }
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.addWidget(self.asked)
        self._column.addWidget(self.form)
        self.asked.clicked.connect(lambda _on=False: self._on_asked())
        for field in self.fields.values():
            field.committed.connect(lambda _text: self._tell())
        for segment in (self.officer, self.decision):
            segment.chosen.connect(lambda _value: self._tell())
        self.retranslate()

    def show_recusal(self, recusal: Recusal, officers: Sequence[Officer], *, is_open: bool) -> None:
        """Show what was asked and decided."""
        self._recusal = recusal
        if tuple(officers) != self._officers:
            self._officers = tuple(officers)
            self.officer.set_choices([Choice(one.id, one.name) for one in officers])
        self.asked.setChecked(recusal != Recusal() or self._is_begun)
        self.officer.set_value(recusal.officer_id)
        self.decision.set_value(recusal.decision or OPEN)
        for name, field in self.fields.items():
            field.set_value(getattr(recusal, name))
            field.set_read_only(not is_open)
        for widget in (self.asked, self.officer, self.decision):
            widget.setEnabled(is_open)
        self.form.setVisible(self.asked.isChecked())

    def flush(self) -> None:
        """Finish every field that is being typed in."""
        for field in self.fields.values():
            field.flush()

    def value(self) -> Recusal:
        """Return what stands in the fields."""
        decision = self.decision.value()
        return Recusal(
            asked_by=self.fields["asked_by"].value(),
            officer_id=self.officer.value(),
            ground=self.fields["ground"].value(),
            decision="" if decision == OPEN else decision,
            decided_by=self.fields["decided_by"].value(),
        )

    def _on_asked(self) -> None:
        is_asked = self.asked.isChecked()
        self._is_begun = is_asked
        self.form.setVisible(is_asked)
        if is_asked:
            self.fields["asked_by"].setFocus()
        elif self._recusal != Recusal():
            self._recusal = Recusal()
            self.changed.emit(self._recusal)

    def _tell(self) -> None:
        if self.value() != self._recusal:
            self._recusal = self.value()
            self.changed.emit(self._recusal)

    def retranslate(self) -> None:
        """Name everything in the language that is on."""
        self.asked.setText(tr("有人申请执法人员回避"))
        names = {
            "asked_by": tr("申请人"),
            "officer_id": tr("申请回避的对象"),
            "ground": tr("理由"),
            "decision": tr("决定"),
            "decided_by": tr("决定人"),
        }
        for name, row in self.rows.items():
            row.set_label(names[name])
        self.decision.set_choices(
            [Choice(OPEN, tr("未决定")), Choice("granted", tr("准予回避")), Choice("refused", tr("驳回申请"))]
        )
        self.decision.set_value(self._recusal.decision or OPEN)
        self.form.arrange_labels()

    def restyle(self) -> None:
        """Take the gap of the theme."""
        if hasattr(self, "_column"):
            self._column.setSpacing(self.theme.u(6))
        super().restyle()
