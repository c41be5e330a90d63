"""What clappers found in footage are worth: told in codes for an officer to judge, never an accusation."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from inspector.domain import clock_fit
from inspector.domain.clap_votes import LEAST_SECONDS, Vote
from inspector.domain.footage import Anchor, AnchorSource, Clap, ClapVerdict, Recording

RUNS_AGAINST_STREAM: Final = "runs_against_stream"
"""The counter and the stream don't go on together: a picture of a clapper, or one played slower, faster, backwards."""
OLDER_THAN_ANOTHER: Final = "older_than_another"
"""By another clap of the same recording it was later than this one says."""
OTHER_RECORDING: Final = "other_recording"
"""By a clap in another recording of the same device and visit it was later than this one says. With its id."""
OTHER_INSPECTION: Final = "other_inspection"
"""It was shown on this laptop at another visit. With that inspection's id."""
UNKNOWN_CLAP: Final = "unknown_clap"
"""This laptop showed no such clap: another laptop's, which can't be checked here."""
MAC: Final = "mac"
"""It names a clap of this laptop, but this laptop didn't make the code."""

NEAR_MS: Final = 2_000
"""Claps of one recording may disagree by this and by FAST of what lies between them (our own measure)."""
FAST: Final = 0.001
FAR_MS: Final = 120_000
"""So far two recordings of one device may disagree: as far as a laptop's clock may be off headquarters' (sync §3.2)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Showing:
    """One clap seen in one clip. `clap` is None for a stranger's; `has_mac`: this laptop made the codes."""

    clip_id: str
    vote: Vote
    clap: Clap | None
    has_mac: bool


def judge(recording: Recording, showings: Sequence[Showing], others: Sequence[Recording] = ()) -> tuple[Anchor, ...]:
    """Return an anchor for each showing that says something, in order of the stream.

    A film of a clapper can be played to a recorder later, never earlier. So where claps of one recording say
    different times, the one that says the latest is believed and the others are REPLAYED; and so it is with `others`,
    recordings of the same device and visit, where both recorders' own clocks are told.
    Showings with fewer seconds than LEAST_SECONDS say nothing unless something is wrong with them.
    """
    found = [_alone(recording, one) for one in showings]
    anchors = _against_each_other(recording, [one for one in found if one is not None])
    return tuple(_against(recording, one, others) for one in sorted(anchors, key=lambda each: _place(recording, each)))


def contradicted(recording: Recording, others: Sequence[Recording]) -> list[Recording]:
    """Return the `others` of the same device and visit in which claps must be REPLAYED by what `recording` says."""
    found: list[Recording] = []
    for other in others:
        anchors = tuple(_against(other, one, [recording]) for one in other.anchors)
        if anchors != other.anchors:
            found.append(replace(other, anchors=anchors))
    return found


def _alone(recording: Recording, showing: Showing) -> Anchor | None:
    verdict, detail = ClapVerdict.GENUINE, f"clap:{showing.clap.id}" if showing.clap else ""
    if showing.clap is None:
        verdict, detail = ClapVerdict.FOREIGN, UNKNOWN_CLAP
    elif not showing.has_mac:
        verdict, detail = ClapVerdict.FORGED, MAC
    elif not showing.vote.runs_with_stream:
        verdict, detail = ClapVerdict.REPLAYED, RUNS_AGAINST_STREAM
    elif showing.vote.seconds < LEAST_SECONDS:
        return None
    elif recording.inspection_id not in {None, showing.clap.inspection_id}:
        verdict, detail = ClapVerdict.FOREIGN, f"{OTHER_INSPECTION}:{showing.clap.inspection_id}"
    return Anchor(
        clip_id=showing.clip_id,
        at_us=showing.vote.at_us,
        true_ms=showing.vote.true_ms,
        source=AnchorSource.CLAPPER,
        verdict=verdict,
        uncertainty_ms=showing.vote.uncertainty_ms,
        detail=detail,
    )


def _against_each_other(recording: Recording, anchors: list[Anchor]) -> list[Anchor]:
    genuine = [one for one in anchors if one.verdict is ClapVerdict.GENUINE]

    def is_older(one: Anchor) -> bool:
        run, x_ms = _place(recording, one)
        for other in genuine:
            other_run, other_ms = _place(recording, other)
            later = (other.true_ms - other_ms) - (one.true_ms - x_ms)
            if other_run == run and later > NEAR_MS + FAST * abs(other_ms - x_ms):
                return True
        return False

    return [_replayed(one, OLDER_THAN_ANOTHER) if one in genuine and is_older(one) else one for one in anchors]


def _against(recording: Recording, one: Anchor, others: Sequence[Recording]) -> Anchor:
    mine = _offset(recording, one)
    if one.verdict is not ClapVerdict.GENUINE or one.source is not AnchorSource.CLAPPER or mine is None:
        return one
    for other in others:
        is_alike = other.device_label == recording.device_label != "" and other.inspection_id == recording.inspection_id
        if other.id == recording.id or not is_alike:
            continue
        for anchor in other.anchors:
            theirs = _offset(other, anchor)
            is_sound = anchor.verdict is ClapVerdict.GENUINE and anchor.source is AnchorSource.CLAPPER
            if is_sound and theirs is not None and theirs - mine > FAR_MS:
                return _replayed(one, f"{OTHER_RECORDING}:{other.id}")
    return one


def _replayed(one: Anchor, detail: str) -> Anchor:
    return replace(one, verdict=ClapVerdict.REPLAYED, detail=detail)


def _offset(recording: Recording, anchor: Anchor) -> int | None:
    told = clock_fit.recorder_ms(recording, anchor.clip_id, anchor.at_us)
    return None if told is None else anchor.true_ms - told


def _place(recording: Recording, anchor: Anchor) -> tuple[int, int]:
    start = clock_fit.starts(recording.clips)[anchor.clip_id]
    return start.run, start.ms + anchor.at_us // 1000
