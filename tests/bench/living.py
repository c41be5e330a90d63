"""Fifty visits in one window: `python -m tests.bench.living PROFILE PASSPHRASE PHOTO…` prints memory as JSON.

rss_mb: resident memory after each visit (start, four hazards, the photos, workspace, photo grid, notice drawn, today).
idle: the share of one core that the window takes while nobody touches it. empty_mb: an empty PySide6 window.
"""

from __future__ import annotations

import json
import os
import sys
import time
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QEventLoop, QTimer
from PySide6.QtWidgets import QWidget

from inspector import mainthread
from inspector.app import App
from inspector.clock import SystemClock
from inspector.domain.notice import FormCode
from tests.builders import LI, ZHANG
from tests.services.visit import SITE, a_draft, approve
from ui.app import make_application
from ui.context import doors
from ui.looking.guide import Guide
from ui.looking.shoot import unlock
from ui.tasks import Tasks
from ui.theme.look import look

VISITS, IDLE_S, SETTLE_S = 50, 10, 3
_PAGE_MB = os.sysconf("SC_PAGE_SIZE") / 1e6


def rss_mb() -> float:
    """Return the resident memory of this process in MB (10⁶)."""
    return int(Path("/proc/self/statm").read_text().split()[1]) * _PAGE_MB


def visit(app: App, photos: list[Path]) -> str:
    """What two officers do at one site, up to a notice that could be issued."""
    made = app.inspections.start(SITE, (ZHANG, LI)).made
    hazards = [app.hazards.report(made, a_draft(f"第{n + 1}处安全出口被货物堵塞")).made for n in range(4)]
    for n, photo in enumerate(photos):
        app.evidence.attach(made, photo, hazard_id=hazards[n % 4])
    app.evidence.prepare_previews(made)
    ended = SystemClock().read().at
    app.inspections.patch(made, place="一号库房", is_id_shown=True, is_recusal_told=True, ended_at=ended)
    approve(app, made)
    app.notices.draft(made, FormCode.INSPECTION_RECORD)
    return made


def other_photos(photos: list[Path], n: int) -> list[Path]:
    """Make each visit's photos its own: bytes behind the picture's end, so that no digest is known yet."""
    for photo in photos:
        with photo.open("ab") as file:
            file.write(n.to_bytes(2, "big"))
    return photos


def rest(seconds: float) -> None:
    """Let the event loop run, as it does when nobody touches the window."""
    loop = QEventLoop()
    QTimer.singleShot(round(seconds * 1000), loop.quit)
    loop.exec()


def idle(work: Callable[[float], None]) -> float:
    """Return the share of one core taken while `work` rests."""
    work(SETTLE_S)
    began, used = time.perf_counter(), time.process_time()
    work(IDLE_S)
    return (time.process_time() - used) / (time.perf_counter() - began)


def main(profile: Path, passphrase: str, photos: list[Path]) -> None:
    """Live through the visits, then rest; tell."""
    make_application()
    look()
    bare = QWidget()
    bare.resize(1280, 800)
    bare.show()
    QCoreApplication.processEvents()
    empty, empty_idle = rss_mb(), idle(rest)
    bare.close()
    mainthread.claim()
    guide = Guide(doors(profile), Tasks(), passphrase, (1280, 800))
    unlock(guide)
    grown: list[float] = []
    for n in range(VISITS):
        made = guide.ask(visit, guide.services, other_photos(photos, n))
        for place in ("inspection", "notices"):
            guide.go(place, made)
        guide.go("today")
        grown.append(rss_mb())
    told = {"rss_mb": grown, "empty_mb": empty, "idle": idle(rest), "empty_idle": empty_idle}
    os.write(1, json.dumps(told).encode())
    guide.close()


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2], [Path(name) for name in sys.argv[3:]])
