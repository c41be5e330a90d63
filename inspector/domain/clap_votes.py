"""What the seconds of a clapper that were read in a clip say together: its clock, or that they don't fit the stream."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

APART_US: Final = 30_000_000
"""Seconds of one clap that lie further apart in the stream are two showings."""
LEAST_SECONDS: Final = 3
"""So many different seconds must agree (product.md §6-1: shown ≥ 3 s); fewer tell nothing."""
LEAST_SHARE: Final = 0.7
"""If fewer of the frames agree, the code doesn't run with the stream (our own measure)."""
STOPPED_US: Final = 3_000_000
"""A code that stands this long is a picture of a clapper, or a screen that hung."""
LATENCY_MS: Final = 100
"""Until a second is lit on the screen and exposed: window system, panel, a frame of a recorder at 15 per second."""
_SECOND_MS: Final = 1000


@dataclass(frozen=True, slots=True)
class Sighting:
    """One frame in which a code was read: stream time, the code's second, the laptop's time when that began."""

    at_us: int
    counter: int
    wall_ms: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Vote:
    """What the frames of one showing agree on: at stream time `at_us` the laptop's clock said `true_ms`."""

    at_us: int
    true_ms: int
    uncertainty_ms: int
    seconds: int
    """Different seconds among the frames that agree."""
    frames: int
    runs_with_stream: bool


def showings(sightings: Sequence[Sighting]) -> list[list[Sighting]]:
    """Return the sightings of one clap in one clip, parted where it was out of sight for APART_US."""
    found: list[list[Sighting]] = []
    for one in sorted(sightings, key=lambda each: each.at_us):
        if not found or one.at_us - found[-1][-1].at_us > APART_US:
            found.append([])
        found[-1].append(one)
    return found


def vote(seen: Sequence[Sighting]) -> Vote:
    """Return what one showing (at least one sighting) says.

    A frame at stream time s that shows the second which began at w was taken between w and w + 1 s, so the offset
    lies in [w − s, w − s + 1 s). Where most of these intervals overlap, all frames are right; the frames around each
    change make that part narrow: about as wide as two frames are apart.
    """
    low_ms, high_ms, agreeing = _overlap(seen)
    offset = (low_ms + high_ms) / 2
    first = min(seen, key=lambda each: each.at_us)
    seconds = len({each.counter for each in agreeing})
    stands = len({each.counter for each in seen}) == 1 and _span(seen) > STOPPED_US
    return Vote(
        at_us=first.at_us,
        true_ms=round(first.at_us / 1000 + offset),
        uncertainty_ms=round((high_ms - low_ms) / 2) + LATENCY_MS,
        seconds=seconds,
        frames=len(agreeing),
        runs_with_stream=not stands and len(agreeing) >= LEAST_SHARE * len(seen),
    )


def _span(seen: Sequence[Sighting]) -> int:
    return max(each.at_us for each in seen) - min(each.at_us for each in seen)


def _overlap(seen: Sequence[Sighting]) -> tuple[float, float, list[Sighting]]:
    """Return the part of the offsets in which the most intervals overlap, and the sightings that hold there."""
    lows = [(each.wall_ms - each.at_us / 1000, each) for each in seen]
    edges = sorted([(low, 1) for low, _ in lows] + [(low + _SECOND_MS, -1) for low, _ in lows])
    best, depth, low_ms, high_ms = 0, 0, 0.0, 0.0
    for n, (edge, step) in enumerate(edges):
        depth += step
        if depth > best:
            best, low_ms, high_ms = depth, edge, edges[n + 1][0]
    return low_ms, high_ms, [each for low, each in lows if low <= low_ms and high_ms <= low + _SECOND_MS]
