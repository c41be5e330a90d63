"""Everything a notice rests on, read in one snapshot: for the gate, for the composer, for the number."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from inspector.domain.evidence import Evidence, EvidenceKind
from inspector.domain.hazard import Hazard, Measure
from inspector.domain.inspection import Inspection
from inspector.domain.notice import FormCode, Lease, Notice, NoticeState, number_text
from inspector.domain.office import Office
from inspector.domain.officer import Officer
from inspector.domain.site import Site
from inspector.ids import HazardId, OfficerId
from inspector.law import forms
from inspector.law.notice_facts import NoticeFacts
from inspector.store import evidence, hazards, inspections, journal, notices, officers, settings, sites
from inspector.store.gateway import Tx
from inspector.store.times import china_day

CLOCK_SUSPECT_MS = 120_000
"""A clock that is further from headquarters' is named to the officer (sync.md §3.2)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NoticeBasis:
    """One snapshot. `seq` is the journal's end when it was read: if it has moved, the snapshot is old."""

    seq: int
    notice: Notice
    inspection: Inspection
    site: Site
    office: Office
    officers: tuple[Officer, ...]
    hazards: tuple[Hazard, ...]
    photos: tuple[Evidence, ...]
    lease: Lease | None
    numbers_left: int
    used_numbers: frozenset[str]
    records: tuple[Notice, ...]
    """Issued, standing 现场检查记录 of the same inspection."""
    other_visits: tuple[tuple[OfficerId, datetime, datetime | None], ...]
    supersedes_number: str
    issue_at: datetime
    is_clock_suspect: bool

    @property
    def day(self) -> date:
        """The day in China that the notice will carry."""
        return china_day(self.issue_at)

    @property
    def number(self) -> str:
        """The next number of the lease as printed, "" if no number is left."""
        if self.lease is None:
            return ""
        code = forms.load().get(self.notice.form).number_code
        return number_text(self.office.issuer_short, code, self.lease.year, self.lease.next_number)

    def facts(self, missing_glyphs: tuple[tuple[str, str], ...]) -> NoticeFacts:
        """Return what the gate looks at."""
        counted: dict[HazardId, int] = {}
        for photo in self.photos:
            if photo.hazard_id is not None:
                counted[photo.hazard_id] = counted.get(photo.hazard_id, 0) + 1
        return NoticeFacts(
            form=self.notice.form,
            office=self.office,
            officers=self.officers,
            site=self.site,
            inspection=self.inspection,
            hazards=self.hazards,
            photos_by_hazard=counted,
            issue_on=self.day,
            has_number_left=self.lease is not None,
            number=self.number,
            used_numbers=self.used_numbers,
            missing_glyphs=missing_glyphs,
            is_record_issued=bool(self.records),
            record_hazard_ids=frozenset(one for record in self.records for one in record.hazard_ids),
            other_visits=self.other_visits,
            is_clock_suspect=self.is_clock_suspect,
        )


def read(tx: Tx, notice_id: str, *, genesis: str, issue_at: datetime) -> NoticeBasis:
    """Read the snapshot of one notice. Raises NotFound."""
    notice = notices.get(tx, notice_id)
    inspection = inspections.get(tx, notice.inspection_id)
    day = china_day(issue_at)
    listed = _hazards(tx, notice)
    siblings = notices.of_inspection(tx, notice.inspection_id)
    leases = [one for one in notices.leases(tx) if one.form is notice.form and one.year == day.year]
    old = next((one.number for one in siblings if one.id == notice.supersedes), "")
    offset = abs(int(settings.setting(tx, "clock_offset_ms", "0")))
    return NoticeBasis(
        seq=journal.position(tx, genesis)[0],
        notice=notice,
        inspection=inspection,
        site=sites.get(tx, inspection.site_id),
        office=officers.office(tx, inspection.office_id),
        officers=tuple(officers.get(tx, one) for one in inspection.officer_ids),
        hazards=listed,
        photos=_photos(tx, notice, listed),
        lease=notices.lease_for(tx, notice.form, day.year, day),
        numbers_left=sum(one.left for one in leases if one.expires_on >= day),
        used_numbers=notices.used_numbers(tx),
        records=tuple(
            one
            for one in siblings
            if one.form is FormCode.INSPECTION_RECORD and one.state is NoticeState.ISSUED and one.id != notice.id
        ),
        other_visits=_other_visits(tx, inspection),
        supersedes_number=old,
        issue_at=issue_at,
        is_clock_suspect=offset > CLOCK_SUSPECT_MS,
    )


def _hazards(tx: Tx, notice: Notice) -> tuple[Hazard, ...]:
    found = hazards.of_inspection(tx, notice.inspection_id)
    if notice.hazard_ids:
        return tuple(one for one in found if one.id in notice.hazard_ids)
    if notice.form is FormCode.INSPECTION_RECORD:
        return tuple(found)
    return tuple(one for one in found if one.measure is not Measure.STOP)


def _photos(tx: Tx, notice: Notice, listed: tuple[Hazard, ...]) -> tuple[Evidence, ...]:
    wanted = {one.id for one in listed}
    takes_all = notice.form is FormCode.INSPECTION_RECORD and not notice.hazard_ids
    return tuple(
        one
        for one in evidence.of_inspection(tx, notice.inspection_id)
        if not one.derivation and one.original.kind is EvidenceKind.PHOTO and (takes_all or one.hazard_id in wanted)
    )


def _other_visits(tx: Tx, inspection: Inspection) -> tuple[tuple[OfficerId, datetime, datetime | None], ...]:
    others = inspections.of_officers(tx, inspection.officer_ids, besides=inspection.id)
    return tuple(
        (officer_id, other.started_at, other.ended_at)
        for other in others
        for officer_id in other.officer_ids
        if officer_id in inspection.officer_ids
    )
