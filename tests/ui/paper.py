"""A spooler for tests of the window: printers as given, jobs that go as far as the test lets them."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from typing import Any

from inspector.domain.changes import Changes
from inspector.domain.printing import Printer, PrinterState, PrintRun, PrintState, PrintStep
from inspector.services.printing import PrintService


def printer(name: str, **told: Any) -> Printer:
    """A printer that is ready for A4 on both sides."""
    ready = {
        "title": name,
        "is_default": False,
        "state": PrinterState.READY,
        "detail": "",
        "has_duplex": True,
        "is_a4_loaded": True,
    }
    return Printer(name=name, **(ready | told))


class FakeSpooler:
    """Records through the real service; `steps` are told, then the job waits at `gate`, then ends with `end`."""

    def __init__(self, real: PrintService, printers: Sequence[Printer]) -> None:
        self._real = real
        self.shown = tuple(printers)
        self.is_there = True
        self.steps: list[PrintStep] = []
        self.gate = threading.Event()
        self.gate.set()
        self.end: dict[str, Any] = {"state": PrintState.DONE}
        self.tested: list[str] = []
        self.was_cancelled = False

    def has_spooler(self) -> bool:
        return self.is_there

    def printers(self) -> tuple[Printer, ...]:
        return self.shown

    def begin(self, notice_id: str, order: Any) -> Changes:
        return self._real.begin(notice_id, order)

    def of(self, notice_id: str) -> list[PrintRun]:
        return self._real.of(notice_id)

    def finish(self, run_id: str, **ended: Any) -> Changes:
        return self._real.finish(run_id, **ended)

    def send(self, run_id: str, progress: Callable[[PrintStep], None], is_cancelled: Callable[[], bool]) -> Changes:
        for step in self.steps:
            progress(step)
        while not self.gate.wait(0.01):
            if is_cancelled():
                return self._real.finish(run_id, state=PrintState.CANCELLED, sheets_done=0)
        return self._real.finish(run_id, **self.end)

    def send_test_page(self, name: str) -> None:
        self.tested.append(name)
