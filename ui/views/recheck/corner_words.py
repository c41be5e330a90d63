"""What stands in the corner of a compared photo: which of the two it is, and when it was taken."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QPainter

from ui.theme.theme import Theme
from ui.widgets.painted import draw_box, draw_text, text_width


def corner_width(theme: Theme, words: tuple[str, str]) -> float:
    """Return how wide a plate is."""
    gap = theme.u(10) if words[1] else 0
    wide = text_width(words[0], theme.font("bodyStrong")) + text_width(words[1], theme.font("meta"))
    return wide + gap + 2 * theme.u(12)


def draw_corner(
    painter: QPainter, theme: Theme, corner: QPointF, words: tuple[str, str], *, is_right: bool = False
) -> None:
    """Draw a plate of a bold word and a quiet line; `corner` is its upper left, or upper right if `is_right`."""
    bold, quiet = theme.font("bodyStrong"), theme.font("meta")
    pad, gap = theme.u(12), theme.u(10) if words[1] else 0
    first, second = text_width(words[0], bold), text_width(words[1], quiet)
    wide, high = first + gap + second + 2 * pad, theme.u(32)
    left = corner.x() - wide if is_right else corner.x()
    plate = QRectF(left, corner.y(), wide, high)
    draw_box(painter, plate, fill=theme.color("canvas"), radius=theme.radius("tag"))
    room = QRectF(left + pad, corner.y(), first + 1, high)
    draw_text(painter, room, words[0], font=bold, color=theme.color("text"), elide=False)
    rest = QRectF(left + pad + first + gap, corner.y(), second + 1, high)
    draw_text(painter, rest, words[1], font=quiet, color=theme.color("text"), elide=False)
