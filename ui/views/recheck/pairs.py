"""PairReader: pairs of photos read, aligned and decoded on work threads; takes new photos in and pairs them.

pairs.show(item) -> whether it must be waited for;  Signals: `arrived(Shown)`, `failed(InspectorError)`.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QImage

from inspector.app import App
from inspector.domain.changes import Changes
from inspector.errors import InspectorError
from inspector.services.rechecks import RecheckItem
from ui.models.recheck_words import taken_line
from ui.tasks import Tasks
from ui.views.recheck.comparison import Shown

_KEPT = 8
"""Aligned pairs kept in memory: two pictures of 1600 pixels each, some 120 MB at most."""


class PairReader(QObject):
    """See the module text."""

    arrived = Signal(object)
    failed = Signal(object)

    def __init__(self, services: App, tasks: Tasks, parent: QObject) -> None:
        super().__init__(parent)
        self._services, self._tasks = services, tasks
        self._kept: dict[tuple[str, str | None, str | None], Shown] = {}
        self._current: tuple[str, str | None, str | None] = ("", None, None)

    def show(self, item: RecheckItem) -> bool:
        """Show the pair of an item by `arrived`; return whether it takes a moment. The pair that is shown stays."""
        key = _key(item)
        if key == self._current:
            return False
        self._current = key
        kept = self._kept.get(key)
        if kept is not None:
            self.arrived.emit(kept)
            return False
        done = partial(self._take, key)
        self._tasks.query(self, _read, self._services, item, done=done, failed=self._fail, key="pair")
        return True

    def _take(self, key: tuple[str, str | None, str | None], shown: Shown) -> None:
        self._kept[key] = shown
        while len(self._kept) > _KEPT:
            del self._kept[next(iter(self._kept))]
        if key == self._current:
            self.arrived.emit(shown)

    def _fail(self, error: InspectorError) -> None:
        self._current = ("", None, None)
        self.arrived.emit(Shown())
        self.failed.emit(error)

    def take(self, inspection_id: str, recheck_id: str, paths: Sequence[Path], source: str) -> None:
        """Take files in and pair the first with a re-check."""
        self._current = ("", None, None)
        work = partial(_take_in, self._services, inspection_id, recheck_id, tuple(paths), source)
        self._tasks.job(self, lambda _tell, _is_cancelled: work(), failed=self._fail, done=self._look)

    def choose(self, recheck_id: str, evidence_id: str, *, is_before: bool) -> None:
        """Pair a photo that is here already."""
        side = {"before_id": evidence_id} if is_before else {"after_id": evidence_id}
        work = partial(self._services.rechecks.choose, recheck_id, **side)
        self._tasks.job(self, lambda _tell, _is_cancelled: work(), failed=self._fail)

    def _look(self, changes: Changes) -> None:
        """Look behind the work whether the new photo was used before."""
        look = self._services.likeness.look
        self._tasks.behind(self, lambda _tell, is_cancelled: look(changes.made, is_cancelled))


def _key(item: RecheckItem) -> tuple[str, str | None, str | None]:
    return item.recheck.id, item.before.id if item.before else None, item.after.id if item.after else None


def _read(services: App, item: RecheckItem) -> Shown:
    """Runs on a work thread: QImage may be made there."""
    pair = services.rechecks.pair(item.recheck.id)
    aligned = pair.alignment
    after = aligned.after if aligned is not None else pair.after
    return Shown(
        before=QImage.fromData(pair.before or b""),
        after=QImage.fromData(after or b""),
        is_aligned=aligned is not None and aligned.is_aligned,
        changed=aligned.changed if aligned is not None else (),
        before_line=taken_line(item.before),
        after_line=taken_line(item.after),
    )


def _take_in(services: App, inspection_id: str, recheck_id: str, paths: tuple[Path, ...], source: str) -> Changes:
    made = [services.evidence.attach(inspection_id, path, source=source) for path in paths]
    chosen = services.rechecks.choose(recheck_id, after_id=made[0].made)
    return Changes(made[0].topics | chosen.topics, made=inspection_id)
