"""Reads what the laptop's clocks said while a visit was written down."""

from __future__ import annotations

from inspector.domain.timeline import Clocks
from inspector.protocol.entry import decode
from inspector.store.gateway import Tx


def clocks(tx: Tx, first: int, last: int) -> list[Clocks]:
    """Return the clocks of every entry from `first` to `last`, in the order of the journal."""
    rows = tx.rows(
        "select bytes from entry where seq between :first and :last order by seq", {"first": first, "last": last}
    )
    entries = [decode(row["bytes"]) for row in rows]
    return [Clocks(one.wall, one.mono, one.boot) for one in entries]
