"""Print notices: each printing is recorded before paper moves, and its end when it is known."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from inspector.domain.changes import Changes, Topic
from inspector.domain.custody import CustodyAct
from inspector.domain.notice import Notice, NoticeState
from inspector.domain.printing import Printer, PrinterState, PrintOrder, PrintRun, PrintState, PrintStep
from inspector.errors import InvalidInput, NotAllowed, PrinterFailed, SpoolerMissing
from inspector.ids import new_id
from inspector.notices import test_page
from inspector.printing import spooler
from inspector.printing.spooler import Ticket
from inspector.printing.watch import Ending, Watch
from inspector.services import notice_files
from inspector.services.custody import printed_detail
from inspector.services.custody import record as record_custody
from inspector.services.session import Session
from inspector.services.wording import one_line
from inspector.store import custody, notices, prints, times
from inspector.store.journal import Act

_TEST_PAGE_TITLE: Final = "打印对位页"


class PrintService:
    """What this laptop prints. Notices are Chinese, so are the names of their jobs."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def has_spooler(self) -> bool:
        """Return whether CUPS can print for us; else the window prints through Qt."""
        return spooler.has_spooler()

    def printers(self) -> tuple[Printer, ...]:
        """Return the printers of this computer, the default first; none without CUPS. May take seconds."""
        return spooler.printers()

    def test_page(self) -> bytes:
        """Return the print-position test page 打印对位页 as PDF: A4, one page."""
        return test_page.draw()

    def send_test_page(self, printer: str) -> None:
        """Print the test page on a printer that is ready. Raises SpoolerMissing, PrinterFailed: nothing was sent."""
        found = spooler.printer(printer)
        if found.state.is_fault or found.is_a4_loaded is False:
            fault = found.state if found.state.is_fault else PrinterState.WRONG_PAPER
            raise PrinterFailed(fault=fault.value, printer=found.title)
        spooler.submit(self.test_page(), Ticket(printer=printer, title=_TEST_PAGE_TITLE))

    def of(self, notice_id: str) -> list[PrintRun]:
        """Return the print runs of one notice, oldest first."""
        with self._session.vault.gateway.read() as tx:
            return prints.of_notice(tx, notice_id)

    def begin(self, notice_id: str, order: PrintOrder) -> Changes:
        """Record that an issued notice is about to be printed; `made` is the run's id. No paper moves yet.

        A notice that may have come out before is a reprint 补打 and needs a reason; naming one says that it is.
        Raises NotAllowed(not_issued |
        notice_void), InvalidInput(printer | copies | pages | reprint_reason).
        """
        run_id = new_id()
        printer = one_line(order.printer, field="printer")
        with self._session.vault.gateway.write() as tx:
            notice = standing(notices.get(tx, notice_id))
            first, last = order.page_range(notice.pages)
            # The officer's word counts too: pages may lie there though the printer reported none.
            is_reprint = bool(order.reprint_reason.strip()) or any(
                run.may_have_printed for run in prints.of_notice(tx, notice_id)
            )
            fields: dict[str, Any] = {
                "notice_id": notice_id,
                "printer": printer,
                "copies": order.copies,
                "sides": order.sides.value,
                "first_page": first,
                "last_page": last,
                "is_reprint": is_reprint,
                "reason": one_line(order.reprint_reason, field="reprint_reason") if is_reprint else "",
                "state": PrintState.SENT.value,
                "asked_at": times.written(self._session.now()),
            }
            self._session.record(tx, Act(kind="create", type="print", subject=run_id, changes=fields))
            detail = printed_detail(notice_files.spoken(notice), order.copies)
            record_custody(self._session, tx, custody.shown_in(tx, notice_id), CustodyAct.PRINT, detail)
        return Changes.of(Topic.PRINTS, Topic.CUSTODY, Topic.SYNC, made=run_id)

    def send(
        self,
        run_id: str,
        progress: Callable[[PrintStep], None] = lambda _: None,
        is_cancelled: Callable[[], bool] = lambda: False,
    ) -> Changes:
        """Give CUPS the stored PDF of a run that `begin` recorded, follow the job to its end and record that.

        Trouble at the printer is told through `progress` and waited for; how it ended stands in the run, so a jam
        raises nothing here. A run is still SENT afterwards if nobody saw its end: `finish` is then the officer's
        word. Raises NotAllowed(print_ended), EvidenceMissing.
        """
        with self._session.vault.gateway.read() as tx:
            run = prints.get(tx, run_id)
            notice = notices.get(tx, run.notice_id)
            before = prints.of_notice(tx, run.notice_id)
        if run.state is not PrintState.SENT:
            raise NotAllowed(reason="print_ended")
        standing(notice)
        pdf = self._session.vault.blobs.read(notice.pdf_sha256 or "")
        ticket = Ticket(
            printer=run.printer,
            title=_title(notice, run, before),
            copies=run.copies,
            sides=run.sides,
            pages=None if (run.first_page, run.last_page) == (1, notice.pages) else (run.first_page, run.last_page),
        )
        ending = _print(pdf, ticket, run.sheets, progress, is_cancelled)
        if ending.state is PrintState.SENT:
            return Changes.of(Topic.PRINTS, made=run_id)
        return self.finish(run_id, state=ending.state, sheets_done=ending.sheets_done, fault=ending.fault)

    def finish(
        self,
        run_id: str,
        *,
        state: PrintState,
        sheets_done: int | None = None,
        fault: PrinterState | None = None,
    ) -> Changes:
        """Record how a run ended; `sheets_done` is None if nobody counted. `made` is the run's id.

        `send` does this itself. Printing through Qt and runs whose end nobody saw need it. Raises
        NotAllowed(print_ended), InvalidInput(state | sheets_done).
        """
        if state is PrintState.SENT:
            raise InvalidInput(field="state", reason="required")
        if sheets_done is not None and sheets_done < 0:
            raise InvalidInput(field="sheets_done", reason="range", least=0)
        changes = {
            "state": state.value,
            "ended_at": times.written(self._session.now()),
            "sheets_done": sheets_done,
            "fault": fault.value if fault else None,
        }
        with self._session.vault.gateway.write() as tx:
            if prints.get(tx, run_id).state is not PrintState.SENT:
                raise NotAllowed(reason="print_ended")
            self._session.record(tx, Act(kind="patch", type="print", subject=run_id, changes=changes))
        return Changes.of(Topic.PRINTS, Topic.SYNC, made=run_id)


def standing(notice: Notice) -> Notice:
    """Return an issued notice that holds. Raises NotAllowed(notice_void | not_issued)."""
    if notice.state is NoticeState.VOID:
        raise NotAllowed(reason="notice_void", number=notice.number)
    if notice.state is not NoticeState.ISSUED:
        raise NotAllowed(reason="not_issued")
    return notice


def _print(
    pdf: bytes,
    ticket: Ticket,
    sheets: int,
    progress: Callable[[PrintStep], None],
    is_cancelled: Callable[[], bool],
) -> Ending:
    """Send and follow. What fails before CUPS has the document ends with no sheet."""
    try:
        if spooler.printer(ticket.printer).is_a4_loaded is False:  # product.md E202: not one sheet on other paper
            return Ending(state=PrintState.FAILED, sheets_done=0, fault=PrinterState.WRONG_PAPER)
        if is_cancelled():
            return Ending(state=PrintState.CANCELLED, sheets_done=0)
        job = spooler.submit(pdf, ticket)
    except (SpoolerMissing, PrinterFailed):
        return Ending(state=PrintState.FAILED, sheets_done=0, fault=PrinterState.OFFLINE)
    return Watch(job=job, sheets=sheets).follow(progress, is_cancelled)


def _title(notice: Notice, run: PrintRun, runs: list[PrintRun]) -> str:
    """Return the job's name as it stands on the printer's display: the number, and which reprint this is."""
    if not run.is_reprint:
        return notice_files.spoken(notice)
    reprints = [one.id for one in runs if one.is_reprint]
    return f"{notice_files.spoken(notice)} 补打{reprints.index(run.id) + 1}"
