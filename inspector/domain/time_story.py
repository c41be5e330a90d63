"""The times of a photo side by side: what its camera said, what it is by the laptop's clock, and how that is known."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from inspector.domain.evidence import OWN_CAMERA, ClockSource, Evidence, TimeSource


class KnownBy(StrEnum):
    """How the time of a picture is known."""

    EXIF_OFFSET = "exif_offset"
    """The camera's own, with its UTC offset; the camera's clock was not measured."""
    EXIF_LOCAL = "exif_local"
    """The camera's own, read as China Standard Time; the camera's clock was not measured."""
    MEASURED = "measured"
    """The camera's clock was measured by the clapper."""
    BY_HAND = "by_hand"
    """An officer said what the camera's clock is off by."""
    LAPTOP = "laptop"
    """It was taken by the laptop's own camera, so its time is the laptop's."""
    UNKNOWN = "unknown"
    """It told no time; of a still: 未校时."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TimeStory:
    """`camera_text` verbatim, empty if it told none; `corrected_at` aware, None if no time can be told."""

    camera_text: str
    corrected_at: datetime | None
    known_by: KnownBy


_BY_CLOCK = {ClockSource.MEASURED: KnownBy.MEASURED, ClockSource.BY_HAND: KnownBy.BY_HAND}
_BY_EXIF = {TimeSource.EXIF_OFFSET: KnownBy.EXIF_OFFSET, TimeSource.EXIF_LOCAL: KnownBy.EXIF_LOCAL}


def story(evidence: Evidence) -> TimeStory:
    """Return the times of one piece; a still's clock is its recording's, kept with it when it was taken."""
    original = evidence.original
    known_by = KnownBy.UNKNOWN
    if original.taken_at is not None:
        own = KnownBy.LAPTOP if evidence.source == OWN_CAMERA else None
        known_by = _BY_CLOCK.get(evidence.clock_source) or own or _BY_EXIF.get(original.time_source, KnownBy.UNKNOWN)
    return TimeStory(camera_text=original.taken_as, corrected_at=evidence.corrected_at, known_by=known_by)
