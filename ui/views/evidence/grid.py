"""EvidenceGrid: the PhotoGrid with drags both ways: files and folders in, a photo out onto a hazard.

Signals besides PhotoGrid's: `files_dropped(list[Path], hazard id | None)`, `menu_wanted(id)`,
`move_wanted(id)` (M, or a click on 归属…),
`given(ids, hazard id or "")` photos dropped on a group, `time_wanted()` (T) to follow the proposals by time,
`also_wanted(id)` (A) a further hazard, `placed(ids, id or "")` photos dropped before another one of their group (""
after the last of all), `step_wanted(±1)` (Alt+← →) one place towards the front or the end.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QLine, QMimeData, QPoint, QRectF, Qt, Signal
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
    QPaintEvent,
    QPen,
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


def _ids(group: PhotoGroup) -> list[str]:
    return [photo.id for photo in group.photos]


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

    files_dropped = Signal(object, object)
    move_wanted = Signal(str)
    menu_wanted = Signal(str, QPoint)
    given = Signal(object, str)
    time_wanted = Signal()
    also_wanted = Signal(str)
    placed = Signal(object, str)
    step_wanted = Signal(int)

    def __init__(self, thumbs: Thumbs) -> None:
        super().__init__(thumbs)
        self._pressed_at: QPoint | None = None
        self._gap: QLine | None = None
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
        """M moves to a hazard, A adds one, T follows the proposals by time, Alt+← → change the order."""
        step = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}.get(Qt.Key(event.key()))
        if step and event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier == Qt.KeyboardModifier.AltModifier:
            if self.current():
                self.step_wanted.emit(step)
            return
        if event.key() == Qt.Key.Key_A and self.current() and not event.modifiers():
            self.also_wanted.emit(self.current())
            return
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
        self._show_gap(None)

    def group_at(self, place: QPoint) -> PhotoGroup | None:
        """Return the group whose heading or photos are at a height of the viewport."""
        found: PhotoGroup | None = None
        for row in range(self.model_of_photos.rowCount()):
            index = self.model_of_photos.index(row)
            item = index.data(ITEM_ROLE)
            if isinstance(item, PhotoGroup) and (found is None or self.visualRect(index).top() <= place.y()):
                found = item
        return found

    def gap_at(self, place: QPoint, ids: Sequence[str]) -> tuple[str, QLine] | None:
        """Return before which photo ("" for the end) dragged ones would stand, and the line that shows it.

        Only between photos of the group that all of them are in; None elsewhere.
        """
        index = self.indexAt(place)
        over = index.data(ITEM_ROLE) if index.isValid() else None
        group = self._group_of(over.id) if isinstance(over, Photo) else None
        if group is None or not isinstance(over, Photo) or any(one not in _ids(group) for one in ids):
            return None
        rect = self.visualRect(index)
        shown = _ids(group)
        at = shown.index(over.id) + (1 if place.x() > rect.center().x() else 0)
        x = rect.right() if place.x() > rect.center().x() else rect.left()
        line = QLine(x, rect.top() + self.theme.u(4), x, rect.bottom() - self.theme.u(28))
        return (shown[at] if at < len(shown) else ""), line

    def _group_of(self, photo_id: str) -> PhotoGroup | None:
        groups = [item for item in self.model_of_photos.items() if isinstance(item, PhotoGroup)]
        return next((group for group in groups if photo_id in _ids(group)), None)

    def _show_gap(self, line: QLine | None) -> None:
        if line != self._gap:
            self._gap = line
            self.viewport().update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the grid, and where dragged photos would stand."""
        super().paintEvent(event)
        if self._gap is not None:
            with QPainter(self.viewport()) as painter:
                painter.setPen(QPen(self.theme.color("accent"), self.theme.u(3)))
                painter.drawLine(self._gap)

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
        """Files and photos go to a group (its heading lights up), photos also between two of their own."""
        place, mime = event.position().toPoint(), event.mimeData()
        gap = self.gap_at(place, dragged_ids(mime)) if is_dragging(mime) else None
        group = self.group_at(place) if gap is None else None
        self._show_target(group)
        self._show_gap(gap[1] if gap is not None else None)
        if gap is not None or group is not None or event.mimeData().hasUrls():
            event.acceptProposedAction()
        else:
            event.ignore()

    def dragLeaveEvent(self, _event: QDragLeaveEvent) -> None:
        """Nothing is under the photos any more."""
        self._show_target(None)
        self._show_gap(None)

    def dropEvent(self, event: QDropEvent) -> None:
        """Take them."""
        mime = event.mimeData()
        place = event.position().toPoint()
        gap = self.gap_at(place, dragged_ids(mime)) if is_dragging(mime) else None
        group = self.group_at(place)
        self._show_target(None)
        self._show_gap(None)
        paths = dropped_paths(mime)
        if gap is not None:
            event.acceptProposedAction()
            self.placed.emit(dragged_ids(mime), gap[0])
        elif is_dragging(mime) and group is not None and group.target is not None:
            event.acceptProposedAction()
            self.given.emit(dragged_ids(mime), group.target)
        elif paths:
            event.acceptProposedAction()
            self.files_dropped.emit(paths, group.target if group is not None else None)
