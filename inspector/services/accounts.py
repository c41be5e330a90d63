"""Passphrases and PINs: the officers' own change of them, and the second officer's word while the vault is open."""

from __future__ import annotations

import msgspec

from inspector import paths
from inspector.crypto.signing import KeyPair
from inspector.crypto.unlock import Cost, Wrapped, unwrap, wrap
from inspector.errors import InvalidInput, PinRefused
from inspector.services.session import Session
from inspector.store import keyring, settings
from inspector.store.errors import translated_files
from inspector.store.gateway import Tx

PASSPHRASE_LEAST = 8
TRIES = 5
PIN_DIGITS = 6
PIN_COST = Cost(memory_kib=19 * 1024, passes=2, lanes=1)
"""OWASP's least Argon2id cost; the record lies inside the encrypted store, and five wrong tries lock it."""


class PinRecord(msgspec.Struct, frozen=True, kw_only=True):
    """An officer's signing key under the PIN, and how often a wrong one was tried."""

    wrapped: Wrapped
    tries: int = 0


class AccountService:
    """What the officer who unlocked may change about unlocking. Nothing of it is a record: the signing key stays."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def change_passphrase(self, old: str, new: str) -> None:
        """Wrap the vault key under another passphrase; the recovery code opens the vault as before.

        The keyring file is replaced whole, so one of both passphrases is valid at every moment, never none or both.
        Raises WrongPassphrase (the old one), InvalidInput(passphrase: too_short | same), StorageFull, StorageFailed.
        """
        me, vault = self._session.me.id, self._session.vault
        path = paths.keyring_file(vault.profile)
        ring = keyring.read(path)
        vault_key, user_key = keyring.open_user(ring, me, old)
        check_passphrase(new)
        if new == old:
            raise InvalidInput(field="passphrase", reason="same")
        sealed = keyring.seal_user(vault_key, user_key, new, me, ring.cost)
        with translated_files(str(path)):
            keyring.write(path, keyring.with_user(ring, me, sealed))

    def change_pin(self, passphrase: str, pin: str) -> None:
        """Seal the officer's signing key under another PIN, which also frees a locked one.

        Raises WrongPassphrase, InvalidInput(pin).
        """
        me, vault = self._session.me.id, self._session.vault
        ring = keyring.read(paths.keyring_file(vault.profile))
        keyring.open_user(ring, me, passphrase)
        with vault.gateway.write() as tx:
            keep_pin(tx, me, pin, self._session.user_key, _pin_cost(tx, me))


def check_passphrase(passphrase: str) -> None:
    """Raise InvalidInput unless the passphrase is long enough."""
    if len(passphrase) < PASSPHRASE_LEAST:
        raise InvalidInput(field="passphrase", reason="too_short", least=PASSPHRASE_LEAST)


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


def _pin_cost(tx: Tx, officer_id: str) -> Cost:
    """What this profile's PINs cost to try; a new PIN costs as much as the one before."""
    raw = settings.secret(tx, _name(officer_id))
    return msgspec.json.decode(raw, type=PinRecord).wrapped.cost if raw else PIN_COST


def _name(officer_id: str) -> str:
    return f"pin:{officer_id}"


def _label(officer_id: str) -> bytes:
    return f"pin:{officer_id}".encode()
