"""What Today says of an inspection: its row in the list, the counts above, the facts of its site."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from inspector.clock import CHINA
from inspector.domain.inspection import InspectionState
from inspector.services.inspections import InspectionSummary
from ui.text import tr
from ui.theme.status import Badge
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


def row(summary: InspectionSummary, today: date) -> Row:
    """Return the three lines of one inspection; the time at the left, today's in hours, older ones as a date."""
    started = local(summary.inspection.started_at)
    lead = f"{started:%H:%M}" if started.date() == today else f"{started:%m-%d}"
    return Row(
        id=summary.inspection.id,
        lead=lead,
        title=summary.site.name,
        second=_second(summary),
        third="　".join((summary.site.address, f"{started:%Y-%m-%d %H:%M}")),
        badges=(_state(summary),),
    )


def _second(summary: InspectionSummary) -> str:
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
