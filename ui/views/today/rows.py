"""What Today says of an inspection: its row in the list, the counts above, the facts of its site."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from inspector.clock import CHINA
from inspector.domain.inspection import InspectionState
from inspector.services.inspections import InspectionSummary
from inspector.services.sites import DueVisit
from ui.text import tr
from ui.theme.status import Badge, due
from ui.widgets.rows import Row


@dataclass(frozen=True, slots=True)
class Counts:
    """The figures of the strip: inspections of today, and hazards, notices, photos of what is listed."""

    today: int
    hazards: int
    majors: int
    notices: int
    photos: int


def local(moment: datetime) -> datetime:
    """Return a moment as China's clocks show it."""
    return moment.astimezone(CHINA)


def counts(summaries: Sequence[InspectionSummary], today: date) -> Counts:
    """Count what is listed."""
    return Counts(
        today=sum(local(one.inspection.started_at).date() == today for one in summaries),
        hazards=sum(one.hazard_count for one in summaries),
        majors=sum(one.major_count for one in summaries),
        notices=sum(one.notice_count for one in summaries),
        photos=sum(one.photo_count for one in summaries),
    )


def in_order(summaries: Sequence[InspectionSummary], due_by: Mapping[str, DueVisit]) -> list[InspectionSummary]:
    """Return them as the day asks for: what is going on, then deadlines (the most overdue first), then the rest."""

    def rank(one: InspectionSummary) -> tuple[int, float]:
        began = -one.inspection.started_at.timestamp()
        near = due_by.get(one.inspection.id)
        if one.inspection.state is InspectionState.OPEN:
            return 0, began
        return (1, near.deadline.toordinal()) if near else (2, began)

    return sorted(summaries, key=rank)


def resumable(summaries: Sequence[InspectionSummary], owners: Sequence[str]) -> InspectionSummary | None:
    """Return where one left off: the open inspection that was typed in last, else the latest open one."""
    running = [one for one in summaries if one.inspection.state is InspectionState.OPEN]
    for owner in owners:
        found = next((one for one in running if owner.endswith(one.inspection.id)), None)
        if found is not None:
            return found
    return max(running, key=lambda one: one.inspection.started_at, default=None)


def row(summary: InspectionSummary, today: date, near: DueVisit | None = None) -> Row:
    """Return the three lines of one inspection; the time at the left, today's in hours, older ones as a date.

    `near`: it has deadlines that have passed or come soon; the status says so.
    """
    started = local(summary.inspection.started_at)
    lead = f"{started:%H:%M}" if started.date() == today else f"{started:%m-%d}"
    return Row(
        id=summary.inspection.id,
        lead=lead,
        title=summary.site.name,
        second=_second(summary, near),
        third="　".join((summary.site.address, f"{started:%Y-%m-%d %H:%M}")),
        badges=(_state(summary) if near is None else due(near.deadline, today),),
    )


def _second(summary: InspectionSummary, near: DueVisit | None) -> str:
    if near is not None:
        ends = tr("期限 {n} 项待复查，最早 {day}", n=near.hazards, day=f"{near.deadline:%m-%d}")
        return "　".join((ends, tr("隐患 {n}", n=summary.hazard_count)))
    if not summary.hazard_count:
        found = tr("现场未发现问题") if summary.inspection.is_clean else tr("尚未记录隐患")
    elif summary.major_count:
        found = tr("隐患 {n}，其中重大 {major}", n=summary.hazard_count, major=summary.major_count)
    else:
        found = tr("隐患 {n}", n=summary.hazard_count)
    return "　".join((found, tr("照片 {n}", n=summary.photo_count), tr("文书 {n}", n=summary.notice_count)))


def _state(summary: InspectionSummary) -> Badge:
    if summary.inspection.state is InspectionState.CLOSED:
        return Badge(word=tr("已结束"), icon="filled/circle-check", fg="text2", icon_fg="ok")
    return Badge(word=tr("进行中"), icon="clock-hour-4", fg="text2", line="control")
