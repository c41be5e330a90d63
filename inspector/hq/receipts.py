"""Headquarters' signed word for what it holds, kept so that a repeated question gets the same answer."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Literal

from sqlalchemy import Connection, insert, select

from inspector.hq.identity import Identity
from inspector.hq.schema import receipt
from inspector.protocol.messages import RECEIPT_CONTEXT, BlobReceipt, EntryReceipt, Signed


@dataclass(frozen=True, slots=True, kw_only=True)
class Key:
    """What a receipt is for: r1 entries first..last of device `ref`, r2 blob `ref`."""

    kind: Literal["r1", "r2"]
    ref: str
    first: int = 0
    last: int = 0


def find(tx: Connection, key: Key) -> Signed | None:
    """Return the receipt that was given before."""
    row = tx.execute(
        select(receipt.c.body, receipt.c.sig).where(
            receipt.c.kind == key.kind,
            receipt.c.ref == key.ref,
            receipt.c.first == key.first,
            receipt.c.last == key.last,
        )
    ).first()
    return None if row is None else Signed(body=row.body, sig=row.sig)


def keep(tx: Connection, key: Key, identity: Identity, body: EntryReceipt | BlobReceipt) -> Signed:
    """Sign and store a new receipt."""
    signed = identity.sign(RECEIPT_CONTEXT, body)
    tx.execute(insert(receipt).values(**asdict(key), body=signed.body, sig=signed.sig))
    return signed
