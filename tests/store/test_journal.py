"""One act, one signed entry, one transaction."""

from __future__ import annotations

from contextlib import suppress

import pytest

from inspector.crypto import signing
from inspector.errors import StorageFull
from inspector.protocol.chain import check_link
from inspector.protocol.entry import decode, digest
from inspector.store import driver, journal, projection, sites
from inspector.store.journal import Act
from inspector.store.vault import Vault
from tests.builders import ZHANG

SITE = "site-sample-01"


def rename(opened: Vault, name: str) -> None:
    with opened.gateway.write() as tx:
        opened.journal.record(tx, Act(kind="patch", type="site", subject=SITE, changes={"name": name}), actor=ZHANG)


def test_an_act_changes_rows_and_journal_together(opened: Vault) -> None:
    rename(opened, "示例改名有限公司")
    with opened.gateway.read() as tx:
        assert sites.get(tx, SITE).name == "示例改名有限公司"
        seq, _ = journal.position(tx, opened.genesis)
        entry = check_link(
            journal.after(tx, seq - 1, 1)[0],
            device=opened.device,
            seq=seq,
            prev=digest(journal.after(tx, seq - 2, 1)[0].bytes).hex(),
            key=opened.device_key.public,
            verify=signing.verify,
        )
    assert entry.set == {"name": "示例改名有限公司"}
    assert entry.old == {"name": "示例甲仓储有限公司"}
    assert entry.actor == ZHANG
    assert len(entry.base) == 0  # the site came with the register: nobody had touched it by an entry of its own


def test_a_failed_projection_keeps_no_entry(opened: Vault, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise StorageFull(cause="test")

    with opened.gateway.read() as tx:
        before = journal.position(tx, opened.genesis)
    monkeypatch.setattr(projection, "apply", fail)
    with pytest.raises(StorageFull):
        rename(opened, "never")
    with opened.gateway.read() as tx:
        assert journal.position(tx, opened.genesis) == before
        assert sites.get(tx, SITE).name != "never"


def test_the_second_change_names_the_first_as_its_base(opened: Vault) -> None:
    rename(opened, "甲")
    rename(opened, "乙")
    with opened.gateway.read() as tx:
        seq, head = journal.position(tx, opened.genesis)
        first, second = journal.after(tx, seq - 2, 2)
    assert digest(second.bytes).hex() == head
    assert decode(second.bytes).base == [digest(first.bytes).hex()]


@pytest.mark.parametrize("sql", ["update entry set wall = 0", "delete from entry", "update entry set bytes = x'00'"])
def test_entries_never_change_and_never_go(opened: Vault, sql: str) -> None:
    with pytest.raises(driver.DriverError, match="an entry never"), opened.gateway.write() as tx:
        tx.run(sql)


def test_text_is_kept_as_it_was_typed(opened: Vault) -> None:
    rename(opened, "示例①ﬁ㎏é é")  # NFC and NFKC would change each of these
    with opened.gateway.read() as tx:
        assert sites.get(tx, SITE).name == "示例①ﬁ㎏é é"


def test_what_is_owed_is_recorded_once_before_the_next_act_that_stays(opened: Vault) -> None:
    with opened.gateway.read() as tx:
        last, _ = journal.position(tx, opened.genesis)
    unlocked = Act(kind="unlock", type="device", subject=opened.device, changes={"unlocked_at": "then"})
    opened.journal.owe(unlocked, actor=ZHANG, after=last)
    with suppress(StorageFull), opened.gateway.write() as tx:
        opened.journal.record(tx, Act(kind="patch", type="site", subject=SITE, changes={"name": "无"}), actor=ZHANG)
        raise StorageFull(cause="test")
    rename(opened, "甲")
    rename(opened, "乙")
    with opened.gateway.read() as tx:
        told = [decode(signed.bytes) for signed in journal.after(tx, last, 9)]
    assert [(one.kind, one.set) for one in told] == [
        ("unlock", {"unlocked_at": "then"}),
        ("patch", {"name": "甲"}),
        ("patch", {"name": "乙"}),
    ]
