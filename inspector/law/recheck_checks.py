"""Findings about a 整改复查意见书 and about pictures that were used before."""

from __future__ import annotations

from collections.abc import Iterator

from inspector.domain.notice import FormCode
from inspector.domain.recheck import Outcome
from inspector.law import rules
from inspector.law.notice_facts import Finding, NoticeFacts, RecheckFact

_LAW = "安全生产法65(1)"
_TIME = "T-09"


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
    late = [one for one in facts.rechecks if one.outcome in (Outcome.PARTLY, Outcome.NOT_DONE) and one.is_overdue]
    if late:
        numbers = "、".join(str(one.ordinal) for one in late)
        zh = f"第{numbers}项逾期仍未整改完毕，后续措施（立案、停产停业整顿等）待法制确认"
        en = f"Item(s) {numbers} are overdue and not put right; what follows awaits legal confirmation"
        yield Finding("recheck_overdue", "warning", zh, en, "安全生产法102", "rechecks", is_confirmed=False)
    yield from _too_late(facts)


def _each(one: RecheckFact) -> Iterator[Finding]:
    place = f"recheck.{one.hazard_id}"
    if one.outcome is Outcome.OPEN:
        zh, en = f"第{one.ordinal}项还没有复查结论", f"Item {one.ordinal} has no outcome yet"
        yield Finding("recheck_open", "error", zh, en, _LAW, f"{place}.outcome")
    if not one.is_ordered:
        zh = f"第{one.ordinal}项没有现行有效的责令限期整改指令书"
        en = f"No standing order names item {one.ordinal}"
        yield Finding("order_missing", "error", zh, en, _LAW, place)
    if one.outcome in (Outcome.DONE, Outcome.PARTLY) and not one.has_after:
        zh = f"第{one.ordinal}项没有复查时的照片"
        en = f"Item {one.ordinal} has no photo of the re-check"
        yield Finding("recheck_no_photo", "warning", zh, en, "产品规则", f"{place}.photo")


def _too_late(facts: NoticeFacts) -> Iterator[Finding]:
    """Name a re-check that comes later than the bureau's limit after the last deadline (facts.md T-09, [K])."""
    most = int(rules.load().config.get("recheck_days", 0))
    days = [one.deadline for one in facts.rechecks if one.deadline is not None]
    if not days or (facts.issue_on - max(days)).days <= most:
        return
    passed = (facts.issue_on - max(days)).days
    zh = f"整改期满已{passed}日，超过期满后{most}日内复查的时限"
    en = f"The deadline passed {passed} days ago; a re-check is due within {most} days"
    yield Finding("recheck_late", "warning", zh, en, _TIME, "rechecks", is_confirmed=False)


def _reused(facts: NoticeFacts) -> Iterator[Finding]:
    """E301 (product.md §5, §6-7): neutral, the original is kept, a reason is asked."""
    for one in facts.reused:
        day = f"{one.visited_on.year}年{one.visited_on.month}月{one.visited_on.day}日"
        zh = f"照片“{one.name}”与{day}{one.site_name}的照片相同。原件已保留，继续使用需填写理由"
        en = f"Photo “{one.name}” is the same as one of {one.site_name}, {one.visited_on}. Say why it is used here"
        yield Finding("E301", "error", zh, en, "产品规则", f"evidence.{one.evidence_id}")
