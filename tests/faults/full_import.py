"""An import whose disk fills up on the way: `python -m tests.faults.full_import limit|tmpfs FOLDER` prints the errors.

limit: no file may grow beyond a point (EFBIG, short writes). tmpfs: FOLDER is a small file system of its own that
somebody else fills while the import runs (ENOSPC). With room again the import goes on where it was.
"""

from __future__ import annotations

import json
import os
import resource
import sys
from pathlib import Path

from inspector.app import App, unlock
from inspector.errors import StorageFull
from inspector.services import footage_import
from inspector.services.footage_progress import Importing, ImportReport
from tests.builders import LI, PASSPHRASE, ZHANG, FakeClock, a_profile
from tests.services.recorder import MIB, a_film
from tests.services.visit import SITE

SIZE = 12 * MIB + 77
FREE = resource.RLIM_INFINITY


def sweep(kind: str, folder: Path) -> list[str]:
    """Break off at several points; return the names of the errors."""
    footage_import.RESERVE = 0  # type: ignore[misc]
    app = unlock(a_profile(folder), ZHANG, PASSPHRASE, clock=FakeClock())
    visit = app.inspections.start(SITE, (ZHANG, LI)).made
    errors: list[str] = []
    for turn, at in enumerate((200_000, 3 * MIB + 500_000, 9 * MIB, 12 * MIB - 4096)):
        card = folder / f"card-{turn}"
        a_film(card / "REC.MP4", SIZE, seed=turn)
        clips = app.footage.scan(card).clips
        report = narrow(kind, folder, app, visit, clips, at)
        assert not report.is_card_clearable
        errors.append(type(report.error).__name__)
        assert app.audit.verify().is_clean
        (pending,) = app.footage.pending()
        assert pending.done_bytes <= at + MIB
        again = app.footage.take_in(visit, pending.clips, device_label="")
        assert again.is_card_clearable, again
        assert app.footage.pending() == []
        (card / "REC.MP4").unlink()
    told = app.audit.verify()
    assert (told.blobs, told.faults, told.found_files) == (4, (), ())
    errors += demand_word_before(app, visit, folder)
    app.close()
    return errors


def narrow(kind: str, folder: Path, app: App, visit: str, clips: tuple[object, ...], at: int) -> ImportReport:
    """Take in with room for `at` bytes of the clip."""
    ballast = folder / "ballast"

    def fill(step: Importing) -> None:
        if kind == "tmpfs" and step.stage == "copying" and not ballast.exists():
            told = os.statvfs(folder)
            with ballast.open("wb") as out:
                os.posix_fallocate(out.fileno(), 0, max(1, told.f_bfree * told.f_bsize - at))

    if kind == "limit":
        resource.setrlimit(resource.RLIMIT_FSIZE, (at, FREE))
    try:
        return app.footage.take_in(visit, clips, device_label="", progress=fill)  # type: ignore[arg-type]
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (FREE, FREE))
        ballast.unlink(missing_ok=True)


def demand_word_before(app: App, visit: str, folder: Path) -> list[str]:
    """What can't fit is said before anything is begun."""
    footage_import.RESERVE = 1 << 60  # type: ignore[misc]
    a_film(folder / "card" / "REC.MP4", MIB)
    try:
        app.footage.take_in(visit, app.footage.scan(folder / "card").clips, device_label="")
    except StorageFull as error:
        assert app.footage.pending() == []
        return [f"before: {type(error).__name__}"]
    return []


if __name__ == "__main__":
    sys.stdout.write(json.dumps(sweep(sys.argv[1], Path(sys.argv[2]))))
