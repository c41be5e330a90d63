"""Films what a recorder sees while this laptop shows the clapper, and takes the film in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from inspector.clock import Instant
from inspector.services.clapper import Clapping
from inspector.store import times
from tests.clap_scenes import Modules, Scene, film, takes
from tests.services.conftest import Desk

RATE = 12.5
SMALL = Scene(width=640, height=360, module_px=6)


@dataclass(slots=True)
class Camera:
    """A recorder whose stream begins at a moment of the laptop's clock; `shown` says what stood on the screen when.

    Between the claps the screen is white. `at` tells the laptop's time in ms of a second of the stream.
    """

    began: Instant
    seconds: float = 8.0
    clock_ms: int | None = 0
    """What the recorder's own clock is ahead of the laptop's; None: it writes no time."""
    scene: Scene = SMALL
    shown: list[tuple[float, float, Clapping, float]] = field(
        default_factory=list[tuple[float, float, Clapping, float]]
    )

    def show(self, running: Clapping, start: float, end: float, *, late_by: float = 0.0) -> Camera:
        """Show a clap from one second of the stream to another; `late_by`: a film of it, so many seconds old."""
        self.shown.append((start, end, running, late_by))
        return self

    def at(self, second: float, late_by: float = 0.0) -> Instant:
        """Return the laptop's clocks at a second of the stream."""
        gone = round((second - late_by) * 1000)
        return Instant(wall_ms=self.began.wall_ms + gone, mono_ms=self.began.mono_ms + gone, boot=self.began.boot)

    def sees(self, second: float) -> Modules | None:
        """Return the code on the screen, None for an empty one."""
        for start, end, running, late_by in self.shown:
            if start <= second < end:
                return running.code(self.at(second, late_by)).modules
        return None

    def record(self, path: Path, *, codec: str = "libx264", rate: float = RATE) -> Path:
        """Write the film."""
        at = "" if self.clock_ms is None else times.written(self.at(self.clock_ms / 1000).at)
        frames = takes(self.scene, self.sees, seconds=self.seconds, rate=rate)
        return film(path, frames, rate=rate, codec=codec, made_at=at)


def taken_in(desk: Desk, visit: str | None, paths: Sequence[Path], label: str = "DSJ-1") -> list[str]:
    """Take films in from their folder; return the recordings' ids in the order of their names."""
    scan = desk.app.footage.scan(paths[0].parent)
    wanted = [clip for clip in scan.clips if clip.name in {path.name for path in paths}]
    report = desk.app.footage.take_in(visit, wanted, device_label=label)
    assert len(report.taken) == len(paths), report
    found = desk.app.footage.recordings(visit) if visit else desk.app.footage.unassigned()
    named = {clip.name: each.id for each in found for clip in each.clips}
    return [named[path.name] for path in paths]
