"""Paper: printers and their troubles, what is to be printed, and what came of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from inspector.errors import InvalidInput
from inspector.ids import NoticeId, PrintRunId

MOST_COPIES = 99
"""More than any notice asks for (the forms ask for two or three); a slip of the finger stops here."""


class PaperSides(StrEnum):
    """Which sides are printed, by the names of IPP (RFC 8011 §5.2.8)."""

    ONE = "one-sided"
    TWO = "two-sided-long-edge"


class PrinterState(StrEnum):
    """What a printer is doing, or what it waits for."""

    READY = "ready"
    BUSY = "busy"
    OFFLINE = "offline"
    PAPER_OUT = "paper_out"
    JAM = "jam"
    DOOR_OPEN = "door_open"
    WRONG_PAPER = "wrong_paper"
    """Another size than A4 is loaded (product.md E202)."""
    STOPPED = "stopped"
    """Paused, or halted for a reason of its own: toner, an error, an operator."""

    @property
    def is_fault(self) -> bool:
        """Whether somebody has to go to the printer before it prints."""
        return self not in (PrinterState.READY, PrinterState.BUSY)


class PrintState(StrEnum):
    """How a run stands; only SENT may still change."""

    SENT = "sent"
    DONE = "done"
    FAILED = "failed"
    CANCELLED = "cancelled"


@dataclass(frozen=True, slots=True, kw_only=True)
class Printer:
    """A printer of this computer. `detail` is what it says of itself, in its own words or codes; may be empty."""

    name: str
    """The queue's name: what an order names."""
    title: str
    """What people call it: its description, else its name."""
    is_default: bool
    state: PrinterState
    detail: str
    has_duplex: bool
    is_a4_loaded: bool | None
    """None: the printer doesn't say what lies in its trays."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PrintOrder:
    """What the user asks for: `pages` are (first, last), counted from 1, both printed; None is all of them."""

    printer: str
    copies: int = 1
    sides: PaperSides = PaperSides.ONE
    pages: tuple[int, int] | None = None
    reprint_reason: str = ""
    """Needed if the notice may have come out of a printer before: 补打."""

    def page_range(self, count: int) -> tuple[int, int]:
        """Return first and last page of a document of `count` pages. Raises InvalidInput(pages | copies)."""
        if not 1 <= self.copies <= MOST_COPIES:
            raise InvalidInput(field="copies", reason="range", least=1, most=MOST_COPIES)
        first, last = self.pages or (1, count)
        if not 1 <= first <= last <= count:
            raise InvalidInput(field="pages", reason="range", least=1, most=count)
        return first, last


@dataclass(frozen=True, slots=True, kw_only=True)
class PrintRun:
    """One printing of one notice, as recorded."""

    id: PrintRunId
    notice_id: NoticeId
    printer: str
    copies: int
    sides: PaperSides
    first_page: int
    last_page: int
    is_reprint: bool
    reason: str
    state: PrintState
    asked_at: datetime
    ended_at: datetime | None = None
    sheets_done: int | None = None
    """Sheets that came out, as the printer counted; None if nobody counted."""
    fault: PrinterState | None = None

    @property
    def sheets(self) -> int:
        """How many sheets it asks for."""
        return sheets_of(self.last_page - self.first_page + 1, self.copies, self.sides)

    @property
    def may_have_printed(self) -> bool:
        """Whether paper may have come out: a later printing of the same notice is then a reprint 补打."""
        return self.state is PrintState.DONE or self.sheets_done != 0


@dataclass(frozen=True, slots=True, kw_only=True)
class PrintStep:
    """How far a printing is; `state` is the printer's, so that trouble is told while it can be mended."""

    sheets_done: int
    sheets: int
    state: PrinterState


def sheets_of(pages: int, copies: int, sides: PaperSides) -> int:
    """Return how many sheets of paper `copies` of `pages` pages need."""
    return copies * (pages if sides is PaperSides.ONE else (pages + 1) // 2)
