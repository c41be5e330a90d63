"""Who is working in an unlocked profile: what every service needs, and how it records an act."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from inspector.clock import CHINA
from inspector.crypto.signing import KeyPair
from inspector.domain.office import Office
from inspector.domain.officer import Officer
from inspector.protocol.entry import Entry
from inspector.store.gateway import Tx
from inspector.store.journal import Act
from inspector.store.vault import Vault


@dataclass(frozen=True, slots=True, kw_only=True)
class Session:
    """One officer at one laptop; ends with the lock screen."""

    vault: Vault
    me: Officer
    office: Office
    user_key: KeyPair

    def now(self) -> datetime:
        """The laptop's wall time, aware UTC."""
        return self.vault.clock.read().at

    def today(self) -> date:
        """The calendar day in China."""
        return self.now().astimezone(CHINA).date()

    def record(self, tx: Tx, act: Act, *, signers: Mapping[str, KeyPair] | None = None) -> Entry:
        """Write one entry as this officer, in the caller's transaction."""
        return self.vault.journal.record(tx, act, actor=self.me.id, signers=signers)
