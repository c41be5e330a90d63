"""The small key shown where an action is: painted inside buttons, or a Keycap widget at the right of a header.

Keycap("F6")
"""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui.theme.theme import Theme
from ui.widgets.painted import Themed, draw_box, draw_text


def keycap_width(theme: Theme, key: str) -> int:
    """Return the width of a keycap in px; 0 for no key, or one that field mode hides."""
    return round(theme.metrics("key").horizontalAdvance(key)) + theme.u(12) if theme.shows_key(key) else 0


def draw_keycap(painter: QPainter, rect: QRectF, key: str, *, theme: Theme, ink: QColor, edge: QColor) -> None:
    """Draw a keycap in `rect` (height: the size token `key`)."""
    if not theme.shows_key(key):
        return
    draw_box(painter, rect, line=edge, width=theme.line if theme.is_sunlight else 1, radius=theme.radius("key"))
    draw_text(painter, rect, key, font=theme.font("key"), color=ink, align=Qt.AlignmentFlag.AlignHCenter, elide=False)


class Keycap(Themed, QWidget):
    """One key, as a hint beside something that has it."""

    def __init__(self, key: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._key = key
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(key)

    def sizeHint(self) -> QSize:
        """The key and its padding."""
        return QSize(keycap_width(self.theme, self._key), self.theme.size("key"))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw it in the quiet inks."""
        with QPainter(self) as painter:
            draw_keycap(
                painter,
                QRectF(self.rect()),
                self._key,
                theme=self.theme,
                ink=self.theme.color("text2"),
                edge=self.theme.color("lineStrong"),
            )
