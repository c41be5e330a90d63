"""Reads re-checks and the orders that wait for one."""

from __future__ import annotations

from dataclasses import dataclass

from inspector.domain.hazard import Hazard
from inspector.domain.notice import FormCode, Notice
from inspector.domain.recheck import Outcome, Recheck
from inspector.errors import NotFound
from inspector.ids import HazardId, InspectionId, OfficerId
from inspector.store import hazards, notices, times
from inspector.store.gateway import Row, Tx

# A photo that was taken out of its visit is no photo of a pair any more.
_SELECT = """
    select r.*, b.id as shown_before_id, a.id as shown_after_id from recheck r
    left join evidence b on b.id = r.before_id and not b.is_removed
    left join evidence a on a.id = r.after_id and not a.is_removed
"""


@dataclass(frozen=True, slots=True)
class Ordered:
    """A hazard that a standing order names, and what the latest re-check said of it (OPEN: none did)."""

    order: Notice
    hazard: Hazard
    outcome: Outcome


def get(tx: Tx, recheck_id: str) -> Recheck:
    """Return one re-check. Raises NotFound."""
    row = tx.row(f"{_SELECT} where r.id = :id", {"id": recheck_id})
    if row is None:
        raise NotFound(kind="recheck", id=recheck_id)
    return _recheck(row)


def of_inspection(tx: Tx, inspection_id: str) -> list[Recheck]:
    """Return what an inspection re-checks, by the earlier visit and the order of reporting there."""
    sql = f"""{_SELECT} join hazard h on h.id = r.hazard_id join inspection i on i.id = h.inspection_id
        where r.inspection_id = :id order by i.started_at, i.id, h.ordinal, h.id
    """
    return [_recheck(row) for row in tx.rows(sql, {"id": inspection_id})]


def order_of(tx: Tx, hazard: Hazard) -> Notice | None:
    """Return the latest standing order that names a hazard; None if it was voided or never issued."""
    standing = [one for one in notices.standing(tx, hazard.inspection_id) if one.form is FormCode.RECTIFICATION_ORDER]
    return next((one for one in reversed(standing) if hazard.id in one.hazard_ids), None)


def ordered(tx: Tx, site_id: str) -> list[Ordered]:
    """Return every hazard of the standing orders of a site, oldest order first, as the orders list them."""
    sql = """
        select n.id, n.hazard_ids from notice n join inspection i on i.id = n.inspection_id
        where i.site_id = :site and n.form = :form and n.state = 'issued' order by n.issued_at, n.id
    """
    found: list[Ordered] = []
    for row in tx.rows(sql, {"site": site_id, "form": FormCode.RECTIFICATION_ORDER.value}):
        order = notices.get(tx, row["id"])
        found += [Ordered(order, hazards.get(tx, one), latest(tx, one)) for one in order.hazard_ids]
    return found


def ordered_sites(tx: Tx) -> list[str]:
    """Return the ids of the sites that have a standing order."""
    sql = """
        select distinct i.site_id from notice n join inspection i on i.id = n.inspection_id
        where n.form = :form and n.state = 'issued' order by i.site_id
    """
    return [row["site_id"] for row in tx.rows(sql, {"form": FormCode.RECTIFICATION_ORDER.value})]


def running(tx: Tx) -> str:
    """Return the id of the open visit that re-checks something, the latest begun; empty for none."""
    sql = """
        select i.id from inspection i
        where i.state = 'open' and exists (select 1 from recheck r where r.inspection_id = i.id)
        order by i.started_at desc, i.id desc limit 1
    """
    return str(tx.value(sql) or "")


def latest(tx: Tx, hazard_id: str) -> Outcome:
    """Return what the latest decided re-check said of a hazard; OPEN if none was decided."""
    sql = (
        "select outcome from recheck where hazard_id = :id and outcome <> '' order by checked_at desc, id desc limit 1"
    )
    return Outcome(tx.value(sql, {"id": hazard_id}) or "")


def first_photo(tx: Tx, hazard_id: str) -> str | None:
    """Return the id of the photo or still of a hazard that its visit shows first."""
    sql = """
        select id from evidence where hazard_id = :id and not is_removed and evidence_kind <> 'document'
            and derivation = ''
        order by position is null, position, coalesce(taken_at, attached_at), attached_at, id limit 1
    """
    return tx.value(sql, {"id": hazard_id})


def paper_of(tx: Tx, found: Recheck) -> Notice | None:
    """Return the standing re-check opinion that names this re-check; then it can't change any more."""
    for one in notices.standing(tx, found.inspection_id):
        if one.form is FormCode.RECHECK_OPINION and found.hazard_id in one.hazard_ids:
            return one
    return None


def _recheck(row: Row) -> Recheck:
    return Recheck(
        id=row["id"],
        inspection_id=InspectionId(row["inspection_id"]),
        hazard_id=HazardId(row["hazard_id"]),
        outcome=Outcome(row["outcome"]),
        note=row["note"],
        before_id=row["shown_before_id"],
        after_id=row["shown_after_id"],
        score=row["score"],
        matched=row["matched"],
        checked_at=times.read(row["checked_at"]),
        checked_by=OfficerId(row["checked_by"]),
    )
