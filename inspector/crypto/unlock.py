"""Wraps the vault key and each user's signing key under a passphrase; nothing here touches the disk."""

from __future__ import annotations

import hmac
import secrets

import msgspec
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.argon2 import Argon2id

KEY_BYTES = 32


class Cost(msgspec.Struct, frozen=True, kw_only=True):
    """How dear one guess of a passphrase is (Argon2id, RFC 9106 §3.1)."""

    memory_kib: int = 128 * 1024
    passes: int = 3
    lanes: int = 4


REAL = Cost()
"""128 MiB, 3 passes, 4 lanes: under a second on a field laptop (RFC 9106 asks for at least 64 MiB)."""
MINIMUM = Cost(memory_kib=32, passes=1, lanes=1)
"""Tests and the training bureau's PIN: no protection against guessing."""


class Wrapped(msgspec.Struct, frozen=True, kw_only=True):
    """A secret under a passphrase: AES-256-GCM with a key that Argon2id derives from passphrase and salt."""

    salt: bytes
    nonce: bytes
    sealed: bytes
    cost: Cost


def derive(passphrase: str, salt: bytes, cost: Cost) -> bytes:
    """Return the 32-byte key of a passphrase. Takes the time that `cost` asks for."""
    kdf = Argon2id(salt=salt, length=KEY_BYTES, iterations=cost.passes, lanes=cost.lanes, memory_cost=cost.memory_kib)
    return kdf.derive(passphrase.encode())


def wrap(secret: bytes, passphrase: str, *, label: bytes, cost: Cost = REAL) -> Wrapped:
    """Seal `secret`; `label` (user id and purpose) is bound in, so that wraps can't be swapped between users."""
    salt, nonce = secrets.token_bytes(16), secrets.token_bytes(12)
    sealed = AESGCM(derive(passphrase, salt, cost)).encrypt(nonce, secret, label)
    return Wrapped(salt=salt, nonce=nonce, sealed=sealed, cost=cost)


def unwrap(wrapped: Wrapped, passphrase: str, *, label: bytes) -> bytes | None:
    """Return the secret, or None if the passphrase or the label is wrong."""
    try:
        return AESGCM(derive(passphrase, wrapped.salt, wrapped.cost)).decrypt(wrapped.nonce, wrapped.sealed, label)
    except InvalidTag:
        return None


def new_key() -> bytes:
    """Return 32 random bytes."""
    return secrets.token_bytes(KEY_BYTES)


def new_recovery_code() -> str:
    """Return a code of 8 groups of 5 characters (160 bits) for the bureau's safe; no I, L, O, U to misread."""
    alphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
    chars = [secrets.choice(alphabet) for _ in range(40)]
    return "-".join("".join(chars[start : start + 5]) for start in range(0, 40, 5))


def new_pin_record(pin: str, cost: Cost) -> Wrapped:
    """Seal a known text under a PIN; `is_pin` opens it again. Kept inside the encrypted store only."""
    return wrap(b"pin", pin, label=b"pin", cost=cost)


def is_pin(record: Wrapped, pin: str) -> bool:
    """Whether `pin` opens the record."""
    return hmac.compare_digest(unwrap(record, pin, label=b"pin") or b"", b"pin")
