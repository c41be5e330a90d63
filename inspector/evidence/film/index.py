"""Where every frame of a clip stands: stream times in order of display, and which of them are key frames."""

from __future__ import annotations

import struct
import sys
from array import array
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final, Self

_HEAD: Final = struct.Struct("<8sIIHBB")
_MAGIC: Final = b"FILMIDX1"
SAME_US: Final = 2
"""Times that differ by less are the same: time bases of 90 kHz are rounded to microseconds."""
_STEADY: Final = 0.02
"""Steps of a constant rate differ by no more than this share, beside what the time base rounds."""
_ROUNDED_US: Final = 1100
"""Matroska keeps times in milliseconds."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FilmIndex:
    """`times` in µs of stream time, strictly rising; frame number = place in it. `keys` are numbers of key frames."""

    times: array[int]
    keys: array[int]
    remark: str = ""
    """A remark on the whole clip as in FilmInfo; empty: every frame was accounted for."""
    is_counted: bool = False
    """The file tells no times that can be found again: frames are found by counting from the start."""
    front: bytes = b""
    """The container's own kind of index, made for a clip that lost it (rebuilt.py); empty: it has its own."""

    def __len__(self) -> int:
        return len(self.times)

    @property
    def step_us(self) -> int:
        """The ordinary time between two frames: the median."""
        if len(self.times) < 2:
            return 40_000
        steps = sorted(self._steps())
        return max(1, steps[len(steps) // 2])

    @property
    def duration_us(self) -> int:
        """From 0 to the end of the last frame, which is taken to be shown as long as most are."""
        return self.times[-1] + self.step_us if self.times else 0

    @property
    def is_constant_rate(self) -> bool:
        """Whether all steps are the same, within what the file's time base rounds."""
        step = self.step_us
        most = max(_ROUNDED_US, step * _STEADY)
        return len(self.times) > 1 and all(abs(one - step) <= most for one in self._steps())

    def number_at(self, at_us: int) -> int:
        """Return the frame that is shown at a stream time: the last that began by then; the first before that."""
        return max(0, bisect_right(self.times, at_us + SAME_US) - 1)

    def number_of(self, time_us: int) -> int | None:
        """Return the frame that begins at exactly this time, or None."""
        number = self.number_at(time_us)
        return number if self.times and abs(self.times[number] - time_us) <= SAME_US else None

    def key_before(self, number: int) -> int:
        """Return the place in `keys` of the last key frame at or before a frame; -1 if there is none."""
        return bisect_right(self.keys, number) - 1

    def to_bytes(self) -> bytes:
        """Return a form to be kept; `from_bytes` takes it back."""
        remark = self.remark.encode()
        has_front = bool(self.front)
        head = _HEAD.pack(_MAGIC, len(self.times), len(self.keys), len(remark), self.is_counted, has_front)
        return head + remark + _little(self.times) + _little(self.keys) + self.front

    @classmethod
    def from_bytes(cls, raw: bytes) -> Self:
        """Take back what `to_bytes` gave. Raises ValueError for anything else."""
        if len(raw) < _HEAD.size:
            raise ValueError("short")
        magic, times, keys, remark, is_counted, has_front = _HEAD.unpack_from(raw)
        start = _HEAD.size + remark
        end = start + 8 * (times + keys)
        if magic != _MAGIC or len(raw) < end or (len(raw) > end) != bool(has_front):
            raise ValueError("not an index")
        index = cls(
            times=_numbers(raw[start : start + 8 * times]),
            keys=_numbers(raw[start + 8 * times : end]),
            remark=raw[_HEAD.size : start].decode(),
            is_counted=bool(is_counted),
            front=raw[end:],
        )
        index.demand_sound()
        return index

    def demand_sound(self) -> None:
        """Raise ValueError unless times and keys rise and keys are numbers of frames."""
        if not _rises(self.times) or not _rises(self.keys):
            raise ValueError("not in order")
        if self.keys and not 0 <= self.keys[0] <= self.keys[-1] < len(self.times):
            raise ValueError("keys beyond the end")

    def _steps(self) -> list[int]:
        return [later - earlier for earlier, later in pairwise(self.times)]


def _rises(numbers: Sequence[int]) -> bool:
    return all(earlier < later for earlier, later in pairwise(numbers))


def _little(numbers: array[int]) -> bytes:
    if sys.byteorder == "little":
        return numbers.tobytes()
    turned = numbers[:]
    turned.byteswap()
    return turned.tobytes()


def _numbers(raw: bytes) -> array[int]:
    numbers = array("q", raw)
    if sys.byteorder == "big":
        numbers.byteswap()
    return numbers
