"""Rail: where you are. Icon over word at the left edge; only the icon when the window is narrow.

rail = Rail();  rail.set_items([RailItem("today", "今日", "calendar-event", key="Alt+1"), …])
rail.chosen → Signal(str);  rail.set_current("today");  rail.set_collapsed(True)
rail.set_person("张某") shows the avatar at the foot; rail.person_pressed → Signal()
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFont, QFontMetricsF, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QVBoxLayout, QWidget

from ui.widgets.painted import Themed, draw_box, draw_icon, draw_text


@dataclass(frozen=True, slots=True)
class RailItem:
    """One place: its id, word, icon and key."""

    id: str
    word: str
    icon: str
    key: str = ""
    is_at_foot: bool = False


class _Item(Themed, QAbstractButton):
    """One place of the rail; icon over word, or the icon alone with the word as tooltip."""

    def __init__(self, item: RailItem, rail: Rail) -> None:
        super().__init__(rail)
        self.item, self.is_collapsed = item, False
        self.setCheckable(True)
        self.setText(item.word)
        self.setAccessibleName(item.word)
        self.setToolTip(f"{item.word}　{item.key}" if item.key else item.word)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setProperty("ringGap", -2)
        self.setProperty("ringRadius", "navItem")

    def text_width(self) -> int:
        """Width of the word in bold; nothing while only the icon stands there."""
        font = QFont(self.theme.font("meta"))
        font.setBold(True)
        return 0 if self.is_collapsed else round(QFontMetricsF(font).horizontalAdvance(self.text()))

    def room_for_text(self) -> int:
        """Return how many px the word may take."""
        return self.width()

    def sizeHint(self) -> QSize:
        side = self.theme.size("railCollapsed" if self.is_collapsed else "rail") - self.theme.u(16)
        return QSize(side, max(self.theme.u(44 if self.is_collapsed else 56), self.theme.target))

    def paintEvent(self, _event: QPaintEvent) -> None:
        theme = self.theme
        chosen = self.isChecked()
        ink = theme.color("text2")
        if chosen:
            ink = theme.color("selectedText" if theme.is_sunlight else "accent")
        with QPainter(self) as painter:
            rect = QRectF(self.rect())
            if chosen:
                draw_box(painter, rect, fill=theme.color("selected"), radius=theme.radius("navItem"))
            elif self.isDown() or self.underMouse():
                fill = theme.color("pressed" if self.isDown() else "hover")
                draw_box(painter, rect, fill=fill, radius=theme.radius("navItem"))
            size = theme.u(22)
            x = (self.width() - size) / 2
            top = (self.height() - theme.u(56)) // 2
            middle = rect.center().y() if self.is_collapsed else top + theme.u(18)
            draw_icon(painter, x, middle, self.item.icon, theme=theme, px=22, color=ink, dpr=self.dpr)
            if not self.is_collapsed:
                font = theme.font("meta")
                if chosen:
                    font = type(font)(font)
                    font.setBold(True)
                word = QRectF(0, top + theme.u(32), self.width(), theme.u(20))
                align = Qt.AlignmentFlag.AlignHCenter
                draw_text(painter, word, self.text(), font=font, color=ink, align=align)


class _Person(Themed, QAbstractButton):
    """The avatar: the first character of who is signed in."""

    def __init__(self, rail: Rail) -> None:
        super().__init__(rail)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setProperty("ringRadius", "dialog")
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        edge = max(self.theme.u(32), self.theme.target)
        return QSize(edge, edge)

    def paintEvent(self, _event: QPaintEvent) -> None:
        theme = self.theme
        with QPainter(self) as painter:
            rect = QRectF(self.rect())
            edge = theme.color("line") if theme.is_sunlight else None
            fill = theme.color("lineStrong" if self.underMouse() and not theme.is_sunlight else "pressed")
            fill = theme.color("surface") if theme.is_sunlight else fill
            draw_box(painter, rect, fill=fill, line=edge, width=theme.line, radius=rect.width() / 2)
            align = Qt.AlignmentFlag.AlignHCenter
            font = theme.font("bodyStrong")
            draw_text(painter, rect, self.text()[:1], font=font, color=theme.color("text"), align=align, elide=False)


class Rail(Themed, QWidget):
    """The left edge of the frame. Signals: `chosen(id)` by the user, `person_pressed()`."""

    chosen = Signal(str)
    person_pressed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._items: list[_Item] = []
        self._is_collapsed = False
        self._column = QVBoxLayout(self)
        self._column.addStretch(1)
        self._person = _Person(self)
        self._person.hide()
        self._person.clicked.connect(lambda _on=False: self.person_pressed.emit())
        self._column.addWidget(self._person, 0, Qt.AlignmentFlag.AlignHCenter)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Expanding)
        self.restyle()

    def set_items(self, items: Sequence[RailItem]) -> None:
        """Show these places, keeping the current one."""
        now = self.current()
        for old in self._items:
            self._column.removeWidget(old)
            old.deleteLater()
        self._items = [_Item(item, self) for item in items]
        for n, part in enumerate(self._items):
            part.is_collapsed = self._is_collapsed
            at = self._column.count() - 1 if part.item.is_at_foot else n  # the avatar is the last
            self._column.insertWidget(at, part)
            part.clicked.connect(lambda _on=False, p=part: self._pick(p))
            part.setChecked(part.item.id == now)

    def _pick(self, part: _Item) -> None:
        self.set_current(part.item.id)
        self.chosen.emit(part.item.id)

    def current(self) -> str:
        """Return the id of the marked place, empty for none."""
        return next((part.item.id for part in self._items if part.isChecked()), "")

    def set_current(self, item_id: str) -> None:
        """Mark a place, without a signal."""
        for part in self._items:
            part.setChecked(part.item.id == item_id)

    def set_person(self, name: str, hint: str) -> None:
        """Show who is signed in; `hint` says what pressing it does."""
        self._person.setText(name)
        self._person.setAccessibleName(name)
        self._person.setAccessibleDescription(hint)
        self._person.setToolTip(f"{name}　{hint}")
        self._person.setVisible(bool(name))

    def set_collapsed(self, is_collapsed: bool) -> None:
        """Show icons alone (logical width under 900)."""
        if is_collapsed != self._is_collapsed:
            self._is_collapsed = is_collapsed
            for part in self._items:
                part.is_collapsed = is_collapsed
                part.updateGeometry()
            self.restyle()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """↑ ↓ walk over the places; Space or Enter goes there."""
        step = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}.get(Qt.Key(event.key()))
        at = next((n for n, p in enumerate(self._items) if p.hasFocus()), None)
        if at is not None and event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self._items[at].click()
        elif step is None or at is None or not 0 <= at + step < len(self._items):
            super().keyPressEvent(event)
        else:
            self._items[at + step].setFocus(Qt.FocusReason.TabFocusReason)

    def restyle(self) -> None:
        """Take width and gaps of the theme."""
        u = self.theme.u
        self.setFixedWidth(self.theme.size("railCollapsed" if self._is_collapsed else "rail"))
        self._column.setContentsMargins(u(8), u(10), u(8), u(14))
        self._column.setSpacing(max(u(4), self.theme.density.gap))
        super().restyle()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the ground and the hairline at the right."""
        theme = self.theme
        with QPainter(self) as painter:
            painter.fillRect(self.rect(), theme.color("sunken"))
            painter.fillRect(self.width() - theme.line, 0, theme.line, self.height(), theme.color("line"))
