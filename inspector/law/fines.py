"""What fines the catalogue's penalty articles allow, stage by stage (安全生产法 ch. 6 and others)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import msgspec

from inspector.law import pack

Target = Literal["unit", "person"]


class RawStage(msgspec.Struct, frozen=True):
    """One stage of an item: initial, overdue, refuse, serious or accident; fines in yuan, both ends included."""

    stage: str
    unit_fine: tuple[int, int] | None = None
    person_fine: tuple[int, int] | None = None
    formula: str | None = None


class RawItem(msgspec.Struct, frozen=True):
    """The part of a catalogue item that is about fines."""

    code: str
    stages: tuple[RawStage, ...]


class RawFines(pack.Document, frozen=True):
    """`catalogue.json`."""

    items: tuple[RawItem, ...]


@dataclass(frozen=True, slots=True)
class Range:
    """A fine from `low` to `high` yuan, both included (行政处罚法: 以上、以下 include the number)."""

    low: int
    high: int


@pack.cached
def _items() -> dict[str, tuple[RawStage, ...]]:
    return {item.code: item.stages for item in pack.current().read("catalogue.json", RawFines).items}


def ranges(code: str, stage: str, target: Target) -> tuple[Range, ...] | None:
    """Return the fines that an item allows at a stage ("": the first discovery); empty: none at all.

    None: the pack can't say: there is no such item, or its fine follows from a formula.
    """
    stages = _items().get(code)
    if stages is None:
        return None
    mine = [each for each in stages if each.stage == (stage or "initial")]
    if any(each.formula for each in mine):
        return None
    told = [each.unit_fine if target == "unit" else each.person_fine for each in mine]
    return tuple(Range(*each) for each in told if each is not None)


def is_allowed(code: str, stage: str, target: Target, yuan: float) -> bool | None:
    """Whether a fine lies in a range of the item (行政处罚法 art. 76(1)(二)); None: the pack can't say."""
    known = ranges(code, stage, target)
    return None if known is None else any(each.low <= yuan <= each.high for each in known)
