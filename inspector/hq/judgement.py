"""What one entry is worth: its form, its place in the chain, its signatures, and whether it can be applied."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import msgspec

from inspector.crypto import signing
from inspector.errors import ChainBroken
from inspector.hq import ledger, projection, strict
from inspector.hq.projection import Records
from inspector.protocol.chain import check_link, check_users
from inspector.protocol.entry import DEVICE_CONTEXT, Entry, SignedEntry, digest

DAMAGED: Final = frozenset({"unreadable", "device", "seq", "signature"})
"""Verdicts after which the hash that the next entry names can't be known here."""

_encoder = msgspec.json.Encoder(order="deterministic")


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where the next entry of a device has to fit; `is_prev_known` is false after a damaged entry."""

    device: str
    key: bytes
    seq: int
    prev: str
    is_prev_known: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """What an entry is worth: `why` is "" or a code; `is_authentic` says the device did sign these bytes."""

    entry: Entry | None
    why: str
    is_authentic: bool


def judge(signed: SignedEntry, place: Place, keys: dict[str, bytes]) -> Verdict:
    """Check form, link and signatures of one entry; `keys` are the users' as of the entry before."""
    try:
        strict.check(signed.bytes)
        entry = check_link(
            signed, device=place.device, seq=place.seq, prev=place.prev, key=place.key, verify=signing.verify
        )
        check_users(signed, entry, keys, signing.verify)
    except strict.NotStrict:
        return Verdict(entry=None, why="unreadable", is_authentic=_is_authentic(signed, place.key))
    except ChainBroken as error:
        return Verdict(entry=None, why=str(error.facts["reason"]), is_authentic=_is_authentic(signed, place.key))
    return Verdict(entry=entry, why="", is_authentic=True)


def _is_authentic(signed: SignedEntry, key: bytes) -> bool:
    return signing.verify(key, signed.sig, DEVICE_CONTEXT + digest(signed.bytes))


def misplaced(verdict: Verdict, place: Place) -> str:
    """Return "" if the entry may take this place, though perhaps in quarantine; else fork or order.

    What the device signed but for another place isn't stored here: it would block the entry that belongs here. What
    is damaged takes its place, so that the entries after it still flow.
    """
    if not verdict.is_authentic:
        return ""
    if verdict.why in {"device", "seq"}:
        return "order"
    return "fork" if verdict.why == "prev" and place.is_prev_known else ""


def verdict_of(signed: SignedEntry, place: Place, records: Records) -> str:
    """Judge and apply an entry once more, as check does; return why it is in quarantine, "" if it is applied."""
    verdict = judge(signed, place, records.keys_of(place.device))
    if verdict.entry is None:
        return verdict.why
    return projection.apply(records, verdict.entry, digest(signed.bytes).hex())


def content_digest(signed: SignedEntry, state: str, why: str) -> str:
    """Return the ledger's digest of an entry: hex SHA-256 over its hash, signatures, state and why."""
    stored = [digest(signed.bytes), signed.sig, signed.user_sigs, state, why]
    return ledger.digest_of(_encoder.encode(stored))
