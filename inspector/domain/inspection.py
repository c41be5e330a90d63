"""One visit 检查 of two officers to one site."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from inspector.ids import InspectionId, OfficeId, OfficerId, SiteId


class InspectionState(StrEnum):
    """Open while on site, closed when the officers leave."""

    OPEN = "open"
    CLOSED = "closed"


class InspectionKind(StrEnum):
    """Why the officers came (facts.md §2, JCFA 检查类型)."""

    ROUTINE = "routine"
    """日常检查"""
    SPECIAL = "special"
    """专项检查"""
    CLUE = "clue"
    """线索核查"""
    IMMEDIATE = "immediate"
    """即时检查"""
    RANDOM = "random"
    """双随机抽查"""
    RECHECK = "recheck"
    """复查"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Observer:
    """Somebody who came along and must not sign as an officer: expert, auxiliary, grid worker (国办发〔2024〕54号)."""

    name: str
    role: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Recusal:
    """申请回避: who asked whom to stand back, and how it was decided (行政处罚法 art. 43); all empty: nobody asked."""

    asked_by: str = ""
    officer_id: str = ""
    ground: str = ""
    decision: str = ""
    decided_by: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Inspection:
    """A visit; times are aware UTC. `officer_ids` is (lead 主办, second 协办)."""

    id: InspectionId
    office_id: OfficeId
    site_id: SiteId
    officer_ids: tuple[OfficerId, ...]
    started_at: datetime
    ended_at: datetime | None = None
    place: str = ""
    """检查场所: the part of the site that was looked at."""
    companion: str = ""
    """现场负责人 / 陪同人 who was present."""
    companion_position: str = ""
    companion_phone: str = ""
    is_id_shown: bool = False
    """亮证: both officers showed their certificates (行政处罚法 art. 55(1))."""
    is_recusal_told: bool = False
    """申请回避告知 was read out (行政处罚法 art. 43)."""
    is_clean: bool = False
    """现场未发现问题: said expressly, never inferred from an empty list."""
    note: str = ""
    state: InspectionState = InspectionState.OPEN
    kind: InspectionKind = InspectionKind.ROUTINE
    is_enterprise: bool = True
    """Whether 《重庆市规范涉企行政检查办法》 (市政府令375号) governs the visit."""
    task_no: str = ""
    """检查任务编号 of the city's platform."""
    approval_no: str = ""
    approved_at: datetime | None = None
    """When the plan was approved; None: not yet (令375 art. 17)."""
    approved_by: str = ""
    is_urgent: bool = False
    """紧急情况: approval may follow (令375 art. 17)."""
    entry_code: str = ""
    """执法码 as scanned on entry (令375 art. 18)."""
    no_code_reason: str = ""
    no_code_filed_at: datetime | None = None
    """When the lack of a code was filed with 司法行政部门: within 3 working days (令375 art. 18)."""
    observers: tuple[Observer, ...] = ()
    recusal: Recusal = Recusal()
