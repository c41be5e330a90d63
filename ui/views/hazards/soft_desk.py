"""SoftDesk: soft enforcement of the hazard at hand: what the laptop knows, what was decided, steps, the 普法卡.

desk = SoftDesk(services, tasks, box);  desk.open(hazard, is_fixed=…);  desk.shut()
Signals: `failed(InspectorError)`, `read_wanted(Citation)`.
"""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QObject, Signal

from inspector.app import App
from inspector.domain.hazard import Hazard
from inspector.domain.soft import SoftChoice, SoftStep, SoftStepKind
from inspector.services.soft import Suggestion
from ui.tasks import Tasks
from ui.text import tr
from ui.views.hazards.soft_box import SoftBox
from ui.widgets.text_dialog import TextDialog

Known = tuple[Suggestion, tuple[SoftStep, ...]]


class SoftDesk(QObject):
    """See the module text."""

    failed = Signal(object)
    read_wanted = Signal(object)

    def __init__(self, services: App, tasks: Tasks, box: SoftBox, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._services, self._tasks, self._box = services, tasks, box
        self._hazard: Hazard | None = None
        self._is_fixed = False
        self._steps: tuple[SoftStep, ...] = ()
        box.decided.connect(self._decide)
        box.basis_wanted.connect(self.read_wanted)
        box.step_wanted.connect(self.ask_step)
        box.card_wanted.connect(self.show_card)

    def open(self, hazard: Hazard, *, is_fixed: bool) -> None:
        """Look a recorded hazard up."""
        if self._hazard is None or self._hazard.id != hazard.id:
            self._steps = ()
            self._box.show_soft(None, ())
        self._hazard, self._is_fixed = hazard, is_fixed
        self._box.show_choice(hazard.soft_choice, hazard.soft_reason, is_fixed=is_fixed)
        self._tasks.query(self, self._look_up, hazard.id, done=self._show, failed=lambda _error: None, key="soft")

    def shut(self) -> None:
        """No recorded hazard is open."""
        self._hazard, self._steps = None, ()

    def _look_up(self, hazard_id: str) -> tuple[str, Known]:
        soft = self._services.soft
        return hazard_id, (soft.suggestion(hazard_id), soft.of(hazard_id))

    def _show(self, told: tuple[str, Known]) -> None:
        hazard_id, (suggestion, steps) = told
        if self._hazard is not None and self._hazard.id == hazard_id:
            self._steps = steps
            self._box.show_soft(suggestion, steps)

    def _decide(self, is_first: bool) -> None:
        hazard, told = self._hazard, self._box.suggestion
        if hazard is None or told is None:
            self._put_back()
        elif is_first and told.is_suggested:
            self._choose(hazard, SoftChoice.FIRST_MINOR, "")
        elif is_first:
            self._ask_reason(hazard, SoftChoice.FIRST_MINOR, tr("仍按首次轻微处理？"))
        elif told.is_suggested:
            self._ask_reason(hazard, SoftChoice.OVERRIDDEN, tr("不按首次轻微处理？"))
        else:
            self._choose(hazard, SoftChoice.NOT_ASKED, "")

    def _ask_reason(self, hazard: Hazard, choice: SoftChoice, title: str) -> None:
        dialog = TextDialog(
            self._box,
            title=title,
            text=tr("与本机建议不同，须写明理由；理由写入日志"),
            label=tr("理由"),
            verb=tr("记下理由"),
        )
        dialog.written.connect(partial(self._choose, hazard, choice))
        dialog.rejected.connect(self._put_back)
        dialog.open()

    def _choose(self, hazard: Hazard, choice: SoftChoice, reason: str) -> None:
        work = self._services.soft.choose
        self._tasks.command(self, work, hazard.id, choice, reason, failed=self._miss)

    def _miss(self, error: object) -> None:
        self._put_back()
        self.failed.emit(error)

    def _put_back(self) -> None:
        """Show again what stands in the store."""
        if self._hazard is not None:
            self._box.show_choice(self._hazard.soft_choice, self._hazard.soft_reason, is_fixed=self._is_fixed)

    def ask_step(self) -> None:
        """Ask which step of the ladder was taken."""
        from ui.views.hazards.soft_dialogs import StepDialog

        if self._hazard is None:
            return
        dialog = StepDialog(self._box, self._hazard, self._steps)
        dialog.taken.connect(partial(self._take, self._hazard.id))
        dialog.open()

    def _take(self, hazard_id: str, step: SoftStepKind, note: str) -> None:
        self._tasks.command(self, self._services.soft.take, hazard_id, step, note, failed=self.failed.emit)

    def show_card(self) -> None:
        """Offer the 普法卡 to print or to save."""
        from ui.views.hazards.soft_dialogs import CardDialog

        if self._hazard is not None:
            CardDialog(self._box, self._services, self._tasks, self._hazard).open()
