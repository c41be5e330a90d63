"""Chooses a few frames out of many: sharp ones that differ from one another. No decoding here."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from inspector.evidence.film.told import Form, Frame

THUMB_EDGE: Final = 64
"""Frames are compared at this long edge in grey: what moves counts, noise doesn't."""
_ALIKE: Final = 0.06
"""Mean difference of two thumbs, as a share of white, below which they show the same (still camera and noise: 0.02)."""
_DULL: Final = 0.5
"""A frame less than half as sharp as the median of all is blurred by motion or out of focus."""


def choose(frames: Sequence[Frame], count: int) -> list[Frame]:
    """Return at most `count` frames in order of time: the sharpest first, then each that differs from those before.

    `frames` are GREY of one size with `sharpness`. If too few differ, the sharpest of the rest, far apart in time,
    fill up: an officer shall have a choice.
    """
    if not frames:
        return []
    median = sorted(frame.sharpness for frame in frames)[len(frames) // 2]
    sharp = sorted(
        (frame for frame in frames if frame.sharpness >= median * _DULL), key=lambda one: one.sharpness, reverse=True
    )
    chosen: list[Frame] = []
    for frame in sharp:
        if len(chosen) < count and all(difference(frame, other) >= _ALIKE for other in chosen):
            chosen.append(frame)
    while len(chosen) < min(count, len(sharp)):
        rest = [frame for frame in sharp if frame not in chosen]
        chosen.append(max(rest, key=lambda one: min(abs(one.at_us - other.at_us) for other in chosen)))
    return sorted(chosen, key=lambda one: one.number)


def difference(one: Frame, other: Frame) -> float:
    """Return the mean difference of two GREY frames of one size, each at the same mean brightness: 0..1."""
    if one.form is not Form.GREY or (one.width, one.height) != (other.width, other.height):
        return 1.0
    import numpy as np

    left, right = (np.frombuffer(frame.content, np.uint8).astype(np.float32) for frame in (one, other))
    return float(np.abs((left - left.mean()) - (right - right.mean())).mean()) / 255
