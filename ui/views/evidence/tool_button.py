"""ToolButton: one of several exclusive tools on dark ground: shape or swatch, word, key; a real radio button.

ToolButton("box", icon="square", key="2");  ToolButton("red", swatch=INK[color][0]);  button.setText(tr("框"))
"""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QRadioButton, QSizePolicy, QWidget

from ui.theme.look import theme as current_theme
from ui.views.evidence.picture import Dark
from ui.widgets.keycap import draw_keycap, keycap_width
from ui.widgets.painted import Themed, draw_box, draw_icon, draw_text


class ToolButton(Dark, Themed, QRadioButton):
    """See the module text; `value` says what it stands for."""

    def __init__(
        self, value: str, *, icon: str = "", swatch: str = "", key: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.value, self._icon, self._swatch, self._key = value, icon, swatch, key
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setProperty("ringGap", 0)

    def setText(self, text: str) -> None:
        """Set the word, which is also its accessible name; the key is its description."""
        super().setText(text)
        self.setAccessibleName(text)
        self.setAccessibleDescription(self._key)
        self.updateGeometry()

    def text_width(self) -> int:
        """Width of the word in bold, so that choosing moves nothing."""
        return round(self.theme.metrics("bodyStrong").horizontalAdvance(self.text()) + 0.5)

    def room_for_text(self) -> int:
        """Return how many px the word may take."""
        return self.width() - (self._content_width() - self.text_width())

    def _lead(self) -> int:
        return self.theme.u(26 if self._icon else 20 if self._swatch else 0)

    def _has_key(self) -> bool:
        return self.theme.shows_key(self._key)

    def _content_width(self) -> int:
        key = keycap_width(self.theme, self._key) + self.theme.u(8) if self._has_key() else 0
        return self.text_width() + self._lead() + key + 2 * self.theme.u(8)

    def sizeHint(self) -> QSize:
        """As high as a control."""
        return QSize(max(self._content_width(), self.theme.target), self.theme.size("control"))

    def minimumSizeHint(self) -> QSize:
        """Never narrower than its word."""
        return self.sizeHint()

    def hitButton(self, _pos) -> bool:
        """The whole button is the target."""
        return True

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw box, shape, word, key."""
        theme, chosen = self.theme, self.isChecked()
        ink = theme.color("selectedText" if chosen else "text")
        # In sunlight the one that is on must be seen without its tint.
        line = theme.line * (4 if current_theme().is_sunlight else 2)
        with QPainter(self) as painter:
            rect = QRectF(self.rect())
            fill = theme.color("selected" if chosen else "hover" if self.underMouse() else "surface")
            edge = theme.color("accent" if chosen else "control")
            draw_box(
                painter, rect, fill=fill, line=edge, width=line if chosen else theme.line,
                radius=theme.radius("control"),
            )  # fmt: skip
            x, middle = float(theme.u(8)), rect.center().y()
            if not self._has_key():
                x = max(x, (self.width() - self.text_width() - self._lead()) / 2)
            if self._icon:
                draw_icon(painter, x, middle, self._icon, theme=theme, px=18, color=ink, dpr=self.dpr)
            elif self._swatch:
                wide = theme.u(14)
                dot = QRectF(round(x), round(middle - wide / 2), wide, wide)
                draw_box(painter, dot, fill=QColor(self._swatch), line=ink, width=theme.line, radius=wide / 2)
            room = QRectF(x + self._lead(), 0, self.text_width() + 1, self.height())
            role = "bodyStrong" if chosen else "body"
            draw_text(painter, room, self.text(), font=theme.font(role), color=ink, elide=False)
            if self._has_key():
                self._draw_key(painter, ink if chosen else theme.color("text2"))

    def _draw_key(self, painter: QPainter, ink: QColor) -> None:
        theme = self.theme
        width, height = keycap_width(theme, self._key), theme.size("key")
        cap = QRectF(self.width() - width - theme.u(8), round((self.height() - height) / 2), width, height)
        draw_keycap(painter, cap, self._key, theme=theme, ink=ink, edge=theme.color("lineStrong"))
