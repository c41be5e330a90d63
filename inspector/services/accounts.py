"""PINs of the officers: the second officer's word while the vault is open."""

from __future__ import annotations

import msgspec

from inspector.crypto.signing import KeyPair
from inspector.crypto.unlock import Cost, Wrapped, unwrap, wrap
from inspector.errors import InvalidInput, PinRefused
from inspector.services.session import Session
from inspector.store import settings
from inspector.store.gateway import Tx

TRIES = 5
PIN_DIGITS = 6
PIN_COST = Cost(memory_kib=19 * 1024, passes=2, lanes=1)
"""OWASP's least Argon2id cost; the record lies inside the encrypted store, and five wrong tries lock it."""


class PinRecord(msgspec.Struct, frozen=True, kw_only=True):
    """An officer's signing key under the PIN, and how often a wrong one was tried."""

    wrapped: Wrapped
    tries: int = 0


def check_pin(pin: str) -> None:
    """Raise InvalidInput unless the PIN is six digits and not all the same."""
    if len(pin) != PIN_DIGITS or not pin.isdecimal() or len(set(pin)) == 1:
        raise InvalidInput(field="pin", reason="six_digits")


def keep_pin(tx: Tx, officer_id: str, pin: str, key: KeyPair, cost: Cost = PIN_COST) -> None:
    """Seal an officer's signing key under a new PIN."""
    check_pin(pin)
    record = PinRecord(wrapped=wrap(key.private_bytes(), pin, label=_label(officer_id), cost=cost))
    settings.keep_secret(tx, _name(officer_id), msgspec.json.encode(record))


def open_with_pin(session: Session, officer_id: str, pin: str) -> KeyPair:
    """Return the officer's signing key. Raises PinRefused(tries_left); a wrong try is counted durably first."""
    with session.vault.gateway.write() as tx:
        raw = settings.secret(tx, _name(officer_id))
        record = msgspec.json.decode(raw, type=PinRecord) if raw else None
        if record is None or record.tries >= TRIES:
            raise PinRefused(tries_left=0)
        counted = msgspec.structs.replace(record, tries=record.tries + 1)
        settings.keep_secret(tx, _name(officer_id), msgspec.json.encode(counted))
    key = unwrap(record.wrapped, pin, label=_label(officer_id))
    if key is None:
        raise PinRefused(tries_left=TRIES - counted.tries)
    reset_tries(session, officer_id)
    return KeyPair.from_private(key)


def reset_tries(session: Session, officer_id: str) -> None:
    """Forget wrong tries: the PIN was right, or its owner has unlocked with the passphrase."""
    with session.vault.gateway.write() as tx:
        raw = settings.secret(tx, _name(officer_id))
        if raw is None:
            return
        record = msgspec.json.decode(raw, type=PinRecord)
        if record.tries:
            settings.keep_secret(tx, _name(officer_id), msgspec.json.encode(msgspec.structs.replace(record, tries=0)))


def _name(officer_id: str) -> str:
    return f"pin:{officer_id}"


def _label(officer_id: str) -> bytes:
    return f"pin:{officer_id}".encode()
