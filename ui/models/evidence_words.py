"""What is known about a file, in words: why it was refused, how its time is known, where it was taken."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from inspector.domain.evidence import Evidence, EvidenceKind, TimeSource
from inspector.domain.hazard import Hazard
from inspector.domain.time_story import KnownBy, story
from ui.models.moments import bytes_word, clock_time, day_time, seconds_word
from ui.text import tr
from ui.widgets.progress import grouped


def refusal(reason: str) -> str:
    """Return why a file was not taken in; the reasons of inspector.evidence.intake."""
    words = {
        "empty": tr("文件是空的"),
        "too_large": tr("文件超过 2 GB"),
        "unreadable": tr("读不出来，存储卡可能有坏处"),
        "not_a_file": tr("不是文件"),
        "changed": tr("读取时文件还在变"),
        "symlink": tr("是指向别处的链接"),
        "too_deep": tr("文件夹套得太深"),
        "too_many": tr("一次最多收 10 000 个，其余没有收"),
        "pulled_out": tr("存储卡已拔出；插回后再导入一次即可"),
        "undecodable": tr("图像已损坏"),
        "too_many_pixels": tr("像素太多，不像照片"),
    }
    return words.get(reason, tr("没有收进来（{reason}）", reason=reason))


def remark_word(remark: str) -> str:
    """Return what was odd about a file that was kept."""
    words = {
        "undecodable": tr("图像打不开，按文件原样保存"),
        "too_many_pixels": tr("像素太多，按文件原样保存"),
        "misnamed": tr("扩展名与内容不符"),
        "too_large_to_show": tr("文件太大，不能显示，按原样保存"),
        "first_of_many": tr("文件里不止一张图，显示第一张"),
    }
    return words.get(remark, "")


def time_word(one: Evidence) -> str:
    """Return when it was taken by the camera's own clock, and how that is known."""
    original = one.original
    if original.taken_at is None:
        return tr("相机没有记录时间")
    at = _at(original.taken_at)
    if story(one).known_by is KnownBy.LAPTOP:
        return tr("{at}（本机时钟）", at=at)
    if original.time_source is TimeSource.EXIF_OFFSET:
        return tr("{at}（相机时间，带时区）", at=at)
    return tr("{at}（相机时间，按北京时间）", at=at)


def corrected_word(one: Evidence) -> str:
    """Return when it was taken by the laptop's clock and how that is known; empty where the camera wasn't measured."""
    told = story(one)
    if told.corrected_at is None or told.known_by not in {KnownBy.MEASURED, KnownBy.BY_HAND}:
        return ""
    shift = shift_word(one.clock_shift_ms or 0)
    if told.known_by is KnownBy.MEASURED:
        return tr("{at}（拍板实测，{shift}）", at=_at(told.corrected_at), shift=shift)
    return tr("{at}（人工校正，{shift}）", at=_at(told.corrected_at), shift=shift)


def shift_word(shift_ms: int) -> str:
    """Return by how much a clock was put right: +3 分 12 秒."""
    sign = "−" if shift_ms < 0 else "+"
    return f"{sign}{seconds_word(abs(shift_ms) / 1000)}"


def _at(moment: datetime) -> str:
    return f"{day_time(moment)[:10]} {clock_time(moment)}"


def derivation_word(one: Evidence) -> str:
    """Return what a derived piece is; empty for an original."""
    if not one.derivation:
        return ""
    return tr("公示稿") if one.original.kind is EvidenceKind.DOCUMENT else tr("脱敏件")


def served(one: Evidence, evidence: Sequence[Evidence], hazards: Sequence[Hazard]) -> list[tuple[str, str]]:
    """Return for which hazards a photo stands, if for any, as a fact."""
    ordinals: dict[str, int] = {hazard.id: hazard.ordinal for hazard in hazards}
    twins = (each.hazard_id for each in evidence if each.original.sha256 == one.original.sha256)
    found = sorted({ordinals[hazard_id] for hazard_id in twins if hazard_id in ordinals})
    return [(tr("用于"), tr("、").join(tr("隐患 {no}", no=n) for n in found))] if found else []


def facts(one: Evidence) -> list[tuple[str, str]]:
    """Return the facts of a piece of evidence as (name, value), in the order the viewer shows them."""
    original = one.original
    place = f"{original.latitude}, {original.longitude}" if original.latitude and original.longitude else ""
    size = tr("{size}（{n} 字节）", size=bytes_word(original.size), n=grouped(original.size))
    pixels = f"{original.width} × {original.height}" if original.width else ""
    made = tr("{word}，由本机另存，不作证据；原件不变", word=derivation_word(one)) if one.derivation else ""
    found = [
        (tr("性质"), made),
        (tr("文件名"), original.name),
        (tr("拍摄时间"), time_word(one) if original.kind is not EvidenceKind.DOCUMENT else ""),
        (tr("校正时间"), corrected_word(one)),
        (tr("相机"), original.camera),
        (tr("位置"), place),
        (tr("尺寸"), pixels),
        (tr("原件大小"), size),
        (tr("收存时间"), f"{day_time(one.attached_at)[:10]} {clock_time(one.attached_at)}"),
        ("SHA-256", original.sha256),
        (tr("说明"), one.caption),
        (tr("备注"), remark_word(original.remark)),
    ]
    return [(name, value) for name, value in found if value]
