"""Connections of one encrypted database: one a thread, one write lock, and Tx, a database inside a transaction."""

from __future__ import annotations

import threading
from collections.abc import Generator, Iterator, Mapping
from contextlib import contextmanager, nullcontext
from pathlib import Path
from typing import Any, cast

from inspector import mainthread
from inspector.errors import NotAllowed
from inspector.store import driver
from inspector.store.errors import is_want_of_room, translated

Value = None | int | float | str | bytes
Row = dict[str, Any]


class Tx:
    """A database inside a transaction; only the gateway makes one, so holding it proves that one is open."""

    def __init__(self, database: driver.Database, *, is_writing: bool) -> None:
        self.database = database
        self.is_writing = is_writing

    def rows(self, sql: str, values: Mapping[str, Value] | None = None) -> list[Row]:
        """Return every row of a query as a dict."""
        return list(self._query(sql, values))

    def row(self, sql: str, values: Mapping[str, Value] | None = None) -> Row | None:
        """Return the first row or None."""
        return next(self._query(sql, values), None)

    def value(self, sql: str, values: Mapping[str, Value] | None = None) -> Any:
        """Return the first column of the first row or None."""
        found = self.row(sql, values)
        return next(iter(found.values())) if found else None

    def _query(self, sql: str, values: Mapping[str, Value] | None) -> Iterator[Row]:
        return cast("Iterator[Row]", self.database.query(sql, dict(values or {})))  # pyright: ignore[reportUnknownMemberType]

    def run(self, sql: str, values: Mapping[str, Value] | None = None) -> int:
        """Execute a statement and return how many rows it changed."""
        return int(self.database.conn.execute(sql, dict(values or {})).rowcount)

    def insert(self, table: str, row: Mapping[str, Value]) -> int:
        """Insert one row and return its rowid."""
        names = ", ".join(row)
        marks = ", ".join(f":{name}" for name in row)
        cursor = self.database.conn.execute(f"insert into {table} ({names}) values ({marks})", dict(row))  # noqa: S608 - names are ours
        return int(cursor.lastrowid or 0)

    def upsert(self, table: str, row: Mapping[str, Value], *, key: str) -> None:
        """Insert a row or replace the other columns of the row with the same `key`."""
        names = ", ".join(row)
        marks = ", ".join(f":{name}" for name in row)
        updates = ", ".join(f"{name} = excluded.{name}" for name in row if name != key)
        sql = f"insert into {table} ({names}) values ({marks}) on conflict ({key}) do update set {updates}"  # noqa: S608 - names are ours
        self.database.conn.execute(sql, dict(row))


class Gateway:
    """One database file. Reads run beside one another; writes one after the other.

    Where the disk has no room for the index that connections share, one connection serves all threads in turn: what
    is stored can be read, and writing works again as soon as there is room.
    """

    def __init__(self, path: Path, key: bytes, *, page_bytes: int = 4096) -> None:
        self.path = path
        self._key: bytes | None = key
        self._page_bytes = page_bytes
        self._local = threading.local()
        self._all: list[driver.Database] = []
        self._alone: driver.Database | None = None
        self._opening = threading.Lock()
        self._writing = threading.RLock()

    @contextmanager
    def read(self) -> Generator[Tx]:
        """Give one consistent snapshot. Raises StoreDamaged, StoreBusy, NotAllowed(locked) after `close`."""
        mainthread.refuse("store")
        with translated(self.path), self._reading() as database, database.atomic():
            yield Tx(database, is_writing=False)

    @contextmanager
    def write(self) -> Generator[Tx]:
        """Give a transaction that is durable when the block ends, or undone whole. Raises StorageFull and others."""
        mainthread.refuse("store")
        with self._writing, translated(self.path), self._database().atomic() as database:
            yield Tx(database, is_writing=True)

    @contextmanager
    def bare(self) -> Generator[driver.Database]:
        """Give the connection outside a transaction: schema steps, checks, backup."""
        mainthread.refuse("store")
        with self._writing, translated(self.path):
            yield self._database()

    def close(self) -> None:
        """Forget the key and close every connection once nobody writes; the last one folds the WAL into the file."""
        with self._writing, self._opening:
            self._key = None
            for database in self._all:
                database.conn.close()
            self._all.clear()
            self._alone = None
            self._local = threading.local()

    @contextmanager
    def _reading(self) -> Generator[driver.Database]:
        database = self._database()
        with self._writing if self._alone is not None else nullcontext():
            yield database

    def _database(self) -> driver.Database:
        found: driver.Database | None = self._alone or getattr(self._local, "database", None)
        if found is None:
            with self._opening:
                if self._key is None:
                    raise NotAllowed(reason="locked")
                found = self._connected(self._key)
                self._all.append(found)
                self._local.database = found
        return found

    def _connected(self, key: bytes) -> driver.Database:
        try:
            return driver.connect(self.path, key, page_bytes=self._page_bytes)
        except driver.DriverError as error:
            if self._all or not is_want_of_room(error):
                raise
        self._alone = driver.connect(self.path, key, page_bytes=self._page_bytes, is_alone=True)
        return self._alone
