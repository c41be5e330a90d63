"""What people put on an issued notice: pages signed by hand, strokes of a pen on the screen, the office's seal."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from inspector.ids import EvidenceId, NoticeId, OfficerId, Sha256

Stroke = tuple[tuple[float, float, int], ...]
"""Points of one stroke: x and y in shares of the field (0..1), and milliseconds since the first point."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SignedPage:
    """A page signed by hand, photographed: the straightened picture and the photo it was made from."""

    id: str
    notice_id: NoticeId
    page: int
    """Page of the notice, from 1."""
    role: str
    """Who signed: party, officers, witness …; may be empty."""
    evidence_id: EvidenceId
    original_id: EvidenceId
    corners: tuple[tuple[float, float], ...]
    added_at: datetime
    added_by: OfficerId
    is_removed: bool
    removed_reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PenSignature:
    """A signature drawn on the screen, bound to what the notice says by its digest (电子签名法 arts. 13, 14)."""

    id: str
    notice_id: NoticeId
    role: str
    signer: str
    facts_digest: str
    strokes: tuple[Stroke, ...]
    signed_at: datetime
    witnessed_by: OfficerId


@dataclass(frozen=True, slots=True, kw_only=True)
class SealedCopy:
    """The issued bytes with the office's signature added; `certificate` says whom it names."""

    id: str
    notice_id: NoticeId
    sha256: Sha256
    certificate: str
    sealed_at: datetime
    sealed_by: OfficerId
