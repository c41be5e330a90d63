"""Fails every write of a deed once for want of room: `python -m tests.faults.full limit|tmpfs FOLDER` prints counts.

limit: RLIMIT_FSIZE, a file may not grow beyond a point that moves up (EFBIG, short writes).
tmpfs: FOLDER is a small file system of its own, filled but for a number of pages that moves up (ENOSPC).
After each failure: a clear error, verify clean, everything as before; with room again the same deed succeeds.
"""

from __future__ import annotations

import json
import os
import resource
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, Protocol

from inspector import paths, profile
from inspector.app import App, unlock
from inspector.domain.notice import FormCode
from inspector.errors import StorageFailed, StorageFull
from tests.builders import LI, PASSPHRASE, PIN, ZHANG, FakeClock, a_profile
from tests.faults import ledger
from tests.services.visit import a_draft, a_photo, a_visit, give_reasons

MOST = 3_000
"""Steps of a sweep, far more than any deed needs."""


class Room(Protocol):
    """Somewhere to write, that can be made narrow."""

    def narrow(self, step: int, log: Path) -> None:
        """Leave `step` units; `log` is the file that will grow."""
        ...

    def widen(self) -> None:
        """Give all room back."""
        ...


class FileLimit:
    """No file may grow beyond a limit; a unit is half a page, so that writes also break off in the middle."""

    def __init__(self, unit: int) -> None:
        self.unit = unit

    def narrow(self, step: int, log: Path) -> None:
        grown = log.stat().st_size if log.exists() else 0
        resource.setrlimit(resource.RLIMIT_FSIZE, (grown + step * self.unit, resource.RLIM_INFINITY))

    def widen(self) -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))


class Ballast:
    """A small file system filled by a file; a unit is so many pages."""

    def __init__(self, folder: Path, unit: int) -> None:
        self.folder, self.file, self.unit = folder, folder / "ballast", unit

    def narrow(self, step: int, log: Path) -> None:
        told = os.statvfs(self.folder)
        pages = told.f_bfree - step * self.unit
        if pages > 0:
            with self.file.open("wb") as out:
                os.posix_fallocate(out.fileno(), 0, pages * told.f_bsize)

    def widen(self) -> None:
        self.file.unlink(missing_ok=True)


class Laptop:
    """One profile at work; deeds are done on it, and looked at from outside."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.clock = folder, FakeClock()
        self.profile = a_profile(folder)
        self.app: App = unlock(self.profile, ZHANG, PASSPHRASE, clock=self.clock)
        self.visit = a_visit(self.app, self.clock, hazards=1)
        self.card = folder.with_name("card")
        self.card.mkdir()
        self.photo = self.card / "none"

    def fold(self) -> None:
        """Fold the logs into the files, so that the next write begins a log."""
        vault = self.app._session.vault
        for gateway in (vault.gateway, vault.evidence):
            with gateway.bare() as database:
                database.conn.execute("pragma wal_checkpoint(truncate)").fetchone()

    def standing(self) -> Any:
        """What can be seen, papers with their bytes."""
        papers = [self.app.notices.pdf(one.id) for one in self.app.notices.recent() if one.number]
        return ledger.standing(self.app), sorted(papers)

    def lock(self) -> None:
        self.app.close()

    def reopen(self) -> None:
        self.app = unlock(self.profile, ZHANG, PASSPHRASE, clock=self.clock)


def type_text(laptop: Laptop) -> None:
    laptop.app.drafts.put(f"hazard:new:{laptop.visit}", "place", f"{laptop.clock.read().wall_ms}")


def report(laptop: Laptop) -> None:
    laptop.app.hazards.report(laptop.visit, a_draft(f"第{laptop.clock.read().wall_ms}处"))


def photograph(laptop: Laptop) -> None:
    laptop.app.evidence.attach(laptop.visit, laptop.photo)


def issue(laptop: Laptop) -> None:
    drafts = [one for one in laptop.app.notices.of(laptop.visit) if not one.number]
    give_reasons(laptop.app, drafts[0].id)
    laptop.app.notices.issue(drafts[0].id, second_officer_id=LI, pin=PIN)


def sweep(
    laptop: Laptop, room: Room, deed: Callable[[Laptop], None], *, log: str, before: Callable[[Laptop], None]
) -> Counter[str]:
    """Do a deed with no room, then with ever more, until it succeeds. Returns how it failed."""
    failed: Counter[str] = Counter()
    for step in range(MOST):
        before(laptop)
        stood = laptop.standing()
        room.narrow(step, laptop.profile / log)
        try:
            deed(laptop)
        except (StorageFull, StorageFailed) as error:
            failed[type(error).__name__] += 1
        else:
            room.widen()
            assert laptop.standing() != stood
            return failed
        finally:
            room.widen()
        assert laptop.standing() == stood, f"step {step} left a part"
        assert laptop.app.audit.verify().faults == (), f"step {step}"
        deed(laptop)
        assert laptop.standing() != stood, f"step {step}: no work after the disk had room again"
    raise AssertionError("never succeeded")


def sweep_unlocking(laptop: Laptop, room: Room) -> Counter[str]:
    """Lock and unlock with ever more room: without any, all can be read, and unlocking is entered with the next act."""
    failed: Counter[str] = Counter()
    for step in range(MOST):
        stood = laptop.standing()
        room.narrow(step, laptop.profile / "inspector.db-wal")
        laptop.lock()  # folding the logs may fail: they stay, and are read next time
        room.widen()
        room.narrow(step, laptop.profile / "inspector.db-wal")
        laptop.reopen()
        assert laptop.standing() == stood, f"step {step}"
        if laptop.app.trouble is None:
            room.widen()
            return failed
        failed[type(laptop.app.trouble).__name__] += 1
        demand_no_room(laptop, report)
        assert laptop.standing() == stood, f"step {step} left a part"
        room.widen()
        report(laptop)
        report(laptop)
        assert last_kinds(laptop, 3) == ["unlock", "create", "create"], f"step {step}"
        assert laptop.app.audit.verify().faults == (), f"step {step}"
    raise AssertionError("never succeeded")


def demand_no_room(laptop: Laptop, deed: Callable[[Laptop], None]) -> None:
    """The deed says that there is no room."""
    try:
        deed(laptop)
    except (StorageFull, StorageFailed):
        return
    raise AssertionError("there was room for the deed, but not for the unlocking before it")


def last_kinds(laptop: Laptop, count: int) -> list[str]:
    """What the last entries are."""
    with laptop.app._session.vault.gateway.read() as tx:
        return [row["kind"] for row in tx.rows("select kind from entry order by seq")][-count:]


def sweep_founding(folder: Path, room: Room, units: Iterator[int]) -> Counter[str]:
    """Found a profile with ever more room; what is half made is cleared each time."""
    failed: Counter[str] = Counter()
    folder.mkdir(exist_ok=True)
    for step in units:
        room.narrow(step, folder / "none")
        try:
            a_profile(folder)
        except (StorageFull, StorageFailed) as error:
            failed[type(error).__name__] += 1
        else:
            room.widen()
            app = unlock(folder / "profile", ZHANG, PASSPHRASE)
            assert app.audit.verify().is_clean
            app.close()
            return failed
        finally:
            room.widen()
        assert profile.describe(folder / "profile") is None
        left = {path.name for path in (folder / "profile").glob("*")}
        assert left <= {paths.founding_file(folder).name}, f"step {step} left {left}"
    raise AssertionError("never succeeded")


def with_a_photo(laptop: Laptop) -> None:
    laptop.fold()
    n = laptop.clock.read().wall_ms
    laptop.photo = a_photo(laptop.card / f"{n}.jpg", seed=n, size=(320, 240))


def with_a_long_journal(laptop: Laptop) -> None:
    """Make the journal's log the longer one, so that a limit stops it and not the photo's bytes before it."""
    with_a_photo(laptop)
    for _ in range(20):
        type_text(laptop)


def with_a_draft(laptop: Laptop) -> None:
    laptop.fold()
    laptop.app.notices.draft(laptop.visit, FormCode.INSPECTION_RECORD)


def main(kind: str, folder: Path) -> None:
    """Sweep every deed and print how often each failed, by error."""
    small, large, coarse = (
        [Ballast(folder, unit) for unit in (1, 1, 64)]
        if kind == "tmpfs"
        else [FileLimit(unit) for unit in (2060, 8204, 32_764)]
    )
    laptop = Laptop(folder)
    journal, evidence = "inspector.db-wal", "evidence.db-wal"
    told = {
        "type": sweep(laptop, small, type_text, log=journal, before=Laptop.fold),
        "report": sweep(laptop, small, report, log=journal, before=Laptop.fold),
        "photograph": sweep(laptop, large, photograph, log=evidence, before=with_a_photo),
        "enter the photograph": sweep(laptop, small, photograph, log=journal, before=with_a_long_journal),
        "issue": sweep(laptop, coarse, issue, log=evidence, before=with_a_draft),
        "unlock": sweep_unlocking(laptop, small),
    }
    laptop.lock()
    told["found"] = sweep_founding(folder / "new", small, iter(range(0, MOST, 11)))
    sys.stdout.write(json.dumps(told))


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]))
