"""RowPainter: the delegate that draws a Row of a RowList; heights are the size tokens, colours the theme's."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import zip_longest

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from ui.theme.look import theme as current_theme
from ui.theme.theme import Theme
from ui.theme.tokens import tokens
from ui.widgets.label import wrapped
from ui.widgets.painted import draw_box, draw_icon, draw_text, elided, hline, text_width
from ui.widgets.rows import ROW_ROLE, Row
from ui.widgets.tag import badge_width, draw_badge
from ui.widgets.thumbs import Thumbs

NARROW = 420
"""Under this unscaled width badges go first on the second line, without their box (look.md §7)."""
FULL_SPACE = "\u3000"
_TITLE_STEP = 28
_LEAD = 72
"""Line step of a title, and column of the time at the left, in unscaled px."""


class _Pen:
    """Painter, theme and inks of one row."""

    def __init__(self, painter: QPainter, theme: Theme, row: Row, *, is_current: bool, dpr: float) -> None:
        self.painter, self.theme, self.row, self.dpr = painter, theme, row, dpr
        self.is_current = is_current
        inverted = is_current and theme.is_sunlight
        self.over = theme.color("selectedText") if inverted else None
        """In sunlight every text of the current row is selectedText."""
        dim = "text3" if row.is_dim else "text"
        self.ink = theme.color("selectedText" if is_current else dim)

    def color(self, role: str) -> QColor:
        """Return a role's colour, or the one ink of an inverted row."""
        return self.over if self.over is not None else self.theme.color(role)


class RowPainter(QStyledItemDelegate):
    """Draws rows; `sizeHint` is the token of its height."""

    def __init__(self, parent: QWidget, *, thumbs: Thumbs | None = None, height: str = "rowDouble") -> None:
        super().__init__(parent)
        self._thumbs, self._height = thumbs, height
        self._badge_columns: list[int] = []
        self._fact_columns: list[int] = []
        self._longest = self._wide = 0

    def measure(self, rows: Sequence[Row]) -> None:
        """Fix the columns at the right over all rows, so that the eye runs straight down."""
        theme = current_theme()
        metrics = theme.metrics("meta")
        badges = [[badge_width(theme, badge) for badge in row.badges] for row in rows]
        facts = [[round(metrics.horizontalAdvance(fact) + 1) for fact in row.facts] for row in rows]
        self._badge_columns = [max(column) for column in zip_longest(*badges, fillvalue=0)]
        self._fact_columns = [max(column) for column in zip_longest(*facts, fillvalue=0)]
        if self._height == "rowTask":
            self._longest = max((_needed(theme, row) for row in rows), default=0)

    def fit(self, wide: int) -> bool:
        """Take the width of the list in px; return whether the rows have another height now."""
        before, self._wide = self._is_tall(), wide
        return self._is_tall() != before

    def _is_tall(self) -> bool:
        """Whether a firm's name needs a second line, for it is never cut (look.md §3)."""
        return 0 < self._wide < self._longest

    def sizeHint(self, _option: QStyleOptionViewItem, _index: QModelIndex | QPersistentModelIndex) -> QSize:
        """Return the token height, and a line more where a firm's name needs it; the width is the list's."""
        theme = current_theme()
        return QSize(0, theme.size(self._height) + (theme.u(_TITLE_STEP) if self._is_tall() else 0))

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Draw ground, bar, then from both edges inwards."""
        row = index.data(ROW_ROLE)
        if not isinstance(row, Row):
            return
        theme = current_theme()
        state = option.state  # type: ignore[attr-defined]
        rect = QRectF(option.rect)  # type: ignore[attr-defined]
        is_current = bool(state & QStyle.StateFlag.State_Selected)
        pen = _Pen(painter, theme, row, is_current=is_current, dpr=painter.device().devicePixelRatioF())
        painter.save()
        if is_current:
            painter.fillRect(rect, theme.color("selected"))
            bar = QRectF(rect.left(), rect.top(), theme.selection_bar, rect.height())
            painter.fillRect(bar, theme.color("accent"))
        elif state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(rect, theme.color("hover"))
        pad = theme.u(tokens()["space"]["panePadding"])
        is_narrow = rect.width() < theme.u(NARROW)
        inner = rect.adjusted(pad, 0, -theme.u(8) if is_narrow else -pad, -theme.line)
        if self._is_tall() and _needed(theme, row) <= rect.width():
            inner.adjust(0, theme.u(_TITLE_STEP / 2), 0, 0)
        inner = self._left(pen, inner)
        if not is_current:
            hline(painter, theme, inner.left(), rect.right() + 1, rect.bottom() + 1)
        if self._height == "rowTask":
            self._three_lines(pen, inner, is_narrow=is_narrow)
            painter.restore()
            return
        if not is_narrow:
            inner = self._right(pen, inner)
        if self._height == "rowSingle" or not (row.second or (is_narrow and row.badges)):
            _title(pen, self._right(pen, inner) if is_narrow else inner, "body")
        else:
            _two_lines(pen, inner, is_narrow=is_narrow)
        painter.restore()

    def _left(self, pen: _Pen, inner: QRectF) -> QRectF:
        """Draw lead, ordinal, icon and thumbnail; return what is left of the row."""
        theme, row, x = pen.theme, pen.row, inner.left()
        if row.lead:
            room = QRectF(x, inner.top(), theme.u(64), inner.height())
            if self._height == "rowTask":
                room = QRectF(x, inner.top() + theme.u(12), theme.u(64), theme.u(28))
            font = theme.font("title" if self._height == "rowTask" else "bodyStrong")
            tint = pen.color("accent") if pen.is_current and not theme.is_sunlight else pen.ink
            draw_text(pen.painter, room, row.lead, font=font, color=tint, elide=False)
            x += theme.u(_LEAD)
        if row.ordinal:
            room = QRectF(x, inner.top(), theme.u(16), inner.height())
            middle = Qt.AlignmentFlag.AlignHCenter
            font = theme.font("bodyStrong" if pen.is_current else "body")
            color = pen.color("accent") if pen.is_current else pen.color("text3")
            draw_text(pen.painter, room, row.ordinal, font=font, color=color, align=middle, elide=False)
            x += theme.u(24)
        if row.icon:
            color = pen.color(row.icon_color)
            draw_icon(pen.painter, x, inner.center().y(), row.icon, theme=theme, px=18, color=color, dpr=pen.dpr)
            x += theme.u(28)
        if row.thumb is not None:
            wide, high = (theme.u(n) for n in tokens()["size"]["thumb"])
            box = QRectF(x, round(inner.center().y() - high / 2), wide, high)
            draw_thumb(pen.painter, box, row.thumb, thumbs=self._thumbs, theme=theme, dpr=pen.dpr)
            x += wide + theme.u(12)
        return QRectF(x, inner.top(), inner.right() - x, inner.height())

    def _right(self, pen: _Pen, inner: QRectF) -> QRectF:
        """Draw badges and facts in columns at the right edge; return what is left for the words."""
        theme, right = pen.theme, inner.right()
        top, height = inner.top(), inner.height()
        is_one = len(self._badge_columns) == 1
        for n, column in reversed(list(enumerate(self._badge_columns))):
            right -= column
            if n < len(pen.row.badges):
                badge = pen.row.badges[n]
                own = badge_width(theme, badge)
                room = QRectF(right + (column - own if is_one else 0), top, own, height)
                draw_badge(pen.painter, room, badge, theme=theme, dpr=pen.dpr, ink=pen.over)
            right -= theme.u(20)
        for n, column in reversed(list(enumerate(self._fact_columns))):
            right -= column
            if n < len(pen.row.facts):
                room = QRectF(right, top, column, height)
                font, color = theme.font("meta"), pen.color("text2")
                draw_text(
                    pen.painter,
                    room,
                    pen.row.facts[n],
                    font=font,
                    color=color,
                    align=Qt.AlignmentFlag.AlignRight,
                    elide=False,
                )
            right -= theme.u(20)
        return QRectF(inner.left(), inner.top(), right - inner.left(), inner.height())

    def _three_lines(self, pen: _Pen, inner: QRectF, *, is_narrow: bool) -> None:
        """Title, facts, meta; the status stands beside the title, or beside the facts if the title needs the width."""
        theme, top, font = pen.theme, inner.top(), pen.theme.font("title")
        first = QRectF(inner.left(), top + theme.u(12), inner.width(), theme.u(_TITLE_STEP))
        lines = wrapped(pen.row.title, font, first.width() + 1) if self._is_tall() else []
        if len(lines) > 1:
            draw_text(pen.painter, first, lines[0], font=font, color=pen.ink, elide=False)
            first.translate(0, theme.u(_TITLE_STEP))
            top += theme.u(_TITLE_STEP)
        second = QRectF(inner.left(), top + theme.u(42), inner.width(), theme.u(26))
        if not is_narrow:
            needed = theme.metrics("title").horizontalAdvance(pen.row.title)
            taken = sum(self._badge_columns) + sum(self._fact_columns)
            taken += theme.u(20) * (len(self._badge_columns) + len(self._fact_columns))
            if needed <= first.width() - taken:
                first = self._right(pen, first)
            else:
                second = self._right(pen, second)
        if len(lines) > 1:
            draw_text(pen.painter, first, "".join(lines[1:]), font=font, color=pen.ink)
        else:
            _title(pen, first, "title")
        draw_text(pen.painter, second, pen.row.second, font=theme.font("body"), color=pen.color("text"))
        last = QRectF(inner.left(), top + theme.u(69), inner.width(), theme.u(24))
        _second(pen, last, pen.row.third, is_narrow=is_narrow)


def draw_thumb(painter: QPainter, box: QRectF, sha256: str, *, thumbs: Thumbs | None, theme: Theme, dpr: float) -> None:
    """Draw a photo in a rounded box; an empty frame while it is read or when there is none."""
    path = QPainterPath()
    path.addRoundedRect(box, theme.radius("thumb"), theme.radius("thumb"))
    picture = thumbs.picture(sha256, int(box.width()), int(box.height()), dpr) if thumbs and sha256 else None
    if picture is None or picture.isNull():
        draw_box(painter, box, fill=theme.color("pressed"), radius=theme.radius("thumb"))
        name = "photo-off" if thumbs and sha256 and thumbs.is_broken(sha256) else "photo"
        px, color = 18, theme.color("text3")
        left = box.center().x() - theme.u(px) / 2
        draw_icon(painter, left, box.center().y(), name, theme=theme, px=px, color=color, dpr=dpr)
        return
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setClipPath(path)
    painter.drawPixmap(box.toRect(), picture)
    painter.restore()
    draw_box(painter, box, line=theme.color("lineStrong"), width=1, radius=theme.radius("thumb"))


def _needed(theme: Theme, row: Row) -> int:
    """Return how wide a rowTask must be for its title on one line, in px."""
    sides = 2 * theme.u(tokens()["space"]["panePadding"]) + (theme.u(_LEAD) if row.lead else 0)
    return sides + round(theme.metrics("title").horizontalAdvance(row.title))


def _title(pen: _Pen, room: QRectF, role: str) -> None:
    font = pen.theme.font("bodyStrong" if pen.is_current and role == "body" else role)
    used = draw_text(pen.painter, room, pen.row.title, font=font, color=pen.ink)
    if pen.row.beside:
        rest = room.adjusted(used + pen.theme.u(12), 0, 0, 0)
        if rest.width() > pen.theme.u(40):
            draw_text(pen.painter, rest, pen.row.beside, font=pen.theme.font("meta"), color=pen.color("text2"))


def _second(pen: _Pen, room: QRectF, text: str, *, is_narrow: bool) -> None:
    """Draw bare badges first (narrow lists), then the words."""
    x = room.left()
    if is_narrow:
        bares = [badge.bare() for badge in pen.row.badges]
        widths = [badge_width(pen.theme, bare) for bare in bares]
        is_tight = sum(widths) + pen.theme.u(14) * (len(widths) - 1) > room.width()
        for bare, width in zip(bares, widths, strict=True):
            spot = QRectF(x, room.top(), width, room.height())
            draw_badge(pen.painter, spot, bare, theme=pen.theme, dpr=pen.dpr, ink=pen.over)
            x += width + pen.theme.u(6 if is_tight else 14)
        text = FULL_SPACE.join(part for part in (*pen.row.facts, text) if part)
    rest = QRectF(x, room.top(), room.right() - x, room.height())
    if rest.width() > pen.theme.u(16):
        if pen.row.marks and text == pen.row.second:
            _marked(pen, rest, text)
        else:
            draw_text(pen.painter, rest, text, font=pen.theme.font("meta"), color=pen.color("text2"))


def _marked(pen: _Pen, room: QRectF, text: str) -> None:
    """Draw a line piece by piece, elided at its end; marked words in full ink over a line of accent."""
    font, x = pen.theme.font("meta"), room.left()
    seen = elided(text, font, room.width()) if text_width(text, font) > room.width() + 1 else text
    most = len(text) if seen == text else len(seen) - 1
    at = 0
    for start, end in (*((start, min(end, most)) for start, end in pen.row.marks if start < most), (len(seen), 0)):
        for piece, is_marked in ((seen[at:start], False), (seen[start:end], True)):
            width = text_width(piece, font)
            box = QRectF(x, room.top(), width + 1, room.height())
            ink = pen.color("text" if is_marked else "text2")
            if piece:
                draw_text(pen.painter, box, piece, font=font, color=ink, elide=False)
            if is_marked and piece:
                under = QRectF(x, room.center().y() + pen.theme.u(8), width, max(2, pen.theme.u(2)))
                pen.painter.fillRect(under, pen.color("accent"))
            x += width
        at = end


def _two_lines(pen: _Pen, inner: QRectF, *, is_narrow: bool) -> None:
    theme = pen.theme
    half, middle = theme.u(22), inner.center().y()
    _title(pen, QRectF(inner.left(), middle - half, inner.width(), half), "body")
    room = QRectF(inner.left(), middle + theme.u(1), inner.width(), half - theme.u(1))
    _second(pen, room, pen.row.second, is_narrow=is_narrow)
