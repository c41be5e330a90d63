"""What is known about a draft notice when the gate looks at it, and what the gate says of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from inspector.domain.hazard import Citation, Hazard
from inspector.domain.inspection import Inspection
from inspector.domain.notice import FormCode
from inspector.domain.office import Office
from inspector.domain.officer import Officer
from inspector.domain.recheck import Outcome
from inspector.domain.site import Site
from inspector.ids import HazardId, OfficerId
from inspector.law.case_facts import ClipFact, DeviceFact, DocumentFact, EvidenceFact, FieldFact, SiteFact


@dataclass(frozen=True, slots=True, kw_only=True)
class RecheckFact:
    """One earlier hazard that a re-check opinion answers; `ordinal` as printed there."""

    hazard_id: HazardId
    ordinal: int
    outcome: Outcome
    deadline: date | None
    is_overdue: bool
    is_ordered: bool
    """A standing order names the hazard."""
    has_after: bool
    """A photo of the re-check hangs on it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderFact:
    """An order that is re-checked: its number, its day, how many problems it lists, how many were put right before."""

    number: str
    issued_on: date
    listed: int
    settled: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ReusedFact:
    """A picture on the notice that an earlier visit shows too, and that nobody explained yet."""

    evidence_id: str
    name: str
    site_name: str
    visited_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class NoticeFacts:
    """One draft notice with everything it rests on, read from one snapshot of the store."""

    form: FormCode
    office: Office
    officers: tuple[Officer, ...]
    """In the order of the inspection: lead, second."""
    site: Site
    inspection: Inspection
    hazards: tuple[Hazard, ...]
    """Those the notice lists, in printed order; removed ones are ignored."""
    photos_by_hazard: Mapping[HazardId, int]
    """How many photos or other evidence hang on each hazard; absent is none."""
    issue_on: date
    """The day the notice is dated, in China."""
    has_number_left: bool
    number: str = ""
    """The number it will carry; empty while it has not been drawn."""
    used_numbers: frozenset[str] = frozenset()
    """Numbers that other notices of this office carry, void ones included."""
    missing_glyphs: tuple[tuple[str, str], ...] = ()
    """(field, character) that no font can draw."""
    is_record_issued: bool = False
    """An issued 现场检查记录 of the same inspection exists."""
    record_hazard_ids: frozenset[HazardId] = frozenset()
    """The hazards that record lists."""
    other_visits: tuple[tuple[OfficerId, datetime, datetime | None], ...] = ()
    """Other inspections of these officers: (officer, start, end or None while open), aware UTC."""
    is_clock_suspect: bool = False
    rechecks: tuple[RecheckFact, ...] = ()
    """What a 整改复查意见书 answers; empty on other forms."""
    orders: tuple[OrderFact, ...] = ()
    """The orders these rest on, oldest first."""
    reused: tuple[ReusedFact, ...] = ()
    issue_at: datetime | None = None
    """The moment of issue, aware; None: only the day is known."""
    filled: Mapping[str, Any] = field(default_factory=dict[str, Any])
    """What was typed into the form, by field key, as Notice.filled has it (law/documents.py)."""
    fields: tuple[FieldFact, ...] | None = None
    """The form's fields with their values resolved from the records; None: the gate looks at `filled` alone."""
    reasons: Mapping[str, str] = field(default_factory=dict[str, str])
    """Why it is issued in spite of a warning, by the finding's key."""
    documents: tuple[DocumentFact, ...] = ()
    """Issued, standing documents of the same matter, oldest first."""
    about: DocumentFact | None = None
    """The document that this one concerns."""
    evidence: tuple[EvidenceFact, ...] = ()
    """The pictures that the notice shows."""
    clips: tuple[ClipFact, ...] = ()
    """Footage of the visit."""
    claps: int = 0
    """How often the clapper was shown on the visit: a recorder was running."""
    history: SiteFact = field(default_factory=SiteFact)
    device: DeviceFact = field(default_factory=DeviceFact)


@dataclass(frozen=True, slots=True)
class Finding:
    """What the gate says about a draft.

    `rule` is a rule's id, or a name of the product's own (field_missing, field_wrong, record_missing, need_missing,
    about_missing, E101, E104, glyph_missing, clock_suspect, citation_imprecise, basis_unconfirmed, hazard_empty,
    clean_contradicted, rule_failed, E301, recheck_empty, recheck_open, order_missing, recheck_no_photo, recused,
    outside_competence, competence_unknown, coercion_not_conferred, observer_signs, witness_is_officer, disposal_late,
    not_heard, form_unconfirmed).
    `severity` is error (no paper) or warning. `field` is a dotted place the window can jump to: site.credit_code,
    hazard.<id>.deadline, inspection.place, officers, number, filled.<key>, documents.<form> (one to be made first),
    paper.<notice id> (an earlier one) … Not `is_confirmed`: shown as 待法制确认.
    """

    rule: str
    severity: str
    message: str
    message_en: str
    basis: str
    field: str
    is_confirmed: bool = True
    key: str = ""
    """Names this finding from one look to the next: the rule, its place and, where one place has several, which."""
    is_explained: bool = False
    """A warning for whose overriding a reason was given."""
    citations: tuple[Citation, ...] = ()
    """The places in statutes that `basis` names, as far as the laws index knows them."""

    @property
    def is_blocking(self) -> bool:
        """Whether it is an error: nothing but mending it lets the notice out."""
        return self.severity == "error"

    @property
    def is_open(self) -> bool:
        """Whether it keeps the notice from being issued: an error, or a warning without a reason."""
        return self.is_blocking or not self.is_explained
