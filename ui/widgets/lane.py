"""Lane: one channel of the sync screen: icon, name, bar, n / total, receipt. Lanes never vanish when full.

lane = Lane("照片", icon="photo");  lane.show_state(296, 300, second="1.18 GB", note="剩 4 秒　断点可续",
                                                   badge=badge("send.r2"), is_running=True)
"""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui.theme.status import Badge
from ui.widgets.painted import Themed, draw_icon, draw_text, hline
from ui.widgets.progress import draw_bar, grouped
from ui.widgets.tag import badge_width, draw_badge


class Lane(Themed, QWidget):
    """One row of 68 px; what runs is bold."""

    def __init__(self, title: str, *, icon: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._title, self._icon_name = title, icon
        self._done = self._total = 0
        self._second = self._note = ""
        self._badge: Badge | None = None
        self._is_running = False
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def set_title(self, title: str) -> None:
        """Name the channel (again, in another language)."""
        self._title = title
        self._speak()

    def show_state(
        self,
        done: int,
        total: int,
        *,
        second: str = "",
        note: str = "",
        badge: Badge | None = None,
        is_running: bool = False,
    ) -> None:
        """Show how much is through; `second` under the name, `note` under the bar, `badge` at the right."""
        self._done, self._total, self._second, self._note = done, total, second, note
        self._badge, self._is_running = badge, is_running
        self._speak()

    def _speak(self) -> None:
        word = self._badge.word if self._badge else ""
        said = (self._title, f"{self._done} / {self._total}", word, self._second, self._note)
        self.setAccessibleName("，".join(part for part in said if part))
        self.setToolTip("\n".join(part for part in (self._second, self._note) if part))
        self.update()

    def sizeHint(self) -> QSize:
        """Token rowLane high."""
        return QSize(self.theme.u(480), self.theme.size("rowLane"))

    def minimumSizeHint(self) -> QSize:
        """Keeps its height."""
        return QSize(self.theme.u(360), self.theme.size("rowLane"))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw from both edges inwards, the bar takes the middle."""
        theme = self.theme
        pad, top, line = theme.u(20), theme.u(12), theme.u(24)
        right = float(self.width() - pad)
        text, meta = theme.color("text"), theme.color("text2")
        font = theme.font("bodyStrong" if self._is_running else "body")
        with QPainter(self) as painter:
            draw_icon(painter, pad, top + line / 2, self._icon_name, theme=theme, px=20, color=meta, dpr=self.dpr)
            name_left = pad + theme.u(32)
            hline(painter, theme, name_left, self.width(), self.height())
            receipt = theme.u(100)
            if self._badge is not None:
                width = badge_width(theme, self._badge)
                spot = QRectF(right - width, top, width, line)
                draw_badge(painter, spot, self._badge, theme=theme, dpr=self.dpr)
                receipt = max(receipt, width)
            count = QRectF(right - receipt - theme.u(110), top, theme.u(90), line)
            said = f"{grouped(self._done)} / {grouped(self._total)}"
            draw_text(painter, count, said, font=font, color=text, align=Qt.AlignmentFlag.AlignRight, elide=False)
            name_room = max(theme.u(120), (count.left() - name_left) * 0.45)
            draw_text(painter, QRectF(name_left, top, name_room, line), self._title, font=font, color=text)
            below = QRectF(name_left, top + line, name_room, theme.u(20))
            small = theme.font("meta")
            draw_text(painter, below, self._second, font=small, color=meta)
            bar = QRectF(name_left + name_room, top, count.left() - name_left - name_room - theme.u(8), line)
            share = self._done / self._total if self._total else 1.0
            draw_bar(painter, bar, share, theme=theme)
            draw_text(painter, bar.translated(0, line), self._note, font=small, color=meta)
