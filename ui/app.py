"""Opens the window: fonts, look, words, doors. `main(words)` is what main.py calls."""

from __future__ import annotations

import argparse
import os
import sys
import traceback
from pathlib import Path
from types import TracebackType

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication

from inspector import mainthread
from inspector.errors import FontsMissing
from inspector.paths import default_profile
from ui.context import doors
from ui.main_window import MainWindow
from ui.messages import bug, message
from ui.tasks import Tasks
from ui.theme.look import look

_DISPLAYS = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")
_NO_DISPLAY = "没有显示器，无法打开窗口。\nno display: the window cannot open."


def main(words: list[str]) -> int:
    """Open the window of a profile; returns the exit code: 0 closed, 2 no display or no fonts."""
    asked = _options(words)
    if sys.platform == "linux" and not any(os.environ.get(name) for name in _DISPLAYS):
        sys.stderr.write(_NO_DISPLAY + "\n")
        return 2
    app = make_application()
    try:
        look()
    except FontsMissing as error:
        sys.stderr.write(f"{message(error).sentence}\n{error}\n")
        return 2
    mainthread.claim()
    tasks = Tasks()
    window = MainWindow(doors(asked.profile), tasks)
    sys.excepthook = _hook(window)
    window.resize(1280, 800)
    window.show()
    code = app.exec()
    mainthread.release()
    return code


def make_application() -> QApplication:
    """Return the one QApplication, sharp at 125 and 150 %."""
    running = QApplication.instance()
    if isinstance(running, QApplication):
        return running
    QGuiApplication.setHighDpiScaleFactorRoundingPolicy(Qt.HighDpiScaleFactorRoundingPolicy.PassThrough)
    app = QApplication(["field-inspector"])
    app.setApplicationName("field-inspector")
    app.setDesktopFileName("field-inspector")
    return app


def _options(words: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="main.py", description="现场执法")
    parser.add_argument("--profile", type=Path, default=None, help="folder of the profile")
    asked = parser.parse_args(words)
    asked.profile = asked.profile or default_profile()
    return asked


def _hook(window: MainWindow):
    """A bug in a slot: say it, keep the window; commands are transactions, so what was saved is exact."""

    def told(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        traceback.print_exception(kind, error, trace)
        if issubclass(kind, Exception):
            window.show_message(bug())

    return told
