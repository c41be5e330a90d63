"""编号台账: what became of every number that this laptop was lent, of every sheet of stamped paper, of every print."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from inspector.domain.notice import FormCode
from inspector.domain.printing import PrintRun
from inspector.ids import InspectionId, LeaseId, NoticeId, OfficerId


class NumberState(StrEnum):
    """Every number ends as used, void or returned (decisions.md 9)."""

    USED = "used"
    VOID = "void"
    RETURNED = "returned"


class SheetState(StrEnum):
    """What became of a sheet of paper that was stamped beforehand 预盖章用纸."""

    USED = "used"
    SPOILED = "spoiled"
    RETURNED = "returned"


@dataclass(frozen=True, slots=True, kw_only=True)
class NumberLine:
    """One number, or for RETURNED the numbers `sequence`..`last` that went back together."""

    form: FormCode
    year: int
    sequence: int
    last: int
    state: NumberState
    number: str = ""
    notice_id: NoticeId | None = None
    inspection_id: InspectionId | None = None
    party: str = ""
    at: datetime | None = None
    """When it was issued, or given back."""
    reason: str = ""
    """Why it is void or was given back."""
    successor: str = ""
    """Of a void one: the number of the notice that took its place; "" with none, "draft" while it has none yet."""
    predecessor: str = ""
    prints: tuple[PrintRun, ...] = ()
    is_served: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """Numbers that headquarters lent and that are not used up; `left` counts from `next_number`."""

    lease_id: LeaseId
    first: int
    last: int
    next_number: int
    left: int
    expires_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Series:
    """The numbers of one form in one year. `unexplained` are numbers that were passed over and never told of."""

    form: FormCode
    year: int
    lines: tuple[NumberLine, ...]
    blocks: tuple[Block, ...]
    unexplained: tuple[int, ...]

    def count(self, state: NumberState) -> int:
        """How many numbers ended so."""
        return sum(one.last - one.sequence + 1 for one in self.lines if one.state is state)

    @property
    def left(self) -> int:
        """How many may still be used."""
        return sum(one.left for one in self.blocks)


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """One sheet of stamped paper by its serial number."""

    serial: str
    state: SheetState
    notice_id: NoticeId | None
    number: str
    reason: str
    noted_at: datetime
    noted_by: OfficerId
