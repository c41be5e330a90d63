"""Search the catalogue of hazards, and turn an item into a half-filled hazard."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from inspector.domain.hazard import Measure
from inspector.law import calendar, catalogue
from inspector.law.catalogue import CatalogueItem
from inspector.services.hazards import HazardDraft
from inspector.services.session import Session

DEFAULT_DAYS = 15
"""整改期限 offered for a general hazard; the officer decides (product.md §5, screen 7)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DeadlineOffer:
    """A day counted from today; `is_moved` if it was shifted off a day of rest, `workdays` None for unknown years."""

    day: date
    weekday: str
    workdays: int | None
    is_moved: bool


class CatalogueService:
    """The law pack, as an officer looks things up in it."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def search(self, text: str, *, industry: str = "", limit: int = 8) -> list[CatalogueItem]:
        """Return items by 汉字, pinyin, initials or code, best first."""
        return catalogue.load().search(text, limit, industry)

    def suggest(self, industry: str = "", limit: int = 8) -> list[CatalogueItem]:
        """Return what is found most often in an industry."""
        return catalogue.load().suggest(industry, limit)

    def get(self, code: str) -> CatalogueItem:
        """Return one item. Raises NotFound."""
        return catalogue.load().get(code)

    def hazard_from(self, code: str) -> HazardDraft:
        """Return a draft with the item's wording, severity, basis and a deadline to begin with."""
        item = self.get(code)
        return HazardDraft(
            description=item.title,
            severity=item.default_severity,
            measure=Measure.RECTIFY,
            catalogue_code=item.code,
            deadline=self.deadline(DEFAULT_DAYS).day,
            basis=item.violated,
            major_criterion=item.major_basis,
        )

    def deadline(self, days: int) -> DeadlineOffer:
        """Return the day that lies `days` after today, moved on to a working day where the calendar knows."""
        today = self._session.today()
        found = calendar.deadline_after(today, days)
        return DeadlineOffer(
            day=found.day,
            weekday=calendar.weekday_zh(found.day),
            workdays=calendar.workdays_between(today, found.day),
            is_moved=found.is_moved,
        )
