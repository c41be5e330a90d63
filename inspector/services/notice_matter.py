"""What surrounds a draft notice in the store, for the gate: earlier papers, evidence, footage, the site, the laptop."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from inspector.clock import CHINA
from inspector.domain.evidence import Evidence
from inspector.domain.inspection import Inspection, InspectionKind
from inspector.domain.notice import FormCode, Lease, Notice
from inspector.domain.serving import Serving
from inspector.law import filled_values, pack
from inspector.law.authority import PENALTIES
from inspector.law.case_facts import ClipFact, DeviceFact, DocumentFact, EvidenceFact, ServingFact, SiteFact
from inspector.law.notice_facts import RecheckFact
from inspector.store import claps, custody, hazards, notices, prints, rechecks, recordings, settings
from inspector.store.gateway import Tx
from inspector.store.times import china_day, read

IsWhole = Callable[[str], bool]
"""Tells whether the stored bytes of a digest still have it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Matter:
    """What the gate looks at beside the notice itself; bytes are read back later, for that takes time."""

    documents: tuple[DocumentFact, ...] = ()
    digests: tuple[tuple[str, str], ...] = ()
    """(notice id, SHA-256) of the papers."""
    about: str = ""
    clips: tuple[ClipFact, ...] = ()
    claps: int = 0
    history: SiteFact = field(default_factory=SiteFact)
    device: DeviceFact = field(default_factory=DeviceFact)
    rechecks: tuple[RecheckFact, ...] = ()
    """What the visit found of ordered hazards: a penalty for what was not put right rests on it."""


def read_matter(tx: Tx, notice: Notice, inspection: Inspection, *, lease: Lease | None, day: date) -> Matter:
    """Read the matter of one notice."""
    papers = _papers(tx, notice, inspection)
    clips = [clip for one in recordings.of_inspection(tx, inspection.id) for clip in one.clips]
    offset = int(settings.setting(tx, "clock_offset_ms", "0"))
    return Matter(
        documents=tuple(_document(tx, each, inspection.id, papers) for each in papers),
        digests=tuple((str(each.id), str(each.pdf_sha256)) for each in papers if each.pdf_sha256),
        about=str(notice.about or ""),
        clips=tuple(
            ClipFact(
                name=each.name,
                ended_at=each.recorded_at + timedelta(microseconds=each.duration_us) if each.recorded_at else None,
                uploaded_at=custody.received_at(tx, each.sha256),
            )
            for each in clips
        ),
        claps=len(claps.of_inspection(tx, inspection.id)),
        history=_history(tx, inspection),
        device=DeviceFact(
            block_from=lease.first if lease else None,
            block_to=lease.last if lease else None,
            sequence=lease.next_number if lease else None,
            clock_drift_s=offset / 1000,
            pack_version=notice.draft_pack or pack.version(),
            newest_pack=pack.on(day).version,
        ),
        rechecks=_rechecks(tx, inspection) if notice.form in PENALTIES else (),
    )


def _rechecks(tx: Tx, inspection: Inspection) -> tuple[RecheckFact, ...]:
    found: list[RecheckFact] = []
    began = china_day(inspection.started_at)
    for n, one in enumerate(rechecks.of_inspection(tx, inspection.id), 1):
        hazard = hazards.get(tx, one.hazard_id)
        found.append(
            RecheckFact(
                hazard_id=hazard.id,
                ordinal=n,
                outcome=one.outcome,
                deadline=hazard.deadline,
                is_overdue=hazard.deadline is not None and hazard.deadline < began,
                is_ordered=rechecks.order_of(tx, hazard) is not None,
                has_after=one.after_id is not None,
            )
        )
    return tuple(found)


def evidence_facts(tx: Tx, photos: Iterable[Evidence], inspection: Inspection) -> tuple[EvidenceFact, ...]:
    """Return the visit's own pictures as rules look at them; that their bytes are unaltered is not looked at here."""
    return tuple(
        EvidenceFact(
            id=str(each.id),
            name=each.original.name,
            taken_at=each.corrected_at,
            place=_place(tx, each) or inspection.place,
            maker=str(each.attached_by),
            proves=each.caption or str(each.hazard_id or ""),
        )
        for each in photos
        if each.inspection_id == inspection.id
    )


def _place(tx: Tx, piece: Evidence) -> str:
    where = hazards.get(tx, piece.hazard_id).place if piece.hazard_id is not None else ""
    return where or piece.original.latitude


def _papers(tx: Tx, notice: Notice, inspection: Inspection) -> list[Notice]:
    """Return the standing documents of the visit, of the visits whose orders it re-checks, and of what it concerns."""
    visits = {str(inspection.id): None}
    for one in rechecks.of_inspection(tx, inspection.id):
        order = rechecks.order_of(tx, hazards.get(tx, one.hazard_id))
        if order is not None:
            visits[str(order.inspection_id)] = None
    about = notices.get(tx, notice.about) if notice.about else None
    if about is not None:
        visits[str(about.inspection_id)] = None
    found = [each for visit in visits for each in notices.standing(tx, visit) if each.id != notice.id]
    if about is not None and about.id not in {each.id for each in found} and about.issued_at is not None:
        found.append(about)
    return sorted(found, key=lambda each: (each.issued_at or each.created_at, each.id))


def _document(tx: Tx, notice: Notice, visit: str, papers: list[Notice]) -> DocumentFact:
    issued_at = notice.issued_at or notice.created_at
    pages = tx.rows("select page from signed_page where notice_id = :id and not is_removed", {"id": notice.id})
    pens = tx.rows("select role, facts_digest from pen_signature where notice_id = :id", {"id": notice.id})
    return DocumentFact(
        id=str(notice.id),
        form=notice.form.value,
        number=notice.number,
        issued_at=issued_at,
        issued_on=china_day(issued_at),
        filled=notice.filled,
        hazard_ids=frozenset(str(each) for each in notice.hazard_ids),
        is_of_visit=notice.inspection_id == visit,
        about=str(notice.about or ""),
        pages=notice.pages,
        signed_pages=frozenset(int(row["page"]) for row in pages),
        pen_roles=frozenset(str(row["role"]) for row in pens),
        is_pen_stale=bool(pens) and {str(row["facts_digest"]) for row in pens} != {_facts_digest(tx, notice)},
        serving=_serving(prints.serving_of(tx, notice.id)),
        received_at=custody.received_at(tx, notice.pdf_sha256) if notice.pdf_sha256 else None,
        deadline=_deadline(tx, notice, papers),
    )


def _facts_digest(tx: Tx, notice: Notice) -> str:
    """The digest of the facts that both officers signed at issue."""
    told = [each.entry for each in custody.entries(tx, "notice", notice.id) if each.entry.kind == "issue"]
    changed: dict[str, Any] = dict(told[-1].set or {}) if told else {}
    return str(changed.get("facts_digest", ""))


def _serving(found: Serving | None) -> ServingFact | None:
    if found is None:
        return None
    return ServingFact(
        method=found.method,
        served_at=found.served_at,
        receiver=found.receiver,
        reason=found.reason,
        witness=found.witness,
        has_photo=found.photo_sha256 is not None,
    )


def _deadline(tx: Tx, order: Notice, papers: list[Notice]) -> date | None:
    """The latest day of what an order lists, or the later day that a standing grant gave."""
    if order.form not in (FormCode.RECTIFICATION_ORDER, FormCode.MEASURES_DECISION):
        return None
    grants = [each for each in papers if each.form is FormCode.EXTENSION_GRANT and each.about == order.id]
    days = [hazards.get(tx, each).deadline for each in order.hazard_ids]
    days += [filled_values.granted_until(each.filled) for each in grants]
    return max((day for day in days if day is not None), default=None)


def _history(tx: Tx, inspection: Inspection) -> SiteFact:
    """Count this laptop's routine visits to the site: of the year in China up to this one, and the last one before."""
    if inspection.kind is not InspectionKind.ROUTINE:
        return SiteFact()
    sql = "select started_at from inspection where site_id = :site and kind = 'routine' and id <> :id"
    rows = tx.rows(sql, {"site": inspection.site_id, "id": inspection.id})
    before = [at for row in rows if (at := read(row["started_at"])) < inspection.started_at]
    year = inspection.started_at.astimezone(CHINA).year
    return SiteFact(
        routine_count_year=1 + sum(at.astimezone(CHINA).year == year for at in before),
        last_routine=china_day(max(before)) if before else None,
    )
