"""Prepares a profile for the pictures of the window: a whole day on drawn scenes, then a visit left open.

Run as `python -m inspector.demo.pictures FOLDER`; prints the profile's folder. The photos are drawn, so the pictures
show nobody's photographs.
"""

from __future__ import annotations

import sys
from pathlib import Path

from inspector.app import unlock
from inspector.clock import SystemClock
from inspector.crypto.unlock import MINIMUM
from inspector.demo import day as field_day
from inspector.demo.day import PASSPHRASE
from inspector.demo.open_recheck import leave_rechecking
from inspector.demo.open_visit import leave_open
from inspector.demo.scenes import draw_scenes
from inspector.demo.shots import retaken
from inspector.demo.visits import PHOTOS, ZHANG, shots_of_day

SCENES = PHOTOS
IN_OPEN_VISIT = 7


def prepare(folder: Path) -> Path:
    """Make scenes, day, re-check and open visit below `folder`; return the profile. An older day there is replaced."""
    clock = SystemClock()
    now = clock.read().at
    scenes = sorted((folder / "scenes").glob("*.JPG"))
    if len(scenes) < SCENES:
        scenes = draw_scenes(folder / "scenes", shots_of_day(now))
    retaken(scenes, folder / "shots", shots_of_day(now))
    lived = field_day.run(folder / "day", folder / "shots", say=_say, cost=MINIMUM)
    app = unlock(lived.profile, ZHANG, PASSPHRASE)
    try:
        leave_rechecking(app, scenes, folder / "recheck", clock)
        leave_open(app, scenes[:IN_OPEN_VISIT], folder / "open", clock)
    finally:
        app.close()
    return lived.profile


def _say(line: str) -> None:
    print(line, file=sys.stderr)  # noqa: T201 - a script's progress


if __name__ == "__main__":
    sys.stdout.write(f"{prepare(Path(sys.argv[1]))}\n")
