"""Tag: a status as shape + word + colour. Painted in rows by `draw_badge`, or a Tag widget.

Tag(badge("hazard.major"));  tag.show_badge(badge("due.soon", n=2))
"""

from __future__ import annotations

from functools import lru_cache

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui.theme.status import Badge
from ui.theme.theme import Theme
from ui.widgets.painted import Themed, draw_box, draw_icon, draw_text, text_width

_ICON_GAP = 6


@lru_cache(maxsize=512)
def badge_width(theme: Theme, badge: Badge) -> int:
    """Return the width of a badge in px, box included."""
    width = round(text_width(badge.word, _font(theme, badge.is_bold)) + 0.5)
    if badge.icon:
        width += theme.u(16 + (_ICON_GAP if badge.word else 0))
    return width + (theme.u(16) if badge.has_box else 0)


@lru_cache(maxsize=16)
def _font(theme: Theme, is_bold: bool) -> QFont:
    """Tags are set in meta; the loud ones in its bold."""
    font = QFont(theme.font("meta"))
    font.setBold(is_bold)
    return font


def draw_badge(
    painter: QPainter, rect: QRectF, badge: Badge, *, theme: Theme, dpr: float, ink: QColor | None = None
) -> None:
    """Draw a badge at the left of `rect`, centred on its height; `ink` overrides colours (selected row in sunlight)."""
    width, height = badge_width(theme, badge), theme.size("tag")
    box = QRectF(rect.left(), round(rect.center().y() - height / 2), width, height)
    x = box.left()
    if badge.has_box:
        fill = theme.color(badge.bg) if badge.bg else None
        line = theme.color(badge.line) if badge.line else None
        draw_box(painter, box, fill=fill, line=line, width=theme.line, radius=theme.radius("tag"))
        x += theme.u(8)
    color = ink if ink is not None and not badge.bg else theme.color(badge.fg)
    if badge.icon:
        icon_color = theme.color(badge.icon_fg) if badge.icon_fg and ink is None else color
        draw_icon(painter, x, box.center().y(), badge.icon, theme=theme, px=16, color=icon_color, dpr=dpr)
        x += theme.u(16 + _ICON_GAP)
    draw_text(
        painter,
        QRectF(x, box.top(), box.right() - x, height),
        badge.word,
        font=_font(theme, badge.is_bold),
        color=color,
        elide=False,
    )


class Tag(Themed, QWidget):
    """One status that stands in a layout."""

    def __init__(self, badge: Badge | None = None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._badge: Badge | None = None
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.show_badge(badge)

    def show_badge(self, badge: Badge | None) -> None:
        """Show another status; None hides the tag."""
        self._badge = badge
        if badge is None:
            self.hide()
        elif self.parentWidget() is not None:
            self.show()
        elif self.isHidden():
            # It has no place yet: showing it would open a window. Let it appear with its parent.
            self.setAttribute(Qt.WidgetAttribute.WA_WState_ExplicitShowHide, False)
        self.setAccessibleName(badge.word if badge else "")
        self.restyle()

    def sizeHint(self) -> QSize:
        """The badge."""
        if self._badge is None:
            return QSize(0, 0)
        return QSize(badge_width(self.theme, self._badge), self.theme.size("tag"))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw it."""
        if self._badge is not None:
            with QPainter(self) as painter:
                draw_badge(painter, QRectF(self.rect()), self._badge, theme=self.theme, dpr=self.dpr)
