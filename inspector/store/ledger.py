"""Reads what became of numbers and of stamped paper."""

from __future__ import annotations

from inspector.domain.ledger import Sheet, SheetState
from inspector.ids import NoticeId, OfficerId
from inspector.store import times
from inspector.store.gateway import Row, Tx


def numbered(tx: Tx) -> list[Row]:
    """Return every notice with a number of its own: form, year, sequence, lease, state, party, successor's number."""
    sql = """
        select n.id, n.form, n.year, n.sequence, n.lease_id, n.number, n.state, n.inspection_id, n.issued_at,
            n.void_reason, n.supersedes, n.superseded_by, s.name as party, after.number as successor,
            before.number as predecessor,
            exists (select 1 from serving v where v.notice_id = n.id) as is_served
        from notice n join inspection i on i.id = n.inspection_id join site s on s.id = i.site_id
            left join notice after on after.id = n.superseded_by left join notice before on before.id = n.supersedes
        where n.sequence is not null order by n.form, n.year, n.sequence
    """
    return tx.rows(sql)


def returned(tx: Tx) -> list[Row]:
    """Return the numbers that went back, with their form and year."""
    sql = """
        select r.*, l.form, l.year from number_return r join lease l on l.id = r.lease_id
        order by l.form, l.year, r.first
    """
    return tx.rows(sql)


def sheets(tx: Tx) -> list[Sheet]:
    """Return the sheets that were told of, by serial number."""
    sql = """
        select h.*, coalesce(n.number, '') as number from sheet h left join notice n on n.id = h.notice_id
        order by h.serial
    """
    return [
        Sheet(
            serial=row["serial"],
            state=SheetState(row["state"]),
            notice_id=NoticeId(row["notice_id"]) if row["notice_id"] else None,
            number=row["number"],
            reason=row["reason"],
            noted_at=times.read(row["noted_at"]),
            noted_by=OfficerId(row["noted_by"]),
        )
        for row in tx.rows(sql)
    ]


def sheet_id(tx: Tx, serial: str) -> str | None:
    """Return the id of the sheet with this serial, None if nobody told of it."""
    found = tx.value("select id from sheet where serial = :serial", {"serial": serial})
    return None if found is None else str(found)
