"""What painted widgets share: theme and language changes, optically centred text, crisp rounded boxes, the View base.

class Dot(Themed, QWidget):                  # put Themed first
    def restyle(self): ...                   # theme or zoom changed; call super().restyle()
    def retranslate(self): ...               # language changed: set texts again with tr()
    def paintEvent(self, event): draw_box(QPainter(self), QRectF(self.rect()), fill=self.theme.color("accent"))
"""

from __future__ import annotations

import sys
from functools import lru_cache
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPen
from PySide6.QtWidgets import QWidget

from ui.theme.look import theme as current_theme
from ui.theme.theme import Theme
from ui.theme.tokens import tokens

_Base = QWidget if TYPE_CHECKING else object
_BASELINE = tokens()["type"]["baselineFromCentreEm"]
ELLIPSIS = "…"


class Themed(_Base):
    """Mixin: `self.theme` is the look that is on; `restyle` and `retranslate` are called when look or words change."""

    @property
    def theme(self) -> Theme:
        """The theme that is on now."""
        return current_theme()

    def changeEvent(self, event: QEvent) -> None:
        """Hear Qt say that style or language changed."""
        super().changeEvent(event)
        try:
            if event.type() == QEvent.Type.StyleChange:
                self.restyle()
            elif event.type() == QEvent.Type.LanguageChange:
                self.retranslate()
        except Exception as error:  # noqa: BLE001 - PySide 6.11 ends the process over an error that leaves this method
            sys.excepthook(type(error), error, error.__traceback__)

    def restyle(self) -> None:
        """Take the new theme: measure and draw again."""
        self.updateGeometry()
        QWidget.update(self)  # by name: an item view's own update() wants an index, and PySide6 6.9 crashes over it

    def retranslate(self) -> None:
        """Set every text again; nothing by default."""

    @property
    def dpr(self) -> float:
        """Device pixels per logical pixel of the screen this widget is on."""
        return self.devicePixelRatioF()


def baseline(centre_y: float, font: QFont) -> float:
    """Return the baseline that puts Han text optically in the middle of `centre_y` (look.md §10.5)."""
    return round(centre_y + _BASELINE * font.pixelSize())


@lru_cache(maxsize=4096)
def text_width(text: str, font: QFont) -> float:
    """Return the width of one line in px. Shaping Han costs as much as drawing it, and lists repeat their words."""
    return QFontMetricsF(font).horizontalAdvance(text)


@lru_cache(maxsize=2048)
def elided(text: str, font: QFont, room: float) -> str:
    """Return the text cut at its end with … so that it takes no more than `room` px."""
    return QFontMetricsF(font).elidedText(text, Qt.TextElideMode.ElideRight, room)


def draw_text(
    painter: QPainter,
    rect: QRectF,
    text: str,
    *,
    font: QFont,
    color: QColor,
    align: Qt.AlignmentFlag = Qt.AlignmentFlag.AlignLeft,
    elide: bool = True,
) -> float:
    """Draw one line centred on the height of `rect`, elided at its end if too long; return the width it took."""
    width = text_width(text, font)
    if elide and width > rect.width() + 1:
        text = elided(text, font, rect.width() + 1)
        width = text_width(text, font)
    x = rect.left()
    if align == Qt.AlignmentFlag.AlignRight:
        x = rect.right() - width
    elif align == Qt.AlignmentFlag.AlignHCenter:
        x = rect.center().x() - width / 2
    painter.setFont(font)
    painter.setPen(color)
    painter.drawText(QPointF(round(x), baseline(rect.center().y(), font)), text)
    return width


def draw_box(
    painter: QPainter,
    rect: QRectF,
    *,
    fill: QColor | None = None,
    line: QColor | None = None,
    width: float = 1.0,
    radius: float = 0.0,
) -> None:
    """Draw a rounded box; the line lies wholly inside `rect`, so that it stays crisp."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setBrush(fill if fill is not None else Qt.BrushStyle.NoBrush)
    if line is None:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.drawRoundedRect(rect, radius, radius)
    else:
        inset = width / 2
        painter.setPen(QPen(line, width))
        rounded = max(0.0, radius - inset)
        painter.drawRoundedRect(rect.adjusted(inset, inset, -inset, -inset), rounded, rounded)
    painter.restore()


def draw_icon(
    painter: QPainter, x: float, centre_y: float, name: str, *, theme: Theme, px: int, color: QColor, dpr: float
) -> float:
    """Draw an icon of unscaled size `px` with its left at `x`, centred on `centre_y`; return its width."""
    size = theme.u(px)
    painter.drawPixmap(QPointF(round(x), round(centre_y - size / 2)), theme.icon(name, px, color, dpr=dpr))
    return size


def hline(painter: QPainter, theme: Theme, left: float, right: float, y: float) -> None:
    """Draw a hairline of the theme's width whose lower edge is at `y`."""
    painter.fillRect(QRectF(left, y - theme.line, right - left, theme.line), theme.color("line"))
