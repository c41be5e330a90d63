"""Shows a draft notice to rule expressions: views of its facts, and the functions rules may call."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import cast

from inspector.domain.hazard import Citation, Hazard
from inspector.domain.inspection import Inspection
from inspector.domain.office import Office, OfficeMode
from inspector.domain.officer import Officer
from inspector.domain.recheck import Outcome
from inspector.errors import NotFound
from inspector.law import (
    basis_text,
    calendar,
    corrections,
    documents,
    filled_values,
    laws,
    rule_functions,
    rule_matter,
    statutes_in_use,
)
from inspector.law.expression import Evaluator, Function, View
from inspector.law.notice_facts import NoticeFacts
from inspector.law.rule_functions import china_day

_SHORT_TEXT = 24
_GOVERNMENT = "人民政府"


def evaluator(facts: NoticeFacts, config: Mapping[str, object]) -> Evaluator:
    """Return an evaluator whose names are the objects of rules.json, as far as a laptop has them."""
    officers = tuple(_officer(each, facts.inspection) for each in facts.officers)
    hazards = tuple(_hazard(each, facts) for each in facts.hazards if not each.is_removed)
    filled = filled_values.view(facts.form, facts.filled, facts.fields or ())
    names: dict[str, object] = {
        "insp": _inspection(facts, officers, hazards),
        "doc": _document(facts, hazards, filled),
        "findings": hazards,
        "party": _party(facts, filled),
        "org": _office(facts.office, config),
        "order": _order(facts),
        "recheck": _recheck(facts),
        "items": rule_matter.items(facts, filled),
        "cfg": View(config),
        **rule_matter.views(facts, filled, config),
    }
    told: dict[str, Function] = {**rule_functions.PLAIN, **rule_matter.functions(facts)}
    return Evaluator(names, told, rule_functions.watching([*facts.other_visits, *rule_matter.interviews(facts)]))


def same_level_government(office: Office) -> str | None:
    """Return who must hear a reconsideration against `office` (行政复议法 art. 24(1)(一)); None: can't be told.

    The government of a work department is told from its name (示例区应急管理局 → 示例区人民政府), whether or not
    either name begins with the province.
    """
    suffixes = corrections.load().work_department_suffixes
    region = next((office.issuer_name.removesuffix(each) for each in suffixes if office.issuer_name.endswith(each)), "")
    if len(region) < 2 or office.mode is OfficeMode.EMPOWERED:
        return None
    named = office.government.removesuffix(_GOVERNMENT)
    is_government = office.government.endswith(_GOVERNMENT) and len(named) >= 2
    if is_government and (named.endswith(region) or region.endswith(named)):
        return office.government
    return region + _GOVERNMENT


def _inspection(facts: NoticeFacts, officers: tuple[View, ...], hazards: tuple[View, ...]) -> View:
    seen = facts.inspection
    texts = [str(each.values["text"]) for each in hazards] or (["现场未发现问题"] if seen.is_clean else [])
    return View(
        {
            "inspectors": officers,
            "first": officers[0] if officers else None,
            "second": officers[1] if len(officers) > 1 else None,
            "start": seen.started_at,
            "end": seen.ended_at,
            "date": china_day(seen.started_at),
            "place": seen.place,
            "id_shown": seen.is_id_shown,
            "recusal_told": seen.is_recusal_told,
            "findings_text": "\n".join(texts),
            "kind": seen.kind.value,
            "is_enterprise": seen.is_enterprise,
            "urgent": seen.is_urgent,
            "plan_approved_at": seen.approved_at or _plan(facts),
            "zf_code": seen.entry_code,
            "nocode_filed_at": seen.no_code_filed_at,
            "draw_id": seen.task_no,
            "entry_clips": range(len(facts.clips) + facts.claps),
            "conflict_flag": bool(seen.recusal.asked_by or seen.recusal.officer_id or seen.recusal.ground),
            "recusal_decision": seen.recusal.decision,
            "finding_ids": facts.record_hazard_ids if facts.is_record_issued else None,
        }
    )


def _plan(facts: NoticeFacts) -> date | None:
    """The day on which a plan drawn up here was approved."""
    days = [
        filled_values.view("JCFA", each.filled).values["approved_on"] for each in facts.documents if each.form == "JCFA"
    ]
    return next((day for day in days if isinstance(day, date)), None)


def _document(facts: NoticeFacts, hazards: tuple[View, ...], filled: View) -> View:
    takes_hazards = _takes_hazards(facts.form)
    references = [each for hazard in hazards for each in _references(hazard, facts.issue_on)] if takes_hazards else []
    cited = filled_values.law_texts(facts.form, facts.filled, facts.fields or ())
    typed = [(key, _typed(key, text, facts.issue_on)) for key, text in cited]
    needs_remedy, is_review_first = rule_matter.has_remedies(facts.form)
    remedy = corrections.load().remedy if needs_remedy else None
    return View(
        {
            "code": str(facts.form),
            "date": facts.issue_on,
            "number": facts.number,
            "number_duplicate": facts.number in facts.used_numbers,
            "seq": facts.device.sequence,
            "items": hazards,
            "law_refs": (*references, *(each for _, found in typed for each in found)),
            "penalty_refs": tuple(each for key, found in typed if key == "penalty_basis" for each in found),
            "needs_remedy": needs_remedy,
            "reconsider_first": is_review_first,
            "reconsider_body": facts.office.government,
            "court": facts.office.court,
            "reconsider_days": remedy.reconsider_days if remedy else None,
            "sue_months": remedy.sue_months if remedy else None,
            "issuer": facts.office.issuer_name,
            "is_penalty": facts.form in rule_matter.PENALTIES,
            "amount_upper": rule_matter.amount_upper(filled),
            "mandatory": tuple(
                View({"value": each.value}, {"key": each.key, "label": each.label, "label_en": each.label_en})
                for each in facts.fields or ()
                if each.is_required
            ),
            "requires": tuple(
                View({"date": each.issued_on}, {"prior_number": each.number, "prior_date": each.issued_on})
                for each in facts.documents
            ),
            "services": rule_matter.services(filled),
            "executed_by_third_party": _has_strangers(facts),
            "filled": filled,
        }
    )


def _has_strangers(facts: NoticeFacts) -> bool:
    """Whether an officer belongs neither to the office nor to the bureau that delegated to it."""
    return any(each.office_id not in {facts.office.id, facts.office.parent_id} for each in facts.officers)


def _takes_hazards(form: str) -> bool:
    try:
        return documents.get(form).takes_hazards
    except NotFound:
        return True


def _typed(key: str, text: str, day: date) -> tuple[View, ...]:
    """Show a citation that was typed into field `key`; one that can't be read names no law and so is a doubt."""
    found = basis_text.printed(text) or (Citation(law="", title=text, article=""),)
    told = {"ordinal": 0, "id": "", "place": f"filled.{key}"}
    return tuple(_reference(each, told, day) for each in found)


def _order(facts: NoticeFacts) -> View:
    """The orders that are re-checked, as one: rules ask for the day, the number and how many problems are listed."""
    about = facts.about if facts.about is not None and facts.about.form in rule_matter.ORDERS else None
    answered = [one.deadline for one in facts.rechecks if one.deadline is not None]
    deadline = max(answered) if answered else about.deadline if about else None
    orders = [each for each in facts.documents if each.form in rule_matter.ORDERS and not each.is_of_visit]
    known = [about] if about else orders
    return View(
        {
            "date": facts.orders[0].issued_on if facts.orders else None,
            "number": "、".join(one.number for one in facts.orders),
            "items": range(sum(one.listed for one in facts.orders)),
            "deadline": deadline,
            "recheck_date": None,
            "served": bool(known) and deadline is not None and all(each.serving is not None for each in known),
            "extended_at": facts.issue_on if facts.form == "ZGYP" else None,
        }
    )


def _recheck(facts: NoticeFacts) -> View:
    """What the paper answers: each ordered problem, with those that an earlier re-check settled."""
    answers = [
        View(
            {"result": one.outcome.value, "is_overdue": one.is_overdue, "evidence_ids": range(one.has_after)},
            {"id": one.hazard_id, "ordinal": one.ordinal},
        )
        for one in facts.rechecks
        if one.is_ordered
    ]
    settled = View({"result": Outcome.DONE.value, "is_overdue": False, "evidence_ids": range(1)})
    return View(
        {
            "items": (*answers, *[settled] * sum(one.settled for one in facts.orders)),
            "follow_up": rule_matter.follow_ups(facts),
            "failed": rule_matter.is_failed(facts),
        }
    )


def answered(facts: NoticeFacts) -> int:
    """Count the ordered problems that this paper answers, with those that an earlier re-check found put right."""
    return sum(one.is_ordered for one in facts.rechecks) + sum(one.settled for one in facts.orders)


def _party(facts: NoticeFacts, filled: View) -> View:
    site = facts.site
    return View(
        {
            "name": site.name,
            "uscc": site.credit_code,
            "address": site.address,
            "responsible_person": site.responsible_person,
            "position": site.position,
            "phone": site.phone,
            "is_person": facts.form == "CFGR",
            "id_no": filled.values["id_no"],
            "age": filled.values["age"],
        }
    )


def fine_limit(office: Office, config: Mapping[str, object]) -> object:
    """The office's own limit, else the parameter (facts.md §1: 30 000 is a number of 2020)."""
    return config["town_fine_limit"] if office.fine_limit_yuan is None else office.fine_limit_yuan


def _office(office: Office, config: Mapping[str, object]) -> View:
    return View(
        {
            "mode": office.mode.value,
            "is_delegated": office.mode is OfficeMode.DELEGATED,
            "name": office.name,
            "issuer": office.issuer_name,
            "same_level_government": same_level_government(office),
            "type": office.mode.value,
            "principal": office.principal,
            "fine_limit": fine_limit(office, config),
            "item_list": office.items,
            "delegation_from": office.delegation_from or date.max,
            "delegation_to": office.delegation_to or date.max,
            "delegation_published": bool(office.delegation_url),
        }
    )


def _officer(officer: Officer, seen: Inspection) -> View:
    values: dict[str, object] = {
        "id": officer.id,
        "name": officer.name,
        "cert_no": officer.cert_no,
        "cert_from": officer.cert_from,
        "cert_to": officer.cert_to,
        "is_auxiliary": officer.is_auxiliary,
    }

    def certified_on(at: datetime) -> bool:
        return officer.is_certified_on(china_day(at))

    said = {**values, "inspected_on": china_day(seen.started_at)}
    return View(values, said, {"certified_on": certified_on})


def _hazard(hazard: Hazard, facts: NoticeFacts) -> View:
    text = hazard.description.strip()
    days = (hazard.deadline - facts.issue_on).days if hazard.deadline else ""
    said: dict[str, object] = {
        "id": hazard.id,
        "ordinal": hazard.ordinal,
        "text": text if len(text) <= _SHORT_TEXT else text[: _SHORT_TEXT - 1] + "…",
        "deadline": hazard.deadline or "",
        "weekday": calendar.weekday_zh(hazard.deadline) if hazard.deadline else "",
        "days": days,
    }
    return View(
        {
            "id": hazard.id,
            "finding_id": hazard.id,
            "text": text,
            "place": hazard.place,
            "level": hazard.severity.value,
            "measure": hazard.measure.value,
            "deadline": hazard.deadline,
            "major_criterion": hazard.major_criterion,
            "law_refs": hazard.basis,
            "evidence_ids": range(facts.photos_by_hazard.get(hazard.id, 0)),
        },
        said,
    )


def _references(hazard: View, day: date) -> list[View]:
    told = {**hazard.words, "place": f"hazard.{hazard.values['id']}.basis"}
    return [_reference(each, told, day) for each in cast("tuple[Citation, ...]", hazard.values["law_refs"])]


def _reference(citation: Citation, told: Mapping[str, object], day: date) -> View:
    law = laws.load().of(citation)
    doubt = law.doubt if law else None
    ordinal = told["ordinal"]
    said = {
        **told,
        "text": citation.text(),
        "who": f"隐患{ordinal}引用的" if ordinal else "所引用的",
        "who_en": f"Hazard {ordinal}" if ordinal else "The document",
        "why": f"（{doubt.note}）" if doubt else "",
        "why_en": f" ({doubt.note_en})" if doubt else "",
    }
    values: dict[str, object] = {
        "citation": citation,
        "rank": "normative" if law and law.rank.startswith("normative") else law.rank if law else "",
        "article_has_items": _has_items(citation, day),
        "item": citation.item or citation.paragraph,
    }
    return View(values, said)


def _has_items(citation: Citation, day: date) -> bool:
    """Whether the text in use divides the article; without a text the rule is named as not judged."""
    library = statutes_in_use.current()
    text = library.article(citation, day) if library else None
    article = text.article if text else None
    return article is not None and (len(article.paragraphs) > 1 or any(each.items for each in article.paragraphs))
