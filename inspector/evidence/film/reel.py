"""Finds frames exactly, in the worker: jumps before the wanted frame, then decodes on until its time is reached."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from enum import Enum
from typing import Any, Final

from inspector.evidence.film.capture import Capture
from inspector.evidence.film.index import SAME_US, FilmIndex
from inspector.evidence.film.shifted import AHEAD

_TRIES: Final = 3
_ROUNDED: Final = 2e-5
"""Times are whole microseconds: half of one is so much of a frame at 40 a second."""
_BACK: Final = 16
"""OpenCV jumps to the key frame before (wanted − 16) frames and counts on from there (cap_ffmpeg_impl.hpp, seek)."""


class Landing(Enum):
    """Where a jump of OpenCV comes down in a container."""

    AT_KEY = 1
    """At the key frame that was meant, see shifted.py."""
    BEFORE = 2
    """At a key frame at least 16 frames before the one that was meant."""
    ANYWHERE = 3
    """Before it, but perhaps between key frames: until the next one, nothing that is decoded is to be trusted."""


class FrameMissing(Exception):
    """The index names a frame that the decoder does not give."""


class Reel:
    """One clip with its index, open at some frame."""

    def __init__(self, open_capture: Callable[..., Capture], index: FilmIndex, landing: Landing) -> None:
        self._open = open_capture
        self._index = index
        self._landing = landing
        self._capture = open_capture()
        self._rate = self._capture.rate or 25.0
        self._at = -1
        """Number of the frame that was grabbed last."""

    def picture(self, number: int, tick: Callable[[], None]) -> Any:
        """Return frame `number` as rows of BGR. Raises FrameMissing."""
        if not 0 <= number < len(self._index):
            raise FrameMissing
        if number != self._at and not self._reach(number, tick):
            self._restart()
            raise FrameMissing
        picture = self._capture.picture()
        if picture is None:
            raise FrameMissing
        return picture

    def close(self) -> None:
        """Let go of the decoder."""
        self._capture.close()

    def _reach(self, number: int, tick: Callable[[], None]) -> bool:
        key = self._index.key_before(number)
        nearest = self._index.keys[key] if key >= 0 else 0
        if 0 <= self._at < number and (self._index.is_counted or self._at >= nearest - _BACK):
            return self._grab_on(number, tick)
        for start in self._starts(number):
            if start:
                self._capture.jump(start)
                self._at = self._index.number_of(self._capture.time_us) or -1
            else:
                self._restart()
            if self._at == number or (self._at < number and self._grab_on(number, tick)):
                return True
        return False

    def _starts(self, number: int) -> Iterator[int]:
        """Yield places for OpenCV to jump to, the nearest first, at last 0: decode everything from the start."""
        if not self._index.is_counted:
            last = self._index.key_before(number)
            tried = 0
            for place in range(last, 0, -1):
                start = self._start(place, number)
                if start is not None:
                    yield start
                    tried += 1
                if tried == _TRIES:
                    break
        yield 0

    def _start(self, place: int, number: int) -> int | None:
        """Return what to jump to so that decoding begins at key frame `place` (or before); None: that one can't be.

        OpenCV looks for a key frame 16 frames before and counts on from there, by the average rate.
        """
        key = self._index.keys[place]
        reckoned = self._reckoned(self._index.times[key])
        start = reckoned + number - key
        if self._landing is Landing.AT_KEY:
            return math.ceil(self._rate * self._index.times[key] / 1e6 - _ROUNDED) + AHEAD
        if self._landing is Landing.ANYWHERE:
            return max(0, min(reckoned - 2, start))
        return min(start, self._last_start(place + 1, number)) if start - _BACK > reckoned else None

    def _last_start(self, place: int, number: int) -> int:
        """Return the largest place to jump to that still lands before key frame `place`."""
        keys, times = self._index.keys, self._index.times
        if place >= len(keys):
            return self._reckoned(times[number])
        return max(0, self._reckoned(times[keys[place]]) + _BACK - 1)

    def _reckoned(self, time_us: int) -> int:
        return int(self._rate * time_us / 1e6 + 0.5)

    def _grab_on(self, number: int, tick: Callable[[], None]) -> bool:
        """Grab until frame `number`; False if it was passed or the clip ended before."""
        wanted = self._index.times[number]
        while self._capture.grab():
            tick()
            self._at = self._number_grabbed()
            if self._at == number:
                return True
            if self._at > number or (self._at < 0 and self._capture.time_us > wanted + SAME_US):
                return False
        return False

    def _number_grabbed(self) -> int:
        """Return which frame this is: by its time, else the one after the last (a decoder's last frames tell none)."""
        if self._index.is_counted:
            return self._at + 1
        time = self._capture.time_us
        found = self._index.number_of(time)
        if found is not None and (found > self._at or time > 0):
            return found
        if self._at >= 0 and time <= self._index.times[self._at]:
            return min(self._at + 1, len(self._index) - 1)
        return -1

    def _restart(self) -> None:
        self._capture.close()
        self._capture = self._open()
        self._at = -1
