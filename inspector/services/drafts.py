"""Keeps half-typed text within a second of typing."""

from __future__ import annotations

from inspector.services.session import Session
from inspector.store import drafts


class DraftService:
    """`owner` names a form: hazard:new:<inspection id>, hazard:<id>, inspection:<id> …"""

    def __init__(self, session: Session) -> None:
        self._session = session

    def put(self, owner: str, field: str, value: str) -> None:
        """Keep what is typed in one field; durable when it returns."""
        with self._session.vault.gateway.write() as tx:
            drafts.put(tx, owner, field, value, self._session.vault.clock.read().wall_ms)

    def of(self, owner: str) -> dict[str, str]:
        """Return the half-typed fields of one form."""
        with self._session.vault.gateway.read() as tx:
            return drafts.of_owner(tx, owner)

    def owners(self) -> list[str]:
        """Return the forms with half-typed text, latest first."""
        with self._session.vault.gateway.read() as tx:
            return drafts.owners(tx)

    def drop(self, owner: str) -> None:
        """Forget a form's half-typed text because the officer said so."""
        with self._session.vault.gateway.write() as tx:
            drafts.drop(tx, owner)
