"""An import takes the same memory whatever the size: measured in a process of its own.

FOOTAGE_MIB=8192 in the environment (make test-long) for a clip of 8 GB; it is sparse, its encrypted copy is not.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from inspector.app import unlock
from tests.builders import LI, PASSPHRASE, ZHANG, FakeClock
from tests.services.recorder import MIB, a_film, stamps
from tests.services.visit import SITE

ROOT = Path(__file__).resolve().parents[2]
SIZE_MIB = int(os.environ.get("FOOTAGE_MIB", "300"))
MOST_MB = 150
"""Issue 4: memory of a footage import whatever its size, in MB."""

pytestmark = pytest.mark.long


def test_memory_does_not_grow_with_the_clip(profile: Path, tmp_path: Path) -> None:
    if shutil.disk_usage(tmp_path).free < (SIZE_MIB + 1024) * MIB:
        pytest.skip(f"no room for an encrypted copy of {SIZE_MIB} MiB")
    app = unlock(profile, ZHANG, PASSPHRASE, clock=FakeClock())
    visit = app.inspections.start(SITE, (ZHANG, LI)).made
    app.close()
    film = a_film(tmp_path / "card" / "REC_0001.MP4", MIB)
    with film.open("r+b") as file:
        file.truncate(SIZE_MIB * MIB)
    before = stamps(film.parent)
    words = [sys.executable, "-m", "tests.faults.importing", str(profile), str(film.parent), visit]
    done = subprocess.run(words, cwd=ROOT, check=True, capture_output=True, text=True)
    peak_mb = int(done.stdout) / 1000
    assert peak_mb < MOST_MB
    assert stamps(film.parent) == before
    app = unlock(profile, ZHANG, PASSPHRASE, clock=FakeClock())
    ((clip,),) = [one.clips for one in app.footage.recordings(visit)]
    told = app.audit.verify()
    app.close()
    assert (clip.size, told.faults, told.found_files) == (SIZE_MIB * MIB, (), ())
