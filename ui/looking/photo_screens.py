"""How to reach the screens of photos: the viewer, its marks, the trash, the camera."""

from __future__ import annotations

from functools import partial
from time import sleep
from typing import Any, Self, cast

from inspector.app import App
from inspector.evidence.camera import Light, View
from inspector.evidence.marks import Arrow, Circle, Color, Text, Weight
from ui.looking.guide import Guide
from ui.views.evidence.camera import CameraDialog, Eye
from ui.views.evidence.pane import EvidencePane
from ui.views.evidence.viewer import PhotoViewer


def _photos(guide: Guide) -> tuple[EvidencePane, list[str], str]:
    """The photo pane of the inspection that was begun last, its pieces, its id."""
    visit = guide.visit()
    guide.go("inspection", visit)
    guide.press("F7")
    return guide.find(EvidencePane), [one.id for one in guide.ask(guide.services.evidence.of, visit)], visit


def photo_viewer(guide: Guide) -> None:
    """The first photo of the open inspection, large."""
    pane, ids, _ = _photos(guide)
    pane.open_viewer(ids[0])
    guide.wait()


def marking(guide: Guide) -> None:
    """The same with marks on it, while they are drawn."""
    photo_viewer(guide)
    viewer = guide.find(PhotoViewer)
    viewer.begin_marking()
    guide.wait(lambda: viewer.editor.is_on)
    for mark in (
        Circle(x0=0.5, y0=0.3, x1=0.9, y1=0.8, color=Color.YELLOW),
        Arrow(x0=0.12, y0=0.75, x1=0.42, y1=0.45, weight=Weight.THICK),
        Text(x=0.06, y=0.08, text="安全出口被货物堵塞"),
    ):
        viewer.picture.board.add(mark)
    viewer.editor.use("select")
    viewer.picture.board.select(1)
    viewer.picture.changed.emit()
    guide.wait()


def gloved(guide: Guide) -> None:
    """The marks under gloves."""
    guide.go("today")
    guide.press("Alt+G")
    marking(guide)


def ungloved(guide: Guide) -> None:
    """Gloves off again."""
    guide.clear()
    guide.press("Alt+G")


def gloved_camera(guide: Guide) -> None:
    """The camera under gloves."""
    guide.go("today")
    guide.press("Alt+G")
    camera(guide)


def remove_photo(guide: Guide) -> None:
    """The question before a photo goes to the bin."""
    pane, ids, _ = _photos(guide)
    pane.care.ask_removal(ids[:1])
    guide.wait()


def trash(guide: Guide) -> None:
    """The trash with two photos in it; they are given back afterwards by `restore`."""
    pane, ids, visit = _photos(guide)
    if not guide.ask(guide.services.evidence.trash, visit):
        guide.ask(guide.services.evidence.remove_many, ids[-2:], "拍糊了，已重拍")
    pane.care.open_trash()
    guide.wait()


class _Still:
    """A camera that sees one photo: pictures of the window are taken where there is no camera."""

    def __init__(self, jpeg: bytes) -> None:
        self._jpeg, self._number = jpeg, 0

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None: ...

    def look(self) -> View:
        """The same again, a little later."""
        sleep(0.05)
        self._number += 1
        return View(jpeg=self._jpeg, number=self._number, width=1600, height=1200, sharpness=70.0, light=Light.BRIGHT)


def camera(guide: Guide) -> None:
    """The camera looking at a photo of the visit, with another one as ghost."""
    pane, ids, visit = _photos(guide)
    services = guide.services
    live, ghost = (guide.ask(services.evidence.marked_preview, one, 960) for one in ids[:2])
    hazards = guide.ask(services.hazards.of, visit)
    dialog = CameraDialog(
        pane,
        cast("App", _Seeing(services, live)),
        guide.tasks,
        inspection_id=visit,
        hazards=hazards,
        hazard_id=hazards[0].id,
        ghost=ghost,
        sources=[Eye(0, "Integrated Camera")],
    )
    dialog.open()
    guide.wait(dialog.finder.has_image)


class _Seeing:
    """The services, with a camera that sees one photo."""

    def __init__(self, services: App, jpeg: bytes) -> None:
        self._services, self._jpeg = services, jpeg
        self.camera = self

    def __getattr__(self, name: str) -> Any:
        return getattr(self._services, name)

    def open(self, _source: object) -> _Still:
        """Open it."""
        return _Still(self._jpeg)


def no_camera(guide: Guide) -> None:
    """What is said where there is no camera."""
    pane, _, visit = _photos(guide)
    dialog = CameraDialog(pane, guide.services, guide.tasks, inspection_id=visit, sources=[])
    dialog.open()
    guide.wait()


def restore(guide: Guide) -> None:
    """Give back what `trash` took."""
    guide.clear()
    _, _, visit = _photos(guide)
    for one in guide.ask(guide.services.evidence.trash, visit):
        guide.ask(partial(guide.services.evidence.restore, one.id))
