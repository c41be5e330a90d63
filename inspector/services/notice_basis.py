"""Everything a notice rests on, read in one snapshot: for the gate, for the composer, for the number."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from inspector.domain.evidence import Evidence
from inspector.domain.hazard import Hazard, Measure
from inspector.domain.inspection import Inspection
from inspector.domain.notice import FormCode, Lease, Notice, NoticeState, number_text
from inspector.domain.office import Office
from inspector.domain.officer import Officer
from inspector.domain.recheck import Outcome
from inspector.domain.site import Site
from inspector.domain.timeline import jumps
from inspector.ids import HazardId, OfficerId
from inspector.law import forms
from inspector.law.notice_facts import NoticeFacts, OrderFact, RecheckFact, ReusedFact
from inspector.notices.comparison import Rechecked
from inspector.store import (
    evidence,
    hazards,
    inspections,
    journal,
    moments,
    notices,
    officers,
    rechecks,
    settings,
    sites,
)
from inspector.store.gateway import Tx
from inspector.store.times import china_day

CLOCK_SUSPECT_MS = 120_000
"""A clock that is further from headquarters' is named to the officer (sync.md §3.2); so is one set during the visit."""


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
    rechecks: tuple[Rechecked, ...]
    """Of a 整改复查意见书: what became of each of `hazards`, in their order; its photos stand in `photos`."""
    settled: int
    """Hazards of the re-checked orders that an earlier re-check found put right."""
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

    def facts(self, missing_glyphs: tuple[tuple[str, str], ...], reused: tuple[ReusedFact, ...] = ()) -> NoticeFacts:
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
            rechecks=tuple(_recheck_fact(one, hazard, n) for n, (one, hazard) in self._rechecked()),
            orders=self._orders(),
            reused=reused,
        )

    def _rechecked(self) -> enumerate[tuple[Rechecked, Hazard]]:
        return enumerate(zip(self.rechecks, self.hazards, strict=True) if self.rechecks else (), 1)

    def _orders(self) -> tuple[OrderFact, ...]:
        orders = {one.order.id: one.order for one in self.rechecks if one.order is not None}
        return tuple(
            OrderFact(
                number=order.number,
                issued_on=china_day(order.issued_at or self.issue_at),
                listed=len(order.hazard_ids),
                settled=self.settled if n == 0 else 0,
            )
            for n, order in enumerate(orders.values())
        )


def read(tx: Tx, notice_id: str, *, genesis: str, issue_at: datetime) -> NoticeBasis:
    """Read the snapshot of one notice. Raises NotFound."""
    notice = notices.get(tx, notice_id)
    inspection = inspections.get(tx, notice.inspection_id)
    day = china_day(issue_at)
    found = _rechecks(tx, notice, inspection) if notice.form is FormCode.RECHECK_OPINION else ()
    listed = tuple(hazards.get(tx, one.recheck.hazard_id) for one in found) if found else _hazards(tx, notice)
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
        photos=_pairs(tx, found) if found else _photos(tx, notice, listed),
        rechecks=found,
        settled=_settled(tx, found),
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
        is_clock_suspect=offset > CLOCK_SUSPECT_MS or bool(jumps(moments.clocks(tx, notice.inspection_id))),
    )


def _rechecks(tx: Tx, notice: Notice, inspection: Inspection) -> tuple[Rechecked, ...]:
    """What the visit re-checks, or as much of it as the draft names, in the order of the earlier reports."""
    began = china_day(inspection.started_at)
    told: list[Rechecked] = []
    for one in rechecks.of_inspection(tx, inspection.id):
        if notice.hazard_ids and one.hazard_id not in notice.hazard_ids:
            continue
        hazard = hazards.get(tx, one.hazard_id)
        is_overdue = hazard.deadline is not None and hazard.deadline < began
        told.append(Rechecked(recheck=one, order=rechecks.order_of(tx, hazard), is_overdue=is_overdue))
    return tuple(told)


def _pairs(tx: Tx, found: tuple[Rechecked, ...]) -> tuple[Evidence, ...]:
    ids = [each for one in found for each in (one.recheck.before_id, one.recheck.after_id) if each is not None]
    return tuple(evidence.get(tx, one) for one in dict.fromkeys(ids))


def _settled(tx: Tx, found: tuple[Rechecked, ...]) -> int:
    """Count the hazards of the re-checked orders that were put right before and are not looked at again."""
    again = {one.recheck.hazard_id for one in found}
    listed = {each for one in found if one.order is not None for each in one.order.hazard_ids}
    return sum(rechecks.latest(tx, each) is Outcome.DONE for each in listed - again)


def _recheck_fact(one: Rechecked, hazard: Hazard, ordinal: int) -> RecheckFact:
    return RecheckFact(
        hazard_id=hazard.id,
        ordinal=ordinal,
        outcome=one.recheck.outcome,
        deadline=hazard.deadline,
        is_overdue=one.is_overdue,
        is_ordered=one.order is not None,
        has_after=one.recheck.after_id is not None,
    )


def _hazards(tx: Tx, notice: Notice) -> tuple[Hazard, ...]:
    if notice.form is FormCode.RECHECK_OPINION:
        return ()
    found = hazards.of_inspection(tx, notice.inspection_id)
    if notice.hazard_ids:
        return tuple(one for one in found if one.id in notice.hazard_ids)
    if notice.form is FormCode.INSPECTION_RECORD:
        return tuple(found)
    return tuple(one for one in found if one.measure is not Measure.STOP)


def _photos(tx: Tx, notice: Notice, listed: tuple[Hazard, ...]) -> tuple[Evidence, ...]:
    wanted = {one.id for one in listed}
    if notice.form is FormCode.RECHECK_OPINION:
        return ()
    takes_all = notice.form is FormCode.INSPECTION_RECORD and not notice.hazard_ids
    return tuple(
        one
        for one in evidence.of_inspection(tx, notice.inspection_id)
        if not one.derivation and one.original.kind.is_picture and (takes_all or one.hazard_id in wanted)
    )


def _other_visits(tx: Tx, inspection: Inspection) -> tuple[tuple[OfficerId, datetime, datetime | None], ...]:
    others = inspections.of_officers(tx, inspection.officer_ids, besides=inspection.id)
    return tuple(
        (officer_id, other.started_at, other.ended_at)
        for other in others
        for officer_id in other.officer_ids
        if officer_id in inspection.officer_ids
    )
