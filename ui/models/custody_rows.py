"""The history of a piece of evidence as rows, and the pieces themselves."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from inspector.domain.evidence import Evidence, EvidenceKind
from inspector.services.custody import ClipStory, CustodyLine, CustodyStory
from ui.models.evidence_words import derivation_word
from ui.models.moments import clock_time, day_time
from ui.text import tr
from ui.theme.status import Badge
from ui.widgets.rows import Row

DIGITS = 16
"""So many digits of an entry's hash are shown: as the printed record does."""
_ICONS: Mapping[str, str] = {
    "取入": "download",
    "打开原件": "eye",
    "播放": "video",
    "随文书打印": "printer",
    "导出": "file-export",
    "制作脱敏件": "eye",
    "列入文书核发": "file-certificate",
    "移出": "trash",
    "放回": "arrow-back-up",
}


def piece_rows(evidence: Sequence[Evidence]) -> list[Row]:
    """Return a row for each piece, in its order."""
    return [
        Row(
            id=one.id,
            ordinal=str(n),
            title=one.caption or one.original.name,
            second=_second(one),
            thumb=one.original.sha256 if one.original.kind is not EvidenceKind.DOCUMENT else "",
        )
        for n, one in enumerate(evidence, 1)
    ]


def clip_rows(clips: Sequence[ClipStory], after: int) -> list[Row]:
    """Return a row for each clip of footage, counted on from the pieces before them."""
    return [
        Row(id=one.clip.id, ordinal=str(n), title=one.clip.name, second=f"{tr('录像')}　{one.device}", thumb="")
        for n, one in enumerate(clips, after + 1)
    ]


def _second(one: Evidence) -> str:
    kinds = {
        EvidenceKind.PHOTO: tr("照片原件"),
        EvidenceKind.STILL: tr("视频截图"),
        EvidenceKind.DOCUMENT: tr("文件"),
    }
    kind = derivation_word(one) or kinds[one.original.kind]
    return "　".join(part for part in (kind, one.original.name if one.caption else "") if part)


def line_rows(lines: Sequence[CustodyLine]) -> list[Row]:
    """Return a row for each step, oldest first: what, when, by whom, the entry that proves it."""
    return [
        Row(
            id=f"{n}",
            title="　".join(part for part in (act_word(line.what), line.detail) if part),
            second="　".join(part for part in (moment(line), line.by) if part),
            icon=_ICONS.get(line.what, "pencil"),
            facts=(line.entry[:DIGITS],),
        )
        for n, line in enumerate(lines)
    ]


def moment(line: CustodyLine) -> str:
    """Return the moment of a step to the second."""
    return f"{day_time(line.at)[:10]} {clock_time(line.at)}"


def act_word(what: str) -> str:
    """Return the record's word in the language that is on; the record itself is always Chinese."""
    known = {
        "取入": tr("取入"),
        "打开原件": tr("打开原件"),
        "播放": tr("播放"),
        "随文书打印": tr("随文书打印"),
        "导出": tr("导出"),
        "制作脱敏件": tr("制作脱敏件"),
        "列入文书核发": tr("列入文书核发"),
        "移出": tr("移出"),
        "放回": tr("放回"),
        "归属隐患": tr("归属隐患"),
        "改说明": tr("改说明"),
        "标注（原件不变）": tr("标注（原件不变）"),
        "调整顺序": tr("调整顺序"),
        "校正时间（原时间保留）": tr("校正时间（原时间保留）"),
        "说明相同画面的使用理由": tr("说明相同画面的使用理由"),
    }
    return tr("、").join(known.get(part, part) for part in what.split("、"))


def receipt_badge(story: CustodyStory | ClipStory) -> Badge:
    """Return whether headquarters has signed that it holds the bytes."""
    if story.received_at is None:
        return Badge(word=tr("总部尚未签收"), icon="arrow-up-right", fg="text2")
    at = day_time(story.received_at)
    return Badge(word=tr("总部已签收 {at}", at=at), icon="checks", fg="ok", bg="okBg", line="okLine")
