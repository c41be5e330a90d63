"""A site and its history in words: the credit code for reading aloud, deadlines, visits, notices as rows."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from inspector.domain.hazard import Severity
from inspector.domain.inspection import InspectionState
from inspector.domain.notice import Notice, NoticeState
from inspector.domain.site import Site, SiteStatus
from inspector.services.sites import Deadline, PastVisit, SiteHistory
from ui.models.moments import china_day, day_time
from ui.models.notice_rows import form_name, state_badge
from ui.text import tr
from ui.theme.status import Badge, due
from ui.widgets.rows import Row


def code_groups(code: str) -> str:
    """Return a credit code in groups of four, as it is read aloud: 9150 0000 MA5U 1234 5X."""
    return " ".join(code[at : at + 4] for at in range(0, len(code), 4))


def status_badge(status: SiteStatus) -> Badge:
    """Return 在业, 关闭中 or 已退出."""
    if status is SiteStatus.ACTIVE:
        return Badge(word=tr("在业"), icon="filled/circle-check", icon_fg="ok")
    word = tr("关闭中") if status is SiteStatus.CLOSING else tr("已退出")
    return Badge(word=word, icon="info-circle", fg="warn")


def site_row(site: Site) -> Row:
    """Return a site in a list of sites."""
    status = () if site.status is SiteStatus.ACTIVE else (status_badge(site.status),)
    return Row(id=site.id, title=site.name, second=f"{code_groups(site.credit_code)}　{site.address}", badges=status)


def site_facts(site: Site) -> list[tuple[str, str]]:
    """Return the facts of a site as (name, value); what isn't known is left out."""
    person = "　".join(part for part in (site.responsible_person, site.position) if part)
    found = [
        (tr("信用代码"), code_groups(site.credit_code)),
        (tr("负责人"), person),
        (tr("电话"), site.phone),
        (tr("地址"), site.address),
    ]
    return [(name, value) for name, value in found if value]


def verdict(history: SiteHistory, today: date) -> tuple[str, str]:
    """Return the one sentence about a site that matters most, and its colour."""
    if not history.visits:
        return tr("本机没有检查过这家单位"), "text2"
    if history.overdue:
        return tr("{n} 项隐患已过整改期限，尚无复查记录", n=history.overdue), "danger"
    coming = next((one for one in history.deadlines if one.deadline >= today), None)
    if coming is not None:
        left = (coming.deadline - today).days
        return tr("最近的整改期限 {day}，还有 {n} 天", day=f"{coming.deadline:%m-%d}", n=left), "text"
    return tr("没有未到期的整改期限"), "text2"


def deadline_rows(deadlines: Sequence[Deadline], today: date) -> list[Row]:
    """Return hazards with their deadlines, overdue first; the row opens the inspection at the hazard."""
    return [
        Row(
            id=f"{one.inspection_id}#hazard.{one.hazard_id}.deadline",
            icon="filled/alert-octagon" if one.severity is Severity.MAJOR else "circle",
            icon_color="danger" if one.severity is Severity.MAJOR else "text2",
            title=one.description,
            second=tr("隐患 {no}", no=one.ordinal),
            badges=(due(one.deadline, today),),
        )
        for one in deadlines
    ]


def visit_rows(visits: Sequence[PastVisit]) -> list[Row]:
    """Return the visits of a site, newest first."""
    rows: list[Row] = []
    for one in visits:
        is_open = one.inspection.state is InspectionState.OPEN
        found = tr("隐患 {n}", n=one.hazards) if one.hazards else tr("尚未记录隐患")
        if not one.hazards and one.inspection.is_clean:
            found = tr("现场未发现问题")
        if one.majors:
            found = tr("隐患 {n}，其中重大 {major}", n=one.hazards, major=one.majors)
        late = tr("逾期 {n} 项", n=one.overdue) if one.overdue else ""
        rows.append(
            Row(
                id=one.inspection.id,
                icon="clock-hour-4" if is_open else "filled/circle-check",
                icon_color="text2" if is_open else "ok",
                title=str(china_day(one.inspection.started_at)),
                beside=tr("进行中") if is_open else tr("已结束"),
                second="　".join(part for part in (found, late, tr("照片 {n}", n=one.photos)) if part),
            )
        )
    return rows


def notice_lines(notices: Sequence[Notice]) -> list[Row]:
    """Return the notices of a site, newest first."""
    rows: list[Row] = []
    for one in notices:
        state = state_badge(one.state)
        at = one.issued_at or one.created_at
        rows.append(
            Row(
                id=f"notice:{one.id}",
                icon=state.icon,
                icon_color=state.fg,
                title=form_name(one.form),
                beside=state.word,
                second="　".join(part for part in (one.number, day_time(at)[:10]) if part),
                is_dim=one.state is NoticeState.VOID,
            )
        )
    return rows
