"""Brings down the register of offices, officers and sites, one signed page a transaction."""

from __future__ import annotations

from typing import Any

from inspector.protocol import entry
from inspector.store import journal, settings, transfers
from inspector.store.gateway import Tx
from inspector.store.journal import Act, Journal
from inspector.sync import kept, trust
from inspector.sync.run import Run
from inspector.sync.trust import Page


def pull(run: Run) -> bool:
    """Adopt every page after the cursor. Raises Offline, HqRefused, HqUntrusted.

    False: a record of the page has entries of ours that headquarters has not signed for; push first, then pull
    again. A pull never overwrites what is only on this laptop.
    """
    while True:
        with run.vault.gateway.read() as tx:
            cursor = _cursor(tx)
        answer = run.patience.call(lambda at=cursor: run.hq.register(at))
        page = trust.register_page(run.peer, answer.page, cursor)
        with run.vault.gateway.write() as tx:
            if _subjects(page) & _unsettled(tx):
                return False
            adopt(tx, run.vault.journal, page, actor=run.actor)
        run.tally.adopted += page.count
        run.tally.tell()
        if not page.told.more:
            return True


def adopt(tx: Tx, log: Journal, page: Page, *, actor: str) -> None:
    """Bring a verified page into the rows by one entry, and move the cursor with it. An empty page makes no entry."""
    told = page.told
    if page.count:
        records: dict[str, Any] = {"offices": told.offices, "officers": told.officers, "sites": told.sites}
        changes = {"cursor": told.next} | {name: list(found) for name, found in records.items() if found}
        log.record(tx, Act(kind="adopt", type="register", subject="register", changes=changes), actor=actor)
    settings.keep_setting(tx, kept.CURSOR, str(told.next))


def _cursor(tx: Tx) -> int:
    """Return where the next page begins: the setting, or in a new profile what its founding adopted."""
    known = settings.setting(tx, kept.CURSOR)
    if known:
        return int(known)
    cursor = 0
    for _, signed in journal.walk(tx):
        told = entry.decode(signed.bytes)
        if told.kind == "adopt":
            cursor = int(told.set["cursor"])
    return cursor


def _subjects(page: Page) -> set[tuple[str, str]]:
    found = {("office", str(one.id)) for one in page.offices}
    found |= {("officer", str(one.id)) for one in page.officers}
    return found | {("site", str(one.id)) for one in page.sites}


def _unsettled(tx: Tx) -> set[tuple[str, str]]:
    found: set[tuple[str, str]] = set()
    seq = transfers.acknowledged(tx)
    while page := journal.after(tx, seq, 200):
        for signed in page:
            told = entry.decode(signed.bytes)
            found.add((told.type, told.subject))
        seq += len(page)
    return found
