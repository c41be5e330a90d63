"""Decodes one clip in a process of its own, started by client.py: a damaged clip may crash or hang native decoders.

Standard input and output carry the messages of wire.py: first where the clip is (with its data key, which exists
nowhere else), then questions. The process limits its memory, writes no file, and ends itself when one question takes
longer than its asker allows or when the asker is gone.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

if __name__ == "__main__" and not getattr(sys, "frozen", False):  # started by its file: Python knows no package then
    sys.path.insert(0, str(Path(__file__).resolve().parents[3]))

import time
from collections.abc import Callable
from contextlib import suppress
from typing import Any, BinaryIO, Final

from inspector.evidence.film.answering import Clip, Refused
from inspector.evidence.film.wire import WireBroken, receive, send

_BEAT_S: Final = 0.25
_QUIET: Final = {"OPENCV_LOG_LEVEL": "SILENT", "OPENCV_FFMPEG_LOGLEVEL": "-8", "OPENCV_VIDEOIO_DEBUG": "0"}


def limit(memory: int) -> None:
    """Bound what this process may take; where a system knows no such limits, its asker's time limit holds alone."""
    with suppress(OSError, AttributeError):
        os.nice(5)
    try:
        import resource
    except ImportError:  # Windows
        return
    for kind, most in ((resource.RLIMIT_AS, memory), (resource.RLIMIT_CORE, 0), (resource.RLIMIT_FSIZE, 0)):
        with suppress(OSError, ValueError):
            resource.setrlimit(kind, (most, most))


def end_after(seconds: float) -> None:
    """Have the system end this process then, whatever native code is doing; 0: never."""
    import signal

    if hasattr(signal, "setitimer"):
        signal.setitimer(signal.ITIMER_REAL, seconds)


class Line:
    """The way back to the asker; tells between answers how far the work is."""

    def __init__(self, stream: BinaryIO, seconds: float) -> None:
        self._stream = stream
        self._seconds = seconds
        self._told = time.monotonic()

    def beat(self, done: int) -> None:
        """Say that work goes on, not too often."""
        now = time.monotonic()
        if now - self._told >= _BEAT_S:
            self.answer({"beat": done})

    def answer(self, head: dict[str, Any], body: bytes = b"") -> None:
        """Send one answer; the time allowed begins anew."""
        self._told = time.monotonic()
        end_after(self._seconds)
        send(self._stream, head, body)


def serve(asked: BinaryIO, answers: BinaryIO) -> None:
    """Answer until the asker is gone."""
    first = receive(asked)
    if first is None:
        return
    limit(first[0]["memory"])
    os.environ.update(_QUIET)
    import cv2

    cv2.setNumThreads(2)
    clip = Clip(first[0]["source"], first[0].get("spare"))
    send(answers, {"ok": True})
    while (question := receive(asked)) is not None:
        head, body = question
        line = Line(answers, float(head["seconds"]) + 1)
        end_after(float(head["seconds"]) + 1)
        _answer(lambda line=line, head=head, body=body: clip.answer(head, body, line), line)
        end_after(0)


def _answer(work: Callable[[], None], line: Line) -> None:
    try:
        work()
    except Refused as refused:
        line.answer({"fault": str(refused)})
    except MemoryError:
        line.answer({"fault": "memory"})


if __name__ == "__main__":
    with suppress(WireBroken, KeyboardInterrupt):
        serve(sys.stdin.buffer, sys.stdout.buffer)
