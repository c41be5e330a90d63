"""SoftBox 柔性执法: the first minor offence with its basis, the steps taken so far, and the 普法卡.

box.show_soft(choice, suggestion, steps, is_fixed=…);  Signals: `decided(bool)` 首次且轻微 was ticked or not,
`basis_wanted(Citation)`, `step_wanted()`, `card_wanted()`.
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from inspector.domain.soft import SoftChoice, SoftStep
from inspector.services.soft import Suggestion
from ui.models.soft_words import suggestion_line, taken_line
from ui.text import tr
from ui.widgets.button import Button
from ui.widgets.checkbox import CheckBox
from ui.widgets.form import NoteLine
from ui.widgets.painted import Themed
from ui.widgets.tab_order import tab_within


class SoftBox(Themed, QWidget):
    """See the module text."""

    decided = Signal(bool)
    basis_wanted = Signal(object)
    step_wanted = Signal()
    card_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._suggestion: Suggestion | None = None
        self._steps: tuple[SoftStep, ...] = ()
        self._choice, self._reason = "", ""
        self.first = CheckBox()
        self.why = NoteLine()
        self.taken = NoteLine()
        self.basis = Button(kind="link", on_click=self._open_basis)
        self.step = Button(key="Alt+T", on_click=self.step_wanted.emit)
        self.card = Button(icon="file-text", key="Alt+F", on_click=self.card_wanted.emit)
        self._acts = QHBoxLayout()
        for button in (self.step, self.card):
            self._acts.addWidget(button)
        self._acts.addStretch(1)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        for widget in (self.first, self.why, self.basis, self.taken):
            self._column.addWidget(widget)
        self._column.addLayout(self._acts)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        self.first.clicked.connect(lambda is_on=False: self.decided.emit(bool(is_on)))
        tab_within(self, [self.first, self.basis, self.step, self.card])
        self.retranslate()

    @property
    def suggestion(self) -> Suggestion | None:
        """What this laptop knows, None until it was looked up."""
        return self._suggestion

    def show_choice(self, choice: str, reason: str, *, is_fixed: bool) -> None:
        """Show what was decided."""
        self._choice, self._reason = choice, reason
        self.first.setChecked(choice == SoftChoice.FIRST_MINOR)
        self.first.setEnabled(not is_fixed)
        self._say()

    def show_soft(self, suggestion: Suggestion | None, steps: Sequence[SoftStep]) -> None:
        """Show what this laptop knows of the hazard, and the steps that were taken; None: not looked up yet."""
        self._suggestion, self._steps = suggestion, tuple(steps)
        self._say()

    def _open_basis(self) -> None:
        if self._suggestion is not None:
            self.basis_wanted.emit(self._suggestion.basis)

    def _say(self) -> None:
        told = self._suggestion
        said = suggestion_line(told) if told is not None else ""
        if self._choice == SoftChoice.OVERRIDDEN:
            said = tr("不适用：{reason}", reason=self._reason)
        elif self._choice == SoftChoice.FIRST_MINOR and self._reason:
            said = tr("理由：{reason}", reason=self._reason)
        self.why.show_note(said, icon="info-circle", color="text2")
        self.basis.setText(told.basis_short if told is not None else "")
        self.basis.setVisible(told is not None)
        taken = taken_line(self._steps)
        self.taken.show_note(tr("已采取：{taken}", taken=taken) if taken else "", icon="history", color="text2")

    def setFocus(self) -> None:  # type: ignore[override]
        """Stand on the decision."""
        self.first.setFocus()

    def retranslate(self) -> None:
        """Name everything in the language that is on."""
        self.first.setText(tr("首次且轻微，及时改正，可不予处罚"))
        self.step.setText(tr("记一步"))
        self.step.setAccessibleDescription(tr("柔性执法：说服教育、劝导示范、警示告诫、指导约谈、责令改正、处罚"))
        self.card.setText(tr("普法卡"))
        self._say()

    def restyle(self) -> None:
        """Take the gaps of the theme."""
        if hasattr(self, "_acts"):
            self._acts.setSpacing(self.theme.gap)
            self._column.setSpacing(self.theme.u(4))
        super().restyle()
