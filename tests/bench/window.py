"""A journey through the real window: `python -m tests.bench.window PROFILE PASSPHRASE` prints what it took as JSON.

usable_ms: from the passphrase's Enter to the first paint of the list with its rows. loop_*: how late the event loop
came to a timer of 5 ms, from Enter on (unlock, every place, the workspace, typing a hazard, locking).
"""

from __future__ import annotations

import json
import os
import sys
import time
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QEventLoop, QObject, Qt, QTimer
from PySide6.QtGui import QPaintEvent
from PySide6.QtTest import QTest

from inspector import mainthread
from ui.app import make_application
from ui.context import doors
from ui.main_window import MainWindow
from ui.tasks import Tasks
from ui.theme.look import look
from ui.views.today.view import TodayView
from ui.views.unlock.view import UnlockView
from ui.widgets.rows import RowList

BEAT_MS = 5
PATIENCE_S = 30
TYPING_BEATS = 400
"""Two seconds at the unlock screen: nobody types a passphrase faster, and meanwhile the screens behind it load."""


class Painted:
    """Remembers when a list of rows was painted last; no filter on the application, which would slow every event."""

    def __init__(self) -> None:
        self.at = 0.0
        painted = RowList.paintEvent

        def paint(rows: RowList, event: QPaintEvent) -> None:
            painted(rows, event)
            self.at = time.perf_counter()

        RowList.paintEvent = paint


class Heart(QObject):
    """A timer whose lateness is what a key press would have waited."""

    def __init__(self) -> None:
        super().__init__()
        self.late_ms: list[float] = []
        self.stage = "start"
        self.worst_ms: dict[str, float] = {}
        self._last = time.perf_counter()
        self._timer = QTimer(self)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._beat)
        self._timer.start(BEAT_MS)

    def _beat(self) -> None:
        now = time.perf_counter()
        late = max(0.0, (now - self._last) * 1000 - BEAT_MS)
        self.late_ms.append(late)
        self.worst_ms[self.stage] = max(late, self.worst_ms.get(self.stage, 0.0))
        self._last = now


def until(condition: Callable[[], object]) -> None:
    """Run the event loop until something holds."""
    end = time.perf_counter() + PATIENCE_S
    while not condition():
        QCoreApplication.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents, 20)
        if time.perf_counter() > end:
            raise TimeoutError(condition)


def rest(beats: int = 40) -> None:
    """Let so many beats pass, so that what a screen still loads counts too."""
    loop = QEventLoop()
    QTimer.singleShot(beats * BEAT_MS, loop.quit)
    loop.exec()


def journey(window: MainWindow, painted: Painted, heart: Heart, passphrase: str) -> float:
    """Unlock, visit every place and an inspection, type into a hazard, lock; return the seconds to a usable list."""
    until(lambda: isinstance(window.shown(), UnlockView))
    rest(TYPING_BEATS)
    heart.late_ms.clear()  # these quiet beats would only flatter the percentile
    began = time.perf_counter()
    heart.stage = "unlock"
    window.shown().enter_with(passphrase)  # type: ignore[union-attr]
    until(lambda: window.frame is not None)
    until(lambda: _has_rows(window) and painted.at >= began)
    usable = time.perf_counter() - began
    rest()
    frame = window.frame
    today = frame.current()  # type: ignore[union-attr]
    heart.stage = "open an inspection"
    frame.go("inspection", today.list.current())  # type: ignore[union-attr]
    rest(80)
    heart.stage = "new hazard"
    workspace = frame.current()  # type: ignore[union-attr]
    workspace.begin_new()
    rest(40)
    heart.stage = "type"
    for letter in "aqckbdsdlq":
        QTest.keyClicks(workspace.desk.form.description, letter)
        rest(12)
    heart.stage = "save a hazard"
    workspace.save_and_next()
    rest(40)
    for place in frame.places():  # type: ignore[union-attr]
        heart.stage = f"go to {place.id}"
        frame.go(place.id, "")  # type: ignore[union-attr]
        rest(60)
    heart.stage = "lock"
    window.lock()
    until(lambda: isinstance(window.shown(), UnlockView))
    return usable


def _has_rows(window: MainWindow) -> bool:
    view = window.frame.current() if window.frame is not None else None
    return isinstance(view, TodayView) and bool(view.list.current())


def main(profile: Path, passphrase: str) -> None:
    """Open the window of a profile, travel, tell."""
    make_application()
    painted = Painted()
    look()
    mainthread.claim()
    tasks = Tasks()
    window = MainWindow(doors(profile), tasks)
    window.resize(1280, 800)
    window.show()
    window.activateWindow()
    heart = Heart()
    usable = journey(window, painted, heart, passphrase)
    late = sorted(heart.late_ms)
    told = {
        "usable_ms": usable * 1000, "loop_p99_ms": late[int(len(late) * 0.99)], "beats": len(late),
        "worst_ms": {stage: round(ms, 1) for stage, ms in heart.worst_ms.items()},
    }  # fmt: skip
    os.write(1, json.dumps(told).encode())
    window.close()


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2])
