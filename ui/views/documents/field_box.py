"""FieldBox: what one field of a document is filled in with; the kinds of boxes are its subclasses.

box.show_value(value) ; box.restore(half) ; box.flush() ; box.stops() the widgets Tab passes, from top to bottom
Signals (by the user only): `touched()` typed just now, `drafted(str)` the half-typed text, `committed(object)` a
finished value as `Notice.filled` keeps it (None: nothing), `refused(str)` why what was typed is no value ("" none),
`rebuilt()` parts came or went, `left()` a part lost the focus and has finished its own business.
"""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from inspector.law.documents import DocumentField
from ui.widgets.painted import Themed


class FieldBox(Themed, QWidget):
    """See the module text; `is_wide` boxes stand under their label, not beside it."""

    touched = Signal()
    drafted = Signal(str)
    committed = Signal(object)
    refused = Signal(str)
    rebuilt = Signal()
    left = Signal()
    is_wide = False

    def __init__(self, field: DocumentField) -> None:
        super().__init__()
        self.field = field
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)

    @property
    def empty(self) -> Any:
        """What an emptied field is kept as: blank where records or pack would fill it again, else nothing."""
        return "" if self.field.source or self.field.default else None

    def show_value(self, value: Any) -> None:
        """Show a kept value without signals; what is being typed right now stays."""

    def restore(self, half: str) -> None:
        """Put back half-typed text as if it were typed just now."""

    def is_typing(self) -> bool:
        """Whether something is typed that was not committed yet."""
        return False

    def set_read_only(self, is_read_only: bool) -> None:
        """Show it as fixed by records."""

    def set_error(self, is_wrong: bool) -> None:
        """Draw the edge in danger; nothing for boxes without an edge."""

    def flush(self) -> None:
        """Finish what is being typed."""

    def half(self) -> str:
        """Return what is typed as `drafted` tells it."""
        return ""

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """Look only at the leaving of a part that was given to this filter."""
        if event.type() == QEvent.Type.FocusOut:
            QTimer.singleShot(0, self, self.left.emit)
        return False

    def stops(self) -> list[QWidget]:
        """Return what Tab passes, from top to bottom."""
        return [w for w in self.findChildren(QWidget) if w.focusPolicy() & Qt.FocusPolicy.TabFocus]

    def focus(self) -> None:
        """Stand where filling in begins."""
        first = next(iter(self.stops()), None)
        if first is not None:
            first.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def name(self, label: str) -> None:
        """Name it for a screen reader."""
        self.setAccessibleName(label)

    def restyle(self) -> None:
        """Take the gaps of the theme."""
        self.column.setSpacing(self.theme.u(6))
        super().restyle()
