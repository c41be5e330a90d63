"""Segment: two to four exclusive choices side by side, never a combo box.

    Segment([Choice("general", "一般", icon="circle"), Choice("major", "重大", icon="filled/alert-octagon",
             icon_color="danger")], name="等级")
    segment.chosen → Signal(str)      by the user only
    segment.set_value("major"); segment.value() -> str ("" if none)
← → move the choice; each part is a real radio button to a screen reader.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QRadioButton, QSizePolicy, QWidget

from ui.widgets.painted import Themed, draw_box, draw_icon, draw_text
from ui.widgets.tab_order import tab_within


@dataclass(frozen=True, slots=True)
class Choice:
    """One choice: the value that is stored, the word that is shown, and perhaps its shape."""

    value: str
    word: str
    icon: str = ""
    icon_color: str = ""


class _Part(Themed, QRadioButton):
    """One part of a segment."""

    def __init__(self, choice: Choice, parent: Segment) -> None:
        super().__init__(parent)
        self.choice = choice
        self.setText(choice.word)
        self.setAccessibleName(choice.word)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setProperty("ringGap", 0)

    def text_width(self) -> int:
        """Width of the word in bold, so that choosing never moves a neighbour."""
        return round(self.theme.metrics("bodyStrong").horizontalAdvance(self.text()) + 0.5)

    def room_for_text(self) -> int:
        """Return how many px the word may take."""
        return self.width() - (self._content_width() - self.text_width())

    def _content_width(self) -> int:
        icon = self.theme.u(26) if self.choice.icon else 0
        return self.text_width() + icon + self.theme.u(28)

    def sizeHint(self) -> QSize:
        return QSize(max(self._content_width(), self.theme.target), self.theme.size("control"))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def hitButton(self, _pos) -> bool:
        """The whole part is the target."""
        return True

    def _ink(self, *, is_chosen: bool) -> str:
        if not self.isEnabled():
            return "text" if is_chosen else "disabled"
        if not is_chosen:
            return "text2"
        return "selectedText" if self.theme.is_sunlight else "accent"

    def paintEvent(self, _event: QPaintEvent) -> None:
        theme, chosen = self.theme, self.isChecked()
        color = theme.color(self._ink(is_chosen=chosen))
        with QPainter(self) as painter:
            rect = QRectF(self.rect())
            if chosen:
                # What is fixed stays as readable as what can be changed, only quieter.
                fill = theme.color("selected" if self.isEnabled() else "sunken")
                edge = theme.color("accent" if self.isEnabled() else "control")
                draw_box(painter, rect, fill=fill, line=edge, width=2 * theme.line, radius=theme.radius("control"))
            elif self.underMouse() and self.isEnabled():
                inner = rect.adjusted(2, 2, -2, -2)
                draw_box(painter, inner, fill=theme.color("hover"), radius=theme.radius("tag"))
            role = "bodyStrong" if chosen else "body"
            wide = theme.metrics(role).horizontalAdvance(self.text())
            icon = theme.u(26) if self.choice.icon else 0
            x = (self.width() - wide - icon) / 2
            if icon:
                is_inverted = chosen and theme.is_sunlight and self.isEnabled()
                own = "" if is_inverted or not (chosen or self.isEnabled()) else self.choice.icon_color
                tint = theme.color(own) if own else color
                draw_icon(painter, x, rect.center().y(), self.choice.icon, theme=theme, px=18, color=tint, dpr=self.dpr)
            room = QRectF(x + icon, 0, wide + 1, self.height())
            draw_text(painter, room, self.text(), font=theme.font(role), color=color, elide=False)


class Segment(Themed, QWidget):
    """Exclusive choices in one frame. Signal `chosen(str)` when the user picks another value."""

    chosen = Signal(str)
    part = _Part
    """What each choice is painted by; on dark ground another."""

    def __init__(self, choices: Sequence[Choice] = (), *, name: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(0)
        self._parts: list[_Part] = []
        self.set_choices(choices)

    def set_choices(self, choices: Sequence[Choice]) -> None:
        """Show other choices (or the same in another language), keeping the value if it is still there."""
        value = self.value()
        for part in self._parts:
            self._row.removeWidget(part)
            part.deleteLater()
        self._parts = [self.part(choice, self) for choice in choices]
        for part in self._parts:
            self._row.addWidget(part)
            part.clicked.connect(lambda _on=False, p=part: self._pick(p))
        tab_within(self, self._parts)
        self.set_value(value)

    def value(self) -> str:
        """Return the chosen value, empty if nothing is chosen."""
        return next((p.choice.value for p in self._parts if p.isChecked()), "")

    def set_value(self, value: str) -> None:
        """Choose without a signal; an unknown value chooses nothing."""
        for part in self._parts:
            part.setAutoExclusive(False)
            part.setChecked(part.choice.value == value)
            part.setAutoExclusive(True)
        self._order_focus()

    def _pick(self, part: _Part) -> None:
        self._order_focus()
        self.chosen.emit(part.choice.value)

    def _order_focus(self) -> None:
        """Only the chosen part takes part in Tab, like any radio group."""
        current = self._current()
        for part in self._parts:
            tab = Qt.FocusPolicy.StrongFocus if part is current else Qt.FocusPolicy.ClickFocus
            part.setFocusPolicy(tab)

    def _current(self) -> _Part | None:
        return next((p for p in self._parts if p.isChecked()), self._parts[0] if self._parts else None)

    def setFocus(self, reason: Qt.FocusReason = Qt.FocusReason.OtherFocusReason) -> None:  # type: ignore[override]
        """Stand on the chosen part, or on the first."""
        current = self._current()
        if current is not None:
            current.setFocus(reason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """← → choose the neighbour."""
        step = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}.get(Qt.Key(event.key()))
        at = next((n for n, p in enumerate(self._parts) if p.hasFocus()), None)
        if step is None or at is None or not 0 <= at + step < len(self._parts):
            super().keyPressEvent(event)
            return
        part = self._parts[at + step]
        part.setChecked(True)
        self._pick(part)
        part.setFocus(Qt.FocusReason.TabFocusReason)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the frame and the hairlines between parts that are not chosen."""
        theme = self.theme
        with QPainter(self) as painter:
            draw_box(
                painter,
                QRectF(self.rect()),
                fill=theme.color("surface"),
                line=theme.color("control"),
                width=theme.line,
                radius=theme.radius("control"),
            )
            for left, right in zip(self._parts, self._parts[1:], strict=False):
                if not left.isChecked() and not right.isChecked():
                    gap = theme.u(10)
                    x = right.x()
                    painter.fillRect(x, gap, theme.line, self.height() - 2 * gap, theme.color("lineStrong"))
