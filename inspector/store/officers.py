"""Reads offices, officers and the accounts that can open this laptop."""

from __future__ import annotations

from datetime import date

from inspector.domain.office import Office, OfficeMode
from inspector.domain.officer import Officer
from inspector.errors import NotFound
from inspector.ids import OfficeId, OfficerId
from inspector.store.gateway import Row, Tx


def get(tx: Tx, officer_id: str) -> Officer:
    """Return one officer. Raises NotFound."""
    row = tx.row("select * from officer where id = :id", {"id": officer_id})
    if row is None:
        raise NotFound(kind="officer", id=officer_id)
    return _officer(row)


def of_office(tx: Tx, office_id: str) -> list[Officer]:
    """Return the people of one office by name."""
    return [
        _officer(row)
        for row in tx.rows("select * from officer where office_id = :id order by name, id", {"id": office_id})
    ]


def everyone(tx: Tx) -> list[Officer]:
    """Return everybody in the register by name."""
    return [_officer(row) for row in tx.rows("select * from officer order by name, id")]


def office(tx: Tx, office_id: str) -> Office:
    """Return one office. Raises NotFound."""
    row = tx.row("select * from office where id = :id", {"id": office_id})
    if row is None:
        raise NotFound(kind="office", id=office_id)
    return Office(
        id=OfficeId(row["id"]),
        name=row["name"],
        short=row["short"],
        division_code=row["division_code"],
        mode=OfficeMode(row["mode"]),
        issuer_name=row["issuer_name"],
        issuer_short=row["issuer_short"],
        government=row["government"],
        court=row["court"],
        phone=row["phone"],
        address=row["address"],
        fine_limit_yuan=row["fine_limit_yuan"],
        parent_id=OfficeId(row["parent_id"]) if row["parent_id"] else None,
        is_training=bool(row["is_training"]),
        principal=row["principal"],
        item_list=row["item_list"],
        delegation_from=date.fromisoformat(row["delegation_from"]) if row["delegation_from"] else None,
        delegation_to=date.fromisoformat(row["delegation_to"]) if row["delegation_to"] else None,
        delegation_url=row["delegation_url"],
    )


def account_keys(tx: Tx) -> dict[str, bytes]:
    """Return the public signing key of every account on this laptop."""
    return {row["id"]: bytes.fromhex(row["public_key"]) for row in tx.rows("select id, public_key from account")}


def _officer(row: Row) -> Officer:
    return Officer(
        id=OfficerId(row["id"]),
        office_id=OfficeId(row["office_id"]),
        name=row["name"],
        cert_no=row["cert_no"],
        cert_from=date.fromisoformat(row["cert_from"]),
        cert_to=date.fromisoformat(row["cert_to"]),
        is_auxiliary=bool(row["is_auxiliary"]),
    )
