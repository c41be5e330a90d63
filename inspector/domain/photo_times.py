"""Which hazard a photo was probably taken for: officers report what they see, then photograph it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import Final

from inspector.domain.evidence import Evidence
from inspector.domain.hazard import Hazard

LONGEST: Final = timedelta(minutes=30)
"""A photo taken later than this after a report is no longer taken for that hazard (our own measure)."""


def propose(evidence: Sequence[Evidence], hazards: Sequence[Hazard]) -> dict[str, str]:
    """Return piece → hazard for photos of no hazard: the last one reported before the photo was taken.

    It goes by the laptop's clock where the camera's was measured. Photos without a time of their own, taken before
    the first report or long after the last, are left out.
    """
    standing = {hazard.id for hazard in hazards}
    reported = sorted(hazards, key=lambda each: each.seen_at)
    found: dict[str, str] = {}
    for one in evidence:
        at = one.corrected_at
        if at is None or not one.original.kind.is_picture or one.hazard_id in standing:
            continue
        before = [hazard for hazard in reported if hazard.seen_at <= at]
        if before and at - before[-1].seen_at <= LONGEST:
            found[one.id] = before[-1].id
    return found
