"""How a notice was handed over 送达: signed for, refused, left or posted."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from inspector.ids import NoticeId, OfficerId, ServingId, Sha256


class ServingMethod(StrEnum):
    """The ways of service this version records (行政处罚法 art. 61, 民事诉讼法 arts. 87–95)."""

    SIGNED = "signed"
    """当场签收"""
    REFUSED = "refused"
    """拒签：当场宣告后拒绝签字，注明理由"""
    LEFT = "left"
    """留置送达"""
    POSTED = "posted"
    """邮寄送达"""


@dataclass(frozen=True, slots=True, kw_only=True)
class ServingDraft:
    """What the officer fills in. `served_at` is aware; None is now."""

    method: ServingMethod
    receiver: str = ""
    """Who signed, refused or is written to; asked for by every method but LEFT."""
    reason: str = ""
    """Why it was refused or left; asked for by those two. For POSTED the number of the letter 邮件号."""
    witness: str = ""
    """见证人; REFUSED and LEFT need a witness or a photo."""
    served_at: datetime | None = None
    photo_sha256: Sha256 | None = None
    """A photo of the visit: the signed page, or the notice where it was left."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Serving:
    """One act of service, as recorded; it never changes. A later one of the same notice stands beside it."""

    id: ServingId
    notice_id: NoticeId
    method: ServingMethod
    receiver: str
    reason: str
    witness: str
    served_at: datetime
    photo_sha256: Sha256 | None
    recorded_by: OfficerId
