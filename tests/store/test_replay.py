"""Verify finds whatever differs from what was signed."""

from __future__ import annotations

from pathlib import Path

import pytest

from inspector.crypto.digests import CHUNK
from inspector.law import forms
from inspector.store import driver, projection
from inspector.store.replay import Verified, verify
from inspector.store.vault import Vault


def checked(opened: Vault) -> Verified:
    return verify(
        opened.gateway, opened.blobs, device=opened.device, key=opened.device_key.public, genesis=opened.genesis
    )


def test_a_fresh_profile_is_clean(opened: Vault) -> None:
    found = checked(opened)
    assert found.is_clean
    assert found.entries == 5 + len(forms.numbered())  # enrolment, two register pages, two accounts, the leases


@pytest.mark.parametrize(
    ("sql", "fault"),
    [
        ("update site set phone = '1'", "rows_differ"),
        ("delete from officer", "rows_differ"),
        ("update lease set next_number = 7", "rows_differ"),
        ("insert into head values ('x', 'y', 'z')", "rows_differ"),
    ],
)
def test_a_row_changed_behind_the_journal_is_named(opened: Vault, sql: str, fault: str) -> None:
    with opened.gateway.write() as tx:
        tx.run(sql)
    assert [one.what for one in checked(opened).faults] == [fault]


@pytest.mark.parametrize("column", ["bytes", "sig"])
def test_one_flipped_bit_in_an_entry_is_named(opened: Vault, column: str) -> None:
    with opened.gateway.write() as tx:
        tx.run("drop trigger entry_is_final")
        raw = bytearray(tx.value(f"select {column} from entry where seq = 3"))
        raw[len(raw) // 2] ^= 1
        tx.run(f"update entry set {column} = :raw where seq = 3", {"raw": bytes(raw)})
    assert checked(opened).faults[0].where == "entry 3"


def test_a_removed_entry_is_named(opened: Vault) -> None:
    with opened.gateway.write() as tx:
        tx.run("drop trigger entry_stays")
        tx.run("delete from entry where seq = 2")
    assert checked(opened).faults[0].where == "entry 2"


def test_a_changed_blob_and_an_orphan_are_told_apart(opened: Vault) -> None:
    blob = opened.blobs.put(b"\x00" * (CHUNK + 5), 0)
    assert checked(opened).is_clean
    assert checked(opened).found_files == (blob.sha256,)
    with opened.evidence.write() as tx:
        tx.run("drop trigger chunk_is_final")
        tx.run("update chunk set bytes = x'01' where n = 1")
    assert [(one.where, one.what) for one in checked(opened).faults] == [(blob.sha256, "blob_changed")]


def test_a_blob_never_changes_and_never_goes(opened: Vault) -> None:
    opened.blobs.put(b"evidence", 0)
    for sql in ("update chunk set bytes = x'00'", "delete from chunk", "delete from blob", "update blob set size = 1"):
        with pytest.raises(driver.DriverError, match="a blob never"), opened.evidence.write() as tx:
            tx.run(sql)


def test_the_same_bytes_are_stored_once(opened: Vault) -> None:
    first, again = opened.blobs.put(b"twin" * 400_000, 0), opened.blobs.put(b"twin" * 400_000, 1)
    assert first == again
    with opened.evidence.read() as tx:
        assert tx.value("select count(*) from chunk") == 2
        assert tx.value("select count(*) from blob") == 1


def test_nothing_readable_lies_on_the_disk(opened: Vault, profile: Path) -> None:
    opened.blobs.put("现场照片的内容".encode() * 1000, 0)
    for path in profile.iterdir():
        raw = path.read_bytes()
        assert "现场照片".encode() not in raw
        assert "示例甲仓储".encode() not in raw
        assert not raw.startswith(b"SQLite format 3")


def test_every_projection_table_is_compared(opened: Vault) -> None:
    with opened.gateway.read() as tx:
        tables = {
            row["name"]
            for row in tx.rows("select name from sqlite_master where type = 'table'")
            if not row["name"].startswith(("sqlite_", "_sqlite", "site_search"))
        }
    others = {"entry", "secret", "setting", "draft", "receipt", "transfer"}
    assert tables == set(projection.PROJECTED) | others
