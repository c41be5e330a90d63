"""check finds what was changed; export holds everything; the migrations make the schema."""

from __future__ import annotations

import base64
import hashlib
import json
import random
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import msgspec
import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext

from inspector.crypto.signing import verify
from inspector.errors import NotAllowed, StoreTooNew
from inspector.hq import check, ledger
from inspector.hq.blobs import blob_path
from inspector.hq.export import export
from inspector.hq.problem import Refusal
from inspector.hq.schema import METADATA
from inspector.hq.service import HqService
from inspector.ids import new_id
from inspector.protocol.entry import DEVICE_CONTEXT, USER_CONTEXT, digest, genesis
from inspector.protocol.messages import CERTIFICATE_CONTEXT, CHUNK, RECEIPT_CONTEXT, LeaseGrant, LeaseRequest, Offers
from tests.hq.laptop import TestClock, content, enrolled, offer_of, upload

BLOB = content(2 * CHUNK + 5)


@pytest.fixture
def full(service: HqService, clock: TestClock) -> HqService:
    """A headquarters with one of everything, over three days."""
    laptop, device = enrolled(service)
    inspection = laptop.write_day()
    service.push(device, laptop.push())
    clock.move(86_400_000)
    grant = service.lend(device, LeaseRequest(request=new_id(), form="ZLZG", year=2026, want=5)).grant
    lease = msgspec.json.decode(grant.body, type=LeaseGrant).lease
    notice = new_id()
    laptop.write("create", "notice", notice, inspection_id=inspection, state="draft")
    laptop.write("issue", "notice", notice, state="issued", lease_id=lease, sequence=1, signers=["officer-1"])
    laptop.write("create", "site", new_id(), sig=bytes(64))
    laptop.write("create", "site", new_id())
    service.push(device, laptop.push(6))
    clock.move(86_400_000)
    service.offer(device, Offers(blobs=[offer_of(BLOB)]))
    upload(service, device, BLOB, [(0, 3)])
    service.seal(device, hashlib.sha256(BLOB).hexdigest())
    laptop.write("create", "site", new_id(), prev="00" * 32)
    with pytest.raises(Refusal):
        service.push(device, laptop.push(10))
    return service


def test_a_full_headquarters_is_clean(full: HqService) -> None:
    report = check.check(full)
    assert report.faults == []
    assert (report.devices, report.entries, report.quarantined, report.blobs) == (1, 9, 2, 1)
    assert (report.receipts, report.blob_bytes, report.unnamed_files) == (3, len(BLOB), 0)


def test_one_flipped_byte_in_a_blob_is_found(full: HqService) -> None:
    file = full.folder / blob_path(hashlib.sha256(BLOB).hexdigest())
    raw = bytearray(file.read_bytes())
    raw[CHUNK + 7] ^= 1
    file.write_bytes(raw)
    assert check.check(full).faults == [(f"blob {hashlib.sha256(BLOB).hexdigest()}", "bytes")]
    file.unlink()
    assert check.check(full).faults == [(f"blob {hashlib.sha256(BLOB).hexdigest()}", "missing")]


COVERED = {
    "ledger": {"seq", "prev", "kind", "ref", "digest", "ms", "link"},
    "head": {"day", "seq", "body", "sig"},
    "register": {"kind", "id", "office", "fields"},
    "device": {"id", "office", "name", "key", "certificate", "certificate_sig", "enrolled_ms", "seq", "head"},
    "entry": {"device", "seq", "hash", "bytes", "sig", "user_sigs", "state", "why"},
    "foreign_entry": {"device", "seq", "hash", "bytes", "sig", "user_sigs", "why"},
    "user_key": {"device", "user", "key"},
    "record": {"type", "id", "fields", "head", "device", "mark"},
    "receipt": {"kind", "ref", "first", "last", "body", "sig"},
    "blob": {"sha256", "sm3", "size", "leaves"},
    "lease": {"id", "device", "form", "year", "first", "last", "body", "sig"},
}


@pytest.mark.parametrize("table", COVERED)
def test_one_flipped_byte_in_any_column_is_found(full: HqService, table: str) -> None:
    with bare(full) as connection:
        connection.execute(f"drop trigger if exists {table}_no_update")
        for column in sorted(COVERED[table]):
            query = f'select rowid, "{column}" from {table} where "{column}" is not null order by rowid desc limit 1'
            row, value = connection.execute(query).fetchone()
            change(connection, table, column, (flipped(value), row))
            assert check.check(full).faults != [], f"{table}.{column}"
            if table != "ledger" or column != "seq":
                change(connection, table, column, (value, row))
                assert check.check(full).faults == []


@contextmanager
def bare(full: HqService) -> Iterator[sqlite3.Connection]:
    """The file as a burglar opens it: no foreign keys, every change at once."""
    with closing(sqlite3.connect(full.folder / "hq.db", isolation_level=None)) as connection:
        yield connection


def change(connection: sqlite3.Connection, table: str, column: str, values: tuple[object, int]) -> None:
    connection.execute(f'update {table} set "{column}" = ? where rowid = ?', values)


def flipped(value: object) -> object:
    if isinstance(value, int):
        return value + 1
    if isinstance(value, str):
        return value[:-1] + chr(ord(value[-1]) ^ 4) if value else "x"
    if isinstance(value, bytes):
        return value[:-1] + bytes([value[-1] ^ 1])
    raise TypeError(type(value))


def test_flipped_bytes_anywhere_in_stored_texts_are_found_in_the_file(full: HqService) -> None:
    with full.database.read() as tx:
        rows = tx.exec_driver_sql("select bytes from entry").scalars().all()
    full.database.close()
    file = full.folder / "hq.db"
    whole = file.read_bytes()
    assert not any(one.stat().st_size for one in full.folder.glob("hq.db-wal")), "all is in the one file"
    chooser = random.Random(7)
    for raw in rows:
        at = whole.index(raw) + chooser.randrange(len(raw))
        file.write_bytes(whole[:at] + bytes([whole[at] ^ (1 << chooser.randrange(7))]) + whole[at + 1 :])
        again = HqService(full.folder)
        assert check.check(again).faults != []
        again.close()
    file.write_bytes(whole)
    again = HqService(full.folder)
    assert check.check(again).faults == []
    again.close()


def test_a_shortened_history_is_found(full: HqService) -> None:
    with bare(full) as connection:
        connection.execute("drop trigger entry_no_delete")
        connection.execute("delete from entry where hq_seq = (select max(hq_seq) from entry)")
    codes = {code for _, code in check.check(full).faults}
    assert {"missing", "position", "columns"} <= codes


def test_final_rows_cannot_be_changed(full: HqService) -> None:
    for table in ("entry", "ledger", "receipt", "blob", "lease", "foreign_entry", "head"):
        for statement in (f"delete from {table}", f"update {table} set rowid = rowid"):
            with pytest.raises(Exception, match="rows are final"), full.database.write() as tx:
                tx.exec_driver_sql(statement)


def test_the_day_ends_with_a_signed_head(full: HqService) -> None:
    with full.database.read() as tx:
        heads = tx.exec_driver_sql("select day, seq, body, sig from head order by day").all()
        links = dict(tx.exec_driver_sql("select seq, link from ledger").all())
    assert [row.day for row in heads] == ["2026-11-22", "2026-11-23"]
    for row in heads:
        told = msgspec.json.decode(row.body, type=ledger.Head)
        assert verify(full.identity.key.public, row.sig, ledger.HEAD_CONTEXT + row.body)
        assert (told.day, told.seq, told.link) == (row.day, row.seq, links[row.seq])


# --- export --------------------------------------------------------------------------------


def jsonl(file: Path) -> list[dict]:
    return [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()]


def test_the_export_can_be_verified_without_us(full: HqService, tmp_path: Path) -> None:
    out = tmp_path / "export"
    counts = export(full, out)
    assert counts["entries.jsonl"] == 9
    server = json.loads((out / "server.json").read_text())
    key = base64.b64decode(server["public_key"])
    assert server["server_id"] == full.identity.server_id
    (device,) = jsonl(out / "devices.jsonl")
    body, sig = (base64.b64decode(device["certificate"][name]) for name in ("body", "sig"))
    assert verify(key, sig, CERTIFICATE_CONTEXT + body)
    certificate = json.loads(body)
    prev, users = genesis(body), {}
    for n, line in enumerate(jsonl(out / "entries.jsonl"), start=1):
        raw = base64.b64decode(line["bytes"])
        entry, mark = json.loads(raw), digest(raw)
        assert (line["seq"], entry["seq"], entry["prev"]) == (n, n, prev)
        prev = mark.hex()
        device_key = base64.b64decode(certificate["device_key"])
        assert verify(device_key, base64.b64decode(line["sig"]), DEVICE_CONTEXT + mark) == (line["why"] != "signature")
        if entry["type"] == "user":
            users[entry["subject"]] = bytes.fromhex(entry["set"]["public_key"])
        for one in line["user_sigs"]:
            assert verify(users[one["user"]], base64.b64decode(one["sig"]), USER_CONTEXT + mark)
    for line in jsonl(out / "receipts.jsonl"):
        assert verify(key, base64.b64decode(line["sig"]), RECEIPT_CONTEXT + base64.b64decode(line["body"]))
    (name,) = [one.name for one in (out / "blobs").rglob("*") if one.is_file()]
    assert (out / blob_path(name)).read_bytes() == BLOB
    assert jsonl(out / "ledger.jsonl")[-1]["seq"] == counts["ledger.jsonl"]
    register = json.loads((out / "register.json").read_text(encoding="utf-8"))
    assert [len(register[kind]) for kind in ("offices", "officers", "sites")] == [3, 3, 3]
    assert [line["why"] for line in jsonl(out / "quarantine.jsonl")] == ["fork"]
    with pytest.raises(NotAllowed):
        export(full, out)


# --- schema ----------------------------------------------------------------------------------


def test_the_steps_make_exactly_the_schema(service: HqService) -> None:
    with service.database.read() as tx:
        context = MigrationContext.configure(tx, opts={"compare_type": True, "compare_server_default": True})
        assert compare_metadata(context, METADATA) == []


def test_a_database_of_a_newer_program_is_left_alone(service: HqService) -> None:
    with service.database.write() as tx:
        tx.exec_driver_sql("update alembic_version set version_num = 'v999'")
    with pytest.raises(StoreTooNew):
        HqService(service.folder)
    with service.database.read() as tx:
        assert tx.exec_driver_sql("select version_num from alembic_version").scalar_one() == "v999"
