"""A place that is inspected: an enterprise with its credit code 统一社会信用代码."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from stdnum.cn import uscc

from inspector.ids import OfficeId, SiteId


class SiteStatus(StrEnum):
    """Whether the enterprise is running 在业, closing 关闭中 or gone 已退出."""

    ACTIVE = "active"
    CLOSING = "closing"
    EXITED = "exited"


def is_credit_code(code: str) -> bool:
    """Whether `code` is an 18-character 统一社会信用代码 with the right check character (GB 32100-2015)."""
    return uscc.compact(code) == code and uscc.is_valid(code)


@dataclass(frozen=True, slots=True, kw_only=True)
class Site:
    """An enterprise as the register knows it."""

    id: SiteId
    office_id: OfficeId
    name: str
    credit_code: str
    address: str
    responsible_person: str
    position: str
    phone: str
    industry: str
    """Checklist code of the industry, e.g. LOG for warehousing."""
    status: SiteStatus = SiteStatus.ACTIVE
    annual_cap: int | None = None
    """Routine inspections allowed in a year (国办发〔2024〕54号); None: not set."""
