"""Takes in the entries of a device: judged, stored verbatim whatever the verdict, acknowledged with a receipt."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

import msgspec
from sqlalchemy import Connection, insert, select, update

from inspector.hq import judgement, ledger, projection, receipts
from inspector.hq.identity import Identity
from inspector.hq.problem import Refusal
from inspector.hq.records import StoredRecords
from inspector.hq.schema import device as device_table
from inspector.hq.schema import entry as entry_table
from inspector.hq.schema import foreign_entry
from inspector.protocol.entry import MAX_ENTRY_BYTES, SignedEntry, digest
from inspector.protocol.messages import MAX_ENTRIES, EntryReceipt, EntryResult, Push, Pushed

MAX_SEQ: Final = 1 << 53
"""Largest integer that every JSON reader holds exactly (RFC 8259 §6)."""
_encoder = msgspec.json.Encoder(order="deterministic")


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
        self._is_prev_known = self._last_why() not in judgement.DAMAGED
        self._ledger = ledger.Run(tx, identity, ms=ms)
        self._rows: list[dict[str, Any]] = []

    def push(self, push: Push) -> Pushed | Refusal:
        """Store what is new and answer for every entry. A Refusal is returned, not raised: what it kept must commit.

        Raises Refusal malformed, too_large or gap when nothing was kept.
        """
        check_limits(push)
        if push.first > self._seq + 1:
            raise Refusal("gap", expect_seq=self._seq + 1, head=self._head)
        answer = self._take(push)
        self._flush()
        return answer if isinstance(answer, Refusal) else Pushed(receipt=self._receipt(push), items=answer)

    def _take(self, push: Push) -> list[EntryResult] | Refusal:
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
        return results

    def _flush(self) -> None:
        """Write what was taken in, many rows at a time."""
        self._ledger.flush()
        self._records.flush()
        if self._rows:
            self._tx.execute(insert(entry_table), self._rows)
        mine = device_table.c.id == self._device
        self._tx.execute(update(device_table).where(mine).values(seq=self._seq, head=self._head))

    def _known(self, first: int, last: int) -> dict[int, bytes]:
        rows = self._tx.execute(
            select(entry_table.c.seq, entry_table.c.bytes).where(
                entry_table.c.device == self._device, entry_table.c.seq.between(first, last)
            )
        )
        return {row.seq: row.bytes for row in rows}

    def _next(self, signed: SignedEntry) -> tuple[str, str]:
        """Store the entry at the end of the chain; return (why it is in quarantine, why it can't stand here)."""
        place = judgement.Place(
            device=self._device,
            key=self._key,
            seq=self._seq + 1,
            prev=self._head,
            is_prev_known=self._is_prev_known,
        )
        verdict = judgement.judge(signed, place, self._records.keys_of(self._device))
        trouble = judgement.misplaced(verdict, place)
        if trouble:
            return "", trouble
        mark = digest(signed.bytes).hex()
        why = verdict.why
        if verdict.entry is not None:
            why = projection.apply(self._records, verdict.entry, mark)
        self._store(signed, mark, why)
        return why, ""

    def _last_why(self) -> str:
        last = select(entry_table.c.why).where(entry_table.c.device == self._device, entry_table.c.seq == self._seq)
        return self._tx.execute(last).scalar() or ""

    def _store(self, signed: SignedEntry, mark: str, why: str) -> None:
        self._seq, self._head = self._seq + 1, mark
        self._is_prev_known = why not in judgement.DAMAGED
        state = "quarantined" if why else "applied"
        told = judgement.content_digest(signed, state, why)
        hq_seq = self._ledger.append(ledger.Item(kind="entry", ref=f"{self._device}/{self._seq}", digest=told))
        self._rows.append(self._columns(signed, hq_seq, self._seq) | {"hash": mark, "state": state, "why": why})

    def _columns(self, signed: SignedEntry, hq_seq: int, seq: int) -> dict[str, Any]:
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
            told = judgement.content_digest(signed, "quarantined", code)
            hq_seq = self._ledger.append(ledger.Item(kind="foreign", ref=f"{self._device}/{at}", digest=told))
            self._ledger.flush()
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
