"""The one place that knows the SQLite driver: sqlcipher3 under sqlite-utils."""

from __future__ import annotations

import sqlite3
import sys
import threading
from collections.abc import Callable
from importlib.abc import MetaPathFinder
from pathlib import Path
from typing import Any, cast

import sqlcipher3  # pyright: ignore[reportMissingTypeStubs]
from sqlcipher3 import dbapi2 as _untyped  # pyright: ignore[reportMissingTypeStubs]

dbapi2 = cast("Any", _untyped)  # a C module without stubs; it has the shape of sqlite3

# sqlite-utils looks for pysqlite3 first; it must find the encrypted driver, or its own error handling never matches.
sys.modules.setdefault("pysqlite3", sqlcipher3)
sys.modules.setdefault("pysqlite3.dbapi2", _untyped)


class _WithoutTables(MetaPathFinder):
    """Hides numpy and pandas from sqlite-utils on this thread: it would load them for nothing, 0.2 s at every start."""

    def __init__(self) -> None:
        self._thread = threading.get_ident()

    def find_spec(self, fullname: str, _path: object, _target: object = None) -> None:
        if fullname in ("numpy", "pandas") and threading.get_ident() == self._thread:
            raise ImportError(name=fullname)


_hidden = _WithoutTables()
sys.meta_path.insert(0, _hidden)
try:
    import sqlite_utils
finally:
    sys.meta_path.remove(_hidden)

DriverError: type[sqlite3.DatabaseError] = dbapi2.DatabaseError
"""The driver's own class: sqlite3.DatabaseError never matches it."""
_connect: Callable[..., sqlite3.Connection] = dbapi2.connect
Database = sqlite_utils.Database

BUSY_MS = 5_000


def connect(path: Path, key: bytes, *, page_bytes: int, is_alone: bool = False) -> Database:
    """Open (or create) an encrypted database; WAL, synchronous=FULL: a committed row survives a power cut.

    `key` is the 32-byte vault key (used raw, so that opening takes half a millisecond). A connection that `is_alone`
    keeps the index of the log in memory: it opens on a full disk, and suffers no other. Raises the driver's
    DatabaseError; the gateway translates it.
    """
    connection = _connect(str(path), isolation_level=None, check_same_thread=False)
    try:
        connection.execute("pragma cipher_log_level = NONE")
        connection.execute(f"pragma key = \"x'{key.hex()}'\"")
        connection.execute(f"pragma cipher_page_size = {page_bytes}")
        connection.execute(f"pragma busy_timeout = {BUSY_MS}")
        if is_alone:  # sqlite.org/wal.html §8: set before the first look into the log, no shared memory is used
            connection.execute("pragma locking_mode = exclusive").fetchone()
        connection.execute("pragma journal_mode = wal").fetchone()
        connection.execute("pragma synchronous = full")
        connection.execute("pragma foreign_keys = on")
        return Database(connection, execute_plugins=False)
    except BaseException:
        connection.close()
        raise


def in_memory() -> Database:
    """Return an empty database that never touches the disk: verify replays the journal into it."""
    connection = _connect(":memory:", isolation_level=None)
    return Database(connection, execute_plugins=False)


def is_complete(statement: str) -> bool:
    """Whether the text ends a statement (triggers hold semicolons of their own)."""
    return bool(dbapi2.complete_statement(statement))
