"""Re-check: what became of a hazard that was ordered to be put right; an officer decides, never the program."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from inspector.ids import HazardId, InspectionId, OfficerId


class Outcome(StrEnum):
    """已整改, 部分整改, 未整改; OPEN: not decided yet."""

    OPEN = ""
    DONE = "done"
    PARTLY = "partly"
    NOT_DONE = "not_done"


@dataclass(frozen=True, slots=True, kw_only=True)
class Recheck:
    """One earlier hazard looked at again in a later inspection; `score` 0..1 and `matched` features, if aligned."""

    id: str
    inspection_id: InspectionId
    """The inspection that re-checks."""
    hazard_id: HazardId
    """The hazard of the earlier inspection."""
    outcome: Outcome = Outcome.OPEN
    note: str = ""
    before_id: str | None = None
    after_id: str | None = None
    score: float | None = None
    matched: int | None = None
    checked_at: datetime
    checked_by: OfficerId
