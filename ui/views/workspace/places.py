"""WorkspacePlaces: where one stands in the workspace: keys and tabs bring a part, findings and undo bring a field."""

from __future__ import annotations

from PySide6.QtCore import Qt

from ui.models.moments import day_time
from ui.views.proof.desk import Place
from ui.views.workspace.arrangement import CHECKS, FACTS, HAZARDS, PHOTOS
from ui.views.workspace.parts import WorkspaceParts
from ui.views.workspace.record import WorkspaceRecord

ENTRY = frozenset(
    {
        "approval_no",
        "approved_at",
        "approved_by",
        "entry_code",
        "is_enterprise",
        "is_urgent",
        "kind",
        "no_code_filed_at",
        "no_code_reason",
        "observers",
        "recusal",
        "task_no",
    }
)
"""Fields of a visit that the entry dialog shows."""


class WorkspacePlaces(WorkspaceParts):
    """The parts, and the ways to them; a subclass shows what was read (`_show_…`)."""

    _record: WorkspaceRecord | None = None
    _current: str = ""
    """The hazard that the form, the list and the photos stand on."""

    def _place(self) -> Place | None:
        record = self._record
        if record is None:
            return None
        return Place(record.inspection.id, record.site.name, day_time(record.inspection.started_at)[:10])

    def _focus_part(self, part: str) -> None:
        self.arrangement.go(part)
        reason = Qt.FocusReason.ShortcutFocusReason
        if part == CHECKS:
            self.checks.pane.focus()
        elif part == FACTS:
            self.facts.focus("place")
        elif part == PHOTOS:
            target = self.photos.grid if self.photos.count() else self.photos.add
            target.setFocus(reason)
        elif self.hazards.is_empty():
            self.hazards.new.setFocus(reason)
        else:
            self.hazards.list.setFocus(reason)

    def _stand_on(self, field: str) -> None:
        """Put the focus where a finding points: hazard.<id>.<field>, inspection.<field>, check.<code> …"""
        kind, _, rest = field.partition(".")
        if kind == "hazard":
            hazard_id, _, name = rest.partition(".")
            self._stand_on_hazard(hazard_id, name)
        elif kind == "evidence":
            self._focus_part(PHOTOS)
            self.photos.grid.choose(rest)
        elif kind in {"hazards", "soft_step"}:
            self._focus_part(HAZARDS)
        elif kind == "check":
            self._focus_part(CHECKS)
            self.checks.pane.stand_on(rest)
        elif kind == "inspection" and rest in ENTRY:
            self.acts.open_entry(self._record, rest)
        else:
            self.arrangement.go(FACTS)
            self.facts.focus(rest)

    def _stand_on_hazard(self, hazard_id: str, field: str) -> None:
        if self._record is None or self._record.hazard(hazard_id) is None:
            self._focus_part(HAZARDS)
            return
        if self.desk.is_new:
            self._remember_new(self.desk.texts())
        self._current = hazard_id
        self.desk.shut()
        self._show_list()
        self._show_desk(is_first=False)
        self._show_photos()
        if field == "photos":
            self._focus_part(PHOTOS)
            return
        self.arrangement.go(HAZARDS)
        self.desk.form.focus(field)

    def _remember_new(self, texts: dict[str, str]) -> None:
        """Note what is half-typed, so that it is offered at once."""

    def _show_list(self) -> None:
        """Show the hazards."""

    def _show_desk(self, *, is_first: bool) -> None:
        """Show the current hazard in the form."""

    def _show_photos(self) -> None:
        """Show the photos."""
