"""A window in a process of its own, to be killed or starved: `python -m tests.journeys.apart kill|limit|tmpfs FOLDER`.

kill: types half a hazard, says "typed", and waits for the end.
limit, tmpfs: reports a hazard with no room to write, then with room; prints what the window said as one line of JSON.
"""

from __future__ import annotations

import contextlib
import json
import os
import sys
import time
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from inspector import mainthread, paths
from tests.builders import LI, ZHANG
from tests.faults.full import Ballast, FileLimit
from tests.journeys.desk import Desk
from tests.journeys.hand import CTRL, Hand
from tests.services.spool import Spool
from tests.services.visit import a_draft
from ui.app import make_application
from ui.tasks import Tasks

HALF = ("配电箱门敞开", "pdxmck")
PLACE = ("二楼", "el")


class Plain:
    """The little of qtbot that a hand and a desk need."""

    def waitUntil(self, condition: Callable[[], bool], timeout: int) -> None:
        end = time.monotonic() + timeout / 1000
        while not condition():
            assert time.monotonic() < end
            make_application().processEvents()

    def addWidget(self, _widget: QWidget) -> None:
        """Nobody closes it."""

    @contextlib.contextmanager
    def waitActive(self, widget: QWidget) -> Iterator[None]:
        yield
        self.waitUntil(widget.isActiveWindow, 20_000)


def open_desk(folder: Path) -> Desk:
    """Unlock a profile of `folder` in a window and begin a visit with one hazard."""
    make_application()
    mainthread.claim()
    spool = folder / "spool"
    spool.mkdir()
    bot = Plain()
    desk = Desk(Hand(bot), Tasks(), folder / "profile", Spool(spool), folder / "card")
    desk.open(bot)
    desk.unlock()
    visit = desk.ask(desk.app.inspections.start, "site-sample-01", (ZHANG, LI)).made
    desk.ask(desk.app.hazards.report, visit, a_draft(deadline=(desk.now() + timedelta(days=15)).date()))
    assert desk.window.frame is not None
    desk.window.frame.go("inspection", visit)
    desk.hand.until(lambda: desk.workspace._record is not None and desk.workspace._is_built)
    desk.idle()
    return desk


def type_half(desk: Desk) -> None:
    """F2, a description in own words, a place; nothing is saved by hand."""
    hand, view = desk.hand, desk.workspace
    hand.key(Qt.Key.Key_F2)
    hand.until(view.desk.form.description.hasFocus)
    hand.han(*HALF)
    hand.until(view.desk.form.description.popup.isVisible)
    hand.tab_to(view.desk.form.place)
    hand.han(*PLACE)
    hand.until(lambda: view.desk.saver.is_settled)


def be_killed(folder: Path) -> None:
    """Say when everything typed is on the disk, then live until somebody ends it."""
    desk = open_desk(folder)
    type_half(desk)
    owner = f"hazard:new:{desk.workspace._inspection_id}"
    desk.hand.until(lambda: desk.ask(desk.app.drafts.of, owner).get("place") == PLACE[0])
    desk.idle()
    sys.stdout.write("typed\n")
    sys.stdout.flush()
    make_application().exec()


def be_starved(folder: Path, *, is_disk: bool) -> None:
    """Report a hazard without room and with it."""
    desk = open_desk(folder)
    hand, view, app = desk.hand, desk.workspace, desk.app
    type_half(desk)
    desk.idle()
    room = Ballast(folder, 1) if is_disk else FileLimit(1)
    before = len(desk.window.notes.all())
    journal = paths.journal_file(desk.profile)
    room.narrow(0, journal.with_name(journal.name + "-wal"))
    hand.key(Qt.Key.Key_Return, CTRL)
    hand.until(lambda: len(desk.window.notes.all()) > before)
    desk.idle()
    told = {"said": desk.said()[0], "still typed": view.desk.form.description.value()}
    told["saved without room"] = len(desk.ask(app.hazards.of, view._inspection_id))
    room.widen()
    hand.key(Qt.Key.Key_Return, CTRL)
    hand.until(lambda: len(view._record.hazards) == 2)
    desk.idle()
    told["saved with room"] = len(desk.ask(app.hazards.of, view._inspection_id))
    told["faults"] = [str(one) for one in desk.ask(app.audit.verify).faults]
    sys.stdout.write(json.dumps(told, ensure_ascii=False) + "\n")
    sys.stdout.flush()
    desk.close()


if __name__ == "__main__":
    way, where = sys.argv[1], Path(sys.argv[2])
    if way == "kill":
        be_killed(where)
    else:
        be_starved(where, is_disk=way == "tmpfs")
