"""Shooting the later photo of a pair: the laptop's camera, with the earlier photo as a ghost to aim by.

shooting = Shooting(services, tasks, view);  shooting.begin(inspection_id, item, choose)
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtWidgets import QWidget

from inspector.app import App
from inspector.evidence.camera import PREVIEW_EDGE
from inspector.services.rechecks import RecheckItem
from ui.tasks import Tasks


class Shooting:
    """What a screen needs to open the camera for one of its pairs."""

    def __init__(self, services: App, tasks: Tasks, view: QWidget) -> None:
        self._services, self._tasks, self._view = services, tasks, view

    def begin(self, inspection_id: str, item: RecheckItem, choose: Callable[[str], object]) -> None:
        """Read the earlier photo, if there is one, and open the camera; `choose` gets the id of the accepted shot."""
        show = partial(self._show, inspection_id, choose)
        if item.before is None:
            show(None)
            return
        ghost = partial(self._services.evidence.preview, item.before.original.sha256, PREVIEW_EDGE)
        self._tasks.query(self._view, ghost, done=show, failed=lambda _error: show(None), key="ghost")

    def _show(self, inspection_id: str, choose: Callable[[str], object], ghost: bytes | None) -> None:
        from ui.views.evidence.camera import CameraDialog

        dialog = CameraDialog(self._view, self._services, self._tasks, inspection_id=inspection_id, ghost=ghost)
        dialog.accepted_one.connect(choose)
        dialog.accepted_one.connect(lambda _id: dialog.accept())
        dialog.open()
