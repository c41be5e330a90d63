"""Keys that work everywhere, and F1's overview; Ctrl+Space, Shift, Ctrl+Shift and Ctrl+. belong to the input method.

Keys of one screen are bound by its View.add_key; both kinds are listed by `KeysDialog`.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtGui import QShortcut
from PySide6.QtWidgets import QGridLayout, QWidget

from ui.text import tr
from ui.widgets.dialog import Dialog
from ui.widgets.keycap import Keycap
from ui.widgets.keys import bind_key
from ui.widgets.label import Label
from ui.widgets.view import KeyHint

FORBIDDEN = frozenset({"Ctrl+Space", "Shift+Space", "Ctrl+.", "Ctrl+Shift", "Shift", "Ctrl+Shift+Space"})
"""Chinese input methods switch by these."""


@dataclass(frozen=True, slots=True)
class GlobalKey:
    """One key of the whole window; `more` are other ways to type it (Ctrl+= for Ctrl++)."""

    key: str
    name: Callable[[], str]
    slot: Callable[[], object]
    more: tuple[str, ...] = ()


def bind(window: QWidget, keys: Sequence[GlobalKey]) -> list[QShortcut]:
    """Bind global keys to a window. Raises ValueError for a key that belongs to the input method."""
    made = []
    for entry in keys:
        for key in (entry.key, *entry.more):
            if key in FORBIDDEN:
                raise ValueError(key)
            made.append(bind_key(window, key, entry.slot))
    return made


class KeysDialog(Dialog):
    """F1: the keys of this screen, then those that work everywhere."""

    def __init__(self, parent: QWidget, here: Sequence[KeyHint], everywhere: Sequence[GlobalKey]) -> None:
        super().__init__(parent, title=tr("快捷键"), verb=tr("知道了"), width=520)
        grid = QGridLayout()
        grid.setColumnStretch(1, 1)
        grid.setHorizontalSpacing(self.theme.u(16))
        grid.setVerticalSpacing(self.theme.u(6))
        self._grid, self._row = grid, 0
        if here:
            self._section(tr("本页"), [(hint.key, hint.name()) for hint in here])
        own = {hint.key for hint in here}
        self._section(tr("各处通用"), [(entry.key, entry.name()) for entry in everywhere if entry.key not in own])
        self.column.addLayout(grid)
        self.cancel.hide()
        self.verb.set_key("Esc")
        self.agreed.connect(self.accept)

    def _section(self, title: str, keys: Sequence[tuple[str, str]]) -> None:
        self._grid.addWidget(Label(title, role="bodyStrong"), self._row, 0, 1, 2)
        self._row += 1
        for key, name in keys:
            self._grid.addWidget(Keycap(key), self._row, 0, Qt.AlignmentFlag.AlignLeft)
            self._grid.addWidget(Label(name), self._row, 1)
            self._row += 1
