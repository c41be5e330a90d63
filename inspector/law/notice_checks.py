"""Findings that no rule of the pack makes: numbers, glyphs, clock, the record before the order, unconfirmed law."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Final

from inspector.domain.hazard import Hazard, Severity
from inspector.domain.notice import FormCode
from inspector.errors import NotFound
from inspector.law import (
    calendar,
    catalogue,
    documents,
    filled_values,
    forms,
    laws,
    recheck_checks,
    statutes_in_use,
)
from inspector.law.case_facts import DocumentFact
from inspector.law.documents import DocumentKind
from inspector.law.notice_facts import Finding, NoticeFacts

_PRESERVATION_DAYS: Final = 7
"""Working days until something must be decided about preserved evidence (行政处罚法 arts. 56, 85)."""
_NO_PLACE: Final = {
    "no_article": ("该条", "article"),
    "no_paragraph": ("该款", "paragraph"),
    "no_item": ("该项", "item"),
}


def check(facts: NoticeFacts) -> Iterator[Finding]:
    """Yield the product's own findings about a draft notice."""
    yield from _number(facts)
    yield from _record(facts)
    yield from _needs(facts)
    yield from _disposals(facts)
    yield from _heard(facts)
    yield from _form(facts)
    yield from recheck_checks.check(facts)
    if _takes_hazards(facts.form) and facts.form is not FormCode.RECHECK_OPINION:
        yield from _content(facts)  # those of a re-check were judged when they were ordered
    for field, character in facts.missing_glyphs:
        point = f"U+{ord(character[0]):04X}"
        zh = f"“{character}”（{point}）没有可用的字形，不能打印"
        en = f"No font can draw “{character}” ({point}); it can't be printed"
        yield Finding("glyph_missing", "error", zh, en, "GB 18030", field)
    if facts.is_clock_suspect:
        zh, en = "本机时钟可能不准，请核对日期和时间", "The clock of this computer may be wrong; check date and time"
        yield Finding("clock_suspect", "warning", zh, en, "行政处罚法46(2)", "clock")


def _number(facts: NoticeFacts) -> Iterator[Finding]:
    kind = _kind(facts.form)
    if facts.number or facts.has_number_left or (kind is not None and kind.numbering != "own"):
        return
    form = forms.load().get(facts.form)
    zh = f"{form.name}（{form.number_code}）的文号已用完，请联网领取新号段"
    en = f"No number is left for {form.name_en}; go online to get more"
    yield Finding("E104", "error", zh, en, "产品规则", "number")


def _record(facts: NoticeFacts) -> Iterator[Finding]:
    """An order rests on an issued inspection record (安全生产法 art. 68; the form's own prerequisite)."""
    if "XCJC" not in forms.load().get(facts.form).requires or facts.is_record_issued:
        return
    zh, en = "尚未核发本次检查的现场检查记录", "The inspection record of this visit has not been issued"
    yield Finding("record_missing", "error", zh, en, "安全生产法68", "notices")


def _kind(form: FormCode) -> DocumentKind | None:
    try:
        return documents.get(form)
    except NotFound:
        return None


def _takes_hazards(form: FormCode) -> bool:
    kind = _kind(form)
    return kind is None or kind.takes_hazards


def _needs(facts: NoticeFacts) -> Iterator[Finding]:
    """Name what must have been issued before: the pack's needs of the form, and the document it is about."""
    kind = _kind(facts.form)
    if kind is None:
        return
    for need in kind.needs:
        if need.forms == ("XCJC",) or (need.is_urgent_excused and _is_urgent(facts)):
            continue  # the record has its own finding
        about = facts.about.form if facts.about is not None else ""
        there = {about} if need.of == "about" else {each.form for each in facts.documents if _counts(each, need.of)}
        if there & set(need.forms) or ("JCTZ" in need.forms and facts.inspection.entry_code):
            continue
        names, names_en = _names(need.forms)
        zh, en = f"尚未核发{names}", f"{names_en} has not been issued"
        yield Finding("need_missing", "error", zh, en, need.basis or "文书式样", f"documents.{need.forms[0]}")
    if kind.about and (facts.about is None or facts.about.form not in kind.about):
        names, names_en = _names(kind.about)
        zh, en = f"没有指明本文书所依据的{names}", f"It does not say which {names_en} it concerns"
        yield Finding("about_missing", "error", zh, en, "文书式样", "notice.about")


def _is_urgent(facts: NoticeFacts) -> bool:
    return facts.inspection.is_urgent or facts.filled.get("is_urgent") is True


def _counts(document: DocumentFact, scope: str) -> bool:
    return scope == "site" or document.is_of_visit


def _names(codes: tuple[str, ...]) -> tuple[str, str]:
    known = [forms.load().get(each) for each in codes if each in forms.load().codes]
    names = [each.name for each in known] or list(codes)
    return "或".join(names), " or ".join([each.name_en for each in known] or list(codes))


def _disposals(facts: NoticeFacts) -> Iterator[Finding]:
    """A disposal that comes too late is still due, but says so (行政处罚法 art. 56; 行政强制法 arts. 25, 27)."""
    if facts.form is FormCode.PRESERVATION_DISPOSAL:
        for each in (one for one in facts.documents if one.form == FormCode.PRESERVATION_NOTICE):
            passed = calendar.workdays_between(each.issued_on, facts.issue_on)
            if passed is not None and passed > _PRESERVATION_DAYS:
                zh = f"先行登记保存已{passed}个工作日，超过7个工作日才作出处理决定"
                en = f"The evidence has been kept {passed} working days; the decision was due within 7"
                yield Finding("disposal_late", "warning", zh, en, "行政处罚法56；行政处罚法85", "about")
    if facts.form is FormCode.SEIZURE_DISPOSAL:
        for each in (one for one in facts.documents if one.form == FormCode.SEIZURE_DECISION):
            ends = filled_values.view(each.form, each.filled).values["ends_on"]
            if isinstance(ends, date) and facts.issue_on > ends:
                zh = f"查封扣押期限已于{ends.year}年{ends.month}月{ends.day}日届满，逾期才作出处理决定"
                en = f"The sealing or seizure ended on {ends}; the decision comes late"
                yield Finding("disposal_late", "warning", zh, en, "行政强制法25(1)；行政强制法27", "about")


def _heard(facts: NoticeFacts) -> Iterator[Finding]:
    """On the spot too the party is told and heard, else no decision stands (行政处罚法 arts. 44, 45, 62)."""
    if facts.form not in (FormCode.PENALTY_UNIT, FormCode.PENALTY_PERSON):
        return
    if filled_values.view(facts.form, facts.filled, facts.fields or ()).values["is_heard"] is not True:
        zh = "未记录已当场口头告知拟处罚内容及事实、理由、依据并听取陈述申辩"
        en = "It is not noted that the party was told what is meant and why, and was heard"
        yield Finding("not_heard", "error", zh, en, "行政处罚法44；行政处罚法45(1)；行政处罚法62", "filled.is_heard")


def _form(facts: NoticeFacts) -> Iterator[Finding]:
    """Say of a form that no official specimen of it was read."""
    kind = _kind(facts.form)
    if kind is not None and kind.origin == "K":
        name, name_en = _names((str(facts.form),))
        zh, en = f"{name}的式样待法制确认", f"The form “{name_en}” awaits legal confirmation"
        yield Finding("form_unconfirmed", "warning", zh, en, "产品规则", "notice", is_confirmed=False)


def _content(facts: NoticeFacts) -> Iterator[Finding]:
    hazards = [each for each in facts.hazards if not each.is_removed]
    if facts.inspection.is_clean and hazards:
        zh = f"已确认“现场未发现问题”，却列有{len(hazards)}条隐患"
        en = f"“Nothing found” is confirmed, yet {len(hazards)} hazard(s) are listed"
        yield Finding("clean_contradicted", "error", zh, en, "安全生产法68", "inspection.is_clean")
    for hazard in hazards:
        yield from _faults(hazard, facts.issue_on)
        if not hazard.description.strip():
            zh, en = f"隐患{hazard.ordinal}没有文字描述", f"Hazard {hazard.ordinal} has no description"
            yield Finding("hazard_empty", "error", zh, en, "安全生产法68", f"hazard.{hazard.id}.description")
        yield from _basis(hazard)


def _faults(hazard: Hazard, day: date) -> Iterator[Finding]:
    """E101 (product.md §5): a place that the statute in force doesn't have; that a law is not in force is R073."""
    for citation in hazard.basis:
        fault = statutes_in_use.check_citation(citation, day)
        if fault is None or fault.kind.value not in _NO_PLACE:
            continue
        what, what_en = _NO_PLACE[fault.kind.value]
        zh = f"依据不可用：隐患{hazard.ordinal}引用的{citation.text()}在现行有效的文本中没有{what}，不能作为执法依据"
        en = f"Hazard {hazard.ordinal} cites {citation.text()}, but the text in force has no such {what_en}"
        place = f"hazard.{hazard.id}.basis"
        yield Finding("E101", "error", zh, en, "行政处罚法59(1)(三)", place, citations=(citation,))


def _basis(hazard: Hazard) -> Iterator[Finding]:
    """Name citations without an article, and catalogue items whose law was not read in a statute."""
    place = f"hazard.{hazard.id}.basis"
    for citation in hazard.basis:
        if not laws.names_article(citation):
            zh = f"隐患{hazard.ordinal}的依据{citation.text()}没有写明条文序号"
            en = f"The basis of hazard {hazard.ordinal}, {citation.text()}, names no article"
            yield Finding("citation_imprecise", "warning", zh, en, "行政处罚法59(1)(二)", place, is_confirmed=False)
    try:
        item = catalogue.load().get(hazard.catalogue_code)
    except NotFound:
        return
    is_major = hazard.severity is Severity.MAJOR
    if not item.is_verified or (is_major and not item.is_major_basis_confirmed):
        what, what_en = ("判定标准", "criterion") if item.is_verified else ("依据", "basis")
        zh = f"隐患{hazard.ordinal}选用的目录事项{item.code}，其{what}待法制确认"
        en = f"The {what_en} of catalogue item {item.code} (hazard {hazard.ordinal}) awaits legal confirmation"
        yield Finding("basis_unconfirmed", "warning", zh, en, "产品规则", place, is_confirmed=False)
