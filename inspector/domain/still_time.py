"""When a still was filmed, as its recording's clock is known today: a clapper found later tells it for stills too."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from inspector.domain import clock_fit
from inspector.domain.evidence import ClockSource, Evidence, TimeSource
from inspector.domain.footage import ClockState, Recording

_SOURCES = {ClockState.MEASURED: ClockSource.MEASURED, ClockState.BY_HAND: ClockSource.BY_HAND}


def as_known(still: Evidence, holding: Sequence[Recording]) -> Evidence:
    """Return a still with the time that may be cited now; `holding` are recordings that have its clip.

    One of its own inspection is asked first. A piece that is no still, or whose recordings are gone, stays as it is.
    """
    if still.still is None:
        return still
    for recording in sorted(holding, key=lambda each: each.inspection_id != still.inspection_id):
        for clip in recording.clips:
            if clip.sha256 == still.still.clip_sha256:
                at, state = clock_fit.cited_time(recording, clip, still.still.at_us)
                source = TimeSource.UNKNOWN if at is None else TimeSource.FOOTAGE
                original = replace(still.original, taken_at=at, time_source=source)
                return replace(still, original=original, clock_source=_SOURCES.get(state, ClockSource.NONE))
    return still
