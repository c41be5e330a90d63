"""Re-checks in words: outcomes, orders that wait, what is known of the later photo."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from inspector.domain.evidence import Evidence
from inspector.domain.likeness import Likeness
from inspector.domain.recheck import Outcome
from inspector.evidence.alignment import LEAST_MATCHED
from inspector.services.rechecks import RecheckItem, Waiting
from ui.models.moments import china_day, clock_time, day_time
from ui.text import tr
from ui.theme.status import due
from ui.widgets.rows import Row
from ui.widgets.segment import Choice


@dataclass(frozen=True, slots=True)
class Fact:
    """One line under the outcome: icon and name, then a shape in a colour role and the value."""

    icon: str
    name: str
    value: str
    sign: str = ""
    color: str = "text"


def choices() -> list[Choice]:
    """Return the three outcomes; none is chosen until an officer does."""
    return [
        Choice(Outcome.DONE.value, tr("已整改")),
        Choice(Outcome.PARTLY.value, tr("部分整改")),
        Choice(Outcome.NOT_DONE.value, tr("未整改")),
    ]


def outcome_word(outcome: Outcome) -> str:
    """Return the outcome in words; for one that is open, that it is."""
    return next((one.word for one in choices() if one.value == outcome.value), tr("未定结论"))


def place_line(item: RecheckItem) -> str:
    """Return where it was, which order names it and until when, on one line."""
    number = tr("指令 {number}", number=item.order.number) if item.order is not None else tr("指令书已作废")
    until = tr("{day} 前", day=item.hazard.deadline) if item.hazard.deadline else tr("立即整改")
    return "　".join(part for part in (item.hazard.place, number, until) if part)


def taken_line(piece: Evidence | None) -> str:
    """Return the moment of a photo as it stands in the corner of the picture."""
    if piece is None:
        return ""
    moment = piece.corrected_at
    return f"{day_time(moment)[:10]} {clock_time(moment)}" if moment is not None else tr("时间未知")


def waiting_rows(waiting: Sequence[Waiting], today: date) -> list[Row]:
    """Return one row an order that waits: the firm, the number, how many are left, until when."""
    rows: list[Row] = []
    for one in waiting:
        order = one.order
        left = tr("待复查 {n} 项，共 {total} 项", n=order.open, total=order.total)
        rows.append(
            Row(
                id=order.order.id,
                icon="file-text",
                title=one.site_name,
                second=f"{order.order.number}　{left}",
                badges=(due(order.deadline, today),),
            )
        )
    return rows


def facts(item: RecheckItem, likenesses: Sequence[Likeness]) -> list[Fact]:
    """Return what is known of the pair and of the later photo; none of it is a conclusion."""
    found = [_aligned(item)]
    after = item.after
    if after is None:
        return found
    found.append(_same(likenesses))
    digest = after.original.sha256
    found.append(Fact("fingerprint", tr("原件指纹"), f"{digest[:4]} {digest[4:8]} … {digest[-4:]}"))
    found.append(Fact("clock", tr("拍摄时间"), taken_line(after)))
    found.append(Fact("device-laptop", tr("来源"), source_word(after.source)))
    found.append(Fact("user", tr("收存人"), item.after_by))
    return found


def _aligned(item: RecheckItem) -> Fact:
    name, recheck = tr("画面对齐"), item.recheck
    if item.before is None or item.after is None or recheck.matched is None:
        return Fact("layers-intersect", name, tr("缺少一张照片"), "", "text2")
    if recheck.matched < LEAST_MATCHED:
        return Fact("layers-intersect", name, tr("拍摄位置不同，并排显示"), "info-circle", "text2")
    return Fact("layers-intersect", name, f"{recheck.score or 0:.2f}", "filled/circle-check", "ok")


def _same(likenesses: Sequence[Likeness]) -> Fact:
    name = tr("同一照片检查")
    if not likenesses:
        return Fact("copy", name, tr("没有发现相同照片"), "filled/circle-check", "ok")
    if likenesses[0].is_explained:
        return Fact("copy", name, tr("有相同照片，已说明"), "info-circle", "text2")
    return Fact("copy", name, tr("有相同照片，请说明"), "alert-triangle", "warn")


def source_word(source: str) -> str:
    """Return where a piece came from."""
    words = {
        "dialog": tr("选择的文件"),
        "drop": tr("拖入"),
        "folder": tr("文件夹"),
        "paste": tr("粘贴"),
        "watched": tr("监视的文件夹"),
        "card": tr("存储卡"),
        "camera": tr("本机相机"),
        "footage": tr("记录仪画面"),
        "derived": tr("处理后的副本"),
    }
    return words.get(source, tr("文件"))


def likeness_line(one: Likeness) -> str:
    """Return where and by whom the earlier picture was taken in."""
    return "　".join((one.other_site_name, str(china_day(one.other_visited_at)), one.other_officer_name))
