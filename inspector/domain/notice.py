"""A legal document 文书 made on site: draft, issued with a number, perhaps void."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from inspector.ids import HazardId, InspectionId, LeaseId, NoticeId, OfficeId, Sha256


class NoticeState(StrEnum):
    """Draft until issued; issued is frozen; void keeps its number for ever."""

    DRAFT = "draft"
    ISSUED = "issued"
    VOID = "void"


class FormCode(StrEnum):
    """The forms that this version makes, by the code of the pack."""

    INSPECTION_PLAN = "JCFA"
    """现场检查方案"""
    INSPECTION_NOTICE = "JCTZ"
    """检查通知书"""

    INSPECTION_RECORD = "XCJC"
    """现场检查记录"""
    MEASURES_DECISION = "XCJD"
    """现场处理措施决定书"""
    RECTIFICATION_ORDER = "ZLZG"
    """责令限期整改指令书"""
    RECHECK_OPINION = "ZGFC"
    """整改复查意见书"""
    EXTENSION_REQUEST = "ZGYS"
    """整改延期申请书"""
    EXTENSION_GRANT = "ZGYP"
    """整改延期批准书"""
    COERCION_APPROVAL = "QZSP"
    """行政强制审批表"""
    SEIZURE_DECISION = "CFKY"
    """查封扣押决定书"""
    SEIZURE_LIST = "CFQD"
    """查封扣押清单"""
    SEIZURE_DISPOSAL = "CFCL"
    """查封扣押处理决定书"""
    INTERVIEW_NOTICE = "XWTZ"
    """询问通知书"""
    INTERVIEW_RECORD = "XWBL"
    """询问笔录"""
    SCENE_RECORD = "KYBL"
    """勘验笔录"""
    SAMPLING_VOUCHER = "CYQZ"
    """抽样取证凭证"""
    PRESERVATION_APPROVAL = "XBSP"
    """先行登记保存证据审批表"""
    PRESERVATION_NOTICE = "XBTZ"
    """先行登记保存证据通知书"""
    PRESERVATION_LIST = "XBQD"
    """先行登记保存证据清单"""
    PRESERVATION_DISPOSAL_APPROVAL = "XBCLSP"
    """先行登记保存证据处理审批表"""
    PRESERVATION_DISPOSAL = "XBCL"
    """先行登记保存证据处理决定书"""
    PENALTY_UNIT = "CFDW"
    """行政（当场）处罚决定书（单位）"""
    PENALTY_PERSON = "CFGR"
    """行政（当场）处罚决定书（个人）"""
    NO_PENALTY = "BYCF"
    """轻微不罚告知"""
    TALK_NOTICE = "YTTZ"
    """约谈通知书"""
    TALK_RECORD = "YTJL"
    """约谈记录"""
    ADMONITION = "GJTZ"
    """行政告诫书"""
    TRANSFER_APPROVAL = "YSSP"
    """案件移送审批表"""
    TRANSFER = "AJYS"
    """案件移送书"""
    SERVICE_RECEIPT = "SDHZ"
    """文书送达回执"""
    CORRECTION = "GZTZ"
    """更正通知书"""
    WITHDRAWAL = "CHTZ"
    """撤回通知书"""
    VOID_NOTE = "ZFSM"
    """作废说明"""


ON_EVERY_VISIT = (FormCode.INSPECTION_RECORD, FormCode.RECTIFICATION_ORDER, FormCode.RECHECK_OPINION)
"""The papers that nearly every visit needs, each with a key of its own."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice:
    """One document of one inspection; `hazard_ids` in printed order."""

    id: NoticeId
    inspection_id: InspectionId
    form: FormCode
    hazard_ids: tuple[HazardId, ...]
    state: NoticeState
    created_at: datetime
    number: str = ""
    """（示）应急责改〔2026〕12号 once issued."""
    pdf_sha256: Sha256 | None = None
    pages: int = 0
    issued_at: datetime | None = None
    supersedes: NoticeId | None = None
    superseded_by: NoticeId | None = None
    void_reason: str = ""
    voided_at: datetime | None = None
    about: NoticeId | None = None
    """The document that this one concerns: the decision of a list, what a receipt proves, what is corrected."""
    filled: Mapping[str, Any] = field(default_factory=dict[str, Any])
    """What was typed into the form, by field key (law/documents.py)."""
    reasons: Mapping[str, str] = field(default_factory=dict[str, str])
    """Why it is issued in spite of a warning, by the finding's key."""
    draft_pack: str = ""
    """Version of the law pack that the draft began with; it keeps it to the end (decisions.md 8)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Lease:
    """A block of numbers lent by headquarters: `first`..`last` inclusive, `next_number` is the first unused."""

    id: LeaseId
    office_id: OfficeId
    form: FormCode
    year: int
    first: int
    last: int
    next_number: int
    expires_on: date

    @property
    def left(self) -> int:
        """How many numbers are unused."""
        return max(0, self.last - self.next_number + 1)


def number_text(issuer_short: str, number_code: str, year: int, sequence: int) -> str:
    """Return a document number as printed: full-width brackets, 〔〕 round the year, no leading zeros (facts.md §2)."""
    return f"（{issuer_short}）{number_code}〔{year}〕{sequence}号"
