"""FormPane: the hazard form with a head of its own where it stands in a column: 隐患 3　2026-11-22 09:13 记录."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout, QWidget

from inspector.domain.hazard import Hazard
from ui.models.moments import day_time
from ui.text import tr
from ui.widgets.painted import Themed
from ui.widgets.panel import PaneHeader, ScrollPane


class FormPane(Themed, QWidget):
    """`header` over the form, which scrolls."""

    def __init__(self, form: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._shown: Hazard | int = 0
        self.header = PaneHeader()
        self.header.hide()
        self._scroll = ScrollPane(form)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.header)
        column.addWidget(self._scroll, 1)

    def tell(self, shown: Hazard | int) -> None:
        """Name the recorded hazard, or a new one by its number; 0 names none."""
        self._shown = shown
        if isinstance(shown, Hazard):
            self.header.set_title(tr("隐患 {ordinal}", ordinal=shown.ordinal))
            self.header.set_note(tr("{at} 记录", at=day_time(shown.seen_at)))
        else:
            self.header.set_title(tr("新隐患 {ordinal}", ordinal=shown) if shown else tr("隐患"))
            self.header.set_note("")

    def scroll_up(self) -> None:
        """Show the first field."""
        self._scroll.verticalScrollBar().setValue(0)

    def retranslate(self) -> None:
        """Say it in the other language."""
        self.tell(self._shown)
