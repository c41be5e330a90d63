"""Pictures of every screen: `python -m ui.screenshots --out DIR --profile DIR --passphrase TEXT`.

Offscreen, with the bundled fonts: light, dark and sunlight in Chinese, light in English (1280x800), and 150 %
(853x533 logical px, 1280x800 device px). One process a variant, because Qt reads its scale factor only once. Works on
a copy of the profile, so that looking changes nothing.
"""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from time import monotonic

from PySide6.QtCore import QEventLoop
from PySide6.QtWidgets import QApplication, QWidget

from inspector import mainthread
from ui.app import make_application
from ui.context import doors
from ui.main_window import MainWindow
from ui.tasks import Tasks
from ui.text import words
from ui.theme.look import look
from ui.views.unlock.view import UnlockView
from ui.widgets.dialog import Dialog

PATIENCE_S = 60.0


@dataclass(frozen=True, slots=True)
class Variant:
    """One way to look: theme, language, scale of the screen, size in logical px."""

    theme: str
    language: str
    scale: float
    size: tuple[int, int]


VARIANTS = {
    "light": Variant("light", "zh_CN", 1.0, (1280, 800)),
    "dark": Variant("dark", "zh_CN", 1.0, (1280, 800)),
    "sunlight": Variant("sunlight", "zh_CN", 1.0, (1280, 800)),
    "english": Variant("light", "en", 1.0, (1280, 800)),
    "150pct": Variant("light", "zh_CN", 1.5, (853, 533)),
}


class Camera:
    """Takes pictures of one window."""

    def __init__(self, folder: Path, window: MainWindow, tasks: Tasks, variant: str) -> None:
        self._folder, self._window, self._tasks = folder, window, tasks
        self._variant, self._count = variant, 0

    def wait(self, until: Callable[[], bool] = lambda: True) -> None:
        """Turn the event loop until `until` holds and nothing is under way. Raises TimeoutError."""
        end, quiet = monotonic() + PATIENCE_S, 0
        while quiet < 3:
            # Three quiet rounds: an answer may ask for the next thing.
            QApplication.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, 50)
            quiet = quiet + 1 if self._tasks.is_idle() and until() else 0
            if monotonic() > end:
                raise TimeoutError(self._variant)

    def take(self, name: str, widget: QWidget | None = None) -> None:
        """Save what the window shows, with an open dialog laid over it."""
        self.wait()
        self._count += 1
        picture = self._window.grab()
        if widget is not None:
            self._lay_over(picture, widget)
        path = self._folder / f"{self._count:02d}-{name}-{self._variant}.png"
        if not picture.save(str(path)):
            raise OSError(path)
        sys.stdout.write(f"{path}\n")

    def _lay_over(self, picture, dialog: QWidget) -> None:
        from PySide6.QtGui import QPainter

        with QPainter(picture) as painter:
            painter.drawPixmap((self._window.rect().center() - dialog.rect().center()), dialog.grab())


def _walk(camera: Camera, window: MainWindow, passphrase: str) -> None:
    """Unlock, and show each place; in the inspection and the notices the latest record."""
    camera.wait(lambda: isinstance(window.shown(), UnlockView))
    unlock = window.shown()
    if not isinstance(unlock, UnlockView):
        return
    camera.take("unlock")
    unlock.enter_with(passphrase)
    camera.wait(lambda: window.frame is not None)
    frame = window.frame
    if frame is None:
        return
    for place in frame.places():
        frame.go(place.id)
        camera.take(place.id)
    frame.go("inspection")
    camera.wait()
    window.show_keys()
    camera.take("keys", window.findChildren(Dialog)[-1])


def _picture(variant_name: str, out: Path, profile: Path, passphrase: str) -> None:
    variant = VARIANTS[variant_name]
    make_application()
    look()
    mainthread.claim()
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / "profile"
        if profile.exists():
            shutil.copytree(profile, copy, ignore=shutil.ignore_patterns("lock", "window.json"))
        tasks = Tasks()
        window = MainWindow(doors(copy), tasks)
        window.wear(variant.theme, variant.language)
        window.resize(*variant.size)
        window.show()
        window.activateWindow()
        camera = Camera(out, window, tasks, variant_name)
        camera.wait(lambda: window.shown() is not None)
        if isinstance(window.shown(), UnlockView):
            _walk(camera, window, passphrase)
        else:
            camera.take("welcome")
        window.close()
    mainthread.release()
    words().switch("zh_CN")


def main(asked: Sequence[str]) -> int:
    """Take all pictures, or those of one variant; returns 0."""
    parser = argparse.ArgumentParser(prog="ui.screenshots")
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--profile", type=Path, required=True, help="without one: the welcome screen")
    parser.add_argument("--passphrase", default="")
    parser.add_argument("--variant", choices=sorted(VARIANTS))
    told = parser.parse_args(asked)
    told.out.mkdir(parents=True, exist_ok=True)
    if told.variant:
        _picture(told.variant, told.out, told.profile, told.passphrase)
        return 0
    for name, variant in VARIANTS.items():
        env = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "QT_SCALE_FACTOR": str(variant.scale)}
        words_again = [sys.executable, "-m", "ui.screenshots", *asked, "--variant", name]
        subprocess.run(words_again, env=env, check=True)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
