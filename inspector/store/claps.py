"""Reads claps: when the clapper was shown, and what its codes can be checked with."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from inspector.domain.footage import Anchor, Clap
from inspector.errors import NotFound
from inspector.ids import InspectionId, OfficerId
from inspector.store import times
from inspector.store.gateway import Row, Tx, Value


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


def between(tx: Tx, low: datetime, high: datetime, limit: int) -> list[Clap]:
    """Return up to `limit` claps that began between two moments, oldest first."""
    sql = "select * from clap where began_at between :low and :high order by began_at, id limit :limit"
    asked: dict[str, Value] = {"low": times.written(low), "high": times.written(high), "limit": limit}
    return [_clap(row) for row in tx.rows(sql, asked)]


def written(anchors: Iterable[Anchor]) -> list[dict[str, Any]]:
    """Return anchors as the entry of a recording holds them; `recordings` reads them back."""
    return [
        {
            "clip_id": one.clip_id,
            "at_us": one.at_us,
            "true_ms": one.true_ms,
            "source": one.source.value,
            "verdict": one.verdict.value,
            "uncertainty_ms": one.uncertainty_ms,
            "detail": one.detail,
        }
        for one in anchors
    ]


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
