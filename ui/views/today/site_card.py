"""SiteCard: the right column of Today: the site of the chosen inspection and what happened there before."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from inspector.services.sites import SiteHistory
from ui.context import today
from ui.text import tr
from ui.views.sites.history import SiteHistoryPart
from ui.widgets.painted import Themed
from ui.widgets.panel import Card, PaneHeader, ScrollPane
from ui.widgets.thumbs import Thumbs


class SiteCard(Themed, QWidget):
    """Hidden where the window is narrow. Signal `wanted(place, record_id)`."""

    wanted = Signal(str, str)

    def __init__(self, thumbs: Thumbs, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._card = Card(padding=0)
        self._head = PaneHeader()
        self.part = SiteHistoryPart(thumbs)
        self.part.wanted.connect(self.wanted)
        ground = QWidget()
        column = QVBoxLayout(ground)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.part)
        self._card.column.addWidget(self._head)
        self._card.column.addWidget(ScrollPane(ground), 1)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self._card)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Expanding)
        self.retranslate()
        self.restyle()

    def show_history(self, history: SiteHistory | None) -> None:
        """Show the site of an inspection; None empties the card."""
        self._card.setVisible(history is not None)
        self.part.show_history(history, today())

    def retranslate(self) -> None:
        """Say it again."""
        self._head.set_title(tr("被检查单位"))

    def restyle(self) -> None:
        """Take the width of the theme."""
        self.setFixedWidth(self.theme.u(304))
        super().restyle()
