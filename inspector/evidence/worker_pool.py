"""Has pictures decoded by worker processes that stay for a batch: a crash, hang or hunger costs one picture."""

from __future__ import annotations

import atexit
import subprocess
import sys
import threading
from dataclasses import dataclass
from pathlib import Path
from typing import IO, TYPE_CHECKING

from inspector.errors import EvidenceRefused

if TYPE_CHECKING:
    from PIL.Image import Image

_WORKER = Path(__file__).with_name("picture_worker.py")
_MOST_WORKERS = 2
"""As many as there are work threads."""
_SECONDS = 4
"""Processor time of a picture of up to 24 megapixels; the slowest of our collection (HEIC, 12 MP) takes 0.5 s."""
_SECONDS_PIXELS = 24_000_000
_WALL = 3
"""The clock may run this many times as long: two cores are shared with everything else."""
_MOST_BACK = 512 << 20
_MOST_MISMATCH = 0.02
_MODES = {"L": 1, "LA": 2, "RGB": 3, "RGBA": 4, "CMYK": 4}
_WORDS = {"undecodable", "too_many_pixels"}
_MOST_PROFILE = 4 << 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """A picture as its header tells it (`size`), and how small the result may be."""

    mime: str
    size: tuple[int, int]
    most_pixels: int
    at_least: tuple[int, int]


class _Idle(Exception):
    """The worker had gone home before it was asked."""


class _Worker:
    """One process and its two pipes."""

    def __init__(self) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-I", str(_WORKER)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
        )
        self._is_late = False

    def ask(self, data: bytes, wanted: Wanted) -> Image:
        """Return the decoded picture. Raises _Idle, EvidenceRefused, or OSError and ValueError for a broken worker."""
        seconds = _SECONDS * max(1, -(-wanted.size[0] * wanted.size[1] // _SECONDS_PIXELS))
        watch = threading.Timer(seconds * _WALL, self._give_up)
        watch.daemon = True
        watch.start()
        try:
            self._send(data, wanted, seconds)
            return self._receive(wanted)
        finally:
            watch.cancel()

    def _give_up(self) -> None:
        self._is_late = True
        self._process.kill()

    def _send(self, data: bytes, wanted: Wanted, seconds: int) -> None:
        to = self._pipe(self._process.stdin)
        numbers = (len(data), wanted.most_pixels, *wanted.at_least, seconds)
        try:
            to.write(f"{wanted.mime} {' '.join(str(number) for number in numbers)}\n".encode("ascii"))
            to.write(data)
            to.flush()
        except BrokenPipeError as error:
            raise _Idle from error

    def _receive(self, wanted: Wanted) -> Image:
        from PIL import Image

        source = self._pipe(self._process.stdout)
        line = source.readline(128)
        if not line:
            raise ValueError("too late") if self._is_late else _Idle
        head = line.decode("ascii").split()
        if len(head) == 1 and head[0] in _WORDS:
            raise EvidenceRefused(name="", reason=head[0])
        mode, (width, height, full_width, full_height, profile) = head[0], (int(part) for part in head[1:])
        pixels = width * height * _MODES[mode]
        if min(width, height, full_width, full_height) < 1 or pixels > _MOST_BACK or profile < 0:
            raise ValueError("no picture")
        if (
            abs(full_width * wanted.size[1] - full_height * wanted.size[0])
            > _MOST_MISMATCH * full_width * wanted.size[1]
        ):
            raise ValueError("another picture than its header says")
        colours = source.read(profile)
        image = Image.frombytes(mode, (width, height), source.read(pixels))
        if 0 < len(colours) <= _MOST_PROFILE:
            image.info["icc_profile"] = colours
        return image

    @staticmethod
    def _pipe(pipe: IO[bytes] | None) -> IO[bytes]:
        if pipe is None:
            raise ValueError("no pipe")
        return pipe

    def end(self) -> None:
        """Kill it and let go of the pipes."""
        self._process.kill()
        for pipe in (self._process.stdin, self._process.stdout):
            if pipe is not None:
                try:
                    pipe.close()
                except OSError:
                    continue
        self._process.wait()


class _Pool:
    """The workers that wait for the next picture."""

    def __init__(self) -> None:
        self._waiting: list[_Worker] = []
        self._free = threading.BoundedSemaphore(_MOST_WORKERS)
        self._lock = threading.Lock()
        self._shift = 0
        """Counts the closings: a worker that was busy during one isn't kept after it."""

    def decode(self, data: bytes, wanted: Wanted) -> Image:
        with self._free:
            while True:
                with self._lock:
                    worker = self._waiting.pop() if self._waiting else None
                    shift = self._shift
                try:
                    return self._ask(worker or _Worker(), data, wanted, shift=shift)
                except _Idle as error:
                    if worker is None:  # one that was started for this picture went home over it
                        raise EvidenceRefused(name="", reason="undecodable") from error

    def _ask(self, worker: _Worker, data: bytes, wanted: Wanted, *, shift: int) -> Image:
        try:
            image = worker.ask(data, wanted)
        except EvidenceRefused:
            self._keep(worker, shift)
            raise
        except _Idle:
            worker.end()
            raise
        except (OSError, ValueError, LookupError) as error:
            worker.end()
            raise EvidenceRefused(name="", reason="undecodable") from error
        except BaseException:
            worker.end()
            raise
        self._keep(worker, shift)
        return image

    def _keep(self, worker: _Worker, shift: int) -> None:
        with self._lock:
            is_kept = shift == self._shift
            if is_kept:
                self._waiting.append(worker)
        if not is_kept:
            worker.end()

    def close(self) -> None:
        with self._lock:
            self._shift += 1
            waiting, self._waiting = self._waiting, []
        for worker in waiting:
            worker.end()


_pool = _Pool()
atexit.register(_pool.close)


def decode_apart(data: bytes, wanted: Wanted) -> Image:
    """Return the picture as its format turns it, reduced by a whole factor to not under `wanted.at_least`.

    A worker that went home or died before it was asked is replaced; a picture over which a fresh one dies is refused.
    Raises EvidenceRefused(reason="undecodable" | "too_many_pixels").
    """
    return _pool.decode(data, wanted)


def send_home() -> None:
    """End the workers, for they hold the last picture: those that wait now, a busy one after its picture.

    Called when the vault is locked. The next picture starts another.
    """
    _pool.close()
