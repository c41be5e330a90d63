"""Sync in words: the verdict, what is only here, rates and receipts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from inspector.domain.notice import ON_EVERY_VISIT, Lease
from inspector.errors import InspectorError
from inspector.services.sync import Receipted, SyncState
from inspector.store.transfers import R1, Backlog
from inspector.sync.progress import Lane, SyncProgress, SyncReport
from inspector.sync.progress import SyncState as Outcome
from ui.messages import message
from ui.models.moments import bytes_word, clock_time, day_time, seconds_word
from ui.models.notice_rows import form_name
from ui.text import tr
from ui.theme.status import badge
from ui.widgets.rows import Row


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the panel says: the word, the sentence, and the two lines at its right. `is_ready` wears green."""

    word: str
    sentence: str
    icon: str
    is_ready: bool = False
    figure: str = ""
    note: str = ""


def only_here(backlog: Backlog) -> str:
    """Return what headquarters has no receipt for: 4 条记录、1 份文书、3 张照片."""
    parts: list[str] = []
    if backlog.entries:
        parts.append(tr("{n} 条记录", n=backlog.entries))
    if backlog.notices:
        parts.append(tr("{n} 份文书", n=backlog.notices))
    if backlog.photos:
        parts.append(tr("{n} 张照片", n=backlog.photos))
    if backlog.footage:
        parts.append(tr("{n} 段录像", n=backlog.footage))
    return tr("、").join(parts)


def resting(state: SyncState, report: SyncReport | None, error: InspectorError | None) -> Verdict:
    """Return the verdict while nothing runs; `report` or `error` are what the last run of this window told."""
    if not state.can_sync:
        return Verdict(tr("培训单位没有总部"), tr("培训数据只留在本机，不会上传。正式使用请先到总部登记。"), "school")
    note = tr("用时 {time}", time=seconds_word(report.seconds)) if report is not None else ""
    if state.is_handover_ready:
        at = clock_time(state.last_sync_at) if state.last_sync_at else ""
        day = day_time(state.last_sync_at)[:10] if state.last_sync_at else ""
        said = tr("全部送达，总部回执齐全，签名均已核对。")
        if state.backlog.unlocks:
            said = tr("检查、文书和照片全部送达，签名均已核对。解锁记录随下次同步送出。")
        return Verdict(tr("可以交接"), said, "filled/shield-check", True, at, note or day)
    left = only_here(state.backlog)
    waits = tr("还有 {what}只在本机。", what=left) if left else tr("总部要求再核对一次文件。")
    said = waits + _why(report, error)
    return Verdict(tr("还不能交接"), said, "shield-half", False, "", note)


def _why(report: SyncReport | None, error: InspectorError | None) -> str:
    """Say why it stopped and what is safe."""
    stop = tr("。")
    cause = error or (report.error if report is not None else None)
    if report is not None and report.refused:
        return tr("有 {n} 项没有送成，见下面的清单。", n=len(report.refused))
    if report is not None and report.state is Outcome.CANCELLED:
        return tr("已停止，已送的不会重来。")
    if cause is not None:
        told = message(cause)
        return f"{told.happened}{stop}{told.safe}{stop if told.safe else ''}"
    return tr("没有网络也不会丢失，联网后从断点继续。")


def running(state: SyncState, step: SyncProgress | None) -> Verdict:
    """Return the verdict while a run is under way."""
    left = only_here(left_now(state.backlog, step))
    word, icon = tr("还不能交接"), "shield-half"
    if step is None:
        return Verdict(word, tr("正在连接总部。现在断开也不会丢失。"), icon)
    soon = tr("，约 {time}后送完", time=seconds_word(step.remaining_s)) if step.remaining_s else ""
    waits = tr("还有 {what}只在本机{soon}。", what=left, soon=soon) if left else tr("正在核对回执。")
    rate = tr("{size}/秒", size=bytes_word(step.rate)) if step.rate else ""
    return Verdict(word, waits + tr("现在断开也不会丢失。"), icon, False, rate, tr("总部服务器") if rate else "")


def left_now(backlog: Backlog, step: SyncProgress | None) -> Backlog:
    """Return what was open at the start of a run less what it has done."""
    if step is None:
        return backlog
    entries, notices, photos, footage = (step.lane(lane).done for lane in Lane)
    return Backlog(
        entries=min(backlog.entries, max(0, backlog.entries + backlog.unlocks - entries)),
        entries_total=backlog.entries_total,
        notices=max(0, backlog.notices - notices),
        notices_total=backlog.notices_total,
        photos=max(0, backlog.photos - photos),
        photos_total=backlog.photos_total,
        files_bytes=backlog.files_bytes,
        waiting_since_ms=backlog.waiting_since_ms,
        footage=max(0, backlog.footage - footage),
        footage_total=backlog.footage_total,
    )


def receipt_rows(receipts: Sequence[Receipted]) -> list[Row]:
    """Return one row a receipt, newest first: what it covers, when headquarters signed it."""
    rows: list[Row] = []
    for one in receipts:
        is_entries = one.kind == R1
        span = one.ref.partition("@")[0].replace("-", "–")
        title = tr("检查记录 {span}", span=span) if is_entries else tr("文件 {digest}", digest=one.ref[:8])
        rows.append(
            Row(
                id=f"{one.kind}:{one.ref}",
                title=title,
                second=f"{day_time(one.signed_at)[5:10]} {clock_time(one.signed_at)}",
                badges=(badge("send.r1" if is_entries else "send.r2"),),
            )
        )
    return rows


def refused_rows(report: SyncReport | None) -> list[Row]:
    """Return what could not be sent or taken, with the reason."""
    kinds = {"blob": tr("文件"), "entry": tr("记录"), "register": tr("名录"), "lease": tr("编号")}
    found = report.refused if report is not None else ()
    return [
        Row(
            id=f"{one.kind}:{one.ref}",
            title=f"{kinds.get(one.kind, one.kind)} {one.ref[:12]}",
            second=refusal_word(one.why),
            icon="filled/alert-triangle",
            icon_color="warn",
        )
        for one in found
    ]


def refusal_word(why: str) -> str:
    """Return the reason code of a refused item in words."""
    code = why.partition(":")[0]
    words = {
        "offline": tr("连接中断，下次从断点继续"),
        "digest": tr("传输中有误，下次重送"),
        "incomplete": tr("没有传完，下次从断点继续"),
        "not_offered": tr("总部还没有准备好，下次再送"),
        "denied": tr("总部没有接受"),
        "quarantined": tr("总部已收存，待人工核对"),
        "missing": tr("本机缺少这份原件"),
    }
    return words.get(code, tr("原因：{why}", why=why))


def numbers_word(leases: Sequence[Lease]) -> list[tuple[str, int]]:
    """Return the numbers left, as (form, count): of each form that every visit needs, and of the others together."""
    left: dict[str, int] = {}
    for lease in sorted(leases, key=lambda one: one.form not in ON_EVERY_VISIT):
        name = form_name(lease.form) if lease.form in ON_EVERY_VISIT else tr("其他文书")
        left[name] = left.get(name, 0) + lease.left
    return list(left.items())


def items(step: SyncProgress) -> tuple[int, int]:
    """Return how many records, notices, photos and clips of this run are done, and how many there are."""
    return sum(lane.done for lane in step.lanes), sum(lane.total for lane in step.lanes)
