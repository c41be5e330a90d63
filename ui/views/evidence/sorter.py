"""Sorter: gives photos to hazards and takes them out, many as one action that one 撤销 takes back.

sorter.sort(inspection_id, {photo: hazard or None});  sorter.remove(inspection_id, ids, reason)
Signal `done(title, text, (word, slot))`: what was done, and 撤销; for the `say` of a View.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial

from PySide6.QtCore import QObject, Signal

from inspector.app import App
from inspector.domain.changes import Changes
from inspector.errors import NotAllowed
from ui.tasks import Tasks
from ui.text import tr


def take_back(services: App, inspection_id: str, ids: Sequence[str]) -> Changes:
    """Undo the step that touched these photos, if it is still the latest. Raises NotAllowed(undo_conflict)."""
    step = services.undo.state(inspection_id).undo
    is_ours = step is not None and step.subject_type == "evidence" and step.facts["subject"] in ids
    if step is None or not is_ours or step.facts["count"] != len(ids):
        raise NotAllowed(reason="undo_conflict")
    return services.undo.undo(inspection_id)


class Sorter(QObject):
    """See the module text."""

    done = Signal(str, str, object)

    def __init__(self, services: App, tasks: Tasks, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._services, self._tasks = services, tasks

    def sort(self, inspection_id: str, wanted: Mapping[str, str | None]) -> None:
        """Give each photo to its hazard (None: to none) and say so."""
        if not wanted:
            return
        title = tr("已移动 {n} 张", n=len(wanted))
        told = partial(self._tell, inspection_id, list(wanted), title)
        self._tasks.command(self, self._services.evidence.sort, dict(wanted), done=told)

    def remove(self, inspection_id: str, ids: Sequence[str], reason: str) -> None:
        """Take photos out with one reason and say so."""
        title = tr("已移除 {n} 张，原件保留", n=len(ids))
        told = partial(self._tell, inspection_id, list(ids), title)
        self._tasks.command(self, self._services.evidence.remove_many, list(ids), reason, done=told)

    def _tell(self, inspection_id: str, ids: list[str], title: str, _changes: Changes) -> None:
        act = partial(self._take_back, inspection_id, ids)
        self.done.emit(title, "", (tr("撤销"), act))

    def _take_back(self, inspection_id: str, ids: list[str]) -> None:
        self._tasks.command(self, take_back, self._services, inspection_id, ids)
