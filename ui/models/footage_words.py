"""Footage in words: rows of clips, how a recording's clock is known, what couldn't be read, times of a stream."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime

from inspector.domain.evidence import Evidence, EvidenceKind
from inspector.domain.footage import ClapVerdict, Clip, ClockFit, ClockState, Recording
from inspector.domain.hazard import Hazard
from inspector.services.clap_search import ClapSearch
from ui.models.moments import bytes_word, china_day, clock_time, day_time
from ui.text import tr
from ui.theme.status import Badge
from ui.widgets.rows import Row


def stream_time(at_us: int, *, with_ms: bool = False) -> str:
    """Return a stream time as 0:12:03, or 0:12:03.240."""
    seconds, ms = divmod(at_us // 1000, 1000)
    text = f"{seconds // 3600}:{seconds // 60 % 60:02}:{seconds % 60:02}"
    return f"{text}.{ms:03}" if with_ms else text


def length_word(us: int) -> str:
    """Return how long a clip is: 45 秒, 10 分 2 秒, 2 时 10 分; nothing for an unknown length."""
    seconds = round(us / 1e6)
    if seconds <= 0:
        return ""
    if seconds < 60:
        return tr("{n} 秒", n=seconds)
    if seconds < 3600:
        return tr("{m} 分 {n} 秒", m=seconds // 60, n=seconds % 60)
    return tr("{h} 时 {m} 分", h=seconds // 3600, m=seconds // 60 % 60)


def doubt_word(ms: int | None) -> str:
    """Return an uncertainty: ±0.5 s, ±12 s; nothing if there is none."""
    if ms is None:
        return ""
    return f"±{ms / 1000:.1f} s" if ms < 10_000 else f"±{round(ms / 1000)} s"


def clock_badge(fit: ClockFit) -> Badge:
    """Return how a recording's clock is known, as it is said wherever its footage is cited."""
    doubt = doubt_word(fit.uncertainty_ms)
    if fit.state is ClockState.MEASURED:
        return Badge(word=" ".join((tr("已校时"), doubt)).strip(), icon="clock-check", fg="ok")
    if fit.state is ClockState.BY_HAND:
        return Badge(word=" ".join((tr("手工校时"), doubt)).strip(), icon="clock-edit", fg="text2")
    return Badge(word=tr("未校时"), icon="clock-question", fg="warn")


def clock_sentence(fit: ClockFit) -> str:
    """Return what is known of a recorder's clock: how far it goes ahead, and its drift."""
    if fit.state is ClockState.UNKNOWN:
        return tr("没有找到拍板，也没有人工对时；引用这段录像时注明“未校时”")
    parts: list[str] = []
    if fit.offset_ms is not None:
        parts.append(tr("时差 {s} 秒", s=f"{fit.offset_ms / 1000:+.1f}"))
    if fit.drift_ms_per_hour is not None:
        parts.append(tr("漂移每小时 {s} 秒", s=f"{fit.drift_ms_per_hour / 1000:+.2f}"))
    return "\u3000".join(parts)


def remark_word(remark: str) -> str:
    """Return what of a clip could not be read; the rest can be shown."""
    words = {
        "": "",
        "no_index": tr("没有索引（断电），未能恢复画面，原件已保存"),
        "truncated": tr("末尾缺失，能读的部分照常显示"),
        "damaged": tr("中间有损坏，能读的部分照常显示"),
        "rebuilt_times": tr("索引丢失，画面由原始码流恢复，时间按帧率推算"),
        "rebuilt_borrowed": tr("索引丢失，借用同一记录仪其他录像的参数恢复，时间按帧率推算"),
        "no_times": tr("没有时间信息，按帧率推算"),
        "no_video": tr("没有画面，原件已保存"),
        "unknown_kind": tr("不是能播放的格式，原件已保存"),
        "too_many_pixels": tr("像素过多，不能播放，原件已保存"),
    }
    return words.get(remark, tr("不能播放，原件已保存"))


def clip_rows(recordings: Sequence[Recording], fits: dict[str, ClockFit], *, is_ours: bool = True) -> list[Row]:
    """Return a row a clip; those of no inspection yet say so."""
    return [_clip_row(one, clip, fits[one.id], is_ours=is_ours) for one in recordings for clip in one.clips]


def _clip_row(one: Recording, clip: Clip, fit: ClockFit, *, is_ours: bool) -> Row:
    parts = [one.device_label]
    if len(one.clips) > 1:
        parts.append(tr("第 {n}/{total} 段", n=clip.ordinal + 1, total=len(one.clips)))
    parts += [length_word(clip.duration_us) or bytes_word(clip.size), remark_word(clip.remark)]
    badges = [clock_badge(fit).bare()]
    if not is_ours:
        badges = [Badge(word=tr("未归属"), icon="circle-dashed", fg="warn")]
    return Row(
        id=clip.id,
        title=clip.name,
        second="\u3000".join(part for part in parts if part),
        icon="video" if not clip.remark else "alert-triangle",
        icon_color="text2" if not clip.remark else "warn",
        badges=tuple(badges),
    )


def hazard_rows(hazards: Sequence[Hazard], evidence: Iterable[Evidence]) -> list[Row]:
    """Return a row a hazard with its time and how many stills it has."""
    stills: dict[str, int] = {}
    for one in evidence:
        if one.original.kind is EvidenceKind.STILL and one.hazard_id:
            stills[one.hazard_id] = stills.get(one.hazard_id, 0) + 1
    rows: list[Row] = []
    for hazard in hazards:
        count = stills.get(hazard.id, 0)
        taken = tr("截图 {n}", n=count) if count else tr("无截图")
        rows.append(
            Row(
                id=hazard.id,
                ordinal=str(hazard.ordinal),
                title=hazard.description,
                second=f"{clock_time(hazard.seen_at)}\u3000{taken}",
            )
        )
    return rows


def moment_word(at: datetime | None, today: datetime) -> str:
    """Return the laptop's time of a frame: 09:13:05, with its day if it is another; 未校时 for none."""
    if at is None:
        return tr("未校时")
    is_same = china_day(at) == china_day(today)
    return clock_time(at) if is_same else f"{day_time(at)[:10]} {clock_time(at)}"


def search_sentence(found: ClapSearch) -> tuple[str, str]:
    """Return what a search for the clapper found: a title, and what that means."""
    bad = {
        ClapVerdict.REPLAYED: tr("有拍板是翻拍或回放的，没有采用"),
        ClapVerdict.FOREIGN: tr("有拍板属于另一次检查或另一台电脑，没有采用"),
        ClapVerdict.FORGED: tr("有拍板的校验码不符，没有采用"),
    }
    told = [sentence for verdict, sentence in bad.items() if verdict in found.verdicts]
    if found.too_short:
        told.append(tr("有 {n} 次拍板不足 3 秒，读不出来", n=found.too_short))
    if found.candidates:
        told.append(tr("拍板属于几次检查，请选定这段录像归哪一次"))
    told.append(tr("查看了 {share}% 的画面", share=max(1, round(100 * found.share_looked_at))))
    if found.found:
        return tr("找到 {n} 处拍板，已校时", n=len(found.found)), "；".join(told)
    told.insert(0, tr("这段录像按“未校时”引用；可以手工校时"))
    return tr("没有找到可用的拍板"), "；".join(told)
