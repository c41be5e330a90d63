"""Print notices: each printing is recorded before paper moves, and its end when it is known."""

from __future__ import annotations

from typing import Any

from inspector.domain.changes import Changes, Topic
from inspector.domain.notice import Notice, NoticeState
from inspector.domain.printing import PrinterState, PrintOrder, PrintRun, PrintState
from inspector.errors import InvalidInput, NotAllowed
from inspector.ids import new_id
from inspector.services.session import Session
from inspector.services.wording import one_line
from inspector.store import notices, prints, times
from inspector.store.journal import Act


class PrintService:
    """What this laptop prints."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def of(self, notice_id: str) -> list[PrintRun]:
        """Return the print runs of one notice, oldest first."""
        with self._session.vault.gateway.read() as tx:
            return prints.of_notice(tx, notice_id)

    def begin(self, notice_id: str, order: PrintOrder) -> Changes:
        """Record that an issued notice is about to be printed; `made` is the run's id. No paper moves yet.

        A notice that may have come out before is a reprint 补打 and needs a reason. Raises NotAllowed(not_issued |
        notice_void), InvalidInput(printer | copies | pages | reprint_reason).
        """
        run_id = new_id()
        printer = one_line(order.printer, field="printer")
        with self._session.vault.gateway.write() as tx:
            notice = _printable(notices.get(tx, notice_id))
            first, last = order.page_range(notice.pages)
            is_reprint = any(run.may_have_printed for run in prints.of_notice(tx, notice_id))
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
        return Changes.of(Topic.PRINTS, Topic.SYNC, made=run_id)

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


def _printable(notice: Notice) -> Notice:
    if notice.state is NoticeState.VOID:
        raise NotAllowed(reason="notice_void", number=notice.number)
    if notice.state is not NoticeState.ISSUED:
        raise NotAllowed(reason="not_issued")
    return notice
