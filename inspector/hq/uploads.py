"""Blobs on their way in: offers, segments, and the seal that reads everything back before the receipt."""

from __future__ import annotations

import hashlib
import json
import re
import threading
from dataclasses import dataclass
from typing import Final

from sqlalchemy import Connection, select
from sqlalchemy import insert as plain_insert
from sqlalchemy.dialects.sqlite import insert

from inspector.clock import Clock
from inspector.crypto.digests import Hasher
from inspector.hq import ledger, receipts
from inspector.hq.blobs import BlobFolder
from inspector.hq.database import Database
from inspector.hq.identity import Identity
from inspector.hq.problem import Refusal
from inspector.hq.schema import blob, offer, plan
from inspector.ids import DeviceId
from inspector.protocol.messages import (
    CHUNK,
    MAX_OFFERS,
    MAX_SEGMENT,
    BlobReceipt,
    Offer,
    OfferResult,
    OfferResults,
    Offers,
    Sealed,
    Signed,
)

MAX_BLOB: Final = 8 << 30
"""Bytes of one blob."""
_HEX = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """How a blob falls into chunks; `leaves` are their digests."""

    id: str
    sha256: str
    size: int
    leaves: tuple[str, ...]

    def length(self, n: int) -> int:
        """Return the bytes of chunk n."""
        return min(CHUNK, self.size - n * CHUNK)

    def missing(self, staged: dict[int, int]) -> list[tuple[int, int]]:
        """Return the ranges [a, b) of chunks that aren't in staging with their full length."""
        ranges: list[tuple[int, int]] = []
        for n in range(len(self.leaves)):
            if staged.get(n) == self.length(n):
                continue
            if ranges and ranges[-1][1] == n:
                ranges[-1] = (ranges[-1][0], n + 1)
            else:
                ranges.append((n, n + 1))
        return ranges


@dataclass(frozen=True, slots=True, kw_only=True)
class Segment:
    """Chunks first..last-1 of a plan, about to arrive as one body of `length` bytes."""

    plan: Plan
    first: int
    last: int

    @property
    def length(self) -> int:
        """Bytes of the body."""
        return sum(self.plan.length(n) for n in range(self.first, self.last))


class Uploads:
    """Takes blobs in; every call blocks and may be repeated."""

    def __init__(self, database: Database, folder: BlobFolder, *, identity: Identity, clock: Clock) -> None:
        self._database = database
        self._folder = folder
        self._identity = identity
        self._clock = clock
        self._turns = tuple(threading.Lock() for _ in range(64))

    def sweep(self) -> None:
        """Clear staging of blobs that are sealed (a seal was cut off after its receipt)."""
        with self._database.read() as tx:
            sealed = select(plan.c.id).where(plan.c.sha256.in_(select(blob.c.sha256)))
            done = set(tx.execute(sealed).scalars())
        for name in self._folder.plans():
            if name in done:
                self._folder.clear(name)

    def offer(self, device: DeviceId, offers: Offers) -> OfferResults:
        """Answer for every offered blob what is there and what is missing. Raises Refusal too_large."""
        if len(offers.blobs) > MAX_OFFERS:
            raise Refusal("too_large", f"more than {MAX_OFFERS} offers")
        with self._database.write() as tx:
            return OfferResults(items=[self._offer(tx, device, one) for one in offers.blobs])

    def _offer(self, tx: Connection, device: DeviceId, one: Offer) -> OfferResult:
        why = _fault(one)
        if why:
            return OfferResult(sha256=one.sha256, state="denied", why=why)
        found = _plan_of(one)
        known = tx.execute(select(blob.c.leaves).where(blob.c.sha256 == one.sha256)).first()
        if known is not None:
            if known.leaves != json.dumps(one.leaves):
                return OfferResult(sha256=one.sha256, state="denied", why="leaves")
            return OfferResult(sha256=one.sha256, state="have", receipt=self._receipt(tx, one.sha256))
        tx.execute(
            insert(plan)
            .values(id=found.id, sha256=found.sha256, size=found.size, leaves=json.dumps(found.leaves))
            .on_conflict_do_nothing()
        )
        tx.execute(
            insert(offer)
            .values(device=device, sha256=one.sha256, plan=found.id)
            .on_conflict_do_update(index_elements=["device", "sha256"], set_={"plan": found.id})
        )
        return OfferResult(sha256=one.sha256, state="need", missing=found.missing(self._folder.staged(found.id)))

    def segment(self, device: DeviceId, sha256: str, first: int, last: int) -> Segment | None:
        """Return what chunks first..last-1 must be; None if they are all here. Raises Refusal."""
        with self._database.read() as tx:
            if self._receipt(tx, sha256) is not None:
                return None
            found = _offered(tx, device, sha256)
        if not 0 <= first < last <= len(found.leaves):
            raise Refusal("not_found", "no such chunks")
        if (last - first) * CHUNK > MAX_SEGMENT:
            raise Refusal("too_large", f"more than {MAX_SEGMENT} bytes")
        staged = self._folder.staged(found.id)
        if all(staged.get(n) == found.length(n) for n in range(first, last)):
            return None
        return Segment(plan=found, first=first, last=last)

    def put_leaf(self, segment: Segment, n: int, leaf: bytes) -> None:
        """Keep chunk n of a segment if it is what was offered. Raises Refusal digest or storage_full."""
        if hashlib.sha256(leaf).hexdigest() != segment.plan.leaves[n]:
            raise Refusal("digest", f"chunk {n}")
        self._folder.put_leaf(segment.plan.id, n, leaf)

    def seal(self, device: DeviceId, sha256: str) -> Sealed:
        """Join, sync, read back, name, record, sign; return R2. Raises Refusal not_offered, incomplete, digest."""
        with self._turns[int(sha256[:2], 16) % len(self._turns) if _HEX.fullmatch(sha256) else 0]:
            with self._database.read() as tx:
                known = self._receipt(tx, sha256)
                if known is not None:
                    return Sealed(receipt=known)
                found = _offered(tx, device, sha256)
            read = self._whole(found)
            self._folder.on_step("record")
            receipt = self._record(found, read)
            self._folder.on_step("clear")
            self._folder.clear(found.id)
            return Sealed(receipt=receipt)

    def _whole(self, found: Plan) -> Hasher:
        """Return the digests of the blob under its final name, read back from disk."""
        there = self._folder.read_back(found.sha256)  # a seal may have been cut off after naming
        if there is not None and there.sha256 == found.sha256:
            return self._fitting(there, found)
        if there is not None:
            self._folder.discard(found.sha256)
        if found.missing(self._folder.staged(found.id)):
            raise Refusal("incomplete")
        read = self._folder.assemble(found.id, found.sha256, len(found.leaves))
        if read is not None:
            return self._fitting(read, found)
        bad = self._folder.bad_leaves(found.id, list(found.leaves))
        for n in bad:
            self._folder.drop_leaf(found.id, n)
        if bad:
            raise Refusal("incomplete", "chunks were damaged on headquarters' disk")
        self._folder.clear(found.id)
        raise Refusal("digest", "the chunks are as offered, but don't make up this blob")

    def _fitting(self, read: Hasher, found: Plan) -> Hasher:
        if (read.size, read.leaves) != (found.size, found.leaves):
            raise Refusal("digest", "size or leaves")
        return read

    def _record(self, found: Plan, read: Hasher) -> Signed:
        ms = self._clock.read().wall_ms
        body = BlobReceipt(
            server_id=self._identity.server_id,
            epoch=self._identity.epoch,
            sha256=read.sha256,
            sm3=read.sm3,
            size=read.size,
            ms=ms,
        )
        with self._database.write() as tx:
            receipt = receipts.keep(tx, receipts.Key(kind="r2", ref=read.sha256), self._identity, body)
            item = ledger.Item(kind="blob", ref=read.sha256, digest=ledger.digest_of(receipt.body))
            hq_seq = ledger.append(tx, self._identity, item, ms=ms)
            leaves = json.dumps(found.leaves)
            values = {"sha256": read.sha256, "sm3": read.sm3, "size": read.size, "leaves": leaves, "hq_seq": hq_seq}
            tx.execute(plain_insert(blob).values(**values))
        return receipt

    def _receipt(self, tx: Connection, sha256: str) -> Signed | None:
        return receipts.find(tx, receipts.Key(kind="r2", ref=sha256))


def _fault(one: Offer) -> str:
    if not _HEX.fullmatch(one.sha256) or not all(_HEX.fullmatch(leaf) for leaf in one.leaves):
        return "malformed"
    if one.size < 1:
        return "empty"
    if one.size > MAX_BLOB:
        return "too_large"
    return "" if len(one.leaves) == -(-one.size // CHUNK) else "leaves"


def _plan_of(one: Offer) -> Plan:
    text = f"{one.sha256}:{one.size}:" + ",".join(one.leaves)
    name = hashlib.sha256(text.encode()).hexdigest()
    return Plan(id=name, sha256=one.sha256, size=one.size, leaves=tuple(one.leaves))


def _offered(tx: Connection, device: DeviceId, sha256: str) -> Plan:
    row = tx.execute(
        select(plan).join(offer, offer.c.plan == plan.c.id).where(offer.c.device == device, offer.c.sha256 == sha256)
    ).first()
    if row is None:
        raise Refusal("not_offered")
    return Plan(id=row.id, sha256=row.sha256, size=row.size, leaves=tuple(json.loads(row.leaves)))
