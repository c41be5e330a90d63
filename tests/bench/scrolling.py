"""Scrolling 36,000 hazards: `python -m tests.bench.scrolling PROFILE PASSPHRASE` prints paint times as JSON.

steps_ms: the bar moves by a page, the rows come out of the model and are painted. plain_ms: Qt's own list of as many
strings, the same way. fill_ms: rows made of hazards and put into the list.
"""

from __future__ import annotations

import json
import os
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QStringListModel
from PySide6.QtWidgets import QAbstractItemView, QListView

from inspector import mainthread
from inspector.app import unlock
from inspector.domain.hazard import Hazard
from tests.builders import ZHANG
from ui.app import make_application
from ui.context import today
from ui.models.hazard_rows import hazard_rows
from ui.theme.look import look
from ui.widgets.rows import RowList

STEPS = 400


def read(profile: Path, passphrase: str) -> list[Hazard]:
    """Return all hazards of the store."""
    app = unlock(profile, ZHANG, passphrase)
    try:
        return [one for visit in app.inspections.list() for one in app.hazards.of(visit.inspection.id)]
    finally:
        app.close()


def scrolled(view: QAbstractItemView) -> list[float]:
    """Return the milliseconds of each step over the whole list: move, then paint at once."""
    view.resize(720, 800)
    view.show()
    QCoreApplication.processEvents()
    bar, took = view.verticalScrollBar(), []
    for n in range(STEPS):
        began = time.perf_counter()
        bar.setValue(round(bar.maximum() * n / STEPS))
        view.viewport().repaint()
        took.append((time.perf_counter() - began) * 1000)
        QCoreApplication.processEvents()
    view.hide()
    return took


def main(profile: Path, passphrase: str) -> None:
    """Fill both lists, scroll them, tell."""
    make_application()
    look()
    with ThreadPoolExecutor(1) as pool:
        hazards = pool.submit(read, profile, passphrase).result()
    mainthread.claim()
    rows, plain = RowList(name="隐患"), QListView()
    began = time.perf_counter()
    rows.set_rows(hazard_rows(hazards, (), frozen={}, today=today()))
    filled = (time.perf_counter() - began) * 1000
    plain.setModel(QStringListModel([one.description for one in hazards], plain))
    plain.setUniformItemSizes(True)
    told = {"rows": len(hazards), "fill_ms": filled, "steps_ms": scrolled(rows), "plain_ms": scrolled(plain)}
    os.write(1, json.dumps(told).encode())


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2])
