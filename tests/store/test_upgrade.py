"""A store of an earlier version opens with its work in it."""

from __future__ import annotations

import errno
import os
import re
from dataclasses import replace
from pathlib import Path

import pytest

from inspector.app import unlock
from inspector.errors import StorageFull
from inspector.store import driver, schema
from inspector.store.gateway import Tx
from inspector.store.migrations import v001_first_schema as v001
from inspector.store.migrations import v002_print_and_serving as v002
from inspector.store.migrations import v003_evidence_that_stands_up as v003
from inspector.store.migrations import v004_flawless_notices as v004
from inspector.store.schema import run_script
from tests.builders import PASSPHRASE, ZHANG, FakeClock
from tests.services.visit import a_visit

OBJECTS = "select sql from sqlite_master where sql is not null and name not like '%_sqlite%' order by name"


def objects(tx: Tx) -> list[str]:
    return [row["sql"] for row in tx.rows(OBJECTS)]


NEWER = (
    "number_return", "sheet", "sealed_copy", "pen_signature", "signed_page", "pack_install", "library", "soft_step",
    "check_result", "custody", "film_gap", "recheck", "clap", "clip", "recording", "serving", "print_run",
)  # fmt: skip


def as_version_0_1_0(tx: Tx) -> None:
    """Take away what came after, so that the store is what 0.1.0 left."""
    for table in NEWER:
        tx.run(f"drop table {table}")
    tx.run("drop trigger filled_is_frozen")
    for table, column in re.findall(r"alter table (\w+) add column (\w+)", v004.SCHEMA):
        tx.run(f"alter table {table} drop column {column}")
    tx.run("delete from _sqlite_migrations where name > 'v002'")
    first = driver.in_memory()
    run_script(first, v001.SCHEMA)
    columns = [row["name"] for row in Tx(first, is_writing=False).rows("pragma table_info(evidence)")]
    kept = tx.rows(f"select {', '.join(columns)} from evidence")
    tx.run("drop table evidence")
    for row in Tx(first, is_writing=False).rows(
        "select sql from sqlite_master where tbl_name = 'evidence' and sql <> ''"
    ):
        tx.run(row["sql"])
    for row in kept:
        tx.insert("evidence", row)
    assert objects(tx) == objects(Tx(first, is_writing=False))


def test_a_store_of_0_1_0_keeps_its_open_inspection(profile: Path) -> None:
    clock = FakeClock()
    app = unlock(profile, ZHANG, PASSPHRASE, clock=clock)
    visit = a_visit(app, clock, hazards=2)
    unheard_of = {"approval_no": "", "approved_at": None, "approved_by": "", "entry_code": ""}
    before = app.hazards.of(visit), replace(app.inspections.get(visit), **unheard_of)
    with app._session.vault.gateway.write() as tx:
        as_version_0_1_0(tx)
    app.close()

    app = unlock(profile, ZHANG, PASSPHRASE, clock=clock)
    assert (app.hazards.of(visit), app.inspections.get(visit)) == before
    app.inspections.patch(visit, note="升级后继续")
    # The journal of the tests tells both of things for which 0.1.0 had no column; nothing else may differ.
    assert {fault.where for fault in app.audit.verify().faults} == {"office", "inspection"}
    with app._session.vault.gateway.read() as tx:
        assert tx.value("select count(*) from print_run") == 0
    app.close()
    assert (profile / "inspector.before-upgrade").is_file()


def test_a_step_that_finds_no_room_for_its_copy_changes_nothing(profile: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    app = unlock(profile, ZHANG, PASSPHRASE)
    with app._session.vault.gateway.write() as tx:
        as_version_0_1_0(tx)
    app.close()
    before = (profile / "inspector.db").read_bytes()

    def half(_path: Path, copy: Path) -> None:
        copy.write_bytes(before[:4096])
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    with monkeypatch.context() as full:
        full.setattr(schema.shutil, "copy2", half)
        with pytest.raises(StorageFull):
            unlock(profile, ZHANG, PASSPHRASE)
    assert (profile / "inspector.db").read_bytes() == before
    assert not (profile / "inspector.before-upgrade").exists()
    unlock(profile, ZHANG, PASSPHRASE).close()


def test_later_steps_add_and_change_nothing_that_stands() -> None:
    assert "alter" not in v002.SCHEMA.lower()
    for later in (v003.SCHEMA, v004.SCHEMA):
        assert all("add column" in line for line in later.splitlines() if line.startswith("alter"))
    assert "drop" not in (v002.SCHEMA + v003.SCHEMA + v004.SCHEMA).lower()
