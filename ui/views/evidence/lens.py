"""Lens: looks through a camera on a thread of its own; frames come as pictures ready to be painted.

lens.start(source);  lens.shoot();  lens.stop()
Signals: `seen(QImage, View)` a live frame (the newest; none queue up), `taken(QImage, Shot)` what was shot,
`failed(InspectorError)` the camera is closed then.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QImage

from inspector.app import App
from inspector.errors import InspectorError
from inspector.evidence.camera import CamSource, Shot, View
from ui.tasks import Tasks, Ticket

SHOWN_EDGE = 1600
"""A shot is shown at this long edge, in px."""


@dataclass(frozen=True, slots=True)
class _Frame:
    """What the camera's thread hands over."""

    image: QImage
    told: View | Shot


class _Hands:
    """What window and camera thread share: the wish for a shot, and whether a frame is on its way."""

    def __init__(self) -> None:
        self.wish, self.on_its_way = threading.Event(), threading.Event()


class Lens(QObject):
    """See the module text."""

    seen = Signal(QImage, object)
    taken = Signal(QImage, object)
    failed = Signal(object)

    def __init__(self, services: App, tasks: Tasks, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._services, self._tasks = services, tasks
        self._ticket: Ticket | None = None
        self._hands = _Hands()

    @property
    def is_open(self) -> bool:
        """Whether a camera is open or being opened."""
        return self._ticket is not None

    def start(self, source: CamSource) -> None:
        """Open a camera instead of the one that is open."""
        self.stop()
        hands = self._hands = _Hands()
        services = self._services

        def run(progress: Callable[[_Frame], None], is_cancelled: Callable[[], bool]) -> None:
            _look(services, source, hands, progress=progress, is_cancelled=is_cancelled)

        self._ticket = self._tasks.stream(self, run, progress=self._take, failed=self._fail)

    def stop(self) -> None:
        """Give the camera back."""
        if self._ticket is not None:
            self._ticket.cancel()
            self._ticket = None

    def shoot(self) -> None:
        """Take the next frame whole."""
        self._hands.wish.set()

    def _take(self, frame: _Frame) -> None:
        self._hands.on_its_way.clear()
        if self._ticket is None:
            return
        signal = self.taken if isinstance(frame.told, Shot) else self.seen
        signal.emit(frame.image, frame.told)

    def _fail(self, error: InspectorError) -> None:
        self._ticket = None
        self.failed.emit(error)


def _look(
    services: App,
    source: CamSource,
    hands: _Hands,
    *,
    progress: Callable[[_Frame], None],
    is_cancelled: Callable[[], bool],
) -> None:
    """Runs on the camera's thread until it is asked to stop."""
    with services.camera.open(source) as camera:
        while not is_cancelled():
            if hands.wish.is_set():
                hands.wish.clear()
                shot = services.camera.shoot(camera)
                progress(_Frame(_fitted(QImage.fromData(shot.jpeg)), shot))
            view = camera.look()
            if not hands.on_its_way.is_set():
                hands.on_its_way.set()
                progress(_Frame(QImage.fromData(view.jpeg), view))


def _fitted(image: QImage) -> QImage:
    if max(image.width(), image.height()) <= SHOWN_EDGE:
        return image
    keep, smooth = Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation
    return image.scaled(SHOWN_EDGE, SHOWN_EDGE, keep, smooth)
