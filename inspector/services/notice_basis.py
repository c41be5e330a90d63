"""Everything a notice rests on, read in one snapshot: for the gate, for the composer, for the number."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime

from inspector.domain.evidence import Evidence
from inspector.domain.hazard import Hazard
from inspector.domain.inspection import Inspection
from inspector.domain.notice import FormCode, Lease, Notice, NoticeState, number_text
from inspector.domain.office import Office
from inspector.domain.officer import Officer
from inspector.domain.recheck import Outcome
from inspector.domain.site import Site
from inspector.domain.timeline import jumps
from inspector.ids import HazardId, OfficerId
from inspector.law import forms
from inspector.law.case_facts import DocumentFact, EvidenceFact, FieldFact
from inspector.law.notice_facts import NoticeFacts, OrderFact, RecheckFact, ReusedFact
from inspector.notices.comparison import Rechecked
from inspector.services import notice_content
from inspector.services.notice_matter import IsWhole, Matter, evidence_facts, read_matter
from inspector.store import (
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


REFERABLE = 200
"""So many of the latest documents of a site may be named in another."""


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
    about: Notice | None = None
    """The document that this one concerns."""
    issued: tuple[Notice, ...] = ()
    """Every issued, standing document of the same visit, oldest first."""
    referable: Mapping[str, Notice] = field(default_factory=dict[str, Notice])
    """Documents of the same site that a field may name, by id."""
    matter: Matter = field(default_factory=Matter)
    """Earlier papers, footage, the site's history, the laptop: what the gate looks at beside the notice."""
    evidence: tuple[EvidenceFact, ...] = ()
    """`photos` of this visit as rules look at them."""

    @property
    def day(self) -> date:
        """The day in China that the notice will carry."""
        return china_day(self.issue_at)

    @property
    def numbering(self) -> str:
        """How it is numbered, as the pack says of the form: own, about or none."""
        return notice_content.numbering(self.notice.form)

    @property
    def number(self) -> str:
        """The number as printed: of its own series, or that of the document it belongs to; "" if there is none."""
        if self.numbering == "about":
            return self.about.number if self.about is not None else ""
        if self.lease is None or self.numbering == "none":
            return ""
        code = forms.load().get(self.notice.form).number_code
        return number_text(self.office.issuer_short, code, self.lease.year, self.lease.next_number)

    def facts(
        self,
        missing_glyphs: tuple[tuple[str, str], ...],
        reused: tuple[ReusedFact, ...] = (),
        *,
        is_whole: IsWhole | None = None,
        fields: tuple[FieldFact, ...] | None = None,
    ) -> NoticeFacts:
        """Return what the gate looks at; `is_whole` reads stored bytes back, without it they count as unaltered."""
        documents = self._documents(is_whole)
        return replace(
            self._own_facts(missing_glyphs, reused),
            fields=fields,
            documents=documents,
            about=next((one for one in documents if one.id == self.matter.about), None),
            evidence=self._evidence(is_whole),
            clips=self.matter.clips,
            claps=self.matter.claps,
            history=self.matter.history,
            device=self.matter.device,
        )

    def _own_facts(self, missing_glyphs: tuple[tuple[str, str], ...], reused: tuple[ReusedFact, ...]) -> NoticeFacts:
        """What the notice itself rests on, without what surrounds it."""
        again = tuple(_recheck_fact(one, hazard, n) for n, (one, hazard) in self._rechecked())
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
            used_numbers=self.used_numbers - ({self.number} if self.numbering == "about" else set()),
            missing_glyphs=missing_glyphs,
            is_record_issued=bool(self.records),
            record_hazard_ids=frozenset(one for record in self.records for one in record.hazard_ids),
            other_visits=self.other_visits,
            is_clock_suspect=self.is_clock_suspect,
            rechecks=again or self.matter.rechecks,
            orders=self._orders(),
            reused=reused,
            issue_at=self.issue_at,
            filled=self.notice.filled,
            reasons=self.notice.reasons,
        )

    def _documents(self, is_whole: IsWhole | None) -> tuple[DocumentFact, ...]:
        if is_whole is None:
            return self.matter.documents
        altered = {notice_id for notice_id, sha256 in self.matter.digests if not is_whole(sha256)}
        return tuple(replace(one, is_altered=one.id in altered) for one in self.matter.documents)

    def _evidence(self, is_whole: IsWhole | None) -> tuple[EvidenceFact, ...]:
        if is_whole is None:
            return self.evidence
        digests = {str(one.id): one.original.sha256 for one in self.photos}
        return tuple(replace(one, is_altered=not is_whole(digests[one.id])) for one in self.evidence)

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
    again = tuple(hazards.get(tx, one.recheck.hazard_id) for one in found)
    listed = again or notice_content.listed(tx, notice)
    siblings = notices.of_inspection(tx, notice.inspection_id)
    leases = [one for one in notices.leases(tx) if one.form is notice.form and one.year == day.year]
    old = next((one.number for one in siblings if one.id == notice.supersedes), "")
    about = notices.get(tx, notice.about) if notice.about else None
    lease = notices.lease_for(tx, notice.form, day.year, day)
    photos = notice_content.pairs(tx, found) if found else notice_content.photos(tx, notice, listed)
    return NoticeBasis(
        seq=journal.position(tx, genesis)[0],
        notice=notice,
        inspection=inspection,
        site=sites.get(tx, inspection.site_id),
        office=officers.office(tx, inspection.office_id),
        officers=tuple(officers.get(tx, one) for one in inspection.officer_ids),
        hazards=listed,
        photos=photos,
        rechecks=found,
        settled=_settled(tx, found),
        lease=lease,
        numbers_left=sum(one.left for one in leases if one.expires_on >= day),
        used_numbers=notices.used_numbers(tx),
        records=_records(siblings, notice),
        other_visits=_other_visits(tx, inspection),
        supersedes_number=old,
        issue_at=issue_at,
        about=about,
        issued=tuple(one for one in siblings if one.state is NoticeState.ISSUED),
        referable={one.id: one for one in notices.of_site(tx, inspection.site_id, REFERABLE)},
        is_clock_suspect=_is_clock_suspect(tx, notice),
        matter=read_matter(tx, notice, inspection, lease=lease, day=day),
        evidence=evidence_facts(tx, photos, inspection),
    )


def _records(siblings: list[Notice], notice: Notice) -> tuple[Notice, ...]:
    issued = [one for one in siblings if one.state is NoticeState.ISSUED and one.id != notice.id]
    return tuple(one for one in issued if one.form is FormCode.INSPECTION_RECORD)


def _is_clock_suspect(tx: Tx, notice: Notice) -> bool:
    offset = abs(int(settings.setting(tx, "clock_offset_ms", "0")))
    return offset > CLOCK_SUSPECT_MS or bool(jumps(moments.clocks(tx, notice.inspection_id)))


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


def _other_visits(tx: Tx, inspection: Inspection) -> tuple[tuple[OfficerId, datetime, datetime | None], ...]:
    others = inspections.of_officers(tx, inspection.officer_ids, besides=inspection.id)
    return tuple(
        (officer_id, other.started_at, other.ended_at)
        for other in others
        for officer_id in other.officer_ids
        if officer_id in inspection.officer_ids
    )
