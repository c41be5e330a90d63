"""Enrolment: turns a one-time code into a certificate, pins headquarters' key, brings the register down."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any

from inspector.crypto.signing import KeyPair
from inspector.domain.office import Office
from inspector.domain.officer import Officer
from inspector.domain.site import Site
from inspector.errors import HqUntrusted
from inspector.ids import new_id
from inspector.protocol.messages import ENROL_CONTEXT, Certificate, EnrolRequest, Signed
from inspector.sync import hello, trust
from inspector.sync.http_client import Device, HttpHq
from inspector.sync.patience import Patience
from inspector.sync.run import Connection
from inspector.sync.trust import Page, Peer

Dial = Callable[[Device | None], Connection]
"""Makes a connection: of nobody yet, or of the enrolled device."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Enrolment:
    """Everything a new profile begins with. Nothing of it is on the disk yet; the code is used up."""

    certificate: Signed
    told: Certificate
    device_key: KeyPair
    epoch: int
    pages: tuple[Page, ...]

    @property
    def server_key(self) -> bytes:
        """Headquarters' key, pinned by the certificate from now on."""
        return self.told.server_key

    @property
    def cursor(self) -> int:
        """Where the next page of the register will begin."""
        return self.pages[-1].told.next if self.pages else 0

    @property
    def office(self) -> Office:
        """The office this laptop belongs to. Raises HqUntrusted if the register lacks it."""
        found = next((one for page in self.pages for one in page.offices if one.id == self.told.office), None)
        if found is None:
            raise HqUntrusted(reason="register_office")
        return found

    @property
    def officers(self) -> tuple[Officer, ...]:
        """The people of the register, the latest record of each."""
        return tuple({one.id: one for page in self.pages for one in page.officers}.values())

    @property
    def sites(self) -> tuple[Site, ...]:
        """The enterprises of the register, the latest record of each."""
        return tuple({one.id: one for page in self.pages for one in page.sites}.values())

    def records(self, kind: str) -> tuple[dict[str, Any], ...]:
        """Return the records of a kind (offices | officers | sites) as headquarters sent them, the latest of each."""
        found: dict[str, dict[str, Any]] = {}
        for page in self.pages:
            told = page.told
            lists: dict[str, list[dict[str, Any]]] = {
                "offices": list(told.offices),
                "officers": list(told.officers),
                "sites": list(told.sites),
            }
            found.update({str(one["id"]): one for one in lists[kind]})
        return tuple(found.values())


def request(
    url: str, code: str, device_name: str, *, patience: Patience | None = None, dial: Dial | None = None
) -> Enrolment:
    """Enrol this laptop. Raises InvalidInput(url), Offline, HqRefused(code_refused …), HqUntrusted.

    Whose key answers now is believed (https has checked the name) and pinned; the code proves us, not them.
    """
    calm = patience or Patience()
    connect: Dial = dial or partial(HttpHq, url)
    key = KeyPair.generate()
    stranger = connect(None)
    try:
        certificate, told = _certificate(stranger, calm, key, code=code, device_name=device_name)
    finally:
        stranger.close()
    device = connect(Device(told.device, key))
    try:
        peer = _peer(device, calm, told)
        pages = _register(device, calm, peer)
    finally:
        device.close()
    enrolment = Enrolment(certificate=certificate, told=told, device_key=key, epoch=peer.epoch, pages=pages)
    _ = enrolment.office
    return enrolment


def _certificate(
    hq: Connection, patience: Patience, key: KeyPair, *, code: str, device_name: str
) -> tuple[Signed, Certificate]:
    nonce = new_id()
    greeting = patience.call(lambda: hq.hello(nonce))
    hello.check(greeting, server_id=greeting.server_id, server_key=greeting.server_key)
    trust.server_ms(greeting.time, key=greeting.server_key, nonce=nonce)
    proof = key.sign(ENROL_CONTEXT + code.encode() + key.public)
    asked = EnrolRequest(code=code, device_key=key.public, device_name=device_name, proof=proof)
    # If the answer gets lost, the same key and code get the same certificate.
    enrolled = patience.call(lambda: hq.enrol(asked))
    told = trust.certificate(enrolled.certificate, server_key=greeting.server_key)
    if (told.server_id, told.server_key) != (greeting.server_id, greeting.server_key):
        raise HqUntrusted(reason="certificate_server")
    if told.device_key != key.public or not told.device:
        raise HqUntrusted(reason="certificate_device")
    return enrolled.certificate, told


def _peer(hq: Connection, patience: Patience, told: Certificate) -> Peer:
    nonce = new_id()
    greeting = patience.call(lambda: hq.hello(nonce))
    hello.check(greeting, server_id=told.server_id, server_key=told.server_key)
    trust.server_ms(greeting.time, key=told.server_key, nonce=nonce)
    return Peer(
        server_id=told.server_id,
        server_key=told.server_key,
        epoch=greeting.epoch,
        device=told.device,
        office=told.office,
    )


def _register(hq: Connection, patience: Patience, peer: Peer) -> tuple[Page, ...]:
    pages: list[Page] = []
    cursor = 0
    while not pages or pages[-1].told.more:
        answer = patience.call(lambda at=cursor: hq.register(at))
        pages.append(trust.register_page(peer, answer.page, cursor))
        cursor = pages[-1].told.next
    return tuple(pages)
