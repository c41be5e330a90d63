"""From re-checks to what a 整改复查意见书 prints of them: orders, outcomes, pairs of photos. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from inspector.clock import CHINA
from inspector.domain.evidence import NO_MARKS, Evidence
from inspector.domain.footage import clip_time
from inspector.domain.notice import Notice
from inspector.domain.recheck import Outcome, Recheck
from inspector.domain.time_story import KnownBy, story
from inspector.notices import wording
from inspector.notices.document import (
    PrintedClip,
    PrintedOrder,
    PrintedOutcome,
    PrintedPair,
    PrintedPhoto,
    PrintedRecheck,
)

_TIME_WORDS = {
    KnownBy.EXIF_OFFSET: "camera_time",
    KnownBy.EXIF_LOCAL: "camera_time_unset",
    KnownBy.MEASURED: "time_measured",
    KnownBy.BY_HAND: "time_by_hand",
    KnownBy.LAPTOP: "laptop_time",
}
"""How a time is known → its sentence in the pack."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Photo:
    """A photo to be printed: its evidence record, and an upright JPEG preview of it with its marks on it."""

    evidence: Evidence
    jpeg: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Rechecked:
    """One re-check with the standing order that names its hazard (None: none does) and its photos, where there are."""

    recheck: Recheck
    order: Notice | None
    is_overdue: bool
    before: Photo | None = None
    after: Photo | None = None


def printed_recheck(found: Sequence[Rechecked], words: Mapping[str, str]) -> PrintedRecheck:
    """Return what is printed, outcomes in the order given; pairs are numbered from 1, for hazards that have photos."""
    orders = {one.order.id: one.order for one in found if one.order is not None}
    outcomes: list[PrintedOutcome] = []
    pairs: list[PrintedPair] = []
    for ordinal, one in enumerate(found, 1):
        has_pair = one.before is not None or one.after is not None
        outcomes.append(_outcome(one, len(pairs) + 1 if has_pair else 0))
        if has_pair:
            pairs.append(_pair(one, len(pairs) + 1, ordinal, words))
    return PrintedRecheck(
        orders=tuple(
            PrintedOrder(
                form=one.form,
                number=one.number,
                issued_on=one.issued_at.astimezone(CHINA).date() if one.issued_at else None,
            )
            for one in orders.values()
        ),
        outcomes=tuple(outcomes),
        pairs=tuple(pairs),
    )


def taken_text(evidence: Evidence, words: Mapping[str, str]) -> str:
    """Return when a photo was taken, by the laptop's clock where that is known, and how it is known."""
    told = story(evidence)
    if told.corrected_at is None or told.known_by is KnownBy.UNKNOWN:
        return words["time_unknown" if evidence.still is None else "time_unset"]
    local = told.corrected_at.astimezone(CHINA)
    day = wording.plain(words["date"], year=f"{local.year}", month=f"{local.month}", day=f"{local.day}")
    return wording.plain(words[_TIME_WORDS[told.known_by]], time=f"{day}{local:%H}时{local:%M}分")


def clip_of(evidence: Evidence) -> PrintedClip | None:
    """Return where a still is from; None for a photo."""
    still = evidence.still
    return None if still is None else PrintedClip(at=clip_time(still.at_us), sha256=still.clip_sha256)


def _outcome(one: Rechecked, pair: int) -> PrintedOutcome:
    listed = one.order.hazard_ids if one.order is not None else ()
    return PrintedOutcome(
        outcome=one.recheck.outcome,
        note=one.recheck.note,
        is_overdue=one.is_overdue,
        order_number=one.order.number if one.order else "",
        order_ordinal=listed.index(one.recheck.hazard_id) + 1 if one.recheck.hazard_id in listed else 0,
        pair=pair,
    )


def _pair(one: Rechecked, ordinal: int, hazard_ordinal: int, words: Mapping[str, str]) -> PrintedPair:
    return PrintedPair(
        ordinal=ordinal,
        hazard_ordinal=hazard_ordinal,
        before=_photo(one.before, ordinal, hazard_ordinal, words),
        after=_photo(one.after, ordinal, hazard_ordinal, words),
        order_number=one.order.number if one.order else "",
        is_settled=one.recheck.outcome is Outcome.DONE,
    )


def _photo(photo: Photo | None, ordinal: int, hazard_ordinal: int, words: Mapping[str, str]) -> PrintedPhoto | None:
    if photo is None:
        return None
    evidence = photo.evidence
    return PrintedPhoto(
        id=evidence.id,
        ordinal=ordinal,
        sha256=evidence.original.sha256,
        jpeg=photo.jpeg,
        caption="",
        taken_text=taken_text(evidence, words),
        place="",
        hazard_ordinals=(hazard_ordinal,),
        marks="" if evidence.marks == NO_MARKS else evidence.marks,
        clip=clip_of(evidence),
    )
