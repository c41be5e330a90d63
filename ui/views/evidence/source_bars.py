"""CardBar offers the photos of a card that was plugged in; WatchBar says which folder is watched.

bar.show_card(Card | None)      signals: `wanted(is_all)`, `dismissed()`
bar.show_folder(Path | None, is_there=…)      signal: `stopped()`
"""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from ui.text import tr
from ui.views.evidence.arrivals import Card
from ui.widgets.button import Button
from ui.widgets.icon import IconLabel
from ui.widgets.label import Label, Paragraph
from ui.widgets.panel import Surface

CARD_KEY = "Ctrl+Shift+I"


class _Bar(Surface):
    """An icon and a title, a line below, buttons."""

    def __init__(self, icon: str, title: Label | Paragraph, parent: QWidget | None = None) -> None:
        super().__init__("surface", line="top", parent=parent)
        self.icon = IconLabel(icon, 18, "accent")
        self.title = title
        self.text = Paragraph(role="meta", color="text2")
        self._head = QHBoxLayout()
        self._head.addWidget(self.icon)
        self._head.addWidget(self.title, 1)
        self.buttons = QHBoxLayout()
        self._column = QVBoxLayout(self)
        self._column.addLayout(self._head)
        self._column.addWidget(self.text)
        self._column.addLayout(self.buttons)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.hide()
        self.restyle()

    def restyle(self) -> None:
        """Take the gaps of the theme."""
        if hasattr(self, "_column"):
            u = self.theme.u
            self._column.setContentsMargins(u(16), u(6), u(16), u(6))
            self._column.setSpacing(u(2))
            self._head.setSpacing(u(8))
            self.buttons.setSpacing(self.theme.gap)
            self.buttons.setContentsMargins(0, u(6), 0, 0)
        super().restyle()


class CardBar(_Bar):
    """See the module text."""

    wanted = Signal(bool)
    dismissed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("device-sd-card", Paragraph(role="bodyStrong"), parent)
        self._card: Card | None = None
        self.recent = Button(on_click=lambda: self.wanted.emit(False))
        self.all = Button(kind="quiet", on_click=lambda: self.wanted.emit(True))
        self.shut = Button(kind="quiet", on_click=self.dismissed.emit)
        for button in (self.recent, self.all, self.shut):
            self.buttons.addWidget(button)
        self.buttons.addStretch(1)
        self.retranslate()

    def show_card(self, card: Card | None) -> None:
        """Offer this card; None hides the bar."""
        self._card = card
        self.setVisible(card is not None)
        self.retranslate()

    def retranslate(self) -> None:
        """Say it in the language that is on."""
        if self._card is None:
            return
        photos = self._card.photos
        total = len(photos.files)
        name = self._card.volume.label
        if photos.recent:
            self.title.setText(tr("存储卡 {name}：检查后新拍 {n} 张", name=name, n=photos.recent))
        else:
            self.title.setText(tr("存储卡 {name}：没有新拍的", name=name))
        self.text.setText(tr("卡上共 {n} 张；只复制，卡上不改动", n=total))
        self.recent.setText(tr("收进 {n} 张", n=photos.recent or total))
        self.recent.setToolTip(CARD_KEY)  # a keycap has no room beside three buttons
        self.all.setText(tr("全部"))
        self.all.setAccessibleName(tr("全部 {n} 张", n=total))
        self.all.setVisible(0 < photos.recent < total)
        self.shut.setText(tr("不用"))


class WatchBar(_Bar):
    """See the module text."""

    stopped = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("eye", Label(role="bodyStrong"), parent)
        self._folder: Path | None = None
        self._is_there = True
        self.stop = Button(kind="quiet", on_click=self.stopped.emit)
        self._head.addWidget(self.stop)
        self.retranslate()

    def show_folder(self, folder: Path | None, *, is_there: bool) -> None:
        """Say that this folder is watched; None hides the bar."""
        self._folder, self._is_there = folder, is_there
        self.setVisible(folder is not None)
        self.icon.show_icon("eye" if is_there else "filled/alert-triangle", "accent" if is_there else "warn")
        self.retranslate()

    def retranslate(self) -> None:
        """Say it in the language that is on."""
        if self._folder is None:
            return
        self.title.setText(tr("监视中：{name}", name=self._folder.name or str(self._folder)))
        said = tr("存进这个文件夹的新照片会自动收进来")
        self.title.setToolTip(f"{self._folder}\n{said}")
        self.title.setAccessibleDescription(said)
        # Two lines only where something is wrong: photos need the room of a low window.
        self.text.setVisible(not self._is_there)
        self.text.setText(tr("这个文件夹现在打不开；接上后自动继续"))
        self.stop.setText(tr("停止"))
        self.stop.setAccessibleName(tr("停止监视"))
