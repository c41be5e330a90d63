"""What a search for the clapper changes: anchors of the recording, its inspection, doubts about other recordings."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from inspector.domain import clap_verdicts
from inspector.domain.clap_verdicts import Showing
from inspector.domain.clap_votes import LEAST_SECONDS
from inspector.domain.footage import Anchor, AnchorSource, Recording
from inspector.store import claps, recordings
from inspector.store.gateway import Tx


@dataclass(frozen=True, slots=True, kw_only=True)
class Settled:
    """`changes` are the fields to set, by recording id; empty where all is as it was."""

    anchors: tuple[Anchor, ...]
    bound_to: str | None
    candidates: tuple[str, ...]
    contradicted: tuple[str, ...]
    changes: dict[str, dict[str, Any]] = field(default_factory=dict[str, dict[str, Any]])


def settle(tx: Tx, recording: Recording, showings: Sequence[Showing], failed: Collection[str] = ()) -> Settled:
    """Judge what was found, beside the other recordings of the visit. Reads only.

    Anchors of an earlier search stay where a clip (ids in `failed`) could not be looked through now.
    """
    visits = _visits(showings) if recording.inspection_id is None else ()
    bound_to = visits[0] if len(visits) == 1 else None
    placed = replace(recording, inspection_id=bound_to or recording.inspection_id)
    others: list[Recording] = []
    if placed.inspection_id is not None:
        others = [one for one in recordings.of_inspection(tx, placed.inspection_id) if one.id != recording.id]
    anchors = clap_verdicts.judge(placed, showings, others)
    kept = [one for one in recording.anchors if one.source is AnchorSource.BY_HAND or one.clip_id in failed]
    now = replace(placed, anchors=(*kept, *(one for one in anchors if one not in kept)))
    doubted = clap_verdicts.contradicted(now, others)
    changes: dict[str, dict[str, Any]] = {}
    if now.anchors != recording.anchors:
        changes[recording.id] = {"anchors": claps.written(now.anchors)}
    if bound_to is not None:
        changes.setdefault(recording.id, {})["inspection_id"] = bound_to
    changes |= {one.id: {"anchors": claps.written(one.anchors)} for one in doubted}
    return Settled(
        anchors=anchors,
        bound_to=bound_to,
        candidates=visits if bound_to is None else (),
        contradicted=tuple(one.id for one in doubted),
        changes=changes,
    )


def _visits(showings: Sequence[Showing]) -> tuple[str, ...]:
    """Return the visits whose claps are sound: two seconds of one, or a picture of one, give no recording away."""
    sound = [
        each.clap.inspection_id
        for each in showings
        if each.clap and each.has_mac and each.vote.runs_with_stream and each.vote.seconds >= LEAST_SECONDS
    ]
    return tuple(sorted(set(sound)))
