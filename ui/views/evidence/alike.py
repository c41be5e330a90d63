"""AlikeBar: says that photos of this visit appeared in an earlier one, and shows them side by side to be explained.

bar.show_inspection(id) asks; Signal `found(ids)`: the pieces that are alike and not explained yet.
"""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from inspector.app import App
from inspector.domain.likeness import Likeness
from ui.tasks import Tasks
from ui.text import tr
from ui.widgets.button import Button
from ui.widgets.icon import IconLabel
from ui.widgets.label import Paragraph
from ui.widgets.panel import Surface


class AlikeBar(Surface):
    """See the module text; hidden while nothing is to be explained."""

    found = Signal(list)

    def __init__(self, services: App, tasks: Tasks, parent: QWidget | None = None) -> None:
        super().__init__("surface", line="top", parent=parent)
        self._services, self._tasks = services, tasks
        self._open: list[Likeness] = []
        self.words = Paragraph(role="meta", color="warn")
        self.compare = Button(kind="quiet", key="Alt+D", on_click=self.open_first)
        self._row = QHBoxLayout(self)
        self._row.addWidget(IconLabel("copy", 18, "warn"))
        self._row.addWidget(self.words, 1)
        self._row.addWidget(self.compare)
        self.hide()
        self.retranslate()
        self.restyle()

    def show_inspection(self, inspection_id: str) -> None:
        """Ask what was found about the photos of a visit."""
        if inspection_id:
            self._tasks.query(self, self._services.likeness.of, inspection_id, done=self._take, key="alike")

    def _take(self, told: dict[str, list[Likeness]]) -> None:
        before = [one.evidence.id for one in self._open]
        self._open = [each[0] for each in told.values() if each and not each[0].is_explained]
        self.setVisible(bool(self._open))
        self._say()
        ids = [one.evidence.id for one in self._open]
        if ids != before:
            self.found.emit(ids)

    def open_first(self) -> None:
        """Alt+D: show the first of them beside the earlier photo."""
        from ui.views.recheck.likeness_dialog import LikenessDialog

        if self._open:
            LikenessDialog(self, self._services, self._tasks, self._open[0]).open()

    def _say(self) -> None:
        self.words.setText(tr("{n} 张照片在以前的检查中出现过", n=len(self._open)))

    def retranslate(self) -> None:
        """Say it in the language that is on."""
        self.compare.setText(tr("查看"))
        self.compare.setAccessibleName(tr("查看相同照片"))
        self._say()

    def restyle(self) -> None:
        """Take the gaps of the theme."""
        if hasattr(self, "_row"):
            u = self.theme.u
            self._row.setContentsMargins(u(16), u(6), u(8), u(6))
            self._row.setSpacing(u(8))
        super().restyle()
