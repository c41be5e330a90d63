"""Checks that entries follow one another and carry valid signatures; knows no key store and no database."""

from __future__ import annotations

from collections.abc import Callable

import msgspec

from inspector.errors import ChainBroken
from inspector.protocol.entry import DEVICE_CONTEXT, USER_CONTEXT, Entry, SignedEntry, decode, digest

Verify = Callable[[bytes, bytes, bytes], bool]
"""(public key, signature, message) → whether Ed25519 holds."""

USER_SIGNED_KINDS = frozenset({"issue", "seal", "void", "resolve"})
"""Kinds that also carry the signature of the user who acted."""


def check_link(signed: SignedEntry, *, device: str, seq: int, prev: str, key: bytes, verify: Verify) -> Entry:
    """Return the entry if it is `device`'s number `seq` after `prev` with a valid device signature.

    Raises ChainBroken with seq and reason (unreadable | device | seq | prev | signature) otherwise.
    """
    try:
        entry = decode(signed.bytes)
    except msgspec.DecodeError as error:
        raise ChainBroken(seq=seq, reason="unreadable") from error
    found = {"device": entry.device == device, "seq": entry.seq == seq, "prev": entry.prev == prev}
    for reason, holds in found.items():
        if not holds:
            raise ChainBroken(seq=seq, reason=reason)
    if not verify(key, signed.sig, DEVICE_CONTEXT + digest(signed.bytes)):
        raise ChainBroken(seq=seq, reason="signature")
    return entry


def check_users(signed: SignedEntry, entry: Entry, keys: dict[str, bytes], verify: Verify) -> None:
    """Check every user signature; USER_SIGNED_KINDS must carry the actor's. Raises ChainBroken(user_signature)."""
    message = USER_CONTEXT + digest(signed.bytes)
    for mark in signed.user_sigs:
        key = keys.get(mark.user)
        if key is None or not verify(key, mark.sig, message):
            raise ChainBroken(seq=entry.seq, reason="user_signature")
    if entry.kind in USER_SIGNED_KINDS and entry.actor not in {mark.user for mark in signed.user_sigs}:
        raise ChainBroken(seq=entry.seq, reason="user_signature")
