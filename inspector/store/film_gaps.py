"""Reads why something was not filmed, as officers said."""

from __future__ import annotations

from inspector.store.gateway import Tx


def reasons(tx: Tx, inspection_id: str) -> dict[str, str]:
    """Return the reasons of one inspection by item of the filming list."""
    rows = tx.rows("select step, reason from film_gap where inspection_id = :id order by step", {"id": inspection_id})
    return {row["step"]: row["reason"] for row in rows}


def find(tx: Tx, inspection_id: str, step: str) -> str | None:
    """Return the id of the row of one item, None if nobody explained it yet."""
    found = tx.value(
        "select id from film_gap where inspection_id = :id and step = :step", {"id": inspection_id, "step": step}
    )
    return None if found is None else str(found)
