"""FormDesk: a document's form at work: it keeps drafts, makes entries, takes the last one back.

desk = FormDesk(services, tasks, form) ; desk.open(notice, filling, halves) ; desk.undo() ; desk.undone_word()
Signals: `stepped()` what can be taken back changed, `failed(InspectorError)`, `read_wanted(str)` a printed citation.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import Any

from PySide6.QtCore import QObject, Signal

from inspector.app import App
from inspector.domain.changes import Changes
from inspector.domain.notice import Notice
from inspector.errors import InspectorError, InvalidInput
from inspector.services.documents import Filling
from ui.messages import message, reason
from ui.models.document_words import label_of
from ui.tasks import Tasks
from ui.views.documents.field_line import FieldLine
from ui.views.documents.form import DocumentForm
from ui.views.documents.list_box import LawsBox
from ui.views.hazards.basis_dialog import BasisDialog
from ui.views.workspace.saving import FieldSaver

MOST_STEPS = 100
Step = tuple[str, Any, Any]
"""Key of a field, what was typed before (None: nothing), what was typed then."""


class FormDesk(QObject):
    """See the module text."""

    stepped = Signal()
    failed = Signal(object)
    read_wanted = Signal(str)

    def __init__(self, services: App, tasks: Tasks, form: DocumentForm) -> None:
        super().__init__(form)
        self._services, self._tasks, self.form = services, tasks, form
        self._notice: Notice | None = None
        self._industry = ""
        self._typed: dict[str, Any] = {}
        self._steps: dict[str, list[Step]] = {}
        self.saver = FieldSaver(tasks, services.drafts.put, self)
        self.saver.refused.connect(self._refuse)
        self.saver.saved.connect(self._tell_saved)
        form.made.connect(self._take_in)

    @property
    def notice_id(self) -> str:
        """The draft that is open, empty for none."""
        return self._notice.id if self._notice is not None else ""

    def open(self, notice: Notice, filling: Filling, halves: Mapping[str, str], *, industry: str) -> None:
        """Show a draft; what is being typed in it right now is kept."""
        if self.notice_id != notice.id:
            self.shut()
            self.saver.open(owner_of(notice.id), partial(_fill, self._services, notice.id))
        self._notice, self._industry, self._typed = notice, industry, dict(notice.filled)
        self.form.show_filling(filling, halves)
        self.stepped.emit()

    def shut(self) -> None:
        """Finish what is typed; nothing is open any more."""
        if self._notice is not None:
            self.form.flush()
        self.form.clear()
        self._notice = None
        self.saver.open("", None)

    # --- one field -------------------------------------------------------------------------------

    def _take_in(self, line: FieldLine) -> None:
        box, key = line.box, line.key
        box.touched.connect(partial(self._touch, line))
        box.drafted.connect(partial(self.saver.draft, key))
        box.committed.connect(partial(self._commit, key))
        box.left.connect(lambda: self.saver.settle(key, box.half()))
        line.restored.connect(partial(self._commit, key, None))
        if isinstance(box, LawsBox):
            box.wanted.connect(partial(self._choose_law, box))
            box.read.connect(self.read_wanted)

    def _touch(self, line: FieldLine) -> None:
        self.saver.touch(line.key)
        line.show_unsaved(True)

    def _commit(self, key: str, value: Any) -> None:
        if self._notice is None:
            return
        before = self._typed.get(key)
        if before == value:
            return
        self._typed[key] = value
        steps = self._steps.setdefault(self._notice.id, [])
        steps.append((key, before, value))
        del steps[:-MOST_STEPS]
        self.saver.commit(**{key: value})
        self.stepped.emit()

    def _choose_law(self, box: LawsBox) -> None:
        dialog = BasisDialog(self.form, self._services, self._tasks, industry=self._industry)
        dialog.taken.connect(lambda citation: box.take(citation.text()))
        dialog.open()

    def _refuse(self, key: str, error: InspectorError) -> None:
        field = str(error.facts.get("field") or key) if isinstance(error, InvalidInput) else key
        line = self.form.line(field)
        if line is None or not isinstance(error, InvalidInput):
            self.failed.emit(error)
            return
        steps = self._steps.get(self.notice_id, [])
        if steps and steps[-1][0] == field:
            steps.pop()  # it never became an entry
            self.stepped.emit()
        line.show_unsaved(False)
        line.show_error(reason(error) or message(error).sentence)

    def _tell_saved(self) -> None:
        for line in self.form.lines():
            line.show_unsaved(False)

    # --- undo ------------------------------------------------------------------------------------

    def undone_word(self) -> str:
        """Return which field the next undo gives back, empty for none."""
        steps = self._steps.get(self.notice_id)
        line = self.form.line(steps[-1][0]) if steps else None
        if not steps:
            return ""
        return label_of(line.view.field) if line is not None else steps[-1][0]

    def undo(self) -> None:
        """Give the field that was filled last the value that it had before."""
        if self.form.is_typing():
            self.form.flush()
        steps = self._steps.get(self.notice_id)
        if not steps:
            return
        key, before, _after = steps.pop()
        self._typed[key] = before
        self.saver.commit(**{key: before})
        self.form.focus(key)
        self.stepped.emit()


def owner_of(notice_id: str) -> str:
    """Return the name of a draft's form (inspector.services.drafts)."""
    return f"notice:{notice_id}"


def _fill(services: App, notice_id: str, **fields: object) -> Changes:
    return services.notices.fill(notice_id, fields)
