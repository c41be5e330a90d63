"""The office that acts: a bureau 区应急管理局, or a town 镇街 to which powers were delegated."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from inspector.ids import OfficeId


class OfficeMode(StrEnum):
    """On what ground an office acts (行政处罚法 arts. 18, 20, 24)."""

    BUREAU = "bureau"
    DELEGATED = "delegated"
    EMPOWERED = "empowered"


@dataclass(frozen=True, slots=True, kw_only=True)
class Office:
    """An office; `issuer_*` is whose name and number series its papers carry (the bureau's for a delegated town)."""

    id: OfficeId
    name: str
    short: str
    """Abbreviation in document numbers, e.g. 渝北."""
    division_code: str
    mode: OfficeMode
    issuer_name: str
    issuer_short: str
    government: str
    """The people's government that hears a reconsideration (行政复议法 art. 24(1)(一))."""
    court: str
    phone: str
    address: str
    fine_limit_yuan: int | None = None
    parent_id: OfficeId | None = None
    is_training: bool = False
    principal: str = ""
    """The bureau that delegated to a town; empty unless delegated."""
    item_list: str = ""
    """Codes of the catalogue items that were delegated or conferred, blanks between; empty: no list was given.

    One text, because laptops of 0.1.0 to 0.3.0 refuse a register page with lists in it.
    """
    delegation_from: date | None = None
    delegation_to: date | None = None
    delegation_url: str = ""
    """Where the delegation is published (行政处罚法 art. 20(2)); empty: not published."""

    @property
    def items(self) -> frozenset[str]:
        """The codes of `item_list`."""
        return frozenset(self.item_list.split())

    """Sample or training office: every page it prints carries a 演示 watermark."""
