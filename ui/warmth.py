"""Loads what the working screens need while somebody types a passphrase, a little at a time."""

from __future__ import annotations

import importlib
from typing import Final

from PySide6.QtCore import QObject, QTimer

from ui.tasks import Tasks

STEPS: Final = (
    "ui.widgets.rows",
    "ui.widgets.row_painter",
    "ui.frame",
    "ui.stay",
    "ui.preparing",
    "ui.views.today.site_card",
    "ui.views.today.view",
    "ui.models.hazard_rows",
    "ui.widgets.photos",
    "ui.views.evidence.viewer",
    "ui.views.evidence.pane",
    "ui.views.hazards.description",
    "ui.views.hazards.form",
    "ui.views.hazards.desk",
    "ui.views.workspace.facts_pane",
    "ui.views.workspace.view",
    "ui.views.notices.issue_dialog",
    "ui.views.notices.findings_pane",
    "ui.views.notices.page_pane",
    "ui.views.notices.print_desk",
    "ui.views.notices.serve_desk",
    "ui.views.notices.view",
    "ui.views.sync.view",
    "ui.views.sites.view",
    "ui.views.settings.view",
    "ui.palette",
)
"""Modules in the order of need; each takes a few milliseconds once those before it are there."""


BEGIN_MS: Final = 100
"""The unlock screen is painted first: imports on another thread would share the interpreter with it."""


class Warmth(QObject):
    """Imports the core on a work thread, then one screen's module a turn of the event loop."""

    def __init__(self, tasks: Tasks, parent: QObject) -> None:
        super().__init__(parent)
        self._tasks = tasks
        self._left = list(STEPS)
        # A timer of its own dies with this object; a single shot would still come.
        self._timer = QTimer(self)
        self._timer.timeout.connect(self._begin)
        self._timer.start(BEGIN_MS)

    def _begin(self) -> None:
        self._timer.stop()
        self._timer.timeout.disconnect(self._begin)
        self._timer.timeout.connect(self._step)
        self._tasks.query(self, _load_core, done=lambda _: self._timer.start(0), key="warmth")

    def _step(self) -> None:
        if not self._left:
            self._timer.stop()
            self.deleteLater()
            return
        importlib.import_module(self._left.pop(0))


def _load_core() -> None:
    from ui.allocator import keep_small  # loads ctypes, 5 ms that the first paint need not wait for

    keep_small()
    importlib.import_module("inspector.app")
