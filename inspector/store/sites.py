"""Reads sites."""

from __future__ import annotations

from inspector.domain.site import Site, SiteStatus
from inspector.errors import NotFound
from inspector.ids import OfficeId, SiteId
from inspector.store import search
from inspector.store.gateway import Row, Tx


def get(tx: Tx, site_id: str) -> Site:
    """Return one site. Raises NotFound."""
    row = tx.row("select * from site where id = :id", {"id": site_id})
    if row is None:
        raise NotFound(kind="site", id=site_id)
    return _site(row)


def find(tx: Tx, text: str, limit: int) -> list[Site]:
    """Return sites whose name, pinyin initials, credit code or address hold every word of `text`; all if empty."""
    if not text.strip():
        return [_site(row) for row in tx.rows("select * from site order by name, id limit :limit", {"limit": limit})]
    terms = search.match(text)
    if not terms:
        return []
    sql = (
        "select s.* from site_search f join site s on s.rowid = f.rowid"
        " where site_search match :terms order by length(s.name), s.name, s.id limit :limit"
    )
    return [_site(row) for row in tx.rows(sql, {"terms": terms, "limit": limit})]


def with_credit_code(tx: Tx, credit_code: str) -> Site | None:
    """Return the site that carries this 统一社会信用代码, if any."""
    row = tx.row("select * from site where credit_code = :code limit 1", {"code": credit_code})
    return _site(row) if row else None


def _site(row: Row) -> Site:
    return Site(
        id=SiteId(row["id"]),
        office_id=OfficeId(row["office_id"]),
        name=row["name"],
        credit_code=row["credit_code"],
        address=row["address"],
        responsible_person=row["responsible_person"],
        position=row["position"],
        phone=row["phone"],
        industry=row["industry"],
        status=SiteStatus(row["status"]),
        annual_cap=row["annual_cap"],
    )
