"""Button: primary (one per screen, bottom right), secondary, quiet, danger (only in the dialog that confirms), link.

    Button("新隐患", icon="plus", key="F2")                       secondary
    Button("生成文书", kind="primary", key="F8", on_click=self._issue)
    button.refuse("还有 2 项必须处理")    disabled, and says why (tooltip + accessible description)
    button.allow()

`key` is only shown; bind it with View.add_key. Labels are verb + object, 2-6 characters, no full stop.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from ui.widgets.keycap import draw_keycap, keycap_width
from ui.widgets.painted import Themed, draw_box, draw_icon, draw_text

KINDS = ("primary", "secondary", "quiet", "danger", "link")


class Button(Themed, QAbstractButton):
    """A push button with an optional icon at the left and its key at the right. Signal: `clicked`."""

    def __init__(
        self,
        text: str = "",
        *,
        kind: str = "secondary",
        icon: str = "",
        key: str = "",
        on_click: Callable[[], object] | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        if kind not in KINDS:
            raise ValueError(kind)
        self._kind, self._icon_name, self._key, self._is_key_shown = kind, icon, key, True
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setProperty("ringGap", 2)
        self.setText(text)
        if on_click is not None:
            self.clicked.connect(lambda _checked=False: on_click())

    def setText(self, text: str) -> None:
        """Set the label, which is also its accessible name."""
        super().setText(text)
        self.setAccessibleName(text)
        self.updateGeometry()
        self.update()

    @property
    def key(self) -> str:
        """The key shown at the right, empty for none."""
        return self._key

    def set_key(self, key: str) -> None:
        """Show another key."""
        self._key = key
        self.restyle()

    def set_icon(self, name: str) -> None:
        """Show another icon, empty for none."""
        self._icon_name = name
        self.restyle()

    def show_key(self, is_shown: bool) -> None:
        """Hide the keycap where there is no room (150 %)."""
        self._is_key_shown = is_shown
        self.restyle()

    def refuse(self, reason: str) -> None:
        """Disable, saying why."""
        self.setEnabled(False)
        self.setToolTip(reason)
        self.setAccessibleDescription(reason)

    def allow(self) -> None:
        """Enable again."""
        self.setEnabled(True)
        self.setToolTip("")
        self.setAccessibleDescription("")

    @property
    def _dress(self) -> str:
        """Its kind as it is drawn: under gloves a link in text is a button like others (look.md §9)."""
        return "secondary" if self._kind == "link" and self.theme.is_field else self._kind

    @property
    def _has_key(self) -> bool:
        return self._is_key_shown and self.theme.shows_key(self._key)

    def _padding(self) -> int:
        return self.theme.u({"link": 0, "quiet": 12}.get(self._dress, 16))

    def _font_role(self) -> str:
        return "bodyStrong" if self._dress in {"primary", "danger", "link"} else "body"

    def text_width(self) -> int:
        """Return how wide the label is, in px."""
        return round(self.theme.metrics(self._font_role()).horizontalAdvance(self.text()) + 0.5)

    def room_for_text(self) -> int:
        """Return how many px the label may take at the present width."""
        return self.width() - (self._content_width() - self.text_width())

    def sizeHint(self) -> QSize:
        """Icon, label and keycap in one row; in field mode never narrower than it must be high."""
        return QSize(max(self._content_width(), self.theme.target), self.theme.size("control"))

    def _content_width(self) -> int:
        width = 2 * self._padding() + self.text_width()
        if self._icon_name:
            width += self.theme.u(26 if self.text() else 18)
        if self._has_key:
            width += self.theme.u(10) + keycap_width(self.theme, self._key)
        return width

    def minimumSizeHint(self) -> QSize:
        """Never narrower than its words."""
        return self.sizeHint()

    def _fill(self) -> tuple[QColor | None, QColor | None]:
        """Return (fill, edge) for the state it is in."""
        color = self.theme.color
        is_solid = self._kind in {"primary", "danger"}
        if not self.isEnabled():
            if is_solid:
                # Sunlight exempts nothing: its disabled ink is strong enough on white only (look.md §2).
                return (color("surface"), color("line")) if self.theme.is_sunlight else (color("pressed"), None)
            return None, color("line") if self._dress == "secondary" else None
        base = {"primary": "accent", "danger": "dangerFill"}.get(self._kind)
        if base:
            return color(base + ("Pressed" if self.isDown() else "Hover" if self.underMouse() else "")), None
        if self._dress == "link":
            return None, None
        fill = "pressed" if self.isDown() else "hover" if self.underMouse() else ""
        edge = color("control") if self._dress == "secondary" else None
        return color(fill) if fill else color("surface") if self._dress == "secondary" else None, edge

    def _ink(self) -> QColor:
        role = {"primary": "onAccent", "danger": "onDanger", "link": "accent"}.get(self._dress, "text")
        return self.theme.color(role if self.isEnabled() else "disabled")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter presses a focused button, like Space."""
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and not event.isAutoRepeat():
            self.click()
            return
        super().keyPressEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw box, icon, label, key."""
        theme, ink = self.theme, self._ink()
        fill, edge = self._fill()
        with QPainter(self) as painter:
            rect = QRectF(self.rect())
            draw_box(painter, rect, fill=fill, line=edge, width=theme.line, radius=theme.radius("control"))
            x, middle = float(self._padding()), rect.center().y()
            if self.width() > self._content_width():
                x += (self.width() - self._content_width()) / 2
            if self._icon_name:
                draw_icon(painter, x, middle, self._icon_name, theme=theme, px=18, color=ink, dpr=self.dpr)
                x += theme.u(26 if self.text() else 18)
            room = QRectF(x, 0, self.text_width() + 1, self.height())
            draw_text(painter, room, self.text(), font=theme.font(self._font_role()), color=ink, elide=False)
            if self._has_key:
                self._draw_key(painter, x + self.text_width() + theme.u(10), ink)

    def _draw_key(self, painter: QPainter, x: float, ink: QColor) -> None:
        theme = self.theme
        width, height = keycap_width(theme, self._key), theme.size("key")
        cap = QRectF(round(x), round((self.height() - height) / 2), width, height)
        is_solid = self._kind in {"primary", "danger"}
        edge = ink if is_solid and self.isEnabled() else theme.color("lineStrong")
        shown = ink if is_solid or not self.isEnabled() else theme.color("text2")
        draw_keycap(painter, cap, self._key, theme=theme, ink=shown, edge=edge)
