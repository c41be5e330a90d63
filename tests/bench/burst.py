"""A burst of 300 photos of 4 MB, all of it and durable; cp + sync + sha256sum beside it. Runs in a process of its own.

While it runs, a key press is saved every 100 ms and a Qt event loop ticks every 10 ms.
"""

from __future__ import annotations

import io
import json
import os
import shutil
import subprocess
import sys
import threading
import time
from pathlib import Path
from typing import Any

from PIL import Image

from inspector.app import App, unlock
from tests.bench.measure import Measured, p95
from tests.bench.pictures import photos
from tests.builders import LI, PASSPHRASE, ZHANG
from tests.services.visit import SITE

ROOT = Path(__file__).resolve().parents[2]
COUNT = 300
_BYTES = 4_000_000
_TICK_MS = 10


def burst(profile: Path, scratch: Path, count: int = COUNT) -> list[Measured]:
    """Take a burst in and return its lines; `profile` may have been used before."""
    folder = scratch / "burst"
    sources = _photos_of_4_mb(folder, scratch, count)
    before = _peer(sources, folder / "copy")
    words = [sys.executable, "-m", "tests.bench.burst", str(profile), str(folder)]
    done = subprocess.run(words, cwd=ROOT, check=True, stdout=subprocess.PIPE)
    told: dict[str, Any] = json.loads(done.stdout)
    peer = (before + _peer(sources, folder / "copy")) / 2
    shutil.rmtree(folder)
    ratio = told["seconds"] / peer
    what = f"{count} photos of 4 MB"
    return [
        Measured(
            what=f"{what} attached", ours=told["seconds"], worst=told["seconds"], peer="cp + sync + sha256sum",
            peer_value=peer, unit="s", promise="ratio ≤ 4", is_kept=ratio <= 4,
        ),
        _within(f"{what}: preview after its photo", told["previews"], 150),
        _within(f"{what}: memory", [told["memory_mb"]], 300, unit="MB"),
        _within(f"{what}: a key press saved meanwhile", told["saves"], 50),
        Measured(
            what=f"{what}: event loop, p99 of its delays", ours=told["loop_p99"], worst=told["loop_worst"],
            promise="≤ 50 ms", is_kept=told["loop_p99"] <= 50,
        ),
    ]  # fmt: skip


def _within(what: str, found: list[float], most: float, unit: str = "ms") -> Measured:
    middle = sorted(found)[len(found) // 2]
    return Measured(
        what=what, ours=middle, worst=p95(found), unit=unit, promise=f"≤ {most:g} {unit}", is_kept=p95(found) <= most
    )


def _photos_of_4_mb(folder: Path, scratch: Path, count: int) -> list[Path]:
    """Write photos of 12 megapixels and 4 MB, each with its own digest."""
    folder.mkdir(parents=True)
    with Image.open(photos(scratch)[0]) as picture:
        content = next(coded for quality in range(90, 101) if len(coded := _coded(picture, quality)) >= _BYTES)
    paths = [folder / f"IMG_{n:04}.jpg" for n in range(count)]
    for n, path in enumerate(paths):
        path.write_bytes(content + n.to_bytes(8, "big"))
    return paths


def _coded(picture: Image.Image, quality: int) -> bytes:
    out = io.BytesIO()
    picture.save(out, "JPEG", quality=quality, exif=picture.info.get("exif", b""))
    return out.getvalue()


def _peer(sources: list[Path], copy: Path) -> float:
    """Copy, sync, hash the copies; seconds."""
    copy.mkdir()
    os.sync()
    script = 'to="$1"; shift; cp "$@" "$to" && sync && cd "$to" && sha256sum -- * >/dev/null'
    began = time.perf_counter()
    subprocess.run(["sh", "-c", script, "sh", str(copy), *(str(path) for path in sources)], check=True)
    taken = time.perf_counter() - began
    shutil.rmtree(copy)
    os.sync()
    return taken


def _saved(app: App, visit: str, is_over: threading.Event, waits: list[float]) -> None:
    """Save a key press every 100 ms, as the commands thread does."""
    while not is_over.wait(0.1):
        began = time.perf_counter()
        app.drafts.put(f"inspection:{visit}", "place", str(began))
        waits.append((time.perf_counter() - began) * 1000)


def _ticking(work: threading.Thread) -> list[float]:
    """Run an event loop until `work` ends; return by how much each tick was late, in ms."""
    from PySide6.QtCore import QCoreApplication, Qt, QTimer

    loop = QCoreApplication([])
    late: list[float] = []
    last = [time.perf_counter()]

    def tick() -> None:
        now = time.perf_counter()
        late.append(max(0.0, (now - last[0]) * 1000 - _TICK_MS))
        last[0] = now
        if not work.is_alive():
            loop.quit()

    timer = QTimer()
    timer.setTimerType(Qt.TimerType.PreciseTimer)
    timer.timeout.connect(tick)
    timer.start(_TICK_MS)
    work.start()
    loop.exec()
    return late


def _peak_mb() -> float:
    """The most this process held, in MiB; getrusage would tell the parent's peak, which exec hands on."""
    lines = Path("/proc/self/status").read_text().splitlines()
    return next(int(line.split()[1]) / 1024 for line in lines if line.startswith("VmHWM"))


def _in_this_process(profile: Path, folder: Path) -> dict[str, Any]:

    app = unlock(profile, ZHANG, PASSPHRASE)
    visit = app.inspections.start(SITE, (ZHANG, LI)).made
    paths = sorted(folder.glob("*.jpg"))
    told: dict[str, Any] = {}
    waits: list[float] = []
    is_over = threading.Event()

    def attach() -> None:
        began = time.perf_counter()
        report = app.evidence.attach_many(visit, paths)
        told["seconds"] = time.perf_counter() - began
        assert len(report.attached) == len(paths)

    saver = threading.Thread(target=_saved, args=(app, visit, is_over, waits))
    saver.start()
    late = sorted(_ticking(threading.Thread(target=attach)))
    is_over.set()
    saver.join()
    told["memory_mb"] = _peak_mb()
    told["previews"] = []
    for one in app.evidence.of(visit)[:50]:
        began = time.perf_counter()
        app.evidence.preview(one.original.sha256)
        told["previews"].append((time.perf_counter() - began) * 1000)
    app.close()
    return told | {"saves": waits, "loop_p99": late[int(len(late) * 0.99)], "loop_worst": late[-1]}


if __name__ == "__main__":
    sys.stdout.write(json.dumps(_in_this_process(Path(sys.argv[1]), Path(sys.argv[2]))))
