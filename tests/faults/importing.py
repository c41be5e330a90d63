"""A process that takes a card in, to be killed or measured: `python -m tests.faults.importing PROFILE CARD VISIT`."""

from __future__ import annotations

import sys
from pathlib import Path

from inspector.app import App, unlock
from inspector.services.footage_progress import ImportReport
from tests.builders import PASSPHRASE, ZHANG, FakeClock


def take_in(profile: Path, card: Path, inspection_id: str) -> None:
    """Unlock, take everything in, lock."""
    app = unlock(profile, ZHANG, PASSPHRASE, clock=FakeClock())
    try:
        take_all(app, card, inspection_id)
    finally:
        app.close()


def take_all(app: App, card: Path, inspection_id: str) -> ImportReport:
    """Take in what is on the card, as an officer does who puts it in once more."""
    return app.footage.take_in(inspection_id, app.footage.scan(card).clips, device_label="示例记录仪")


def peak_kb() -> int:
    """Return the most memory that this process ever held, in kB; ru_maxrss would count who started it."""
    lines = Path("/proc/self/status").read_text("ascii").splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmHWM:"))


if __name__ == "__main__":
    take_in(Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3])
    if sys.platform.startswith("linux"):
        sys.stdout.write(str(peak_kb()))
