"""Reads inspections."""

from __future__ import annotations

import json

from inspector.domain.inspection import Inspection, InspectionKind, InspectionState, Observer, Recusal
from inspector.errors import NotFound
from inspector.ids import InspectionId, OfficeId, OfficerId, SiteId
from inspector.store import times
from inspector.store.gateway import Row, Tx


def get(tx: Tx, inspection_id: str) -> Inspection:
    """Return one inspection. Raises NotFound."""
    row = tx.row("select * from inspection where id = :id", {"id": inspection_id})
    if row is None:
        raise NotFound(kind="inspection", id=inspection_id)
    return from_row(row)


def latest(tx: Tx, limit: int) -> list[Row]:
    """Return rows of the latest inspections with their counts: one query, however many hazards there are."""
    sql = """
        select i.*,
            (select count(*) from hazard h where h.inspection_id = i.id and not h.is_removed) as hazard_count,
            (select count(*) from hazard h where h.inspection_id = i.id and not h.is_removed
                and h.severity = 'major') as major_count,
            (select count(*) from evidence e where e.inspection_id = i.id and not e.is_removed) as photo_count,
            (select count(*) from notice n where n.inspection_id = i.id and n.state <> 'draft') as notice_count,
            (select e.sha256 from evidence e where e.inspection_id = i.id and not e.is_removed
                and e.evidence_kind = 'photo' order by e.attached_at, e.id limit 1) as photo_sha256
        from inspection i order by i.started_at desc, i.id desc limit :limit
    """
    return tx.rows(sql, {"limit": limit})


def of_officers(tx: Tx, officer_ids: tuple[str, ...], besides: str) -> list[Inspection]:
    """Return the other inspections in which any of these officers took part."""
    rows = tx.rows("select * from inspection where id <> :id order by started_at", {"id": besides})
    return [found for row in rows if set((found := from_row(row)).officer_ids) & set(officer_ids)]


def from_row(row: Row) -> Inspection:
    """Return the record of a row of `inspection`."""
    return Inspection(
        id=InspectionId(row["id"]),
        office_id=OfficeId(row["office_id"]),
        site_id=SiteId(row["site_id"]),
        officer_ids=tuple(OfficerId(one) for one in json.loads(row["officer_ids"])),
        started_at=times.read(row["started_at"]),
        ended_at=times.read_or_none(row["ended_at"]),
        place=row["place"],
        companion=row["companion"],
        companion_position=row["companion_position"],
        companion_phone=row["companion_phone"],
        is_id_shown=bool(row["is_id_shown"]),
        is_recusal_told=bool(row["is_recusal_told"]),
        is_clean=bool(row["is_clean"]),
        note=row["note"],
        state=InspectionState(row["state"]),
        kind=InspectionKind(row["kind"]),
        is_enterprise=bool(row["is_enterprise"]),
        task_no=row["task_no"],
        approval_no=row["approval_no"],
        approved_at=times.read_or_none(row["approved_at"]),
        approved_by=row["approved_by"],
        is_urgent=bool(row["is_urgent"]),
        entry_code=row["entry_code"],
        no_code_reason=row["no_code_reason"],
        no_code_filed_at=times.read_or_none(row["no_code_filed_at"]),
        observers=tuple(Observer(**one) for one in json.loads(row["observers"])),
        recusal=Recusal(**json.loads(row["recusal"])),
    )
