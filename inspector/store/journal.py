"""Append-only journal: one user action, one signed entry, one transaction with the rows it changes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

import msgspec

from inspector.clock import Clock
from inspector.crypto.signing import KeyPair
from inspector.errors import NotFound
from inspector.protocol.entry import (
    DEVICE_CONTEXT,
    MAX_ENTRY_BYTES,
    USER_CONTEXT,
    Entry,
    SignedEntry,
    UserSignature,
    digest,
    encode,
)
from inspector.store import projection
from inspector.store.gateway import Row, Tx

_user_sigs = msgspec.json.Decoder(list[UserSignature])


@dataclass(frozen=True, slots=True, kw_only=True)
class Act:
    """What a user did: `changes` are the fields it sets, by the names of the projection's columns."""

    kind: str
    type: str
    subject: str
    changes: Mapping[str, Any] = field(default_factory=dict[str, Any])
    refs: tuple[str, ...] = ()


class Journal:
    """Writes the entries of one device."""

    def __init__(self, *, device: str, key: KeyPair, genesis: str, clock: Clock, app: str) -> None:
        self._device = device
        self._key = key
        self._genesis = genesis
        self._clock = clock
        self._app = app
        self._owed: tuple[Act, str, int] | None = None

    def record(self, tx: Tx, act: Act, *, actor: str, signers: Mapping[str, KeyPair] | None = None) -> Entry:
        """Append the act and apply it to the rows, both or neither: the caller's transaction decides.

        `signers` are the user keys that sign too (issue, void). Raises NotFound if a changed subject isn't there.
        """
        self._pay(tx)
        return self._record(tx, act, actor=actor, signers=signers)

    def owe(self, act: Act, *, actor: str, after: int) -> None:
        """Record `act` right before the next entry: the disk had no room for it when entry `after` was the last."""
        self._owed = (act, actor, after)

    def _pay(self, tx: Tx) -> None:
        if self._owed is None:
            return
        act, actor, after = self._owed
        # Asked of the rows, not remembered: the transaction that recorded it may have been undone.
        paid = "select 1 from entry where seq > :after and kind = :kind and type = :type and subject = :subject"
        if tx.value(paid, {"after": after, "kind": act.kind, "type": act.type, "subject": act.subject}) is None:
            self._record(tx, act, actor=actor)

    def _record(self, tx: Tx, act: Act, *, actor: str, signers: Mapping[str, KeyPair] | None = None) -> Entry:
        seq, prev = position(tx, self._genesis)
        now = self._clock.read()
        entry = Entry(
            device=self._device,
            seq=seq + 1,
            prev=prev,
            kind=act.kind,
            type=act.type,
            subject=act.subject,
            base=_base(tx, act),
            set=dict(act.changes),
            old=_old(tx, act),
            refs=list(act.refs),
            actor=actor,
            wall=now.wall_ms,
            mono=now.mono_ms,
            boot=now.boot,
            app=self._app,
        )
        raw = encode(entry)
        if len(raw) > MAX_ENTRY_BYTES:
            raise ValueError("an entry may not exceed 1 MiB")
        mark = digest(raw)
        user_sigs = [
            UserSignature(user=user, sig=key.sign(USER_CONTEXT + mark)) for user, key in (signers or {}).items()
        ]
        _append(tx, entry, SignedEntry(bytes=raw, sig=self._key.sign(DEVICE_CONTEXT + mark), user_sigs=user_sigs), mark)
        projection.apply(tx, entry, mark.hex())
        return entry


def _append(tx: Tx, entry: Entry, signed: SignedEntry, mark: bytes) -> None:
    tx.insert(
        "entry",
        {
            "seq": entry.seq,
            "hash": mark.hex(),
            "prev": entry.prev,
            "kind": entry.kind,
            "type": entry.type,
            "subject": entry.subject,
            "wall": entry.wall,
            "bytes": signed.bytes,
            "sig": signed.sig,
            "user_sigs": msgspec.json.encode(signed.user_sigs),
        },
    )


def position(tx: Tx, genesis: str) -> tuple[int, str]:
    """Return (last seq, its hash); (0, genesis) for an empty journal."""
    last = tx.row("select seq, hash from entry order by seq desc limit 1")
    return (int(last["seq"]), str(last["hash"])) if last else (0, genesis)


def after(tx: Tx, seq: int, limit: int) -> list[SignedEntry]:
    """Return up to `limit` entries following `seq`, in order, verbatim."""
    sql = "select bytes, sig, user_sigs from entry where seq > :seq order by seq limit :limit"
    return [_signed(row) for row in tx.rows(sql, {"seq": seq, "limit": limit})]


def walk(tx: Tx, page: int = 500) -> Iterator[tuple[int, SignedEntry]]:
    """Yield (seq, entry) of the whole journal, in order, reading `page` rows at a time."""
    seq = 0
    while rows := tx.rows(
        "select seq, bytes, sig, user_sigs from entry where seq > :seq order by seq limit :limit",
        {"seq": seq, "limit": page},
    ):
        for row in rows:
            seq = int(row["seq"])
            yield seq, _signed(row)


def _signed(row: Row) -> SignedEntry:
    return SignedEntry(bytes=row["bytes"], sig=row["sig"], user_sigs=_user_sigs.decode(row["user_sigs"]))


def _base(tx: Tx, act: Act) -> list[str]:
    found = tx.value(
        "select hash from head where type = :type and subject = :subject", {"type": act.type, "subject": act.subject}
    )
    return [str(found)] if found else []


def _old(tx: Tx, act: Act) -> dict[str, Any]:
    table = projection.TABLES.get(act.type)
    if table is None or act.kind in ("create", "attach", "lease", "adopt"):
        return {}
    row = tx.row(f"select * from {table} where id = :id", {"id": act.subject})  # noqa: S608 - names are ours
    if row is None:
        raise NotFound(kind=act.type, id=act.subject)
    return {name: row[name] for name in act.changes if name in row}
