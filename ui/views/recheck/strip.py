"""RecheckStrip: the last step at the left; add a photo, choose one, the next hazard, the opinion at the right."""

from __future__ import annotations

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout

from ui.text import tr
from ui.views.workspace.undo import UndoBar
from ui.widgets.button import Button
from ui.widgets.strips import NO_KEYS_BELOW, BottomStrip


class RecheckStrip(BottomStrip):
    """`add`, `choose`, `following`, `paper`, `begin` and the `history` with its own two buttons."""

    _has_visit = False

    def __init__(self) -> None:
        self.add = Button(icon="photo-plus")
        self.choose = Button(icon="photo", key="Alt+P")
        self.following = Button(key="Ctrl+Enter")
        self.begin = Button(kind="primary")
        self.paper = Button(kind="primary")
        self.history = UndoBar()
        super().__init__(primary=self.paper, others=[self.add, self.choose, self.following, self.begin])
        row = self.layout()
        if isinstance(row, QHBoxLayout):
            row.insertWidget(0, self.history, 100)  # the hint of the base beside it is empty while it is shown
        self.retranslate()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Where it is narrow photos are chosen, and the next hazard reached, by their keys only (look.md §10)."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        is_roomy = self.window().width() / self.theme.scale >= NO_KEYS_BELOW
        for button in (self.choose, self.following):
            button.setVisible(is_roomy and self._has_visit)

    def show_visit(self, *, is_open: bool) -> None:
        """A visit is shown; one that has ended can only be put on paper."""
        self._has_visit = True
        self.say("")
        for widget in (self.add, self.paper, self.history):
            widget.show()
        self._fit()
        self.begin.hide()
        for button in (self.add, self.choose):
            if is_open:
                button.allow()
            else:
                button.refuse(tr("检查已结束"))

    def show_waiting(self, *, has_any: bool) -> None:
        """What waits is shown."""
        self._has_visit = False
        for widget in (self.add, self.choose, self.following, self.paper, self.history):
            widget.hide()
        self.begin.setVisible(has_any)
        self.say(tr("只列出还没有整改到位的指令书"))

    def retranslate(self) -> None:
        """Name the buttons in the language that is on."""
        if hasattr(self, "history"):
            self.add.setText(tr("添加照片"))
            self.choose.setText(tr("选用照片"))
            self.following.setText(tr("下一条"))
            self.begin.setText(tr("开始复查"))
            self.paper.setText(tr("复查意见书"))
