"""CUPS: which printers there are, handing a document over, and how its job stands."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum
from typing import Any, Final
from urllib.parse import quote

from inspector.domain.printing import PaperSides, Printer, PrinterState
from inspector.errors import PrinterFailed, SpoolerMissing
from inspector.printing import states
from inspector.printing.commands import HANDOVER_S, ask, run

_JOB = re.compile(r"request id is (?P<job>(?P<queue>\S+)-(?P<n>\d+)) ")
_DEFAULT = re.compile(r"default destination: (?P<name>\S+)")


class JobState(Enum):
    """How a job stands (job-state, RFC 8011 §5.3.7)."""

    WAITING = (3, 4)
    """pending or held"""
    AT_WORK = (5, 6)
    """processing, or stopped in the midst of it"""
    CANCELLED = (7,)
    ABORTED = (8,)
    COMPLETED = (9,)

    @property
    def is_over(self) -> bool:
        """Whether it will never change again."""
        return self in (JobState.CANCELLED, JobState.ABORTED, JobState.COMPLETED)


_JOB_STATES: Final = {code: state for state in JobState for code in state.value}


@dataclass(frozen=True, slots=True, kw_only=True)
class Ticket:
    """How a document is to be printed; `pages` are first and last."""

    printer: str
    title: str
    copies: int = 1
    sides: PaperSides = PaperSides.ONE
    pages: tuple[int, int] | None = None


@dataclass(frozen=True, slots=True)
class Job:
    """A job that CUPS has taken: its name for cancel(1), its queue and number."""

    name: str
    queue: str
    number: int


@dataclass(frozen=True, slots=True)
class Look:
    """One look at a job. `state` is None if CUPS no longer knows it; `sheets` is what has gone to the printer."""

    state: JobState | None
    sheets: int
    printer: PrinterState


def has_spooler() -> bool:
    """Return whether a CUPS scheduler answers and the programs to speak with it are here."""
    return _address() is not None and run("ipptool", "--version").code is not None


def printers() -> tuple[Printer, ...]:
    """Return the queues of the scheduler, the default first, then by name; none without CUPS.

    A network printer that is switched off costs two seconds here.
    """
    address = _address()
    groups = ask(f"ipp://{address}/", "printers") if address else None
    names = [str(group["printer-name"]) for group in groups or [] if "printer-name" in group]
    preferred = _DEFAULT.search(run("lpstat", "-d").out)
    default = preferred["name"] if preferred else ""
    found = [_printer(name, address, is_default=name == default) for name in names]
    return tuple(sorted((one for one in found if one), key=lambda one: (not one.is_default, one.name)))


def printer(name: str) -> Printer:
    """Return one queue as it is now. Raises SpoolerMissing, PrinterFailed(offline): no such queue."""
    address = _address()
    if address is None:
        raise SpoolerMissing
    found = _printer(name, address, is_default=False)
    if found is None:
        raise PrinterFailed(fault=PrinterState.OFFLINE.value, printer=name)
    return found


def submit(pdf: bytes, ticket: Ticket) -> Job:
    """Give CUPS a PDF: A4 and no scaling whatever the queue's defaults. Raises SpoolerMissing, PrinterFailed.

    The document goes through a pipe: the only plaintext on the disk is CUPS's own spool.
    """
    options = ["media=iso_a4_210x297mm", "print-scaling=none", f"sides={ticket.sides.value}", "fit-to-page=false"]
    words = [word for option in options for word in ("-o", option)]
    if ticket.pages:
        words += ["-P", f"{ticket.pages[0]}-{ticket.pages[1]}"]
    title = ticket.title.replace("\n", " ")
    told = run("lp", "-d", ticket.printer, "-n", str(ticket.copies), "-t", title, *words, given=pdf, limit_s=HANDOVER_S)
    taken = _JOB.search(told.out)
    if taken:
        return Job(taken["job"], taken["queue"], int(taken["n"]))
    if _address() is None:
        raise SpoolerMissing
    raise PrinterFailed(fault=PrinterState.OFFLINE.value, printer=ticket.printer, cause=told.wrong.strip())


def look(job: Job) -> Look | None:
    """Return how a job and its printer stand; None if the scheduler does not answer."""
    address = _address()
    if address is None:
        return None
    uri = _uri(address, job.queue)
    answer, queue = ask(uri, "job", job=str(job.number)), ask(uri, "printer")
    if answer is None or queue is None:
        return None
    told = answer[0] if answer else {}
    state = _JOB_STATES.get(told.get("job-state", 0))
    is_over = state is None or state.is_over
    about = queue[0] if queue else {"printer-state": 5}
    device = _device(about) if not is_over else None
    return Look(state, int(told.get("job-media-sheets-completed", 0)), states.state_of(about, *filter(None, [device])))


def cancel(job: Job) -> None:
    """Take a job out of the queue; what is in the printer may still come out."""
    run("cancel", job.name)


def _printer(name: str, address: str | None, *, is_default: bool) -> Printer | None:
    groups = ask(_uri(address or "", name), "printer")
    if not groups:
        return None
    queue = groups[0]
    device = _device(queue)
    state = states.state_of(queue) if device is None else states.state_of(_without_memory(queue), device)
    return Printer(
        name=name,
        title=str(queue.get("printer-info") or name),
        is_default=is_default,
        state=state,
        detail=", ".join(states.reasons(device or queue)) or str(queue.get("printer-state-message", "")),
        has_duplex=PaperSides.TWO.value in states.listed(queue, "sides-supported"),
        is_a4_loaded=states.is_a4_loaded(device) if device else None,
    )


def _device(queue: Mapping[str, Any]) -> dict[str, Any] | None:
    """Return what the printer itself says, {…offline} if it doesn't answer, None if it can't be asked (USB)."""
    uri = str(queue.get("device-uri", ""))
    if not uri.startswith(("ipp://", "ipps://")):
        return None
    groups = ask(uri, "printer", is_device=True)
    return groups[0] if groups else {"printer-state-reasons": "offline"}


def _without_memory(queue: Mapping[str, Any]) -> dict[str, Any]:
    """Return a queue without the reasons that CUPS kept from its last job: the printer itself has spoken since."""
    return {name: value for name, value in queue.items() if name not in ("printer-state-reasons", "media-ready")}


def _address() -> str | None:
    """Return host:port of the scheduler, waking one that sleeps behind its socket; None if there is none."""
    told = run("lpstat", "-H", "-r")
    if told.code != 0 or "is running" not in told.out:
        return None
    where = told.out.splitlines()[0].strip()
    return "localhost:631" if where.startswith("/") else where


def _uri(address: str, queue: str) -> str:
    return f"ipp://{address}/printers/{quote(queue)}"
