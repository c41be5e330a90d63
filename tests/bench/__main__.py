"""`python -m tests.bench` (make bench): the promised figures beside peers in one run; writes build/bench.json."""

from __future__ import annotations

import json
import os
import platform
import shutil
import sys
import unicodedata
from dataclasses import asdict
from pathlib import Path
from statistics import median
from typing import Any

from inspector.app import unlock
from inspector.clock import SystemClock
from inspector.crypto.unlock import MINIMUM, REAL, derive
from inspector.demo import sample
from inspector.store.times import china_day
from tests.bench import (
    burst,
    clock,
    film,
    footage,
    gate,
    likeness,
    many,
    papers,
    pictures,
    records,
    searches,
    start,
    window_lines,
)
from tests.bench.measure import Absent, Line, Measured, measured, times
from tests.builders import LI, PASSPHRASE, PIN, ZHANG
from tests.services.visit import SITE, a_draft, approve

ROOT = Path(__file__).resolve().parents[2]
OUT = ROOT / "build" / "bench.json"
CLIPS = ROOT / "build" / "bench-clips"


def in_the_store(profile: Path, scratch: Path) -> list[Line]:
    """What happens behind the window: store, search, photos, notices."""
    app = unlock(profile, ZHANG, PASSPHRASE)
    say("filling the store: 36,000 hazards, 10,000 sites")
    latest = records.fill(app)
    searches.fill_sites(app)
    app.close()
    say("store, search, photos, notices")
    opened = records.opened(profile, scratch)
    app = unlock(profile, ZHANG, PASSPHRASE)
    found: list[Line] = [opened, records.saved(app, latest, scratch), *searches.searched(app, scratch)]
    found.append(searches.found_in_statutes(app, scratch))
    visit = app.inspections.start(SITE, (ZHANG, LI)).made
    hazards = [app.hazards.report(visit, a_draft(f"第{n + 1}处安全出口被货物堵塞")).made for n in range(4)]
    paths = pictures.photos(scratch)
    found.append(pictures.attached(app, visit, paths, hazards))
    previews = pictures.previewed(app, visit, paths)
    found += previews
    for extra in app.evidence.of(visit)[4:]:
        app.evidence.remove(extra.id, "four are enough")
    fields = {"place": "一号库房", "is_id_shown": True, "is_recusal_told": True}
    app.inspections.patch(visit, **fields, ended_at=SystemClock().read().at)
    approve(app, visit)
    originals = [path.read_bytes() for path in paths[:4]]
    found += likeness.alike(originals)
    found += papers.drawn(app, visit, originals, scratch)
    app.close()
    return found


def of_evidence(profile: Path, small: Path, scratch: Path) -> list[Line]:
    """Bursts of photos, and footage from a card."""
    found: list[Line] = []
    say("a burst of 300 photos")
    found += burst.burst(profile, scratch)
    say("footage: three times 1 GiB, then 8 GiB")
    found += footage.taken_in(small, scratch)
    return found


def of_the_promised_size(profile: Path, scratch: Path) -> Measured:
    """Fill a profile with 10,000 hazards; unlocking it and listing without the window."""
    app = unlock(profile, ZHANG, PASSPHRASE)
    records.fill(app, records.PROMISED_EACH)
    app.close()
    beside = scratch / "promised"
    beside.mkdir()
    return records.opened(profile, beside)


def table(found: list[Line]) -> str:
    """The figures as text."""
    head = f"{'':48} {'ours':>9} {'worst':>9} {'peer':>9} {'ratio':>7}  {'promise':<24} peer"
    return "\n".join([head, *(_row(one) for one in found)])


def _row(one: Line) -> str:
    if isinstance(one, Absent):
        return f"{padded(one.what, 48)}  not here: {one.why}"
    kept = {True: "kept", False: "NOT KEPT", None: ""}[one.is_kept]
    ours = f"{one.ours:9.1f} {one.worst:9.1f}" if one.ours >= 1 else f"{one.ours:9.2f} {one.worst:9.2f}"
    beside = f"{one.peer_value:9.2f} {one.ratio:7.2f}" if one.peer_value else " " * 17
    unit = "" if one.unit == "ms" else f"{one.unit}: "
    return f"{padded(one.what, 48)} {ours} {beside}  {padded(f'{unit}{one.promise} {kept}'.strip(), 24)} {one.peer}"


def stops(travels: list[dict[str, Any]]) -> str:
    """The longest stop of each stage, the median of the journeys."""
    stages = travels[0]["worst_ms"]
    return "\n".join(f"  {stage:20}{median(one['worst_ms'][stage] for one in travels):8.1f}" for stage in stages)


def padded(text: str, width: int) -> str:
    """Fill up with blanks; Han takes two columns."""
    taken = sum(2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in text)
    return text + " " * max(0, width - taken)


def say(line: str) -> None:
    """Tell how far it is."""
    sys.stderr.write(f"bench: {line}\n")


def derived() -> Measured:
    """The derivation of a key from a passphrase, which the figures of unlocking leave out."""
    key = times(lambda _: derive(PASSPHRASE, b"0" * 16, REAL), range(3))
    least = times(lambda _: derive(PASSPHRASE, b"0" * 16, MINIMUM), range(20))
    return measured("key derivation (not counted above)", key, "at the least cost", least)


def main() -> int:
    """Measure everything once; 0 whether or not a promise is kept: the table says it."""
    scratch = ROOT / "build" / "bench"
    shutil.rmtree(scratch, ignore_errors=True)
    scratch.mkdir(parents=True)
    profile = scratch / "profile"
    today = china_day(SystemClock().read().at)
    sample.create_sample(profile, passphrase=PASSPHRASE, pin=PIN, today=today, cost=MINIMUM, pin_cost=MINIMUM)
    small, usual = scratch / "small", scratch / "usual"
    shutil.copytree(profile, small)
    shutil.copytree(profile, usual)
    found = in_the_store(profile, scratch) + of_evidence(profile, small, scratch) + gate.evaluated()
    say("a thousand notices in one process")
    found.append(many.memory_over_many())
    say("stills of footage, the search for the clapper")
    found += film.stills(CLIPS) + clock.searched(CLIPS)
    say("start and journeys")
    opened = of_the_promised_size(usual, scratch)
    travels = start.journey(usual, PASSPHRASE)
    found += window_lines.travelled(usual, opened, travels)
    say("scrolling")
    found.append(window_lines.scrolled(profile))
    say("fifty visits, then idle")
    lines, grown = window_lines.lived(small, pictures.photos(scratch)[:2], scratch)
    found += lines
    found.append(derived())
    sys.stdout.write(f"{table(found)}\n\nlongest stops of the event loop on the journeys, ms:\n{stops(travels)}\n")
    load = os.getloadavg()
    sys.stdout.write(f"load {load[0]:.1f} {load[1]:.1f} {load[2]:.1f} on {os.cpu_count()} cores at the end\n")
    machine: dict[str, Any] = {
        "cores": os.cpu_count(),
        "system": platform.platform(),
        "python": platform.python_version(),
    }
    machine["load"] = load
    told = {"machine": machine, "measured": [asdict(one) for one in found], "journeys": travels, "rss_mb": grown}
    OUT.write_text(json.dumps(told, ensure_ascii=False, indent=1), "utf-8")
    shutil.rmtree(scratch, ignore_errors=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
