"""Stills out of a 10-minute clip beside PyAV and ffmpeg, quick looks through it, and the worker's memory."""

from __future__ import annotations

import random
import shutil
import subprocess
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median

from inspector.evidence.film.client import Film
from inspector.evidence.film.pixels import png_settings
from inspector.evidence.film.told import Form
from inspector.services.suggesting import AROUND_MS, EVERY_MS
from tests.bench.measure import Absent, Line, Measured

STILLS = 20
MINUTES = 10
RATE = 25
MOST_RATIO, LEAST_QUICKER = 1.6, 1.7
"""Issue 4: at most 1.6 times PyAV, at least 1.7 times quicker than one ffmpeg command a still."""
REAL_TIME = 8
RUNS = 3
WHAT = f"{STILLS} stills of a {MINUTES}-minute clip, 1080p"


def stills(cache: Path) -> list[Line]:
    """Return the rows; the clip is made once in `cache` and stays there."""
    if shutil.which("ffmpeg") is None:
        return [Absent(WHAT, "ffmpeg, which makes the clip")]
    clip = ten_minutes(cache)
    numbers = random.Random(20261122).sample(range(MINUTES * 60 * RATE), STILLS)
    with Film.open(clip) as film:
        began = time.perf_counter()
        index = film.index()
        indexed = time.perf_counter() - began
    peaks: list[int] = []

    def ours() -> None:
        with Film.open(clip, known=index) as film:
            for number in numbers:
                assert film.frame(number=number).content[:4] == b"\x89PNG"
            peaks.append(_peak_mb(film))

    own = _seconds(ours)
    return [
        _beside(own, "PyAV, the same PNG", _pyav(clip, numbers), MOST_RATIO),
        _beside(own, "ffmpeg, one command a still", _tool(clip, numbers), 1 / LEAST_QUICKER),
        Measured(
            what=f"memory of the process that takes {STILLS} stills", ours=max(peaks), worst=max(peaks), unit="MB"
        ),
        Measured(what="index of the clip: the time of every frame", ours=indexed, worst=indexed, unit="s"),
        *_looks(clip),
    ]


def _beside(own: list[float], name: str, work: Callable[[], None] | None, most: float) -> Line:
    if work is None:
        return Absent(f"{WHAT}, beside {name}", "PyAV (packaging/setup.sh bench installs it)")
    other = _seconds(work)
    return Measured(
        what=WHAT,
        ours=median(own),
        worst=max(own),
        peer=name,
        peer_value=median(other),
        unit="s",
        promise=f"≤ {most:.2f} ×",
        is_kept=median(own) <= most * median(other),
    )


def _looks(clip: Path) -> list[Line]:
    """Key frames of all of it, and the looks around one hazard's time: how much quicker than the film runs."""
    with Film.open(clip) as film:
        total = film.index().duration_us / 1e6
        began = time.perf_counter()
        keys = sum(1 for _ in film.walk_keys(320, form=Form.GREY))
        walked = time.perf_counter() - began
        middle = film.index().duration_us // 2
        around = range(middle - AROUND_MS * 1000, middle + AROUND_MS * 1000, EVERY_MS * 1000)
        began = time.perf_counter()
        looks = sum(1 for _ in film.walk(around, 64, form=Form.GREY, rate=True))
        suggested = time.perf_counter() - began
        frames = len(film.index())
    told = "× real time"
    rows = [
        (f"key frames of 1080p, {keys / frames:.0%} of all frames", total / walked),
        (f"suggestions for a hazard: {looks} looks in 40 s", 2 * AROUND_MS / 1000 / suggested),
    ]
    return [
        Measured(what=what, ours=times, worst=times, unit=told, promise=f"≥ {REAL_TIME}", is_kept=times >= REAL_TIME)
        for what, times in rows
    ]


def ten_minutes(cache: Path) -> Path:
    """Return ten minutes of 1080p, 25 frames a second; made once with ffmpeg."""
    path = cache / "ten-minutes.mp4"
    if not path.exists():
        cache.mkdir(parents=True, exist_ok=True)
        minute, half = cache / "minute.mp4", cache / "half.mp4"
        picture = f"testsrc2=size=1920x1080:rate={RATE}:duration=60"
        made = [
            "-vf",
            "noise=alls=8:allf=t",
            "-c:v",
            "libx264",
            "-preset",
            "ultrafast",
            "-g",
            f"{2 * RATE}",
            "-b:v",
            "4M",
        ]
        _run("-f", "lavfi", "-i", picture, *made, "-pix_fmt", "yuv420p", str(minute))
        _run("-stream_loop", f"{MINUTES - 1}", "-i", str(minute), "-c", "copy", str(half))
        half.replace(path)
        minute.unlink()
    return path


def _run(*words: str) -> None:
    subprocess.run(["ffmpeg", "-hide_banner", "-loglevel", "error", "-nostdin", "-y", *words], check=True)


def _seconds(work: Callable[[], None]) -> list[float]:
    found: list[float] = []
    for _ in range(RUNS):
        began = time.perf_counter()
        work()
        found.append(time.perf_counter() - began)
    return found


def _pyav(clip: Path, numbers: list[int]) -> Callable[[], None] | None:
    try:
        import av
    except ImportError:
        return None
    import cv2

    def work() -> None:
        with av.open(str(clip)) as container:
            stream = container.streams.video[0]
            assert stream.time_base is not None
            for number in numbers:
                wanted = round(number / RATE / stream.time_base)
                container.seek(wanted, stream=stream)
                frame = next(one for one in container.decode(stream) if one.pts is not None and one.pts >= wanted)
                done, _ = cv2.imencode(".png", frame.to_ndarray(format="bgr24"), png_settings())
                assert done

    return work


def _tool(clip: Path, numbers: list[int]) -> Callable[[], None]:
    out = clip.with_name("still.png")

    def work() -> None:
        for number in numbers:
            _run("-ss", f"{number / RATE:.3f}", "-i", str(clip), "-frames:v", "1", "-compression_level", "1", str(out))

    return work


def _peak_mb(film: Film) -> int:
    status = Path(f"/proc/{film.pid}/status")
    lines = status.read_text().splitlines() if status.exists() else []
    return next((int(line.split()[1]) // 1024 for line in lines if line.startswith("VmHWM")), 0)
