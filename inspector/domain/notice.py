"""A legal document 文书 made on site: draft, issued with a number, perhaps void."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from inspector.ids import HazardId, InspectionId, LeaseId, NoticeId, OfficeId, Sha256


class NoticeState(StrEnum):
    """Draft until issued; issued is frozen; void keeps its number for ever."""

    DRAFT = "draft"
    ISSUED = "issued"
    VOID = "void"


class FormCode(StrEnum):
    """The forms that this version makes."""

    INSPECTION_RECORD = "XCJC"
    """现场检查记录"""
    RECTIFICATION_ORDER = "ZLZG"
    """责令限期整改指令书"""
    RECHECK_OPINION = "ZGFC"
    """整改复查意见书"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice:
    """One document of one inspection; `hazard_ids` in printed order."""

    id: NoticeId
    inspection_id: InspectionId
    form: FormCode
    hazard_ids: tuple[HazardId, ...]
    state: NoticeState
    created_at: datetime
    number: str = ""
    """（示）应急责改〔2026〕12号 once issued."""
    pdf_sha256: Sha256 | None = None
    pages: int = 0
    issued_at: datetime | None = None
    supersedes: NoticeId | None = None
    superseded_by: NoticeId | None = None
    void_reason: str = ""
    voided_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Lease:
    """A block of numbers lent by headquarters: `first`..`last` inclusive, `next_number` is the first unused."""

    id: LeaseId
    office_id: OfficeId
    form: FormCode
    year: int
    first: int
    last: int
    next_number: int
    expires_on: date

    @property
    def left(self) -> int:
        """How many numbers are unused."""
        return max(0, self.last - self.next_number + 1)


def number_text(issuer_short: str, number_code: str, year: int, sequence: int) -> str:
    """Return a document number as printed: full-width brackets, 〔〕 round the year, no leading zeros (facts.md §2)."""
    return f"（{issuer_short}）{number_code}〔{year}〕{sequence}号"
