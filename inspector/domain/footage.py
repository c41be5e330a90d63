"""Footage: recordings of a body recorder, the clips they consist of, and how their clock is known."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from inspector.ids import InspectionId, OfficerId, Sha256


class AnchorSource(StrEnum):
    """How a moment of a clip was tied to the laptop's time."""

    CLAPPER = "clapper"
    BY_HAND = "by_hand"
    """An officer read a clock that is seen in the frame."""


class ClapVerdict(StrEnum):
    """What a clapper found in footage is worth."""

    GENUINE = "genuine"
    """Its MAC fits this laptop and this inspection, and it stands near the time at which it was shown."""
    REPLAYED = "replayed"
    """The MAC fits, but the counter runs against the stream or was seen in another recording at another offset."""
    FOREIGN = "foreign"
    """Made for another inspection or another laptop."""
    FORGED = "forged"
    """The MAC does not fit."""


def clip_time(at_us: int) -> str:
    """Return a stream time as 00:12:03.240."""
    seconds, ms = divmod(at_us // 1000, 1000)
    return f"{seconds // 3600:02}:{seconds // 60 % 60:02}:{seconds % 60:02}.{ms:03}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Anchor:
    """One moment of a clip tied to the laptop's time: at stream time `at_us` it was `true_ms` (wall ms, UTC)."""

    clip_id: str
    at_us: int
    true_ms: int
    source: AnchorSource
    verdict: ClapVerdict = ClapVerdict.GENUINE
    uncertainty_ms: int = 500
    detail: str = ""


class ClockState(StrEnum):
    """What may be said of a recording's time wherever it is cited."""

    MEASURED = "measured"
    BY_HAND = "by_hand"
    UNKNOWN = "unknown"
    """未校时."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ClockFit:
    """Laptop time of a recording: `offset_ms` is laptop minus recorder at its first anchor; drift per hour.

    `offset_ms` is None where the recorder told no time of its own; then only the anchors count.
    """

    state: ClockState
    offset_ms: int | None = None
    drift_ms_per_hour: float | None = None
    """None with one anchor only."""
    uncertainty_ms: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Clip:
    """One file of a recording; its bytes are a blob and never change. Sizes in pixels are upright."""

    id: str
    recording_id: str
    ordinal: int
    sha256: Sha256
    sm3: str
    size: int
    mime: str
    name: str
    codec: str = ""
    """h264 | hevc | mjpeg | vp8 | … as the decoder names it; empty: can't be decoded."""
    width: int = 0
    height: int = 0
    rotation: int = 0
    """Degrees clockwise that the file asks for: 0, 90, 180, 270."""
    duration_us: int = 0
    frames: int = 0
    is_constant_rate: bool = False
    recorded_at: datetime | None = None
    """When the recorder says it began, in its own clock."""
    remark: str = ""
    """What could not be read, as a code: no_index, truncated, undecodable, no_video …; empty: all of it was."""
    lent: str = ""
    """What another clip lent to one that lost its index (film/spare.py), so that its frames are found again exactly."""
    attached_at: datetime
    attached_by: OfficerId


@dataclass(frozen=True, slots=True, kw_only=True)
class Recording:
    """Clips that follow one another without a gap, from one device."""

    id: str
    inspection_id: InspectionId | None
    device_label: str
    source: str
    """card | folder | file."""
    added_at: datetime
    added_by: OfficerId
    anchors: tuple[Anchor, ...] = ()
    clips: tuple[Clip, ...] = ()
    is_removed: bool = False
    removed_reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Clap:
    """One showing of the clapper on this laptop's screen; `nonce` is 32 hex digits, `shown` the seconds it stood."""

    id: str
    inspection_id: InspectionId
    nonce: str
    began_at: datetime
    began_by: OfficerId
    ended_at: datetime | None = None
    shown: int = 0
