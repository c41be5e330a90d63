"""From the records of an inspection to the NoticeDocument that is printed: pure, no clock, no store."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

from inspector.clock import CHINA
from inspector.domain.evidence import NO_MARKS, Evidence
from inspector.domain.hazard import Hazard, Severity
from inspector.domain.inspection import Inspection
from inspector.domain.notice import FormCode, number_text
from inspector.domain.office import Office
from inspector.domain.officer import Officer
from inspector.domain.site import Site
from inspector.ids import HazardId
from inspector.law import corrections
from inspector.notices import wording
from inspector.notices.comparison import Photo, Rechecked, clip_of, printed_recheck, taken_text
from inspector.notices.document import (
    NoticeDocument,
    PrintedHazard,
    PrintedOfficer,
    PrintedPhoto,
    PrintedRemedies,
    PrintedVisit,
)
from inspector.notices.printed_sheet import PrintedSheet

if TYPE_CHECKING:
    from inspector.law.forms import Form


@dataclass(frozen=True, slots=True, kw_only=True)
class Sources:
    """All that a notice is made of. `officers` and `hazards` in printed order; removed ones are left out by compose."""

    form: Form
    inspection: Inspection
    site: Site
    office: Office
    officers: tuple[Officer, ...]
    hazards: tuple[Hazard, ...]
    photos: tuple[Photo, ...] = ()
    number: str = ""
    """The full number text once issued, empty for a draft."""
    issued_at: datetime | None = None
    """Aware UTC; its day in China is the date of the notice. None leaves the date blank."""
    is_training: bool = False
    is_draft: bool = True
    supersedes_number: str = ""
    """The number of the void notice that this one replaces."""
    rechecked: tuple[Rechecked, ...] = ()
    """Of a 整改复查意见书: what became of each of `hazards`, in their order."""
    sheet: PrintedSheet | None = None
    """What is printed of a document that documents.json describes."""


def compose(sources: Sources) -> NoticeDocument:
    """Return the document to print: hazards are numbered from 1, photos grouped by original in the hazards' order."""
    form = FormCode(sources.form.code)
    words = wording.load(form)
    hazards = tuple(hazard for hazard in sources.hazards if not hazard.is_removed)
    is_record, is_recheck = form is FormCode.INSPECTION_RECORD, form is FormCode.RECHECK_OPINION
    photos = () if is_recheck else _photos(sources.photos, hazards, words)  # there they stand in pairs
    return NoticeDocument(
        form=form,
        title=sources.form.name,
        number=sources.number,
        number_pending=_pending(sources, words["pending"]),
        wording=dict(words),
        issuer_name=sources.office.issuer_name,
        party=sources.site.name,
        visit=_visit(sources.site, sources.inspection) if is_record else None,
        remedies=_remedies(sources),
        officers=tuple(PrintedOfficer(name=officer.name, cert_no=officer.cert_no) for officer in sources.officers),
        hazards=tuple(
            _hazard(hazard, ordinal, photos, has_requirement=not is_record) for ordinal, hazard in enumerate(hazards, 1)
        ),
        photos=photos,
        supersedes_number=sources.supersedes_number,
        copies_note=_copies_note(sources, words["copies_note"]),
        watermark=_watermark(is_training=sources.is_training or sources.office.is_training, is_draft=sources.is_draft),
        issued_on=_day(sources.issued_at),
        issued_at=None if sources.is_draft else sources.issued_at,
        recheck=printed_recheck(sources.rechecked, words) if is_recheck else None,
        sheet=sources.sheet,
    )


def _visit(site: Site, inspection: Inspection) -> PrintedVisit:
    is_named = bool(inspection.companion)
    return PrintedVisit(
        credit_code=site.credit_code,
        address=site.address,
        responsible_person=site.responsible_person,
        position=site.position,
        phone=site.phone,
        place=inspection.place,
        companion=inspection.companion,
        companion_position=inspection.companion_position if is_named else "",
        companion_phone=inspection.companion_phone if is_named else "",
        started_at=inspection.started_at,
        ended_at=inspection.ended_at,
        is_id_shown=inspection.is_id_shown,
        is_recusal_told=inspection.is_recusal_told,
        is_clean=inspection.is_clean,
        note=inspection.note,
    )


def _remedies(sources: Sources) -> PrintedRemedies | None:
    remedy = sources.form.remedy
    if sources.sheet is not None:
        names_remedy = any(block.block == "remedies" for block in sources.sheet.body)
        remedy = corrections.load().remedy if names_remedy else None
    if remedy is None:
        return None
    return PrintedRemedies(
        government=sources.office.government,
        court=sources.office.court,
        reconsider_days=remedy.reconsider_days,
        sue_months=remedy.sue_months,
    )


def _copies_note(sources: Sources, sentence: str) -> str:
    if sources.sheet is not None:
        return sources.sheet.kind.copies_note
    return sources.form.copies_note or wording.plain(sentence, copies=sources.form.copies)


def _pending(sources: Sources, pending: str) -> str:
    if sources.sheet is not None and sources.sheet.kind.numbering != "own":
        return sources.sheet.about_number
    year = (sources.issued_at or sources.inspection.started_at).astimezone(CHINA).year
    whole = number_text(sources.office.issuer_short, sources.form.number_code, year, 0)
    return whole.removesuffix("0号") + pending


def _watermark(*, is_training: bool, is_draft: bool) -> str:
    return " ".join(word for word, is_wanted in (("草稿", is_draft), ("演示", is_training)) if is_wanted)


def _day(moment: datetime | None) -> date | None:
    return None if moment is None else moment.astimezone(CHINA).date()


def _hazard(hazard: Hazard, ordinal: int, photos: Sequence[PrintedPhoto], *, has_requirement: bool) -> PrintedHazard:
    return PrintedHazard(
        id=hazard.id,
        ordinal=ordinal,
        text=hazard.description,
        place=hazard.place,
        severity=hazard.severity,
        major_criterion=hazard.major_criterion if hazard.severity is Severity.MAJOR else "",
        basis_text="、".join(citation.text() for citation in hazard.basis),
        requirement=hazard.requirement if has_requirement else "",
        measure=hazard.measure,
        deadline=hazard.deadline,
        photos=tuple(photo.ordinal for photo in photos if ordinal in photo.hazard_ordinals),
    )


def _photos(photos: Sequence[Photo], hazards: Sequence[Hazard], words: Mapping[str, str]) -> tuple[PrintedPhoto, ...]:
    """Number the photos in the order of their first hazard; twins that look alike are printed once."""
    places: dict[HazardId, int] = {hazard.id: ordinal for ordinal, hazard in enumerate(hazards, 1)}
    groups: dict[tuple[str, str], list[Photo]] = {}
    for photo in photos:
        if _is_shown(photo.evidence, places):
            groups.setdefault((photo.evidence.original.sha256, photo.evidence.marks), []).append(photo)
    shown = [(_ordinals(group, places), group) for group in groups.values()]
    shown.sort(key=lambda entry: min(entry[0], default=len(hazards) + 1))
    return tuple(
        PrintedPhoto(
            id=group[0].evidence.id,
            ordinal=ordinal,
            sha256=group[0].evidence.original.sha256,
            jpeg=group[0].jpeg,
            caption="；".join(dict.fromkeys(photo.evidence.caption for photo in group if photo.evidence.caption)),
            taken_text=taken_text(group[0].evidence, words),
            place="；".join(dict.fromkeys(hazards[n - 1].place for n in numbers if hazards[n - 1].place)),
            hazard_ordinals=numbers,
            marks="" if group[0].evidence.marks == NO_MARKS else group[0].evidence.marks,
            clip=clip_of(group[0].evidence),
        )
        for ordinal, (numbers, group) in enumerate(shown, 1)
    )


def _is_shown(evidence: Evidence, places: Mapping[HazardId, int]) -> bool:
    """A photo that nobody removed, of the visit as a whole or of a hazard on this paper."""
    is_concerned = evidence.hazard_id is None or evidence.hazard_id in places
    return is_concerned and not evidence.is_removed and evidence.original.kind.is_picture


def _ordinals(group: Sequence[Photo], places: Mapping[HazardId, int]) -> tuple[int, ...]:
    linked = (photo.evidence.hazard_id for photo in group)
    return tuple(sorted({places[hazard] for hazard in linked if hazard is not None and hazard in places}))
