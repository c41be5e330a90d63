"""RecheckStrip: the last step at the left; at the right shoot, add or choose a photo, the next hazard, the opinion."""

from __future__ import annotations

from PySide6.QtCore import QMargins
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout

from ui.text import tr
from ui.views.workspace.undo import UndoBar
from ui.widgets.button import Button
from ui.widgets.strips import NO_KEYS_BELOW, BottomStrip


class RecheckStrip(BottomStrip):
    """`shoot`, `add_photos`, `choose`, `following`, `paper`, `begin` and the `history` with its own two buttons."""

    _has_visit = False

    def __init__(self) -> None:
        self.shoot = Button(icon="camera")
        self.add_photos = Button(icon="photo-plus")
        self.choose = Button(icon="photo", key="Alt+P")
        self.following = Button(key="Ctrl+Enter")
        self.begin = Button(kind="primary")
        self.paper = Button(kind="primary")
        self.history = UndoBar()
        others = [self.shoot, self.add_photos, self.choose, self.following, self.begin]
        super().__init__(primary=self.paper, others=others)
        row = self.layout()
        if isinstance(row, QHBoxLayout):
            row.insertWidget(0, self.history, 100)  # the hint of the base beside it is empty while it is shown
        self.retranslate()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Where it is narrow photos are added and chosen, and the next hazard reached, by their keys only."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        is_roomy = self.window().width() / self.theme.scale >= NO_KEYS_BELOW
        row = self.layout()
        margins = row.contentsMargins() if row is not None else QMargins()
        room = self.width() - margins.left() - margins.right() - self.history.minimumSizeHint().width()
        for button in (self.shoot, self.paper, self.add_photos, self.following, self.choose):
            room -= button.sizeHint().width() + self.theme.gap
            is_always = button in (self.shoot, self.paper)
            button.setVisible(self._has_visit and (is_always or (is_roomy and room >= 0)))

    def show_visit(self, *, is_open: bool) -> None:
        """A visit is shown; one that has ended can only be put on paper."""
        self._has_visit = True
        self.say("")
        self.history.show()
        self._fit()
        self.begin.hide()
        for button in (self.shoot, self.add_photos, self.choose):
            if is_open:
                button.allow()
            else:
                button.refuse(tr("检查已结束"))

    def show_waiting(self, *, has_any: bool) -> None:
        """What waits is shown."""
        self._has_visit = False
        for widget in (self.shoot, self.add_photos, self.choose, self.following, self.paper, self.history):
            widget.hide()
        self.begin.setVisible(has_any)
        self.say(tr("只列出还没有整改到位的指令书"))

    def retranslate(self) -> None:
        """Name the buttons in the language that is on."""
        if hasattr(self, "history"):
            self.shoot.setText(tr("拍照"))
            self.shoot.set_key(tr("空格"))
            self.add_photos.setText(tr("添加照片"))
            self.choose.setText(tr("选用照片"))
            self.following.setText(tr("下一条"))
            self.begin.setText(tr("开始复查"))
            self.paper.setText(tr("复查意见书"))
