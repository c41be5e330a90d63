"""Reads which statute library was imported last."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from inspector.ids import OfficerId
from inspector.store import times
from inspector.store.gateway import Tx


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportedLibrary:
    """One import as the journal tells it; `sha256` names the file that holds the texts."""

    id: str
    sha256: str
    laws: int
    articles: int
    imported_at: datetime
    imported_by: OfficerId


def latest(tx: Tx) -> ImportedLibrary | None:
    """Return the last import, None before the first."""
    row = tx.row("select * from library order by rowid desc limit 1")
    if row is None:
        return None
    return ImportedLibrary(
        id=row["id"],
        sha256=row["sha256"],
        laws=row["laws"],
        articles=row["articles"],
        imported_at=times.read(row["imported_at"]),
        imported_by=OfficerId(row["imported_by"]),
    )
