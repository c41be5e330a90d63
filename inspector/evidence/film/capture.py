"""One OpenCV capture over a stream, in the worker: packets, grabbed frames and their times, jumps."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, Final

from inspector.evidence.film.kinds import Container

if TYPE_CHECKING:
    from inspector.evidence.film.source import Stream

MOST_PIXELS: Final = 64_000_000
"""Largest frame that is decoded: 8K is 33 million."""
_NAMES: Final = {
    "avc1": "h264", "hvc1": "hevc", "hev1": "hevc", "mjpg": "mjpeg", "fmp4": "mpeg4", "mp4v": "mpeg4", "xvid": "mpeg4",
    "vp80": "vp8", "vp90": "vp9", "av01": "av1", "mpg1": "mpeg1video", "mpg2": "mpeg2video",
}  # fmt: skip


_OPTIONS: Final = "OPENCV_FFMPEG_CAPTURE_OPTIONS"


@contextlib.contextmanager
def _told_to_ffmpeg(options: str) -> Iterator[None]:
    """Options of FFmpeg's demuxer for the capture that is opened meanwhile; OpenCV takes them from nowhere else."""
    before = os.environ.get(_OPTIONS)
    os.environ[_OPTIONS] = options
    try:
        yield
    finally:
        if before is None:
            del os.environ[_OPTIONS]
        else:
            os.environ[_OPTIONS] = before


class CaptureRefused(Exception):
    """FFmpeg finds nothing that it can decode; the argument is a reason code."""


class Capture:
    """A clip as OpenCV's FFmpeg reads it. `raw` hands out packets undecoded, `only_keys` decodes key frames only.

    `later_us`: by how much all frames but the first are shown later than they are (shifted.py).
    """

    def __init__(
        self, stream: Stream, container: Container, *, raw: bool = False, only_keys: bool = False, later_us: int = 0
    ) -> None:
        import cv2

        options = f"format_whitelist;{container.value}|protocol_whitelist;none"
        stream.seek(0)
        self._cv2 = cv2
        self._later_us = later_us
        self._stream = stream
        """Kept: `release` lets go of it without Python's lock, which only holds while somebody else has it too."""
        wanted = [cv2.CAP_PROP_FORMAT, -1] if raw else []
        with _told_to_ffmpeg(options + ("|avdiscard;nonkey" if only_keys else "")):
            capture = cv2.VideoCapture(stream, cv2.CAP_FFMPEG, wanted)  # pyright: ignore[reportArgumentType, reportCallIssue]
        if not capture.isOpened():
            raise CaptureRefused("undecodable")
        self._capture = capture
        if self.width * self.height > MOST_PIXELS:
            raise CaptureRefused("too_many_pixels")

    def _told(self, name: int) -> float:
        return float(self._capture.get(name))

    @property
    def width(self) -> int:
        """Pixels upright."""
        return max(0, int(self._told(self._cv2.CAP_PROP_FRAME_WIDTH)))

    @property
    def height(self) -> int:
        """Pixels upright."""
        return max(0, int(self._told(self._cv2.CAP_PROP_FRAME_HEIGHT)))

    @property
    def rotation(self) -> int:
        """Degrees clockwise by which frames were turned: 0, 90, 180, 270."""
        told = self._told(self._cv2.CAP_PROP_ORIENTATION_META)
        return int(told) % 360 if told == told else 0  # noqa: PLR0124 - not a number

    @property
    def rate(self) -> float:
        """Frames a second as the file says, on average; 0 if it does not."""
        told = self._told(self._cv2.CAP_PROP_FPS)
        return told if 0 < told < 100_000 else 0.0

    @property
    def count(self) -> int:
        """How many frames the file says it has; not to be trusted."""
        told = self._told(self._cv2.CAP_PROP_FRAME_COUNT)
        return int(told) if 0 < told < 1e9 else 0

    @property
    def codec(self) -> str:
        """FFmpeg's name of the codec."""
        raw = int(self._told(self._cv2.CAP_PROP_FOURCC)) & 0xFFFFFFFF
        name = raw.to_bytes(4, "little").decode("latin-1").strip("\0 ").lower()
        plain = name if name.isascii() and name.isprintable() else f"{raw:08x}"
        return _NAMES.get(plain, plain)

    @property
    def time_us(self) -> int:
        """Stream time of what was grabbed last, in µs from the start of the stream."""
        told = self._told(self._cv2.CAP_PROP_POS_MSEC)
        at_us = round(told * 1000) if abs(told) < 1e12 else 0
        return at_us - self._later_us if at_us >= self._later_us else at_us

    @property
    def is_intra(self) -> bool:
        """Whether the frame that was grabbed last is coded on its own."""
        return self._told(self._cv2.CAP_PROP_FRAME_TYPE) == ord("I")

    def grab(self) -> bool:
        """Go to the next frame (or packet); False at the end."""
        return bool(self._capture.grab())

    def picture(self) -> Any:
        """Return the grabbed frame as rows of BGR, upright, or None."""
        found, picture = self._capture.retrieve()
        return picture if found else None

    def jump(self, count: int) -> None:
        """Have OpenCV go to its frame number `count`, which only holds where the rate is constant."""
        self._capture.set(self._cv2.CAP_PROP_POS_FRAMES, float(count))

    def packets(self) -> Iterator[tuple[int, bool]]:
        """Yield time and whether it is a key frame, for each packet in the order of the file (`raw` only)."""
        while self._capture.grab():
            yield self.time_us, self._told(self._cv2.CAP_PROP_LRF_HAS_KEY_FRAME) > 0

    def close(self) -> None:
        """Let go of decoder and stream."""
        self._capture.release()
