"""A photo, still or document that belongs to an inspection; its bytes are a blob and never change."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

from inspector.ids import EvidenceId, HazardId, InspectionId, OfficerId, Sha256

NO_MARKS: Final = "[]"
"""What stands in `Evidence.marks` of a picture that nobody marked."""


OWN_CAMERA: Final = "camera"
"""`Evidence.source` of what the laptop's own camera took, by the laptop's clock."""


class EvidenceKind(StrEnum):
    """PHOTO and STILL can be shown; a STILL is one frame of footage; DOCUMENT is kept byte for byte, not decoded."""

    PHOTO = "photo"
    STILL = "still"
    DOCUMENT = "document"

    @property
    def is_picture(self) -> bool:
        """Whether it can be shown, and printed with a notice."""
        return self is not EvidenceKind.DOCUMENT


class TimeSource(StrEnum):
    """How the time of a photo is known."""

    EXIF_OFFSET = "exif_offset"
    """EXIF time with its UTC offset."""
    EXIF_LOCAL = "exif_local"
    """EXIF time without offset, read as China Standard Time."""
    FOOTAGE = "footage"
    """The time of a frame by its recording's clock, which was measured; `clock_source` says how."""
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True, kw_only=True)
class Original:
    """What one read of a file told: digests over all its bytes, and what its header says."""

    sha256: Sha256
    sm3: str
    size: int
    leaves: tuple[str, ...]
    """SHA-256 of each 1 MiB piece, in order."""
    kind: EvidenceKind
    mime: str
    name: str
    """File name as it was found, without folders; characters that can't be seen are U+FFFD."""
    width: int = 0
    height: int = 0
    """Pixels upright, after the EXIF orientation."""
    orientation: int = 1
    """EXIF orientation 1..8 (CIPA DC-008 tag 0x0112)."""
    taken_at: datetime | None = None
    taken_as: str = ""
    """The camera's own text of the time, verbatim."""
    time_source: TimeSource = TimeSource.UNKNOWN
    camera: str = ""
    latitude: str = ""
    longitude: str = ""
    """Decimal degrees WGS 84 as text with 6 decimals, empty if not told."""
    remark: str = ""
    """Why a file was kept as a document, or what was odd; a code, not a sentence."""


class ClockSource(StrEnum):
    """How the correction of a device's clock is known; NONE: not corrected."""

    NONE = ""
    MEASURED = "measured"
    """The device filmed or photographed this laptop's clapper."""
    BY_HAND = "by_hand"
    """An officer read a clock that is seen in the picture."""


@dataclass(frozen=True, slots=True, kw_only=True)
class StillOrigin:
    """Where a still comes from: the clip's SHA-256, stream time in µs, frame number in order of display from 0."""

    clip_sha256: Sha256
    at_us: int
    frame: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """An original attached to an inspection, perhaps to one of its hazards."""

    id: EvidenceId
    inspection_id: InspectionId
    hazard_id: HazardId | None
    original: Original
    caption: str = ""
    attached_at: datetime
    attached_by: OfficerId
    source: str = "file"
    """dialog | drop | folder | paste | watched | card | camera | footage | derived."""
    position: int | None = None
    """Place in the order an officer gave; None: by time."""
    marks: str = NO_MARKS
    """Vector marks over the picture as JSON (see inspector/evidence/marks.py); the original is untouched."""
    clock_shift_ms: int | None = None
    """What must be added to the device's own time; None: not measured."""
    clock_source: ClockSource = ClockSource.NONE
    derived_from: str | None = None
    """Id of the piece this one was made of."""
    derivation: str = ""
    """redacted, or empty for an original."""
    still: StillOrigin | None = None
    reuse_of: str | None = None
    """Id of a piece of another site that shows the same picture; then `reuse_reason` says why it is used."""
    reuse_reason: str = ""
    is_removed: bool = False
    removed_reason: str = ""

    @property
    def corrected_at(self) -> datetime | None:
        """When it was taken by the laptop's clock; None if the device told no time."""
        taken = self.original.taken_at
        if taken is None or self.clock_shift_ms is None:
            return taken
        return taken + timedelta(milliseconds=self.clock_shift_ms)
