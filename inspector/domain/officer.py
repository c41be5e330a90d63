"""The people who inspect: certified officers 执法人员 and those who may only assist."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from inspector.ids import OfficeId, OfficerId


@dataclass(frozen=True, slots=True, kw_only=True)
class Officer:
    """A person of an office with an enforcement certificate 行政执法证 and the days it is valid (both inclusive)."""

    id: OfficerId
    office_id: OfficeId
    name: str
    cert_no: str
    cert_from: date
    cert_to: date
    is_auxiliary: bool = False

    def is_certified_on(self, day: date) -> bool:
        """Whether this person may sign as an officer on `day` (行政处罚法 art. 42(1))."""
        return not self.is_auxiliary and self.cert_from <= day <= self.cert_to
