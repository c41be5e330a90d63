"""A recording's time by the laptop's clock: anchors become a line, each with what it may be wrong by."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final

from inspector.domain.footage import Anchor, AnchorSource, ClapVerdict, Clip, ClockFit, ClockState, Recording

GAP_MS: Final = 2_000
"""Recorders write whole seconds and lose some frames between files: less than this is no gap (our own measure)."""
QUARTZ_PPM: Final = 100
"""How far an unmeasured recorder's quartz may run away: twice what cheap crystals are sold for (our own measure)."""
SURE_PPM: Final = 500
"""A drift that the anchors can't tell better than this isn't told: the quartz is better known unmeasured."""
MOST_DRIFT: Final = 0.01
"""No quartz is that wrong; anchors that say so contradict each other."""
_HOUR_MS: Final = 3_600_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Placed:
    """A moment of footage by the laptop's clock, and what it may be wrong by."""

    at: datetime
    uncertainty_ms: int
    state: ClockState


@dataclass(frozen=True, slots=True)
class Start:
    """Where a clip begins on its recording's own axis; only clips of one `run` are known relative to each other."""

    run: int
    ms: int


@dataclass(frozen=True, slots=True)
class _Line:
    """true = true_ms + (x − x_ms) × (1 + drift), with x on the axis of one run."""

    run: int
    x_ms: int
    true_ms: float
    drift: float | None
    spread_ms: float
    """What it may be wrong by between its first and last anchor."""
    first_ms: int
    last_ms: int
    slope: float
    """What the drift may be wrong by, per ms beyond the anchors."""
    state: ClockState

    def at(self, x_ms: float) -> float:
        return self.true_ms + (x_ms - self.x_ms) * (1 + (self.drift or 0.0))

    def doubt(self, x_ms: float) -> int:
        beyond = max(self.first_ms - x_ms, x_ms - self.last_ms, 0.0)
        return round(self.spread_ms + beyond * self.slope)


def starts(clips: Sequence[Clip]) -> dict[str, Start]:
    """Return where each clip begins: after the one before, unless the recorder's own clock tells of a gap.

    A clip after one whose length can't be read begins a new run if the recorder told no times.
    """
    found: dict[str, Start] = {}
    run, at_ms, zero = 0, 0, None
    for clip in sorted(clips, key=lambda each: each.ordinal):
        told = None if zero is None or clip.recorded_at is None else _ms(clip.recorded_at) - zero
        if at_ms is None and told is None:
            run, at_ms, zero = run + 1, 0, None
        elif told is not None and (at_ms is None or abs(told - at_ms) > GAP_MS):
            at_ms = told
        found[clip.id] = Start(run, at_ms or 0)
        if zero is None and clip.recorded_at is not None:
            zero = _ms(clip.recorded_at) - found[clip.id].ms
        at_ms = found[clip.id].ms + clip.duration_us // 1000 if clip.duration_us else None
    return found


def fit(recording: Recording) -> ClockFit:
    """Return how a recording's clock is known: by the clapper, else by hand, else UNKNOWN (未校时)."""
    lines = _lines(recording)
    if not lines:
        return ClockFit(state=ClockState.UNKNOWN)
    line = lines[min(lines)]
    began = _recorder_start(recording.clips, line.run)
    return ClockFit(
        state=line.state,
        offset_ms=None if began is None else round(line.true_ms - line.x_ms - began),
        drift_ms_per_hour=None if line.drift is None else round(line.drift * _HOUR_MS, 1),
        uncertainty_ms=round(line.spread_ms),
    )


def placed(recording: Recording, clip_id: str, at_us: int) -> Placed | None:
    """Return when a moment of a clip was by the laptop's clock; None where nothing ties it to that clock."""
    start = starts(recording.clips).get(clip_id)
    line = None if start is None else _lines(recording).get(start.run)
    if start is None or line is None:
        return None
    x_ms = start.ms + at_us / 1000
    at = datetime.fromtimestamp(line.at(x_ms) / 1000, UTC)
    return Placed(at=at, uncertainty_ms=line.doubt(x_ms), state=line.state)


def cited_time(recording: Recording, clip: Clip, at_us: int) -> tuple[datetime | None, ClockState]:
    """Return what may be cited as the time of a frame: (laptop time, how it is known) or (None, UNKNOWN = 未校时).

    The one source for stills, notices and the timeline: an unmeasured recorder's own clock is never cited.
    """
    found = placed(recording, clip.id, at_us)
    return (None, ClockState.UNKNOWN) if found is None else (found.at, found.state)


def position(recording: Recording, clip: Clip, true_ms: int) -> int | None:
    """Return the stream time in µs at which `clip` shows a moment of the laptop's clock; None: unknown, or outside."""
    start = starts(recording.clips)[clip.id]
    line = _lines(recording).get(start.run)
    if line is None:
        return None
    x_ms = line.x_ms + (true_ms - line.true_ms) / (1 + (line.drift or 0.0))
    at_us = round((x_ms - start.ms) * 1000)
    return at_us if 0 <= at_us <= clip.duration_us else None


def recorder_ms(recording: Recording, clip_id: str, at_us: int) -> int | None:
    """Return the recorder's own time of a moment in ms since 1970; None if it told none."""
    start = starts(recording.clips).get(clip_id)
    began = None if start is None else _recorder_start(recording.clips, start.run)
    return None if start is None or began is None else began + start.ms + at_us // 1000


def _recorder_start(clips: Sequence[Clip], run: int) -> int | None:
    """Return the recorder's time at the zero of a run, by the first clip that tells one."""
    where = starts(clips)
    for clip in sorted(clips, key=lambda each: each.ordinal):
        if where[clip.id].run == run and clip.recorded_at is not None:
            return _ms(clip.recorded_at) - where[clip.id].ms
    return None


def _ms(at: datetime) -> int:
    return round(at.timestamp() * 1000)


def _lines(recording: Recording) -> dict[int, _Line]:
    where = starts(recording.clips)
    of_run: dict[int, list[tuple[int, Anchor]]] = {}
    for anchor in recording.anchors:
        start = where.get(anchor.clip_id)
        if start is not None and anchor.verdict is ClapVerdict.GENUINE:
            of_run.setdefault(start.run, []).append((start.ms + anchor.at_us // 1000, anchor))
    return {run: _line(run, anchors) for run, anchors in of_run.items()}


def _line(run: int, found: list[tuple[int, Anchor]]) -> _Line:
    clapped = [one for one in found if one[1].source is AnchorSource.CLAPPER]
    used = sorted(clapped or found, key=lambda one: one[0])
    x_ms, first = used[0]
    # Relative to the first anchor: squares of times since 1970 would eat the milliseconds.
    points = [(x - x_ms, each.true_ms - first.true_ms, max(each.uncertainty_ms, 1)) for x, each in used]
    drift = _drift(points)
    weights = [1 / doubt**2 for _, _, doubt in points]
    offsets = [y - x * (1 + (drift or 0.0)) for x, y, _ in points]
    level = sum(w * o for w, o in zip(weights, offsets, strict=True)) / sum(weights)
    apart = max(abs(each - level) for each in offsets)
    worst = max(doubt for _, _, doubt in points)
    span = points[-1][0]
    return _Line(
        run=run,
        x_ms=x_ms,
        true_ms=first.true_ms + level,
        drift=drift,
        spread_ms=max(worst, apart),
        first_ms=x_ms,
        last_ms=x_ms + span,
        slope=QUARTZ_PPM / 1e6 if drift is None else min((points[0][2] + points[-1][2]) / span, QUARTZ_PPM / 1e6),
        state=ClockState.MEASURED if clapped else ClockState.BY_HAND,
    )


def _drift(points: list[tuple[int, int, int]]) -> float | None:
    """Return the least-squares drift (ms per ms), None if these points can't tell one."""
    span = points[-1][0]
    if span <= 0 or (points[0][2] + points[-1][2]) / span > SURE_PPM / 1e6:
        return None
    weights = [1 / doubt**2 for _, _, doubt in points]
    total = sum(weights)
    mean_x = sum(w * x for w, (x, _, _) in zip(weights, points, strict=True)) / total
    mean_y = sum(w * y for w, (_, y, _) in zip(weights, points, strict=True)) / total
    across = sum(w * (x - mean_x) * (y - mean_y) for w, (x, y, _) in zip(weights, points, strict=True))
    along = sum(w * (x - mean_x) ** 2 for w, (x, _, _) in zip(weights, points, strict=True))
    drift = across / along - 1
    return drift if abs(drift) <= MOST_DRIFT else None
