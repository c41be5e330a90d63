"""Each way a store can't be opened is its own error, and nothing is lost by it."""

from __future__ import annotations

import shutil
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from inspector import paths
from inspector.errors import (
    AlreadyOpen,
    NotAllowed,
    ProfileMissing,
    StorageFull,
    StoreDamaged,
    StoreTooNew,
    WrongPassphrase,
)
from inspector.store import keyring, vault
from inspector.store.lock import ProfileLock
from tests.builders import PASSPHRASE, ZHANG, FakeClock


def key_of(profile: Path) -> bytes:
    return keyring.open_user(keyring.read(paths.keyring_file(profile)), ZHANG, PASSPHRASE)[0]


def snapshot(profile: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in profile.iterdir()}


def test_a_wrong_passphrase_opens_nothing(profile: Path) -> None:
    before = snapshot(profile)
    with pytest.raises(WrongPassphrase):
        keyring.open_user(keyring.read(paths.keyring_file(profile)), ZHANG, "not it")
    assert snapshot(profile) == before


def test_a_wrap_does_not_open_for_another_user(profile: Path) -> None:
    ring = keyring.read(paths.keyring_file(profile))
    assert ring.users[0].wrapped != ring.users[1].wrapped
    swapped = [*ring.users[1:], ring.users[0]]
    forged = keyring.Keyring(
        device=ring.device, device_name="", office_name="", is_training=True, cost=ring.cost, recovery=ring.recovery,
        users=[
            keyring.KeyringUser(
                id=mine.id, name=mine.name, cert_no="", cert_from="", cert_to="", wrapped=other.wrapped
            )
            for mine, other in zip(ring.users, swapped, strict=True)
        ],
    )  # fmt: skip
    with pytest.raises(WrongPassphrase):
        keyring.open_user(forged, ZHANG, PASSPHRASE)


@pytest.mark.parametrize("name", ["inspector.db", "evidence.db"])
def test_a_damaged_file_is_said_to_be_damaged_and_left_alone(profile: Path, name: str) -> None:
    raw = bytearray((profile / name).read_bytes())
    raw[20:2000] = bytes(1980)
    (profile / name).write_bytes(raw)
    with pytest.raises(StoreDamaged) as caught:
        vault.unlock(profile, key_of(profile), FakeClock())
    assert caught.value.facts["file"] == name
    assert (profile / name).read_bytes() == bytes(raw)


def test_a_missing_database_beside_a_keyring_is_damage_not_a_new_start(profile: Path) -> None:
    paths.journal_file(profile).unlink()
    with pytest.raises(StoreDamaged):
        vault.unlock(profile, key_of(profile), FakeClock())
    assert not paths.journal_file(profile).exists()


def test_a_broken_keyring_is_damage(profile: Path) -> None:
    paths.keyring_file(profile).write_text('{"v": 1}')
    with pytest.raises(StoreDamaged):
        keyring.read(paths.keyring_file(profile))


def test_no_profile_is_said_so(tmp_path: Path) -> None:
    with pytest.raises(ProfileMissing):
        keyring.read(paths.keyring_file(tmp_path / "nowhere"))


def test_a_newer_store_is_refused_before_any_write(profile: Path) -> None:
    key = key_of(profile)
    opened = vault.unlock(profile, key, FakeClock())
    with opened.gateway.write() as tx:
        row = {"migration_set": "inspector", "name": "v999_of_the_future", "applied_at": ""}
        tx.insert("_sqlite_migrations", row)
    opened.close()
    before = snapshot(profile)
    with pytest.raises(StoreTooNew) as caught:
        vault.unlock(profile, key, FakeClock())
    assert caught.value.facts["step"] == "v999_of_the_future"
    assert snapshot(profile)["inspector.db"] == before["inspector.db"]


def test_a_second_process_is_told_who_holds_the_profile(profile: Path) -> None:
    lock = ProfileLock(paths.lock_file(profile))
    script = (
        "import sys; from pathlib import Path; from inspector.store.lock import ProfileLock\n"
        "from inspector.errors import AlreadyOpen\n"
        "try: ProfileLock(Path(sys.argv[1]))\n"
        "except AlreadyOpen as error: print(error.facts['pid'])"
    )
    run = [sys.executable, "-c", script, str(paths.lock_file(profile))]
    import os

    told = subprocess.run(run, capture_output=True, text=True, check=True, cwd=Path(__file__).parents[2]).stdout
    assert int(told) == os.getpid()
    with pytest.raises(AlreadyOpen):
        ProfileLock(paths.lock_file(profile))
    lock.close()
    ProfileLock(paths.lock_file(profile)).close()


def test_a_full_database_keeps_what_was_saved(profile: Path) -> None:
    opened = vault.unlock(profile, key_of(profile), FakeClock())
    opened.blobs.put(b"saved", 0)
    with opened.evidence.bare() as database:
        pages = database.conn.execute("pragma page_count").fetchone()[0]
        database.conn.execute(f"pragma max_page_count = {pages + 2}")
    with pytest.raises(StorageFull):
        opened.blobs.put(bytes(3 << 20), 0)
    assert len(opened.blobs.names()) == 1
    assert opened.blobs.read(opened.blobs.names()[0]) == b"saved"
    opened.close()


def test_a_torn_log_tail_loses_only_what_was_not_saved(profile: Path, tmp_path: Path) -> None:
    opened = vault.unlock(profile, key_of(profile), FakeClock())
    for n in range(5):
        with opened.gateway.write() as tx:
            tx.upsert("setting", {"name": f"n{n}", "value": str(n)}, key="name")
    copy = tmp_path / "copy"
    shutil.copytree(profile, copy)
    opened.close()
    wal = copy / "inspector.db-wal"
    raw = wal.read_bytes()
    wal.write_bytes(raw[: len(raw) - 100])
    again = vault.unlock(copy, key_of(copy), FakeClock())
    with again.gateway.read() as tx:
        kept = [row["name"] for row in tx.rows("select name from setting where name like 'n_' order by name")]
        assert tx.value("pragma integrity_check") == "ok"
    again.close()
    assert kept == [f"n{n}" for n in range(len(kept))]
    assert len(kept) >= 4


@pytest.mark.parametrize("name", ["inspector.db", "evidence.db"])
def test_without_the_index_of_the_log_all_threads_take_turns(profile: Path, name: str) -> None:
    """As on a full disk: nothing can be put where the index of the log belongs, yet everything can be read."""
    (profile / f"{name}-shm").symlink_to(profile / "nowhere" / "index")
    opened = vault.unlock(profile, key_of(profile), FakeClock())

    def work(n: int) -> list[str]:
        blob = opened.blobs.put(f"photo {n}".encode(), 0)
        with opened.gateway.write() as tx:
            tx.upsert("setting", {"name": f"n{n}", "value": blob.sha256}, key="name")
        with opened.gateway.read() as tx:
            return [opened.blobs.read(row["value"]).decode() for row in tx.rows("select value from setting")]

    with opened.gateway.write() as tx:
        tx.run("delete from setting")
    with ThreadPoolExecutor(4) as pool:
        told = list(pool.map(work, range(12)))
    assert all(f"photo {n}" in seen for n, seen in enumerate(told))
    opened.close()
    with pytest.raises(NotAllowed):
        opened.gateway.read().__enter__()
    (profile / f"{name}-shm").unlink()
    again = vault.unlock(profile, key_of(profile), FakeClock())
    assert len(again.blobs.names()) == 12
    again.close()
