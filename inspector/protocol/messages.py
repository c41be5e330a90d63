"""What laptop and headquarters say to each other: one Struct a message, JSON by msgspec, bytes as base64."""

from __future__ import annotations

from typing import Final, Literal

import msgspec

from inspector.protocol.entry import SignedEntry

PROTOCOL: Final = 1
CHUNK: Final = 1 << 20
"""Bytes of one leaf: blobs are hashed, stored and sent in pieces of 1 MiB (the last one shorter)."""
MAX_ENTRIES: Final = 500
MAX_OFFERS: Final = 500
MAX_JSON: Final = 8 << 20
MAX_SEGMENT: Final = 16 << 20

CERTIFICATE_CONTEXT: Final = b"field-inspector/certificate/v1\0"
RECEIPT_CONTEXT: Final = b"field-inspector/receipt/v1\0"
LEASE_CONTEXT: Final = b"field-inspector/lease/v1\0"
REGISTER_CONTEXT: Final = b"field-inspector/register/v1\0"
TIME_CONTEXT: Final = b"field-inspector/time/v1\0"
ENROL_CONTEXT: Final = b"field-inspector/enrol/v1\0"


class Signed(msgspec.Struct, frozen=True, kw_only=True):
    """Bytes of a message and headquarters' Ed25519 signature over CONTEXT + body. The bytes are kept verbatim."""

    body: bytes
    sig: bytes


class TimeToken(msgspec.Struct, frozen=True, kw_only=True):
    """Headquarters' clock in answer to a nonce; body of a Signed with TIME_CONTEXT."""

    nonce: str
    server_ms: int


class Hello(msgspec.Struct, frozen=True, kw_only=True):
    """GET /v1/hello?nonce=N"""

    server_id: str
    epoch: int
    server_key: bytes
    protocol_min: int = PROTOCOL
    protocol_max: int = PROTOCOL
    time: Signed
    """TimeToken."""
    session: str
    """Prefix for the nonces of the signatures that follow: nonce = session + ":" + a counter, each used once."""


class EnrolRequest(msgspec.Struct, frozen=True, kw_only=True):
    """POST /v1/enrol (unsigned by RFC 9421: no device is known yet)."""

    code: str
    """One-time code that an administrator made for one office."""
    device_key: bytes
    """Raw Ed25519 public key, 32 bytes."""
    device_name: str
    proof: bytes
    """Ed25519 by the new device key over ENROL_CONTEXT + code (UTF-8) + device_key."""


class Certificate(msgspec.Struct, frozen=True, kw_only=True):
    """Headquarters' word on a device; body of a Signed with CERTIFICATE_CONTEXT. Its bytes make the genesis hash."""

    device: str
    device_key: bytes
    device_name: str
    office: str
    server_id: str
    server_key: bytes
    issued_ms: int
    is_training: bool = False


class Enrolled(msgspec.Struct, frozen=True, kw_only=True):
    """Answer of POST /v1/enrol, 201."""

    certificate: Signed


class Push(msgspec.Struct, frozen=True, kw_only=True):
    """POST /v1/entries: entries `first`… of one device in order, at most MAX_ENTRIES."""

    device: str
    first: int
    entries: list[SignedEntry]


class EntryResult(msgspec.Struct, frozen=True, kw_only=True):
    """What became of one pushed entry. Stored always; `why` is a code."""

    seq: int
    state: Literal["applied", "quarantined", "duplicate"]
    why: str = ""


class EntryReceipt(msgspec.Struct, frozen=True, kw_only=True):
    """R1: entries first..last are stored durably; body of a Signed with RECEIPT_CONTEXT."""

    k: Literal["r1"] = "r1"
    server_id: str
    epoch: int
    device: str
    first: int
    last: int
    head: str
    """Hex hash of entry `last`."""
    ms: int


class BlobReceipt(msgspec.Struct, frozen=True, kw_only=True):
    """R2: the blob is stored and was read back whole; body of a Signed with RECEIPT_CONTEXT."""

    k: Literal["r2"] = "r2"
    server_id: str
    epoch: int
    sha256: str
    sm3: str
    size: int
    ms: int


class Pushed(msgspec.Struct, frozen=True, kw_only=True):
    """Answer of POST /v1/entries, 200: every item is listed; without a valid receipt nothing counts as sent."""

    receipt: Signed
    """EntryReceipt."""
    items: list[EntryResult]


class Position(msgspec.Struct, frozen=True, kw_only=True):
    """GET /v1/position: how far headquarters knows this device (seq 0 and the genesis hash at first)."""

    device: str
    seq: int
    head: str


class Offer(msgspec.Struct, frozen=True, kw_only=True):
    """One blob the laptop holds; `leaves` are hex SHA-256 of its 1 MiB chunks."""

    sha256: str
    size: int
    leaves: list[str]


class Offers(msgspec.Struct, frozen=True, kw_only=True):
    """POST /v1/offers, at most MAX_OFFERS."""

    blobs: list[Offer]


class OfferResult(msgspec.Struct, frozen=True, kw_only=True):
    """`missing` lists chunk ranges [a, b); empty with state need: only the seal is missing."""

    sha256: str
    state: Literal["have", "need", "denied"]
    missing: list[tuple[int, int]] = []
    receipt: Signed | None = None
    """BlobReceipt when state is have."""
    why: str = ""


class OfferResults(msgspec.Struct, frozen=True, kw_only=True):
    """Answer of POST /v1/offers, 200. Then PUT /v1/blobs/{sha256}/{a}-{b} and POST /v1/blobs/{sha256}/seal."""

    items: list[OfferResult]


class Sealed(msgspec.Struct, frozen=True, kw_only=True):
    """Answer of POST /v1/blobs/{sha256}/seal, 200."""

    receipt: Signed
    """BlobReceipt."""


class LeaseRequest(msgspec.Struct, frozen=True, kw_only=True):
    """POST /v1/leases. Repeating it with the same `request` id gives the same lease."""

    request: str
    form: str
    year: int
    want: int


class LeaseGrant(msgspec.Struct, frozen=True, kw_only=True):
    """Numbers first..last of one series lent to one device; body of a Signed with LEASE_CONTEXT."""

    lease: str
    device: str
    office: str
    form: str
    year: int
    first: int
    last: int
    expires: str
    """ISO date, inclusive."""


class Leased(msgspec.Struct, frozen=True, kw_only=True):
    """Answer of POST /v1/leases, 200."""

    grant: Signed
    """LeaseGrant."""


class RegisterPage(msgspec.Struct, frozen=True, kw_only=True):
    """One page of the register of offices, officers and sites; body of a Signed with REGISTER_CONTEXT.

    Each record is an object with the field names of the domain (dates as ISO text). `next` is the cursor to
    ask with; the page is the last one when `more` is false.
    """

    office: str
    cursor: int
    next: int
    more: bool
    offices: list[dict[str, str | int | bool | None]] = []
    officers: list[dict[str, str | int | bool | None]] = []
    sites: list[dict[str, str | int | bool | None]] = []


class RegisterAnswer(msgspec.Struct, frozen=True, kw_only=True):
    """Answer of GET /v1/register?cursor=N, 200."""

    page: Signed
    """RegisterPage, at most 200 records."""


class Problem(msgspec.Struct, frozen=True, kw_only=True):
    """RFC 9457 problem details; `type` is our code (gap, fork, digest, too_large, unknown_device, bad_signature …)."""

    type: str
    title: str
    status: int
    detail: str = ""
    expect_seq: int | None = None
    head: str | None = None
