"""Reads the answers to checklists."""

from __future__ import annotations

from inspector.domain.check import CheckResult, Result
from inspector.ids import HazardId, InspectionId, OfficerId
from inspector.store import times
from inspector.store.gateway import Row, Tx


def of_inspection(tx: Tx, inspection_id: str) -> dict[str, CheckResult]:
    """Return what was answered at a visit, by code of the check; answers that were taken back are OPEN."""
    rows = tx.rows("select * from check_result where inspection_id = :id", {"id": inspection_id})
    return {row["code"]: _result(row) for row in rows}


def _result(row: Row) -> CheckResult:
    return CheckResult(
        id=row["id"],
        inspection_id=InspectionId(row["inspection_id"]),
        code=row["code"],
        result=Result(row["result"]),
        note=row["note"],
        hazard_id=HazardId(row["hazard_id"]) if row["hazard_id"] else None,
        checked_at=times.read(row["checked_at"]),
        checked_by=OfficerId(row["checked_by"]),
    )
