"""EvidenceGrid: the PhotoGrid with drags both ways: files and folders in, a photo out onto a hazard.

Signals besides PhotoGrid's: `files_dropped(list[Path])`, `move_wanted(id)` (M, or a click on 归属…), `menu_wanted(id)`.
"""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QMimeData, QPoint, QRectF, Qt, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QDrag,
    QDragEnterEvent,
    QDragMoveEvent,
    QDropEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPixmap,
)
from PySide6.QtWidgets import QApplication, QStyleOptionViewItem

from ui.theme.look import theme as current_theme
from ui.widgets.painted import draw_box, draw_icon, draw_text
from ui.widgets.photos import ITEM_ROLE, Index, Photo, PhotoGrid, PhotoPainter
from ui.widgets.thumbs import Thumbs

MIME = "application/x-field-inspector-evidence"


def is_dragging(mime: QMimeData) -> bool:
    """Whether photos of this window are being dragged."""
    return mime.hasFormat(MIME)


def dragged_ids(mime: QMimeData) -> list[str]:
    """Return the ids of the dragged photos."""
    return bytes(mime.data(MIME).data()).decode("utf-8").split()


def dropped_paths(mime: QMimeData) -> list[Path]:
    """Return the local files and folders of a drop from outside."""
    return [Path(url.toLocalFile()) for url in mime.urls() if url.isLocalFile()]


class _TilePainter(PhotoPainter):
    """Draws documents as what they are; photos as everywhere."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Put a sheet of paper where the empty frame is."""
        super().paint(painter, option, index)
        item = index.data(ITEM_ROLE)
        if not isinstance(item, Photo) or not item.is_document:
            return
        theme = current_theme()
        meta = theme.font("meta")
        inner = QRectF(option.rect).adjusted(theme.u(4), theme.u(4), -theme.u(4), 0)  # type: ignore[attr-defined]
        box = QRectF(inner.left(), inner.top(), inner.width(), round(inner.width() * 3 / 4))
        draw_box(painter, box, fill=theme.color("sunken"), line=theme.color("lineStrong"), radius=theme.radius("thumb"))
        left, color = box.center().x() - theme.u(16), theme.color("text2")
        dpr = painter.device().devicePixelRatioF()
        draw_icon(painter, left, box.center().y(), "file-text", theme=theme, px=32, color=color, dpr=dpr)
        if item.note:  # a file name is longer than a time: keep it clear of the words at the right
            line = QRectF(inner.left(), box.bottom() + theme.u(2), inner.width(), theme.u(22))
            painter.fillRect(line, theme.color("surface"))
            right = Qt.AlignmentFlag.AlignRight
            taken = draw_text(painter, line, item.note, font=meta, color=theme.color("accent"), align=right)
            draw_text(painter, line.adjusted(0, 0, -taken - theme.u(6), 0), item.name, font=meta, color=color)


class EvidenceGrid(PhotoGrid):
    """See the module text."""

    files_dropped = Signal(object)
    move_wanted = Signal(str)
    menu_wanted = Signal(str, QPoint)

    def __init__(self, thumbs: Thumbs) -> None:
        super().__init__(thumbs)
        self._pressed_at: QPoint | None = None
        self.setItemDelegate(_TilePainter(self, thumbs))
        self.setAcceptDrops(True)

    def _photo_at(self, place: QPoint) -> Photo | None:
        item = self.indexAt(place).data(ITEM_ROLE)
        return item if isinstance(item, Photo) else None

    def current_place(self) -> QPoint:
        """Return where a menu for the current photo may stand, in screen coordinates."""
        rect = self.visualRect(self.currentIndex())
        return self.viewport().mapToGlobal(rect.center())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """M moves to a hazard."""
        if event.key() == Qt.Key.Key_M and self.current() and not event.modifiers():
            self.move_wanted.emit(self.current())
            return
        super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Remember where a drag may begin."""
        is_left = event.button() == Qt.MouseButton.LeftButton
        self._pressed_at = event.position().toPoint() if is_left else None
        super().mousePressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Begin to drag the photo that was pressed."""
        started = self._pressed_at
        far = QApplication.startDragDistance()
        if started is None or (event.position().toPoint() - started).manhattanLength() < far:
            super().mouseMoveEvent(event)
            return
        photo = self._photo_at(started)
        self._pressed_at = None
        if photo is not None:
            self._drag(photo)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """The words 归属… below a photo are a button."""
        place = event.position().toPoint()
        photo = self._photo_at(place)
        was_pressed = self._pressed_at is not None
        self._pressed_at = None
        super().mouseReleaseEvent(event)
        if was_pressed and photo is not None and photo.note:
            rect = self.visualRect(self.indexAt(place))
            if place.y() > rect.bottom() - self.theme.u(28) and place.x() > rect.center().x():
                self.move_wanted.emit(photo.id)

    def _drag(self, photo: Photo) -> None:
        drag = QDrag(self)
        mime = QMimeData()
        mime.setData(MIME, photo.id.encode("utf-8"))
        drag.setMimeData(mime)
        picture: QPixmap = self.grab(self.visualRect(self.currentIndex()).translated(self.viewport().pos()))
        drag.setPixmap(picture.scaledToWidth(self.theme.u(96), Qt.TransformationMode.SmoothTransformation))
        drag.exec(Qt.DropAction.MoveAction)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """The right button, or the menu key, offers what can be done with a photo."""
        if self.current():
            is_mouse = event.reason() == QContextMenuEvent.Reason.Mouse
            self.menu_wanted.emit(self.current(), event.globalPos() if is_mouse else self.current_place())

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take files and folders."""
        if event.mimeData().hasUrls():
            event.acceptProposedAction()

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        """Anywhere is right."""
        if event.mimeData().hasUrls():
            event.acceptProposedAction()
        else:
            event.ignore()

    def dropEvent(self, event: QDropEvent) -> None:
        """Take them."""
        paths = dropped_paths(event.mimeData())
        if paths:
            event.acceptProposedAction()
            self.files_dropped.emit(paths)
