"""Findings that no rule of the pack makes: numbers, glyphs, clock, the record before the order, unconfirmed law."""

from __future__ import annotations

from collections.abc import Iterator

from inspector.domain.hazard import Hazard, Severity
from inspector.domain.notice import FormCode
from inspector.errors import NotFound
from inspector.law import catalogue, forms, laws, recheck_checks
from inspector.law.notice_facts import Finding, NoticeFacts


def check(facts: NoticeFacts) -> Iterator[Finding]:
    """Yield the product's own findings about a draft notice."""
    yield from _number(facts)
    yield from _record(facts)
    yield from recheck_checks.check(facts)
    if facts.form is not FormCode.RECHECK_OPINION:  # its hazards were judged when they were ordered
        yield from _content(facts)
    for field, character in facts.missing_glyphs:
        point = f"U+{ord(character[0]):04X}"
        zh = f"“{character}”（{point}）没有可用的字形，不能打印"
        en = f"No font can draw “{character}” ({point}); it can't be printed"
        yield Finding("glyph_missing", "error", zh, en, "GB 18030", field)
    if facts.is_clock_suspect:
        zh, en = "本机时钟可能不准，请核对日期和时间", "The clock of this computer may be wrong; check date and time"
        yield Finding("clock_suspect", "warning", zh, en, "行政处罚法46(2)", "clock")


def _number(facts: NoticeFacts) -> Iterator[Finding]:
    if facts.number or facts.has_number_left:
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


def _content(facts: NoticeFacts) -> Iterator[Finding]:
    hazards = [each for each in facts.hazards if not each.is_removed]
    if facts.inspection.is_clean and hazards:
        zh = f"已确认“现场未发现问题”，却列有{len(hazards)}条隐患"
        en = f"“Nothing found” is confirmed, yet {len(hazards)} hazard(s) are listed"
        yield Finding("clean_contradicted", "error", zh, en, "安全生产法68", "inspection.is_clean")
    for hazard in hazards:
        if not hazard.description.strip():
            zh, en = f"隐患{hazard.ordinal}没有文字描述", f"Hazard {hazard.ordinal} has no description"
            yield Finding("hazard_empty", "error", zh, en, "安全生产法68", f"hazard.{hazard.id}.description")
        yield from _basis(hazard)


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
