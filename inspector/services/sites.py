"""Find a site, add one that the register doesn't know, and tell what happened there before."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from inspector.domain.changes import Changes, Topic
from inspector.domain.hazard import Severity
from inspector.domain.inspection import Inspection
from inspector.domain.notice import Notice
from inspector.domain.site import Site, is_credit_code
from inspector.errors import InvalidInput
from inspector.ids import new_id
from inspector.services.session import Session
from inspector.services.wording import one_line
from inspector.store import inspections, notices, site_history, sites, times
from inspector.store.gateway import Row
from inspector.store.journal import Act

PHOTOS = 8
"""Photos of a site's history."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SiteDraft:
    """What the officer types about a new site."""

    name: str
    credit_code: str
    address: str
    responsible_person: str
    position: str = ""
    phone: str = ""
    industry: str = "COM"


@dataclass(frozen=True, slots=True, kw_only=True)
class PastVisit:
    """One visit of a site; `overdue` counts hazards whose deadline has passed."""

    inspection: Inspection
    hazards: int
    majors: int
    overdue: int
    photos: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Deadline:
    """One hazard of a site with the day up to which it was to be put right."""

    hazard_id: str
    inspection_id: str
    ordinal: int
    description: str
    severity: Severity
    deadline: date


@dataclass(frozen=True, slots=True, kw_only=True)
class SitePhoto:
    """One of the latest photos of a site."""

    evidence_id: str
    inspection_id: str
    sha256: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class SiteHistory:
    """What is known about a site: all newest first, deadlines the earliest first; the counts are of all visits."""

    site: Site
    visits: tuple[PastVisit, ...]
    deadlines: tuple[Deadline, ...]
    notices: tuple[Notice, ...]
    photos: tuple[SitePhoto, ...]
    hazards: int
    overdue: int


@dataclass(frozen=True, slots=True, kw_only=True)
class DueVisit:
    """A visit with deadlines that have passed or are near: how many hazards, and the earliest day."""

    inspection_id: str
    site_id: str
    site_name: str
    hazards: int
    majors: int
    deadline: date


class SiteService:
    """Sites of the register and of this laptop."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def list(self, text: str = "", limit: int = 200) -> list[Site]:
        """Return sites by name, pinyin initials, credit code or address; everything if `text` is empty."""
        with self._session.vault.gateway.read() as tx:
            return sites.find(tx, text, limit)

    def get(self, site_id: str) -> Site:
        """Return one site. Raises NotFound."""
        with self._session.vault.gateway.read() as tx:
            return sites.get(tx, site_id)

    def history(self, site_id: str, *, limit: int = 50) -> SiteHistory:
        """Return the latest `limit` visits, deadlines and notices of a site, and its 8 latest photos. Raises NotFound.

        A deadline stands until a re-check found its hazard put right, or the hazard is taken back.
        """
        today = times.china_day(self._session.now()).isoformat()
        with self._session.vault.gateway.read() as tx:
            site = sites.get(tx, site_id)
            counts = {row["inspection_id"]: row for row in site_history.hazard_counts(tx, site_id, today)}
            visits = site_history.visits(tx, site_id, limit)
            return SiteHistory(
                site=site,
                visits=tuple(_past(row, counts.get(row["id"])) for row in visits),
                deadlines=tuple(_deadline(row) for row in site_history.deadlines(tx, site_id, limit)),
                notices=tuple(notices.of_site(tx, site_id, limit)),
                photos=tuple(_photo(row) for row in site_history.photos(tx, site_id, PHOTOS)),
                hazards=sum(row["hazards"] for row in counts.values()),
                overdue=sum(row["overdue"] for row in counts.values()),
            )

    def due(self, until: date, *, limit: int = 100) -> list[DueVisit]:
        """Return the visits with a deadline up to a day, inclusive; the most overdue first."""
        with self._session.vault.gateway.read() as tx:
            rows = site_history.due(tx, until.isoformat(), limit)
        return [
            DueVisit(
                inspection_id=row["inspection_id"],
                site_id=row["site_id"],
                site_name=row["name"],
                hazards=row["hazards"],
                majors=row["majors"],
                deadline=date.fromisoformat(row["deadline"]),
            )
            for row in rows
        ]

    def add(self, draft: SiteDraft) -> Changes:
        """Record a new site. Raises InvalidInput(field, reason: empty | check_digit | taken)."""
        for name in ("name", "address", "responsible_person"):
            one_line(getattr(draft, name), field=name)
        code = draft.credit_code.strip().upper()
        if not is_credit_code(code):
            raise InvalidInput(field="credit_code", reason="check_digit", length=len(code))
        site_id = new_id()
        fields = {
            "office_id": self._session.office.id,
            "name": draft.name.strip(),
            "credit_code": code,
            "address": draft.address.strip(),
            "responsible_person": draft.responsible_person.strip(),
            "position": draft.position.strip(),
            "phone": draft.phone.strip(),
            "industry": draft.industry,
            "status": "active",
        }
        with self._session.vault.gateway.write() as tx:
            if sites.with_credit_code(tx, code):
                raise InvalidInput(field="credit_code", reason="taken")
            self._session.record(tx, Act(kind="create", type="site", subject=site_id, changes=fields))
        return Changes.of(Topic.SITES, Topic.SYNC, made=site_id)


def _past(row: Row, counted: Row | None) -> PastVisit:
    return PastVisit(
        inspection=inspections.from_row(row),
        hazards=counted["hazards"] if counted else 0,
        majors=counted["majors"] if counted else 0,
        overdue=counted["overdue"] if counted else 0,
        photos=row["photo_count"],
    )


def _deadline(row: Row) -> Deadline:
    return Deadline(
        hazard_id=row["id"],
        inspection_id=row["inspection_id"],
        ordinal=row["ordinal"],
        description=row["description"],
        severity=Severity(row["severity"]),
        deadline=date.fromisoformat(row["deadline"]),
    )


def _photo(row: Row) -> SitePhoto:
    return SitePhoto(
        evidence_id=row["id"], inspection_id=row["inspection_id"], sha256=row["sha256"], at=times.read(row["at"])
    )
