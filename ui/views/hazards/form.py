"""HazardForm: the fields of one hazard, recorded or new; what they show and what the officer does in them.

form.show_hazard(hazard, drafts, frozen="") ; form.show_new(texts) ; form.values() -> HazardDraft
It stores nothing itself: `picked(code)`, `searched(text)`, `decided(dict)` finished choices, `basis_wanted(int)`,
`read_wanted(Citation)`.
Text fields save themselves through the FieldSaver they are bound to (ui/views/hazards/desk.py).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from inspector.app import App
from inspector.domain.hazard import Citation, Hazard, Measure, Severity
from inspector.services.hazards import HazardDraft
from ui.models.hazard_drafts import TEXTS, draft_of, from_texts
from ui.tasks import Tasks
from ui.text import tr
from ui.views.hazards.basis import BasisBox, BasisState
from ui.views.hazards.deadline import Deadline
from ui.views.hazards.description import DescriptionField
from ui.views.hazards.soft_box import SoftBox
from ui.widgets.button import Button
from ui.widgets.fields import TextField
from ui.widgets.form import FieldRow, Form, NoteLine
from ui.widgets.label import Label
from ui.widgets.painted import Themed
from ui.widgets.segment import Choice, Segment
from ui.widgets.text_area import TextArea

_MOST_LINES = 6


class HazardForm(Themed, QWidget):
    """See the module text. `save_wanted()` and `discard_wanted()` come from the buttons of a new hazard."""

    decided = Signal(object)
    basis_wanted = Signal(int)
    read_wanted = Signal(object)
    save_wanted = Signal()
    discard_wanted = Signal()

    def __init__(self, services: App, tasks: Tasks, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._basis: tuple[Citation, ...] = ()
        self._states: tuple[BasisState, ...] = ()
        self._code = self._criterion_offer = self._number = ""
        self._is_new = self._is_fixed = False
        self._today = date.min
        self.note = NoteLine()
        self.description = DescriptionField()
        self.severity = Segment()
        self.severity_note = Label(role="meta", color="text2")
        self.criterion = TextField()
        self.place = TextField()
        self.measure = Segment()
        self.basis = BasisBox()
        self.requirement = TextArea(rows=2, most=_MOST_LINES)
        self.deadline = Deadline(services, tasks, self)
        self.soft = SoftBox()
        self.save = Button(kind="secondary", icon="check", on_click=self.save_wanted.emit)
        self.discard = Button(kind="quiet", on_click=self.discard_wanted.emit)
        self._build()
        self._connect()
        self.retranslate()

    def _build(self) -> None:
        self.form = Form()
        self.rows: dict[str, FieldRow] = {
            "description": self.form.add("", self.description),
            "severity": self.form.add("", self.severity, beside=[self.severity_note]),
            "major_criterion": self.form.add("", self.criterion),
            "place": self.form.add("", self.place),
            "measure": self.form.add("", self.measure),
            "basis": self.form.add("", self.basis),
            "requirement": self.form.add("", self.requirement),
            "deadline": self.form.add("", self.deadline.field, beside=self.deadline.beside),
            "soft": self.form.add("", self.soft),
        }
        buttons = QHBoxLayout()
        buttons.addWidget(self.save)
        buttons.addWidget(self.discard)
        buttons.addStretch(1)
        self._buttons = buttons
        self._column = QVBoxLayout(self)
        self._column.addWidget(self.note)
        self._column.addWidget(self.form)
        self._column.addLayout(buttons)
        self._column.addStretch(1)
        self.restyle()

    def _connect(self) -> None:
        self.severity.chosen.connect(self._on_severity)
        self.measure.chosen.connect(self._on_measure)
        self.deadline.chosen.connect(lambda day: self.decided.emit({"deadline": day}))
        self.deadline.offered.connect(lambda day: self.decided.emit({"deadline": day}) if self._is_new else None)
        self.deadline.field.committed.connect(lambda _text: self._check_days())
        self.basis.removed.connect(self._remove_basis)
        self.basis.change_wanted.connect(self.basis_wanted)
        self.basis.read_wanted.connect(self.read_wanted)
        self.basis.add_wanted.connect(lambda: self.basis_wanted.emit(-1))

    def texts(self) -> dict[str, TextField | TextArea]:
        """Return the typed fields by name."""
        fields = (self.description, self.place, self.requirement, self.criterion)
        return dict(zip(TEXTS, fields, strict=True))

    def values(self) -> HazardDraft:
        """Return what stands in the form."""
        measure = Measure(self.measure.value() or Measure.RECTIFY)
        severity = Severity(self.severity.value() or Severity.GENERAL)
        return HazardDraft(
            description=self.description.value(),
            severity=severity,
            measure=measure,
            catalogue_code=self._code,
            place=self.place.value(),
            requirement=self.requirement.value(),
            deadline=None if measure is Measure.IMMEDIATE else self.deadline.value(),
            basis=self._basis,
            major_criterion=self.criterion.value() if severity is Severity.MAJOR else "",
        )

    def flush(self) -> None:
        """Finish every field that is being typed in."""
        for field in (*self.texts().values(), self.deadline.field):
            field.flush()

    def show_hazard(self, hazard: Hazard, drafts: Mapping[str, str], *, today: date, frozen: str = "") -> None:
        """Show a recorded hazard; `drafts` are half-typed fields that come back; `frozen` says why it can't change."""
        self._is_new, self._number = False, str(hazard.ordinal)
        self._show(draft_of(hazard), today)
        self._fix(bool(frozen))
        self.note.show_note(frozen, icon="lock", color="text2")
        for name, field in self.texts().items():
            half = drafts.get(name)
            if half is not None and half != field.value() and not frozen:
                restore(field, half)

    def show_new(self, texts: Mapping[str, str], *, ordinal: int, today: date) -> None:
        """Show the form of a new hazard with what was half-typed before."""
        self._is_new, self._number = True, str(ordinal)
        self._show(from_texts(texts), today)
        self._fix(False)
        self._say_new()

    def _say_new(self) -> None:
        said = tr("新隐患 {n}：填写随时保留，保存后列入上面的清单", n=self._number)
        self.note.show_note(said, icon="circle-plus", color="text2")

    def _show(self, draft: HazardDraft, today: date) -> None:
        self._today = today
        for row in self.rows.values():
            row.clear_error()
        self.description.replace(draft.description)
        self.description.offer_on_focus(self._is_new)
        self.place.set_value(draft.place)
        self.requirement.set_value(draft.requirement)
        self.severity.set_value(draft.severity.value)
        self.measure.set_value(draft.measure.value)
        self.criterion.set_value(draft.major_criterion)
        self._code, self._criterion_offer = draft.catalogue_code, draft.major_criterion
        self.show_basis(draft.basis)
        self.deadline.show_day(draft.deadline, today)
        for button in (self.save, self.discard):
            button.setVisible(self._is_new)
        self.rows["soft"].setVisible(not self._is_new)
        self._follow_choices()

    def _fix(self, is_fixed: bool) -> None:
        self._is_fixed = is_fixed
        for field in (*self.texts().values(), self.deadline.field):
            field.set_read_only(is_fixed)
        for segment in (self.severity, self.measure):
            segment.setEnabled(not is_fixed)
        self.basis.show_basis(self._basis, self._states, is_fixed=is_fixed)

    def fill(self, draft: HazardDraft) -> dict[str, object]:
        """Take a catalogue item over; return the fields that changed. Place and requirement stay the officer's."""
        deadline = self.deadline.value() or draft.deadline
        severity = draft.severity
        self._code, self._criterion_offer = draft.catalogue_code, draft.major_criterion
        self.description.replace(draft.description)
        self.rows["description"].clear_error()
        self.severity.set_value(severity.value)
        criterion = draft.major_criterion if severity is Severity.MAJOR else ""
        self.criterion.set_value(criterion)
        self.show_basis(draft.basis)
        self.deadline.show_day(deadline, self._today)
        self._follow_choices()
        return {
            "description": draft.description,
            "severity": severity,
            "catalogue_code": draft.catalogue_code,
            "basis": draft.basis,
            "major_criterion": criterion,
            "deadline": deadline,
        }

    def show_basis(self, basis: Sequence[Citation], states: Sequence[BasisState] = ()) -> None:
        """Show citations; their states follow when the laws index has answered."""
        self._basis, self._states = tuple(basis), tuple(states)
        self.basis.show_basis(self._basis, self._states, is_fixed=self._is_fixed)

    def offer_criterion(self, criterion: str, *, may_be_major: bool) -> None:
        """Note the 判定标准 of the catalogue item, to be filled in when 重大 is chosen."""
        self._criterion_offer = criterion or self._criterion_offer
        is_general = self.severity.value() == Severity.GENERAL
        said = tr("可能构成重大，请对照判定标准") if may_be_major and is_general else ""
        self.severity_note.setText(said)

    def take_basis(self, at: int, citation: Citation) -> None:
        """Put a citation at a place, or at the end for -1."""
        basis = list(self._basis)
        if citation in basis:
            return
        basis[at : at + 1] = [citation] if at >= 0 else []
        if at < 0:
            basis.append(citation)
        self.decided.emit({"basis": tuple(basis)})

    def _remove_basis(self, at: int) -> None:
        self.decided.emit({"basis": self._basis[:at] + self._basis[at + 1 :]})

    def _on_severity(self, value: str) -> None:
        severity = Severity(value)
        criterion = (self.criterion.value() or self._criterion_offer) if severity is Severity.MAJOR else ""
        self.criterion.set_value(criterion)
        self._follow_choices()
        self.decided.emit({"severity": severity, "major_criterion": criterion})

    def _on_measure(self, value: str) -> None:
        measure = Measure(value)
        self._follow_choices()
        changed: dict[str, object] = {"measure": measure}
        if measure is Measure.IMMEDIATE:
            changed["deadline"] = None
        elif self.deadline.value() is not None:
            changed["deadline"] = self.deadline.value()
        self.decided.emit(changed)

    def _follow_choices(self) -> None:
        """Show 判定标准 only for 重大, a deadline only where there is one."""
        is_major = self.severity.value() == Severity.MAJOR
        self.rows["major_criterion"].setVisible(is_major)
        self.rows["deadline"].setVisible(self.measure.value() != Measure.IMMEDIATE)
        if is_major:
            self.severity_note.setText("")

    def _check_days(self) -> None:
        self.rows["deadline"].show_error(self.deadline.error())

    def demand_description(self) -> bool:
        """Say under the field that it is missing; return whether it is there."""
        is_there = bool(self.description.value().strip())
        row = self.rows["description"]
        row.show_error("" if is_there else tr("隐患描述还没有填"))
        return is_there

    def focus(self, field: str) -> None:
        """Put the focus on a field by name; the description for an unknown one."""
        targets: dict[str, QWidget] = {
            **self.texts(),
            "deadline": self.deadline.field,
            "basis": self.basis.first_button(),
            "severity": self.severity,
            "measure": self.measure,
            "soft_choice": self.soft.first,
            "soft_reason": self.soft.first,
        }
        targets.get(field, self.description).setFocus(Qt.FocusReason.ShortcutFocusReason)

    def retranslate(self) -> None:
        """Name everything in the language that is on."""
        names = {
            "description": tr("隐患描述"),
            "severity": tr("等级"),
            "major_criterion": tr("判定标准"),
            "place": tr("位置"),
            "measure": tr("处理方式"),
            "basis": tr("依据"),
            "requirement": tr("整改要求"),
            "deadline": tr("整改期限"),
            "soft": tr("柔性执法"),
        }
        self.severity.set_choices(
            [
                Choice("general", tr("一般"), "circle"),
                Choice("major", tr("重大"), "filled/alert-octagon", "danger"),
            ]
        )
        self.measure.set_choices(
            [
                Choice("rectify", tr("限期整改")),
                Choice("immediate", tr("立即整改")),
                Choice("stop", tr("停止作业")),
            ]
        )
        for name, row in self.rows.items():
            row.set_label(names[name])
        self.deadline.retranslate()
        self.form.arrange_labels()
        self.description.setPlaceholderText(tr("输入描述或首字母，如 cdq"))
        self.description.popup.name(tr("目录中的隐患"))
        self.requirement.setPlaceholderText(tr("要做到什么，例如清理通道并保持畅通"))
        self.save.setText(tr("保存隐患"))
        self.discard.setText(tr("放弃"))
        if self._is_new:
            self._say_new()

    def restyle(self) -> None:
        """Take the paddings of the theme."""
        if hasattr(self, "_column"):
            pad = self.theme.u(16)
            self._column.setContentsMargins(pad, self.theme.u(12), pad, self.theme.u(16))
            self._column.setSpacing(self.theme.u(10))
            self._buttons.setSpacing(self.theme.gap)
        super().restyle()


def restore(field: TextField | TextArea, text: str) -> None:
    """Put half-typed text back as if it were typed just now: it is kept again and committed after its rest."""
    if isinstance(field, TextField):
        field.setText(text)
        field.textEdited.emit(text)
    else:
        field.setPlainText(text)
