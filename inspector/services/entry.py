"""What the entry of a visit has to keep to: how many routine visits the site had, what must still be filed by when."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from inspector.clock import CHINA
from inspector.domain.inspection import Inspection, InspectionKind
from inspector.domain.site import Site
from inspector.law import calendar, parameters
from inspector.services.session import Session
from inspector.store import inspections, sites, times
from inspector.store.gateway import Tx

FILE_NO_CODE = "no_code_filing_wd"
"""Parameter: working days in which the lack of an 执法码 is filed (渝府令375 art. 18)."""
BACKFILL = "urgent_backfill_wd"
"""Parameter: working days in which the approval of an urgent visit follows (渝府令375 art. 17; facts.md T-03)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Due:
    """Something still to be filed: last day, working days left (negative: so many calendar days late), how sure it is.

    Not `is_certain`: the calendar of the year isn't published. Not `is_verified`: the period was not read in a statute.
    """

    by: date
    left: int
    is_certain: bool
    is_verified: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryStanding:
    """Where a visit stands. `routine_count`: routine visits of the site in its year up to it that this laptop knows.

    `code_due`: the lack of an 执法码 is to be filed; `approval_due`: the approval of an urgent visit is to follow.
    """

    routine_count: int
    annual_cap: int | None
    code_due: Due | None
    approval_due: Due | None

    @property
    def is_over_cap(self) -> bool:
        """Whether there were more routine visits than the site may have in a year (国办发〔2024〕54号)."""
        return self.annual_cap is not None and self.routine_count > self.annual_cap


class EntryService:
    """The entry facts of a visit, beside what `inspections.patch` records of them."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def of(self, inspection_id: str) -> EntryStanding:
        """Return where a visit stands today. Raises NotFound."""
        with self._session.vault.gateway.read() as tx:
            visit = inspections.get(tx, inspection_id)
            site = sites.get(tx, visit.site_id)
            count = _routine_count(tx, visit)
        return standing(visit, site, today=self._session.today(), routine_count=count)


def standing(visit: Inspection, site: Site, *, today: date, routine_count: int) -> EntryStanding:
    """Return what follows from a visit's facts on a day.

    The code is asked of visits to enterprises only (渝府令375 art. 2, 18); the first day doesn't count (facts.md T-01).
    """
    began = times.china_day(visit.started_at)
    lacks_code = visit.is_enterprise and not visit.entry_code and visit.no_code_filed_at is None
    lacks_approval = visit.is_urgent and visit.approved_at is None
    return EntryStanding(
        routine_count=routine_count,
        annual_cap=site.annual_cap,
        code_due=_due(began, FILE_NO_CODE, today) if lacks_code else None,
        approval_due=_due(began, BACKFILL, today) if lacks_approval else None,
    )


def _due(began: date, parameter: str, today: date) -> Due:
    known = parameters.load()[parameter]
    by, is_certain = began, True
    for _ in range(int(known.value)):
        by, is_sure = _next_workday(by)
        is_certain = is_certain and is_sure
    left = (by - today).days if by < today else calendar.workdays_between(today, by)
    return Due(
        by=by,
        left=(by - today).days if left is None else left,
        is_certain=is_certain,
        is_verified=known.is_verified,
    )


def _next_workday(day: date) -> tuple[date, bool]:
    """Return the next day on which people work, and whether its year's calendar is published (else only weekends)."""
    is_certain = True
    while True:
        day += timedelta(days=1)
        works = calendar.is_workday(day)
        is_certain = is_certain and works is not None
        if works or (works is None and day.weekday() < 5):
            return day, is_certain


def _routine_count(tx: Tx, visit: Inspection) -> int:
    year = visit.started_at.astimezone(CHINA).year
    rows = tx.rows(
        "select started_at from inspection where site_id = :site and kind = :kind and id <> :id",
        {"site": visit.site_id, "kind": InspectionKind.ROUTINE.value, "id": visit.id},
    )
    begun = [at for row in rows if (at := times.read(row["started_at"])) < visit.started_at]
    return sum(at.astimezone(CHINA).year == year for at in begun) + (visit.kind is InspectionKind.ROUTINE)
