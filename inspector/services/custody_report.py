"""证据流转记录 on paper: every piece of an inspection with its digests and all that happened to it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Final

from inspector.clock import CHINA
from inspector.domain.evidence import ClockSource, Evidence, EvidenceKind, TimeSource
from inspector.notices.report import WIDTH, ReportSheet

if TYPE_CHECKING:
    from inspector.services.custody import ClipStory, CustodyLine, CustodyStory

TITLE: Final = "证据流转记录"
_KINDS: Final = {EvidenceKind.PHOTO: "照片", EvidenceKind.STILL: "视频截图", EvidenceKind.DOCUMENT: "文件"}
_TIMES: Final = {
    TimeSource.EXIF_OFFSET: "相机时间，带时区",
    TimeSource.EXIF_LOCAL: "相机时间，按北京时间",
    TimeSource.UNKNOWN: "未知",
}
_COLUMNS: Final = (104.0, 52.0, 96.0, WIDTH - 346.0, 94.0)


def draw(
    stories: Sequence[CustodyStory],
    *,
    clips: Sequence[ClipStory] = (),
    site: str,
    office: str,
    device: str,
    at: datetime,
    is_training: bool,
) -> bytes:
    """Return the PDF/A; every time is Beijing time to the second."""
    sheet = ReportSheet(
        title=TITLE,
        note=f"{office}　{site}　本机 {device}　{_time(at)} 制作",
        watermark="演示" if is_training else "",
    )
    sheet.paragraph(
        "本记录由执法全过程日志生成，每一步都有本机签名；“日志”一栏是该条记录摘要的前 16 位，"
        "可用证据包内的 verify.py 核对。打开、播放、导出每次登录记一次。"
    )
    if not stories and not clips:
        sheet.paragraph("本次检查没有证据。")
    for number, story in enumerate(stories, start=1):
        _piece(sheet, number, story)
    for number, clip in enumerate(clips, start=len(stories) + 1):
        _clip(sheet, number, clip)
    return sheet.finish(at)


def _piece(sheet: ReportSheet, number: int, story: CustodyStory) -> None:
    piece, original = story.piece, story.piece.original
    sheet.heading(f"{number}　{_KINDS[original.kind]}　{piece.caption or original.name}")
    sheet.facts(
        [
            ("文件名", original.name),
            ("SHA-256", original.sha256),
            ("SM3", original.sm3),
            ("大小", f"{original.size:,} 字节"),
            ("拍摄时间", _taken(piece)),
            ("设备", original.camera),
            ("截自录像", _still(piece)),
            ("脱敏自", piece.derived_from or ""),
            ("总部签收", _time(story.received_at) if story.received_at else "尚未送达"),
        ]
    )
    _lines(sheet, story.lines)


def _clip(sheet: ReportSheet, number: int, story: ClipStory) -> None:
    clip = story.clip
    began = f"{_time(clip.recorded_at)}（记录仪时间）" if clip.recorded_at else "未知"
    sheet.heading(f"{number}　录像　{clip.name}")
    sheet.facts(
        [
            ("文件名", clip.name),
            ("SHA-256", clip.sha256),
            ("SM3", clip.sm3),
            ("大小", f"{clip.size:,} 字节"),
            ("开始时间", began),
            ("设备", story.device),
            ("总部签收", _time(story.received_at) if story.received_at else "尚未送达"),
        ]
    )
    _lines(sheet, story.lines)


def _lines(sheet: ReportSheet, lines: Sequence[CustodyLine]) -> None:
    rows = [(_time(line.at), line.by or "—", line.what, line.detail, line.entry[:16]) for line in lines]
    sheet.table(_COLUMNS, rows, head=("时间", "人员", "事项", "说明", "日志"))


def _taken(piece: Evidence) -> str:
    original = piece.original
    if original.taken_at is None:
        return "未知" if original.kind is not EvidenceKind.DOCUMENT else ""
    told = f"{_time(original.taken_at)}（{_TIMES.get(original.time_source, original.time_source.value)}）"
    if piece.corrected_at and piece.clock_source is not ClockSource.NONE:
        how = "拍板测得" if piece.clock_source is ClockSource.MEASURED else "人工比对"
        told += f"　校正后 {_time(piece.corrected_at)}（{how}）"
    return told


def _still(piece: Evidence) -> str:
    if piece.still is None:
        return ""
    seconds = piece.still.at_us / 1e6
    place = f"{int(seconds // 3600):02d}:{int(seconds % 3600 // 60):02d}:{seconds % 60:06.3f}"
    return f"{piece.still.clip_sha256}　{place}　第 {piece.still.frame + 1} 帧"


def _time(at: datetime) -> str:
    return f"{at.astimezone(CHINA):%Y-%m-%d %H:%M:%S}"
