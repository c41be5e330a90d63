"""The timeline of a visit in words: steps, what must be filmed and wasn't, what was not explained yet."""

from __future__ import annotations

from collections.abc import Sequence

from inspector.domain.timeline import Gap, GapState, Step, StepKind, Timeline
from ui.models.moments import clock_time
from ui.text import tr, words
from ui.theme.status import Badge
from ui.widgets.rows import Row

_SHOWN_TIMES = 3


def step_word(step: Step) -> str:
    """Return what happened, as short as the line has room for."""
    return {
        StepKind.STARTED: tr("入场"),
        StepKind.ID_SHOWN: tr("出示证件"),
        StepKind.RIGHTS_TOLD: tr("告知权利"),
        StepKind.CLAP: tr("拍板"),
        StepKind.HAZARD: tr("隐患 {ordinal}", ordinal=step.facts.get("ordinal") or ""),
        StepKind.PHOTO: tr("照片"),
        StepKind.ISSUED: tr("核发"),
        StepKind.PRINTED: tr("打印"),
        StepKind.SERVED: tr("送达"),
        StepKind.REFUSED: tr("拒收"),
        StepKind.ENDED: tr("检查结束"),
        StepKind.CLOCK_JUMP: tr("电脑时钟被调整"),
    }[step.kind]


def step_sentence(step: Step) -> str:
    """Return a step with its time and what it is about."""
    about = step.facts.get("title") or step.facts.get("number") or step.facts.get("name") or ""
    return "\u3000".join(str(part) for part in (clock_time(step.at), step_word(step), about) if part)


def item_text(gap: Gap) -> str:
    """Return what must be filmed, in the language that is on."""
    return gap.item.text if words().language == "zh_CN" else gap.item.text_en


def gap_badge(gap: Gap) -> Badge:
    """Return what became of an item of the filming list."""
    return {
        GapState.COVERED: Badge(word=tr("已录到"), icon="filled/circle-check", fg="ok"),
        GapState.MISSING: Badge(word=tr("没有录像"), icon="filled/alert-triangle", fg="warn"),
        GapState.EXPLAINED: Badge(word=tr("已说明"), icon="message", fg="text2"),
        GapState.NOT_APPLICABLE: Badge(word=tr("不涉及"), icon="circle-minus", fg="text2"),
    }[gap.state]


def gap_rows(gaps: Sequence[Gap]) -> list[Row]:
    """Return a row an item: what is missing first, then the rest in the list's order."""
    order = {GapState.MISSING: 0, GapState.EXPLAINED: 1, GapState.COVERED: 2, GapState.NOT_APPLICABLE: 3}
    return [_gap_row(one) for one in sorted(gaps, key=lambda each: order[each.state])]


def _gap_row(gap: Gap) -> Row:
    times = tr("、").join(clock_time(at) for at in gap.uncovered[:_SHOWN_TIMES])
    if len(gap.uncovered) > _SHOWN_TIMES:
        times = tr("{times} 等 {n} 处", times=times, n=len(gap.uncovered))
    second = {
        GapState.COVERED: tr("{n} 处都有录像", n=len(gap.times)),
        GapState.MISSING: tr("{times} 没有录像", times=times),
        GapState.EXPLAINED: tr("{times} 没有录像　理由：{reason}", times=times, reason=gap.reason),
        GapState.NOT_APPLICABLE: tr("这一步没有发生"),
    }[gap.state]
    is_quiet = gap.state is GapState.NOT_APPLICABLE
    return Row(id=gap.item.id, title=item_text(gap), second=second, badges=(gap_badge(gap),), is_dim=is_quiet)


def gaps_sentence(timeline: Timeline) -> str:
    """Return how the filming list stands, in one sentence."""
    missing = len(timeline.open_gaps)
    if missing:
        return tr("应当录像的步骤还有 {n} 项没有录到，也没有说明", n=missing)
    if timeline.unplaced:
        return tr("有 {n} 段录像未校时，不知道录的是哪一步", n=len(timeline.unplaced))
    return tr("应当录像的步骤都已录到或已说明")
