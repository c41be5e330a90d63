"""FieldSaver: typing reaches a draft row within a second, a finished value becomes one patch entry (decisions.md 2).

    saver = FieldSaver(tasks, services.drafts.put)
    saver.open("hazard:<id>", partial(services.hazards.patch, hazard_id))     patch=None: a new form, drafts only
    bind(saver, "place", field)                                             any TextField, TextArea, NumberField
    saver.commit(severity=Severity.MAJOR)                                   choices: an entry at once
Signals: `unsaved()` something typed is not in the store yet; `saved()` all of it is; `refused(field, InspectorError)`.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QEvent, QObject, QTimer, Signal

from inspector.domain.changes import Changes
from inspector.errors import InspectorError
from ui.tasks import Tasks
from ui.widgets.fields import TextField
from ui.widgets.text_area import TextArea

Put = Callable[[str, str, str], None]
Patch = Callable[..., Changes]


class FieldSaver(QObject):
    """Keeps one form at a time; see the module text."""

    unsaved = Signal()
    saved = Signal()
    refused = Signal(str, object)

    def __init__(self, tasks: Tasks, put: Put, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._tasks, self._put = tasks, put
        self._owner = ""
        self._patch: Patch | None = None
        self._touched: set[str] = set()
        self._under_way = self._committing = self._commits = 0

    @property
    def owner(self) -> str:
        """The form that is kept, empty for none."""
        return self._owner

    @property
    def is_settled(self) -> bool:
        """Whether everything typed has reached the store."""
        return not self._touched and not self._under_way

    @property
    def stamp(self) -> int:
        """How many values were committed so far; -1 while one is under way: what is read meanwhile may lack it."""
        return -1 if self._committing else self._commits

    def open(self, owner: str, patch: Patch | None) -> None:
        """Keep another form from now on; what is under way for the last one still arrives."""
        if self._touched:
            self._touched.clear()
            self._tell_if_settled()
        self._owner, self._patch = owner, patch

    def touch(self, field: str) -> None:
        """Note that a field was typed in just now."""
        if self._owner:
            self._touched.add(field)
            self.unsaved.emit()

    def draft(self, field: str, value: str) -> None:
        """Keep the half-typed value of a field."""
        if self._owner:
            self._touched.discard(field)
            self._send(field, self._put, self._owner, field, value)

    def commit(self, **fields: object) -> None:
        """Record finished values as one entry; in a new form they stay drafts of their field."""
        if not self._owner:
            return
        self._touched.difference_update(fields)
        if self._patch is not None:
            self._committing += 1
            self._commits += 1
            self._send(",".join(fields), partial(self._patch, **fields), is_commit=True)
            return
        for name, value in fields.items():
            self.draft(name, str(value))

    def settle(self, field: str, value: str) -> None:
        """The field was left: a change that was taken back within the pause still overwrites its draft."""
        if field in self._touched:
            self.draft(field, value)

    def _send(self, field: str, work: Callable[..., object], *args: object, is_commit: bool = False) -> None:
        self._under_way += 1
        missed = partial(self._missed, self._owner, field, is_commit)
        self._tasks.command(self, work, *args, done=lambda _told: self._arrived(is_commit), failed=missed)

    def _arrived(self, is_commit: bool) -> None:
        self._under_way -= 1
        self._committing -= is_commit
        self._tell_if_settled()

    def _missed(self, owner: str, field: str, is_commit: bool, error: InspectorError) -> None:
        self._under_way -= 1
        self._committing -= is_commit
        if owner == self._owner:
            self._touched.update(field.split(","))  # still only on the screen: it stays 未保存
        for name in field.split(","):
            self.refused.emit(name, error)
        self._tell_if_settled()

    def _tell_if_settled(self) -> None:
        if self.is_settled:
            self.saved.emit()


class _LeaveWatch(QObject):
    """Tells the saver after a field has lost the focus and has finished its own business."""

    def __init__(self, saver: FieldSaver, name: str, field: TextField | TextArea) -> None:
        super().__init__(field)
        self._saver, self._name, self._field = saver, name, field
        field.installEventFilter(self)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """Look only at the leaving."""
        if event.type() == QEvent.Type.FocusOut:
            QTimer.singleShot(0, self, self._settle)
        return False

    def _settle(self) -> None:
        self._saver.settle(self._name, self._field.value())
        if isinstance(self._field, TextField):
            self._field.setCursorPosition(0)  # a long value is read from its beginning


def bind(saver: FieldSaver, name: str, field: TextField | TextArea, *, commits: bool = True) -> None:
    """Let a field save itself under `name`. Not `commits`: only its half-typed text; somebody else makes the entry."""
    if isinstance(field, TextField):
        field.textEdited.connect(lambda _text: saver.touch(name))
    else:
        field.textChanged.connect(lambda: saver.touch(name) if field.has_pending() else None)
    field.drafted.connect(partial(saver.draft, name))
    if commits:
        field.committed.connect(lambda value: saver.commit(**{name: value}))
    _LeaveWatch(saver, name, field)
