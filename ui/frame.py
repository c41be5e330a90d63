"""Frame: what every screen of an unlocked profile shares: rail, top strip, the current view, its states.

Signals: `menu_wanted()` from the avatar, `said(…, place)` a toast and the screen it was said on,
`covered(px)` of the right edge by the drawer, `liked(dict)` of preferences, `went(place, record)`.
`go(place, record_id)` enters a screen; `leave()` commits what is typed.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from inspector.app import App
from inspector.clock import CHINA, SystemClock
from inspector.domain.changes import Changes, Topic
from inspector.services.sync import SyncState
from ui.navigation import PLACES, Place
from ui.notifications import Notifications
from ui.states import sync_badges
from ui.tasks import Tasks
from ui.text import tr
from ui.theme.status import Badge, badge
from ui.theme.tokens import tokens
from ui.widgets.painted import Themed
from ui.widgets.rail import Rail, RailItem
from ui.widgets.strips import StatusStrip
from ui.widgets.view import View
from ui.works import Works

if TYPE_CHECKING:
    from ui.notifications_drawer import Drawer


class Frame(Themed, QWidget):
    """The desk of one officer; made at unlock, gone at lock."""

    menu_wanted = Signal()
    covered = Signal(int)
    liked = Signal(object)
    went = Signal(str, str)
    said = Signal(str, str, str, str, object, str)

    def __init__(self, services: App, tasks: Tasks, notes: Notifications, *, places: Sequence[Place] = PLACES) -> None:
        super().__init__()
        self._notes = notes
        self._drawer: Drawer | None = None
        self._services, self._tasks, self._places = services, tasks, tuple(places)
        self._views: dict[str, View] = {}
        self._records: dict[str, str] = {}
        self._saved_at: datetime | None = None
        self._sync_badges: list[Badge] = []
        self._clock = SystemClock()
        self.rail = Rail()
        self.rail.chosen.connect(lambda place: self.go(place, ""))
        self.rail.person_pressed.connect(self.menu_wanted)
        self.strip = StatusStrip()
        self._pile = QStackedWidget()
        right = QVBoxLayout()
        right.setSpacing(0)
        right.addWidget(self.strip)
        right.addWidget(self._pile, 1)
        outer = QHBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        outer.addWidget(self.rail)
        outer.addLayout(right, 1)
        self.works = Works(tasks, self)
        self.works.changed.connect(self._show_works)
        notes.changed.connect(self._show_notes)
        self.strip.work.clicked.connect(self.toggle_drawer)
        self.strip.messages.clicked.connect(self.toggle_drawer)
        tasks.saved.connect(self._note_saved)
        tasks.changed.connect(self._on_changed)
        self.retranslate()
        self._ask_sync()

    def places(self) -> tuple[Place, ...]:
        """Return the places of the rail."""
        return self._places

    def has_view(self, place_id: str) -> bool:
        """Whether the view of a place is made already."""
        return place_id in self._views

    def view(self, place_id: str) -> View | None:
        """Return the view of a place, made at the first call; None for a place that isn't built."""
        place = next((one for one in self._places if one.id == place_id), None)
        if place is None:
            return None
        if place_id not in self._views:
            view = place.build(self._services, self._tasks)
            view.titled.connect(lambda *_told, v=view: self._show_title(v))
            view.wanted.connect(self.go)
            liked = getattr(view, "liked", None)
            if liked is not None:
                liked.connect(self.liked)
            view.said.connect(lambda *told, at=place_id: self.said.emit(*told, None, at))
            view.offered.connect(lambda *told, at=place_id: self.said.emit(*told, at))
            self._views[place_id] = view
            self._pile.addWidget(view)
        return self._views[place_id]

    def current(self) -> View | None:
        """Return the view that is shown."""
        shown = self._pile.currentWidget()
        return shown if isinstance(shown, View) else None

    def go(self, place_id: str, record_id: str = "") -> None:
        """Leave the present screen and enter another, at a record if one is named."""
        view = self.view(place_id)
        if view is None:
            self.rail.set_current(next((k for k, v in self._views.items() if v is self.current()), ""))
            return
        self.leave()
        self._records[place_id] = record_id or self._records.get(place_id, "")
        self._pile.setCurrentWidget(view)
        self.rail.set_current(place_id)
        view.show_record(record_id)
        self._show_title(view)
        view.setFocus(Qt.FocusReason.OtherFocusReason)
        self.went.emit(*self.at)

    @property
    def at(self) -> tuple[str, str]:
        """The screen that is shown, and the record it was entered with last."""
        place = self.rail.current()
        return place, self._records.get(place, "")

    def toggle_drawer(self, _checked: bool = False) -> None:
        """Alt+M: what runs and what was said."""
        if self._drawer is None:
            from ui.notifications_drawer import Drawer

            self._drawer = Drawer(self, self._notes, self.works)
            self._drawer.wanted.connect(self.go)
            self._drawer.covered.connect(self.covered)
        self._drawer.toggle()

    def _show_works(self) -> None:
        from ui.models.work_words import line

        running = self.works.running()
        self.strip.show_work(line(running[0]) if running else "")

    def _show_notes(self) -> None:
        count, waiting = len(self._notes.all()), self._notes.waiting()
        hint = tr("打开消息（Alt+M）")
        if waiting:
            self.strip.show_messages(tr("需处理 {n}", n=waiting), icon="alert-triangle", hint=hint)
        else:
            self.strip.show_messages(tr("消息 {n}", n=count) if count else "", icon="message", hint=hint)

    def leave(self) -> None:
        """Commit what is typed on the present screen."""
        current = self.current()
        if current is not None:
            current.leave()

    def _show_title(self, view: View) -> None:
        if view is self.current():
            self.strip.show_title(*view.title)

    def _note_saved(self) -> None:
        self._saved_at = self._clock.read().at.astimezone(CHINA)
        self._show_states()

    def _on_changed(self, changes: Changes) -> None:
        if Topic.SYNC in changes.topics:
            self._ask_sync()

    def _ask_sync(self) -> None:
        self._tasks.query(self, self._services.sync.state, done=self._take_sync, key="sync")

    def _take_sync(self, state: SyncState) -> None:
        self._sync_badges = sync_badges(state, self._clock.read().at)
        self._show_states()

    def _show_states(self) -> None:
        shown: list[Badge] = []
        if self._services.office.is_training:
            shown.append(Badge(word=tr("培训"), icon="school", fg="warn"))
        if self._saved_at is not None:
            shown.append(badge("save.saved", at=f"{self._saved_at:%H:%M:%S}"))
        self.strip.show_states([*shown, *self._sync_badges])

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Collapse the rail where the window is narrow."""
        super().resizeEvent(event)
        self._collapse()

    def _collapse(self) -> None:
        narrow = tokens()["breakpoints"]["twoPane"][0]
        self.rail.set_collapsed(self.width() / self.theme.scale < narrow)

    def restyle(self) -> None:
        """The breakpoint follows the text scale."""
        self._collapse()
        super().restyle()

    def retranslate(self) -> None:
        """Name the places again; views name themselves."""
        self.rail.set_items([RailItem(p.id, p.word(), p.icon, p.key, p.is_at_foot) for p in self._places])
        me = self._services.me
        self.rail.set_person(me.name, tr("锁定、主题、语言"))
        self._show_states()
        self._show_works()
        self._show_notes()
        self._ask_sync()
        current = self.current()
        if current is not None:
            self._show_title(current)
