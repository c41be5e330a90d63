"""Checks all that headquarters holds: every link, signature, receipt and record, and every byte of every blob."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

import msgspec
from sqlalchemy import Connection, Row, select, text
from sqlalchemy.exc import DatabaseError

from inspector.crypto import signing
from inspector.hq import judgement, ledger
from inspector.hq.identity import Identity
from inspector.hq.records import MemoryRecords, StoredRecords, encode_fields
from inspector.hq.schema import blob, device, entry, foreign_entry, head, lease, receipt, record, register, user_key
from inspector.hq.schema import ledger as ledger_table
from inspector.hq.service import HqService
from inspector.protocol.entry import SignedEntry, UserSignature, digest, genesis
from inspector.protocol.messages import (
    CERTIFICATE_CONTEXT,
    LEASE_CONTEXT,
    RECEIPT_CONTEXT,
    BlobReceipt,
    Certificate,
    EntryReceipt,
    LeaseGrant,
)

_user_sigs = msgspec.json.Decoder(list[UserSignature])


@dataclass(slots=True, kw_only=True)
class Report:
    """What was looked at and what doesn't hold; `faults` are (where, code)."""

    devices: int = 0
    entries: int = 0
    quarantined: int = 0
    blobs: int = 0
    blob_bytes: int = 0
    receipts: int = 0
    ledger: int = 0
    unnamed_files: int = 0
    """Files that no receipt was given for (a seal that was cut off): no fault."""
    faults: list[tuple[str, str]] = field(default_factory=list[tuple[str, str]])

    @property
    def is_clean(self) -> bool:
        """Whether everything held."""
        return not self.faults

    def expect(self, holds: bool, where: str, code: str) -> None:
        """Note a fault unless something holds."""
        if not holds:
            self.faults.append((where, code))


@dataclass(frozen=True, slots=True, kw_only=True)
class _Check:
    tx: Connection
    identity: Identity
    report: Report
    items: dict[tuple[str, str], list[str]]
    """What the ledger says: (kind, ref) → digests, in order."""
    stored: dict[str, Row]
    """Rows of blobs by SHA-256."""

    def is_ours(self, context: bytes, row: Row) -> bool:
        return signing.verify(self.identity.key.public, row.sig, context + row.body)

    def take(self, kind: str, ref: str, digest_now: str) -> None:
        """Strike an item off the ledger's list; a fault if it isn't there or says something else."""
        told = self.items.get((kind, ref), [])
        self.report.expect(digest_now in told, f"{kind} {ref}", "ledger")
        if digest_now in told:
            told.remove(digest_now)


def check(service: HqService) -> Report:
    """Check everything; changes nothing. Damage that keeps a row from being read is a fault, never a crash."""
    report = Report()
    with service.database.read() as tx:
        one = _Check(tx=tx, identity=service.identity, report=report, items={}, stored={})
        for step in (_database, _ledger, _heads, _register, _devices, _foreign, _leases, _receipts, _blobs, _leftovers):
            _guarded(one, step)
    _files(service, one.stored, report)
    return report


def _guarded(one: _Check, step: Callable[[_Check], None]) -> None:
    try:
        step(one)
    except (msgspec.DecodeError, ValueError, TypeError, KeyError, DatabaseError) as error:
        name = getattr(step, "__name__", "rows").strip("_")
        one.report.expect(False, name, f"unreadable:{type(error).__name__}")


def _rows(tx: Connection, query: Any) -> Iterator[Row]:
    yield from tx.execute(query.execution_options(yield_per=500))


def _database(one: _Check) -> None:
    for (line,) in one.tx.execute(text("pragma integrity_check")):
        one.report.expect(line == "ok", "database", "integrity")


def _ledger(one: _Check) -> None:
    prev = ledger.origin(one.identity.key.public)
    for seq, row in enumerate(_rows(one.tx, select(ledger_table).order_by(ledger_table.c.seq)), start=1):
        line = ledger.Line(seq=seq, prev=prev, kind=row.kind, ref=row.ref, digest=row.digest, ms=row.ms)
        one.report.expect(row.seq == seq and row.prev == prev, f"ledger {seq}", "link")
        one.report.expect(ledger.link_of(line) == row.link, f"ledger {seq}", "digest")
        one.items.setdefault((row.kind, row.ref), []).append(row.digest)
        prev = row.link
        one.report.ledger = seq


def _heads(one: _Check) -> None:
    for row in one.tx.execute(select(head)):
        one.report.expect(one.is_ours(ledger.HEAD_CONTEXT, row), f"head {row.day}", "signature")
        told = msgspec.json.decode(row.body, type=ledger.Head)
        link = one.tx.execute(select(ledger_table.c.link).where(ledger_table.c.seq == told.seq)).scalar()
        one.report.expect((told.day, told.seq, told.link) == (row.day, row.seq, link), f"head {row.day}", "link")


def _register(one: _Check) -> None:
    for row in _rows(one.tx, select(register).order_by(register.c.version)):
        ref, now = f"{row.kind}/{row.id}", ledger.digest_of(row.fields.encode())
        told = one.items.pop(("register", ref), [])
        one.report.expect(bool(told) and told[-1] == now, f"register {ref}", "ledger")
        fields = json.loads(row.fields)
        office = fields["id"] if row.kind == "offices" else fields["office_id"]
        one.report.expect((fields["id"], office) == (row.id, row.office), f"register {ref}", "columns")


def _devices(one: _Check) -> None:
    replayed = MemoryRecords(StoredRecords(one.tx))
    walks: dict[str, _Walk] = {}
    for row in one.tx.execute(select(device).order_by(device.c.ledger_seq)):
        walks[row.id] = _certificate(one, row)
    # In headquarters' order, because records of several laptops meet.
    for row in _rows(one.tx, select(entry).order_by(entry.c.hq_seq)):
        _entry(one, row, walks.get(row.device), replayed)
    for row in one.tx.execute(select(device)):
        walk = walks[row.id]
        one.report.expect((row.seq, row.head) == (walk.seq, walk.prev), f"device {row.id}", "position")
    _records(one, replayed)


@dataclass(slots=True, kw_only=True)
class _Walk:
    key: bytes
    seq: int
    prev: str
    is_prev_known: bool = True


def _certificate(one: _Check, row: Row) -> _Walk:
    one.report.devices += 1
    where = f"device {row.id}"
    is_ours = signing.verify(one.identity.key.public, row.certificate_sig, CERTIFICATE_CONTEXT + row.certificate)
    one.report.expect(is_ours, where, "signature")
    one.take("device", row.id, ledger.digest_of(row.certificate))
    told = msgspec.json.decode(row.certificate, type=Certificate)
    columns = (row.id, row.key, row.name, row.office, row.enrolled_ms)
    certified = (told.device, told.device_key, told.device_name, told.office, told.issued_ms)
    one.report.expect(columns == certified, where, "columns")
    return _Walk(key=told.device_key, seq=0, prev=genesis(row.certificate))


def signed_entry(row: Row) -> SignedEntry:
    """Return the entry of a row of entry or foreign_entry, verbatim."""
    return SignedEntry(bytes=row.bytes, sig=row.sig, user_sigs=_user_sigs.decode(row.user_sigs))


def _entry(one: _Check, row: Row, walk: _Walk | None, replayed: MemoryRecords) -> None:
    one.report.entries += 1
    one.report.quarantined += row.state == "quarantined"
    where = f"entry {row.device}/{row.seq}"
    one.report.expect(walk is not None, where, "device")
    if walk is None:
        return
    signed = signed_entry(row)
    mark = digest(signed.bytes).hex()
    one.report.expect((row.seq, row.hash) == (walk.seq + 1, mark), where, "position")
    one.take("entry", f"{row.device}/{row.seq}", judgement.content_digest(signed, row.state, row.why))
    place = judgement.Place(
        device=row.device, key=walk.key, seq=walk.seq + 1, prev=walk.prev, is_prev_known=walk.is_prev_known
    )
    why = judgement.verdict_of(signed, place, replayed)
    one.report.expect((row.state, row.why) == ("quarantined" if why else "applied", why), where, why or "state")
    walk.seq, walk.prev, walk.is_prev_known = walk.seq + 1, mark, why not in judgement.DAMAGED


def _records(one: _Check, replayed: MemoryRecords) -> None:
    stored = {(row.type, row.id): row for row in one.tx.execute(select(record))}
    for key in stored.keys() | replayed.records.keys():
        row, now = stored.get(key), replayed.records.get(key)
        is_equal = (
            row is not None
            and now is not None
            and (row.fields, row.head, row.device, row.mark)
            == (encode_fields(now.fields), now.head, now.device, now.mark)
        )
        one.report.expect(is_equal, f"record {key[0]}/{key[1]}", "replay")
    keys = {(row.device, row.user): row.key for row in one.tx.execute(select(user_key))}
    again = {(laptop, user): key for laptop, users in replayed.keys.items() for user, key in users.items()}
    one.report.expect(keys == again, "user_key", "replay")


def _foreign(one: _Check) -> None:
    for row in _rows(one.tx, select(foreign_entry).order_by(foreign_entry.c.hq_seq)):
        one.report.quarantined += 1
        ref, signed = f"{row.device}/{row.seq}", signed_entry(row)
        one.report.expect(digest(signed.bytes).hex() == row.hash, f"foreign {ref}", "digest")
        one.take("foreign", ref, judgement.content_digest(signed, "quarantined", row.why))


def _leases(one: _Check) -> None:
    ends: dict[tuple[str, str, int], int] = {}
    for row in one.tx.execute(select(lease).order_by(lease.c.issuer, lease.c.form, lease.c.year, lease.c.first)):
        where, series = f"lease {row.id}", (row.issuer, row.form, row.year)
        one.report.expect(one.is_ours(LEASE_CONTEXT, row), where, "signature")
        told = msgspec.json.decode(row.body, type=LeaseGrant)
        columns = (row.id, row.device, row.form, row.year, row.first, row.last)
        granted = (told.lease, told.device, told.form, told.year, told.first, told.last)
        one.report.expect(columns == granted, where, "columns")
        one.report.expect(row.first > ends.get(series, 0), where, "overlap")
        ends[series] = row.last
        one.take("lease", row.id, ledger.digest_of(row.body))


def _receipts(one: _Check) -> None:
    covered: dict[str, int] = {}
    for row in _rows(one.tx, select(receipt)):
        one.report.receipts += 1
        where = f"receipt {row.kind} {row.ref} {row.first}-{row.last}"
        one.report.expect(one.is_ours(RECEIPT_CONTEXT, row), where, "signature")
        if row.kind == "r2":
            told = msgspec.json.decode(row.body, type=BlobReceipt)
            one.report.expect((row.ref, row.first, row.last) == (told.sha256, 0, 0), where, "columns")
            continue
        told = msgspec.json.decode(row.body, type=EntryReceipt)
        last = select(entry.c.hash).where(entry.c.device == row.ref, entry.c.seq == row.last)
        columns = (row.ref, row.first, row.last, one.tx.execute(last).scalar())
        one.report.expect(columns == (told.device, told.first, told.last, told.head), where, "columns")
        covered[row.ref] = max(covered.get(row.ref, 0), row.last)
    for row in one.tx.execute(select(device.c.id, device.c.seq)):
        # The tail of a push that ended in a fork is stored without a receipt; nothing may lack under a receipt.
        one.report.expect(covered.get(row.id, 0) <= row.seq, f"device {row.id}", "receipt")


def _blobs(one: _Check) -> None:
    for row in one.tx.execute(select(blob)):
        sha256 = row.sha256
        one.stored[sha256] = row
        found = one.tx.execute(select(receipt).where(receipt.c.kind == "r2", receipt.c.ref == sha256)).first()
        one.report.expect(found is not None, f"blob {sha256}", "receipt")
        if found is None:
            continue
        told = msgspec.json.decode(found.body, type=BlobReceipt)
        one.report.expect((row.sm3, row.size) == (told.sm3, told.size), f"blob {sha256}", "columns")
        one.take("blob", sha256, ledger.digest_of(found.body))


def _leftovers(one: _Check) -> None:
    for (kind, ref), digests in one.items.items():
        one.report.expect(not digests, f"{kind} {ref}", "missing")


def _files(service: HqService, stored: dict[str, Row], report: Report) -> None:
    for sha256, row in stored.items():
        read = service.blobs.read_back(sha256)
        report.blobs += 1
        report.expect(read is not None, f"blob {sha256}", "missing")
        if read is None:
            continue
        report.blob_bytes += read.size
        told = (sha256, row.sm3, row.size, row.leaves)
        now = (read.sha256, read.sm3, read.size, json.dumps(list(read.leaves)))
        report.expect(told == now, f"blob {sha256}", "bytes")
    report.unnamed_files = len(service.blobs.names() - stored.keys())
