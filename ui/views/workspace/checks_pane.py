"""ChecksPane 清单: the checks of a visit by industry, answered with 1 2 3 0, beside or over the check one stands on.

pane.show_checks(rows, hazards, evidence, half=…, is_open=…);  pane.stand_on("LOG-05")
Signals: `answered(code, Result)`, `hazard_wanted(code)`, `hazard_shown(id)`, `rest_wanted(name, codes)`,
`stood_on(code)` another check (or "" for none) is current.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QVBoxLayout, QWidget

from inspector.domain.check import Result
from inspector.domain.evidence import Evidence
from inspector.domain.hazard import Hazard
from inspector.law.check_results import CheckRow, CheckSummary, summarise
from ui.models.check_rows import ALL, FAILED, UNCHECKED, check_rows, group_of, industry_name, is_heading
from ui.text import tr
from ui.views.workspace.check_detail import CheckDetail
from ui.views.workspace.saving import FieldSaver
from ui.widgets.empty import EmptyState
from ui.widgets.painted import Themed
from ui.widgets.panel import HLine
from ui.widgets.rows import RowList
from ui.widgets.segment import Choice, Segment

WIDE = 560
"""From this unscaled width on the check stands beside the list, else under it."""
KEYS = {
    Qt.Key.Key_1: Result.PASS,
    Qt.Key.Key_2: Result.FAIL,
    Qt.Key.Key_3: Result.NOT_APPLICABLE,
    Qt.Key.Key_0: Result.OPEN,
}


class CheckList(RowList):
    """The rows; 1 2 3 0 answer the one that is current. Signal `answered(code, Result)`."""

    answered = Signal(str, object)

    def __init__(self) -> None:
        super().__init__(height="rowSingle")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """A digit answers."""
        result = KEYS.get(Qt.Key(event.key()))
        is_plain = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if result is None or not is_plain:
            super().keyPressEvent(event)
        elif self.current() and not is_heading(self.current()):
            self.answered.emit(self.current(), result)


class ChecksPane(Themed, QWidget):
    """See the module text."""

    answered = Signal(str, object)
    hazard_wanted = Signal(str)
    hazard_shown = Signal(str)
    rest_wanted = Signal(str, object)
    stood_on = Signal(str)

    def __init__(self, saver: FieldSaver, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._at = ""
        self._rows: tuple[CheckRow, ...] = ()
        self._ordinals: dict[str, int] = {}
        self._pictured: frozenset[str] = frozenset()
        self._half: Mapping[str, str] = {}
        self._is_open = True
        self.shown = Segment()
        self.list = CheckList()
        self.detail = CheckDetail(saver)
        self.empty = EmptyState("circle-check")
        self._build()
        self.shown.chosen.connect(lambda _value: self._show_rows())
        self.list.chosen.connect(lambda _id: self._show_detail())
        self.list.opened.connect(lambda _id: self.detail.go_on())
        self.list.answered.connect(self._answer)
        self.detail.answered.connect(self._answer)
        self.detail.hazard_wanted.connect(self.hazard_wanted)
        self.detail.hazard_shown.connect(self.hazard_shown)
        self.detail.rest_wanted.connect(self.ask_rest)
        self.retranslate()
        self.shown.set_value(ALL)

    def _build(self) -> None:
        head = QHBoxLayout()
        head.addWidget(self.shown)
        head.addStretch(1)
        self._head = head
        lists = QVBoxLayout()
        lists.setSpacing(0)
        lists.addLayout(head)
        lists.addWidget(self.list, 1)
        lists.addWidget(self.empty, 1)
        self.empty.hide()
        self._hline = HLine()
        self._body = QBoxLayout(QBoxLayout.Direction.TopToBottom)
        self._body.setSpacing(0)
        self._body.addLayout(lists, 1)
        self._body.addWidget(self._hline)
        self._body.addWidget(self.detail)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(self._body, 1)

    def show_checks(
        self,
        rows: Sequence[CheckRow],
        hazards: Sequence[Hazard],
        evidence: Sequence[Evidence],
        *,
        half: Mapping[str, str],
        is_open: bool,
    ) -> None:
        """Show the checks of a visit; `half` are half-typed notes by code."""
        self._rows, self._half, self._is_open = tuple(rows), half, is_open
        self._ordinals = {one.id: one.ordinal for one in hazards}
        self._pictured = frozenset(one.hazard_id for one in evidence if one.hazard_id)
        self.detail.allow(is_open=is_open)
        self._show_rows()

    def summary(self) -> CheckSummary:
        """Return how many came to what."""
        return summarise(self._rows)

    def current(self) -> CheckRow | None:
        """Return the check that is current, None on a heading."""
        return self.row(self.list.current())

    def row(self, code: str) -> CheckRow | None:
        """Return one check, None if it is not on the list."""
        return next((row for row in self._rows if row.check.code == code), None)

    def stand_on(self, code: str) -> None:
        """Stand on a check, whatever the list was narrowed to."""
        if self.list.model_of_rows.place(code) < 0:
            self.shown.set_value(ALL)
            self._show_rows()
        self.list.choose(code)

    def focus(self) -> None:
        """Stand in the list; the first time on the first check."""
        if not self.list.current() or is_heading(self.list.current()):
            first = next((row.id for row in self.list.rows() if not is_heading(row.id)), "")
            self.list.choose(first)
        target = self.shown if self.list.isHidden() else self.list
        target.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def ask_rest(self) -> None:
        """Ask for what is unchecked under the heading or about the check one stands on."""
        row = self.current()
        group = [one for one in self._rows if row is not None and one.check.industry == row.check.industry]
        group = group or group_of(self._rows, self.list.current())
        codes = [one.check.code for one in group if one.result is Result.OPEN]
        if codes and self._is_open:
            self.rest_wanted.emit(industry_name(group[0].check.industry), codes)

    def _answer(self, code: str, result: Result) -> None:
        if not self._is_open:
            return
        self.answered.emit(code, result)
        if self.list.hasFocus() and result in {Result.PASS, Result.NOT_APPLICABLE}:
            self._step()

    def _step(self) -> None:
        """On to the next check, as one walks through the list."""
        ids = [row.id for row in self.list.rows()]
        at = ids.index(self.list.current()) + 1
        following = next((one for one in ids[at:] if not is_heading(one)), "")
        self.list.choose(following)

    def _show_rows(self) -> None:
        rows = check_rows(self._rows, shown=self.shown.value())
        before = [row.id for row in self.list.rows()]
        current = self.list.current()
        at = before.index(current) if current in before else 0
        if current not in {row.id for row in rows}:
            first = next((row.id for row in rows if not is_heading(row.id)), "")
            current = rows[min(at, len(rows) - 1)].id if current and rows else first
        self.list.set_rows(rows, choose=current)
        self.list.setVisible(bool(rows))
        self.empty.setVisible(not rows)
        self._show_detail()

    def _show_detail(self) -> None:
        row, row_id = self.current(), self.list.current()
        if row_id != self._at:
            self.detail.note.flush()  # to the check that it was typed for
            self._at = row_id
            self.stood_on.emit(row.check.code if row is not None else "")
        if row is not None:
            half = self._half.get(row.check.code, "") if self._is_open else ""
            self.detail.show_check(row, ordinals=self._ordinals, pictured=self._pictured, half=half)
        elif is_heading(row_id):
            group = group_of(self._rows, row_id)
            self.detail.show_group(industry_name(group[0].check.industry), summarise(group))
        else:
            self.detail.show_nothing()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put the check beside the list where there is room."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        is_wide = self.width() >= self.theme.u(WIDE)
        directions = QBoxLayout.Direction
        self._body.setDirection(directions.LeftToRight if is_wide else directions.TopToBottom)
        self._hline.setVisible(not is_wide)
        self._body.setStretch(2, 1 if is_wide else 0)
        self.detail.stand_beside(is_wide)

    def retranslate(self) -> None:
        """Name everything in the language that is on."""
        value = self.shown.value() or ALL
        choices = [Choice(ALL, tr("全部")), Choice(UNCHECKED, tr("未检查")), Choice(FAILED, tr("不符合"))]
        self.shown.set_choices(choices)
        self.shown.set_value(value)
        self.shown.setAccessibleName(tr("显示"))
        self.list.setAccessibleName(tr("清单：1 符合，2 不符合，3 不涉及，0 未检查"))
        self.empty.say(tr("没有这样的检查项"), tr("选“全部”看整张清单"))
        self._show_rows()

    def restyle(self) -> None:
        """Take the gaps of the theme."""
        if hasattr(self, "_head"):
            u = self.theme.u
            self._head.setContentsMargins(u(12), u(8), u(12), u(8))
            self._fit()
        super().restyle()
