"""ResumeLine: what the chosen officer left unfinished, as far as it may be told without a key."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from inspector.clock import CHINA
from ui.resume import Resume
from ui.text import tr
from ui.widgets.painted import Themed, draw_box, draw_icon, draw_text


class ResumeLine(Themed, QWidget):
    """One card, hidden while there is nothing to resume."""

    def __init__(self, today: date, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._today, self._left = today, Resume(place="")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_left(self, left: Resume | None) -> None:
        """Say what was left; whether it is shown is up to the screen."""
        self._left = left or Resume(place="")
        self.retranslate()

    def words(self) -> tuple[str, str]:
        """Return title and second line."""
        at = self._left.at
        when = ""
        if at is not None:
            local = at.astimezone(CHINA)
            days = (self._today - local.date()).days
            day = tr("今日") if days == 0 else tr("昨日") if days == 1 else f"{local:%m-%d}"
            when = tr("{day} {time} 离开", day=day, time=f"{local:%H:%M}")
        second = "　".join(part for part in (when, tr("内容已自动保存，进入后回到原处")) if part)
        return tr("{n} 次检查没有结束", n=self._left.open_visits), second

    def retranslate(self) -> None:
        """Say it to a screen reader."""
        self.setAccessibleName("，".join(self.words()))
        self.update()

    def sizeHint(self) -> QSize:
        """64 px high."""
        return QSize(self.theme.u(480), self.theme.u(64))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the card: icon, what is open, when it was left."""
        theme, u = self.theme, self.theme.u
        title, second = self.words()
        with QPainter(self) as painter:
            rect, line = QRectF(self.rect()), theme.color("line")
            fill, radius = theme.color("surface"), theme.radius("card")
            draw_box(painter, rect, fill=fill, line=line, width=theme.line, radius=radius)
            ink = theme.color("accent")
            draw_icon(painter, u(16), u(32), "clipboard-check", theme=theme, px=22, color=ink, dpr=self.dpr)
            room = QRectF(u(52), u(8), self.width() - u(68), u(26))
            draw_text(painter, room, title, font=theme.font("bodyStrong"), color=theme.color("text"))
            below = QRectF(u(52), u(34), self.width() - u(68), u(22))
            draw_text(painter, below, second, font=theme.font("meta"), color=theme.color("text2"))
