"""Fitting: a dialog or menu stands wholly inside the window it belongs to, and the window inside its least size.

The offscreen screen is larger than a laptop's, so the main window stands for the laptop's screen.
"""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from ui.looking.scene import Fault, Scene, path


def find(scene: Scene) -> list[Fault]:
    """Return how far the window sticks out of the one it lies on."""
    window = scene.window
    below = _below(window)
    if below is None:
        return []
    room, box = below.geometry(), window.geometry()
    outside = {
        "left": room.left() - box.left(),
        "right": box.right() - room.right(),
        "top": room.top() - box.top(),
        "bottom": box.bottom() - room.bottom(),
    }
    told = ", ".join(f"{px} px at the {side}" for side, px in outside.items() if px > 0)
    size = f"{box.width()}×{box.height()} in {room.width()}×{room.height()}"
    return [Fault("fitting", path(window), "", f"sticks out {told} ({size})")] if told else []


def _below(window: QWidget) -> QWidget | None:
    """Return the main window that a dialog or menu lies on."""
    parent = window.parentWidget()
    return parent.window() if parent is not None else None
