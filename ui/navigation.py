"""The places of the rail, in its order. To add a screen: build a View, add one Place here.

`build(services, tasks)` makes the view once per unlock; views are made when first entered, so start-up stays quick.
What isn't built isn't listed.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ui.tasks import Tasks
from ui.text import tr

if TYPE_CHECKING:
    from inspector.app import App
    from ui.widgets.view import View


@dataclass(frozen=True, slots=True)
class Place:
    """One place: id, word in the language that is on, icon, key, and how its view is made."""

    id: str
    word: Callable[[], str]
    icon: str
    key: str
    build: Callable[[App, Tasks], View]
    is_at_foot: bool = False
    """At the foot of the rail, over the avatar: what is no part of the day's work."""


def _today(services: App, tasks: Tasks) -> View:
    from ui.views.today.view import TodayView

    return TodayView(services, tasks)


def _inspection(services: App, tasks: Tasks) -> View:
    from ui.views.workspace.view import WorkspaceView

    return WorkspaceView(services, tasks)


def _recheck(services: App, tasks: Tasks) -> View:
    from ui.views.recheck.view import RecheckView

    return RecheckView(services, tasks)


def _notices(services: App, tasks: Tasks) -> View:
    from ui.views.notices.view import NoticesView

    return NoticesView(services, tasks)


def _sync(services: App, tasks: Tasks) -> View:
    from ui.views.sync.view import SyncView

    return SyncView(services, tasks)


def _settings(services: App, tasks: Tasks) -> View:
    from ui.views.settings.view import SettingsView

    return SettingsView(services, tasks)


def _sites(services: App, tasks: Tasks) -> View:
    from ui.views.sites.view import SitesView

    return SitesView(services, tasks)


def _footage(services: App, tasks: Tasks) -> View:
    from ui.views.footage.view import FootageView

    return FootageView(services, tasks)


def _library(services: App, tasks: Tasks) -> View:
    from ui.views.library.view import LibraryView

    return LibraryView(services, tasks)


PLACES: tuple[Place, ...] = (
    Place("today", lambda: tr("今日"), "calendar-event", "Alt+1", _today),
    Place("inspection", lambda: tr("检查"), "clipboard-check", "Alt+2", _inspection),
    Place("recheck", lambda: tr("复查"), "refresh", "Alt+6", _recheck),
    Place("notices", lambda: tr("文书"), "file-text", "Alt+3", _notices),
    Place("sync", lambda: tr("同步"), "cloud-up", "Alt+4", _sync),
    Place("sites", lambda: tr("企业"), "building-warehouse", "Alt+5", _sites),
    Place("footage", lambda: tr("录像"), "video", "Alt+7", _footage),
    Place("library", lambda: tr("法规库"), "scale", "Alt+8", _library),
    Place("settings", lambda: tr("设置"), "settings", "Ctrl+,", _settings, is_at_foot=True),
)
