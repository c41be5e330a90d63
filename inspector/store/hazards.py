"""Reads hazards."""

from __future__ import annotations

import msgspec

from inspector.domain.hazard import Citation, Hazard, Measure, Severity
from inspector.errors import NotFound
from inspector.ids import HazardId, InspectionId
from inspector.store import times
from inspector.store.gateway import Row, Tx

_basis = msgspec.json.Decoder(tuple[Citation, ...])


def get(tx: Tx, hazard_id: str) -> Hazard:
    """Return one hazard. Raises NotFound."""
    row = tx.row("select * from hazard where id = :id", {"id": hazard_id})
    if row is None:
        raise NotFound(kind="hazard", id=hazard_id)
    return _hazard(row)


def of_inspection(tx: Tx, inspection_id: str) -> list[Hazard]:
    """Return the hazards of one inspection in the order of reporting, without those taken back."""
    sql = "select * from hazard where inspection_id = :id and not is_removed order by ordinal, id"
    return [_hazard(row) for row in tx.rows(sql, {"id": inspection_id})]


def next_ordinal(tx: Tx, inspection_id: str) -> int:
    """Return the number of the next hazard; numbers of removed ones are not given again."""
    return int(
        tx.value("select coalesce(max(ordinal), 0) + 1 from hazard where inspection_id = :id", {"id": inspection_id})
    )


def _hazard(row: Row) -> Hazard:
    return Hazard(
        id=HazardId(row["id"]),
        inspection_id=InspectionId(row["inspection_id"]),
        ordinal=row["ordinal"],
        description=row["description"],
        severity=Severity(row["severity"]),
        measure=Measure(row["measure"]),
        seen_at=times.read(row["seen_at"]),
        catalogue_code=row["catalogue_code"],
        place=row["place"],
        requirement=row["requirement"],
        deadline=times.day_or_none(row["deadline"]),
        basis=_basis.decode(row["basis"]),
        major_criterion=row["major_criterion"],
        is_removed=bool(row["is_removed"]),
        removed_reason=row["removed_reason"],
        soft_choice=row["soft_choice"],
        soft_reason=row["soft_reason"],
    )
