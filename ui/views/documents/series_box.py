"""SeriesBox: the base of boxes that hold several entries under each other: lists, tables, questions and answers.

A subclass makes one part an entry (`_part`), says what parts come to (`value`), and rebuilds on `show_value`.
Each part's fields are given to `_watch`, so that typing in any of them keeps the whole series as a draft.
"""

from __future__ import annotations

import json
from typing import Any

from inspector.law.documents import DocumentField
from ui.views.documents.field_box import FieldBox
from ui.widgets.fields import TextField
from ui.widgets.text_area import TextArea

Field = TextField | TextArea


class SeriesBox(FieldBox):
    """See the module text."""

    is_wide = True

    def __init__(self, field: DocumentField) -> None:
        super().__init__(field)
        self._told: list[Any] = []
        self._is_fixed = False

    def value(self) -> list[Any]:
        """Return the entries that say something."""
        return []

    def fields(self) -> list[Field]:
        """Return every field of the parts."""
        return []

    def _build(self, value: list[Any]) -> None:
        """Show these entries instead of what is shown."""

    def _watch(self, field: Field) -> None:
        typed = field.textEdited if isinstance(field, TextField) else field.textChanged
        typed.connect(lambda *_text: self.touched.emit() if field.has_pending() else None)
        field.installEventFilter(self)
        field.drafted.connect(lambda _text: self.drafted.emit(self.half()))
        field.committed.connect(lambda _text: self.commit())

    def half(self) -> str:
        """The entries as JSON."""
        return json.dumps(self.value(), ensure_ascii=False)

    def commit(self) -> None:
        """Record the series if it came to something else."""
        value = self.value()
        if value != self._told:
            self._told = value
            self.committed.emit(value or ([] if self.empty == "" else None))

    def show_value(self, value: Any) -> None:
        """Show kept entries, unless they are those that stand here or somebody types."""
        kept = list(value or ())
        if kept == self.value() or self.is_typing():
            self._told = kept
            return
        self._told = kept
        self._build(kept)
        self.set_read_only(self._is_fixed)
        self.rebuilt.emit()

    def restore(self, half: str) -> None:
        """Show the half-typed entries; they become an entry when the box is left."""
        try:
            kept = json.loads(half)
        except ValueError:
            return
        if isinstance(kept, list) and kept != self.value():
            told = self._told
            self._build(kept)
            self._told = told
            self.rebuilt.emit()

    def is_typing(self) -> bool:
        """Whether a field of a part is being typed in."""
        return any(field.hasFocus() and field.has_pending() for field in self.fields())

    def flush(self) -> None:
        """Finish every field, then the whole."""
        for field in self.fields():
            field.flush()
        if not self._is_fixed:
            self.commit()

    def set_read_only(self, is_read_only: bool) -> None:
        """Fix every field."""
        self._is_fixed = is_read_only
        for field in self.fields():
            field.set_read_only(is_read_only)

    def set_error(self, is_wrong: bool) -> None:
        """The edges of the parts."""
        for field in self.fields():
            field.set_error(is_wrong)
