"""Shows rules what surrounds a draft: earlier documents, penalty, seizure, interview, service, evidence, laptop."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime, time
from typing import Final, cast

from inspector.clock import CHINA
from inspector.domain.recheck import Outcome
from inspector.domain.serving import ServingMethod
from inspector.errors import NotFound
from inspector.law import amounts, catalogue, documents, filled_values, forms
from inspector.law.case_facts import DocumentFact, EvidenceFact
from inspector.law.expression import Function, View
from inspector.law.filled_values import Loose
from inspector.law.notice_facts import NoticeFacts
from inspector.law.rule_functions import china_day

PENALTIES: Final = ("CFDW", "CFGR")
"""Decisions made on the spot in the simple procedure (行政处罚法 art. 51)."""
ORDERS: Final = ("ZLZG", "XCJD")
_BOTH: Final = 2


def views(facts: NoticeFacts, filled: View, config: Mapping[str, object]) -> dict[str, object]:
    """Return the names that rules use for the matter."""
    now = moment(facts)
    told = [_document(each) for each in facts.documents]
    return {
        "case": _case(facts, filled, told),
        "penalty": _penalty(facts, filled, config),
        "payment": _payment(filled),
        "seizure": _seizure(facts, filled, now),
        "xbtz": _latest(facts, told, "XBTZ"),
        "interview": _interview(facts, filled),
        "evidence": tuple(_evidence(each) for each in facts.evidence),
        "clips": tuple(
            View({"ended_at": each.ended_at, "uploaded_at": each.uploaded_at}, {"name": each.name})
            for each in facts.clips
        ),
        "unit": View(
            {
                "routine_count_year": facts.history.routine_count_year,
                "annual_cap": facts.site.annual_cap,
                "last_routine": facts.history.last_routine,
            }
        ),
        "device": View(
            {
                "block_from": facts.device.block_from,
                "block_to": facts.device.block_to,
                "clock_drift_s": facts.device.clock_drift_s,
                "pack_version": facts.device.pack_version,
            }
        ),
        "hq": View({"pack_version": facts.device.newest_pack}),
        "now": now,
        "today": facts.issue_on,
    }


def moment(facts: NoticeFacts) -> datetime:
    """Return the moment of issue; where only the day is known, its noon in China."""
    return facts.issue_at or datetime.combine(facts.issue_on, time(12), CHINA)


def functions(facts: NoticeFacts) -> dict[str, Function]:
    """Return has_doc, doc_date and approved; the draft counts as there."""
    standing = {each.form: each for each in reversed(facts.documents)}

    def has_doc(code: str) -> bool:
        is_given_by_platform = code == "JCTZ" and bool(facts.inspection.entry_code)
        return code == facts.form or code in standing or is_given_by_platform

    def doc_date(code: str) -> date | None:
        return standing[code].issued_on if code in standing else facts.issue_on if code == facts.form else None

    def approved(code: str) -> bool:
        """Whether the head has signed: an issued approval form with its day, and without refusal."""
        return any(each.form == code and _is_approved(each) for each in facts.documents)

    return {"has_doc": has_doc, "doc_date": doc_date, "approved": approved}


def items(facts: NoticeFacts, filled: View) -> tuple[View, ...]:
    """Return the catalogue items that the draft is about: the one named in the form, else those of its hazards."""
    named = str(filled.values["item"] or "").split()
    codes = named or [each.catalogue_code for each in facts.hazards if each.catalogue_code and not each.is_removed]
    found: list[View] = []
    for code in dict.fromkeys(codes):
        try:
            item = catalogue.load().get(code)
        except NotFound:
            continue
        said = {"code": code, "title": item.title, "competent": item.competent.split("(")[0]}
        found.append(View({"code": code, "competent_is_us": is_ours(item)}, said))
    return tuple(found)


def is_ours(item: catalogue.CatalogueItem) -> bool:
    """Whether an emergency-management department may act on an item, alone or beside another one."""
    return item.is_ours or "应急管理" in item.competent


def is_external(code: str) -> bool:
    """Whether a document goes to the party."""
    try:
        return forms.load().get(code).is_external
    except NotFound:
        return code != "ZFSM"


def has_remedies(code: str) -> tuple[bool, bool]:
    """Return whether a document tells of remedies, and whether it says that reconsideration comes first."""
    try:
        blocks = [block for block in documents.get(code).body if block.block == "remedies"]
    except NotFound:
        blocks = []
    try:
        own = forms.load().get(code).remedy is not None
    except NotFound:
        own = False
    return own or bool(blocks) or code in PENALTIES, any(block.is_review_first for block in blocks)


def _is_approved(document: DocumentFact) -> bool:
    filled = filled_values.view(document.form, document.filled)
    return bool(filled.values["approved_on"]) and filled.values["opinion"] != "refuse"


def _document(document: DocumentFact) -> View:
    """Show an earlier document; what was signed is known from photos of its pages, the pen, and its service."""
    serving = document.serving
    signed = document.signed_pages or document.pen_roles
    is_signed_for = serving is not None and serving.method is ServingMethod.SIGNED
    refused = serving.reason if serving is not None and serving.method is not ServingMethod.SIGNED else ""
    filled = filled_values.view(document.form, document.filled)
    kind = _name(document.form)
    return View(
        {
            "code": document.form,
            "date": document.issued_on,
            "number": document.number,
            "external": is_external(document.form),
            "final": True,
            "service": serving,
            "served_at": china_day(serving.served_at) if serving else None,
            "respondent_sign": bool(document.signed_pages) or "respondent" in document.pen_roles or is_signed_for,
            "party_sign": bool(document.signed_pages) or "respondent" in document.pen_roles or is_signed_for,
            "refusal": refused or filled.values["refusal"],
            "witness": serving.witness if serving else None,
            "refusal_clip": serving.has_photo if serving else None,
            "pages": tuple(_page(document, n) for n in sorted({*range(1, document.pages + 1), *document.signed_pages})),
            "page_total": document.pages,
            "photographed": len(document.signed_pages),
            "is_signed": bool(signed),
            "signed": True,
            "bytes": "altered" if document.is_altered else document.id,
            "sign_hash": document.id,
            "changed_after_sign": document.is_pen_stale,
            "is_penalty": document.form in PENALTIES,
            "filed_with_bureau_at": document.received_at,
            "filled": filled,
        },
        {"number": document.number or kind[0], "kind": kind[0], "kind_en": kind[1], "doc_id": document.id},
    )


def _name(code: str) -> tuple[str, str]:
    try:
        form = forms.load().get(code)
    except NotFound:
        return code, code
    return form.name, form.name_en


def _page(document: DocumentFact, number: int) -> View:
    """A photographed page bears both officers' signatures and the respondent's: who links it has looked at it."""
    pens = {role for role in document.pen_roles if role != "respondent"}
    is_linked = number in document.signed_pages
    signs = range(_BOTH if is_linked else len(pens))
    interviewee = is_linked or "respondent" in document.pen_roles
    return View({"inspector_signs": signs, "interviewee_sign": interviewee}, {"page": number})


def _latest(facts: NoticeFacts, told: list[View], code: str) -> View:
    found = [view for fact, view in zip(facts.documents, told, strict=True) if fact.form == code]
    return found[-1] if found else View(Loose({"party_sign": True}))


def _case(facts: NoticeFacts, filled: View, told: list[View]) -> View:
    values = filled.values
    listed = {str(each.id) for each in facts.hazards if not each.is_removed}
    minor = any(each.soft_choice == "first_minor" for each in facts.hazards if not each.is_removed)
    pairs = list(zip(facts.documents, told, strict=True))
    return View(
        {
            "documents": tuple(told),
            "visit_documents": tuple(view for fact, view in pairs if fact.is_of_visit),
            "records": tuple(view for fact, view in pairs if fact.form == "XCJC" and fact.is_of_visit),
            "interviews": tuple(view for fact, view in pairs if fact.form == "XWBL"),
            "orders": tuple(view for fact, view in pairs if fact.form in ORDERS and _answers(facts, fact)),
            "penalties": tuple(view for fact, view in pairs if fact.form in PENALTIES),
            "violation_date": values["violation_on"] or china_day(facts.inspection.started_at),
            "violation_end": values["violation_on"],
            "discovered_at": china_day(facts.inspection.started_at),
            "life_health_harm": bool(values["life_health_harm"]),
            "same_act_fined_before": any(
                fact.form == facts.form and _is_fine(fact) and (fact.hazard_ids & listed) for fact in facts.documents
            ),
            "minor": minor or values["ground"] in {"minor", "first"},
            "corrected": values["is_corrected"] is not False,
            "harm": bool(values["has_harm"]),
        }
    )


def _answers(facts: NoticeFacts, order: DocumentFact) -> bool:
    """Whether the draft rests on this order: it re-checks one of its hazards, or names it."""
    if facts.about is not None and facts.about.id == order.id:
        return True
    return bool(order.hazard_ids & {str(each.hazard_id) for each in facts.rechecks})


def _is_fine(document: DocumentFact) -> bool:
    return bool(filled_values.view(document.form, document.filled).values["fine"])


def _penalty(facts: NoticeFacts, filled: View, config: Mapping[str, object]) -> View:
    values = filled.values
    fine = cast("float", values["fine"] or 0)
    is_person = facts.form == "CFGR"
    threshold = config["hearing_threshold_person" if is_person else "hearing_threshold_unit"]
    return View(
        {
            "fine": fine,
            "kinds": values["kinds"] or (),
            "stage": values["stage"],
            "target": "person" if is_person else "unit",
            "orders_correction": values["orders_correction"],
            "mitigated": values["is_mitigated"],
            "hits_hearing_threshold": fine >= cast("float", threshold),
        }
    )


def amount_upper(filled: View) -> str:
    """Return the amount in words: as typed, else as the program writes it."""
    fine = filled.values["fine"]
    written = amounts.in_words(round(fine * 100)) if isinstance(fine, (int, float)) else ""
    return str(filled.values["amount_upper"] or written)


def _payment(filled: View) -> View:
    values = filled.values
    return View(
        {
            "cash": values["pay"] == "cash",
            "amount": values["fine"] or 0,
            "hard_to_enforce": values["cash_ground"] == "hard",
            "remote_area_request": values["cash_ground"] == "remote",
            "receipt_no": values["receipt_no"],
        }
    )


def _seizure(facts: NoticeFacts, filled: View, now: datetime) -> View:
    """The seizure of the matter: the draft itself, else the last decision."""
    decisions = [each for each in facts.documents if each.form == "CFKY"]
    is_draft = facts.form == "CFKY"
    is_there = is_draft or bool(decisions)
    last = decisions[-1] if decisions and not is_draft else None
    values = filled_values.view("CFKY", last.filled).values if last else filled.values if is_draft else Loose()
    approvals = [each.issued_at for each in facts.documents if each.form == "QZSP" and _is_approved(each)]
    end = values["ends_on"]
    return View(
        {
            "is_there": is_there,
            "urgent": bool(values["is_urgent"]),
            "at": last.issued_at if last else now,
            "approved_at": approvals[-1] if approvals else None,
            "start": values["starts_on"],
            "end0": end,
            "end": end,
            "extended": False,
            "extension_count": 0,
            "party_absent": bool(values["is_party_absent"]),
            "witness": values["witness"],
        }
    )


def _interview(facts: NoticeFacts, filled: View) -> View:
    values = filled.values
    asked = cast("Iterable[object]", values["interviewers"] or [each.name for each in facts.officers])
    names = [str(each) for each in asked]
    people = tuple(View({"id": f"interview:{name}", "name": name}, {"name": name}) for name in names)
    return View({"interviewers": people, "start": values["started_at"], "end": values["ended_at"]})


def interviews(facts: NoticeFacts) -> list[tuple[str, datetime, datetime | None]]:
    """Return when which officer asked somebody else, from the other records of the matter."""
    found: list[tuple[str, datetime, datetime | None]] = []
    for each in facts.documents:
        if each.form != "XWBL":
            continue
        values = filled_values.view("XWBL", each.filled).values
        begins, ends = values["started_at"], values["ended_at"]
        asked = cast("Iterable[object]", values["interviewers"] or [one.name for one in facts.officers])
        if isinstance(begins, datetime):
            found += ((f"interview:{name}", begins, ends if isinstance(ends, datetime) else None) for name in asked)
    return found


def services(filled: View) -> tuple[View, ...]:
    """Return what a receipt proves, row by row; what its rows leave out stands in its single fields."""
    rows = cast("tuple[View, ...]", filled.values["services"] or (View(Loose()),))
    return tuple(_service(each.values, filled.values, n) for n, each in enumerate(rows, 1))


def _service(cells: Mapping[str, object], single: Mapping[str, object], number: int) -> View:
    def told(key: str) -> object:
        return cells.get(key) or single.get(key)

    method = told("method")
    return View(
        {
            "method": "leave" if method == ServingMethod.LEFT.value else method,
            "witness": told("witness"),
            "clip": told("clip"),
            "by_other": bool(told("is_by_other")) or method == "other",
            "relation": told("relation"),
        },
        {"row": number},
    )


def _evidence(fact: EvidenceFact) -> View:
    return View(
        {
            "id": fact.id,
            "taken_at": fact.taken_at,
            "place": fact.place,
            "maker": fact.maker,
            "proves": fact.proves,
            "sha256": "altered" if fact.is_altered else fact.id,
            "sha256_at_capture": fact.id,
        },
        {"id": fact.id, "name": fact.name},
    )


def follow_ups(facts: NoticeFacts) -> bool:
    """Whether something was done about what is not put right: an order, a decision, a penalty or a transfer."""
    done = {"ZLZG", "XCJD", "CFDW", "CFGR", "CFKY", "ZGYP", "YSSP", "AJYS"}
    return any(each.is_of_visit and each.form in done for each in facts.documents)


def is_failed(facts: NoticeFacts) -> bool:
    """Whether a re-check found something that was not put right."""
    return any(each.outcome in {Outcome.PARTLY, Outcome.NOT_DONE} for each in facts.rechecks)
