"""PersonCard: one person who may unlock: name, certificate number, and whether the certificate is valid today."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QRadioButton, QSizePolicy, QWidget

from inspector.card import UserCard
from ui.text import tr
from ui.widgets.painted import Themed, draw_box, draw_icon, draw_text

SOON_DAYS = 30
"""A certificate that ends within 30 days is said in amber."""


def validity(card: UserCard, today: date) -> tuple[str, str, str, str]:
    """Return icon, colour role, word and date line of a certificate."""
    left = (card.cert_to - today).days
    if not card.is_certified_on(today):
        word = tr("仅可记录")
        line = tr("{day} 已过期", day=card.cert_to) if left < 0 else tr("{day} 起有效", day=card.cert_from)
        return "filled/circle-x", "danger", word, line
    if left <= SOON_DAYS:
        return "clock-hour-4", "warn", tr("{n} 天后到期", n=left), tr("至 {day}", day=card.cert_to)
    return "filled/circle-check", "ok", tr("证件有效"), tr("至 {day}", day=card.cert_to)


class PersonCard(Themed, QRadioButton):
    """A card to choose; ← → walk over the cards like any radio group."""

    def __init__(self, card: UserCard, today: date, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.card, self._today = card, today
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setProperty("ringGap", 2)
        self.setProperty("ringRadius", "card")
        self.retranslate()

    def retranslate(self) -> None:
        """Say name and validity to a screen reader."""
        _icon, _color, word, line = validity(self.card, self._today)
        self.setText(self.card.name)
        self.setAccessibleName(f"{self.card.name}，{word}，{line}")
        self.update()

    def sizeHint(self) -> QSize:
        """140 px high; the width is shared out by the layout."""
        return QSize(self.theme.u(211), self.theme.u(140))

    def minimumSizeHint(self) -> QSize:
        """Wide enough for four characters and a date."""
        return QSize(self.theme.u(180), self.theme.u(140))

    def hitButton(self, _pos: object) -> bool:
        """The whole card is the target."""
        return True

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw avatar, name, number; below the line the validity."""
        theme, u, chosen = self.theme, self.theme.u, self.isChecked()
        with QPainter(self) as painter:
            edge = "accent" if chosen else "control" if self.underMouse() else "lineStrong"
            draw_box(
                painter,
                QRectF(self.rect()),
                fill=theme.color("surface"),
                line=theme.color(edge),
                width=(2 if chosen else 1) * theme.line,
                radius=theme.radius("card"),
            )
            self._draw_person(painter, is_chosen=chosen)
            draw_box(painter, QRectF(u(16), u(76), self.width() - u(32), theme.line), fill=theme.color("line"))
            icon, color, word, line = validity(self.card, self._today)
            ink = theme.color(color)
            draw_icon(painter, u(16), u(99), icon, theme=theme, px=18, color=ink, dpr=self.dpr)
            room = QRectF(u(42), u(87), self.width() - u(50), u(24))
            draw_text(painter, room, word, font=theme.font("body"), color=ink)
            below = QRectF(u(42), u(110), self.width() - u(50), u(20))
            draw_text(painter, below, line, font=theme.font("meta"), color=theme.color("text2"), elide=False)

    def _draw_person(self, painter: QPainter, *, is_chosen: bool) -> None:
        theme, u = self.theme, self.theme.u
        circle = QRectF(u(16), u(16), u(40), u(40))
        ground = theme.color("selected" if is_chosen else "hover")
        ring = theme.color("line") if theme.is_sunlight else None
        draw_box(painter, circle, fill=ground, line=ring, width=theme.line, radius=u(20))
        ink = "text2" if not is_chosen else "selectedText" if theme.is_sunlight else "accent"
        middle = Qt.AlignmentFlag.AlignHCenter
        first = self.card.name[:1]
        draw_text(painter, circle, first, font=theme.font("title"), color=theme.color(ink), align=middle, elide=False)
        room = QRectF(u(68), u(14), self.width() - u(80), u(26))
        draw_text(painter, room, self.card.name, font=theme.font("title"), color=theme.color("text"))
        below = QRectF(u(68), u(38), self.width() - u(80), u(20))
        draw_text(painter, below, self.card.cert_no, font=theme.font("meta"), color=theme.color("text2"))
