"""Where the values of a document come from: the records of the visit, the document it is about, what was typed."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any, Final, cast

from inspector.domain.notice import Notice
from inspector.errors import NotFound
from inspector.law import checklists, conditions, documents, forms
from inspector.law.documents import DocumentField, DocumentKind
from inspector.notices import printed_sheet
from inspector.notices.printed_sheet import PrintedSheet
from inspector.services.notice_basis import NoticeBasis
from inspector.store import times


def kind_of(notice: Notice) -> DocumentKind | None:
    """Return the pack's document of a notice; None for the forms that have a module of their own, or none."""
    try:
        kind = documents.get(notice.form)
    except NotFound:
        return None
    return None if kind.is_own_module else kind


def values(basis: NoticeBasis, kind: DocumentKind) -> dict[str, Any]:
    """Return the value of every field whose condition holds, as `filled` keeps it; None where there is none.

    What was typed goes before the records where the field may be typed over, the records before the default.
    """
    told: dict[str, Any] = {}
    for field in kind.fields:
        told[field.key] = _value(basis, field)
    while hidden := [f.key for f in kind.fields if f.key in told and not conditions.holds(f.when, told)]:
        for key in hidden:  # one after another: what hangs on a hidden field is hidden too
            del told[key]
    return told


def told(basis: NoticeBasis, kind: DocumentKind) -> dict[str, Any]:
    """Return the values that there are."""
    return {key: value for key, value in values(basis, kind).items() if value is not None}


def printed(basis: NoticeBasis, kind: DocumentKind) -> PrintedSheet:
    """Return the sheet to be drawn."""
    known = told(basis, kind)
    references = {
        field.key: named(basis.referable.get(str(known[field.key])))
        for field in kind.fields
        if field.type == "doc_ref" and field.key in known
    }
    number = basis.about.number if basis.about is not None and kind.numbering == "about" else ""
    return PrintedSheet(kind=kind, values=known, references=references, about_number=number)


def is_from_records(basis: NoticeBasis, field: DocumentField) -> bool:
    """Whether the value shown is the records' own and not typed."""
    typed = basis.notice.filled.get(field.key)
    return bool(field.source) and (typed is None or not field.is_editable)


def _value(basis: NoticeBasis, field: DocumentField) -> Any:
    typed = basis.notice.filled.get(field.key)
    if typed is not None and (field.is_editable or not field.source):
        return typed
    found = _as(field, _resolved(basis, field.source)) if field.source else None
    if found in (None, "", []) and field.default:
        return _default(field)
    return found


def _default(field: DocumentField) -> Any:
    if field.type in ("list", "law_refs", "multi_enum"):
        return field.default.split("\n")
    if field.type in ("int", "money"):
        return int(field.default)
    return field.default == "true" if field.type == "bool" else field.default


def _as(field: DocumentField, found: Any) -> Any:
    """Bring a record's value into the shape of the field's type."""
    if isinstance(found, datetime):
        if field.type == "date":
            return times.china_day(found).isoformat()
        return times.written(found) if field.type == "datetime" else printed_sheet.moment_text(found)
    if isinstance(found, tuple):
        items = [one for one in cast("tuple[Any, ...]", found) if one]
        return items if field.type in ("list", "law_refs", "table") else "、".join(items)
    if field.type in ("list", "law_refs") and isinstance(found, str):
        return [found] if found else []
    return found


def _resolved(basis: NoticeBasis, path: str) -> Any:
    """Return what the records say at `path` (law/documents.py names the paths); None for one they don't know."""
    group, _, name = path.partition(".")
    resolve = _GROUPS.get(group)
    return resolve(basis, name) if resolve is not None else None


def _party(basis: NoticeBasis, name: str) -> Any:
    site = basis.site
    if name == "industry":
        known = {one.code: one.name for one in checklists.load().industries}
        return known.get(site.industry, site.industry)
    if name == "summary":
        parts = (
            site.name,
            site.credit_code and f"统一社会信用代码{site.credit_code}",
            site.address and f"住所{site.address}",
            site.responsible_person and f"法定代表人（负责人）{site.responsible_person}",
            site.phone and f"联系电话{site.phone}",
        )
        return "，".join(filter(None, parts))
    known = ("name", "address", "credit_code", "responsible_person", "position", "phone")
    return getattr(site, name) if name in known else None


def _visit(basis: NoticeBasis, name: str) -> Any:
    visit = basis.inspection
    return {
        "place": visit.place,
        "start": visit.started_at,
        "end": visit.ended_at,
        "kind": visit.kind.value,
        "companion": visit.companion,
        "task_no": visit.task_no,
        "approval_no": visit.approval_no,
        "entry_code": visit.entry_code,
        "no_code_reason": visit.no_code_reason,
    }.get(name)


def _office(basis: NoticeBasis, name: str) -> Any:
    office = basis.office
    return {
        "issuer": office.issuer_name,
        "name": office.name,
        "short": office.short,
        "phone": office.phone,
        "address": office.address,
        "government": office.government,
        "court": office.court,
    }.get(name)


def _officers(basis: NoticeBasis, name: str) -> Any:
    if name == "names":
        return tuple(one.name for one in basis.officers)
    if name == "certs":
        return tuple(one.cert_no for one in basis.officers)
    ordinal, _, what = name.partition(".")
    if not ordinal.isdigit() or not 1 <= int(ordinal) <= len(basis.officers):
        return None
    officer = basis.officers[int(ordinal) - 1]
    return officer.cert_no if what == "cert" else officer.name


def _hazards(basis: NoticeBasis, name: str) -> Any:
    listed = [one for one in basis.hazards if not one.is_removed]
    if name == "count":
        return len(listed)
    if name == "code":
        return next((one.catalogue_code for one in listed if one.catalogue_code), "")
    if name == "basis":
        return tuple(dict.fromkeys(citation.text() for one in listed for citation in one.basis))
    lines = [f"{one.place}：{one.description}" if one.place else one.description for one in listed]
    return "\n".join(f"{number}．{line}" for number, line in enumerate(lines, 1)) if len(lines) > 1 else "".join(lines)


def _about(basis: NoticeBasis, name: str) -> Any:
    about = basis.about
    if about is None:
        return None
    if name == "number":
        return about.number or named(about)
    if name == "title":
        return _title(about)
    if name == "date":
        return about.issued_at
    kind = kind_of(about)
    key = name.removeprefix("filled.")
    field = next((one for one in kind.fields if one.key == key), None) if kind is not None else None
    return printed_sheet.said(field, about.filled.get(key)) if field is not None else None


def _issued(basis: NoticeBasis, _name: str) -> tuple[dict[str, str], ...]:
    """A row for each document of the visit that holds and that this one, a receipt, may be about."""
    kind = kind_of(basis.notice)
    about = kind.about if kind is not None else ()
    return tuple(
        {"document": f"《{_title(one)}》{one.number}"}
        for one in basis.issued
        if one.id != basis.notice.id and one.form.value in about
    )


def named(notice: Notice | None) -> str:
    """Return how another document is named on paper: its number, or its title if it has none."""
    return "" if notice is None else notice.number or f"《{_title(notice)}》"


def _title(notice: Notice) -> str:
    return forms.load().get(notice.form).name


_GROUPS: Final[Mapping[str, Callable[[NoticeBasis, str], Any]]] = {
    "party": _party,
    "insp": _visit,
    "office": _office,
    "officers": _officers,
    "hazards": _hazards,
    "about": _about,
    "visit": _issued,
    "today": lambda basis, _: basis.day.isoformat(),
    "now": lambda basis, _: basis.issue_at,
}
