"""Finder: what the camera sees, with the ghost of an earlier photo over it, so that the same spot is shot again.

finder.show_live(image);  finder.show_ghost(QImage);  finder.set_ghost(is_shown=True, opacity=0.4)
"""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSizeF, Qt
from PySide6.QtGui import QImage, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from ui.views.evidence.picture import Picture
from ui.widgets.role import say_role

RING = -5
"""The focus ring stands inside, because the picture goes to the edge of the window."""


class Finder(Picture):
    """A Picture that is painted anew with each frame."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setProperty("ringGap", RING)
        say_role(self, "Graphic")
        self._ghost = QImage()
        self._is_ghost_shown, self._opacity = False, 0.4

    def show_live(self, image: QImage) -> None:
        """Show a frame."""
        self._image, self._note = image, ""
        self.update()

    def show_ghost(self, ghost: QImage) -> None:
        """Lay an earlier photo over what is seen."""
        self._ghost = ghost
        self.update()

    def set_ghost(self, *, is_shown: bool, opacity: float) -> None:
        """Show the ghost or not, and how strongly (0 to 1)."""
        self._is_ghost_shown, self._opacity = is_shown, opacity
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the frame and the ghost, each whole, both in the middle."""
        with QPainter(self) as painter:
            painter.fillRect(self.rect(), self.theme.color("canvas"))
            if self._image.isNull():
                self._draw_note(painter)
                return
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            frame = self.frame()
            painter.drawImage(frame, self._image)
            if self._is_ghost_shown and not self._ghost.isNull():
                size = QSizeF(self._ghost.size()).scaled(frame.size(), Qt.AspectRatioMode.KeepAspectRatio)
                place = QRectF(QPointF(0, 0), size)
                place.moveCenter(frame.center())
                painter.setOpacity(self._opacity)
                painter.drawImage(place, self._ghost)
