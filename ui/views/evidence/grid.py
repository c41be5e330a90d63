"""EvidenceGrid: the PhotoGrid with drags both ways: files and folders in, a photo out onto a hazard.

Signals besides PhotoGrid's: `files_dropped(list[Path])`, `move_wanted(id)` (M, or a click on 归属…), `menu_wanted(id)`,
`given(ids, hazard id or "")` photos dropped on a group, `time_wanted()` (T) to follow the proposals by time.
"""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QMimeData, QPoint, QRectF, Qt, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QDrag,
    QDragEnterEvent,
    QDragLeaveEvent,
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
from ui.widgets.photos import ITEM_ROLE, Index, Photo, PhotoGrid, PhotoGroup, PhotoPainter
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
    given = Signal(object, str)
    time_wanted = Signal()

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
        """M moves to a hazard, T follows the proposals by time."""
        if event.key() == Qt.Key.Key_M and self.current() and not event.modifiers():
            self.move_wanted.emit(self.current())
            return
        if event.key() == Qt.Key.Key_T and not event.modifiers():
            self.time_wanted.emit()
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
        if started is None or self._photo_at(started) is None:
            super().mouseMoveEvent(event)  # from an empty place: a frame round what is to be selected
            return
        if (event.position().toPoint() - started).manhattanLength() < far:
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

    def dragged(self, photo_id: str) -> list[str]:
        """Return what goes along with a photo: all that is selected, if it is."""
        ids = self.selected()
        return ids if photo_id in ids else [photo_id]

    def _drag(self, photo: Photo) -> None:
        drag = QDrag(self)
        mime = QMimeData()
        mime.setData(MIME, " ".join(self.dragged(photo.id)).encode("utf-8"))
        drag.setMimeData(mime)
        place = self.model_of_photos.index(self.model_of_photos.place(photo.id))
        picture: QPixmap = self.grab(self.visualRect(place).translated(self.viewport().pos()))
        drag.setPixmap(picture.scaledToWidth(self.theme.u(96), Qt.TransformationMode.SmoothTransformation))
        drag.exec(Qt.DropAction.MoveAction)
        self._show_target(None)

    def group_at(self, place: QPoint) -> PhotoGroup | None:
        """Return the group whose heading or photos are at a height of the viewport."""
        found: PhotoGroup | None = None
        for row in range(self.model_of_photos.rowCount()):
            index = self.model_of_photos.index(row)
            item = index.data(ITEM_ROLE)
            if isinstance(item, PhotoGroup) and (found is None or self.visualRect(index).top() <= place.y()):
                found = item
        return found

    def _show_target(self, group: PhotoGroup | None) -> None:
        if group is not self.drop_group:
            self.drop_group = group
            self.viewport().update()

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """The right button, or the menu key, offers what can be done with a photo."""
        if self.current():
            is_mouse = event.reason() == QContextMenuEvent.Reason.Mouse
            self.menu_wanted.emit(self.current(), event.globalPos() if is_mouse else self.current_place())

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take files and folders, and photos of this window."""
        if event.mimeData().hasUrls() or is_dragging(event.mimeData()):
            event.acceptProposedAction()

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        """Files may go anywhere, photos to a group: its heading lights up."""
        group = self.group_at(event.position().toPoint()) if is_dragging(event.mimeData()) else None
        self._show_target(group)
        if group is not None or event.mimeData().hasUrls():
            event.acceptProposedAction()
        else:
            event.ignore()

    def dragLeaveEvent(self, _event: QDragLeaveEvent) -> None:
        """Nothing is under the photos any more."""
        self._show_target(None)

    def dropEvent(self, event: QDropEvent) -> None:
        """Take them."""
        mime = event.mimeData()
        group = self.group_at(event.position().toPoint()) if is_dragging(mime) else None
        self._show_target(None)
        paths = dropped_paths(mime)
        if group is not None and group.target is not None:
            event.acceptProposedAction()
            self.given.emit(dragged_ids(mime), group.target)
        elif paths:
            event.acceptProposedAction()
            self.files_dropped.emit(paths)
