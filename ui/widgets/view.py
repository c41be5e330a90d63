"""View: the base of every screen in the frame: title for the top strip, keys, its own bottom strip, navigation.

    class NoticeView(View):
        place = "notices"
        def __init__(self, services, tasks, parent=None):
            super().__init__(parent)
            self.issue = Button(kind="primary", on_click=self._issue)
            self.set_bottom(BottomStrip(primary=self.issue))          # below the work
            self.work.addWidget(…)                                     # QVBoxLayout on the canvas, no padding
            self.add_key("F8", self.issue)                             # shows the keycap, clicks the button
            self.add_key("F6", self._to_hazards, name="隐患")          # or any slot; name for F1
            self.retranslate()
        def retranslate(self): self.issue.setText(tr("核发")); self.show_title(tr("文书"))
        def show_record(self, record_id: str): …                       # called when navigated to
        def leave(self): …                                             # flush fields before another screen or the lock

Signals: `titled(title, subtitle, Badge|None)`, `wanted(place, record_id)` go to another screen,
`said(title, text, icon, color)` a toast, `offered(…, (word, slot))` one with an action (撤销).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QShortcut
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ui.theme.status import Badge
from ui.widgets.button import Button
from ui.widgets.fields import TextField
from ui.widgets.keys import WINDOW_KEYS, bind_key, press
from ui.widgets.painted import Themed
from ui.widgets.strips import BottomStrip


def _always() -> bool:
    return True


@dataclass(frozen=True, slots=True)
class KeyHint:
    """One key of a screen as F1 shows it; `slot` does it, for the command palette, unless it is only shown."""

    key: str
    name: Callable[[], str]
    slot: Callable[[], object] | None = None
    can: Callable[[], bool] = _always
    """Whether it can be done now (its button is enabled)."""


class View(Themed, QWidget):
    """One screen; see the module text."""

    place: str = ""
    titled = Signal(str, str, object)
    wanted = Signal(str, str)
    said = Signal(str, str, str, str)
    offered = Signal(str, str, str, str, object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.title = ("", "", None)
        self._keys: list[KeyHint] = []
        self._window_slots: dict[str, Callable[[], object]] = {}
        self._first: QWidget | None = None
        self._outer = QVBoxLayout(self)
        self._outer.setContentsMargins(0, 0, 0, 0)
        self._outer.setSpacing(0)
        self.work = QVBoxLayout()
        self.work.setContentsMargins(0, 0, 0, 0)
        self.work.setSpacing(0)
        self._outer.addLayout(self.work, 1)

    def setFocusProxy(self, first: QWidget) -> None:  # type: ignore[override]
        """Name where the focus goes when the screen gets it. Not a proxy of Qt's: Tab is stuck before a hidden one."""
        self._first = first

    def setFocus(self, reason: Qt.FocusReason = Qt.FocusReason.OtherFocusReason) -> None:  # type: ignore[override]
        """Go where work begins, or stay on the screen itself while that is hidden."""
        first = self._first
        if first is not None and first.isVisibleTo(self):
            first.setFocus(reason)
        else:
            super().setFocus(reason)

    def set_bottom(self, strip: BottomStrip) -> None:
        """Put the bottom strip under the work; call once."""
        self._outer.addWidget(strip)

    def show_title(self, title: str, subtitle: str = "", badge: Badge | None = None) -> None:
        """Name what is open, in the top strip."""
        self.title = (title, subtitle, badge)
        self.titled.emit(title, subtitle, badge)

    def say(
        self,
        title: str,
        text: str = "",
        *,
        icon: str = "filled/circle-check",
        color: str = "ok",
        action: tuple[str, Callable[[], object]] | None = None,
    ) -> None:
        """Show a toast; `action` is its word and what it does, e.g. (tr("撤销"), self._undo)."""
        if action is None:
            self.said.emit(title, text, icon, color)
        else:
            self.offered.emit(title, text, icon, color, action)

    def add_key(
        self, key: str, target: Button | Callable[[], object], *, name: Callable[[], str] | None = None
    ) -> QShortcut | None:
        """Bind a key while this screen is shown; a Button shows it as its keycap. `name` is asked by F1.

        A key of WINDOW_KEYS gets no shortcut of its own (two would cancel each other): the window calls `press_key`.
        """
        slot: Callable[[], object] = (lambda: press(target)) if isinstance(target, Button) else target
        if isinstance(target, Button):
            target.set_key(key)
            name = name or target.text
        can = target.isEnabled if isinstance(target, Button) else _always
        self._keys.append(KeyHint(key, name or (lambda: ""), slot, can))
        if key in WINDOW_KEYS:
            self._window_slots[key] = slot
            return None
        return bind_key(self, key, slot)

    def press_key(self, key: str) -> bool:
        """Do what this screen does at a key of the window; False if it has no use for it."""
        slot = self._window_slots.get(key)
        if slot is not None:
            slot()
        return slot is not None

    def keys(self) -> list[KeyHint]:
        """Return the keys of this screen, in the order they were bound."""
        return [hint for hint in self._keys if hint.name()]

    def show_record(self, record_id: str) -> None:
        """Show a record (empty: the screen's own choice); called each time the screen is entered."""

    def leave(self) -> None:
        """Commit what is typed, before another screen or the lock."""
        from ui.widgets.text_area import TextArea  # loaded by the screens that have one

        for field in [*self.findChildren(TextField), *self.findChildren(TextArea)]:
            field.flush()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the desk."""
        with QPainter(self) as painter:
            painter.fillRect(self.rect(), self.theme.color("canvas"))
