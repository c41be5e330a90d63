"""Arrivals: looks every few seconds, while photos are shown, for a card that was plugged in and for a watched folder.

arrivals.follow(inspection_id, is_open=…) ; arrivals.watch(Path(…)) or watch(None) ; arrivals.dismiss()
Signals: `came(list[Path])` new photos of the watched folder, `changed()` the card or the watched folder is another.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QWidget

from inspector.app import App
from inspector.services import sources
from inspector.services.sources import CardPhotos, Volume, WatchedFolder
from ui import watched
from ui.tasks import Tasks

LOOK_MS = 2_500


@dataclass(frozen=True, slots=True)
class Card:
    """A card that is plugged in, and what is on it."""

    volume: Volume
    photos: CardPhotos


@dataclass(frozen=True, slots=True, kw_only=True)
class _Asked:
    """What one look wants to know, and what the look before it told."""

    visit: str
    card: Card | None
    dismissed: frozenset[Path]
    is_read: bool
    folder: Path | None
    watch: WatchedFolder | None


@dataclass(frozen=True, slots=True, kw_only=True)
class _Seen:
    """What one look told."""

    mounted: frozenset[Path]
    card: Card | None
    folder: Path | None
    watch: WatchedFolder | None
    is_there: bool
    files: list[Path]


class Arrivals(QObject):
    """See the module text. One look at a time: a card that doesn't answer holds one look, not all work."""

    came = Signal(object)
    changed = Signal()

    def __init__(self, services: App, tasks: Tasks, parent: QWidget) -> None:
        super().__init__(parent)
        self._services, self._tasks, self._pane = services, tasks, parent
        self._inspection_id = ""
        self._watch: WatchedFolder | None = None
        self._folder: Path | None = None
        self._dismissed: set[Path] = set()
        self._is_looking = self._is_read = False
        self.card: Card | None = None
        """The card that is offered."""
        self.is_there = True
        """Whether the watched folder can be looked into."""
        self._timer = QTimer(self)
        self._timer.setInterval(LOOK_MS)
        self._timer.timeout.connect(self.look)

    @property
    def folder(self) -> Path | None:
        """The folder that is watched."""
        return self._folder

    def follow(self, inspection_id: str, *, is_open: bool) -> None:
        """Look for this inspection from now on; not for one that has ended."""
        wanted = inspection_id if is_open else ""
        if wanted != self._inspection_id:
            self._inspection_id, self._watch, self.card = wanted, None, None
            self._dismissed.clear()
            self.changed.emit()
        if wanted:
            self._timer.start()
        else:
            self._timer.stop()

    def watch(self, folder: Path | None) -> None:
        """Watch this folder from now on, on this laptop, in every open inspection; None: no folder."""
        self._folder, self._watch, self.is_there = folder, None, True
        self._is_read = True
        self._tasks.command(self, watched.keep, self._services.profile, folder)
        self.changed.emit()
        self.look()

    def dismiss(self) -> None:
        """Don't offer this card again until it is plugged in anew."""
        if self.card is not None:
            self._dismissed.add(self.card.volume.path)
            self.card = None
            self.changed.emit()

    def look(self) -> None:
        """Look once, unless nobody sees the photos or the last look is not back."""
        if self._is_looking or not self._inspection_id or not self._pane.isVisible():
            return
        self._is_looking = True
        asked = _Asked(
            visit=self._inspection_id,
            card=self.card,
            dismissed=frozenset(self._dismissed),
            is_read=self._is_read,
            folder=self._folder,
            watch=self._watch,
        )
        self._tasks.query(
            self, _look, self._services, asked, done=partial(self._take, asked), failed=lambda _error: self._rest()
        )

    def _take(self, asked: _Asked, seen: _Seen) -> None:
        self._is_looking = False
        if asked.visit != self._inspection_id or (self._is_read and asked.folder != self._folder):
            return  # another visit, or another folder was chosen meanwhile: the next look tells
        before = (self.card, self.is_there, self._folder)
        self._is_read, self._folder, self._watch = True, seen.folder, seen.watch
        self._dismissed &= seen.mounted
        is_wanted = seen.card is not None and seen.card.volume.path not in self._dismissed
        self.card, self.is_there = seen.card if is_wanted else None, seen.is_there
        if before != (self.card, self.is_there, self._folder):
            self.changed.emit()
        if seen.files:
            self.came.emit(seen.files)

    def _rest(self) -> None:
        self._is_looking = False


def _look(services: App, asked: _Asked) -> _Seen:
    """On the work thread: what is mounted, what is on the card, what is new in the folder."""
    since = services.inspections.get(asked.visit).started_at
    folder = asked.folder if asked.is_read else watched.load(services.profile)
    watch = asked.watch or (WatchedFolder(folder, since) if folder else None)
    mounted = sources.volumes()
    offered = next((one for one in mounted if one.path not in asked.dismissed), None)
    card = asked.card if asked.card and asked.card.volume == offered else None
    if offered and card is None:
        card = Card(offered, sources.photos_on(offered, since))
    return _Seen(
        mounted=frozenset(one.path for one in mounted),
        card=card if card and card.photos.files else None,
        folder=folder,
        watch=watch,
        is_there=watch is None or watch.is_there(),
        files=watch.new_files() if watch else [],
    )
