"""A store of 36,000 hazards: opening it, listing, saving one more; plain sqlite3 beside it."""

from __future__ import annotations

import sqlite3
from datetime import timedelta
from pathlib import Path
from typing import Any

import msgspec

from inspector.app import App, unlock
from inspector.clock import SystemClock
from inspector.store import times as stored
from inspector.store.journal import Act
from tests.bench.measure import Measured, measured, times
from tests.builders import LI, PASSPHRASE, ZHANG
from tests.services.visit import LAW, SITE, a_draft

VISITS, HAZARDS_EACH = 40, 900
PROMISED_EACH = 250
"""10,000 hazards: passphrase to a usable list is promised for so many."""
SAVES = 100


def fill(app: App, each: int = HAZARDS_EACH) -> str:
    """Record 40 visits of `each` hazards through the journal, in few transactions; return the latest visit."""
    session, now = app._session, SystemClock().read().at
    visit = ""
    for n in range(VISITS):
        began = now - timedelta(hours=VISITS - n)
        visit = app.inspections.start(SITE, (ZHANG, LI), started_at=began).made
        app.inspections.patch(visit, ended_at=began + timedelta(minutes=50))
        with session.vault.gateway.write() as tx:
            for ordinal in range(1, each + 1):
                fields = _fields(visit, ordinal, stored.written(now))
                act = Act(kind="create", type="hazard", subject=f"{visit}-{ordinal}", changes=fields)
                session.record(tx, act)
    return visit


def _fields(visit: str, ordinal: int, seen_at: str) -> dict[str, Any]:
    return {
        "inspection_id": visit, "ordinal": ordinal, "seen_at": seen_at, "severity": "general", "measure": "rectify",
        "description": f"第{ordinal}处安全出口被货物堵塞，疏散通道宽度不足", "place": f"{ordinal % 9 + 1}号库房",
        "requirement": "立即清理并保持畅通，安排专人每日检查并记录", "deadline": "2026-12-31",
        "basis": [msgspec.to_builtins(LAW)],
    }  # fmt: skip


def opened(profile: Path, scratch: Path) -> Measured:
    """Unlock (with the least key derivation) and read what the first screens show, without the window."""

    def ours(_: int) -> None:
        app = unlock(profile, ZHANG, PASSPHRASE)
        rows = app.inspections.list()
        app.hazards.of(rows[0].inspection.id)
        app.sync.state()
        app.close()

    plain = scratch / "peer.db"
    _peer_store(plain)

    def peer(_: int) -> None:
        database = sqlite3.connect(plain)
        database.execute(
            "select visit, count(*), sum(severity = 'major') from hazard group by visit order by 1 desc"
        ).fetchall()
        database.execute("select * from hazard where visit = ? order by ordinal", (VISITS - 1,)).fetchall()
        database.close()

    words = "unlock + list, 36,000 hazards (services)"
    return measured(words, times(ours, range(10)), "plain sqlite3: open, same lists", times(peer, range(10)))


def saved(app: App, visit: str, scratch: Path) -> Measured:
    """Save one hazard of a full form; the peer commits one row of the same text."""
    plain = sqlite3.connect(scratch / "peer.db", isolation_level=None)
    plain.execute("pragma journal_mode = wal")
    plain.execute("pragma synchronous = full")

    def peer(n: int) -> None:
        plain.execute("begin")
        plain.execute("insert into hazard values (?, ?, 'general', ?, ?, ?)", (0, 1000 + n, "第处", "一号库", "清理"))
        plain.execute("commit")

    ours = times(lambda n: app.hazards.report(visit, a_draft(f"第{n}处安全出口被货物堵塞")), range(SAVES))
    peers = times(peer, range(SAVES))
    plain.close()
    return measured("hazard saved", ours, "plain sqlite3: insert, commit, FULL", peers, most_ms=30)


def _peer_store(path: Path) -> None:
    database = sqlite3.connect(path)
    database.execute("create table hazard (visit, ordinal, severity, description, place, requirement)")
    database.execute("create index hazard_visit on hazard (visit, ordinal)")
    rows = [
        (visit, n, "general", f"第{n}处安全出口被货物堵塞，疏散通道宽度不足", "一号库房", "立即清理并保持畅通")
        for visit in range(VISITS)
        for n in range(HAZARDS_EACH)
    ]
    database.executemany("insert into hazard values (?, ?, ?, ?, ?, ?)", rows)
    database.commit()
    database.close()
