"""The screens of footage: player, timeline, import, clapper, what is said before a visit is ended."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ui.looking.guide import Guide
    from ui.views.footage.view import FootageView


def filmed(guide: Guide) -> str:
    """Return the inspection that has footage, the latest if none has."""
    summaries = guide.ask(guide.services.inspections.list)
    ids = [one.inspection.id for one in summaries]
    return next((one for one in ids if guide.ask(guide.services.footage.recordings, one)), ids[0])


def _view(guide: Guide, target: str = "") -> FootageView:
    from ui.views.footage.view import FootageView

    guide.go("footage", f"{filmed(guide)}{target}")
    return guide.find(FootageView)


def player(guide: Guide) -> None:
    """A clip at the time of the first hazard, with pictures to choose from."""
    view = _view(guide)
    view.show_tab("play")
    rows = view.lists.hazards.rows()
    if rows and view.lists.clips.rows():
        view.choose_hazard(rows[0].id)
        guide.wait(lambda: view.player.shown() is not None)


def timeline(guide: Guide) -> None:
    """Steps against footage, and what is missing."""
    _view(guide, "#timeline")
    guide.wait()


def importing(guide: Guide) -> None:
    """Where footage may come from."""
    view = _view(guide, "#import")
    view.taking_in.desk.back()
    guide.wait()


def clapper(guide: Guide) -> None:
    """The clapper over the whole screen; it is taken off as Esc does."""
    from ui.looking.screens import latest
    from ui.views.footage.clapper import ClapperScreen

    visit = latest(guide)
    screen = ClapperScreen(guide.go("inspection", visit), guide.services, guide.tasks, visit)
    screen.begin()
    guide.wait(screen.isVisible)
    screen.showNormal()  # the window is the screen of these pictures
    screen.setGeometry(guide.window.geometry())
    guide.wait()


def anchor(guide: Guide) -> None:
    """A clock is seen in the frame: its time is asked for."""
    player(guide)
    guide.press("Ctrl+T")


def gloved(guide: Guide) -> None:
    """The player under gloves."""
    guide.go("today")
    guide.press("Alt+G")
    player(guide)
