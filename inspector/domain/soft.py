"""Soft enforcement 柔性执法: the steps from persuading to penalising that were taken about a hazard."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from inspector.ids import HazardId, InspectionId, OfficerId


class SoftStepKind(StrEnum):
    """The ladder, from the mildest step to the hardest."""

    PERSUADE = "persuade"
    """说服教育"""
    DEMONSTRATE = "demonstrate"
    """劝导示范"""
    WARN = "warn"
    """警示告诫"""
    TALK = "talk"
    """指导约谈"""
    ORDER = "order"
    """责令改正"""
    PENALISE = "penalise"
    """处罚"""


class SoftChoice(StrEnum):
    """What an officer decided about the first minor offence."""

    NOT_ASKED = ""
    FIRST_MINOR = "first_minor"
    """首次且轻微、及时改正: may go without a penalty."""
    OVERRIDDEN = "overridden"
    """It was suggested, and not followed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SoftStep:
    """One step that was taken; `taken_at` is aware UTC."""

    id: str
    inspection_id: InspectionId
    hazard_id: HazardId
    step: SoftStepKind
    note: str = ""
    taken_at: datetime
    taken_by: OfficerId
