"""Prepares a profile for the pictures of the window: a whole day on drawn scenes, then a visit left open.

Run as `python -m inspector.demo.pictures FOLDER`; prints the profile's folder. The photos are drawn, so the pictures
show nobody's photographs.
"""

from __future__ import annotations

import sys
from pathlib import Path

from inspector.app import unlock
from inspector.clock import CHINA, SystemClock
from inspector.crypto.unlock import MINIMUM
from inspector.demo import day as field_day
from inspector.demo.day import PASSPHRASE
from inspector.demo.open_recheck import leave_rechecking
from inspector.demo.open_visit import leave_open
from inspector.demo.scenes import draw_scenes
from inspector.demo.visits import ZHANG

SCENES = 12
IN_OPEN_VISIT = 7


def prepare(folder: Path) -> Path:
    """Make scenes, day, re-check and open visit below `folder`; return the profile. An older day there is replaced."""
    scenes = folder / "scenes"
    if len(list(scenes.glob("*.JPG"))) < SCENES:
        draw_scenes(scenes, count=SCENES, day=SystemClock().read().at.astimezone(CHINA).date())
    lived = field_day.run(folder / "day", scenes, say=lambda line: print(line, file=sys.stderr), cost=MINIMUM)  # noqa: T201 - a script's progress
    app = unlock(lived.profile, ZHANG, PASSPHRASE)
    try:
        drawn = sorted(scenes.glob("*.JPG"))
        leave_rechecking(app, drawn, folder)
        leave_open(app, drawn[:IN_OPEN_VISIT])
    finally:
        app.close()
    return lived.profile


if __name__ == "__main__":
    sys.stdout.write(f"{prepare(Path(sys.argv[1]))}\n")
