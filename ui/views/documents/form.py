"""DocumentForm: the fields of a document under each other, in the pack's order; fields come and go with the choices.

form.show_filling(filling, halves) ; form.show_findings(findings) ; form.flush() ; form.focus("fine")
form.demand() -> key of the first field that is missing or wrong, "" if all is there
Signals: `made(FieldLine)` a field came; the desk saves what is typed in it. `rebuilt()` parts of a field came or went.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QSize, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from inspector.law.notice_facts import Finding
from inspector.services.documents import FieldView, Filling
from ui.text import is_english, tr
from ui.views.documents.field_line import FieldLine
from ui.widgets.painted import Themed

FILLED = "filled."
"""How the place of a finding begins that points into the form."""
_SAID_BY_FORM = frozenset({"field_missing"})
"""Findings that the form says itself, in its own words."""


class DocumentForm(Themed, QWidget):
    """See the module text."""

    made = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._lines: dict[str, FieldLine] = {}
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        self.restyle()

    def lines(self) -> list[FieldLine]:
        """Return the fields from top to bottom."""
        return list(self._lines.values())

    def line(self, key: str) -> FieldLine | None:
        """Return one field, None if it is not asked for now."""
        return self._lines.get(key)

    # --- showing ---------------------------------------------------------------------------------

    def clear(self) -> None:
        """Take every field away: another document, or another language."""
        for key in list(self._lines):
            self._drop(key)

    def show_filling(self, filling: Filling, halves: Mapping[str, str]) -> None:
        """Show the fields as they stand; `halves` are half-typed texts by key, for fields that come just now."""
        wanted = {view.field.key: view for view in filling.fields}
        for key, line in list(self._lines.items()):
            if key not in wanted or not _is_same(line.view, wanted[key]):
                self._drop(key)
        ordered: dict[str, FieldLine] = {}
        is_new = False
        for place, (key, view) in enumerate(wanted.items()):
            line = self._lines.get(key)
            half = None
            if line is None:
                line, half, is_new = self._make(view, place), halves.get(key), True
            ordered[key] = line
            line.show_view(view, half)
        self._lines = ordered
        if is_new:
            self.order_tabs()

    def _make(self, view: FieldView, place: int) -> FieldLine:
        line = FieldLine(view, self)
        line.arrange(self.width())
        line.box.rebuilt.connect(self.order_tabs)
        self._column.insertWidget(place, line)
        self.made.emit(line)
        line.show()
        return line

    def _drop(self, key: str) -> None:
        line = self._lines.pop(key)
        self._column.removeWidget(line)
        line.hide()
        line.deleteLater()

    def show_findings(self, findings: Sequence[Finding]) -> None:
        """Show under each field what the gate says about it."""
        for key, line in self._lines.items():
            own = [one for one in findings if one.field == FILLED + key and one.rule not in _SAID_BY_FORM]
            told = [] if line.view.problem == "missing" else [one for one in own if not one.is_explained]
            said = tr("；").join(one.message_en if is_english() and one.message_en else one.message for one in told)
            line.show_findings(said, is_blocking=any(one.is_blocking for one in told))

    def order_tabs(self) -> None:
        """Let Tab go from top to bottom, also through fields that came later."""
        before: QWidget | None = None
        for line in self._lines.values():
            for stop in [*line.box.stops(), line.restore]:
                if before is not None:
                    QWidget.setTabOrder(before, stop)
                before = stop

    # --- asking ----------------------------------------------------------------------------------

    def flush(self) -> None:
        """Finish every field that is being typed in."""
        for line in self._lines.values():
            if not line.is_fixed:
                line.box.flush()

    def is_typing(self) -> bool:
        """Whether anything is typed that is no entry yet."""
        return any(line.box.is_typing() for line in self._lines.values() if not line.is_fixed)

    def demand(self) -> str:
        """Say under each field that it is missing; return the first that is missing or wrong, empty for none."""
        found = ""
        for key, line in self._lines.items():
            is_there = line.demand()
            if not found and (not is_there or line.error()):
                found = key
        return found

    def focus(self, key: str) -> bool:
        """Stand in a field; False if it is not asked for."""
        line = self._lines.get(key)
        if line is not None:
            line.box.focus()
        return line is not None

    # --- measures --------------------------------------------------------------------------------

    def minimumSizeHint(self) -> QSize:
        """Narrow enough for a side panel."""
        return QSize(self.theme.u(260), super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Labels beside the fields where there is room."""
        super().resizeEvent(event)
        self._arrange()

    def _arrange(self) -> None:
        for line in self._lines.values():
            line.arrange(self.width())

    def restyle(self) -> None:
        """Take the gaps of the theme."""
        self._column.setSpacing(max(self.theme.u(12), self.theme.density.gap))
        self._arrange()
        super().restyle()


def _is_same(one: FieldView, other: FieldView) -> bool:
    """Whether one line can go on showing the other."""
    return one.field == other.field and one.choices == other.choices
