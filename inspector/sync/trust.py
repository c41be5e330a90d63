"""Reads what headquarters signed: nothing of it is believed before signature, sender and content fit."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final, TypeVar

import msgspec

from inspector.crypto import signing
from inspector.domain.office import Office
from inspector.domain.officer import Officer
from inspector.domain.site import Site
from inspector.errors import HqUntrusted
from inspector.protocol.messages import (
    CERTIFICATE_CONTEXT,
    LEASE_CONTEXT,
    RECEIPT_CONTEXT,
    REGISTER_CONTEXT,
    TIME_CONTEXT,
    BlobReceipt,
    Certificate,
    EntryReceipt,
    LeaseGrant,
    LeaseRequest,
    RegisterPage,
    Signed,
    TimeToken,
)

Body = TypeVar("Body", bound=msgspec.Struct)
MAX_PAGE: Final = 200
"""Records of one register page (docs/protocol.md)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Peer:
    """The headquarters of the certificate, in its present epoch, and who we are to it.

    The epoch rises when headquarters is put back from a backup; receipts of earlier epochs hold.
    """

    server_id: str
    server_key: bytes
    epoch: int
    device: str
    office: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """One verified page: the records as sent, and as the domain reads them."""

    told: RegisterPage
    offices: tuple[Office, ...]
    officers: tuple[Officer, ...]
    sites: tuple[Site, ...]

    @property
    def count(self) -> int:
        """How many records the page brings."""
        return len(self.offices) + len(self.officers) + len(self.sites)


def opened(signed: Signed, kind: type[Body], *, context: bytes, key: bytes, what: str) -> Body:
    """Return the body if `key` signed it. Raises HqUntrusted(reason="<what>_signature" | "<what>_unreadable")."""
    if not signing.verify(key, signed.sig, context + signed.body):
        raise HqUntrusted(reason=f"{what}_signature")
    try:
        return msgspec.json.decode(signed.body, type=kind)
    except msgspec.DecodeError as error:
        raise HqUntrusted(reason=f"{what}_unreadable") from error


def certificate(signed: Signed, *, server_key: bytes) -> Certificate:
    """Return headquarters' word on a device. Raises HqUntrusted."""
    return opened(signed, Certificate, context=CERTIFICATE_CONTEXT, key=server_key, what="certificate")


def server_ms(signed: Signed, *, key: bytes, nonce: str) -> int:
    """Return headquarters' time in answer to `nonce`. Raises HqUntrusted (an old answer is no answer)."""
    token = opened(signed, TimeToken, context=TIME_CONTEXT, key=key, what="time")
    _demand({"time_nonce": token.nonce == nonce})
    return token.server_ms


def entry_receipt(peer: Peer, signed: Signed, *, span: tuple[int, int], head: str) -> EntryReceipt:
    """Return R1 for exactly the entries `span` (first, last) that end with hash `head`. Raises HqUntrusted."""
    told = opened(signed, EntryReceipt, context=RECEIPT_CONTEXT, key=peer.server_key, what="receipt")
    _demand(
        {
            "receipt_server": told.server_id == peer.server_id and told.epoch <= peer.epoch,
            "receipt_device": told.device == peer.device,
            "receipt_span": (told.first, told.last) == span,
            "receipt_head": told.head == head,
        }
    )
    return told


def blob_receipt(peer: Peer, signed: Signed, *, sha256: str, sm3: str, size: int) -> BlobReceipt:
    """Return R2 for exactly this blob. Raises HqUntrusted."""
    told = opened(signed, BlobReceipt, context=RECEIPT_CONTEXT, key=peer.server_key, what="receipt")
    _demand(
        {
            "receipt_server": told.server_id == peer.server_id and told.epoch <= peer.epoch,
            "receipt_blob": (told.sha256, told.sm3, told.size) == (sha256, sm3, size),
        }
    )
    return told


def lease_grant(peer: Peer, signed: Signed, request: LeaseRequest) -> LeaseGrant:
    """Return the block of numbers if it answers `request`. Raises HqUntrusted."""
    told = opened(signed, LeaseGrant, context=LEASE_CONTEXT, key=peer.server_key, what="lease")
    _demand(
        {
            "lease_device": (told.device, told.office) == (peer.device, peer.office),
            "lease_series": (told.form, told.year) == (request.form, request.year),
            "lease_span": 1 <= told.first <= told.last < told.first + request.want,
            "lease_expires": _is_day(told.expires),
        }
    )
    return told


def register_page(peer: Peer, signed: Signed, cursor: int) -> Page:
    """Return the page that begins at `cursor`, every record readable. Raises HqUntrusted."""
    told = opened(signed, RegisterPage, context=REGISTER_CONTEXT, key=peer.server_key, what="register")
    try:
        page = Page(
            told=told,
            offices=tuple(msgspec.convert(told.offices, list[Office])),
            officers=tuple(msgspec.convert(told.officers, list[Officer])),
            sites=tuple(msgspec.convert(told.sites, list[Site])),
        )
    except msgspec.ValidationError as error:
        raise HqUntrusted(reason="register_record") from error
    _demand(
        {
            "register_office": told.office == peer.office,
            "register_cursor": told.cursor == cursor,
            "register_next": told.next >= cursor and (told.next > cursor or not (page.count or told.more)),
            "register_size": page.count <= MAX_PAGE,
        }
    )
    return page


def _is_day(text: str) -> bool:
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True


def _demand(found: dict[str, bool]) -> None:
    for reason, holds in found.items():
        if not holds:
            raise HqUntrusted(reason=reason)
