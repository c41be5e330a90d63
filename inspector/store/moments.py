"""Reads what the laptop's clocks said while a visit was written down."""

from __future__ import annotations

from inspector.domain.timeline import Clocks
from inspector.protocol.entry import decode
from inspector.store.gateway import Tx

_ENDS = """
    select min(seq) as first, max(seq) as last from (
        select e.seq from entry e where e.type = 'inspection' and e.subject = :id
        union all select e.seq from hazard h join entry e on e.type = 'hazard' and e.subject = h.id
            where h.inspection_id = :id
        union all select e.seq from notice n join entry e on e.type = 'notice' and e.subject = n.id
            where n.inspection_id = :id
    )
"""


def clocks(tx: Tx, inspection_id: str) -> list[Clocks]:
    """Return the clocks of every entry, whatever it is about, from the first to the last one of a visit's own work.

    Photos that come in days later don't make the visit longer.
    """
    ends = tx.row(_ENDS, {"id": inspection_id})
    if ends is None or ends["first"] is None:
        return []
    span = {"first": ends["first"], "last": ends["last"]}
    rows = tx.rows("select bytes from entry where seq between :first and :last order by seq", span)
    entries = [decode(row["bytes"]) for row in rows]
    return [Clocks(one.wall, one.mono, one.boot) for one in entries]
