"""PaperHistory: every printing of a notice, under its facts: how it ended, when, which pages, why again.

history.show_runs(runs, pages, is_printing=…)
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QVBoxLayout, QWidget

from inspector.domain.printing import PrintRun, PrintState
from ui.text import tr
from ui.views.notices.paper_words import run_badge, run_words
from ui.widgets.label import Label, Paragraph
from ui.widgets.painted import Themed
from ui.widgets.panel import HLine
from ui.widgets.tag import Tag


class PaperHistory(Themed, QWidget):
    """See the module text; the latest first, nothing at all before the first printing."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.heading = Label(role="bodyStrong")
        self._rows = QVBoxLayout()
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.addWidget(HLine())
        self._column.addWidget(self.heading)
        self._column.addLayout(self._rows)
        self.retranslate()
        self.restyle()
        self.hide()

    def show_runs(self, runs: Sequence[PrintRun], pages: int, *, is_printing: bool) -> None:
        """Show these, oldest first as they are given; `is_printing`: this window still watches the last one."""
        while (item := self._rows.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        for n, run in reversed(list(enumerate(runs))):
            is_watched = is_printing and run.state is PrintState.SENT and n == len(runs) - 1
            badge = run_badge(run, is_watched=is_watched)
            words = Paragraph(run_words(run, pages), role="meta", color="text2")
            words.setAccessibleName(f"{badge.word} {words.text()}")
            self._rows.addWidget(Tag(badge))
            self._rows.addWidget(words)
            self._rows.addSpacing(self.theme.u(6))
        self._rows.addStretch(1)
        self.setVisible(bool(runs))

    def retranslate(self) -> None:
        """Name everything in the language that is on."""
        self.heading.setText(tr("打印记录"))

    def restyle(self) -> None:
        """Take the gaps of the theme."""
        if hasattr(self, "_column"):
            self._column.setSpacing(self.theme.u(8))
            self._rows.setSpacing(self.theme.u(2))
        super().restyle()
