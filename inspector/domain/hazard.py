"""One unsafe condition or violation 隐患 seen on site, and the law it breaks."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from inspector.ids import HazardId, InspectionId


class Severity(StrEnum):
    """一般 or 重大 (安全生产法 art. 118(2))."""

    GENERAL = "general"
    MAJOR = "major"


class Measure(StrEnum):
    """What is ordered: 限期整改, 立即整改 or 停止作业."""

    RECTIFY = "rectify"
    IMMEDIATE = "immediate"
    STOP = "stop"


@dataclass(frozen=True, slots=True, kw_only=True)
class Citation:
    """A place in a statute. `law` is an id of the laws index, `title` its name without 《》 as printed."""

    law: str
    title: str
    article: str
    paragraph: str = ""
    item: str = ""

    def text(self) -> str:
        """The citation as it is printed: 《安全生产法》第三十六条第一款."""
        return f"《{self.title}》{self.article}{self.paragraph}{self.item}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Hazard:
    """One hazard of one inspection; `ordinal` counts from 1 in the order of reporting."""

    id: HazardId
    inspection_id: InspectionId
    ordinal: int
    description: str
    severity: Severity
    measure: Measure
    seen_at: datetime
    catalogue_code: str = ""
    """Item of the catalogue, empty for free text."""
    place: str = ""
    requirement: str = ""
    """整改要求: what has to be done."""
    deadline: date | None = None
    """整改期限, inclusive; None only for 立即整改."""
    basis: tuple[Citation, ...] = ()
    major_criterion: str = ""
    """判定标准 that makes it 重大."""
    is_removed: bool = False
    removed_reason: str = ""
    soft_choice: str = ""
    """What of 柔性执法 was chosen: first_minor (首违轻微), overridden, or empty: not asked."""
    soft_reason: str = ""
