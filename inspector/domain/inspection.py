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
