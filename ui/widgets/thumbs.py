"""Thumbs: previews of photos for rows and grids, read and decoded on a work thread, kept small and bounded.

thumbs = Thumbs(tasks, services.evidence.preview)      # (sha256, edge) -> JPEG bytes
picture = thumbs.picture(sha256, 45, 36, dpr)          # QPixmap, or None and `arrived(sha256)` follows
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable

from PySide6.QtCore import QObject, QRect, QSize, Qt, Signal
from PySide6.QtGui import QImage, QPixmap

from inspector.errors import InspectorError
from ui.tasks import Tasks

EDGE = 480
"""Longest edge of the preview that is asked for, in px; one size serves rows and grids."""
KEPT = 16
"""Decoded previews kept in memory until they are fitted: about 0.7 MB each, 11 MB at most."""
FITTED = 96
"""Pictures kept as they are drawn, 0.1 MB or less each; a screen shows fewer at once."""


def _read(load: Callable[[str, int], bytes], sha256: str) -> QImage:
    """Runs on a work thread: QImage may be made there, QPixmap may not."""
    return QImage.fromData(load(sha256, EDGE))


class Thumbs(QObject):
    """A cache of previews. Signal `arrived(sha256)` when one that was missing can be drawn."""

    arrived = Signal(str)

    def __init__(self, tasks: Tasks, load: Callable[[str, int], bytes], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._tasks, self._load = tasks, load
        self._images: OrderedDict[str, QImage] = OrderedDict()
        self._fitted: OrderedDict[tuple[str, int, int, float], QPixmap] = OrderedDict()
        self._asked: set[str] = set()
        self._broken: set[str] = set()

    def is_broken(self, sha256: str) -> bool:
        """Whether its preview can't be made (the original is kept all the same)."""
        return sha256 in self._broken

    def picture(self, sha256: str, width: int, height: int, dpr: float) -> QPixmap | None:
        """Return the picture cropped to fill width x height logical px; None while it is being read."""
        key = (sha256, width, height, dpr)
        if key in self._fitted:
            self._fitted.move_to_end(key)
            return self._fitted[key]
        image = self._images.get(sha256)
        if image is None:
            self._ask(sha256)
            return None
        self._fitted[key] = made = _fill(image, QSize(round(width * dpr), round(height * dpr)), dpr)
        while len(self._fitted) > FITTED:
            self._fitted.popitem(last=False)
        return made

    def _ask(self, sha256: str) -> None:
        if not sha256 or sha256 in self._asked or sha256 in self._broken:
            return
        self._asked.add(sha256)
        self._tasks.query(
            self,
            _read,
            self._load,
            sha256,
            done=lambda image: self._take(sha256, image),
            failed=lambda error: self._miss(sha256, error),
        )

    def _take(self, sha256: str, image: QImage) -> None:
        self._asked.discard(sha256)
        if image.isNull():
            self._broken.add(sha256)
        self._images[sha256] = image
        while len(self._images) > KEPT:
            self._images.popitem(last=False)
        self.arrived.emit(sha256)

    def _miss(self, sha256: str, _error: InspectorError) -> None:
        self._asked.discard(sha256)
        self._broken.add(sha256)
        self.arrived.emit(sha256)


def _fill(image: QImage, target: QSize, dpr: float) -> QPixmap:
    """Scale to cover the target and cut the middle out."""
    if image.isNull():
        return QPixmap()
    mode = Qt.AspectRatioMode.KeepAspectRatioByExpanding
    scaled = image.scaled(target, mode, Qt.TransformationMode.SmoothTransformation)
    left, top = (scaled.width() - target.width()) // 2, (scaled.height() - target.height()) // 2
    made = QPixmap.fromImage(scaled.copy(QRect(left, top, target.width(), target.height())))
    made.setDevicePixelRatio(dpr)
    return made
