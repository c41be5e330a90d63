"""Verify on request, and the ledger of numbers."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from inspector.domain.notice import Lease
from inspector.services.export import Exported, export
from inspector.services.session import Session
from inspector.store import journal, notices
from inspector.store.replay import Verified, verify


@dataclass(frozen=True, slots=True, kw_only=True)
class JournalPosition:
    """How long the journal is, and the hash of its last entry."""

    entries: int
    head: str


class AuditService:
    """Checks that everything on this laptop is what was recorded."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def verify(self, progress: Callable[[int, int], None] | None = None) -> Verified:
        """Walk the chain, replay it, compare every row, read every blob back. Changes nothing."""
        vault = self._session.vault
        return verify(
            vault.gateway,
            vault.originals,
            device=vault.device,
            key=vault.device_key.public,
            genesis=vault.genesis,
            progress=progress,
        )

    def position(self) -> JournalPosition:
        """Return how many entries there are."""
        with self._session.vault.gateway.read() as tx:
            seq, head = journal.position(tx, self._session.vault.genesis)
        return JournalPosition(entries=seq, head=head)

    def export(self, folder: Path) -> Exported:
        """Write everything of this laptop as plain files into a new folder, for a verifier that isn't ours."""
        return export(self._session.vault, folder)

    def leases(self) -> list[Lease]:
        """Return the number blocks lent to this laptop."""
        with self._session.vault.gateway.read() as tx:
            return notices.leases(tx)
