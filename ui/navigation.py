"""The places of the rail, in its order. To add a screen: build a View, add one Place here.

`build(services, tasks)` makes the view once per unlock; views are made when first entered, so start-up stays quick.
What isn't built isn't listed.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from inspector.app import App
from ui.tasks import Tasks
from ui.text import tr
from ui.widgets.view import View


@dataclass(frozen=True, slots=True)
class Place:
    """One place: id, word in the language that is on, icon, key, and how its view is made."""

    id: str
    word: Callable[[], str]
    icon: str
    key: str
    build: Callable[[App, Tasks], View]


def _today(services: App, tasks: Tasks) -> View:
    from ui.views.today.view import TodayView

    return TodayView(services, tasks)


PLACES: tuple[Place, ...] = (Place("today", lambda: tr("今日"), "calendar-event", "Alt+1", _today),)
