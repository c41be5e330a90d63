"""PhotoGrid: photos under headings, 4:3, time below at the left, fingerprint at the right when the hash is stored.

grid = PhotoGrid(thumbs, name="照片")
    grid.set_groups([PhotoGroup("隐患 3（当前）", (Photo(id=…, sha256=…, time="09:12:41"),)),
                     PhotoGroup("未归属", …, "warn")])
grid.chosen → Signal(str)   grid.opened → Signal(str)   grid.current() -> id
grid.deleted → Signal(str)  the Delete key on a photo;  columns follow the width (cells of 116 px and more)
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from ui.theme.look import theme as current_theme
from ui.widgets.painted import Themed, draw_box, draw_icon, draw_text
from ui.widgets.row_painter import draw_thumb
from ui.widgets.thumbs import Thumbs

ITEM_ROLE = Qt.ItemDataRole.UserRole + 1
LEAST = 116
"""A cell is at least this wide (unscaled px)."""
Index = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True, slots=True, kw_only=True)
class Photo:
    """One cell: `time` is shown below it; `note` replaces the fingerprint (归属…)."""

    id: str
    sha256: str
    time: str = ""
    note: str = ""
    name: str = ""
    has_digest: bool = True
    is_document: bool = False

    def spoken(self) -> str:
        """The cell as one sentence."""
        return "，".join(part for part in (self.name, self.time, self.note) if part)


@dataclass(frozen=True, slots=True)
class PhotoGroup:
    """A heading and its photos; `color` warn for 未归属."""

    title: str
    photos: tuple[Photo, ...]
    color: str = "text2"


class PhotoModel(QAbstractListModel):
    """Headings and photos in one list; headings can't be chosen."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._items: tuple[Photo | PhotoGroup, ...] = ()

    def set_groups(self, groups: Sequence[PhotoGroup]) -> bool:
        """Show these; return False if nothing differs."""
        items: list[Photo | PhotoGroup] = []
        for group in groups:
            items += [group, *group.photos]
        if tuple(items) == self._items:
            return False
        self.beginResetModel()
        self._items = tuple(items)
        self.endResetModel()
        return True

    def place(self, photo_id: str) -> int:
        """Return the position of a photo, -1 if it is not shown."""
        found = (n for n, item in enumerate(self._items) if isinstance(item, Photo) and item.id == photo_id)
        return next(found, -1)

    def photos(self) -> list[Photo]:
        """Return the photos in the order shown."""
        return [item for item in self._items if isinstance(item, Photo)]

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's signature
        """Return how many items there are, headings included."""
        return 0 if parent.isValid() else len(self._items)

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Headings are neither enabled nor selectable, so keys walk over them."""
        if not isinstance(index.data(ITEM_ROLE), Photo):
            return Qt.ItemFlag.NoItemFlags
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return the words, the spoken text or the item itself (ITEM_ROLE)."""
        if not index.isValid() or index.row() >= len(self._items):
            return None
        item = self._items[index.row()]
        if role == ITEM_ROLE:
            return item
        words = item.title if isinstance(item, PhotoGroup) else item.spoken()
        return words if role in {Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole} else None


class PhotoPainter(QStyledItemDelegate):
    """Draws a heading over the full width, or a photo cell."""

    def __init__(self, grid: PhotoGrid, thumbs: Thumbs) -> None:
        super().__init__(grid)
        self._grid, self._thumbs = grid, thumbs

    def sizeHint(self, _option: QStyleOptionViewItem, index: Index) -> QSize:
        """Headings take a whole line, cells a share of the width; 4:3 and a meta line."""
        theme = current_theme()
        if isinstance(index.data(ITEM_ROLE), PhotoGroup):
            return QSize(self._grid.room(), theme.u(32))
        wide = self._grid.cell_width()
        return QSize(wide, round((wide - theme.u(8)) * 3 / 4) + theme.u(32))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw it."""
        item, theme = index.data(ITEM_ROLE), current_theme()
        rect = QRectF(option.rect)  # type: ignore[attr-defined]
        state = option.state  # type: ignore[attr-defined]
        pad = theme.u(4)
        if isinstance(item, PhotoGroup):
            line = rect.adjusted(pad, theme.u(6), -pad, 0)
            font = type(theme.font("meta"))(theme.font("meta"))
            font.setBold(True)
            draw_text(painter, line, item.title, font=font, color=theme.color(item.color))
            return
        inner = rect.adjusted(pad, pad, -pad, 0)
        box = QRectF(inner.left(), inner.top(), inner.width(), round(inner.width() * 3 / 4))
        dpr = painter.device().devicePixelRatioF()
        sha = "" if item.is_document else item.sha256
        draw_thumb(painter, box, sha, thumbs=self._thumbs, theme=theme, dpr=dpr)
        if state & QStyle.StateFlag.State_Selected:
            edge = box.adjusted(-2, -2, 2, 2)
            line_width = theme.u(3)
            draw_box(painter, edge, line=theme.color("accent"), width=line_width, radius=theme.radius("thumb") + 2)
        below = QRectF(inner.left(), box.bottom() + theme.u(2), inner.width(), theme.u(22))
        meta = theme.font("meta")
        draw_text(painter, below, item.time or item.name, font=meta, color=theme.color("text2"))
        if item.note:
            right = Qt.AlignmentFlag.AlignRight
            draw_text(painter, below, item.note, font=meta, color=theme.color("accent"), align=right)
        elif item.has_digest:
            x, color = below.right() - theme.u(16), theme.color("text3")
            draw_icon(painter, x, below.center().y(), "fingerprint", theme=theme, px=16, color=color, dpr=dpr)


class PhotoGrid(Themed, QListView):
    """The grid; see the module text. Signals: `chosen(id)`, `opened(id)`, `deleted(id)`."""

    chosen = Signal(str)
    opened = Signal(str)
    deleted = Signal(str)

    def __init__(self, thumbs: Thumbs, *, name: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._is_quiet = False
        self.model_of_photos = PhotoModel(self)
        self.setModel(self.model_of_photos)
        self.setItemDelegate(PhotoPainter(self, thumbs))
        self.setAccessibleName(name)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFlow(QListView.Flow.LeftToRight)
        self.setWrapping(True)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.selectionModel().currentChanged.connect(self._on_current)
        self.doubleClicked.connect(lambda _index: self.opened.emit(self.current()))
        thumbs.arrived.connect(self._show_thumb)

    def room(self) -> int:
        """Return the width that one line of cells may take, in px; the scroll bar's room is always left free."""
        return max(1, self.width() - self.theme.size("scrollbar") - 1)

    def cell_width(self) -> int:
        """Return the width of one cell in px: the line shared by as many as fit."""
        return max(1, self.room() // max(1, self.room() // self.theme.u(LEAST)))

    def set_groups(self, groups: Sequence[PhotoGroup], *, choose: str | None = None) -> None:
        """Show these, keeping the current photo or standing on `choose`. Signals nothing."""
        wanted = self.current() if choose is None else choose
        self._is_quiet = True
        if self.model_of_photos.set_groups(groups) or choose is not None:
            place = self.model_of_photos.place(wanted)
            if place >= 0:
                self.setCurrentIndex(self.model_of_photos.index(place))
        self._is_quiet = False

    def current(self) -> str:
        """Return the id of the current photo, empty for none."""
        item = self.currentIndex().data(ITEM_ROLE) if self.currentIndex().isValid() else None
        return item.id if isinstance(item, Photo) else ""

    def choose(self, photo_id: str) -> None:
        """Stand on a photo and say so by `chosen`."""
        place = self.model_of_photos.place(photo_id)
        if place >= 0:
            self.setCurrentIndex(self.model_of_photos.index(place))

    def _show_thumb(self, _sha256: str) -> None:
        self.viewport().update()

    def _on_current(self, index: QModelIndex, _before: QModelIndex) -> None:
        if index.isValid() and not self._is_quiet and self.current():
            self.chosen.emit(self.current())

    def moveCursor(self, action: QAbstractItemView.CursorAction, modifiers: Qt.KeyboardModifier) -> QModelIndex:
        """← → go to the neighbour, also over a heading; ↑ ↓ to the nearest photo of the next line."""
        moves = QAbstractItemView.CursorAction
        places = [n for n in range(self.model().rowCount()) if self.model().index(n, 0).flags()]
        if not places:
            return QModelIndex()
        now = self.currentIndex().row()
        if now not in places:
            return self.model().index(places[0], 0)
        at = places.index(now)
        if action in {moves.MoveLeft, moves.MovePrevious}:
            at -= 1
        elif action in {moves.MoveRight, moves.MoveNext}:
            at += 1
        elif action in {moves.MoveUp, moves.MoveDown}:
            at = self._next_line(places, at, is_down=action == moves.MoveDown)
        else:
            return super().moveCursor(action, modifiers)
        return self.model().index(places[max(0, min(len(places) - 1, at))], 0)

    def _next_line(self, places: list[int], at: int, *, is_down: bool) -> int:
        """Return the place in `places` of the photo below or above, the same one at the edge."""
        rects = [self.visualRect(self.model().index(n, 0)) for n in places]
        here = rects[at]
        tops = {rect.top() for rect in rects if (rect.top() > here.top() if is_down else rect.top() < here.top())}
        if not tops:
            return at
        line = min(tops) if is_down else max(tops)
        row = [n for n, rect in enumerate(rects) if rect.top() == line]
        return min(row, key=lambda n: abs(rects[n].left() - here.left()))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter opens, Delete asks to remove."""
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and self.current():
            self.opened.emit(self.current())
        elif event.key() == Qt.Key.Key_Delete and self.current():
            self.deleted.emit(self.current())
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Share the line anew."""
        super().resizeEvent(event)
        self.scheduleDelayedItemsLayout()

    def restyle(self) -> None:
        """Measure the cells again."""
        if hasattr(self, "model_of_photos"):
            self.scheduleDelayedItemsLayout()
        super().restyle()
