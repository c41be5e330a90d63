"""A real headquarters over real HTTP, a bad link in front of it, and real laptops with encrypted stores."""

from __future__ import annotations

import random
import shutil
import threading
from collections.abc import Callable, Iterator
from contextlib import nullcontext
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

import msgspec
import pytest

from inspector import paths
from inspector.crypto.unlock import MINIMUM
from inspector.demo import sample
from inspector.domain.notice import ON_EVERY_VISIT
from inspector.hq import serving
from inspector.hq.register import Register
from inspector.hq.service import HqService
from inspector.law import forms
from inspector.profile import Account, create, founding_of
from inspector.services.evidence import EvidenceService
from inspector.services.footage import FootageService
from inspector.services.hazards import HazardDraft, HazardService
from inspector.services.inspections import InspectionService
from inspector.services.session import Session
from inspector.store import keyring, officers, transfers, vault
from inspector.store.journal import walk
from inspector.sync import enrol
from inspector.sync.engine import SyncEngine
from inspector.sync.http_client import Device, HttpHq
from inspector.sync.numbers import BLOCK, SMALL_BLOCK
from inspector.sync.patience import Patience
from inspector.sync.progress import SyncProgress, SyncReport, SyncState
from tests.builders import LI, PASSPHRASE, PIN, ZHANG, FakeClock
from tests.services.recorder import a_film
from tests.sync.faults import Link

TODAY = date(2026, 11, 22)
HURRIED = Patience(sleep=lambda _: None)
"""The real number of tries without the waiting."""


@dataclass
class Headquarters:
    """A service and the server thread in front of it."""

    folder: Path
    service: HqService
    _stop: list[Callable[[], None]] = field(default_factory=list)
    url: str = ""

    @classmethod
    def found(cls, folder: Path) -> Headquarters:
        service = HqService.create(folder)
        service.import_register(msgspec.convert(sample.register(TODAY), Register))
        made = cls(folder, service)
        made.serve()
        return made

    def serve(self) -> None:
        listening = serving.listen("127.0.0.1", 0)
        self._stop.append(listening.close)
        server = serving.server(self.service, listening, is_telling=False)
        server.capture_signals = nullcontext  # signals belong to the main thread, and to pytest
        thread = threading.Thread(target=server.serve_forever, name="hq")
        thread.start()
        self.url = server.url

        def stop() -> None:
            server.should_exit = True
            thread.join()

        self._stop.append(stop)

    def close(self) -> None:
        for stop in reversed(self._stop):
            stop()
        self._stop.clear()
        self.service.close()

    def backed_up(self) -> Path:
        """Copy the data folder aside, as a nightly backup would."""
        self.close()
        copy = self.folder.with_name("backup")
        shutil.copytree(self.folder, copy)
        self._reopen()
        return copy

    def put_back(self, copy: Path) -> None:
        """Lose everything since the backup."""
        self.close()
        shutil.rmtree(self.folder)
        copy.rename(self.folder)
        self._reopen()

    def _reopen(self) -> None:
        self.service = HqService(self.folder)
        self.serve()

    def code(self) -> str:
        return self.service.new_code(sample.BUREAU["id"])

    def blob(self, sha256: str) -> bytes:
        return b"".join(self.service.blobs.content(sha256))

    def entries(self, device: str) -> list[bytes]:
        from sqlalchemy import select

        from inspector.hq.schema import entry

        with self.service.database.read() as tx:
            rows = tx.execute(select(entry.c.bytes).where(entry.c.device == device).order_by(entry.c.seq))
            return [row.bytes for row in rows]

    def states(self, device: str) -> set[tuple[str, str]]:
        from sqlalchemy import select

        from inspector.hq.schema import entry

        with self.service.database.read() as tx:
            rows = tx.execute(select(entry.c.state, entry.c.why).where(entry.c.device == device))
            return {(row.state, row.why) for row in rows}


@dataclass
class Laptop:
    """An enrolled laptop at work, as Officer Zhang."""

    session: Session
    url: str
    folder: Path
    seen: list[SyncProgress] = field(default_factory=list)

    @property
    def vault(self) -> vault.Vault:
        return self.session.vault

    @classmethod
    def enrolled(cls, folder: Path, url: str, code: str, name: str = "示例-01") -> Laptop:
        told = enrol.request(url, code, name, patience=HURRIED)
        accounts = tuple(Account(officer_id=one, passphrase=PASSPHRASE, pin=PIN) for one in (ZHANG, LI))
        founding = founding_of(told, accounts, url=url, cost=MINIMUM, pin_cost=MINIMUM)
        profile = folder / "profile"
        create(profile, founding, FakeClock(told.told.issued_ms))
        return cls.opened(profile, url, folder)

    @classmethod
    def opened(cls, profile: Path, url: str, folder: Path) -> Laptop:
        ring = keyring.read(paths.keyring_file(profile))
        vault_key, user_key = keyring.open_user(ring, ZHANG, PASSPHRASE)
        opened = vault.unlock(profile, vault_key, FakeClock(1_795_312_800_000))  # 2026-11-22 10:00 in China
        with opened.gateway.read() as tx:
            me = officers.get(tx, ZHANG)
            office = officers.office(tx, me.office_id)
        key = vault.KeyPair.from_private(user_key)
        return cls(Session(vault=opened, me=me, office=office, user_key=key), url, folder)

    def reopened(self) -> Laptop:
        """Close the store and open it again, as after a restart."""
        self.vault.close()
        return Laptop.opened(self.vault.profile, self.url, self.folder)

    def connect(self) -> HttpHq:
        return HttpHq(self.url, Device(self.vault.device, self.vault.device_key))

    def engine(self) -> SyncEngine:
        return SyncEngine(self.vault, self.connect, actor=ZHANG, patience=HURRIED)

    def sync(self, is_cancelled: Callable[[], bool] = lambda: False) -> SyncReport:
        return self.engine().run(self.seen.append, is_cancelled)

    def inspect(self) -> str:
        return InspectionService(self.session).start("site-sample-01", (ZHANG, LI)).made

    def report(self, inspection: str, text: str = "灭火器压力不足") -> str:
        draft = HazardDraft(description=text)
        return HazardService(self.session).report(inspection, draft).made

    def attach(self, inspection: str, content: bytes, *, hazard: str | None = None, name: str = "取证.bin") -> None:
        path = self.folder / name
        path.write_bytes(content)
        EvidenceService(self.session).attach(inspection, path, hazard_id=hazard)
        path.unlink()

    def film(self, inspection: str, size: int) -> str:
        """Take one clip in from a recorder's card; return its SHA-256."""
        card = self.folder / "card"
        a_film(card / "REC_0001.MP4", size)
        footage = FootageService(self.session)
        (taken,) = footage.take_in(inspection, footage.scan(card).clips, device_label="示例记录仪").taken
        shutil.rmtree(card)
        return taken.sha256

    def entries(self) -> list[bytes]:
        with self.vault.gateway.read() as tx:
            return [signed.bytes for _, signed in walk(tx)]

    def backlog(self) -> transfers.Backlog:
        with self.vault.gateway.read() as tx:
            return transfers.backlog(tx)

    def receipts(self, kind: str) -> list[tuple[str, bytes, bytes]]:
        with self.vault.gateway.read() as tx:
            return transfers.receipts(tx, kind)


def noise(size: int, seed: int = 0) -> bytes:
    """Return bytes that don't repeat: every chunk has its own digest."""
    return random.Random(seed).randbytes(size)


def demand_agreement(hq: Headquarters, laptop: Laptop) -> None:
    """Both sides hold the same entries and blobs, byte for byte, and headquarters finds no fault in itself."""
    assert hq.entries(laptop.vault.device) == laptop.entries()
    for sha256 in laptop.vault.originals.names():
        assert hq.blob(sha256) == laptop.vault.originals.read(sha256)


def patient(laptop: Laptop, runs: int = 12) -> SyncReport:
    """Sync until it is done, as an officer would who presses the button again."""
    for _ in range(runs):
        report = laptop.sync()
        if report.state is SyncState.DONE and report.is_handover_ready:
            return report
    raise AssertionError(report)


@pytest.fixture
def hq(tmp_path: Path) -> Iterator[Headquarters]:
    made = Headquarters.found(tmp_path / "hq")
    yield made
    made.close()


@pytest.fixture
def link(hq: Headquarters) -> Iterator[Link]:
    made = Link(hq.url)
    yield made
    made.close()


@pytest.fixture
def laptop(tmp_path: Path, hq: Headquarters, link: Link) -> Iterator[Laptop]:
    made = Laptop.enrolled(tmp_path, link.url, hq.code())
    link.forget()
    yield made
    made.vault.close()


def all_leased() -> int:
    """How many numbers a laptop without any gets in one run."""
    return sum(BLOCK if form in ON_EVERY_VISIT else SMALL_BLOCK for form in forms.numbered())
