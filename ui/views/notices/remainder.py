"""What is still to be printed after a run broke off, given the last good page."""

from __future__ import annotations

from dataclasses import dataclass

from inspector.domain.printing import PaperSides, PrintRun, sheets_of


@dataclass(frozen=True, slots=True)
class Remainder:
    """First the rest of the broken copy (pages `first`..`last`, once), then `whole` whole copies."""

    first: int
    last: int
    whole: int


def copies_out(run: PrintRun) -> int:
    """Return how many whole copies came out, as far as the printer counted."""
    each = sheets_of(run.last_page - run.first_page + 1, 1, run.sides)
    return min(run.copies - 1, (run.sheets_done or 0) // each)


def likely_good(run: PrintRun) -> int:
    """Return the last page of the broken copy that is probably good; one less than its first page if none is."""
    each = sheets_of(run.last_page - run.first_page + 1, 1, run.sides)
    sheets = (run.sheets_done or 0) - copies_out(run) * each
    pages = sheets * (2 if run.sides is PaperSides.TWO else 1)
    return min(run.last_page, run.first_page - 1 + pages)


def rest_of(run: PrintRun, good: int) -> Remainder | None:
    """Return what is left after page `good`; None if that was all.

    On two sides a bad back page spoils the sheet, so its front is printed again.
    """
    whole = run.copies - copies_out(run) - 1
    first = max(run.first_page, good + 1)
    if run.sides is PaperSides.TWO and (first - run.first_page) % 2:
        first -= 1
    if good >= run.last_page:
        return Remainder(run.first_page, run.last_page, whole - 1) if whole else None
    return Remainder(first, run.last_page, whole)
