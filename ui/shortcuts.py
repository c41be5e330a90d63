"""Keys that work everywhere; Ctrl+Space, Shift, Ctrl+Shift and Ctrl+. belong to the input method.

Keys of one screen are bound by its View.add_key; both kinds are listed by `KeysDialog` (ui/keys_dialog.py).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtGui import QShortcut
from PySide6.QtWidgets import QWidget

from ui.widgets.keys import bind_key

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
