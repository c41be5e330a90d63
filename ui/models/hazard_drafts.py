"""A hazard that is not reported yet, as texts of a draft row each, and back."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict
from datetime import date
from enum import StrEnum
from typing import TypeVar

from inspector.domain.hazard import Citation, Hazard, Measure, Severity
from inspector.services.hazards import HazardDraft

Kind = TypeVar("Kind", bound=StrEnum)

TEXTS = ("description", "place", "requirement", "major_criterion")
"""Fields that are typed; the others are chosen."""


def owner_of_new(inspection_id: str) -> str:
    """Return the name of the form for a new hazard of an inspection (inspector.services.drafts)."""
    return f"hazard:new:{inspection_id}"


def owner_of(hazard_id: str) -> str:
    """Return the name of the form of a recorded hazard."""
    return f"hazard:{hazard_id}"


def to_texts(draft: HazardDraft) -> dict[str, str]:
    """Return one text a field."""
    return {
        "description": draft.description,
        "severity": draft.severity.value,
        "measure": draft.measure.value,
        "catalogue_code": draft.catalogue_code,
        "place": draft.place,
        "requirement": draft.requirement,
        "deadline": draft.deadline.isoformat() if draft.deadline else "",
        "basis": json.dumps([asdict(one) for one in draft.basis], ensure_ascii=False),
        "major_criterion": draft.major_criterion,
    }


def from_texts(texts: Mapping[str, str]) -> HazardDraft:
    """Return what was half-typed; fields that are missing or that an older version wrote otherwise begin empty."""
    return HazardDraft(
        description=texts.get("description", ""),
        severity=_choice(Severity, texts.get("severity", ""), Severity.GENERAL),
        measure=_choice(Measure, texts.get("measure", ""), Measure.RECTIFY),
        catalogue_code=texts.get("catalogue_code", ""),
        place=texts.get("place", ""),
        requirement=texts.get("requirement", ""),
        deadline=_day(texts.get("deadline", "")),
        basis=_basis(texts.get("basis", "")),
        major_criterion=texts.get("major_criterion", ""),
    )


def draft_of(hazard: Hazard) -> HazardDraft:
    """Return the fields of a recorded hazard that a form shows."""
    return HazardDraft(
        description=hazard.description,
        severity=hazard.severity,
        measure=hazard.measure,
        catalogue_code=hazard.catalogue_code,
        place=hazard.place,
        requirement=hazard.requirement,
        deadline=hazard.deadline,
        basis=hazard.basis,
        major_criterion=hazard.major_criterion,
    )


def is_begun(texts: Mapping[str, str]) -> bool:
    """Whether anything worth coming back to was typed or picked."""
    return any(texts.get(name, "").strip() for name in (*TEXTS, "catalogue_code"))


def _choice(kind: type[Kind], text: str, otherwise: Kind) -> Kind:
    try:
        return kind(text)
    except ValueError:
        return otherwise


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        return None


def _basis(text: str) -> tuple[Citation, ...]:
    try:
        return tuple(Citation(**one) for one in json.loads(text or "[]"))
    except (ValueError, TypeError):
        return ()
