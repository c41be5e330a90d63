"""How to reach the screens of the re-check: the pair at hand, what waits, the question before it begins, likeness."""

from __future__ import annotations

from ui.looking.guide import Guide
from ui.views.recheck.view import RecheckView


def _view(guide: Guide) -> RecheckView:
    guide.go("recheck")
    guide.wait()
    return guide.find(RecheckView)


def pair(guide: Guide) -> None:
    """The visit that is under way, its first hazard: both photos laid over each other."""
    view = _view(guide)
    view.desk.film.chosen.emit(0)
    guide.wait()


def apart(guide: Guide) -> None:
    """The last hazard, which has no photo of the re-check yet: side by side."""
    view = _view(guide)
    for _ in range(20):
        view.step(1)
    guide.wait()


def choose(guide: Guide) -> None:
    """The photos of this visit to choose from."""
    pair(guide)
    guide.press("Alt+P")


def likeness(guide: Guide) -> None:
    """Two photos that are one picture. LookupError where nothing of that kind was found."""
    view = _view(guide)
    view.desk.film.chosen.emit(0)
    guide.wait()
    for _ in range(20):
        item = view.item()
        if item is not None and item.after is not None and guide.ask(guide.services.likeness.found, item.after.id):
            view.show_likeness()
            guide.wait()
            return
        view.step(1)
        guide.wait()
    raise LookupError("likeness")
