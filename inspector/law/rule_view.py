"""Shows a draft notice to rule expressions: views of its facts, and the functions rules may call."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import cast

from inspector.domain.hazard import Citation, Hazard
from inspector.domain.inspection import Inspection
from inspector.domain.office import Office, OfficeMode
from inspector.domain.officer import Officer
from inspector.law import calendar, corrections, forms, laws, rule_functions
from inspector.law.expression import Evaluator, View
from inspector.law.notice_facts import NoticeFacts
from inspector.law.rule_functions import china_day

_SHORT_TEXT = 24
_GOVERNMENT = "人民政府"


def evaluator(facts: NoticeFacts, config: Mapping[str, object]) -> Evaluator:
    """Return an evaluator whose names are the objects of rules.json, as far as a draft notice has them."""
    officers = tuple(_officer(each, facts.inspection) for each in facts.officers)
    hazards = tuple(_hazard(each, facts) for each in facts.hazards if not each.is_removed)
    names: dict[str, object] = {
        "insp": _inspection(facts, officers, hazards),
        "doc": _document(facts, hazards),
        "findings": hazards,
        "party": _party(facts),
        "org": _office(facts.office),
        "order": _order(facts),
        "recheck": View({"items": range(_answered(facts))}),
        "cfg": View(config),
    }
    return Evaluator(names, rule_functions.PLAIN, rule_functions.watching(facts.other_visits))


def words(facts: NoticeFacts, config: Mapping[str, object]) -> dict[str, object]:
    """Return the words that messages about the whole notice may use."""
    seen = facts.inspection
    ids = [each.id for each in facts.officers]
    remedy = forms.load().get(facts.form).remedy
    return {
        "certified": sum(each.is_certified_on(china_day(seen.started_at)) for each in facts.officers),
        "repeated": "、".join(dict.fromkeys(each.name for each in facts.officers if ids.count(each.id) > 1)),
        "started": seen.started_at,
        "ended": seen.ended_at,
        "issued_on": facts.issue_on,
        "issuer": facts.office.issuer_name,
        "government": facts.office.government,
        "expected_government": same_level_government(facts.office) or "",
        "reconsider_days": remedy.reconsider_days if remedy else "",
        "sue_months": remedy.sue_months if remedy else "",
        "number": facts.number,
        "credit_code": facts.site.credit_code,
        "ordered": sum(one.listed for one in facts.orders),
        "answered": _answered(facts),
        "max_rectify_days": config.get("max_rectify_days", ""),
    }


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
            "finding_ids": facts.record_hazard_ids if facts.is_record_issued else None,
        }
    )


def _document(facts: NoticeFacts, hazards: tuple[View, ...]) -> View:
    form = forms.load().get(facts.form)
    references = [each for hazard in hazards for each in _references(hazard)]
    return View(
        {
            "code": form.code,
            "date": facts.issue_on,
            "number": facts.number,
            "number_duplicate": facts.number in facts.used_numbers,
            "items": hazards,
            "law_refs": tuple(references),
            "needs_remedy": form.remedy is not None,
            "reconsider_body": facts.office.government,
            "court": facts.office.court,
            "reconsider_days": form.remedy.reconsider_days if form.remedy else None,
            "sue_months": form.remedy.sue_months if form.remedy else None,
        }
    )


def _order(facts: NoticeFacts) -> View:
    """The orders that are re-checked, as one: rules ask for the day, the number and how many problems are listed."""
    return View(
        {
            "date": facts.orders[0].issued_on if facts.orders else None,
            "number": "、".join(one.number for one in facts.orders),
            "items": range(sum(one.listed for one in facts.orders)),
        }
    )


def _answered(facts: NoticeFacts) -> int:
    """Count the ordered problems that this paper answers, with those that an earlier re-check found put right."""
    return sum(one.is_ordered for one in facts.rechecks) + sum(one.settled for one in facts.orders)


def _party(facts: NoticeFacts) -> View:
    site = facts.site
    return View(
        {
            "name": site.name,
            "uscc": site.credit_code,
            "address": site.address,
            "responsible_person": site.responsible_person,
            "position": site.position,
            "phone": site.phone,
        }
    )


def _office(office: Office) -> View:
    return View(
        {
            "mode": office.mode.value,
            "is_delegated": office.mode is OfficeMode.DELEGATED,
            "name": office.name,
            "issuer": office.issuer_name,
            "same_level_government": same_level_government(office),
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


def _references(hazard: View) -> list[View]:
    found: list[View] = []
    for citation in cast("tuple[Citation, ...]", hazard.values["law_refs"]):
        law = laws.load().of(citation)
        doubt = law.doubt if law else None
        said = {
            **hazard.words,
            "text": citation.text(),
            "why": f"（{doubt.note}）" if doubt else "",
            "why_en": f" ({doubt.note_en})" if doubt else "",
        }
        found.append(View({"citation": citation}, said))
    return found
