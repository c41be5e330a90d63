"""EntryLines: how many visits the site had this year, and what of the entry is still to be filed by when."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout, QWidget

from inspector.domain.inspection import InspectionKind
from inspector.services.entry import EntryStanding
from ui.models.entry_words import approval_line, code_line, due_color, visits_line
from ui.widgets.form import NoteLine
from ui.widgets.painted import Themed


class EntryLines(Themed, QWidget):
    """`visits`, `code`, `approval`: a line each, as far as there is something to say."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._shown: tuple[InspectionKind, EntryStanding] | None = None
        self.visits, self.code, self.approval = NoteLine(), NoteLine(), NoteLine()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        for line in (self.visits, self.code, self.approval):
            column.addWidget(line)

    def show_standing(self, kind: InspectionKind, standing: EntryStanding) -> None:
        """Show where the visit stands."""
        self._shown = kind, standing
        color = "warn" if standing.is_over_cap else "text2"
        self.visits.show_note(visits_line(kind, standing), icon="calendar-event", color=color)
        for line, due, say in (
            (self.code, standing.code_due, code_line),
            (self.approval, standing.approval_due, approval_line),
        ):
            line.show_note(say(due) if due else "", icon="clock", color=due_color(due) if due else "text2")

    def retranslate(self) -> None:
        """Say it in the other language."""
        if self._shown is not None:
            self.show_standing(*self._shown)
