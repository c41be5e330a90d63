"""Sends the journal's entries in order and keeps R1, headquarters' signed word that it stored them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from inspector.errors import HqRefused, HqUntrusted
from inspector.protocol.entry import SignedEntry, digest
from inspector.protocol.messages import MAX_ENTRIES, EntryResult, Position, Push
from inspector.store import journal, settings, transfers
from inspector.store.gateway import Tx
from inspector.sync import kept, trust
from inspector.sync.progress import Lane
from inspector.sync.run import Run

MAX_BYTES: Final = 4 << 20
"""Bytes of one batch before base64 (which adds a third): half of what headquarters takes."""
MAX_GAPS: Final = 3
"""Times that headquarters may send us back in one push before we stop believing it."""
_READ: Final = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class Batch:
    """Entries first..last in order."""

    first: int
    entries: list[SignedEntry]

    @property
    def last(self) -> int:
        """The number of the last entry."""
        return self.first + len(self.entries) - 1

    @property
    def size(self) -> int:
        """Bytes of the entries."""
        return sum(len(one.bytes) for one in self.entries)

    @property
    def head(self) -> str:
        """Hex hash of the last entry."""
        return digest(self.entries[-1].bytes).hex()


def push(run: Run) -> None:
    """Send every entry that headquarters lacks or has not signed for. Raises Offline, HqRefused, HqUntrusted.

    A cut anywhere is harmless: the next run asks headquarters how far it is and goes on from there.
    """
    seq = _start(run)
    gaps = 0
    while batch := _next(run, seq):
        try:
            _send(run, batch)
        except HqRefused as error:
            expected = error.facts.get("expect_seq")
            if error.facts["title"] != "gap" or not isinstance(expected, int) or gaps >= MAX_GAPS:
                raise
            if not 1 <= expected < batch.first:
                raise
            gaps, seq = gaps + 1, expected - 1
            _note_restored(run)
        else:
            seq = batch.last


def _start(run: Run) -> int:
    """Return the last entry that needs no sending: both headquarters and our receipts must cover it."""
    told = run.patience.call(run.hq.position)
    with run.vault.gateway.read() as tx:
        acknowledged = transfers.acknowledged(tx)
        _demand_ours(run, tx, told)
    if told.seq < acknowledged:
        _note_restored(run)
    return min(told.seq, acknowledged)


def _demand_ours(run: Run, tx: Tx, told: Position) -> None:
    """Raise HqRefused(fork) if headquarters holds another history of this device than we do."""
    if told.device != run.peer.device:
        raise HqUntrusted(reason="position_device")
    if told.seq == 0:
        ours = run.vault.genesis
    else:
        found = journal.after(tx, told.seq - 1, 1)
        ours = digest(found[0].bytes).hex() if found else ""
    if told.head != ours:
        # This profile was copied, or put back from a backup, after entries had been sent: a human must look.
        raise HqRefused(status=409, title="fork", detail=f"seq {told.seq}")


def _note_restored(run: Run) -> None:
    with run.vault.gateway.write() as tx:
        settings.keep_setting(tx, kept.RECHECK, "1")


def _next(run: Run, seq: int) -> Batch | None:
    entries: list[SignedEntry] = []
    size = 0
    with run.vault.gateway.read() as tx:
        while found := journal.after(tx, seq + len(entries), _READ):
            for one in found:
                size += len(one.bytes)
                if entries and (size > MAX_BYTES or len(entries) == MAX_ENTRIES):
                    return Batch(first=seq + 1, entries=entries)
                entries.append(one)
    return Batch(first=seq + 1, entries=entries) if entries else None


def _send(run: Run, batch: Batch) -> None:
    with run.vault.gateway.read() as tx:
        last, _ = journal.position(tx, run.vault.genesis)
    run.tally.expect(Lane.ENTRIES, last - batch.first + 1, batch.size)
    message = Push(device=run.peer.device, first=batch.first, entries=batch.entries)
    pushed = run.patience.call(lambda: run.hq.push(message))
    if [item.seq for item in pushed.items] != list(range(batch.first, batch.last + 1)):
        raise HqUntrusted(reason="items")
    span = (batch.first, batch.last)
    told = trust.entry_receipt(run.peer, pushed.receipt, span=span, head=batch.head)
    with run.vault.gateway.write() as tx:
        transfers.keep_receipt(
            tx,
            kind=transfers.R1,
            ref=f"{told.first}-{told.last}@{told.ms}",
            span=span,
            body=pushed.receipt.body,
            sig=pushed.receipt.sig,
        )
    run.tally.arrived(Lane.ENTRIES, batch.size)
    run.tally.finished(Lane.ENTRIES, len(batch.entries))
    _note_quarantine(run, pushed.items)


def _note_quarantine(run: Run, items: list[EntryResult]) -> None:
    for item in items:
        if item.state == "quarantined":
            run.tally.refuse("entry", str(item.seq), item.why)
