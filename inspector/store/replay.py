"""Verify: walks the whole chain, replays it into empty tables, compares row by row, reads every original back."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from dataclasses import dataclass

from inspector.crypto import signing
from inspector.errors import ChainBroken, EvidenceMissing, StoreDamaged
from inspector.protocol.chain import check_link, check_users
from inspector.protocol.entry import digest
from inspector.store import driver, journal, officers, projection
from inspector.store.gateway import Gateway, Tx
from inspector.store.originals import Originals
from inspector.store.schema import JOURNAL_SCHEMA, run_script


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """One thing that does not hold: where, and a code of what."""

    where: str
    what: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Verified:
    """What verify looked at. It is clean if `faults` is empty. `found_files`: originals that no entry names."""

    entries: int
    blobs: int
    blob_bytes: int
    faults: tuple[Fault, ...]
    found_files: tuple[str, ...]

    @property
    def is_clean(self) -> bool:
        """Whether everything held."""
        return not self.faults


def verify(
    gateway: Gateway,
    originals: Originals,
    *,
    device: str,
    key: bytes,
    genesis: str,
    progress: Callable[[int, int], None] | None = None,
) -> Verified:
    """Check store, chain, signatures, rows, blobs and footage. `progress` hears (done, total) blobs. Changes no row.

    Raises StorageFull, StorageFailed if the log can't be folded into the file, which the check of pages needs.
    """
    faults = [*_integrity(gateway)]
    with gateway.read() as tx:
        entries, named, chain_faults = _replay(tx, device=device, key=key, genesis=genesis)
    faults += chain_faults
    stored = originals.names()
    faults += [Fault(where=sha256, what="blob_missing") for sha256 in sorted(named - set(stored))]
    size = 0
    for n, sha256 in enumerate(stored):
        if progress is not None:
            progress(n, len(stored))
        size += _read_back(originals, sha256, faults)
    found = tuple(sorted(set(stored) - named))
    return Verified(entries=entries, blobs=len(stored), blob_bytes=size, faults=tuple(faults), found_files=found)


def _integrity(gateway: Gateway) -> list[Fault]:
    with gateway.bare() as database:
        # cipher_integrity_check reads the file beneath the log. A page torn while the log was folded in is whole in
        # the log and no damage, so the log is folded in first; while a reader prevents that, only pages in use count.
        is_folded = database.conn.execute("pragma wal_checkpoint(full)").fetchone()[0] == 0
        checks = ("cipher_integrity_check", "integrity_check") if is_folded else ("integrity_check",)
        told = [str(row[0]) for check in checks for row in database.conn.execute(f"pragma {check}")]
    return [Fault(where=gateway.path.name, what=line) for line in told if line != "ok"]


def _replay(tx: Tx, *, device: str, key: bytes, genesis: str) -> tuple[int, set[str], list[Fault]]:
    empty = driver.in_memory()
    run_script(empty, JOURNAL_SCHEMA)
    replayed = Tx(empty, is_writing=True)
    named: set[str] = set()
    seq, prev = 0, genesis
    try:
        for _, signed in journal.walk(tx):
            entry = check_link(signed, device=device, seq=seq + 1, prev=prev, key=key, verify=signing.verify)
            check_users(signed, entry, officers.account_keys(replayed), signing.verify)
            seq, prev = seq + 1, digest(signed.bytes).hex()
            named.update(entry.refs)
            projection.apply(replayed, entry, prev)
    except ChainBroken as error:
        return seq, named, [Fault(where=f"entry {error.facts['seq']}", what=f"chain_{error.facts['reason']}")]
    return seq, named, _differences(tx, replayed)


def _differences(live: Tx, replayed: Tx) -> list[Fault]:
    return [
        Fault(where=table, what="rows_differ")
        for table in projection.PROJECTED
        if fingerprint(live, table) != fingerprint(replayed, table)
    ]


def fingerprint(tx: Tx, table: str) -> str:
    """Return a digest over every row of a table, in an order of its own: equal rows give equal digests."""
    rows = tx.rows(f"select * from {table}")  # noqa: S608 - names are ours
    lines = sorted(json.dumps(row, ensure_ascii=False, sort_keys=True) for row in rows)
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()


def _read_back(originals: Originals, sha256: str, faults: list[Fault]) -> int:
    try:
        blob = originals.find(sha256)
        if not originals.is_whole(sha256):
            faults.append(Fault(where=sha256, what="blob_changed"))
    except (EvidenceMissing, StoreDamaged):
        faults.append(Fault(where=sha256, what="blob_unreadable"))
        return 0
    return blob.size
