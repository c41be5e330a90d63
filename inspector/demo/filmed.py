"""The recorder's part of the sample day: clapper, card, import, clock, a still; and the bundle that proves it all."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from inspector.app import App
from inspector.clock import SystemClock
from inspector.demo import recorder
from inspector.paths import RESOURCES

HELD_S: Final = 4
"""Seconds that the officer holds the recorder before the clapper."""
_STILL_US: Final = 9_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Filmed:
    """What came of the footage."""

    source: Path
    size: int
    is_card_clearable: bool
    verdicts: tuple[str, ...]
    uncertainty_ms: int | None
    share_looked_at: float
    is_still_same: bool

    @property
    def is_good(self) -> bool:
        """Whether the clock was measured and the still is the frame it says it is."""
        return self.is_card_clearable and self.verdicts == ("genuine",) and self.is_still_same


def take_in(app: App, inspection_id: str, hazard_id: str, card: Path) -> Filmed:
    """Hold the clapper, film, take the card in without naming the visit, find the clapper, take a still."""
    clapping = app.clapper.begin(inspection_id)
    began = SystemClock().read()
    time.sleep(HELD_S)
    moments = [n * 1000 for n in range(HELD_S)]
    codes = [
        clapping.code(replace(began, wall_ms=began.wall_ms + ms, mono_ms=began.mono_ms + ms)).modules for ms in moments
    ]
    app.clapper.end(clapping.id)
    source = recorder.film(card / "DCIM" / "REC_0001.AVI", codes)
    found = app.footage.scan(card)
    clips = [clip for recording in found.recordings for clip in recording.clips]
    report = app.footage.take_in(None, clips, device_label="示例记录仪")
    searched = app.clapper.search(app.footage.unassigned()[0].id)
    recording = app.footage.recordings(inspection_id)[0]
    still = app.stills.take(recording.clips[0].id, _STILL_US, hazard_id=hazard_id, caption="通道被占用").made
    return Filmed(
        source=source,
        size=report.size,
        is_card_clearable=report.is_card_clearable,
        verdicts=tuple(one.value for one in searched.verdicts),
        uncertainty_ms=app.clapper.fit(recording).uncertainty_ms,
        share_looked_at=searched.share_looked_at,
        is_still_same=app.stills.check(still).is_same,
    )


def bundle(app: App, inspection_id: str, file: Path) -> str:
    """Write the bundle of a visit and check it with the verifier that lies in it; "ok" or what it says."""
    app.bundles.write(inspection_id, file)
    verifier = [sys.executable, str(RESOURCES / "verify" / "bundle.py")]
    told = subprocess.run([*verifier, str(file), "--json"], capture_output=True, text=True, check=False)
    if told.returncode != 0:
        return (told.stdout + told.stderr).strip()[-2000:]
    return "ok" if json.loads(told.stdout)["holds"] else "does not hold"
