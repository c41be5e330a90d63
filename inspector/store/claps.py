"""Reads claps: when the clapper was shown, and what its codes can be checked with."""

from __future__ import annotations

from inspector.domain.footage import Clap
from inspector.errors import NotFound
from inspector.ids import InspectionId, OfficerId
from inspector.store import times
from inspector.store.gateway import Row, Tx


def get(tx: Tx, clap_id: str) -> Clap:
    """Return one clap. Raises NotFound."""
    row = tx.row("select * from clap where id = :id", {"id": clap_id})
    if row is None:
        raise NotFound(kind="clap", id=clap_id)
    return _clap(row)


def of_inspection(tx: Tx, inspection_id: str) -> list[Clap]:
    """Return the claps of one inspection, oldest first."""
    sql = "select * from clap where inspection_id = :id order by began_at, id"
    return [_clap(row) for row in tx.rows(sql, {"id": inspection_id})]


def tagged(tx: Tx, tag: bytes) -> list[Clap]:
    """Return the claps whose nonce begins with `tag`: what a code in footage can name."""
    sql = "select * from clap where substr(nonce, 1, :size) = :tag"
    return [_clap(row) for row in tx.rows(sql, {"size": 2 * len(tag), "tag": tag.hex()})]


def _clap(row: Row) -> Clap:
    return Clap(
        id=row["id"],
        inspection_id=InspectionId(row["inspection_id"]),
        nonce=row["nonce"],
        began_at=times.read(row["began_at"]),
        began_by=OfficerId(row["began_by"]),
        ended_at=times.read_or_none(row["ended_at"]),
        shown=row["shown"],
    )
