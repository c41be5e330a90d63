"""Follows a print job to its end: what it tells on the way, and what came of it."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from inspector.domain.printing import PrinterState, PrintState, PrintStep
from inspector.printing import spooler
from inspector.printing.spooler import Job, JobState, Look

PATIENCE_S: Final = 600.0
"""Seconds in which nothing changes before a job is taken back: time to fetch paper or mend a jam."""
GLANCE_S: Final = 0.5
"""Seconds between two looks."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ending:
    """What came of a job. SENT: nobody saw its end (the scheduler forgot it or went away)."""

    state: PrintState
    sheets_done: int | None = None
    fault: PrinterState | None = None


@dataclass(slots=True, kw_only=True)
class Watch:
    """One job under watch; `sheets` is how many it will use."""

    job: Job
    sheets: int
    fault: PrinterState | None = None
    """The last trouble seen."""
    has_begun: bool = False
    """Whether the printer was ever at work on it untroubled: from then on paper may have come out."""

    def follow(self, progress: Callable[[PrintStep], None], is_cancelled: Callable[[], bool]) -> Ending:
        """Look until the job ends, the user stops it, or nothing changes for PATIENCE_S; tell each change."""
        seen: object = None
        changed_at = time.monotonic()
        while True:
            look = spooler.look(self.job)
            if look != seen:
                seen, changed_at = look, time.monotonic()
                if look is not None:
                    self._note(look)
                    progress(self._step(look))
            if look is not None and (look.state is None or look.state.is_over):
                return self._ending(look)
            is_unwanted = is_cancelled()
            if is_unwanted or time.monotonic() - changed_at > PATIENCE_S:
                return self._stop(is_unwanted=is_unwanted)
            time.sleep(GLANCE_S)

    def _note(self, look: Look) -> None:
        self.fault = look.printer if look.printer.is_fault else self.fault
        self.has_begun = self.has_begun or (look.state is JobState.AT_WORK and not look.printer.is_fault)

    def _step(self, look: Look) -> PrintStep:
        # CUPS counts what it has sent to the printer; the last sheet is out only when the job is over.
        is_done = look.state is JobState.COMPLETED
        sent = min(look.sheets, self.sheets - 1) if self.has_begun else 0
        done = self.sheets if is_done else sent
        return PrintStep(sheets_done=done, sheets=self.sheets, state=look.printer)

    def _ending(self, look: Look) -> Ending:
        if look.state is JobState.COMPLETED:
            return Ending(state=PrintState.DONE, sheets_done=self.sheets)
        if look.state is None:
            return Ending(state=PrintState.SENT)
        return self._unfinished(is_wanted=look.state is JobState.ABORTED)

    def _stop(self, *, is_unwanted: bool) -> Ending:
        spooler.cancel(self.job)
        last = spooler.look(self.job)
        if last is None or last.state is None:
            return Ending(state=PrintState.SENT)  # it may lie in the queue of a scheduler that comes back
        if last.state is JobState.COMPLETED:
            return self._ending(last)
        return self._unfinished(is_wanted=not is_unwanted)

    def _unfinished(self, *, is_wanted: bool) -> Ending:
        return Ending(
            state=PrintState.FAILED if is_wanted else PrintState.CANCELLED,
            sheets_done=None if self.has_begun else 0,
            fault=self.fault or (PrinterState.STOPPED if is_wanted else None),
        )
