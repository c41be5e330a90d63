"""One check of a list at one visit: what was found, by whom; 不涉及 is an answer, 未检查 is none."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from inspector.ids import HazardId, InspectionId, OfficerId


class Result(StrEnum):
    """What a check came to (facts.md §5): four different things, all of them printable."""

    OPEN = ""
    """未检查"""
    PASS = "pass"  # noqa: S105 - no secret
    """符合"""
    FAIL = "fail"
    """不符合"""
    NOT_APPLICABLE = "not_applicable"
    """不涉及"""


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckResult:
    """The answer to one check of the pack, by its code; `hazard_id` is the hazard that was reported because of it."""

    id: str
    inspection_id: InspectionId
    code: str
    result: Result
    note: str = ""
    hazard_id: HazardId | None = None
    checked_at: datetime
    checked_by: OfficerId
