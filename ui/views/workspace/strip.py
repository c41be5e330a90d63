"""WorkspaceStrip: the bottom strip of the workspace: the last step at the left, what to do at the right."""

from __future__ import annotations

from PySide6.QtCore import QMargins
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout

from ui.text import tr
from ui.views.workspace.undo import UndoBar
from ui.widgets.button import Button
from ui.widgets.strips import NO_KEYS_BELOW, BottomStrip


class WorkspaceStrip(BottomStrip):
    """`new`, `shoot`, `add_photos`, `save`, `notices` and the `history` with its own two buttons."""

    def __init__(self) -> None:
        self.new = Button(icon="plus")
        self.shoot = Button(icon="camera")
        self.add_photos = Button(icon="photo-plus")
        self.save = Button()
        self.notices = Button(kind="primary")
        self.history = UndoBar()
        super().__init__(primary=self.notices, others=[self.new, self.shoot, self.add_photos, self.save])
        row = self.layout()
        if isinstance(row, QHBoxLayout):
            row.insertWidget(0, self.history, 100)  # the hint of the base beside it is empty
        self.retranslate()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Where it is narrow, form and photos have buttons of their own to save and to add (look.md §10); keys stay."""
        super().resizeEvent(event)
        self._fit()

    def restyle(self) -> None:
        """Gloves, scale and sunlight make the buttons wider."""
        super().restyle()
        if hasattr(self, "history"):
            self._fit()

    def _fit(self) -> None:
        """Hide what has a button of its own elsewhere; what is left keeps its keys where all of it fits with them."""
        self.save.setVisible(self.window().width() / self.theme.scale >= NO_KEYS_BELOW)
        row = self.layout()
        others = [self.new, self.shoot, self.notices, *([self.save] if not self.save.isHidden() else [])]
        margins = row.contentsMargins() if row is not None else QMargins()
        room = self.width() - margins.left() - margins.right() - self.history.minimumSizeHint().width()
        needed = sum(button.sizeHint().width() + self.theme.gap for button in [*others, self.add_photos])
        self.add_photos.setVisible(room >= needed)

    def show_open(self, *, is_open: bool) -> None:
        """Let a visit that has ended be put on paper only."""
        self.notices.allow()
        for button in (self.new, self.shoot, self.add_photos, self.save):
            if is_open:
                button.allow()
            else:
                button.refuse(tr("检查已结束"))

    def show_nothing(self) -> None:
        """There is no visit."""
        for button in (self.new, self.shoot, self.add_photos, self.save, self.notices):
            button.refuse(tr("请先打开一次检查"))

    def retranslate(self) -> None:
        """Name the buttons in the language that is on."""
        if hasattr(self, "history"):
            self.new.setText(tr("新隐患"))
            self.shoot.setText(tr("拍照"))
            self.shoot.set_key(tr("空格"))
            self.add_photos.setText(tr("添加照片"))
            self.save.setText(tr("保存并下一条"))
            self.notices.setText(tr("生成文书"))
            self._fit()
