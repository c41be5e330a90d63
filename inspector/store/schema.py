"""Opens a database at the newest schema: refuses newer stores, copies before a step, puts the copy back on failure."""

from __future__ import annotations

import shutil
from contextlib import suppress
from pathlib import Path

from sqlite_utils import Migrations

from inspector.errors import StoreDamaged, StoreTooNew
from inspector.store import driver
from inspector.store.errors import translated_files
from inspector.store.gateway import Gateway
from inspector.store.migrations import evidence_v002_caches as evidence_v002
from inspector.store.migrations import v001_first_schema as v001
from inspector.store.migrations import v002_print_and_serving as v002
from inspector.store.migrations import v003_evidence_that_stands_up as v003
from inspector.store.migrations import v004_flawless_notices as v004

JOURNAL_STEPS = Migrations("inspector")
EVIDENCE_STEPS = Migrations("evidence")

JOURNAL_SCHEMA = v001.SCHEMA + v002.SCHEMA + v003.SCHEMA + v004.SCHEMA
"""What all steps together make of an empty inspector.db."""

EVIDENCE_SCHEMA = v001.EVIDENCE + evidence_v002.SCHEMA
"""The same for evidence.db."""


def run_script(database: driver.Database, script: str) -> None:
    """Execute a script statement by statement inside the caller's transaction."""
    # executescript would commit the migration's transaction; statements go one by one.
    statement = ""
    for line in script.splitlines(keepends=True):
        statement += line
        if driver.is_complete(statement):
            if statement.strip():
                database.conn.execute(statement)
            statement = ""


@JOURNAL_STEPS(name="v001_first_schema")
def _journal_v001(database: driver.Database) -> None:
    run_script(database, v001.SCHEMA)


@JOURNAL_STEPS(name="v002_print_and_serving")
def _journal_v002(database: driver.Database) -> None:
    run_script(database, v002.SCHEMA)


@JOURNAL_STEPS(name="v003_evidence_that_stands_up")
def _journal_v003(database: driver.Database) -> None:
    run_script(database, v003.SCHEMA)


@JOURNAL_STEPS(name="v004_flawless_notices")
def _journal_v004(database: driver.Database) -> None:
    run_script(database, v004.SCHEMA)


@EVIDENCE_STEPS(name="v001_first_schema")
def _evidence_v001(database: driver.Database) -> None:
    run_script(database, v001.EVIDENCE)


@EVIDENCE_STEPS(name="v002_caches")
def _evidence_v002(database: driver.Database) -> None:
    run_script(database, evidence_v002.SCHEMA)


def prepare(gateway: Gateway, steps: Migrations) -> None:
    """Bring the store to the newest schema. Raises StoreTooNew (nothing changed), StoreDamaged, StorageFull."""
    is_new = not gateway.path.exists()
    with gateway.bare() as database:
        applied = [step.name for step in steps.applied(database)]
        known = {step.name for step in steps.pending(database)} | set(applied) & _names(steps)
        unknown = [name for name in applied if name not in known]
        if unknown:
            raise StoreTooNew(step=unknown[0])
        if not steps.pending(database):
            return
        if is_new:
            steps.apply(database)
            return
    _apply_with_copy(gateway, steps)


def _names(steps: Migrations) -> set[str]:
    return {step.name for step in steps.pending(driver.in_memory())}


def _apply_with_copy(gateway: Gateway, steps: Migrations) -> None:
    copy = gateway.path.with_suffix(".before-upgrade")
    with gateway.bare() as database:
        database.conn.execute("pragma wal_checkpoint(truncate)").fetchone()
    _write_copy(gateway.path, copy)
    try:
        with gateway.bare() as database:
            steps.apply(database)
            _demand_integrity(database, gateway.path.name)
    except BaseException:
        gateway.close()
        _put_back(copy, gateway.path)
        raise


def _write_copy(path: Path, copy: Path) -> None:
    try:
        with translated_files(copy.name):
            shutil.copy2(path, copy)
    except BaseException:
        with suppress(OSError):
            copy.unlink(missing_ok=True)
        raise


def _demand_integrity(database: driver.Database, file: str) -> None:
    told = str(database.conn.execute("pragma integrity_check").fetchone()[0])
    if told != "ok":
        raise StoreDamaged(file=file, cause=told)


def _put_back(copy: Path, path: Path) -> None:
    for suffix in ("-wal", "-shm"):
        path.with_name(path.name + suffix).unlink(missing_ok=True)
    copy.replace(path)
