"""Roles for a screen reader: a widget that Qt only knows as a plain client says here what kind of thing it is.

say_role(page, "Document")       the name of a QAccessible.Role; before anybody asks for the widget
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

if TYPE_CHECKING:
    from PySide6.QtWidgets import QAccessibleWidget

_ROLE = "spokenRole"


def say_role(widget: QWidget, role: str) -> None:
    """Let a screen reader take `widget` for a QAccessible.Role of that name."""
    widget.setProperty(_ROLE, role)
    _begin()


@lru_cache(maxsize=1)
def _begin() -> None:
    # Qt's accessibility classes cost the way to the unlock screen milliseconds: only once somebody needs a role.
    from PySide6.QtGui import QAccessible

    QAccessible.installFactory(_make)


def _make(name: str, thing: object) -> QAccessibleWidget | None:
    """Qt asks with each class name of a thing, the most special one first; None lets Qt choose."""
    if not isinstance(thing, QWidget) or not thing.property(_ROLE):
        return None
    if name != thing.metaObject().className():
        return None
    from PySide6.QtGui import QAccessible
    from PySide6.QtWidgets import QAccessibleWidget

    return QAccessibleWidget(thing, QAccessible.Role[thing.property(_ROLE)])
