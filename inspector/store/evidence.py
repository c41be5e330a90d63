"""Reads evidence links; the bytes are in blobs.py."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from typing import Any

from inspector.domain import still_time
from inspector.domain.evidence import ClockSource, Evidence, EvidenceKind, Original, StillOrigin, TimeSource
from inspector.errors import NotFound
from inspector.ids import EvidenceId, HazardId, InspectionId, OfficerId, Sha256
from inspector.store import recordings, times
from inspector.store.gateway import Row, Tx

# A hazard that was taken back lets go of its photos: they belong to the visit again.
_SELECT = """
    select e.*, case when h.is_removed then null else e.hazard_id end as shown_hazard_id
    from evidence e left join hazard h on h.id = e.hazard_id
"""


def get(tx: Tx, evidence_id: str) -> Evidence:
    """Return one piece of evidence. Raises NotFound."""
    row = tx.row(f"{_SELECT} where e.id = :id", {"id": evidence_id})
    if row is None:
        raise NotFound(kind="evidence", id=evidence_id)
    return _timed(tx, _evidence(row))


def of_inspection(tx: Tx, inspection_id: str) -> list[Evidence]:
    """Return what is attached to one inspection: in the officer's order, else by time taken, then by time attached.

    Times are the laptop's where a camera's or a recorder's clock was measured.
    """
    rows = tx.rows(f"{_SELECT} where e.inspection_id = :id and not e.is_removed", {"id": inspection_id})
    return sorted((_timed(tx, _evidence(row)) for row in rows), key=_order)


def _order(one: Evidence) -> tuple[bool, int, datetime, datetime, str]:
    is_free = one.position is None
    return is_free, one.position or 0, one.corrected_at or one.attached_at, one.attached_at, one.id


def _timed(tx: Tx, one: Evidence) -> Evidence:
    """What is stored of a still's time is what was known when it was taken; its recording may know more by now."""
    return one if one.still is None else still_time.as_known(one, recordings.holding(tx, one.still.clip_sha256))


def removed_from(tx: Tx, inspection_id: str) -> list[tuple[Evidence, datetime]]:
    """Return what was taken out of one inspection and when (aware UTC), the latest first."""
    # The columns don't tell when; the journal does.
    sql = """
        select e.*, case when h.is_removed then null else e.hazard_id end as shown_hazard_id,
            (select max(wall) from entry where type = 'evidence' and subject = e.id and kind = 'remove') as removed_ms
        from evidence e left join hazard h on h.id = e.hazard_id
        where e.inspection_id = :id and e.is_removed order by removed_ms desc, e.id
    """
    return [(_evidence(row), _moment(row["removed_ms"])) for row in tx.rows(sql, {"id": inspection_id})]


def fields_of(tx: Tx, evidence_id: str) -> dict[str, Any]:
    """Return what an entry says that attaches the same bytes again, caption, marks and clock included."""
    left_out = {"id", "position", "is_removed", "removed_reason"}
    row = tx.row("select * from evidence where id = :id", {"id": evidence_id})
    if row is None:
        raise NotFound(kind="evidence", id=evidence_id)
    return {
        name: json.loads(value) if name == "leaves" else value for name, value in row.items() if name not in left_out
    }


def _moment(wall_ms: int | None) -> datetime:
    return datetime(1970, 1, 1, tzinfo=UTC) + timedelta(milliseconds=wall_ms or 0)


def digests(tx: Tx, inspection_id: str) -> frozenset[str]:
    """Return the SHA-256 of everything that was ever attached to an inspection, what was taken out again too."""
    sql = "select distinct sha256 from evidence where inspection_id = :id"
    return frozenset(row["sha256"] for row in tx.rows(sql, {"id": inspection_id}))


def still_ids(tx: Tx) -> list[str]:
    """Return the ids of all stills, removed ones too, those of one clip together in order of time."""
    sql = "select id from evidence where clip_sha256 is not null order by clip_sha256, clip_us, id"
    return [str(row["id"]) for row in tx.rows(sql)]


def cited_in_issued(tx: Tx, evidence: Evidence) -> bool:
    """Whether an issued notice that still stands was printed with this piece."""
    sql = "select evidence_ids from notice where inspection_id = :id and state = 'issued'"
    return any(evidence.id in json.loads(row["evidence_ids"]) for row in tx.rows(sql, {"id": evidence.inspection_id}))


def _evidence(row: Row) -> Evidence:
    return Evidence(
        id=EvidenceId(row["id"]),
        inspection_id=InspectionId(row["inspection_id"]),
        hazard_id=HazardId(row["shown_hazard_id"]) if row["shown_hazard_id"] else None,
        original=_original(row),
        caption=row["caption"],
        attached_at=times.read(row["attached_at"]),
        attached_by=OfficerId(row["attached_by"]),
        source=row["source"],
        is_removed=bool(row["is_removed"]),
        removed_reason=row["removed_reason"],
        position=row["position"],
        marks=row["marks"],
        clock_shift_ms=row["clock_shift_ms"],
        clock_source=ClockSource(row["clock_source"]),
        derived_from=row["derived_from"],
        derivation=row["derivation"],
        still=_still(row),
        reuse_of=row["reuse_of"],
        reuse_reason=row["reuse_reason"],
    )


def _original(row: Row) -> Original:
    return Original(
        sha256=Sha256(row["sha256"]),
        sm3=row["sm3"],
        size=row["size"],
        leaves=tuple(json.loads(row["leaves"])),
        kind=EvidenceKind(row["evidence_kind"]),
        mime=row["mime"],
        name=row["name"],
        width=row["width"],
        height=row["height"],
        orientation=row["orientation"],
        taken_at=times.read_or_none(row["taken_at"]),
        taken_as=row["taken_as"],
        time_source=TimeSource(row["time_source"]),
        camera=row["camera"],
        latitude=row["latitude"],
        longitude=row["longitude"],
        remark=row["remark"],
    )


def _still(row: Row) -> StillOrigin | None:
    if row["clip_sha256"] is None:
        return None
    return StillOrigin(clip_sha256=Sha256(row["clip_sha256"]), at_us=row["clip_us"], frame=row["clip_frame"])
