"""Send everything to headquarters, fetch what is new, say whether the laptop may be handed over."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime

import msgspec

from inspector.errors import NotAllowed
from inspector.protocol.messages import Certificate
from inspector.services.session import Session
from inspector.store import settings, transfers
from inspector.store.transfers import Backlog, Waiting
from inspector.sync import kept
from inspector.sync.engine import SyncEngine
from inspector.sync.http_client import Device, HttpHq
from inspector.sync.progress import SyncProgress, SyncReport


@dataclass(frozen=True, slots=True, kw_only=True)
class SyncState:
    """What the sync screen shows while nothing runs; not `can_sync`: a training profile without headquarters."""

    backlog: Backlog
    is_handover_ready: bool
    last_sync_at: datetime | None
    hq_url: str
    can_sync: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Receipted:
    """A receipt kept on this laptop: kind r1 | r2, what it covers (entry range or SHA-256), when HQ signed it."""

    kind: str
    ref: str
    signed_at: datetime


class SyncService:
    """The one way to headquarters."""

    def __init__(self, session: Session) -> None:
        self._session = session
        told = msgspec.json.decode(session.vault.certificate.body, type=Certificate)
        self._has_headquarters = bool(told.server_id)
        self._engine: SyncEngine | None = None

    def state(self) -> SyncState:
        """Return what waits and since when."""
        with self._session.vault.gateway.read() as tx:
            last = settings.setting(tx, kept.LAST_SYNC)
            return SyncState(
                backlog=transfers.backlog(tx),
                is_handover_ready=kept.is_handover_ready(tx),
                last_sync_at=datetime.fromtimestamp(int(last) / 1000, UTC) if last else None,
                hq_url=settings.setting(tx, kept.URL),
                can_sync=self._has_headquarters,
            )

    def receipts(self, limit: int = 50) -> list[Receipted]:
        """Return the latest receipts, newest first."""
        with self._session.vault.gateway.read() as tx:
            found = [
                Receipted(kind=kind, ref=ref, signed_at=_signed_at(body))
                for kind in (transfers.R1, transfers.R2)
                for ref, body, _ in transfers.receipts(tx, kind)
            ]
        return sorted(found, key=lambda one: one.signed_at, reverse=True)[:limit]

    def waiting(self) -> list[Waiting]:
        """Return the files without a receipt, in the order in which they go, with the reason of the last refusal."""
        with self._session.vault.gateway.read() as tx:
            return transfers.waiting(tx)

    def set_url(self, url: str) -> None:
        """Say where headquarters is reached; who it is, the certificate says."""
        with self._session.vault.gateway.write() as tx:
            settings.keep_setting(tx, kept.URL, url.strip())

    def run(
        self,
        progress: Callable[[SyncProgress], None] = lambda _: None,
        is_cancelled: Callable[[], bool] = lambda: False,
    ) -> SyncReport:
        """Sync once. A lost link ends up in the report; whatever was sent stays sent.

        Raises NotAllowed(no_headquarters | sync_running), InvalidInput(url), StorageFull.
        """
        if not self._has_headquarters:
            raise NotAllowed(reason="no_headquarters")
        if self._engine is None:
            vault = self._session.vault
            self._engine = SyncEngine(vault, self._connect, actor=self._session.me.id)
        return self._engine.run(progress, is_cancelled)

    def _connect(self) -> HttpHq:
        vault = self._session.vault
        return HttpHq(self.state().hq_url, Device(vault.device, vault.device_key))


class _Moment(msgspec.Struct, frozen=True):
    ms: int


def _signed_at(body: bytes) -> datetime:
    return datetime.fromtimestamp(msgspec.json.decode(body, type=_Moment).ms / 1000, UTC)
