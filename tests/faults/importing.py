"""A process that takes a card in and is killed on the way: `python -m tests.faults.importing PROFILE CARD VISIT`."""

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


if __name__ == "__main__":
    take_in(Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3])
