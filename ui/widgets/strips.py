"""The two strips of every screen: StatusStrip (52, what is open; is it safe) and BottomStrip (56, what to do).

    strip.show_title("示例甲仓储有限公司", "示应急检〔2026〕0457", badge)
    strip.show_work("照片 12 / 300");  strip.show_messages("消息 3", icon="message", hint="…")     buttons
    strip.show_states([badge("save.saved", at="09:13:05"), badge("send.waiting", n=41)])      from left to right
    bottom = BottomStrip(primary=issue, others=[new, photo]);  bottom.say("核发前都可修改", icon="info-circle")
One primary action, at the far right; no icon-only buttons.
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from ui.theme.status import Badge
from ui.widgets.button import Button
from ui.widgets.icon import IconLabel
from ui.widgets.label import Label, wrapped
from ui.widgets.painted import Themed, draw_text
from ui.widgets.tag import Tag, badge_width, draw_badge

NO_KEYS_BELOW = 900
"""Under this logical width ÷ text scale only the primary shows its key (look.md §10)."""


class _States(Themed, QWidget):
    """The quiet facts at the right of the top strip, without boxes."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._badges: tuple[Badge, ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Expanding)

    def show_states(self, badges: Sequence[Badge]) -> None:
        self._badges = tuple(badge.bare() for badge in badges)
        self.setAccessibleName("，".join(badge.word for badge in badges))
        self.restyle()

    def sizeHint(self) -> QSize:
        gap = self.theme.u(18)
        wide = sum(badge_width(self.theme, badge) + gap for badge in self._badges)
        return QSize(max(0, wide - gap), self.theme.size("tag"))

    def paintEvent(self, _event: QPaintEvent) -> None:
        x = 0.0
        with QPainter(self) as painter:
            for badge in self._badges:
                width = badge_width(self.theme, badge)
                room = QRectF(x, 0, width, self.height())
                draw_badge(painter, room, badge, theme=self.theme, dpr=self.dpr)
                x += width + self.theme.u(18)


class _Title(Label):
    """One line in title; a long name takes two smaller ones, for names are never cut (look.md §3)."""

    def room(self, wide: int) -> int:
        """Take two lines where one is longer than `wide` px; return the width it needs then."""
        self.set_role("title")
        self._is_double = self.text_width() + 1 > wide
        if not self._is_double:
            return self.text_width() + 1
        self.set_role("bodyStrong")
        return min(wide, self.text_width() + 1)

    _is_double = False

    def _step(self) -> int:
        return round(self.theme.metrics("bodyStrong").ascent() * 1.2)

    def sizeHint(self) -> QSize:
        """One line, or two close ones."""
        hint = super().sizeHint()
        return QSize(hint.width(), max(hint.height(), 2 * self._step())) if self._is_double else hint

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the line, or both."""
        font = self.theme.font("bodyStrong")
        lines = wrapped(self.text(), font, self.width() + 1) if self._is_double else []
        if len(lines) < 2:
            super().paintEvent(event)
            return
        step, ink = self._step(), self.theme.color("text")
        top = (self.height() - 2 * step) / 2
        with QPainter(self) as painter:
            draw_text(painter, QRectF(0, top, self.width(), step), lines[0], font=font, color=ink, elide=False)
            rest = self.text()[len(lines[0]) :].strip()
            draw_text(painter, QRectF(0, top + step, self.width(), step), rest, font=font, color=ink)


class StatusStrip(Themed, QWidget):
    """What is open, and whether it is safe."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.title = _Title(role="title")
        self.subtitle = Label(role="meta", color="text2")
        self.tag = Tag()
        self._states = _States()
        self.work = Button(kind="quiet", icon="loader-2")
        self.messages = Button(kind="quiet")
        self._row = QHBoxLayout(self)
        for widget in (self.title, self.subtitle, self.tag):
            self._row.addWidget(widget)
        self._row.addStretch(1)
        self._row.addWidget(self.work)
        self._row.addWidget(self._states)
        self._row.addWidget(self.messages)
        for button in (self.work, self.messages):
            button.hide()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.restyle()

    def show_title(self, title: str, subtitle: str = "", badge: Badge | None = None) -> None:
        """Name what is open: firm or screen, number, perhaps its state."""
        self.title.setText(title)
        self.subtitle.setText(subtitle)
        self.tag.show_badge(badge)
        self._fit()

    def show_states(self, badges: Sequence[Badge]) -> None:
        """Say what is saved, whether there is a net, what waits to be sent."""
        self._states.show_states(badges)
        self._fit()

    def show_work(self, line: str) -> None:
        """Say what runs in the background; empty when nothing does."""
        self.work.setText(line)
        self.work.setVisible(bool(line))
        self._fit()

    def show_messages(self, line: str, *, icon: str, hint: str) -> None:
        """Say how many messages there are; empty for none. `hint` says what pressing it does."""
        self.messages.set_icon(icon)
        self.messages.setText(line)
        self.messages.setToolTip(hint)
        self.messages.setAccessibleDescription(hint)
        self.messages.setVisible(bool(line))
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Give names their width first."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """A firm's name is never cut while the number beside it could go; a number is shown whole or not at all."""
        gap = self.theme.u(12)
        room = self.width() - self.theme.u(40) - self._states.sizeHint().width() - gap
        for button in (self.work, self.messages):
            room -= 0 if button.isHidden() else button.sizeHint().width() + gap
        if not self.tag.isHidden():
            room -= self.tag.sizeHint().width() + gap
        title = self.title.room(max(0, room))
        rest = room - title - 2 * gap
        self.title.setMinimumWidth(title)
        self.subtitle.setVisible(bool(self.subtitle.text()) and rest >= self.subtitle.text_width())

    def restyle(self) -> None:
        """Take height and gaps of the theme."""
        u = self.theme.u
        self._row.setContentsMargins(u(20), 0, u(20), self.theme.line)
        self._row.setSpacing(u(12))
        self.setFixedHeight(self.theme.size("topBar"))
        self._fit()
        super().restyle()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw ground and hairline."""
        with QPainter(self) as painter:
            painter.fillRect(self.rect(), self.theme.color("surface"))
            line = self.theme.line
            painter.fillRect(0, self.height() - line, self.width(), line, self.theme.color("line"))


class BottomStrip(Themed, QWidget):
    """A hint at the left, actions at the right, one primary at the far right."""

    def __init__(
        self, *, primary: Button | None = None, others: Sequence[Button] = (), parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._icon = IconLabel("info-circle", 16)
        self._hint = Label(role="meta", color="text2")
        self._buttons = [*others, *([primary] if primary is not None else [])]
        self._primary = primary
        self._row = QHBoxLayout(self)
        self._row.addWidget(self._icon)
        self._row.addWidget(self._hint, 1)
        self._row.addStretch(0)
        for button in self._buttons:
            self._row.addWidget(button)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.say("")
        self.restyle()

    def say(self, hint: str, *, icon: str = "info-circle", color: str = "text2") -> None:
        """Say one sentence at the left; empty says nothing."""
        self._icon.show_icon(icon, color)
        self._icon.setVisible(bool(hint))
        self._hint.setText(hint)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Drop the keycaps of all but the primary where there is no room."""
        super().resizeEvent(event)
        has_room = self.window().width() / self.theme.scale >= NO_KEYS_BELOW
        for button in self._buttons:
            button.show_key(has_room or button is self._primary)

    def restyle(self) -> None:
        """Take height and gaps of the theme."""
        u = self.theme.u
        self._row.setContentsMargins(u(20), self.theme.line, u(16), 0)
        self._row.setSpacing(self.theme.gap)
        self.setFixedHeight(self.theme.size("bottomBar"))
        super().restyle()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw ground and hairline."""
        with QPainter(self) as painter:
            painter.fillRect(self.rect(), self.theme.color("surface"))
            painter.fillRect(0, 0, self.width(), self.theme.line, self.theme.color("line"))
