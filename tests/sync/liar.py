"""A connection whose true answers a test bends."""

from __future__ import annotations

from collections.abc import Callable

import msgspec

from inspector.crypto.signing import KeyPair
from inspector.protocol.messages import (
    LEASE_CONTEXT,
    RECEIPT_CONTEXT,
    REGISTER_CONTEXT,
    Hello,
    Leased,
    LeaseGrant,
    LeaseRequest,
    OfferResults,
    Offers,
    Position,
    Push,
    Pushed,
    RegisterAnswer,
    RegisterPage,
    Sealed,
    Signed,
)
from inspector.sync.engine import SyncEngine
from inspector.sync.http_client import Device, HttpHq
from inspector.sync.progress import SyncReport
from tests.builders import ZHANG
from tests.sync.conftest import HURRIED, Headquarters, Laptop


class Liar(HttpHq):
    """A true connection whose answers a test bends."""

    def __init__(self, laptop: Laptop, **bend: Callable) -> None:
        super().__init__(laptop.url, Device(laptop.vault.device, laptop.vault.device_key))
        self._bend = bend

    def _bent(self, name: str, told: object) -> object:
        return self._bend[name](told) if name in self._bend else told

    def hello(self, nonce: str) -> Hello:
        return self._bent("hello", super().hello(nonce))

    def position(self) -> Position:
        return self._bent("position", super().position())

    def push(self, push: Push) -> Pushed:
        return self._bent("push", super().push(push))

    def offers(self, offers: Offers) -> OfferResults:
        return self._bent("offers", super().offers(offers))

    def seal(self, sha256: str) -> Sealed:
        return self._bent("seal", super().seal(sha256))

    def lease(self, request: LeaseRequest) -> Leased:
        return self._bent("lease", super().lease(request))

    def register(self, cursor: int) -> RegisterAnswer:
        return self._bent("register", super().register(cursor))


def sync_with(laptop: Laptop, **bend: Callable) -> SyncReport:
    engine = SyncEngine(laptop.vault, lambda: Liar(laptop, **bend), actor=ZHANG, patience=HURRIED)
    return engine.run(lambda _: None, lambda: False)


CONTEXTS = {RegisterPage: REGISTER_CONTEXT, LeaseGrant: LEASE_CONTEXT}


def resigned(hq: Headquarters, signed: Signed, kind: type, *, key: KeyPair | None = None, **changes: object) -> Signed:
    body = msgspec.json.encode(msgspec.structs.replace(msgspec.json.decode(signed.body, type=kind), **changes))
    context = CONTEXTS.get(kind, RECEIPT_CONTEXT)
    return Signed(body=body, sig=(key or hq.service.identity.key).sign(context + body))
