"""Headquarters' own order: a hash chain over all it took in, with a signed head for every day."""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime
from typing import Final, Literal

import msgspec
from sqlalchemy import Connection, desc, insert, select

from inspector.clock import CHINA
from inspector.hq.identity import Identity
from inspector.hq.schema import head, ledger
from inspector.protocol.messages import Signed

LEDGER_CONTEXT: Final = b"field-inspector/ledger/v1\0"
HEAD_CONTEXT: Final = b"field-inspector/head/v1\0"

Kind = Literal["register", "device", "entry", "foreign", "blob", "lease"]
_encoder = msgspec.json.Encoder(order="deterministic")


class Item(msgspec.Struct, frozen=True, kw_only=True):
    """One thing headquarters took in: `digest` is a SHA-256 of what it is, `ref` says where to find it."""

    kind: Kind
    ref: str
    digest: str


class Line(msgspec.Struct, frozen=True, kw_only=True):
    """An item in its place: the text that is hashed."""

    seq: int
    prev: str
    kind: str
    ref: str
    digest: str
    ms: int


class Head(msgspec.Struct, frozen=True, kw_only=True):
    """The end of the chain at the close of a day in China; body of a Signed with HEAD_CONTEXT."""

    server_id: str
    epoch: int
    day: str
    seq: int
    link: str


def origin(server_key: bytes) -> str:
    """Return the `prev` of line 1: the hex SHA-256 over LEDGER_CONTEXT + the server's public key."""
    return hashlib.sha256(LEDGER_CONTEXT + server_key).hexdigest()


def link_of(line: Line) -> str:
    """Return the hex SHA-256 over LEDGER_CONTEXT + the line's deterministic JSON."""
    return hashlib.sha256(LEDGER_CONTEXT + _encoder.encode(line)).hexdigest()


def day_of(ms: int) -> str:
    """Return the ISO date in China of a time in milliseconds since the Unix epoch."""
    return datetime.fromtimestamp(ms / 1000, UTC).astimezone(CHINA).date().isoformat()


def digest_of(content: bytes) -> str:
    """Return the hex SHA-256 of some content."""
    return hashlib.sha256(content).hexdigest()


class Run:
    """Lines that one transaction adds, all at the time `ms`; written by `flush`, before anything refers to them.

    The first line of a new day first signs the head of the day before.
    """

    def __init__(self, tx: Connection, identity: Identity, *, ms: int) -> None:
        last = tx.execute(select(ledger).order_by(desc(ledger.c.seq)).limit(1)).first()
        self._tx = tx
        self._ms = ms
        self._seq, self._link = (last.seq, last.link) if last else (0, origin(identity.key.public))
        self._lines: list[dict[str, object]] = []
        if last and day_of(last.ms) < day_of(ms):
            self._close_day(identity, day_of(last.ms))

    def append(self, item: Item) -> int:
        """Add one line and return its number."""
        line = Line(seq=self._seq + 1, prev=self._link, kind=item.kind, ref=item.ref, digest=item.digest, ms=self._ms)
        self._seq, self._link = line.seq, link_of(line)
        self._lines.append({**msgspec.structs.asdict(line), "link": self._link})
        return self._seq

    def flush(self) -> None:
        """Write the lines."""
        if self._lines:
            self._tx.execute(insert(ledger), self._lines)
            self._lines = []

    def _close_day(self, identity: Identity, day: str) -> None:
        if self._tx.execute(select(head.c.day).where(head.c.day >= day)).first() is None:
            end = Head(server_id=identity.server_id, epoch=identity.epoch, day=day, seq=self._seq, link=self._link)
            signed = identity.sign(HEAD_CONTEXT, end)
            self._tx.execute(insert(head).values(day=day, seq=end.seq, body=signed.body, sig=signed.sig))


def append(tx: Connection, identity: Identity, item: Item, *, ms: int) -> int:
    """Add one line and return its number."""
    run = Run(tx, identity, ms=ms)
    seq = run.append(item)
    run.flush()
    return seq


def tip(tx: Connection, identity: Identity, ms: int) -> Signed:
    """Return the signed head as of now (not stored): whoever keeps it can later tell a shortened ledger."""
    last = tx.execute(select(ledger.c.seq, ledger.c.link).order_by(desc(ledger.c.seq)).limit(1)).first()
    seq, link = (last.seq, last.link) if last else (0, origin(identity.key.public))
    return identity.sign(
        HEAD_CONTEXT,
        Head(server_id=identity.server_id, epoch=identity.epoch, day=day_of(ms), seq=seq, link=link),
    )
