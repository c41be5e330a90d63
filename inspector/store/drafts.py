"""Half-typed fields: one encrypted, overwritten row a field, so that a crash loses no second of typing."""

from __future__ import annotations

from inspector.store.gateway import Tx


def put(tx: Tx, owner: str, field: str, value: str, saved_ms: int) -> None:
    """Keep what is typed in one field of one form (`owner` names record and form)."""
    tx.run(
        "insert into draft (owner, field, value, saved_ms) values (:owner, :field, :value, :saved_ms)"
        " on conflict (owner, field) do update set value = excluded.value, saved_ms = excluded.saved_ms",
        {"owner": owner, "field": field, "value": value, "saved_ms": saved_ms},
    )


def of_owner(tx: Tx, owner: str) -> dict[str, str]:
    """Return the half-typed fields of one form."""
    rows = tx.rows("select field, value from draft where owner = :owner order by field", {"owner": owner})
    return {row["field"]: row["value"] for row in rows}


def owners(tx: Tx) -> list[str]:
    """Return whose forms hold half-typed text, latest first."""
    rows = tx.rows("select owner, max(saved_ms) as latest from draft group by owner order by latest desc, owner")
    return [row["owner"] for row in rows]


def drop(tx: Tx, owner: str, field: str | None = None) -> None:
    """Forget one field, or all fields of the form: their text is in an entry now."""
    sql = "delete from draft where owner = :owner and (:field is null or field = :field)"
    tx.run(sql, {"owner": owner, "field": field})
