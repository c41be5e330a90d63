"""Likeness: a piece of evidence that shows the same picture as an earlier one of another visit. It accuses nobody."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from inspector.domain.evidence import Evidence
from inspector.ids import InspectionId, SiteId


class LikenessKind(StrEnum):
    """How two pieces are alike (product.md §6-7)."""

    SAME_BYTES = "same_bytes"
    """The very same file."""
    SAME_SHOT = "same_shot"
    """The same camera at the same second, at an earlier visit of the same site."""
    SAME_PICTURE = "same_picture"
    """The same picture saved again, made smaller or cropped, at another site."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Likeness:
    """`evidence` came in later than `other`; what stands beside `other` says where and by whom that was taken in."""

    kind: LikenessKind
    evidence: Evidence
    other: Evidence
    other_inspection_id: InspectionId
    other_site_id: SiteId
    other_site_name: str
    other_visited_at: datetime
    other_officer_name: str
    """Who attached it."""
    is_same_site: bool

    @property
    def is_explained(self) -> bool:
        """Whether the officer said why the picture is used here."""
        return bool(self.evidence.reuse_reason)
