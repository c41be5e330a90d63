"""RefusedPanel: which files were not taken in and why, in words; stays until it is read."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from ui.models.evidence_words import refusal
from ui.text import tr
from ui.widgets.button import Button
from ui.widgets.icon import IconLabel
from ui.widgets.label import Label, Paragraph
from ui.widgets.panel import Surface
from ui.widgets.rows import Row, RowList

MOST_SHOWN = 4


class RefusedPanel(Surface):
    """A list of names and reasons. Signal `read()` when it was closed."""

    read = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("surface", line="top", parent=parent)
        self._refused: tuple[tuple[str, str], ...] = ()
        self._kept = 0
        self._icon = IconLabel("filled/alert-triangle", 18, "warn")
        self.title = Label(role="bodyStrong")
        self.safe = Paragraph(role="meta", color="text2")
        self.list = RowList(height="rowDouble")
        self.done = Button(kind="quiet", on_click=self._close)
        self._head = QHBoxLayout()
        self._head.addWidget(self._icon)
        self._head.addWidget(self.title, 1)
        self._foot = QHBoxLayout()
        self._foot.addWidget(self.safe, 1)
        self._foot.addWidget(self.done)
        self._column = QVBoxLayout(self)
        self._column.addLayout(self._head)
        self._column.addWidget(self.list)
        self._column.addLayout(self._foot)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.hide()
        self.retranslate()
        self.restyle()

    def show_refused(self, refused: Sequence[tuple[str, str]], *, kept: int) -> None:
        """Show what was refused, (file name, reason code) each; nothing hides the panel."""
        self._refused, self._kept = tuple(refused), kept
        self.list.set_rows([Row(id=str(n), title=name, second=refusal(why)) for n, (name, why) in enumerate(refused)])
        self.setVisible(bool(refused))
        self.retranslate()
        self.restyle()

    def _close(self) -> None:
        self.hide()
        self.read.emit()

    def retranslate(self) -> None:
        """Say it in the language that is on."""
        self.title.setText(tr("{n} 个文件没有收进来", n=len(self._refused)))
        self.safe.setText(tr("其余 {n} 个已保存；原文件都没有改动", n=self._kept))
        self.done.setText(tr("知道了"))
        self.list.setAccessibleName(self.title.text())

    def restyle(self) -> None:
        """Take the gaps of the theme."""
        if hasattr(self, "_foot"):
            u = self.theme.u
            self._column.setContentsMargins(0, u(12), 0, u(8))
            self._column.setSpacing(u(6))
            self._head.setContentsMargins(u(16), 0, u(16), 0)
            self._head.setSpacing(u(8))
            self._foot.setContentsMargins(u(16), 0, u(8), 0)
            self._foot.setSpacing(u(8))
            shown = min(MOST_SHOWN, max(1, len(self._refused)))
            self.list.setFixedHeight(shown * self.theme.size("rowDouble"))
        super().restyle()
