"""Reads the steps of soft enforcement, and the earlier hazards of a site that are of the same kind."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from inspector.domain.hazard import Hazard
from inspector.domain.soft import SoftStep, SoftStepKind
from inspector.ids import HazardId, InspectionId, OfficerId
from inspector.store import inspections, times
from inspector.store.gateway import Tx


@dataclass(frozen=True, slots=True)
class Earlier:
    """An earlier hazard of the same catalogue item at the same site."""

    hazard_id: str
    inspection_id: str
    seen_at: datetime
    description: str


def of_hazard(tx: Tx, hazard_id: str) -> list[SoftStep]:
    """Return the steps about a hazard that stand, oldest first."""
    sql = "select * from soft_step where hazard_id = :id and not is_removed order by taken_at, id"
    return [
        SoftStep(
            id=row["id"],
            inspection_id=InspectionId(row["inspection_id"]),
            hazard_id=HazardId(row["hazard_id"]),
            step=SoftStepKind(row["step"]),
            note=row["note"],
            taken_at=times.read(row["taken_at"]),
            taken_by=OfficerId(row["taken_by"]),
        )
        for row in tx.rows(sql, {"id": hazard_id})
    ]


def earlier(tx: Tx, hazard: Hazard) -> list[Earlier]:
    """Return the hazards of the same item that other visits to the site found before this one, newest first."""
    sql = """
        select h.id, h.inspection_id, h.seen_at, h.description from hazard h
            join inspection i on i.id = h.inspection_id
        where i.site_id = :site and h.inspection_id <> :visit and h.catalogue_code = :code and h.catalogue_code <> ''
            and not h.is_removed and h.seen_at < :seen
        order by h.seen_at desc
    """
    told = {
        "site": inspections.get(tx, hazard.inspection_id).site_id,
        "visit": hazard.inspection_id,
        "code": hazard.catalogue_code,
        "seen": times.written(hazard.seen_at),
    }
    return [
        Earlier(row["id"], row["inspection_id"], times.read(row["seen_at"]), row["description"])
        for row in tx.rows(sql, told)
    ]
