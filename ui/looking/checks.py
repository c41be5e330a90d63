"""All checks of a scene, in the order they are told."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from ui.looking import clipped, contrast, fitting, key_clash, naming, overlap, tofu, wording
from ui.looking.scene import Fault, Scene

CHECKS: tuple[Callable[[Scene], list[Fault]], ...] = (
    fitting.find,
    clipped.find,
    tofu.find,
    wording.find,
    contrast.find,
    overlap.find,
    naming.find,
    key_clash.find,
)


def faults(window: QWidget, *, name: str = "") -> list[Fault]:
    """Look at a shown window with every check; a fault that many like it share is told once."""
    scene = Scene(window, name=name)
    found = [fault for check in CHECKS for fault in check(scene)]
    return list(dict.fromkeys(found))
