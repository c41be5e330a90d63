"""The field day: enrol, go out, inspect, photograph, order, come back, sync over a bad link, verify both sides."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any, Final, TypeVar

from inspector.app import App, unlock
from inspector.clock import CHINA, SystemClock
from inspector.crypto.unlock import REAL, Cost
from inspector.demo import filmed, sample, visits
from inspector.demo.cut import CutLink
from inspector.demo.explained import explain_reuse, give_reasons
from inspector.demo.filmed import Filmed
from inspector.demo.headquarters import Headquarters
from inspector.demo.paperwork import more_papers
from inspector.demo.visits import LI, ZHANG, Visited
from inspector.domain.notice import FormCode, Notice, NoticeState
from inspector.domain.serving import ServingDraft, ServingMethod
from inspector.errors import NotAllowed
from inspector.paths import RESOURCES
from inspector.profile import Account, create, founding_of
from inspector.store.projection import CLASS_PHOTO
from inspector.sync import enrol
from inspector.sync.progress import SyncReport, SyncState

PASSPHRASE: Final = "shili-2026-yanshi"  # noqa: S105 - printed at the end: a sample bureau has no secrets
PIN: Final = "246810"
MARK: Final = "day.json"
ENTRY_BYTES: Final = 1_800
"""About what one entry of the day weighs on the wire."""
Made = TypeVar("Made")


@dataclass(slots=True)
class Day:
    """What the day leaves, for the table and the JSON file."""

    out: Path
    photos_from: str
    began: datetime
    """What all times of the day are told from: its visits lie before, whatever the hour."""
    seconds: dict[str, float] = field(default_factory=dict[str, float])
    visits: list[Visited] = field(default_factory=list[Visited])
    notices: list[tuple[Notice, Path]] = field(default_factory=list[tuple[Notice, Path]])
    footage: Filmed | None = None
    hazards: int = 0
    entries: int = 0
    photo_bytes: int = 0
    cut: SyncReport | None = None
    torn_bytes: int = 0
    """Bytes of the torn photo that had gone up unconfirmed when the link broke."""
    sync: SyncReport | None = None
    hq: dict[str, Any] = field(default_factory=dict[str, Any])
    verify: dict[str, str] = field(default_factory=dict[str, str])
    recovery_code: str = ""

    @property
    def profile(self) -> Path:
        """The laptop's profile, which `make run` opens."""
        return self.out / "profile"

    @property
    def is_torn_in_a_photo(self) -> bool:
        """Whether the link broke while a photo's bytes were on the way: some went up and nobody confirmed them."""
        return (
            self.cut is not None
            and self.cut.state is SyncState.INTERRUPTED
            and self.cut.backlog.photos > 0
            and self.torn_bytes > 0
        )

    @property
    def is_good(self) -> bool:
        """Whether everything agrees."""
        return (
            self.verify == {"laptop": "ok", "hq": "ok", "independent": "ok", "bundle": "ok"}
            and self.footage is not None
            and self.footage.is_good
            and self.sync is not None
            and self.sync.is_handover_ready
            and self.is_torn_in_a_photo
            and self.hq.get("entries") == self.entries
        )

    @contextmanager
    def timed(self, name: str) -> Iterator[None]:
        """Measure a part of the day."""
        began = time.monotonic()
        yield
        self.seconds[name] = round(self.seconds.get(name, 0) + time.monotonic() - began, 2)


def run(out: Path, photos: Path | None, *, say: Callable[[str], None], cost: Cost = REAL) -> Day:
    """Live through one day into `out`; an older day there is replaced. Raises InspectorError if a step fails."""
    _clear(out)
    day = Day(out=out, photos_from=str(photos) if photos else "drawn", began=SystemClock().read().at)
    headquarters = Headquarters(out / "hq", out / "hq.log")
    try:
        with day.timed("morning"):
            say("morning: headquarters is founded, the laptop enrols and takes numbers along")
            _morning(day, headquarters, cost)
        headquarters.stop()
        _field(day, photos, say)
        with day.timed("evening"):
            say("evening: the link breaks in the middle of a photo, then the sync goes on")
            _evening(day, headquarters)
    finally:
        headquarters.stop()
    with day.timed("proof"):
        say("proof: headquarters is stopped, an independent script compares both sides")
        _prove(day, headquarters)
    return day


def _clear(out: Path) -> None:
    if out.exists() and any(out.iterdir()):
        if not (out / MARK).is_file():
            raise NotAllowed(reason="folder_not_empty", folder=str(out))
        shutil.rmtree(out)
    out.mkdir(parents=True, exist_ok=True)
    (out / MARK).write_text("{}", encoding="utf-8")


def _morning(day: Day, headquarters: Headquarters, cost: Cost) -> None:
    today = day.began.astimezone(CHINA).date()
    register = day.out / "register.json"
    register.write_text(json.dumps(sample.register(today), ensure_ascii=False, indent=1), encoding="utf-8")
    headquarters.command("init", "--register", str(register))
    code = headquarters.command("code", "--office", sample.BUREAU["id"])["code"]
    url = headquarters.start()
    enrolment = enrol.request(url, code, "示例-07")
    accounts = tuple(Account(officer_id=one, passphrase=PASSPHRASE, pin=PIN) for one in (ZHANG, LI))
    day.recovery_code = create(day.profile, founding_of(enrolment, accounts, url=url, cost=cost))
    with _unlocked(day, ZHANG) as app:
        app.sync.run()


@contextmanager
def _unlocked(day: Day, officer_id: str) -> Iterator[App]:
    app = unlock(day.profile, officer_id, PASSPHRASE)
    try:
        yield app
    finally:
        app.close()


def _field(day: Day, photos: Path | None, say: Callable[[str], None]) -> None:
    with day.timed("photos"):
        folder = photos or _drawn(day, say)
    files = visits.mixed(folder)
    (day.out / "papers").mkdir()
    empty = day.out / "empty.jpg"
    empty.touch()
    say("first visit: two officers, 25 hazards, photos")
    with day.timed("unlock"):
        first = unlock(day.profile, ZHANG, PASSPHRASE)
    try:
        with day.timed("visits"):
            day.visits.append(visits.visit(first, visits.FIRST, files, now=day.began))
        say("footage: the recorder films the clapper, its card is taken in, the clapper found, a still taken")
        with day.timed("footage"):
            visited = day.visits[0]
            card = day.out / "recorder"
            day.footage = filmed.take_in(first, visited.inspection_id, visited.hazard_ids[0], card)
        with day.timed("notices"):
            _papers(day, first, day.visits[0], other=LI)
            _serve(first, day.visits[0])
            first.inspections.close(day.visits[0].inspection_id)
    finally:
        first.close()
    say("second visit: the other officer unlocks; an order is voided and replaced")
    with _unlocked(day, LI) as second:
        with day.timed("visits"):
            day.visits.append(visits.visit(second, visits.SECOND, iter([empty, *files]), now=day.began))
        with day.timed("notices"):
            _papers(day, second, day.visits[1], other=ZHANG, ordered=day.visits[1].hazard_ids[:-1])
            _replace_order(day, second, day.visits[1], other=ZHANG)  # while nobody has it: a served one is corrected
            _serve(second, day.visits[1])
            for notice_id in more_papers(second, day.visits[1], other=ZHANG, pin=PIN):
                _file(day, second, notice_id)
            second.inspections.close(day.visits[1].inspection_id)
        day.hazards = sum(len(one.hazard_ids) for one in day.visits)
        _verify_laptop(day, second)


def _drawn(day: Day, say: Callable[[str], None]) -> Path:
    from inspector.demo.scenes import draw_scenes

    say("photos: none given, drawing twelve scenes of 12 megapixels, marked 演示")
    folder = day.out / "scenes"
    draw_scenes(folder, visits.shots_of_day(day.began))
    return folder


def _papers(day: Day, app: App, visited: Visited, *, other: str, ordered: tuple[str, ...] = ()) -> None:
    explain_reuse(app, visited.inspection_id)
    for form, hazard_ids in ((FormCode.INSPECTION_RECORD, ()), (FormCode.RECTIFICATION_ORDER, ordered)):
        notice_id = app.notices.draft(visited.inspection_id, form, hazard_ids).made
        give_reasons(app, notice_id)
        app.notices.issue(notice_id, second_officer_id=other, pin=PIN)
        _file(day, app, notice_id)


def _replace_order(day: Day, app: App, visited: Visited, *, other: str) -> None:
    old = _order(app, visited)
    app.notices.void(old.id, "打印后核对发现漏列第6项问题，重新制作")
    new = app.notices.draft(visited.inspection_id, old.form, supersedes=old.id).made
    give_reasons(app, new)
    app.notices.issue(new, second_officer_id=other, pin=PIN)
    _file(day, app, new)


def _serve(app: App, visited: Visited) -> None:
    receiver = app.inspections.get(visited.inspection_id).companion
    app.serving.serve(_order(app, visited).id, ServingDraft(method=ServingMethod.SIGNED, receiver=receiver))


def _order(app: App, visited: Visited) -> Notice:
    made = (one for one in app.notices.of(visited.inspection_id) if one.form is FormCode.RECTIFICATION_ORDER)
    return next(one for one in made if one.state is NoticeState.ISSUED)


def _file(day: Day, app: App, notice_id: str) -> None:
    path = app.notices.export(notice_id, day.out / "papers")
    day.notices.append((app.notices.get(notice_id), path))


def _verify_laptop(day: Day, app: App) -> None:
    found = app.audit.verify()
    day.verify["laptop"] = "ok" if found.is_clean else "; ".join(f"{one.where}: {one.what}" for one in found.faults)
    day.entries, day.photo_bytes = found.entries, found.blob_bytes


def _evening(day: Day, headquarters: Headquarters) -> None:
    url = headquarters.start()
    with _unlocked(day, ZHANG) as app:
        with CutLink(url, after_bytes=_middle_of_a_photo(app)) as link:
            app.sync.set_url(link.url)
            day.cut = app.sync.run()
            day.torn_bytes = link.unanswered
        app.sync.set_url(url)
        day.sync = app.sync.run()
        with day.timed("bundle"):
            day.verify["bundle"] = filmed.bundle(app, day.visits[0].inspection_id, day.out / "bundle.zip")
        if not app.sync.run().is_handover_ready:  # the export is part of the custody, and that is on the record too
            day.verify["bundle"] = "its custody did not reach headquarters"
        _verify_laptop(day, app)
        day.notices = [(app.notices.get(notice.id), path) for notice, path in day.notices]
        app.audit.export(day.out / "export-laptop")


def _middle_of_a_photo(app: App) -> int:
    """Return how many bytes go upward until the largest photo, which goes last before footage, is half sent."""
    waiting = [one for one in app.sync.waiting() if one.lane <= CLASS_PHOTO]
    backlog = app.sync.state().backlog
    entries = (backlog.entries + backlog.unlocks) * ENTRY_BYTES
    return entries + sum(one.size for one in waiting) - max(one.size for one in waiting) // 2


def _prove(day: Day, headquarters: Headquarters) -> None:
    day.hq = headquarters.command("check")
    day.verify["hq"] = "ok" if day.hq["is_clean"] else json.dumps(day.hq["faults"], ensure_ascii=False)
    headquarters.command("export", "--out", str(day.out / "export-hq"))
    verifier = [sys.executable, str(RESOURCES / "verify" / "verify.py")]
    sides = ["--laptop", str(day.out / "export-laptop"), "--hq", str(day.out / "export-hq")]
    told = subprocess.run([*verifier, *sides], capture_output=True, text=True, check=False)
    day.verify["independent"] = "ok" if told.returncode == 0 else (told.stdout + told.stderr).strip()[-2000:]
