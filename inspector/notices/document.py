"""Everything that one notice prints, as plain values; what is not in here is not on the paper."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import date, datetime

import msgspec

from inspector.domain.hazard import Measure, Severity
from inspector.domain.notice import FormCode
from inspector.domain.recheck import Outcome
from inspector.ids import EvidenceId, HazardId
from inspector.notices.printed_sheet import PrintedSheet


@dataclass(frozen=True, slots=True, kw_only=True)
class PrintedOfficer:
    """An officer as named on paper, with the number of the enforcement certificate."""

    name: str
    cert_no: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PrintedHazard:
    """One numbered item; `ordinal` counts from 1 on this paper, `photos` are ordinals of its photo appendix."""

    id: HazardId
    """Names the record in findings; not printed, not in the digest."""
    ordinal: int
    text: str
    place: str
    severity: Severity
    major_criterion: str
    basis_text: str
    """《安全生产法》第四十二条第二款、《…》…; empty if none."""
    requirement: str
    measure: Measure
    deadline: date | None
    photos: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class PrintedClip:
    """The footage a still is from: stream time as 00:12:03.240, and the SHA-256 of the clip's bytes."""

    at: str
    sha256: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PrintedPhoto:
    """One photo of the appendix. `jpeg` is embedded as it is; `sha256` names the original, not the preview."""

    id: EvidenceId
    """Names the record in findings; not printed, not in the digest."""
    ordinal: int
    sha256: str
    jpeg: bytes
    caption: str
    taken_text: str
    """2026年11月22日09时32分（相机时间）, or 时间未知; of a still without a clock 未校时."""
    place: str
    hazard_ordinals: tuple[int, ...]
    marks: str = ""
    """The marks that `jpeg` shows over the original, as stored; empty if none. The caption says 标注件 then."""
    clip: PrintedClip | None = None
    """Of a still: the caption says 视频截图 then."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PrintedVisit:
    """What only the record of an inspection tells: the site and the visit. Times are aware UTC, printed as China's."""

    credit_code: str
    address: str
    responsible_person: str
    position: str
    phone: str
    place: str
    companion: str
    companion_position: str
    companion_phone: str
    started_at: datetime
    ended_at: datetime | None
    is_id_shown: bool
    is_recusal_told: bool
    is_clean: bool
    note: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PrintedRemedies:
    """Where and until when the party may ask for reconsideration or sue; only on forms that must name it."""

    government: str
    court: str
    reconsider_days: int
    sue_months: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PrintedOrder:
    """An order that is re-checked."""

    form: FormCode
    number: str
    issued_on: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class PrintedOutcome:
    """What the officers found of the hazard at the same place of `hazards`; `pair` is an ordinal of the pairs or 0."""

    outcome: Outcome
    note: str
    is_overdue: bool
    order_number: str
    order_ordinal: int
    """Number of the item on that order, 0 if no order names it."""
    pair: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PrintedPair:
    """Two photos of one hazard side by side, either of which may lack."""

    ordinal: int
    hazard_ordinal: int
    before: PrintedPhoto | None
    after: PrintedPhoto | None
    order_number: str
    is_settled: bool
    """The officers found it put right: only then does the paper say 整改后."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PrintedRecheck:
    """What only a 整改复查意见书 tells: orders, an outcome for each hazard, pairs of photos."""

    orders: tuple[PrintedOrder, ...]
    outcomes: tuple[PrintedOutcome, ...]
    pairs: tuple[PrintedPair, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class NoticeDocument:
    """A document to be drawn: 现场检查记录 (`visit`), 整改复查意见书 (`recheck`), any other of the pack (`sheet`)."""

    form: FormCode
    title: str
    number: str
    """（示）应急责改〔2026〕12号; empty on a draft, which prints `number_pending`."""
    number_pending: str
    wording: Mapping[str, str]
    """The fixed sentences of the form, with {places} for the values."""
    issuer_name: str
    party: str
    visit: PrintedVisit | None
    remedies: PrintedRemedies | None
    officers: tuple[PrintedOfficer, ...]
    hazards: tuple[PrintedHazard, ...]
    photos: tuple[PrintedPhoto, ...]
    supersedes_number: str
    """The void notice that this one replaces; empty if none."""
    copies_note: str
    watermark: str
    """演示, 草稿, both or empty."""
    issued_on: date | None
    issued_at: datetime | None
    """The moment of issue, aware UTC, None on a draft; dates the file, not printed, not in the digest."""
    recheck: PrintedRecheck | None = None
    sheet: PrintedSheet | None = None
    proof: str = ""
    """The signed text of the QR code (crypto/notice_code.py); it names the digest, so it is no part of it."""

    @property
    def number_line(self) -> str:
        """The number as it stands under the title."""
        return self.number or self.number_pending

    def facts_digest(self) -> str:
        """Return the SHA-256 (64 hex digits) over all printed values as JSON with sorted keys.

        A photo counts by the SHA-256 of its original, and by its marks if it has any. The digest of the PDF itself
        can't stand inside the PDF.
        """
        facts = _values(self, "hazards", "photos", "issued_at", "recheck", "sheet", "proof")
        if self.recheck is not None:
            facts["recheck"] = _recheck_values(self.recheck)
        if self.sheet is not None:  # else untold: digests of what was issued before there were sheets stay the same
            facts["sheet"] = self.sheet.facts()
        facts["hazards"] = [_values(hazard, "id") for hazard in self.hazards]
        facts["photos"] = [_photo_values(photo) for photo in self.photos]
        return hashlib.sha256(msgspec.json.encode(facts, order="sorted")).hexdigest()

    def printed_fields(self) -> tuple[tuple[str, str], ...]:
        """Return (field, value) of every value that somebody typed; fields are named as findings name them."""
        told = [
            ("number", self.number_line),
            ("office.issuer_name", self.issuer_name),
            ("site.name", self.party),
            ("supersedes", self.supersedes_number),
        ]
        if self.visit is not None:
            told += _visit_fields(self.visit)
        if self.remedies is not None:
            told += [("office.government", self.remedies.government), ("office.court", self.remedies.court)]
        for index, officer in enumerate(self.officers, 1):
            told += [(f"officers.{index}.name", officer.name), (f"officers.{index}.cert_no", officer.cert_no)]
        for hazard in self.hazards:
            told += _hazard_fields(hazard)
        for photo in self.photos:
            told += [(f"photo.{photo.id}.caption", photo.caption)]
        if self.recheck is not None:
            pairs = zip(self.hazards, self.recheck.outcomes, strict=True)
            told += [(f"recheck.{hazard.id}.note", one.note) for hazard, one in pairs]
        if self.sheet is not None:
            told += self.sheet.typed()
        return tuple(told)


def _recheck_values(recheck: PrintedRecheck) -> dict[str, object]:
    pairs: list[dict[str, object]] = []
    for pair in recheck.pairs:
        shown = {
            name: photo and _values(photo, "id", "jpeg")
            for name, photo in (("before", pair.before), ("after", pair.after))
        }
        pairs.append({**_values(pair), **shown})
    return {"orders": recheck.orders, "outcomes": recheck.outcomes, "pairs": pairs}


def _values(record: NoticeDocument | PrintedHazard | PrintedPhoto | PrintedPair, *left_out: str) -> dict[str, object]:
    return {field.name: getattr(record, field.name) for field in fields(record) if field.name not in left_out}


def _photo_values(photo: PrintedPhoto) -> dict[str, object]:
    # What a photo lacks isn't told: the digests of notices drawn before there was such a thing stay what they were.
    lacking = [name for name in ("marks", "clip") if not getattr(photo, name)]
    return _values(photo, "id", "jpeg", *lacking)


def _visit_fields(visit: PrintedVisit) -> list[tuple[str, str]]:
    return [
        ("site.credit_code", visit.credit_code),
        ("site.address", visit.address),
        ("site.responsible_person", visit.responsible_person),
        ("site.position", visit.position),
        ("site.phone", visit.phone),
        ("inspection.place", visit.place),
        ("inspection.companion", visit.companion),
        ("inspection.companion_position", visit.companion_position),
        ("inspection.companion_phone", visit.companion_phone),
        ("inspection.note", visit.note),
    ]


def _hazard_fields(hazard: PrintedHazard) -> list[tuple[str, str]]:
    name = f"hazard.{hazard.id}"
    return [
        (f"{name}.description", hazard.text),
        (f"{name}.place", hazard.place),
        (f"{name}.basis", hazard.basis_text),
        (f"{name}.requirement", hazard.requirement),
        (f"{name}.major_criterion", hazard.major_criterion),
    ]
