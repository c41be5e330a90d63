"""What the stages of one sync run share."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from inspector.errors import HqUntrusted, InspectorError
from inspector.protocol.api import HqApi
from inspector.store.vault import Vault
from inspector.sync.patience import Patience
from inspector.sync.progress import Tally
from inspector.sync.trust import Peer


class Connection(HqApi, Protocol):
    """HqApi on a wire of its own."""

    def close(self) -> None:
        """Drop the wire."""
        ...


Connect = Callable[[], Connection]


@dataclass(slots=True, kw_only=True)
class Run:
    """One run: `hq` is the connection of the run's own thread, `connect` opens further ones."""

    vault: Vault
    hq: Connection
    connect: Connect
    actor: str
    patience: Patience
    tally: Tally
    known_peer: Peer | None = None
    lost: InspectorError | None = None
    """The last failure of the link that left something undone."""

    @property
    def peer(self) -> Peer:
        """Headquarters, once hello has checked it."""
        if self.known_peer is None:
            raise HqUntrusted(reason="no_hello")
        return self.known_peer
