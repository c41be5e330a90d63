"""Twenty encoded clips, none easy: the laptop's time to half a second in at least nineteen, and never a guess."""

from __future__ import annotations

import random
from pathlib import Path

from inspector.domain import clap_votes
from inspector.domain.clap_votes import LEAST_SECONDS, Sighting, Vote
from inspector.evidence import clapper
from inspector.evidence.clap_hunt import Hunt, Hunter
from inspector.evidence.film.client import Film
from inspector.notices import qr
from tests.clap_scenes import Modules, Scene, film, takes

KEY, SECONDS, RATE = b"k" * 32, 5.5, 6.0
WALL_MS = 1_795_136_700_000
CODECS = ("libx264", "libx265", "mjpeg")


def shown(second: float, offset_ms: int, start: float) -> Modules | None:
    """The code that stands on the screen at a second of the stream; before `start` there is none."""
    if second < start:
        return None
    counter = int((second * 1000 + offset_ms) // 1000) % 65536
    wall_ms = WALL_MS + (second * 1000 + offset_ms) // 1000 * 1000
    told = clapper.Told(inspection=clapper.short("visit"), clap=b"clap", wall_ms=int(wall_ms), counter=counter)
    return qr.alphanumeric(clapper.written(told, KEY))


def hunted(path: Path, *, end_us: int = 120_000_000) -> Hunt:
    hunt = Hunt()
    with Film.open(path) as opened:
        Hunter(opened, hunt, lambda: None, lambda: False).search([(0, end_us)])
    return hunt


def voted(hunt: Hunt) -> Vote | None:
    sightings = [Sighting(at_us, told.counter, told.wall_ms) for at_us, told in hunt.found if clapper.fits(told, KEY)]
    told = clap_votes.vote(sightings) if sightings else None
    return told if told and told.seconds >= LEAST_SECONDS and told.runs_with_stream else None


def a_scene(n: int) -> Scene:
    return Scene(
        width=640,
        height=360,
        module_px=(4, 6, 8)[n % 3],
        tilt=0.1 + 0.02 * (n % 4),
        blur=0.7 + 0.2 * (n % 4),
        noise=3.0 + 2 * (n % 5),
        glare=90.0 * (n % 2),
        seed=n,
    )


def test_the_offset_is_measured_in_nearly_every_clip(tmp_path: Path) -> None:
    """Issue 4, point 8: at 4, 6 and 8 pixels a module, tilted, blurred, noisy, with glare, compressed."""
    dice = random.Random(20261122)
    good = 0
    for n in range(20):
        offset_ms, start = dice.randrange(10**7), dice.uniform(0, 1.2)
        frames = takes(a_scene(n), lambda at, o=offset_ms, s=start: shown(at, o, s), seconds=SECONDS, rate=RATE)  # type: ignore[misc]
        path = film(tmp_path / f"{n}.{'avi' if n % 3 == 2 else 'mp4'}", frames, rate=RATE, codec=CODECS[n % 3])
        told = voted(hunted(path))
        off_ms = None if told is None else told.true_ms - told.at_us / 1000 - WALL_MS - offset_ms
        assert off_ms is None or abs(off_ms) <= 500, f"clip {n} misleads by {off_ms} ms"
        good += off_ms is not None
        path.unlink()
    assert good >= 19


def test_between_the_ends_key_frames_lead_to_it(tmp_path: Path) -> None:
    """Only the first second is looked through closely here; a key frame every 2.5 s shows where to look again."""
    scene = Scene(width=640, height=360, module_px=6, seed=4)
    frames = takes(scene, lambda at: shown(at, 345, 9) if at < 15 else None, seconds=20, rate=RATE)
    path = film(tmp_path / "long.mp4", frames, rate=RATE)
    hunt = hunted(path, end_us=1_000_000)
    told = voted(hunt)
    assert told is not None
    assert abs(told.true_ms - told.at_us / 1000 - WALL_MS - 345) <= 250
    assert len(hunt.looked_at) < 120


def test_where_every_frame_is_a_key_frame_not_all_are_looked_at(tmp_path: Path) -> None:
    scene = Scene(width=640, height=360, module_px=6, seed=5)
    path = film(tmp_path / "every.avi", takes(scene, lambda _: None, seconds=12, rate=RATE), rate=RATE, codec="mjpeg")
    hunt = hunted(path, end_us=2_000_000)
    assert hunt.found == []
    assert 11 + 9 <= len(hunt.looked_at) <= 26
