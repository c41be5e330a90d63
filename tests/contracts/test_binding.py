"""Guards the Qt binding: PySide6 6.12.0 drops references of True and aborts the process on Python 3.11."""

from __future__ import annotations

import sys

from PySide6.QtCore import QObject, Signal


class Bell(QObject):
    """Rings.

    Signals:
        rung: with any object.
    """

    rung = Signal(object)


def test_emitting_does_not_eat_true() -> None:
    bell, before = Bell(), sys.getrefcount(True)
    for _ in range(200):
        bell.rung.emit(frozenset())
    assert sys.getrefcount(True) > before - 100
