"""SorterBar: what can be done with several photos at once: those that are selected, or those whose time speaks.

bar.show_state(picked=3, proposed={1: 2, 3: 4})      ordinal of the hazard → how many photos; hides when idle
Signals: `follow_wanted()` give all proposed photos to their hazards, `move_wanted()`, `remove_wanted()`.
"""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from ui.text import tr
from ui.widgets.button import Button
from ui.widgets.label import Paragraph
from ui.widgets.panel import Surface


class SorterBar(Surface):
    """See the module text."""

    follow_wanted = Signal()
    move_wanted = Signal()
    remove_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("surface", line="top", parent=parent)
        self._picked, self._proposed = 0, dict[int, int]()
        self.title = Paragraph(role="bodyStrong")
        self.text = Paragraph(role="meta", color="text2")
        self.follow = Button(key="T", on_click=self.follow_wanted.emit)
        self.give = Button(key="M", on_click=self.move_wanted.emit)
        self.remove = Button(kind="quiet", on_click=self.remove_wanted.emit)
        self._row = QHBoxLayout()
        for button in (self.follow, self.give, self.remove):
            self._row.addWidget(button)
        self._row.addStretch(1)
        self._column = QVBoxLayout(self)
        self._column.addWidget(self.title)
        self._column.addWidget(self.text)
        self._column.addLayout(self._row)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.hide()
        self.retranslate()
        self.restyle()

    def show_state(self, *, picked: int, proposed: Mapping[int, int]) -> None:
        """Say what can be done; several selected photos go before proposals."""
        self._picked, self._proposed = picked, dict(proposed)
        has_several = picked > 1
        for button in (self.give, self.remove):
            button.setVisible(has_several)
        self.follow.setVisible(not has_several)
        self.setVisible(has_several or bool(proposed))
        self._say()

    def _say(self) -> None:
        if self._picked > 1:
            self.title.setText(tr("已选 {n} 张", n=self._picked))
            self.text.setText(tr("按 1–9 归到该号隐患，按 0 回到未归属"))
            return
        total = sum(self._proposed.values())
        parts = [tr("隐患 {no}：{n} 张", no=no, n=n) for no, n in sorted(self._proposed.items())]
        self.title.setText(tr("按拍摄时间可归属 {n} 张", n=total))
        self.text.setText("　".join(parts))

    def retranslate(self) -> None:
        """Say it in the language that is on."""
        self.follow.setText(tr("按时间归属"))
        self.give.setText(tr("归属…"))
        self.remove.setText(tr("移除…"))
        self._say()

    def restyle(self) -> None:
        """Take the gaps of the theme."""
        if hasattr(self, "_column"):
            u = self.theme.u
            self._column.setContentsMargins(u(16), u(10), u(16), u(10))
            self._column.setSpacing(u(2))
            self._row.setSpacing(self.theme.gap)
            self._row.setContentsMargins(0, u(6), 0, 0)
        super().restyle()
