"""`python -m tests.bench` (make bench): the promised figures beside peers in one run; writes build/bench.json."""

from __future__ import annotations

import json
import os
import platform
import shutil
import sys
from dataclasses import asdict
from pathlib import Path
from statistics import median
from typing import Any

from inspector.app import unlock
from inspector.clock import SystemClock
from inspector.crypto.unlock import MINIMUM, REAL, derive
from inspector.demo import sample
from inspector.store.times import china_day
from tests.bench import papers, pictures, records, start
from tests.bench.measure import Measured, measured, times
from tests.builders import LI, PASSPHRASE, PIN, ZHANG
from tests.services.visit import SITE, a_draft

ROOT = Path(__file__).resolve().parents[2]
OUT = ROOT / "build" / "bench.json"
WINDOW = "passphrase → usable list, 10,000 hazards"


def in_the_store(profile: Path, scratch: Path) -> list[Measured]:
    """What happens behind the window: store, photos, notices."""
    app = unlock(profile, ZHANG, PASSPHRASE)
    latest = records.fill(app)
    app.close()
    found = [records.opened(profile, scratch)]
    app = unlock(profile, ZHANG, PASSPHRASE)
    found.append(records.saved(app, latest, scratch))
    visit = app.inspections.start(SITE, (ZHANG, LI)).made
    hazards = [app.hazards.report(visit, a_draft(f"第{n + 1}处安全出口被货物堵塞")).made for n in range(4)]
    paths = pictures.photos(scratch)
    found.append(pictures.attached(app, visit, paths, hazards))
    found += pictures.previewed(app, visit, paths)
    for extra in app.evidence.of(visit)[4:]:
        app.evidence.remove(extra.id, "four are enough")
    fields = {"place": "一号库房", "is_id_shown": True, "is_recusal_told": True}
    app.inspections.patch(visit, **fields, ended_at=SystemClock().read().at)
    found += papers.drawn(app, visit)
    app.close()
    return found


def in_the_window(profile: Path, store: Measured, told: list[dict[str, Any]]) -> list[Measured]:
    """The window: start, unlocking into the list, and how late the event loop came."""
    usable = [one["usable_ms"] for one in told]
    late = [one["loop_p99_ms"] for one in told]
    return [
        start.start(profile),
        measured(WINDOW, usable, "the same without a window", [store.ours_ms], most_ms=400),
        measured("event loop p99 on a journey", late, "the timer's beat", [5.0], most_ms=50),
    ]


def table(found: list[Measured]) -> str:
    """The figures as text."""
    lines = [f"{'':44} {'ours':>9} {'worst':>9} {'peer':>9} {'ratio':>7}  promise"]
    for one in found:
        kept = {True: "kept", False: "NOT KEPT", None: ""}[one.is_kept]
        figures = f"{one.ours_ms:8.1f}  {one.worst_ms:8.1f}  {one.peer_ms:8.2f}  {one.ratio:6.1f}"
        lines.append(f"{padded(one.what, 43)} {figures}  {one.promise:<12} {kept:9} {one.peer}")
    return "\n".join(lines)


def stops(travels: list[dict[str, Any]]) -> str:
    """The longest stop of each stage, the median of the journeys."""
    stages = travels[0]["worst_ms"]
    return "\n".join(f"  {stage:20}{median(one['worst_ms'][stage] for one in travels):8.1f}" for stage in stages)


def padded(text: str, width: int) -> str:
    """Fill up with blanks."""
    return text + " " * max(0, width - len(text))


def main() -> int:
    """Measure everything once; 0 whether or not a promise is kept: the table says it."""
    scratch = ROOT / "build" / "bench"
    shutil.rmtree(scratch, ignore_errors=True)
    scratch.mkdir(parents=True)
    profile = scratch / "profile"
    today = china_day(SystemClock().read().at)
    sample.create_sample(profile, passphrase=PASSPHRASE, pin=PIN, today=today, cost=MINIMUM, pin_cost=MINIMUM)
    found = in_the_store(profile, scratch)
    travels = start.journey(profile, PASSPHRASE)
    found += in_the_window(profile, found[0], travels)
    key = times(lambda _: derive(PASSPHRASE, b"0" * 16, REAL), range(3))
    least = times(lambda _: derive(PASSPHRASE, b"0" * 16, MINIMUM), range(20))
    found.append(measured("key derivation (not counted above)", key, "at the least cost", least))
    sys.stdout.write(f"{table(found)}\n\nlongest stops of the event loop on the journeys, ms:\n{stops(travels)}\n")
    machine = {"cores": os.cpu_count(), "system": platform.platform(), "python": platform.python_version()}
    lines = [asdict(one) | {"ratio": one.ratio} for one in found]
    OUT.write_text(
        json.dumps({"machine": machine, "measured": lines, "journeys": travels}, ensure_ascii=False, indent=1), "utf-8"
    )
    shutil.rmtree(scratch, ignore_errors=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
