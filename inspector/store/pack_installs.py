"""Reads which law packs were installed on this laptop."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from inspector.store import times
from inspector.store.gateway import Tx


@dataclass(frozen=True, slots=True, kw_only=True)
class PackInstall:
    """One installation, as its entry tells it; `sha256` is the digest of the pack's manifest."""

    id: str
    name: str
    version: str
    sha256: str
    effective_from: date
    effective_to: date | None
    signer: str
    installed_at: datetime
    installed_by: str


def all_of(tx: Tx) -> list[PackInstall]:
    """Return every installation, oldest first."""
    return [
        PackInstall(
            id=row["id"],
            name=row["name"],
            version=row["version"],
            sha256=row["sha256"],
            effective_from=date.fromisoformat(row["effective_from"]),
            effective_to=date.fromisoformat(row["effective_to"]) if row["effective_to"] else None,
            signer=row["signer"],
            installed_at=times.read(row["installed_at"]),
            installed_by=row["installed_by"],
        )
        for row in tx.rows("select * from pack_install order by installed_at, id")
    ]
