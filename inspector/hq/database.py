"""Opens headquarters' database and hands out transactions; the only module that knows it is SQLite."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from alembic import command
from alembic.config import Config
from alembic.util import CommandError
from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.exc import OperationalError

from inspector.errors import StoreTooNew
from inspector.hq.problem import Refusal

MIGRATIONS = Path(__file__).parent / "migrations"
_PRAGMAS = (
    "pragma journal_mode = wal",
    "pragma synchronous = full",  # a commit is on the disk before it is answered
    "pragma foreign_keys = on",
    "pragma busy_timeout = 15000",
)


class Database:
    """One file; any thread may use it. A writer waits its turn in this process, and 15 s for other processes."""

    def __init__(self, file: Path) -> None:
        self._engine = _engine(file)
        self._turn = threading.Lock()

    def upgrade(self) -> None:
        """Bring the schema to this program's version, in one transaction. Raises StoreTooNew."""
        config = Config()
        config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
        try:
            with self._turn, self._engine.begin() as connection:
                config.attributes["connection"] = connection
                command.upgrade(config, "head")
        except CommandError as error:
            raise StoreTooNew(step=str(error)) from error

    @contextmanager
    def write(self) -> Iterator[Connection]:
        """Open a transaction that holds the write lock from its start; commits whole or not at all.

        Raises Refusal storage_full or busy.
        """
        with _translated(), self._turn, self._engine.begin() as connection:
            yield connection

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """Open a transaction that sees one snapshot and changes nothing. Raises Refusal busy."""
        with _translated(), self._engine.connect() as connection:
            connection.execution_options(is_reading=True)
            with connection.begin():
                yield connection

    def close(self) -> None:
        """Close every connection."""
        self._engine.dispose()


def _engine(file: Path) -> Engine:
    engine = create_engine(f"sqlite:///{file}", pool_size=8, max_overflow=64)

    def on_connect(connection: Any, _record: object) -> None:
        connection.isolation_level = None  # the driver must not begin on its own
        for pragma in _PRAGMAS:
            connection.execute(pragma)

    def on_begin(connection: Connection) -> None:
        is_reading = connection.get_execution_options().get("is_reading", False)
        connection.exec_driver_sql("begin" if is_reading else "begin immediate")

    event.listen(engine, "connect", on_connect)
    event.listen(engine, "begin", on_begin)
    return engine


@contextmanager
def _translated() -> Iterator[None]:
    try:
        yield
    except OperationalError as error:
        cause = str(error.orig)
        if "full" in cause:
            raise Refusal("storage_full") from error
        if "locked" in cause or "busy" in cause:
            raise Refusal("busy") from error
        raise
