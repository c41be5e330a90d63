"""What the working screens need is loaded while somebody types a passphrase."""

from __future__ import annotations

import importlib.util
import sys

from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from ui.tasks import Tasks
from ui.warmth import STEPS, Warmth


def test_every_step_is_a_module() -> None:
    assert [name for name in STEPS if importlib.util.find_spec(name) is None] == []


def test_all_steps_are_loaded_without_being_asked_for(qtbot: QtBot, tasks: Tasks) -> None:
    owner = QObject()
    Warmth(tasks, owner)
    qtbot.waitUntil(lambda: set(STEPS) <= set(sys.modules), timeout=20_000)
    assert "inspector.app" in sys.modules
