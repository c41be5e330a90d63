"""Soft enforcement in words: the steps of the ladder, and why a first minor offence is suggested or not."""

from __future__ import annotations

from collections.abc import Sequence

from inspector.domain.soft import SoftStep, SoftStepKind
from inspector.services.soft import EARLIER, MAJOR, NO_ITEM, Suggestion
from ui.models.moments import china_day
from ui.text import tr


def step_word(step: SoftStepKind) -> str:
    """Return 说服教育 …"""
    words = {
        SoftStepKind.PERSUADE: tr("说服教育"),
        SoftStepKind.DEMONSTRATE: tr("劝导示范"),
        SoftStepKind.WARN: tr("警示告诫"),
        SoftStepKind.TALK: tr("指导约谈"),
        SoftStepKind.ORDER: tr("责令改正"),
        SoftStepKind.PENALISE: tr("处罚"),
    }
    return words[step]


def taken_line(steps: Sequence[SoftStep]) -> str:
    """Return what was done so far: 说服教育 11-20　警示告诫 11-22; empty for nothing."""
    return "\u3000".join(f"{step_word(one.step)} {china_day(one.taken_at):%m-%d}" for one in steps)


def suggestion_line(told: Suggestion) -> str:
    """Return why it is suggested or not, and that this laptop doesn't know everything."""
    if told.why_not == MAJOR:
        return tr("重大隐患不属于轻微")
    if told.why_not == NO_ITEM:
        return tr("没有对应目录事项，本机无法判断是否首次")
    if told.why_not == EARLIER:
        last = f"{china_day(told.earlier[0].seen_at)}"
        return tr("不是首次：本机记录中该单位 {day} 有过同类隐患", day=last)
    return tr("本机记录中该单位没有同类隐患；总部可能另有记录，及时改正以复查为准")
