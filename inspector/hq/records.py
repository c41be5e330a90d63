"""Two places for records: the database, and memory for the replay that check compares with it."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import Any

import msgspec
from sqlalchemy import Connection, bindparam, select
from sqlalchemy.dialects.sqlite import insert

from inspector.hq.projection import Block, Record
from inspector.hq.schema import lease, record, user_key

_GET = select(record).where(record.c.type == bindparam("kind"), record.c.id == bindparam("subject"))
_MARK = select(record.c.id).where(record.c.mark == bindparam("mark"))
_PUT = insert(record)
_PUT = _PUT.on_conflict_do_update(
    index_elements=["type", "id"],
    set_={name: getattr(_PUT.excluded, name) for name in ("fields", "head", "device", "mark")},
)
_encoder = msgspec.json.Encoder(order="deterministic")


def encode_fields(fields: dict[str, Any]) -> str:
    """Return fields as the one text in which the database keeps them."""
    return _encoder.encode(fields).decode()


class StoredRecords:
    """Records in the database, inside the caller's transaction; what was put is written by `flush`."""

    def __init__(self, tx: Connection) -> None:
        self._tx = tx
        self._known: dict[tuple[str, str], Record | None] = {}
        self._changed: dict[tuple[str, str], Record] = {}
        self._keys: dict[str, dict[str, bytes]] = {}

    def get(self, kind: str, subject: str) -> Record | None:
        """Return one record."""
        if (kind, subject) not in self._known:
            self._known[kind, subject] = self._read(kind, subject)
        return self._known[kind, subject]

    def _read(self, kind: str, subject: str) -> Record | None:
        row = self._tx.execute(_GET, {"kind": kind, "subject": subject}).first()
        return (
            None
            if row is None
            else Record(
                type=row.type, id=row.id, fields=json.loads(row.fields), head=row.head, device=row.device, mark=row.mark
            )
        )

    def put(self, one: Record) -> None:
        """Store it, over the one before."""
        self._known[one.type, one.id] = self._changed[one.type, one.id] = one

    def flush(self) -> None:
        """Write what was put."""
        if self._changed:
            self._tx.execute(
                _PUT, [asdict(one) | {"fields": encode_fields(one.fields)} for one in self._changed.values()]
            )
            self._changed = {}

    def has_mark(self, mark: str) -> bool:
        """Whether a record carries this mark."""
        self.flush()
        return self._tx.execute(_MARK, {"mark": mark}).first() is not None

    def keys_of(self, device: str) -> dict[str, bytes]:
        """Return the public keys of the users of one laptop."""
        if device not in self._keys:
            rows = self._tx.execute(select(user_key.c.user, user_key.c.key).where(user_key.c.device == device))
            self._keys[device] = {row.user: row.key for row in rows}
        return self._keys[device]

    def put_key(self, device: str, user: str, key: bytes) -> None:
        """Store a user's public key."""
        self.keys_of(device)[user] = key
        statement = insert(user_key).values(device=device, user=user, key=key)
        self._tx.execute(statement.on_conflict_do_update(index_elements=["device", "user"], set_={"key": key}))

    def block(self, lease_id: str) -> Block | None:
        """Return the numbers of a lease that headquarters granted."""
        row = self._tx.execute(select(lease).where(lease.c.id == lease_id)).first()
        return (
            None
            if row is None
            else Block(device=row.device, series=f"{row.issuer}|{row.form}|{row.year}", first=row.first, last=row.last)
        )


class MemoryRecords:
    """Records of a replay; leases come from the database, they are headquarters' own word."""

    def __init__(self, stored: StoredRecords) -> None:
        self._stored = stored
        self.records: dict[tuple[str, str], Record] = {}
        self.keys: dict[str, dict[str, bytes]] = {}
        self._marks: set[str] = set()

    def get(self, kind: str, subject: str) -> Record | None:
        """Return one record."""
        return self.records.get((kind, subject))

    def put(self, one: Record) -> None:
        """Store it, over the one before."""
        self.records[one.type, one.id] = one
        if one.mark is not None:
            self._marks.add(one.mark)

    def has_mark(self, mark: str) -> bool:
        """Whether a record carries this mark."""
        return mark in self._marks

    def keys_of(self, device: str) -> dict[str, bytes]:
        """Return the public keys of the users of one laptop."""
        return self.keys.get(device, {})

    def put_key(self, device: str, user: str, key: bytes) -> None:
        """Store a user's public key."""
        self.keys.setdefault(device, {})[user] = key

    def block(self, lease_id: str) -> Block | None:
        """Return the numbers of a lease that headquarters granted."""
        return self._stored.block(lease_id)
