"""PhotoStrip: the latest photos of a site beside each other, as many as fit; looked at, not pressed."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from inspector.services.sites import SitePhoto
from ui.models.moments import day_time
from ui.text import tr
from ui.widgets.painted import Themed, draw_text
from ui.widgets.row_painter import draw_thumb
from ui.widgets.thumbs import Thumbs

LEAST = 124
"""A photo is at least this wide (unscaled px)."""


class PhotoStrip(Themed, QWidget):
    """See the module text."""

    def __init__(self, thumbs: Thumbs, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._thumbs = thumbs
        self._photos: tuple[SitePhoto, ...] = ()
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        thumbs.arrived.connect(self._show_thumb)

    def show_photos(self, photos: Sequence[SitePhoto]) -> None:
        """Show these, latest first; hides when there are none."""
        self._photos = tuple(photos)
        self.setAccessibleName(tr("最近的照片 {n} 张", n=len(photos)))
        self.setVisible(bool(photos))
        self.update()

    def _show_thumb(self, _sha256: str) -> None:
        self.update()

    def _layout(self, width: int) -> tuple[int, int, int]:
        """Return how many fit, and one photo's width and height in px."""
        gap = self.theme.u(8)
        count = max(1, (width + gap) // (self.theme.u(LEAST) + gap))
        wide = (width - (count - 1) * gap) // count
        return count, wide, round(wide * 3 / 4)

    def hasHeightForWidth(self) -> bool:
        """The photos share the width, so the height follows it."""
        return True

    def heightForWidth(self, width: int) -> int:
        """One line of 4:3 photos with their dates."""
        return self._layout(width)[2] + self.theme.u(26)

    def sizeHint(self) -> QSize:
        """Two photos."""
        width = self.theme.u(2 * LEAST + 8)
        return QSize(width, self.heightForWidth(width))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep photos and dates whole: a scrolling column gives a widget only its least height."""
        super().resizeEvent(event)
        self.setMinimumHeight(self.heightForWidth(self.width()))

    def restyle(self) -> None:
        """The text scale and the theme change how high a date is."""
        super().restyle()
        self.setMinimumHeight(self.heightForWidth(self.width()))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw photos and dates."""
        theme, gap = self.theme, self.theme.u(8)
        count, wide, high = self._layout(self.width())
        with QPainter(self) as painter:
            for n, one in enumerate(self._photos[:count]):
                left = n * (wide + gap)
                box = QRectF(left, 0, wide, high)
                draw_thumb(painter, box, one.sha256, thumbs=self._thumbs, theme=theme, dpr=self.dpr)
                below = QRectF(left, high + theme.u(2), wide, theme.u(24))
                said = day_time(one.at)[:10]
                draw_text(painter, below, said, font=theme.font("meta"), color=theme.color("text2"))
