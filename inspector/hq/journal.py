"""Takes in the entries of a device: judged, stored verbatim whatever the verdict, acknowledged with a receipt."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import msgspec
from sqlalchemy import Connection, insert, select, update

from inspector.crypto import signing
from inspector.errors import ChainBroken
from inspector.hq import ledger, projection, receipts, strict
from inspector.hq.identity import Identity
from inspector.hq.problem import Refusal
from inspector.hq.projection import Records
from inspector.hq.records import StoredRecords
from inspector.hq.schema import device as device_table
from inspector.hq.schema import entry as entry_table
from inspector.hq.schema import foreign_entry
from inspector.protocol.chain import check_link, check_users
from inspector.protocol.entry import DEVICE_CONTEXT, MAX_ENTRY_BYTES, Entry, SignedEntry, digest
from inspector.protocol.messages import MAX_ENTRIES, EntryReceipt, EntryResult, Push, Pushed

MAX_SEQ: Final = 1 << 53
"""Largest integer that every JSON reader holds exactly (RFC 8259 §6)."""
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


class Intake:
    """One push of one device, inside one transaction."""

    def __init__(self, tx: Connection, identity: Identity, *, device_id: str, ms: int) -> None:
        row = tx.execute(select(device_table).where(device_table.c.id == device_id)).one()
        self._tx = tx
        self._identity = identity
        self._records = StoredRecords(tx)
        self._device = device_id
        self._key: bytes = row.key
        self._ms = ms
        self._seq: int = row.seq
        self._head: str = row.head

    def push(self, push: Push) -> Pushed | Refusal:
        """Store what is new and answer for every entry. A Refusal is returned, not raised: what it kept must commit.

        Raises Refusal malformed, too_large or gap when nothing was kept.
        """
        check_limits(push)
        if push.first > self._seq + 1:
            raise Refusal("gap", expect_seq=self._seq + 1, head=self._head)
        known = self._known(push.first, push.first + len(push.entries) - 1)
        results: list[EntryResult] = []
        for offset, signed in enumerate(push.entries):
            seq = push.first + offset
            if seq in known:
                if known[seq] != signed.bytes:
                    return self._refuse("fork", seq, push.entries[offset:])
                results.append(EntryResult(seq=seq, state="duplicate"))
                continue
            verdict, trouble = self._next(signed)
            if trouble:
                return self._refuse(trouble, seq, push.entries[offset:])
            results.append(EntryResult(seq=seq, state="quarantined" if verdict else "applied", why=verdict))
        return Pushed(receipt=self._receipt(push), items=results)

    def _known(self, first: int, last: int) -> dict[int, bytes]:
        rows = self._tx.execute(
            select(entry_table.c.seq, entry_table.c.bytes).where(
                entry_table.c.device == self._device, entry_table.c.seq.between(first, last)
            )
        )
        return {row.seq: row.bytes for row in rows}

    def _next(self, signed: SignedEntry) -> tuple[str, str]:
        """Store the entry at the end of the chain; return (why it is in quarantine, why it can't stand here)."""
        place = Place(
            device=self._device,
            key=self._key,
            seq=self._seq + 1,
            prev=self._head,
            is_prev_known=not self._is_last_damaged(),
        )
        verdict = judge(signed, place, self._records.keys_of(self._device))
        trouble = misplaced(verdict, place)
        if trouble:
            return "", trouble
        mark = digest(signed.bytes).hex()
        why = verdict.why
        if verdict.entry is not None:
            why = projection.apply(self._records, verdict.entry, mark)
        self._store(signed, mark, why)
        return why, ""

    def _is_last_damaged(self) -> bool:
        last = self._tx.execute(
            select(entry_table.c.why).where(entry_table.c.device == self._device, entry_table.c.seq == self._seq)
        ).first()
        return last is not None and last.why in DAMAGED

    def _store(self, signed: SignedEntry, mark: str, why: str) -> None:
        self._seq, self._head = self._seq + 1, mark
        state = "quarantined" if why else "applied"
        hq_seq = ledger.append(
            self._tx,
            self._identity,
            ledger.Item(kind="entry", ref=f"{self._device}/{self._seq}", digest=content_digest(signed, state, why)),
            ms=self._ms,
        )
        values = self._columns(signed, hq_seq, self._seq)
        self._tx.execute(insert(entry_table).values(**values, hash=mark, state=state, why=why))
        self._tx.execute(
            update(device_table).where(device_table.c.id == self._device).values(seq=self._seq, head=self._head)
        )

    def _columns(self, signed: SignedEntry, hq_seq: int, seq: int) -> dict[str, object]:
        return {
            "hq_seq": hq_seq,
            "device": self._device,
            "seq": seq,
            "bytes": signed.bytes,
            "sig": signed.sig,
            "user_sigs": _encoder.encode(signed.user_sigs),
            "received_ms": self._ms,
        }

    def _refuse(self, code: str, seq: int, rest: Sequence[SignedEntry]) -> Refusal:
        """Keep the rest of the push beside the chain and return the refusal."""
        for offset, signed in enumerate(rest):
            mark, at = digest(signed.bytes).hex(), seq + offset
            seen = select(foreign_entry.c.hq_seq).where(
                foreign_entry.c.device == self._device, foreign_entry.c.seq == at, foreign_entry.c.hash == mark
            )
            if self._tx.execute(seen).first() is not None:
                continue
            item = ledger.Item(
                kind="foreign", ref=f"{self._device}/{at}", digest=content_digest(signed, "quarantined", code)
            )
            hq_seq = ledger.append(self._tx, self._identity, item, ms=self._ms)
            values = self._columns(signed, hq_seq, at)
            self._tx.execute(insert(foreign_entry).values(**values, hash=mark, why=code))
        return Refusal(code, expect_seq=self._seq + 1, head=self._head)

    def _receipt(self, push: Push) -> receipts.Signed:
        first, last = push.first, push.first + len(push.entries) - 1
        key = receipts.Key(kind="r1", ref=self._device, first=first, last=last)
        body = EntryReceipt(
            server_id=self._identity.server_id,
            epoch=self._identity.epoch,
            device=self._device,
            first=first,
            last=last,
            head=digest(push.entries[-1].bytes).hex(),
            ms=self._ms,
        )
        return receipts.find(self._tx, key) or receipts.keep(self._tx, key, self._identity, body)


def check_limits(push: Push) -> None:
    """Raise Refusal malformed or too_large if the push is out of bounds."""
    if not push.entries or not 1 <= push.first <= MAX_SEQ:
        raise Refusal("malformed", "first or entries")
    if len(push.entries) > MAX_ENTRIES:
        raise Refusal("too_large", f"more than {MAX_ENTRIES} entries")
    if any(len(signed.bytes) > MAX_ENTRY_BYTES for signed in push.entries):
        raise Refusal("too_large", f"an entry over {MAX_ENTRY_BYTES} bytes")
