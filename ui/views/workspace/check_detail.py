"""CheckDetail: the check one stands on: its statement in full, how it is done, the answer, a note, the hazard.

detail.show_check(row, hazards, half="", is_open=True);  detail.show_group(name, summary);  detail.show_nothing()
Signals: `answered(code, Result)`, `hazard_wanted(code)` a new hazard out of it, `hazard_shown(id)`, `rest_wanted()`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from inspector.domain.changes import Changes
from inspector.domain.check import Result
from inspector.law.check_results import CheckRow, CheckSummary
from ui.models.check_rows import method_words, result_word, shape, statement
from ui.text import is_english, tr
from ui.views.hazards.form import restore
from ui.views.workspace.saving import FieldSaver, bind
from ui.widgets.button import Button
from ui.widgets.fields import TextField
from ui.widgets.form import NoteLine
from ui.widgets.label import Label, Paragraph
from ui.widgets.painted import Themed
from ui.widgets.segment import Choice, Segment

ORDER = (Result.PASS, Result.FAIL, Result.NOT_APPLICABLE, Result.OPEN)
"""As the keys 1 2 3 0 choose."""
Patch = Callable[..., Changes]


class CheckDetail(Themed, QWidget):
    """See the module text; `saver` keeps the note."""

    answered = Signal(str, object)
    hazard_wanted = Signal(str)
    hazard_shown = Signal(str)
    rest_wanted = Signal()

    def __init__(self, saver: FieldSaver, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._row: CheckRow | None = None
        self._group = ""
        self._ordinal = 0
        self._is_beside = False
        self._summary: CheckSummary | None = None
        self.saver = saver
        self.title = Paragraph("", role="bodyStrong")
        self.methods = Label(role="meta", color="text2")
        self.lacks_photo = NoteLine()
        self.answer = Segment()
        self.note = TextField()
        self.hazard = Button(on_click=self.go_on)
        self.rest = Button(key="Alt+N", on_click=self.rest_wanted.emit)
        self._line = QHBoxLayout()
        self._line.addWidget(self.note, 1)
        self._line.addWidget(self.hazard)
        self._column = QVBoxLayout(self)
        for widget in (self.title, self.methods, self.answer):
            self._column.addWidget(widget)
        self._column.addLayout(self._line)
        for widget in (self.lacks_photo, self.rest):
            self._column.addWidget(widget)
        self._column.addStretch(1)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        self.answer.chosen.connect(self._on_answer)
        bind(saver, "note", self.note)
        self.retranslate()
        self.show_nothing()

    def show_check(self, row: CheckRow, *, ordinals: Mapping[str, int], pictured: frozenset[str], half: str) -> None:
        """Show one check; `ordinals` of the visit's hazards by id, `pictured` those with photos, `half` a half note."""
        is_other = self._row is None or self._row.check.code != row.check.code
        self._row, self._group, self._summary = row, "", None
        known = [one for one in row.hazard_ids if one in ordinals]
        self._ordinal = ordinals[known[0]] if known else 0
        self.title.setText(statement(row.check))
        self.methods.setText(method_words(row.check))
        self.answer.set_value(row.result.value or "open")
        self.note.set_value(row.note)
        if is_other and half and half != row.note:
            restore(self.note, half)
        lacks = row.check.is_photo_required and row.result is Result.FAIL and not any(one in pictured for one in known)
        said = tr("此项须有照片：记为隐患后拍照") if not known else tr("此项须有照片：隐患 {n} 还没有", n=self._ordinal)
        self.lacks_photo.show_note(said if lacks else "", icon="photo-question", color="warn")
        self._arrange()

    def show_group(self, name: str, summary: CheckSummary) -> None:
        """Show how far a list has come."""
        self._row, self._group, self._summary = None, name, summary
        self.title.setText(name)
        told = (
            (summary.passed, tr("符合 {n}", n=summary.passed)),
            (len(summary.failed), tr("不符合 {n}", n=len(summary.failed))),
            (summary.not_applicable, tr("不涉及 {n}", n=summary.not_applicable)),
            (len(summary.unchecked), tr("未检查 {n}", n=len(summary.unchecked))),
        )
        self.methods.setText("\u3000".join(word for count, word in told if count))
        self._arrange()

    def show_nothing(self) -> None:
        """No row is chosen."""
        self._row, self._group, self._summary = None, "", None
        self.title.setText("")
        self.methods.setText("")
        self._arrange()

    def stand_beside(self, is_beside: bool) -> None:
        """Whether it has a column of its own; under the list its height stays the same from check to check."""
        self._is_beside = is_beside
        self.restyle()

    def allow(self, *, is_open: bool) -> None:
        """Let answers be given while the visit is open."""
        self.answer.setEnabled(is_open)
        self.note.set_read_only(not is_open)
        for button in (self.hazard, self.rest):
            if is_open:
                button.allow()
            else:
                button.refuse(tr("检查已结束"))

    def go_on(self) -> None:
        """Enter: to the hazard of this check, or begin it."""
        row = self._row
        if row is None or not self.hazard.isVisibleTo(self):
            return
        if row.hazard_ids:
            self.hazard_shown.emit(row.hazard_ids[0])
        else:
            self.hazard_wanted.emit(row.check.code)

    def _arrange(self) -> None:
        row, summary = self._row, self._summary
        for widget in (self.answer, self.note):
            widget.setVisible(row is not None)
        if row is None:
            self.lacks_photo.show_note("")
        self.hazard.setVisible(row is not None and (bool(row.hazard_ids) or row.result in {Result.FAIL, Result.OPEN}))
        self.rest.setVisible(summary is not None and bool(summary.unchecked))
        self._word()

    def _on_answer(self, value: str) -> None:
        if self._row is not None:
            self.answered.emit(self._row.check.code, Result("" if value == "open" else value))

    def _word(self) -> None:
        row, summary = self._row, self._summary
        is_there = row is not None and bool(row.hazard_ids)
        self.hazard.setText(tr("到隐患 {n}", n=self._ordinal) if is_there else tr("记为隐患"))
        if summary is not None:
            self.rest.setText(tr("其余 {n} 项全部不涉及", n=len(summary.unchecked)))

    def retranslate(self) -> None:
        """Name everything in the language that is on."""
        choices = [Choice(one.value or "open", result_word(one), "", shape(one)[1]) for one in ORDER]
        self.answer.set_choices(choices)
        self.answer.setAccessibleName(tr("检查结果"))
        self.note.setPlaceholderText(tr("说明（选填）"))
        self.note.setAccessibleName(tr("说明"))
        if self._row is not None:
            self.title.setText(statement(self._row.check))
            self.methods.setText(method_words(self._row.check))
        elif self._summary is not None:
            self.show_group(self._group, self._summary)
        self._word()

    def restyle(self) -> None:
        """Take the gaps of the theme."""
        if hasattr(self, "_column"):
            u = self.theme.u
            self._column.setContentsMargins(u(12), u(10), u(12), u(12))
            self._column.setSpacing(u(6))
            self._line.setSpacing(self.theme.gap)
            # As high as a check needs, also on a heading: the list never jumps.
            line, control = self.theme.line_height("body"), self.theme.size("control")
            lines = (2 if is_english() else 1) * line + 2 * self.theme.line_height("meta") + u(4)
            self.setMinimumHeight(0 if self._is_beside else lines + 2 * control + u(22) + 4 * u(6))
        super().restyle()
