"""Makes a clip's index in the worker: times of all packets without decoding, checked against what a decoder gives."""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections.abc import Callable
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from inspector.evidence.film.capture import Capture
from inspector.evidence.film.index import SAME_US, FilmIndex

Open = Callable[..., Capture]
Beat = Callable[[int], None]
_HEAD: Final = 24
"""Frames decoded at the start: more than any decoder holds back (H.264 and H.265 at most 16)."""
_TAIL: Final = 48
"""A jump to this many frames before the end, so that the last ones are seen decoded."""
_FAR: Final = 300
"""Frames before the end beyond which the last key frame is not looked at."""
_MOST: Final = 10_000_000
"""Frames of a clip: 46 hours at 60 a second."""

_Seen = tuple[int, bool]
"""Time in µs, and of a packet: whether it is a key frame; of a frame: whether it is coded on its own."""


@dataclass(frozen=True, slots=True)
class _Alignment:
    """Packets first … end, in order of display, are the frames; their times less the shift are the frames' times."""

    shift: int
    first: int
    end: int


def build(open_capture: Open, beat: Beat) -> FilmIndex:
    """Return the index of a clip. `beat` is called now and then with the frames seen so far. Raises CaptureRefused.

    The packets' times, sorted, are the frames in order of display. An edit list drops the first of them and shifts
    the others; AVI tells times of decoding only. So head and tail are decoded and must fit, else everything is.
    """
    packets = sorted(_packets(open_capture, beat))
    times = [time for time, _ in packets]
    if len(times) > 1 and not any(later - earlier <= SAME_US for earlier, later in pairwise(times)):
        head = _decoded(open_capture, beat, most=_HEAD)
        tail = _tail(open_capture, beat, packets)
        found = _aligned(packets, head, tail)
        if found is not None:
            kept = packets[found.first : found.end]
            return FilmIndex(
                times=array("q", (time - found.shift for time, _ in kept)),
                keys=array("q", (number for number, (_, is_key) in enumerate(kept) if is_key)),
                remark="truncated" if found.end < len(times) else "",
            )
    return _whole(open_capture, beat, len(packets))


def _packets(open_capture: Open, beat: Beat) -> list[_Seen]:
    capture = open_capture(raw=True)
    found: list[_Seen] = []
    for packet in capture.packets():
        found.append(packet)
        beat(len(found))
        if len(found) >= _MOST:
            break
    capture.close()
    return found


def _decoded(open_capture: Open, beat: Beat, *, most: int, jump: int = 0) -> list[_Seen]:
    """Return time and whether it is coded on its own, of each frame that a decoder gives."""
    capture = open_capture()
    if jump:
        capture.jump(jump)
    found: list[_Seen] = []
    while len(found) < most and capture.grab():
        found.append((capture.time_us, capture.is_intra))
        beat(len(found))
    capture.close()
    return found


def _tail(open_capture: Open, beat: Beat, packets: list[_Seen]) -> list[_Seen]:
    """Return the last frames as decoded, with the last key frame if it is near; the very last may tell no time."""
    keys = (len(packets) - number for number, (_, is_key) in enumerate(reversed(packets), 1) if is_key)
    first = min(len(packets) - _TAIL, max(next(keys, 0), len(packets) - _FAR))
    capture = open_capture()
    rate = capture.rate
    capture.close()
    jump = int(packets[max(0, first)][0] / 1e6 * rate)
    return _decoded(open_capture, beat, most=_MOST, jump=max(0, jump))


def _aligned(packets: list[_Seen], head: list[_Seen], tail: list[_Seen]) -> _Alignment | None:
    """Find how packets and frames belong together: what drops the fewest packets; None if nothing fits."""
    told = list(tail)
    while len(told) > 1 and told[-1][0] <= told[0][0]:
        told.pop()  # what comes out behind the last packet carries no time
    if not head or not told:
        return None
    times = [time for time, _ in packets]
    best: _Alignment | None = None
    for shift in dict.fromkeys((0, times[0] - head[0][0], times[-1] - told[-1][0])):
        first, last = _place(times, head[0][0] + shift), _place(times, told[-1][0] + shift)
        if first is None or last is None or last + 1 < len(told):
            continue
        found = _Alignment(shift, first, min(len(times), last + 1 + len(tail) - len(told)))
        is_fitting = _same(packets[first : first + len(head)], head, shift) and _same(
            packets[last + 1 - len(told) : last + 1], told, shift
        )
        if is_fitting and (best is None or found.end - found.first > best.end - best.first):
            best = found
    return best


def _place(times: list[int], wanted: int) -> int | None:
    place = bisect_left(times, wanted - SAME_US)
    return place if place < len(times) and abs(times[place] - wanted) <= SAME_US else None


def _same(packets: list[_Seen], seen: list[_Seen], shift: int) -> bool:
    """Whether times agree and every key frame is coded on its own (an even rate alone would fit anywhere)."""
    return len(packets) == len(seen) and all(
        abs(time - shift - at) <= SAME_US and (is_intra or not is_key)
        for (time, is_key), (at, is_intra) in zip(packets, seen, strict=True)
    )


def _whole(open_capture: Open, beat: Beat, packets: int) -> FilmIndex:
    """Decode every frame. Times that don't rise are no times: then frames are counted and the rate gives the times."""
    capture = open_capture()
    rate = capture.rate or 25.0
    capture.close()
    times = [time for time, _ in _decoded(open_capture, beat, most=_MOST)]
    is_short = len(times) < packets
    rises = all(later - earlier > SAME_US for earlier, later in pairwise(times))
    if rises and times:
        return FilmIndex(times=array("q", times), keys=array("q"), remark="damaged" if is_short else "")
    reckoned = array("q", (round(number * 1e6 / rate) for number in range(len(times))))
    return FilmIndex(times=reckoned, keys=array("q"), remark="no_times", is_counted=True)
