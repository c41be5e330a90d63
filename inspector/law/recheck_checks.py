"""Findings about a 整改复查意见书 and about pictures that were used before."""

from __future__ import annotations

from collections.abc import Iterator

from inspector.domain.notice import FormCode
from inspector.domain.recheck import Outcome
from inspector.law.notice_facts import Finding, NoticeFacts, RecheckFact

_LAW = "安全生产法65(1)"


def check(facts: NoticeFacts) -> Iterator[Finding]:
    """Yield what stands against a re-check opinion, and every picture of an earlier visit that nobody explained."""
    if facts.form is FormCode.RECHECK_OPINION:
        yield from _rechecks(facts)
    yield from _reused(facts)


def _rechecks(facts: NoticeFacts) -> Iterator[Finding]:
    if not facts.rechecks:
        zh, en = "没有要复查的问题", "Nothing is re-checked"
        yield Finding("recheck_empty", "error", zh, en, _LAW, "rechecks")
    for one in facts.rechecks:
        yield from _each(one)


def _each(one: RecheckFact) -> Iterator[Finding]:
    place = f"recheck.{one.hazard_id}"
    if one.outcome is Outcome.OPEN:
        zh, en = f"第{one.ordinal}项还没有复查结论", f"Item {one.ordinal} has no outcome yet"
        yield Finding("recheck_open", "error", zh, en, _LAW, f"{place}.outcome")
    if not one.is_ordered:
        zh = f"第{one.ordinal}项没有现行有效的责令限期整改指令书"
        en = f"No standing order names item {one.ordinal}"
        yield Finding("order_missing", "error", zh, en, _LAW, place)
    if one.outcome is Outcome.PARTLY and not one.has_after:  # R094 says so of what was put right
        zh = f"第{one.ordinal}项没有复查时的照片"
        en = f"Item {one.ordinal} has no photo of the re-check"
        yield Finding("recheck_no_photo", "warning", zh, en, "产品规则", f"{place}.photo")


def _reused(facts: NoticeFacts) -> Iterator[Finding]:
    """E301 (product.md §5, §6-7): neutral, the original is kept, a reason is asked."""
    for one in facts.reused:
        day = f"{one.visited_on.year}年{one.visited_on.month}月{one.visited_on.day}日"
        zh = f"照片“{one.name}”与{day}{one.site_name}的照片相同。原件已保留，继续使用需填写理由"
        en = f"Photo “{one.name}” is the same as one of {one.site_name}, {one.visited_on}. Say why it is used here"
        yield Finding("E301", "error", zh, en, "产品规则", f"evidence.{one.evidence_id}")
