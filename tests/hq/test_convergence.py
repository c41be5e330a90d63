"""Any order of pushes, repeats, cuts and restarts ends with everything at headquarters, once and unchanged."""

from __future__ import annotations

import hashlib
import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path
from unittest import mock

import msgspec
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule
from sqlalchemy import select

from inspector.hq import check, ledger
from inspector.hq.blobs import blob_path
from inspector.hq.problem import Refusal
from inspector.hq.register import Register
from inspector.hq.schema import entry
from inspector.hq.service import HqService
from inspector.ids import new_id
from inspector.protocol.entry import digest
from inspector.protocol.messages import Offers, Pushed, Sealed
from tests.hq.laptop import CHUNK, TestClock, content, enrolled, offer_of, receipt_of, register_json, upload

BLOBS = [content(size, seed) for seed, size in enumerate((5, CHUNK, 2 * CHUNK + 1))]


class Cut(Exception):
    """The power went."""


class Headquarters(RuleBasedStateMachine):
    """Two laptops and one headquarters that is cut off and restarted."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp())
        self.clock = TestClock()
        self.service = HqService.create(self.folder / "hq", clock=self.clock)
        self.service.import_register(msgspec.convert(register_json(), Register))
        self.laptops = [enrolled(self.service) for _ in range(2)]
        self.promised: dict[tuple[str, int], str] = {}
        self.kept: set[str] = set()

    @initialize()
    def begin(self) -> None:
        for laptop, _ in self.laptops:
            laptop.write_user()

    @rule(who=st.integers(0, 1), count=st.integers(1, 4))
    def write(self, who: int, count: int) -> None:
        for _ in range(count):
            self.laptops[who][0].write("create", "site", new_id(), name="示例")

    @rule(who=st.integers(0, 1), first=st.integers(1, 40), size=st.integers(1, 12), cut=st.integers(0, 12))
    def push(self, who: int, first: int, size: int, cut: int) -> None:
        laptop, device = self.laptops[who]
        first = min(first, len(laptop.entries))
        push = laptop.push(first, first + size - 1)
        answer = attempt(cut, self.service.push, device, push)
        if isinstance(answer, Refusal):
            assert answer.problem.type == "gap"
            assert answer.problem.expect_seq == self.service.position(device).seq + 1
        if not isinstance(answer, Pushed):
            return
        told = receipt_of(self.service, answer.receipt)
        assert (told.first, told.last) == (first, first + len(push.entries) - 1)
        self.promised[laptop.id, told.last] = told.head

    @rule(who=st.integers(0, 1), which=st.integers(0, 2), at=st.integers(0, 2), count=st.integers(1, 3))
    def send_chunks(self, who: int, which: int, at: int, count: int) -> None:
        _, device = self.laptops[who]
        blob = BLOBS[which]
        one = offer_of(blob)
        self.service.offer(device, Offers(blobs=[one]))
        first = min(at, len(one.leaves) - 1)
        upload(self.service, device, blob, [(first, min(first + count, len(one.leaves)))])

    @rule(who=st.integers(0, 1), which=st.integers(0, 2), cut=st.integers(0, 2))
    def seal(self, who: int, which: int, cut: int) -> None:
        _, device = self.laptops[who]
        name = hashlib.sha256(BLOBS[which]).hexdigest()
        answer = attempt(cut, self.service.seal, device, name)
        if isinstance(answer, Refusal):
            assert answer.problem.type in {"incomplete", "not_offered"}
        if isinstance(answer, Sealed):
            self.kept.add(name)

    @rule()
    def restart(self) -> None:
        self.service.close()
        self.service = HqService(self.folder / "hq", clock=self.clock)

    @rule(hours=st.integers(1, 30))
    def wait(self, hours: int) -> None:
        self.clock.move(hours * 3_600_000)

    @invariant()
    def what_was_promised_is_there(self) -> None:
        with self.service.database.read() as tx:
            stored = {(row.device, row.seq): row.hash for row in tx.execute(select(entry))}
        assert self.promised.items() <= stored.items()
        for name in self.kept:
            assert hashlib.sha256((self.folder / "hq" / blob_path(name)).read_bytes()).hexdigest() == name

    def teardown(self) -> None:
        """Let everything heal, then compare."""
        for laptop, device in self.laptops:
            at = self.service.position(device).seq
            if at < len(laptop.entries):
                self.service.push(device, laptop.push(at + 1))
            for blob in BLOBS:
                item = self.service.offer(device, Offers(blobs=[offer_of(blob)])).items[0]
                upload(self.service, device, blob, item.missing)
                self.service.seal(device, hashlib.sha256(blob).hexdigest())
        report = check.check(self.service)
        assert (report.faults, report.blobs, report.quarantined) == ([], 3, 0)
        for laptop, device in self.laptops:
            with self.service.database.read() as tx:
                rows = tx.execute(select(entry.c.bytes).where(entry.c.device == device.id).order_by(entry.c.seq))
                assert list(rows.scalars()) == [one.bytes for one in laptop.entries]
            assert self.service.position(device).head == digest(laptop.entries[-1].bytes).hex()
        self.service.close()
        shutil.rmtree(self.folder)


def attempt(cut: int, call: Callable[..., object], *words: object) -> object:
    """Return what a call answers, its Refusal, or None if the power went."""
    try:
        with cut_after(cut):
            return call(*words)
    except Refusal as refusal:
        return refusal
    except Cut:
        return None


def cut_after(count: int) -> mock._patch:
    """Cut the power at the `count`-th line of the ledger, 0 never: in the middle of a transaction."""
    real, lines = ledger.Run.append, iter(range(1, 1000))

    def append(*words: object, **named: object) -> int:
        if next(lines) == count:
            raise Cut
        return real(*words, **named)

    return mock.patch.object(ledger.Run, "append", append)


Headquarters.TestCase.settings = settings(
    max_examples=15, stateful_step_count=20, deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
TestConvergence = Headquarters.TestCase
