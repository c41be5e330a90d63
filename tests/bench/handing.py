"""The way to the printer: from the recorded order to the moment CUPS has the stored PDF, beside `lp` alone."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from unittest import mock

from inspector.app import App
from inspector.domain.printing import PrintOrder
from tests.bench.measure import Absent, Line, measured, times
from tests.system.print_house import QUEUE, SERVER, PrintHouse, absent

WHAT = "print: recorded and handed to CUPS"
PRINTER = os.environ.get("BENCH_PRINTER", "")
"""A CUPS queue that may print; without it a virtual printer in a network of its own: nothing real prints unnamed."""


def handed_over(app: App, notices: list[str], scratch: Path) -> Line:
    """Hand issued notices to CUPS; the peer is `lp` with the same files."""
    lacking = [] if PRINTER else absent()
    if lacking:
        return Absent(WHAT, f"BENCH_PRINTER names no queue, and a virtual one needs {', '.join(lacking)}")
    with _queue() as queue:
        papers = [scratch / f"{notice_id}.pdf" for notice_id in notices]
        for notice_id, paper in zip(notices, papers, strict=True):
            paper.write_bytes(app.notices.pdf(notice_id))

        def ours(notice_id: str) -> None:
            run = app.printing.begin(notice_id, PrintOrder(printer=queue)).made
            app.printing.send(run, is_cancelled=lambda: True)  # handed over; nobody waits for the paper here

        def peer(paper: Path) -> None:
            subprocess.run(["lp", "-d", queue, str(paper)], check=True, stdout=subprocess.DEVNULL)

        return measured(WHAT, times(ours, notices), "lp with the same PDF", times(peer, papers))


@contextmanager
def _queue() -> Iterator[str]:
    if PRINTER:
        yield PRINTER
        return
    house = PrintHouse()
    path = f"{house.bin}:{os.environ['PATH']}"
    try:
        with mock.patch.dict(os.environ, {"PATH": path, "CUPS_SERVER": SERVER}):
            yield QUEUE
    finally:
        house.close()
