"""The first stage: is this the headquarters of our certificate, in an epoch that goes forward, and what time is it?"""

from __future__ import annotations

import msgspec

from inspector.errors import HqRefused, HqUntrusted
from inspector.ids import new_id
from inspector.protocol.messages import PROTOCOL, Certificate, Hello
from inspector.store import settings
from inspector.store.vault import Vault
from inspector.sync import kept, trust
from inspector.sync.run import Run
from inspector.sync.trust import Peer


def greet(run: Run) -> None:
    """Say hello and pin the peer for this run. Raises Offline, HqUntrusted, HqRefused(protocol)."""
    nonce = new_id()
    hello = run.patience.call(lambda: run.hq.hello(nonce))
    heard = run.vault.clock.read().wall_ms
    told = own_certificate(run.vault)
    check(hello, server_id=told.server_id, server_key=told.server_key)
    offset = trust.server_ms(hello.time, key=told.server_key, nonce=nonce) - heard
    _keep(run.vault, hello.epoch, offset)
    run.known_peer = Peer(
        server_id=told.server_id,
        server_key=told.server_key,
        epoch=hello.epoch,
        device=told.device,
        office=told.office,
    )


def own_certificate(vault: Vault) -> Certificate:
    """Return headquarters' word on this device; it was verified when it was taken in."""
    return msgspec.json.decode(vault.certificate.body, type=Certificate)


def check(hello: Hello, *, server_id: str, server_key: bytes) -> None:
    """Raise HqUntrusted(server_id | server_key) or HqRefused(protocol) if this is not whom we know."""
    if hello.server_id != server_id:
        raise HqUntrusted(reason="server_id")
    if hello.server_key != server_key:
        raise HqUntrusted(reason="server_key")
    if not hello.protocol_min <= PROTOCOL <= hello.protocol_max:
        raise HqRefused(status=426, title="protocol", detail=f"{hello.protocol_min}..{hello.protocol_max}")


def _keep(vault: Vault, epoch: int, offset_ms: int) -> None:
    with vault.gateway.write() as tx:
        seen = kept.number(tx, kept.EPOCH, epoch)
        if epoch < seen:
            raise HqUntrusted(reason="epoch")
        if epoch > seen:
            settings.keep_setting(tx, kept.RECHECK, "1")
        settings.keep_setting(tx, kept.EPOCH, str(epoch))
        settings.keep_setting(tx, kept.CLOCK_OFFSET, str(offset_ms))
