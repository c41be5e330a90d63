"""Where on a clip something happened: hazards by their time, stills by their frame, clocks that were found or read."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from inspector.domain.evidence import Evidence
from inspector.domain.footage import Anchor, AnchorSource, ClapVerdict, Clip, Recording
from inspector.domain.hazard import Hazard
from inspector.domain.timeline import Span, Timeline
from ui.models.footage_words import stream_time
from ui.models.moments import clock_time
from ui.text import tr
from ui.views.footage.track import CLAP, CLOCK, HAZARD, STILL, Mark


def moment_on(span: Span, clip: Clip, at: datetime) -> int | None:
    """Return the stream time of a moment on a clip that lies on the line, None if it is not on it."""
    if not span.begins_at <= at <= span.ends_at:
        return None
    whole = (span.ends_at - span.begins_at).total_seconds()
    share = (at - span.begins_at).total_seconds() / whole if whole else 0.0
    return round(clip.duration_us * share)


def find_moment(timeline: Timeline, clips: Sequence[Clip], at: datetime, near: str = "") -> tuple[str, int] | None:
    """Return clip and stream time of a moment, in the clip `near` if it is on that one; None where nothing ran."""
    known: dict[str, Clip] = {one.id: one for one in clips}
    found: list[tuple[str, int]] = []
    for span in timeline.spans:
        at_us = moment_on(span, known[span.clip_id], at) if span.clip_id in known else None
        if at_us is not None:
            found.append((span.clip_id, at_us))
    return next((one for one in found if one[0] == near), found[0] if found else None)


def marks_of(
    clip: Clip, recording: Recording, timeline: Timeline, hazards: Sequence[Hazard], evidence: Sequence[Evidence]
) -> tuple[Mark, ...]:
    """Return the marks of a clip."""
    found: list[Mark] = []
    for span in timeline.spans:
        if span.clip_id != clip.id:
            continue
        for hazard in hazards:
            at_us = moment_on(span, clip, hazard.seen_at)
            if at_us is not None:
                said = tr(
                    "隐患 {no}　{at}　{title}",
                    no=hazard.ordinal,
                    at=clock_time(hazard.seen_at),
                    title=hazard.description,
                )
                found.append(Mark(at_us, HAZARD, str(hazard.ordinal), said))
    found += [
        Mark(one.still.at_us, STILL, "", tr("截图　{at}", at=stream_time(one.still.at_us)))
        for one in evidence
        if one.still is not None and one.still.clip_sha256 == clip.sha256
    ]
    found += [mark for anchor in recording.anchors if (mark := _anchor_mark(anchor, clip)) is not None]
    return tuple(found)


def _anchor_mark(anchor: Anchor, clip: Clip) -> Mark | None:
    if anchor.clip_id != clip.id:
        return None
    if anchor.source is AnchorSource.BY_HAND:
        return Mark(anchor.at_us, CLOCK, "", tr("人工对时　{at}", at=stream_time(anchor.at_us)))
    if anchor.verdict is ClapVerdict.GENUINE:
        return Mark(anchor.at_us, CLAP, "", tr("拍板　{at}", at=stream_time(anchor.at_us)))
    return Mark(anchor.at_us, CLAP, "!", tr("拍板不可用　{at}", at=stream_time(anchor.at_us)))
