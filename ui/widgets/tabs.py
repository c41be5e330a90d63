"""Tabs: words with counts and keys over one pane, the current one with a blue line; a note at the right.

tabs = Tabs();  tabs.set_tabs([Tab("hazards", "隐患", count="4", key="F6"), …], current="hazards", note="照片未归属 1")
tabs.chosen → Signal(str) by the user;  tabs.set_current("photos")
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QHBoxLayout, QSizePolicy, QWidget

from ui.widgets.keycap import draw_keycap, keycap_width
from ui.widgets.label import Label
from ui.widgets.painted import Themed, draw_text


@dataclass(frozen=True, slots=True)
class Tab:
    """One tab: id, word, how many are behind it, its key."""

    id: str
    word: str
    count: str = ""
    key: str = ""


class _Tab(Themed, QAbstractButton):
    """One tab as a real button."""

    def __init__(self, tab: Tab, parent: QWidget) -> None:
        super().__init__(parent)
        self.tab = tab
        self.setCheckable(True)
        self.setAutoExclusive(True)
        self.setText(tab.word)
        self.setAccessibleName(f"{tab.word} {tab.count}".strip())
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setProperty("ringGap", -5)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Expanding)

    def sizeHint(self) -> QSize:
        """Word, count and key in one row."""
        theme, u = self.theme, self.theme.u
        width = theme.metrics("bodyStrong").horizontalAdvance(self.tab.word) + u(24)
        if self.tab.count:
            width += theme.metrics("meta").horizontalAdvance(self.tab.count) + u(8)
        if theme.shows_key(self.tab.key):
            width += keycap_width(theme, self.tab.key) + u(10)
        return QSize(max(round(width + 0.5), theme.target), theme.size("paneHeader") - theme.line)

    def minimumSizeHint(self) -> QSize:
        """Never narrower than its words."""
        return self.sizeHint()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw it, and the line of the current one."""
        theme, u, is_on = self.theme, self.theme.u, self.isChecked()
        with QPainter(self) as painter:
            room = QRectF(self.rect())
            if self.underMouse() and not is_on:
                painter.fillRect(self.rect().adjusted(0, 0, 0, -theme.line), theme.color("hover"))
            x = float(u(12))
            font = theme.font("bodyStrong" if is_on else "body")
            ink = theme.color("accent" if is_on else "text2")
            line = QRectF(x, 0, room.width() - x, room.height())
            x += draw_text(painter, line, self.tab.word, font=font, color=ink, elide=False) + u(8)
            if self.tab.count:
                line = QRectF(x, 0, room.width() - x, room.height())
                meta, quiet = theme.font("meta"), theme.color("text2")
                x += draw_text(painter, line, self.tab.count, font=meta, color=quiet, elide=False) + u(10)
            if theme.shows_key(self.tab.key):
                width, height = keycap_width(theme, self.tab.key), theme.size("key")
                cap = QRectF(round(x), round((room.height() - height) / 2), width, height)
                quiet, edge = theme.color("text2"), theme.color("lineStrong")
                draw_keycap(painter, cap, self.tab.key, theme=theme, ink=quiet, edge=edge)
            if is_on:
                thick = u(3)
                painter.fillRect(u(4), self.height() - thick, self.width() - u(8), thick, theme.color("accent"))


class Tabs(Themed, QWidget):
    """See the module text. Signal `chosen(id)`."""

    chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._tabs: list[_Tab] = []
        self._shown: tuple[Tab, ...] = ()
        self.note = Label(role="meta", color="warn", elide=False)
        self._row = QHBoxLayout(self)
        self._row.addStretch(1)
        self._row.addWidget(self.note)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.restyle()

    def set_tabs(self, tabs: Sequence[Tab], *, current: str, note: str = "") -> None:
        """Show these."""
        self.note.setText(note)
        if tuple(tabs) == self._shown:
            return
        had_focus = any(tab.hasFocus() for tab in self._tabs)
        self._shown = tuple(tabs)
        for old in self._tabs:
            self._row.removeWidget(old)
            old.hide()
            old.deleteLater()
        self._tabs = [_Tab(tab, self) for tab in tabs]
        for n, tab in enumerate(self._tabs):
            self._row.insertWidget(n, tab)
            tab.show()
            tab.clicked.connect(lambda _on=False, t=tab: self.chosen.emit(t.tab.id))
        self.set_current(current)
        if had_focus:
            self.current_button().setFocus()

    def current(self) -> str:
        """Return the id of the tab that is on, empty for none."""
        return next((tab.tab.id for tab in self._tabs if tab.isChecked()), "")

    def current_button(self) -> QAbstractButton:
        """Return the button of the tab that is on."""
        return next((tab for tab in self._tabs if tab.isChecked()), self._tabs[0])

    def set_current(self, tab_id: str) -> None:
        """Stand on a tab, without a signal."""
        for tab in self._tabs:
            tab.setChecked(tab.tab.id == tab_id)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """← → choose the neighbour."""
        step = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}.get(Qt.Key(event.key()))
        at = next((n for n, tab in enumerate(self._tabs) if tab.hasFocus()), None)
        if step is None or at is None or not 0 <= at + step < len(self._tabs):
            super().keyPressEvent(event)
            return
        self._tabs[at + step].setFocus(Qt.FocusReason.TabFocusReason)
        self._tabs[at + step].click()

    def restyle(self) -> None:
        """Take height and gaps of the theme."""
        u = self.theme.u
        self._row.setContentsMargins(u(8), 0, u(16), self.theme.line)
        self._row.setSpacing(max(u(4), self.theme.density.gap))
        self.setFixedHeight(self.theme.size("paneHeader"))
        super().restyle()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw ground and hairline."""
        with QPainter(self) as painter:
            painter.fillRect(self.rect(), self.theme.color("surface"))
            line = self.theme.line
            painter.fillRect(0, self.height() - line, self.width(), line, self.theme.color("line"))
