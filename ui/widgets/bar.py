"""Bar: a share without words, 6 px high; blue while something is open, green when all is done.

bar = Bar();  bar.show_share(37 / 40, name="通过 37，共 40")
"""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QProgressBar, QSizePolicy, QWidget

from ui.widgets.painted import Themed
from ui.widgets.progress import draw_bar

_STEPS = 10_000


class Bar(Themed, QProgressBar):
    """See the module text."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setRange(0, _STEPS)
        self.setTextVisible(False)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_share(self, share: float, *, name: str) -> None:
        """Show a share of 0..1; `name` says it to a screen reader."""
        self.setValue(round(_STEPS * share))
        self.setAccessibleName(name)
        self.update()

    def sizeHint(self) -> QSize:
        """The bar and a little air."""
        return QSize(self.theme.u(120), self.theme.u(10))

    def minimumSizeHint(self) -> QSize:
        """Keeps its height."""
        return QSize(self.theme.u(40), self.theme.u(10))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw it."""
        with QPainter(self) as painter:
            draw_bar(painter, QRectF(self.rect()), self.value() / _STEPS, theme=self.theme)
