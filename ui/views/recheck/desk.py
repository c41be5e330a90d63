"""RecheckDesk: dark comparison and film at the left, the hazard's side at the right; narrow windows give it less."""

from __future__ import annotations

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from ui.views.recheck.comparison import Comparison
from ui.views.recheck.film import Film
from ui.views.recheck.side import RecheckSide
from ui.widgets.painted import Themed
from ui.widgets.panel import Surface
from ui.widgets.thumbs import Thumbs

_SIDE, _NARROW_SIDE = 336, 312


class RecheckDesk(Themed, QWidget):
    """`comparison`, `film` and `side` at their places."""

    def __init__(self, thumbs: Thumbs) -> None:
        super().__init__()
        self.comparison, self.film, self.side = Comparison(), Film(thumbs), RecheckSide()
        left = QVBoxLayout()
        left.setSpacing(0)
        left.addWidget(self.comparison, 1)
        left.addWidget(self.film)
        self._right = Surface("surface", line="left")
        column = QVBoxLayout(self._right)
        column.setContentsMargins(self.theme.line, 0, 0, 0)
        column.addWidget(self.side)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addLayout(left, 1)
        row.addWidget(self._right)
        self._arrange()

    def _arrange(self) -> None:
        is_wide = self.theme.panes(self.window().width()) > 2
        self._right.setFixedWidth(self.theme.u(_SIDE if is_wide else _NARROW_SIDE))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Choose the arrangement for this width."""
        super().resizeEvent(event)
        self._arrange()

    def restyle(self) -> None:
        """The breakpoint follows the text scale."""
        if hasattr(self, "_right"):
            self._arrange()
        super().restyle()
