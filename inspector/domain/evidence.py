"""A photo, still or document that belongs to an inspection; its bytes are a blob and never change."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from inspector.ids import EvidenceId, HazardId, InspectionId, OfficerId, Sha256


class EvidenceKind(StrEnum):
    """PHOTO can be shown; DOCUMENT is kept byte for byte but not decoded."""

    PHOTO = "photo"
    DOCUMENT = "document"


class TimeSource(StrEnum):
    """How the time of a photo is known."""

    EXIF_OFFSET = "exif_offset"
    """EXIF time with its UTC offset."""
    EXIF_LOCAL = "exif_local"
    """EXIF time without offset, read as China Standard Time."""
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
    """File name as it was found, without folders."""
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
    """dialog | drop | folder."""
    is_removed: bool = False
    removed_reason: str = ""
