"""FilmPicture: the frame of the player: as large as it fits, enlarged, or pixel by pixel (native)."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QImage

from ui.views.evidence.picture import Picture


class FilmPicture(Picture):
    """A Picture whose frames change quickly and keep scale and place; `show_native(size)` shows each pixel as one."""

    def show_frame(self, image: QImage) -> None:
        """Show the next frame."""
        self.show_image(image)

    def is_fitting(self) -> bool:
        """Whether the whole frame is seen."""
        return self.zoom <= 1.0

    def show_native(self, native: QSize) -> None:
        """Enlarge so that one pixel of a frame of that size takes one of the screen; a smaller frame stays fitting."""
        fitting = native.scaled(self.size(), Qt.AspectRatioMode.KeepAspectRatio)
        self.fit()
        if fitting.width():
            self._zoom_to(native.width() / self.dpr / fitting.width())

    def minimumSizeHint(self) -> QSize:
        """Gives way: on a small screen the controls need their room."""
        return QSize(self.theme.u(200), self.theme.u(48))
