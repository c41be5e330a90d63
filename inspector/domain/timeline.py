"""A visit as a line of time: its steps, the footage that covers them, and what should have been filmed and wasn't."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from itertools import pairwise
from typing import Final

from inspector.domain import clock_fit
from inspector.domain.footage import ClockState, Recording
from inspector.errors import Fact

JUMP_MS: Final = 120_000
"""The laptop's clock was set if it ran this far from the time since boot (product.md §4: a jump of more than 2 min)."""


class StepKind(StrEnum):
    """What happened at one moment of a visit."""

    STARTED = "started"
    ID_SHOWN = "id_shown"
    RIGHTS_TOLD = "rights_told"
    CLAP = "clap"
    HAZARD = "hazard"
    PHOTO = "photo"
    ISSUED = "issued"
    PRINTED = "printed"
    SERVED = "served"
    REFUSED = "refused"
    """Refused or left: besides SERVED."""
    ENDED = "ended"
    CLOCK_JUMP = "clock_jump"
    """The laptop's clock was set: times before and after don't compare. Facts: ms (forwards is positive)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One step; `subject` is the id of what it is about, empty for the visit itself.

    Facts of a hazard: ordinal, title; of a photo: name, known_by; of a notice: number, form; of a serving also method.
    """

    kind: StepKind
    at: datetime
    subject: str = ""
    facts: dict[str, Fact] = field(default_factory=dict[str, Fact])


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """One clip placed on the line, give or take `uncertainty_ms`."""

    recording_id: str
    clip_id: str
    label: str
    begins_at: datetime
    ends_at: datetime
    uncertainty_ms: int
    state: ClockState


@dataclass(frozen=True, slots=True, kw_only=True)
class Unplaced:
    """A clip of which nobody knows when it was filmed: 未校时."""

    recording_id: str
    clip_id: str
    label: str
    duration_us: int


class GapState(StrEnum):
    """Whether what must be filmed was filmed."""

    COVERED = "covered"
    MISSING = "missing"
    EXPLAINED = "explained"
    """Missing, and an officer said why."""
    NOT_APPLICABLE = "not_applicable"
    """The step didn't take place."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FilmItem:
    """One item of the filming list: footage must cover each `step` from `before_s` before to `after_s` after it."""

    id: str
    step: StepKind
    text: str
    text_en: str
    before_s: int
    after_s: int
    basis: tuple[str, ...] = ()
    is_verified: bool = True
    """False for what the pack marks as not confirmed by its source."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Gap:
    """What became of one item: `times` of its step, and those no footage covers."""

    item: FilmItem
    state: GapState
    times: tuple[datetime, ...] = ()
    uncovered: tuple[datetime, ...] = ()
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Timeline:
    """A whole visit, everything in order of time."""

    inspection_id: str
    steps: tuple[Step, ...]
    spans: tuple[Span, ...]
    unplaced: tuple[Unplaced, ...]
    gaps: tuple[Gap, ...]

    @property
    def open_gaps(self) -> tuple[Gap, ...]:
        """What is missing and was not explained."""
        return tuple(one for one in self.gaps if one.state is GapState.MISSING)


def place(recordings: Iterable[Recording]) -> tuple[tuple[Span, ...], tuple[Unplaced, ...]]:
    """Return the clips on the line, and those whose clock is unknown."""
    spans: list[Span] = []
    unplaced: list[Unplaced] = []
    for one in recordings:
        for clip in one.clips:
            label = one.device_label or clip.name
            begins = clock_fit.placed(one, clip.id, 0)
            ends = clock_fit.placed(one, clip.id, clip.duration_us)
            if begins is None or ends is None:
                unplaced.append(
                    Unplaced(recording_id=one.id, clip_id=clip.id, label=label, duration_us=clip.duration_us)
                )
                continue
            spans.append(
                Span(
                    recording_id=one.id,
                    clip_id=clip.id,
                    label=label,
                    begins_at=begins.at,
                    ends_at=ends.at,
                    uncertainty_ms=max(begins.uncertainty_ms, ends.uncertainty_ms),
                    state=begins.state,
                )
            )
    return tuple(sorted(spans, key=lambda each: (each.begins_at, each.clip_id))), tuple(unplaced)


def gaps(
    items: Sequence[FilmItem], steps: Sequence[Step], spans: Sequence[Span], reasons: dict[str, str]
) -> tuple[Gap, ...]:
    """Return what became of each item; `reasons` are what officers said, by item. Unplaced footage covers nothing."""
    found: list[Gap] = []
    for item in items:
        times = tuple(step.at for step in steps if step.kind is item.step)
        uncovered = tuple(at for at in times if not any(_covers(span, item, at) for span in spans))
        reason = reasons.get(item.id, "") if uncovered else ""
        state = GapState.EXPLAINED if reason else GapState.MISSING if uncovered else GapState.COVERED
        if not times:
            state = GapState.NOT_APPLICABLE
        found.append(Gap(item=item, state=state, times=times, uncovered=uncovered, reason=reason))
    return tuple(found)


def _covers(span: Span, item: FilmItem, at: datetime) -> bool:
    earliest, latest = at - timedelta(seconds=item.before_s), at + timedelta(seconds=item.after_s)
    return span.begins_at <= latest and span.ends_at >= earliest


@dataclass(frozen=True, slots=True)
class Clocks:
    """What the clocks said when an entry was written."""

    wall_ms: int
    mono_ms: int
    boot: str


def jumps(read: Sequence[Clocks]) -> list[tuple[int, int]]:
    """Return (wall ms after it, ms it was set forwards by) of every time the clock was set within one boot.

    Slow drift is no jump: only two entries that follow one another are compared. What a sleeping laptop's counter
    leaves out would look like a clock set forwards; `inspector.clock` counts sleep.
    """
    found: list[tuple[int, int]] = []
    for before, after in pairwise(read):
        by_ms = (after.wall_ms - before.wall_ms) - (after.mono_ms - before.mono_ms)
        if before.boot == after.boot and abs(by_ms) > JUMP_MS:
            found.append((after.wall_ms, by_ms))
    return found
