"""Findings of the gate in words: where they are, and what to do about them."""

from __future__ import annotations

from collections.abc import Sequence

from inspector.domain.hazard import Hazard
from inspector.law.notice_facts import Finding
from ui.text import is_english, tr


def place_word(field: str, hazards: Sequence[Hazard]) -> str:
    """Return where a finding points, as the workspace names the place."""
    kind, _, rest = field.partition(".")
    if kind == "hazard":
        hazard_id, _, name = rest.partition(".")
        ordinal = next((one.ordinal for one in hazards if one.id == hazard_id), None)
        what = _field_word(name)
        where = tr("隐患 {no}", no=ordinal) if ordinal is not None else tr("隐患")
        return f"{where}\u3000{what}" if what else where
    if kind in {"inspection", "site", "office"}:
        groups = {"inspection": tr("检查事实"), "site": tr("被检查单位"), "office": tr("机构设置")}
        what = _field_word(rest)
        return f"{groups[kind]}\u3000{what}" if what else groups[kind]
    words = {
        "recheck": tr("复查"),
        "rechecks": tr("复查"),
        "evidence": tr("照片"),
        "officers": tr("执法人员"),
        "hazards": tr("隐患"),
        "number": tr("文书编号"),
        "notices": tr("现场检查记录"),
        "clock": tr("本机时钟"),
        "footage": tr("音像记录"),
        "pack": tr("法规包"),
        "filled": tr("表格内容"),
        "items": tr("表格内容"),
        "documents": tr("前置文书"),
        "paper": tr("已有文书"),
        "{place}": tr("表格内容"),
    }
    return words.get(kind, tr("文书"))


def _field_word(name: str) -> str:
    words = {
        "description": tr("隐患描述"),
        "deadline": tr("整改期限"),
        "basis": tr("依据"),
        "photos": tr("照片"),
        "major_criterion": tr("判定标准"),
        "requirement": tr("整改要求"),
        "place": tr("位置"),
        "ended_at": tr("检查结束"),
        "started_at": tr("检查开始"),
        "is_id_shown": tr("出示证件"),
        "is_recusal_told": tr("申请回避"),
        "is_clean": tr("现场未发现问题"),
        "credit_code": tr("信用代码"),
        "name": tr("名称"),
        "address": tr("地址"),
        "phone": tr("电话"),
        "responsible_person": tr("负责人"),
        "position": tr("职务"),
    }
    return words.get(name, "")


def link_word(field: str) -> str:
    """Return the words of the link of a finding, empty where nothing on this laptop can change it."""
    kind = field.partition(".")[0]
    if kind in {"hazard", "hazards", "inspection", "filled"}:
        return tr("去填写")
    known = {
        "notices": tr("制作现场检查记录"),
        "number": tr("去同步"),
        "recheck": tr("去复查"),
        "rechecks": tr("去复查"),
        "evidence": tr("查看对比"),
    }
    return known.get(kind, "")


def sentence(finding: Finding) -> str:
    """Return what the finding says, with its ground."""
    said = finding.message_en if is_english() and finding.message_en else finding.message
    doubt = "" if finding.is_confirmed else tr("（待法制确认）")
    basis = tr("依据：{basis}", basis=finding.basis) if finding.basis else ""
    return "\n".join(part for part in (said + doubt, basis) if part)
