"""The laptop's own camera: what cameras there are, a live look through one, and whole frames as photos.

    with Camera.open(found.source) as camera:       # or the path of a clip, which is then played over and over
        view = camera.look()                        # a preview of ≤ 960 px with its meters; waits for the next frame
        shot = camera.shoot()                       # the newest whole frame as JPEG

One Camera serves one thread at a time; `close` may come from any. Decoding and the driver live in a worker process.
"""

from __future__ import annotations

import io
import subprocess
import sys
import threading
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from pathlib import Path
from typing import Any, Final, Self

from inspector import mainthread
from inspector.clock import CHINA
from inspector.errors import CameraFailed
from inspector.evidence.film.wire import WireBroken, receive, send

_WORKER: Final = Path(__file__).with_name("camera_worker.py")
_START_S: Final = 20.0
"""The worker must load OpenCV and the driver must wake the camera."""
_CALL_S: Final = 6.0
PREVIEW_EDGE: Final = 960
CamSource = int | Path
"""Number of a camera as the system counts them, or a clip."""

SHARP_FROM, SOFT_FROM = 60.0, 20.0
"""Variance of the Laplacian at 480 pixels. Estimates, not calibrated on a camera. A hint, never a block: bare walls
look the same."""
MOST_BRIGHT, MOST_DARK = 0.15, 0.60
"""Shares of pixels that are white or black, from which a shot has lost what was there."""


class Light(StrEnum):
    """Whether a picture has lost something to its exposure."""

    GOOD = "good"
    BRIGHT = "bright"
    DARK = "dark"


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """A live preview: JPEG with a long edge of ≤ 960, size of the whole frame, steps of sharpness (0 to 5), light."""

    jpeg: bytes
    number: int
    width: int
    height: int
    sharpness: float
    light: Light

    @property
    def steps(self) -> int:
        """The sharpness as a bar of five."""
        bounds = (SOFT_FROM / 2, SOFT_FROM, (SOFT_FROM + SHARP_FROM) / 2, SHARP_FROM, 2 * SHARP_FROM)
        return sum(self.sharpness >= bound for bound in bounds)


@dataclass(frozen=True, slots=True, kw_only=True)
class Shot:
    """A whole frame as JPEG (quality 95, with the time it was taken at in its EXIF); `taken_at` by the laptop."""

    jpeg: bytes
    width: int
    height: int
    taken_at: datetime


class Camera:
    """One open camera; any call may raise CameraFailed(reason): none, busy, gone."""

    def __init__(self, source: CamSource) -> None:
        mainthread.refuse("camera")
        self._lock = threading.Lock()
        self._number = 0
        self._process = subprocess.Popen(
            [sys.executable, "-I", str(_WORKER)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
        )
        try:
            self._ask({"source": source if isinstance(source, int) else str(source)}, _START_S)
        except BaseException:
            self.close()
            raise

    @classmethod
    def open(cls, source: CamSource) -> Self:
        """Open a camera, or play a clip as one. Takes a second or more. Raises CameraFailed(none, busy)."""
        return cls(source)

    def __enter__(self) -> Self:
        """Use it, then close it."""
        return self

    def __exit__(self, *_: object) -> None:
        """Give the camera back."""
        self.close()

    def close(self) -> None:
        """End the worker, from any thread; whoever waits for a frame gets CameraFailed(gone)."""
        with suppress(OSError):
            self._process.kill()
        self._process.wait()
        with self._lock:
            for pipe in (self._process.stdin, self._process.stdout):
                if pipe is not None:
                    with suppress(OSError):
                        pipe.close()

    def look(self) -> View:
        """Wait for the next frame and return it small."""
        head, jpeg = self._ask({"do": "look", "after": self._number, "edge": PREVIEW_EDGE}, _CALL_S)
        self._number = int(head["number"])
        return View(
            jpeg=jpeg,
            number=self._number,
            width=int(head["width"]),
            height=int(head["height"]),
            sharpness=float(head["sharpness"]),
            light=_light(head),
        )

    def shoot(self, now: datetime) -> Shot:
        """Return the newest frame; `now` is the laptop's time at the call, from which the frame's age is taken."""
        head, jpeg = self._ask({"do": "shoot"}, _CALL_S)
        taken = now - timedelta(milliseconds=int(head["age_ms"]))
        return Shot(jpeg=_with_time(jpeg, taken), width=int(head["width"]), height=int(head["height"]), taken_at=taken)

    def _ask(self, question: dict[str, Any], seconds: float) -> tuple[dict[str, Any], bytes]:
        with self._lock:
            watch = threading.Timer(seconds, self._process.kill)
            watch.daemon = True
            watch.start()
            try:
                if self._process.stdin is None or self._process.stdout is None:
                    raise CameraFailed(reason="gone")
                send(self._process.stdin, question)  # type: ignore[arg-type]
                answer = receive(self._process.stdout)  # type: ignore[arg-type]
            except (WireBroken, OSError, ValueError) as error:
                raise CameraFailed(reason="gone") from error
            finally:
                watch.cancel()
        if answer is None:
            raise CameraFailed(reason="gone")
        if "fault" in answer[0]:
            raise CameraFailed(reason=str(answer[0]["fault"]))
        return answer


def _light(head: dict[str, Any]) -> Light:
    if float(head["bright"]) > MOST_BRIGHT:
        return Light.BRIGHT
    return Light.DARK if float(head["dark"]) > MOST_DARK else Light.GOOD


def _with_time(jpeg: bytes, taken_at: datetime) -> bytes:
    """Put the time into the EXIF of a JPEG that has none: date, offset, milliseconds (CIPA DC-008 §4.6.5)."""
    from PIL.Image import Exif

    local = taken_at.astimezone(CHINA)
    stamp = f"{local:%Y:%m:%d %H:%M:%S}"
    exif = Exif()
    exif[0x0132] = stamp
    exif[0x0131] = "field-inspector"
    own = exif.get_ifd(0x8769)
    own[0x9003], own[0x9011], own[0x9291] = stamp, "+08:00", f"{local.microsecond // 1000:03}"
    content = exif.tobytes()
    out = io.BytesIO()
    out.write(jpeg[:2])
    out.write(b"\xff\xe1" + (len(content) + 2).to_bytes(2, "big") + content)
    out.write(jpeg[2:])
    return out.getvalue()
