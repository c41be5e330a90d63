"""Entry format v1: the one signed fact that a laptop records, stores and sends. Frozen for ever (docs/protocol.md)."""

from __future__ import annotations

import hashlib
from typing import Any, Final

import msgspec

Json = None | bool | int | str | list[Any] | dict[str, Any]
"""What a field may hold: no floats (they have no one text), text never normalised."""

Raw = bytes
"""The builtin under a name that a field called `bytes` does not hide when msgspec reads the annotations."""

ENTRY_CONTEXT: Final = b"field-inspector/entry/v1\0"
DEVICE_CONTEXT: Final = b"field-inspector/device-signature/v1\0"
USER_CONTEXT: Final = b"field-inspector/user-signature/v1\0"
GENESIS_CONTEXT: Final = b"field-inspector/genesis/v1\0"
SCHEMA: Final = 1
MAX_ENTRY_BYTES: Final = 1 << 20


class Entry(msgspec.Struct, frozen=True, kw_only=True):
    """One user action. Its bytes are made once, signed, and never made again: everybody reads those bytes."""

    v: int = 1
    device: str
    seq: int
    """1, 2, 3 … without a gap on one device."""
    prev: str
    """Hex hash of the entry before; for seq 1 the genesis hash of the enrolment certificate."""
    kind: str
    """create | patch | attach | remove | issue | void | lease | adopt | enrol | unlock | close."""
    type: str
    """Kind of subject: office, officer, user, site, inspection, hazard, evidence, notice, lease, register, device,
    print, serving, recording, clip, clap, recheck, film_gap, custody."""
    subject: str
    base: list[str] = []
    """Hashes of the entries that last touched the subject, as its author knew them."""
    set: dict[str, Any] = {}
    old: dict[str, Any] = {}
    """The values that `set` replaces: undo and merge need them."""
    refs: list[str] = []
    """SHA-256 of every blob this entry brings, originals and issued PDFs."""
    actor: str
    """User id (an officer's id); empty before the first user exists."""
    wall: int
    """Milliseconds since the Unix epoch by the laptop's clock: a claim, not proof."""
    mono: int
    """Milliseconds since boot."""
    boot: str
    app: str
    schema: int = SCHEMA


class UserSignature(msgspec.Struct, frozen=True, kw_only=True):
    """Ed25519 by a user's own key over USER_CONTEXT + entry hash."""

    user: str
    sig: bytes


class SignedEntry(msgspec.Struct, frozen=True, kw_only=True):
    """What is stored and sent verbatim."""

    bytes: Raw
    sig: Raw
    """Ed25519 by the device key over DEVICE_CONTEXT + entry hash (32 raw bytes)."""
    user_sigs: list[UserSignature] = []


_encoder = msgspec.json.Encoder(order="deterministic")
_decoder = msgspec.json.Decoder(Entry)


def encode(entry: Entry) -> bytes:
    """Return the bytes to sign; deterministic (sorted keys, no blanks, UTF-8 unescaped)."""
    return _encoder.encode(entry)


def decode(raw: bytes) -> Entry:
    """Read an entry's bytes. Raises msgspec.DecodeError (ValidationError) if they are not an entry."""
    return _decoder.decode(raw)


def digest(raw: bytes) -> bytes:
    """Return the 32-byte hash of an entry's bytes: SHA-256 over ENTRY_CONTEXT + bytes."""
    return hashlib.sha256(ENTRY_CONTEXT + raw).digest()


def genesis(certificate: bytes) -> str:
    """Return the `prev` of a device's first entry: the hex hash of the enrolment certificate's bytes."""
    return hashlib.sha256(GENESIS_CONTEXT + certificate).hexdigest()
