"""What a document asks for and what it already has; which documents of a visit can be begun, in guided order."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from inspector.domain.hazard import Measure
from inspector.domain.inspection import Inspection
from inspector.domain.notice import FormCode, Notice, NoticeState
from inspector.law import documents, forms
from inspector.law.case_facts import FieldFact
from inspector.law.documents import DocumentField, DocumentKind, Need
from inspector.law.forms import Form
from inspector.notices import printed_sheet
from inspector.services import document_sources
from inspector.services.notice_basis import NoticeBasis
from inspector.store import hazards, inspections, notices, rechecks
from inspector.store.gateway import Tx

SITE_DOCUMENTS = 200
"""So many of the latest documents of a site are looked at."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldView:
    """One field of a document with its value as it is kept (FieldType), and as the paper says it.

    `problem` is "" or missing: it is required and empty. `choices` are (id, name) of the documents that a doc_ref may
    name, newest first.
    """

    field: DocumentField
    value: Any
    shown: str
    is_from_records: bool
    problem: str = ""
    choices: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Filling:
    """A draft as a form to be filled: the fields whose condition holds, in the pack's order."""

    kind: DocumentKind
    form: Form
    fields: tuple[FieldView, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """A document that a visit may have. `missing` are codes of what must come first: forms (JCFA, XCJC|KYBL any of).

    `about_choices` and `made` are ids of notices: those it may be about, and those of this form that the visit has.
    """

    form: FormCode
    name: str
    name_en: str
    group: str
    is_ready: bool
    missing: tuple[str, ...]
    about_choices: tuple[str, ...]
    made: tuple[str, ...]
    is_suggested: bool


def filling(basis: NoticeBasis) -> Filling:
    """Return what a draft asks for. Raises NotFound(document) for a form that the pack doesn't describe."""
    kind = documents.get(basis.notice.form)
    told = {} if kind.is_own_module else document_sources.values(basis, kind)
    return Filling(
        kind=kind,
        form=forms.load().get(basis.notice.form),
        fields=tuple(
            FieldView(
                field=field,
                value=told[field.key],
                shown=_shown(basis, field, told[field.key]),
                is_from_records=document_sources.is_from_records(basis, field),
                problem="missing" if field.is_required and is_blank(field, told[field.key]) else "",
                choices=_referable(basis) if field.type == "doc_ref" else (),
            )
            for field in kind.fields
            if field.key in told
        ),
    )


def field_facts(basis: NoticeBasis) -> tuple[FieldFact, ...] | None:
    """Return the fields as the gate looks at them; None for a form that has a module of its own."""
    kind = document_sources.kind_of(basis.notice)
    if kind is None:
        return None
    told = document_sources.values(basis, kind)
    return tuple(
        FieldFact(
            key=field.key,
            label=field.label,
            label_en=field.label_en,
            is_required=field.is_required and field.type != "bool",
            value=None if is_blank(field, told[field.key]) else told[field.key],
        )
        for field in kind.fields
        if field.key in told
    )


def is_blank(field: DocumentField, value: Any) -> bool:
    """Whether a value says nothing; an unticked box is an answer, and so is a table whose rows are left to the pen."""
    if field.type == "bool":
        return False
    if isinstance(value, str):
        return not value.strip()
    return value is None or value in ([], ())


def choices(tx: Tx, kind: DocumentKind, site_id: str) -> tuple[Notice, ...]:
    """Return the documents of a site that a document of `kind` may be about, newest first."""
    states = {NoticeState.ISSUED, NoticeState.VOID} if kind.is_about_void else {NoticeState.ISSUED}
    found = notices.of_site(tx, site_id, SITE_DOCUMENTS)
    return tuple(one for one in found if one.form.value in kind.about and one.state in states)


def offers(tx: Tx, inspection_id: str) -> tuple[Offer, ...]:
    """Return every document of the pack in guided order: by group, then as the pack lists them. Raises NotFound."""
    visit = inspections.get(tx, inspection_id)
    there = _There(tx, visit)
    raw = documents.load()
    places = {group.id: place for place, group in enumerate(raw.groups)}
    codes = {code.value: code for code in FormCode}
    known = [(codes[code], kind) for code, kind in raw.documents.items() if code in codes]
    known.sort(key=lambda one: places.get(one[1].group, len(places)))
    return tuple(there.offer(code, kind) for code, kind in known)


class _There:
    """What a visit has already."""

    def __init__(self, tx: Tx, visit: Inspection) -> None:
        self._tx, self._visit = tx, visit
        self._made = [one for one in notices.of_inspection(tx, visit.id) if one.state is not NoticeState.VOID]
        self._issued = {one.form.value for one in self._made if one.state is NoticeState.ISSUED}
        of_site = notices.of_site(tx, visit.site_id, SITE_DOCUMENTS)
        self._of_site = {one.form.value for one in of_site if one.state is NoticeState.ISSUED}
        self._measures = {one.measure for one in hazards.of_inspection(tx, visit.id) if not one.is_removed}
        self._is_recheck = bool(rechecks.of_inspection(tx, visit.id))

    def offer(self, form: FormCode, kind: DocumentKind) -> Offer:
        """Say how it stands with one document."""
        named = forms.load().get(form)
        about = choices(self._tx, kind, self._visit.site_id) if kind.about else ()
        missing = [_any_of(need.forms) for need in kind.needs if not self._is_met(need, about)]
        if kind.about and not about and not any(need.of == "about" for need in kind.needs):
            missing.append(_any_of(kind.about))
        made = tuple(one.id for one in self._made if one.form is form)
        return Offer(
            form=form,
            name=named.name,
            name_en=named.name_en,
            group=kind.group,
            is_ready=not missing,
            missing=tuple(missing),
            about_choices=tuple(one.id for one in about),
            made=made,
            is_suggested=not made and not missing and self._is_next(form, kind, about),
        )

    def _is_met(self, need: Need, about: Sequence[Notice]) -> bool:
        if need.is_urgent_excused and self._visit.is_urgent:
            return True
        if need.of == "about":
            return any(one.form.value in need.forms for one in about)
        if "JCTZ" in need.forms and self._visit.entry_code:
            return True  # shown with the code of the city's platform instead of on paper
        return bool(set(need.forms) & (self._of_site if need.of == "site" else self._issued))

    def _is_next(self, form: FormCode, kind: DocumentKind, about: Sequence[Notice]) -> bool:
        """Whether nearly every visit that stands where this one does goes on with it."""
        match form:
            case FormCode.INSPECTION_RECORD:
                return not self._is_recheck
            case FormCode.RECHECK_OPINION:
                return self._is_recheck
            case FormCode.RECTIFICATION_ORDER:
                return bool(self._measures - {Measure.STOP})
            case FormCode.MEASURES_DECISION:
                return Measure.STOP in self._measures
            case FormCode.SERVICE_RECEIPT:
                return bool(self._issued)
            case _:
                here = any(one.inspection_id == self._visit.id for one in about)
                return kind.numbering == "about" and here  # the list that belongs to a decision


def _referable(basis: NoticeBasis) -> tuple[tuple[str, str], ...]:
    others = [one for one in basis.referable.values() if one.id != basis.notice.id]
    told = [one for one in others if one.state is not NoticeState.DRAFT]
    return tuple((one.id, document_sources.named(one)) for one in told)


def _any_of(codes: tuple[str, ...]) -> str:
    return "|".join(codes)


def _shown(basis: NoticeBasis, field: DocumentField, value: Any) -> str:
    if field.type in ("table", "qa_list"):
        return ""
    if field.type == "doc_ref":
        named = basis.referable.get(str(value))
        return "" if named is None else document_sources.named(named)
    return printed_sheet.said(field, value)
