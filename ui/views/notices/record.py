"""What the notice screen shows, read off the window's thread."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from inspector.app import App
from inspector.domain.hazard import Hazard
from inspector.domain.inspection import Inspection
from inspector.domain.notice import ON_EVERY_VISIT, FormCode, Notice, NoticeState
from inspector.domain.officer import Officer
from inspector.domain.printing import PrintRun
from inspector.domain.serving import Serving
from inspector.law import forms, gate, pack, rules
from inspector.law.rules import Rule
from inspector.services.documents import Filling
from inspector.services.explaining import Explanation
from inspector.services.notices import NoticePreview
from ui.text import is_english


@dataclass(frozen=True, slots=True, kw_only=True)
class NoticeList:
    """The notices of one inspection, or the latest of all when `inspection_id` is empty."""

    inspection_id: str
    notices: tuple[Notice, ...]
    firms: dict[str, str]
    """Inspection id → name of the firm."""
    served: dict[str, Serving]
    """Notice id → how it was handed over, for those that were."""
    can_begin: tuple[FormCode, ...] = ()
    """The forms that this inspection can have; a re-check opinion only where something is re-checked."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NoticeReading:
    """One notice with all its sides; `judged` are the rules that this version holds against its form."""

    preview: NoticePreview
    inspection: Inspection
    firm: str
    hazards: tuple[Hazard, ...]
    officers: tuple[Officer, ...]
    judged: tuple[Rule, ...]
    not_judged: tuple[Rule, ...]
    pack: str
    copies: str
    """What the form says of its copies: 一式两份."""
    responsible: str
    """The firm's responsible person by the register."""
    prints: tuple[PrintRun, ...]
    """Oldest first."""
    serving: Serving | None
    filling: Filling | None = None
    """What a draft asks for; None for issued documents and for forms that are made of records alone."""
    halves: Mapping[str, str] = field(default_factory=dict[str, str])
    """Half-typed texts of that form, by field key."""
    explained: Mapping[str, Explanation] = field(default_factory=dict[str, Explanation])
    """Why warnings of a draft are overridden, by the finding's key."""
    why_not: Mapping[str, str] = field(default_factory=dict[str, str])
    """Why a rule is not judged here, by its id, in the language that is on."""
    industry: str = ""
    """Of the site: where citations are looked for."""

    @property
    def notice(self) -> Notice:
        """The notice itself."""
        return self.preview.notice

    @property
    def has_own_number(self) -> bool:
        """Whether issuing takes a number."""
        return self.filling is None or self.filling.kind.numbering == "own"

    @property
    def passed(self) -> tuple[Rule, ...]:
        """The judged rules that nothing was found against."""
        broken = {one.rule for one in self.preview.findings}
        return tuple(rule for rule in self.judged if rule.id not in broken)

    def score(self, *, is_short: bool) -> str:
        """Return 38/40 passed, or how many findings stand where there is no room for both; empty for none."""
        if is_short:
            return str(len(self.preview.findings) or "")
        return f"{len(self.passed)}/{len(self.judged)}" if self.judged else ""

    def second_officer(self, me: str) -> Officer | None:
        """Return who confirms beside `me`; None if `me` is not one of the pair."""
        if me not in self.inspection.officer_ids:
            return None
        return next((one for one in self.officers if one.id != me), None)


def read_list(services: App, inspection_id: str) -> NoticeList:
    """Read the list. Raises NotFound."""
    if inspection_id:
        inspection = services.inspections.get(inspection_id)
        firms: dict[str, str] = {inspection_id: services.sites.get(inspection.site_id).name}
        notices = tuple(services.notices.of(inspection_id))
        is_recheck = bool(services.rechecks.of(inspection_id))
        can_begin = tuple(one for one in ON_EVERY_VISIT if is_recheck or one is not FormCode.RECHECK_OPINION)
    else:
        can_begin = ()
        firms = {one.inspection.id: one.site.name for one in services.inspections.list()}
        notices = tuple(services.notices.recent())
    served = _served(services, notices)
    return NoticeList(inspection_id=inspection_id, notices=notices, firms=firms, served=served, can_begin=can_begin)


def _served(services: App, notices: tuple[Notice, ...]) -> dict[str, Serving]:
    issued = (one.id for one in notices if one.state is not NoticeState.DRAFT)
    found = ((one, services.serving.of(one)) for one in issued)
    return {one: serving for one, serving in found if serving is not None}


def read_notice(services: App, notice_id: str) -> NoticeReading:
    """Read one notice: it is drawn and checked. Raises NotFound, EvidenceMissing, FontsMissing, PackDamaged."""
    preview = services.notices.preview(notice_id)
    inspection = services.inspections.get(preview.notice.inspection_id)
    people = {one.id: one for one in services.inspections.officers()}
    site = services.sites.get(inspection.site_id)
    book = rules.load()
    judged = [rule_id for rule_id, setup in book.setups.items() if str(preview.notice.form) in setup.forms]
    return NoticeReading(
        preview=preview,
        inspection=inspection,
        firm=site.name,
        hazards=tuple(services.hazards.of(inspection.id)),
        officers=tuple(people[one] for one in inspection.officer_ids if one in people),
        judged=tuple(book.rules[rule_id] for rule_id in judged if rule_id in book.rules),
        not_judged=tuple(book.rules[rule_id] for rule_id in preview.not_evaluable if rule_id in book.rules),
        pack=pack.version(),
        copies=forms.load().get(preview.notice.form).copies,
        responsible=site.responsible_person,
        prints=tuple(services.printing.of(notice_id)),
        serving=services.serving.of(notice_id),
        filling=_filling(services, preview.notice),
        halves=services.drafts.of(f"notice:{notice_id}"),
        explained=services.explaining.of(notice_id),
        why_not={rule_id: _why_not(rule_id) for rule_id in preview.not_evaluable},
        industry=site.industry,
    )


def _why_not(rule_id: str) -> str:
    told = gate.why_not_evaluable(rule_id)
    return told.en if is_english() else told.zh


def _filling(services: App, notice: Notice) -> Filling | None:
    if notice.state is not NoticeState.DRAFT:
        return None
    found = services.notices.filling(notice.id)
    return found if found.fields else None


def draft_of(notices: tuple[Notice, ...], form: FormCode) -> Notice | None:
    """Return the draft of a form that is there already."""
    return next((one for one in notices if one.form is form and one.state == "draft"), None)
