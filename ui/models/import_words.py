"""An import in words: what lies on a card, how far it is, what became of each file, whether the card may be cleared."""

from __future__ import annotations

from collections.abc import Container

from inspector.errors import InspectorError
from inspector.services.footage_progress import CHECKING, COPYING, Importing, ImportReport, PendingImport
from inspector.services.footage_scan import FootageScan, FoundRecording
from ui.messages import message
from ui.models.footage_words import length_word, remark_word
from ui.models.moments import bytes_word, day_time, seconds_word
from ui.models.sync_words import Verdict
from ui.text import fill, tr
from ui.theme.status import Badge
from ui.widgets.rows import Row

_FIRST_NAMES = 3


def found_rows(scan: FootageScan, chosen: Container[str]) -> list[Row]:
    """Return a row a recording found; `chosen` are groups that are to be taken in."""
    return [_found_row(one, is_chosen=one.clips[0].group in chosen) for one in scan.recordings]


def _found_row(one: FoundRecording, *, is_chosen: bool) -> Row:
    first, last = one.clips[0], one.clips[len(one.clips) - 1]
    parts = [day_time(one.began_at) if one.began_at else tr("记录仪没有写时间")]
    if len(one.clips) > 1:
        parts.append(tr("{n} 个文件接成一段", n=len(one.clips)))
    parts += [length_word(one.duration_us or 0), bytes_word(one.size)]
    parts += sorted({remark_word(clip.remark) for clip in one.clips if clip.remark})
    badges: list[Badge] = []
    if all(clip.is_known for clip in one.clips):
        badges.append(Badge(word=tr("本机已有"), icon="check", fg="ok"))
    elif not one.is_sure:
        badges.append(Badge(word=tr("请核对是否相接"), icon="alert-triangle", fg="warn"))
    return Row(
        id=first.group,
        title=first.name if len(one.clips) == 1 else f"{first.name} – {last.name}",
        second="\u3000".join(part for part in parts if part),
        icon="filled/circle-check" if is_chosen else "circle",
        icon_color="accent" if is_chosen else "text2",
        badges=tuple(badges),
    )


def pending_row(one: PendingImport) -> Row:
    """Return a broken-off import as a row."""
    left = sum(clip.size for clip in one.clips) - one.done_bytes
    where = tr("存储卡已插好，可以继续") if one.is_source_there else tr("请插回原来的存储卡")
    return Row(
        id=one.id,
        title=tr("上次没有导入完：还有 {n} 个文件", n=len(one.clips)),
        second="\u3000".join((where, tr("剩 {size}", size=bytes_word(max(0, left))), day_time(one.begun_at))),
        icon="player-pause",
        icon_color="warn",
    )


def stage_word(step: Importing) -> str:
    """Return what is done with which file."""
    if step.is_paused:
        return tr("已暂停　{name}", name=step.name)
    words = {COPYING: tr("正在复制　{name}"), CHECKING: tr("正在读回比对　{name}")}
    said = words.get(step.stage, tr("正在查看画面　{name}"))
    return fill(said, name=step.name)


def rate_word(step: Importing) -> str:
    """Return bytes done, rate and time left."""
    parts = [f"{bytes_word(step.done)} / {bytes_word(step.total)}"]
    if step.rate and not step.is_paused:
        parts.append(f"{bytes_word(step.rate)}/s")
    if step.remaining_s is not None and not step.is_paused:
        parts.append(tr("剩 {time}", time=seconds_word(step.remaining_s)))
    return "\u3000".join(parts)


def refused_word(reason: str) -> str:
    """Return why a file of footage was not taken in."""
    words = {
        "unreadable": tr("读不出来，存储卡可能有坏处"),
        "changed": tr("读取时文件还在变"),
        "not_a_file": tr("不是文件"),
        "empty": tr("文件是空的"),
        "too_large": tr("文件太大，没有收入"),
        "differs": tr("两次读出的内容不同，存储卡可能有坏处"),
    }
    return words.get(reason, tr("没有收进来（{reason}）", reason=reason))


def report_rows(report: ImportReport) -> list[Row]:
    """Return a row a file: what was done with it, or why it was not taken in; refused ones first."""
    bad = [
        Row(id=f"r{n}", title=path, second=refused_word(reason), icon="filled/alert-circle", icon_color="danger")
        for n, (path, reason) in enumerate(report.refused)
    ]
    good = [
        Row(
            id=f"t{n}",
            title=one.name,
            second="\u3000".join((bytes_word(one.size), one.sha256[:16])),
            icon="filled/circle-check",
            icon_color="ok",
            badges=(
                Badge(word=tr("已复制、读回、比对") if one.is_new else tr("原已保存，已比对"), icon="checks", fg="ok"),
            ),
        )
        for n, one in enumerate(report.taken)
    ]
    left = [
        Row(id=f"l{n}", title=path, second=tr("还在存储卡上，没有导入"), icon="file-off", icon_color="warn")
        for n, path in enumerate(report.left)
    ]
    return bad + left + good


def card_verdict(report: ImportReport) -> Verdict:
    """Return the one line that counts: may the card be cleared."""
    said = tr(
        "{n} 个文件　{size}　用时 {time}",
        n=len(report.taken),
        size=bytes_word(report.size),
        time=seconds_word(report.seconds),
    )
    if report.is_card_clearable:
        return Verdict(
            word=tr("存储卡可以清空"),
            sentence=tr("每个文件都已复制、加密、读回，并与存储卡逐字节比对一致。") + said,
            icon="filled/shield-check",
            is_ready=True,
        )
    return Verdict(
        word=tr("还不能清空存储卡"), sentence=f"{_why(report)}\u3000{said}", icon="shield-half", is_ready=False
    )


def _why(report: ImportReport) -> str:
    if report.error is not None:
        return _told(report.error)
    if report.is_source_gone:
        return tr("存储卡中途拔出。已导入的都在；插回后点“继续导入”，从断点接着来。")
    if report.is_cancelled:
        return tr("导入已停止。已导入的都在；随时可以从断点继续。")
    if report.refused:
        return tr("有 {n} 个文件没有收进来，原因见下；存储卡上的原文件没有改动。", n=len(report.refused))
    names = tr("、").join(report.left[:_FIRST_NAMES])
    return tr("卡上还有 {n} 个文件没有导入：{names}。", n=len(report.left), names=names)


def _told(error: InspectorError) -> str:
    return message(error).sentence
