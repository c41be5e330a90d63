"""Owns one camera in a process of its own, started by camera.py: a driver that hangs or crashes takes nothing with it.

Standard input and output carry the messages of film/wire.py: first which camera, then questions: look (a small preview
and what its light and sharpness are) and shoot (the newest whole frame as JPEG). Frames are read all the time, so that
the newest is always of this moment. It ends when the asker is gone.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

if __name__ == "__main__" and not getattr(sys, "frozen", False):  # started by its file: Python knows no package then
    sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

import threading
import time
from contextlib import suppress
from typing import Any, BinaryIO, Final

from inspector.evidence.film.wire import WireBroken, receive, send

_QUIET: Final = {"OPENCV_LOG_LEVEL": "SILENT", "OPENCV_FFMPEG_LOGLEVEL": "-8", "OPENCV_VIDEOIO_DEBUG": "0"}
_WANTED: Final = (3840, 2160)
"""Asked of a camera; it gives the largest that it has below."""
_FIRST_S: Final = 5.0
"""A camera that shows nothing for so long is in use elsewhere."""
_SILENT_S: Final = 3.0
"""A camera that shows nothing for so long was pulled out."""
_METER_EDGE: Final = 480
"""Sharpness is told at this long edge, so that cameras compare."""
JPEG_QUALITY: Final = 95
_PREVIEW_QUALITY: Final = 80
BRIGHT, DARK = 250, 16


class Refused(Exception):
    """Why there is no picture: none, busy, gone."""


class Reader:
    """Reads frames on a thread of its own and keeps the newest; a clip is played at its own pace, over and over."""

    def __init__(self, source: int | str) -> None:
        self._is_clip = isinstance(source, str)
        self._capture: Any = _open(source)
        self._news = threading.Condition()
        self._frame: Any = None
        self._read_at, self.number = 0.0, 0
        self._is_over = False
        self._pace = self._frame_seconds()
        threading.Thread(target=self._read, name="camera", daemon=True).start()
        with self._news:
            if not self._news.wait_for(lambda: self.number or self._is_over, _FIRST_S) or not self.number:
                raise Refused("busy")

    def _frame_seconds(self) -> float:
        import cv2

        rate = self._capture.get(cv2.CAP_PROP_FPS) if self._is_clip else 0.0
        return 1.0 / rate if 1.0 <= rate <= 240.0 else 1 / 25 if self._is_clip else 0.0

    def _read(self) -> None:
        import cv2

        due = time.monotonic()
        while not self._is_over:
            is_read, frame = self._capture.read()
            if not is_read and self._is_clip and self.number:
                self._capture.set(cv2.CAP_PROP_POS_FRAMES, 0)
                is_read, frame = self._capture.read()
            with self._news:
                if is_read:
                    self._frame, self._read_at = frame, time.monotonic()
                    self.number += 1
                self._is_over = not is_read
                self._news.notify_all()
            if self._pace:
                due = max(due + self._pace, time.monotonic() - 1.0)
                time.sleep(max(0.0, due - time.monotonic()))

    def newest(self, after: int = 0) -> tuple[Any, int, float]:
        """Return the newest frame, its number and its age in seconds; waits for one after `after`. Raises Refused."""
        with self._news:
            is_there = self._news.wait_for(lambda: self.number > after or self._is_over, _SILENT_S)
            if not is_there or self.number <= after:
                raise Refused("gone")
            return self._frame, self.number, time.monotonic() - self._read_at


def _open(source: int | str) -> Any:
    import cv2

    capture = cv2.VideoCapture(source)
    if not capture.isOpened():
        raise Refused("none")
    if isinstance(source, int):
        capture.set(cv2.CAP_PROP_FOURCC, cv2.VideoWriter.fourcc(*"MJPG"))  # whole frames at a usable rate over USB
        capture.set(cv2.CAP_PROP_FRAME_WIDTH, _WANTED[0])
        capture.set(cv2.CAP_PROP_FRAME_HEIGHT, _WANTED[1])
        capture.set(cv2.CAP_PROP_BUFFERSIZE, 1)
    return capture


def look(reader: Reader, after: int, edge: int) -> tuple[dict[str, Any], bytes]:
    """Return a preview of the next frame with its meters: sharpness, light (mean 0..255), bright and dark shares."""
    import cv2

    frame, number, _ = reader.newest(after)
    high, wide = frame.shape[:2]
    small = _fit(frame, edge)
    grey = cv2.cvtColor(_fit(small, _METER_EDGE), cv2.COLOR_BGR2GRAY)
    told = {
        "number": number,
        "width": wide,
        "height": high,
        "sharpness": float(cv2.Laplacian(grey, cv2.CV_64F).var()),
        "light": float(grey.mean()),
        "bright": float((grey >= BRIGHT).mean()),
        "dark": float((grey <= DARK).mean()),
    }
    return told, _jpeg(small, _PREVIEW_QUALITY)


def shoot(reader: Reader) -> tuple[dict[str, Any], bytes]:
    """Return the newest frame whole, and how old it is in ms."""
    frame, number, age = reader.newest()
    high, wide = frame.shape[:2]
    body = _jpeg(frame, JPEG_QUALITY)
    return {"number": number, "width": wide, "height": high, "age_ms": round(age * 1000)}, body


def _fit(frame: Any, edge: int) -> Any:
    import cv2

    scale = edge / max(frame.shape[:2])
    return cv2.resize(frame, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA) if scale < 1 else frame


def _jpeg(frame: Any, quality: int) -> bytes:
    import cv2

    is_made, coded = cv2.imencode(".jpg", frame, (cv2.IMWRITE_JPEG_QUALITY, quality))
    if not is_made:
        raise Refused("gone")
    return coded.tobytes()


def serve(asked: BinaryIO, answers: BinaryIO) -> None:
    """Answer until the asker is gone."""
    first = receive(asked)
    if first is None:
        return
    os.environ.update(_QUIET)
    import cv2

    cv2.setNumThreads(2)
    try:
        reader = Reader(first[0]["source"])
        send(answers, {"ok": True})
        while (question := receive(asked)) is not None:
            head = question[0]
            told = shoot(reader) if head["do"] == "shoot" else look(reader, int(head["after"]), int(head["edge"]))
            send(answers, *told)
    except Refused as refused:
        send(answers, {"fault": str(refused)})


if __name__ == "__main__":
    with suppress(WireBroken, KeyboardInterrupt):
        serve(sys.stdin.buffer, sys.stdout.buffer)
    os._exit(0)  # a thread may hang in the driver
