"""Opens the window: fonts, look, words, doors. `main(words)` is what main.py calls."""

from __future__ import annotations

import gc
import os
import sys
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
from ui.messages import message
from ui.tasks import Tasks
from ui.theme.look import look

_DISPLAYS = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")
_NO_DISPLAY = "没有显示器，无法打开窗口。\nno display: the window cannot open."


def main(words: list[str]) -> int:
    """Open the window of a profile; returns the exit code: 0 closed, 2 no display or no fonts."""
    profile = _profile(words)
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
    window = MainWindow(doors(profile), tasks)
    sys.excepthook = _hook(window)
    window.resize(1280, 800)
    window.show()
    gc.freeze()  # what start-up made stays: later collections need not look at it
    gc.enable()
    code = app.exec()
    mainthread.release()
    return code


def make_application() -> QApplication:
    """Return the one QApplication, sharp at 125 and 150 %."""
    running = QApplication.instance()
    if isinstance(running, QApplication):
        return running
    QGuiApplication.setHighDpiScaleFactorRoundingPolicy(Qt.HighDpiScaleFactorRoundingPolicy.PassThrough)
    app = QApplication(["field-inspector", "-style", "Fusion"])  # by name: QStyle has 600 enum members
    app.setApplicationName("field-inspector")
    app.setDesktopFileName("field-inspector")
    return app


def _profile(words: list[str]) -> Path:
    match words:
        case []:
            return default_profile()
        case ["--profile", folder]:
            return Path(folder)
        case _:
            return _asked(words)


def _asked(words: list[str]) -> Path:
    import argparse  # 7 ms that an ordinary start need not pay

    parser = argparse.ArgumentParser(prog="main.py", description="现场执法")
    parser.add_argument("--profile", type=Path, default=None, help="folder of the profile")
    return parser.parse_args(words).profile or default_profile()


def _hook(window: MainWindow):
    """A bug in a slot: say it, keep the window; commands are transactions, so what was saved is exact."""

    def told(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        import traceback

        traceback.print_exception(kind, error, trace)
        if isinstance(error, Exception):
            window.tell_bug(error)

    return told
