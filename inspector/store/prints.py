"""Reads what was printed and how notices were handed over."""

from __future__ import annotations

from inspector.domain.printing import PaperSides, PrinterState, PrintRun, PrintState
from inspector.domain.serving import Serving, ServingMethod
from inspector.errors import NotFound
from inspector.ids import NoticeId, OfficerId, PrintRunId, ServingId, Sha256
from inspector.store import times
from inspector.store.gateway import Row, Tx


def get(tx: Tx, run_id: str) -> PrintRun:
    """Return one print run. Raises NotFound."""
    row = tx.row("select * from print_run where id = :id", {"id": run_id})
    if row is None:
        raise NotFound(kind="print", id=run_id)
    return _run(row)


def of_notice(tx: Tx, notice_id: str) -> list[PrintRun]:
    """Return the print runs of one notice, in the order in which they were recorded."""
    sql = "select * from print_run where notice_id = :id order by rowid"
    return [_run(row) for row in tx.rows(sql, {"id": notice_id})]


def serving_of(tx: Tx, notice_id: str) -> Serving | None:
    """Return the serving of a notice that was recorded last, None if it was not served."""
    sql = "select * from serving where notice_id = :id order by rowid desc limit 1"
    row = tx.row(sql, {"id": notice_id})
    return _serving(row) if row else None


def _run(row: Row) -> PrintRun:
    return PrintRun(
        id=PrintRunId(row["id"]),
        notice_id=NoticeId(row["notice_id"]),
        printer=row["printer"],
        copies=row["copies"],
        sides=PaperSides(row["sides"]),
        first_page=row["first_page"],
        last_page=row["last_page"],
        is_reprint=bool(row["is_reprint"]),
        reason=row["reason"],
        state=PrintState(row["state"]),
        asked_at=times.read(row["asked_at"]),
        ended_at=times.read_or_none(row["ended_at"]),
        sheets_done=row["sheets_done"],
        fault=PrinterState(row["fault"]) if row["fault"] else None,
    )


def _serving(row: Row) -> Serving:
    return Serving(
        id=ServingId(row["id"]),
        notice_id=NoticeId(row["notice_id"]),
        method=ServingMethod(row["method"]),
        receiver=row["receiver"],
        reason=row["reason"],
        witness=row["witness"],
        served_at=times.read(row["served_at"]),
        photo_sha256=Sha256(row["photo_sha256"]) if row["photo_sha256"] else None,
        recorded_by=OfficerId(row["recorded_by"]),
    )
