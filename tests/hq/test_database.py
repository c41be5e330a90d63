"""A full disk and a lock that another holds: an honest no, and nothing half done."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager

import pytest

from inspector.hq import check, database
from inspector.hq.problem import Refusal
from inspector.hq.service import HqService
from inspector.ids import new_id
from tests.hq.laptop import enrolled


@contextmanager
def opened(service: HqService, monkeypatch: pytest.MonkeyPatch, *pragmas: str) -> Iterator[HqService]:
    """The same headquarters under other conditions."""
    with monkeypatch.context() as patch:
        patch.setattr(database, "_PRAGMAS", (*database._PRAGMAS, *pragmas))
        with closing(HqService(service.folder, clock=service.clock)) as again:
            yield again


def test_a_full_disk_keeps_nothing_of_a_push_and_all_of_before(
    service: HqService, monkeypatch: pytest.MonkeyPatch
) -> None:
    laptop, device = enrolled(service)
    laptop.write_day()
    service.push(device, laptop.push())
    for _ in range(400):
        laptop.write("create", "site", new_id(), name="示例" * 200)
    with service.database.read() as tx:
        pages = tx.exec_driver_sql("pragma page_count").scalar_one()
    with opened(service, monkeypatch, f"pragma max_page_count = {pages + 5}") as full:
        with pytest.raises(Refusal) as caught:
            full.push(device, laptop.push(6))
        assert (caught.value.problem.type, caught.value.problem.status) == ("storage_full", 507)
        assert full.position(device).seq == 5
        assert check.check(full).faults == []
    service.push(device, laptop.push(6))
    assert service.position(device).seq == 405
    assert check.check(service).faults == []


def test_a_lock_held_too_long_is_busy(service: HqService, monkeypatch: pytest.MonkeyPatch) -> None:
    laptop, device = enrolled(service)
    laptop.write_day()
    with opened(service, monkeypatch, "pragma busy_timeout = 1") as hasty:
        with closing(sqlite3.connect(service.folder / "hq.db", isolation_level=None)) as other:
            other.execute("begin immediate")
            with pytest.raises(Refusal) as caught:
                hasty.push(device, laptop.push())
            assert (caught.value.problem.type, caught.value.problem.status) == ("busy", 503)
            other.execute("rollback")
        assert [item.state for item in hasty.push(device, laptop.push()).items] == ["applied"] * 5
