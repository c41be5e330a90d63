"""WorkspaceStrip: the bottom strip of the workspace: the last step at the left, what to do at the right."""

from __future__ import annotations

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout

from ui.text import tr
from ui.views.workspace.undo import UndoBar
from ui.widgets.button import Button
from ui.widgets.strips import NO_KEYS_BELOW, BottomStrip


class WorkspaceStrip(BottomStrip):
    """`new`, `add_photos`, `save`, `notices` and the `history` with its own two buttons."""

    def __init__(self) -> None:
        self.new = Button(icon="plus")
        self.add_photos = Button(icon="photo-plus")
        self.save = Button()
        self.notices = Button(kind="primary")
        self.history = UndoBar()
        super().__init__(primary=self.notices, others=[self.new, self.add_photos, self.save])
        row = self.layout()
        if isinstance(row, QHBoxLayout):
            row.insertWidget(0, self.history, 100)  # the hint of the base beside it is empty
        self.retranslate()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Where it is narrow the form has a button of its own to save (look.md §10); the key stays."""
        super().resizeEvent(event)
        self.save.setVisible(self.window().width() / self.theme.scale >= NO_KEYS_BELOW)

    def show_open(self, *, is_open: bool) -> None:
        """Let a visit that has ended be put on paper only."""
        self.notices.allow()
        for button in (self.new, self.add_photos, self.save):
            if is_open:
                button.allow()
            else:
                button.refuse(tr("检查已结束"))

    def show_nothing(self) -> None:
        """There is no visit."""
        for button in (self.new, self.add_photos, self.save, self.notices):
            button.refuse(tr("请先打开一次检查"))

    def retranslate(self) -> None:
        """Name the buttons in the language that is on."""
        if hasattr(self, "history"):
            self.new.setText(tr("新隐患"))
            self.add_photos.setText(tr("添加照片"))
            self.save.setText(tr("保存并下一条"))
            self.notices.setText(tr("生成文书"))
