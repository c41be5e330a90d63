"""PhotoGrid: photos under headings, 4:3, time below at the left, fingerprint at the right when the hash is stored.

grid = PhotoGrid(thumbs, name="照片")
    grid.set_groups([PhotoGroup("隐患 3（当前）", (Photo(id=…, sha256=…, time="09:12:41"),)),
                     PhotoGroup("未归属", …, "warn")])
grid.chosen → Signal(str)   grid.opened → Signal(str)   grid.current() -> id
grid.deleted → Signal(str)  the Delete key on a photo;  columns follow the width (cells of 116 px and more)
grid.selected() -> ids      Ctrl and Shift click, Shift+arrows, Ctrl+A, a frame drawn from an empty place
grid.picked → Signal(int)   how many are selected;  grid.numbered → Signal(int) a digit was pressed on the selection
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import (
    QAbstractListModel,
    QItemSelectionModel,
    QModelIndex,
    QPersistentModelIndex,
    QRectF,
    QSize,
    Qt,
    Signal,
)
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
from ui.theme.theme import Theme
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
    badges: tuple[str, ...] = ()
    """Words that stand on the picture: 标注, 用于 2 处."""

    def spoken(self) -> str:
        """The cell as one sentence."""
        return "，".join(part for part in (self.name, self.time, *self.badges, self.note) if part)


@dataclass(frozen=True, slots=True)
class PhotoGroup:
    """A heading and its photos; `color` warn for 未归属; `target` says what a photo dropped on it belongs to."""

    title: str
    photos: tuple[Photo, ...]
    color: str = "text2"
    target: str | None = None


class PhotoModel(QAbstractListModel):
    """Headings and photos in one list; headings can't be chosen."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._items: tuple[Photo | PhotoGroup, ...] = ()

    def set_groups(self, groups: Sequence[PhotoGroup]) -> bool:
        """Show these; return whether the model was reset (the selection is gone then)."""
        items: list[Photo | PhotoGroup] = []
        for group in groups:
            items += [group, *group.photos]
        old, new = self._items, tuple(items)
        if [_key(item) for item in new] != [_key(item) for item in old]:
            self.beginResetModel()
            self._items = new
            self.endResetModel()
            return True
        self._items = new
        for n, (before, after) in enumerate(zip(old, new, strict=True)):
            if before != after:
                self.dataChanged.emit(self.index(n), self.index(n))
        return False

    def place(self, photo_id: str) -> int:
        """Return the position of a photo, -1 if it is not shown."""
        found = (n for n, item in enumerate(self._items) if isinstance(item, Photo) and item.id == photo_id)
        return next(found, -1)

    def items(self) -> tuple[Photo | PhotoGroup, ...]:
        """Return headings and photos in the order shown."""
        return self._items

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


def _key(item: Photo | PhotoGroup) -> tuple[str, str]:
    return ("photo", item.id) if isinstance(item, Photo) else ("group", item.title)


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
            if item is self._grid.drop_group:
                draw_box(painter, rect, fill=theme.color("selected"), radius=theme.radius("control"))
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
        draw_badges(painter, box, item.badges, theme)
        if state & QStyle.StateFlag.State_Selected:
            self._mark(painter, box, theme)
        below = QRectF(inner.left(), box.bottom() + theme.u(2), inner.width(), theme.u(22))
        meta = theme.font("meta")
        draw_text(painter, below, item.time or item.name, font=meta, color=theme.color("text2"))
        if item.note:
            right = Qt.AlignmentFlag.AlignRight
            draw_text(painter, below, item.note, font=meta, color=theme.color("accent"), align=right)
        elif item.has_digest:
            x, color = below.right() - theme.u(16), theme.color("text3")
            draw_icon(painter, x, below.center().y(), "fingerprint", theme=theme, px=16, color=color, dpr=dpr)

    def _mark(self, painter: QPainter, box: QRectF, theme: Theme) -> None:
        """An edge round what is selected, and a check mark where several are."""
        edge, width = box.adjusted(-2, -2, 2, 2), theme.u(3)
        draw_box(painter, edge, line=theme.color("accent"), width=width, radius=theme.radius("thumb") + 2)
        if self._grid.count_selected() > 1:
            wide = theme.u(20)
            disc = QRectF(box.right() - wide - theme.u(4), box.top() + theme.u(4), wide, wide)
            draw_box(painter, disc, fill=theme.color("surface"), radius=wide // 2)
            left, dpr = disc.left() + theme.u(1), painter.device().devicePixelRatioF()
            name, color = "filled/circle-check", theme.color("accent")
            draw_icon(painter, left, disc.center().y(), name, theme=theme, px=18, color=color, dpr=dpr)


def draw_badges(painter: QPainter, box: QRectF, words: Sequence[str], theme: Theme) -> None:
    """Draw short words on the lower edge of a picture: they are no fact that asks for anything, so they stay quiet."""
    meta = theme.font("meta")
    x, high = box.left() + theme.u(4), theme.u(20)
    for word in words:
        wide = theme.metrics("meta").horizontalAdvance(word) + 2 * theme.u(6)
        tag = QRectF(x, box.bottom() - high - theme.u(4), wide, high)
        if tag.right() > box.right() - theme.u(2):
            return
        draw_box(
            painter, tag, fill=theme.color("surface"), line=theme.color("lineStrong"), width=theme.line,
            radius=theme.radius("tag"),
        )  # fmt: skip
        inner = tag.adjusted(theme.u(6), 0, 0, 0)
        draw_text(painter, inner, word, font=meta, color=theme.color("text"), elide=False)
        x = tag.right() + theme.u(4)


class PhotoGrid(Themed, QListView):
    """The grid; see the module text. Signals: `chosen(id)`, `opened(id)`, `deleted(id)`, `picked(n)`, `numbered(n)`."""

    chosen = Signal(str)
    opened = Signal(str)
    deleted = Signal(str)
    picked = Signal(int)
    numbered = Signal(int)

    def __init__(self, thumbs: Thumbs, *, name: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._is_quiet = False
        self._count = 0
        self.drop_group: PhotoGroup | None = None
        """The heading under the photos that are being dragged."""
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
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setSelectionRectVisible(True)
        self.selectionModel().currentChanged.connect(self._on_current)
        self.selectionModel().selectionChanged.connect(self._on_selection)
        self.doubleClicked.connect(lambda _index: self.opened.emit(self.current()))
        thumbs.arrived.connect(self._show_thumb)

    def room(self) -> int:
        """Return the width that one line of cells may take, in px; the scroll bar's room is always left free."""
        return max(1, self.width() - self.theme.size("scrollbar") - 1)

    def cell_width(self) -> int:
        """Return the width of one cell in px: the line shared by as many as fit."""
        return max(1, self.room() // max(1, self.room() // self.theme.u(LEAST)))

    def set_groups(self, groups: Sequence[PhotoGroup], *, choose: str | None = None) -> None:
        """Show these, keeping selection and current photo, or standing on `choose`. Signals nothing but `picked`."""
        wanted = self.current() if choose is None else choose
        kept = set(self.selected()) if choose is None else set[str]()
        self._is_quiet = True
        if self.model_of_photos.set_groups(groups) or choose is not None:
            self._stand(self.model_of_photos.place(wanted))
            self._select(kept)
        self._is_quiet = False
        self._on_selection()

    def _stand(self, place: int) -> None:
        """Make a photo the current one, alone, whatever keys are held down."""
        if place >= 0:
            flags = QItemSelectionModel.SelectionFlag.ClearAndSelect
            self.selectionModel().setCurrentIndex(self.model_of_photos.index(place), flags)

    def _select(self, ids: set[str]) -> None:
        for photo_id in ids:
            place = self.model_of_photos.place(photo_id)
            if place >= 0:
                flags = QItemSelectionModel.SelectionFlag.Select
                self.selectionModel().select(self.model_of_photos.index(place), flags)

    def selected(self) -> list[str]:
        """Return the ids of the selected photos in the order shown."""
        rows = sorted(index.row() for index in self.selectionModel().selectedIndexes())
        found = (self.model_of_photos.index(row).data(ITEM_ROLE) for row in rows)
        return [item.id for item in found if isinstance(item, Photo)]

    def count_selected(self) -> int:
        """Return how many photos are selected."""
        return self._count

    def _on_selection(self, *_ranges: object) -> None:
        count = len(self.selected())
        if count != self._count:
            self._count = count
            self.viewport().update()
            self.picked.emit(count)

    def current(self) -> str:
        """Return the id of the current photo, empty for none."""
        item = self.currentIndex().data(ITEM_ROLE) if self.currentIndex().isValid() else None
        return item.id if isinstance(item, Photo) else ""

    def choose(self, photo_id: str) -> None:
        """Stand on a photo and say so by `chosen`."""
        self._stand(self.model_of_photos.place(photo_id))

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
        """Enter opens, Delete asks to remove, a digit says to which hazard."""
        plain = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and self.current():
            self.opened.emit(self.current())
        elif event.key() == Qt.Key.Key_Delete and self.current():
            self.deleted.emit(self.current())
        elif plain and Qt.Key.Key_0 <= event.key() <= Qt.Key.Key_9:
            self.numbered.emit(event.key() - Qt.Key.Key_0)
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
