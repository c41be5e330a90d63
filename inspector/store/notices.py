"""Reads notices and the number leases they draw from."""

from __future__ import annotations

import json
from datetime import date

from inspector.domain.notice import FormCode, Lease, Notice, NoticeState
from inspector.errors import NotFound
from inspector.ids import HazardId, InspectionId, LeaseId, NoticeId, OfficeId, Sha256
from inspector.store import times
from inspector.store.gateway import Row, Tx


def get(tx: Tx, notice_id: str) -> Notice:
    """Return one notice. Raises NotFound."""
    row = tx.row("select * from notice where id = :id", {"id": notice_id})
    if row is None:
        raise NotFound(kind="notice", id=notice_id)
    return _notice(row)


def of_inspection(tx: Tx, inspection_id: str) -> list[Notice]:
    """Return the notices of one inspection, oldest first."""
    sql = "select * from notice where inspection_id = :id order by created_at, id"
    return [_notice(row) for row in tx.rows(sql, {"id": inspection_id})]


def of_site(tx: Tx, site_id: str, limit: int) -> list[Notice]:
    """Return the latest notices of one site, newest first."""
    sql = """
        select n.* from notice n join inspection i on i.id = n.inspection_id where i.site_id = :site
        order by coalesce(n.issued_at, n.created_at) desc, n.id desc limit :limit
    """
    return [_notice(row) for row in tx.rows(sql, {"site": site_id, "limit": limit})]


def all_of(tx: Tx, limit: int) -> list[Notice]:
    """Return the latest notices of this laptop."""
    sql = "select * from notice order by coalesce(issued_at, created_at) desc, id desc limit :limit"
    return [_notice(row) for row in tx.rows(sql, {"limit": limit})]


def lease_for(tx: Tx, form: FormCode, year: int, today: date) -> Lease | None:
    """Return the lease whose next number is to be used: the oldest that is neither empty nor expired."""
    sql = """
        select * from lease where form = :form and year = :year and next_number <= last and expires_on >= :today
        order by first, id limit 1
    """
    row = tx.row(sql, {"form": form.value, "year": year, "today": today.isoformat()})
    return _lease(row) if row else None


def leases(tx: Tx) -> list[Lease]:
    """Return every lease of this laptop."""
    return [_lease(row) for row in tx.rows("select * from lease order by form, year, first")]


def _lease(row: Row) -> Lease:
    return Lease(
        id=LeaseId(row["id"]),
        office_id=OfficeId(row["office_id"]),
        form=FormCode(row["form"]),
        year=row["year"],
        first=row["first"],
        last=row["last"],
        next_number=row["next_number"],
        expires_on=date.fromisoformat(row["expires_on"]),
    )


def _notice(row: Row) -> Notice:
    return Notice(
        id=NoticeId(row["id"]),
        inspection_id=InspectionId(row["inspection_id"]),
        form=FormCode(row["form"]),
        hazard_ids=tuple(HazardId(one) for one in json.loads(row["hazard_ids"])),
        state=NoticeState(row["state"]),
        created_at=times.read(row["created_at"]),
        number=row["number"],
        pdf_sha256=Sha256(row["pdf_sha256"]) if row["pdf_sha256"] else None,
        pages=row["pages"],
        issued_at=times.read_or_none(row["issued_at"]),
        supersedes=NoticeId(row["supersedes"]) if row["supersedes"] else None,
        superseded_by=NoticeId(row["superseded_by"]) if row["superseded_by"] else None,
        void_reason=row["void_reason"],
        voided_at=times.read_or_none(row["voided_at"]),
        about=NoticeId(row["about"]) if row["about"] else None,
        filled=json.loads(row["filled"]),
        reasons=json.loads(row["reasons"]),
        draft_pack=row["draft_pack"],
    )


def standing(tx: Tx, inspection_id: str) -> list[Notice]:
    """Return the issued, not voided notices of one inspection."""
    return [one for one in of_inspection(tx, inspection_id) if one.state is NoticeState.ISSUED]


def used_numbers(tx: Tx) -> frozenset[str]:
    """Return every number that a notice of this laptop carries, void ones included."""
    return frozenset(row["number"] for row in tx.rows("select number from notice where number <> ''"))
