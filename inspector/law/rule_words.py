"""The words that messages about the whole notice may use, by the names in evaluable.json."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, cast

from inspector.domain.recheck import Outcome
from inspector.law import corrections, filled_values, rule_matter
from inspector.law.notice_facts import NoticeFacts, RecheckFact
from inspector.law.rule_functions import china_day
from inspector.law.rule_view import answered, fine_limit, same_level_government

_PARAMETERS: Final = ("max_rectify_days", "recheck_days", "min_gap_days", "clip_upload_hours", "urgent_backfill_wd")


def words(facts: NoticeFacts, config: Mapping[str, object]) -> dict[str, object]:
    """Return the words that messages about the whole notice may use."""
    seen = facts.inspection
    ids = [each.id for each in facts.officers]
    remedy = corrections.load().remedy if rule_matter.has_remedies(facts.form)[0] else None
    return {
        "certified": sum(each.is_certified_on(china_day(seen.started_at)) for each in facts.officers),
        "repeated": "、".join(dict.fromkeys(each.name for each in facts.officers if ids.count(each.id) > 1)),
        "started": seen.started_at,
        "ended": seen.ended_at,
        "visited_on": china_day(seen.started_at),
        "issued_on": facts.issue_on,
        "issuer": facts.office.issuer_name,
        "office": facts.office.name,
        "principal": facts.office.principal,
        "government": facts.office.government,
        "expected_government": same_level_government(facts.office) or "",
        "reconsider_days": remedy.reconsider_days if remedy else "",
        "sue_months": remedy.sue_months if remedy else "",
        "number": facts.number,
        "credit_code": facts.site.credit_code,
        "ordered": sum(one.listed for one in facts.orders),
        "answered": answered(facts),
        "times_this_year": facts.history.routine_count_year,
        "annual_cap": facts.site.annual_cap or 0,
        "last_routine": facts.history.last_routine,
        **_typed_words(facts, config),
        **{name: config.get(name, "") for name in _PARAMETERS},
        **_lateness(facts),
    }


def _typed_words(facts: NoticeFacts, config: Mapping[str, object]) -> dict[str, object]:
    """What the form itself says, and the laptop."""
    filled = filled_values.view(facts.form, facts.filled, facts.fields or ())
    asked = filled.values["interviewers"]
    return {
        "recusal_asked_by": facts.inspection.recusal.asked_by or "有人",
        "fine": f"{filled.values['fine'] or 0:g}",
        "fine_words": rule_matter.amount_upper(filled),
        "fine_limit": fine_limit(facts.office, config),
        "kinds": "、".join(str(each) for each in cast("tuple[object, ...]", filled.values["kinds"] or ())),
        "age": filled.values["age"],
        "id_no": filled.values["id_no"],
        "asked": len(cast("tuple[object, ...]", asked)) if asked else len(facts.officers),
        "seizure_begins": filled.values["starts_on"],
        "seizure_ends": filled.values["ends_on"],
        "violated_on": filled.values["violation_on"],
        "clock_minutes": round(abs(facts.device.clock_drift_s) / 60),
        "newest_pack": facts.device.newest_pack,
        "pack": facts.device.pack_version,
        "sequence": facts.device.sequence,
        "overdue_items": "、".join(str(one.ordinal) for one in facts.rechecks if one.is_overdue and not _is_done(one)),
    }


def _is_done(one: RecheckFact) -> bool:
    return one.outcome is Outcome.DONE


def _lateness(facts: NoticeFacts) -> dict[str, object]:
    days = [one.deadline for one in facts.rechecks if one.deadline is not None]
    about = facts.about.deadline if facts.about is not None else None
    last = max(days) if days else about
    return {"passed_days": (facts.issue_on - last).days if last else "", "last_deadline": last or ""}
