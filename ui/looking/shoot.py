"""One process of pictures: one screen size and one scale, all screens and dresses; tells each picture as a JSON line.

    {"picture": "workspace-light-zh-100.png", "screen": "workspace", "dress": "light-zh", "faults": [{…}]}
Works on a copy of the profile, so that looking changes nothing.
"""

from __future__ import annotations

import json
import shutil
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict, replace
from pathlib import Path
from typing import NoReturn

from PySide6.QtCore import QMessageLogContext, QtMsgType, qInstallMessageHandler
from PySide6.QtGui import QPainter, QPixmap

from inspector import mainthread
from inspector.errors import InspectorError, StoreTooNew
from ui.app import make_application
from ui.context import Doors, doors
from ui.looking.checks import faults
from ui.looking.dresses import DRESSES, Batch, Dress
from ui.looking.guide import Guide
from ui.looking.scene import Fault
from ui.looking.screens import Screen, Stage, screens
from ui.tasks import Tasks
from ui.theme.look import look
from ui.views.unlock.view import UnlockView

_KNOWN = "This plugin does not support"
"""The offscreen platform says this of every window; it says nothing about ours."""


class Shooting:
    """Takes the pictures of one batch into a folder; `wanted` names screens, empty for all."""

    def __init__(self, out: Path, batch: Batch, wanted: frozenset[str] = frozenset()) -> None:
        self._out, self._batch, self._wanted = out, batch, wanted
        self._warnings: list[str] = []

    def run(self, profile: Path, passphrase: str) -> None:
        """Take every picture of the batch."""
        make_application()
        look()
        mainthread.claim()
        qInstallMessageHandler(self._hear)
        try:
            with tempfile.TemporaryDirectory() as folder:
                copy = Path(folder) / "profile"
                shutil.copytree(profile, copy, ignore=shutil.ignore_patterns("lock", "window.json"))
                self._stage(Stage.EMPTY, doors(Path(folder) / "none"), "")
                self._stage(Stage.BROKEN, replace(doors(copy), describe=_refuse), "")
                self._stage(Stage.LOCKED, doors(copy), passphrase)
        finally:
            qInstallMessageHandler(None)
            mainthread.release()

    def _stage(self, stage: Stage, door: Doors, passphrase: str) -> None:
        if not any(self._wants(one) for one in screens(stage)) and stage is not Stage.LOCKED:
            return
        with guided(door, passphrase, self._batch.logical) as guide:
            self._take_all(guide, screens(stage))
            if stage is Stage.LOCKED:
                unlock(guide)
                places = [place.id for place in guide.frame.places()]
                self._take_all(guide, screens(Stage.OPEN, places))

    def _take_all(self, guide: Guide, all_: list[Screen]) -> None:
        for dress in DRESSES:
            chosen = [one for one in all_ if self._wants(one) and self._batch.has(dress, is_key=one.is_key)]
            if chosen:
                guide.window.wear(dress.theme, dress.language)
                guide.wait()
            for screen in chosen:
                self._take(guide, screen, dress)

    def _wants(self, screen: Screen) -> bool:
        return not self._wanted or screen.name in self._wanted

    def _take(self, guide: Guide, screen: Screen, dress: Dress) -> None:
        self._warnings.clear()
        name = f"{screen.name}-{dress.name}-{self._batch.scale:.0%}".rstrip("%") + ".png"
        told: list[Fault] = []
        try:
            screen.reach(guide)
            guide.wait()
        except (LookupError, TimeoutError, AttributeError, InspectorError, StopIteration) as error:
            told.append(Fault("reach", screen.name, "", f"{type(error).__name__}: {error}"))
        told += faults(guide.front(), name=screen.name)
        told += [Fault("qt", screen.name, "", warning) for warning in self._warnings]
        if not picture(guide).save(str(self._out / name)):
            raise OSError(self._out / name)
        self._leave(guide, screen)
        line = {"picture": name, "screen": screen.name, "dress": dress.name, "faults": [asdict(one) for one in told]}
        sys.stdout.write(json.dumps(line, ensure_ascii=False) + "\n")
        sys.stdout.flush()

    def _leave(self, guide: Guide, screen: Screen) -> None:
        guide.clear()
        if screen.leave is not None:
            with suppress(LookupError):  # it wasn't reached: that is told already
                screen.leave(guide)

    def _hear(self, kind: QtMsgType, _context: QMessageLogContext, said: str) -> None:
        if kind is not QtMsgType.QtDebugMsg and not said.startswith(_KNOWN):
            self._warnings.append(said)


@contextmanager
def guided(door: Doors, passphrase: str, size: tuple[int, int]) -> Iterator[Guide]:
    """A window with a guide; closed in an orderly way."""
    guide = Guide(door, Tasks(), passphrase, size)
    try:
        yield guide
    finally:
        guide.close()


def unlock(guide: Guide) -> None:
    """Unlock as the first person."""
    guide.find(UnlockView).enter_with(guide.passphrase)
    guide.wait(lambda: guide.window.frame is not None)


def picture(guide: Guide) -> QPixmap:
    """Return what a user sees: the window with an open dialog or menu laid over it."""
    found, front = guide.window.grab(), guide.front()
    if front is not guide.window:
        with QPainter(found) as painter:
            painter.drawPixmap(front.pos() - guide.window.pos(), front.grab())
    return found


def _refuse() -> NoReturn:
    raise StoreTooNew
