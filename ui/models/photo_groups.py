"""Evidence of one inspection in the groups of the photo pane: the current hazard, what belongs to none, the others."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence

from inspector.domain.evidence import NO_MARKS, Evidence, EvidenceKind
from inspector.domain.hazard import Hazard
from ui.models.evidence_words import derivation_word
from ui.models.moments import clock_time
from ui.text import tr
from ui.widgets.photos import Photo, PhotoGroup


def photo_groups(
    evidence: Sequence[Evidence],
    hazards: Sequence[Hazard],
    current: str,
    proposed: Mapping[str, str] | None = None,
    *,
    alike: Collection[str] = (),
) -> list[PhotoGroup]:
    """Return the groups in reading order; a photo whose hazard was taken back counts as 未归属.

    `proposed` maps a free photo to the hazard that its time speaks for (inspector.domain.photo_times);
    `alike` are the ids of pieces that an earlier visit shows too.
    """
    known: dict[str, int] = {hazard.id: hazard.ordinal for hazard in hazards}
    groups: list[PhotoGroup] = []
    uses = Counter(one.original.sha256 for one in evidence)
    free = tuple(
        _photo(
            one,
            uses[one.original.sha256],
            is_alike=one.id in alike,
            note=_free_note(known.get((proposed or {}).get(one.id, ""))),
        )
        for one in evidence
        if one.hazard_id not in known
    )
    for hazard in sorted(hazards, key=lambda each: (each.id != current, each.ordinal)):
        own = tuple(
            _photo(one, uses[one.original.sha256], is_alike=one.id in alike)
            for one in evidence
            if one.hazard_id == hazard.id
        )
        if hazard.id == current:
            groups.append(PhotoGroup(tr("隐患 {n}（当前）", n=hazard.ordinal), own, target=hazard.id))
        elif own:
            groups.append(PhotoGroup(tr("隐患 {no}", no=hazard.ordinal), own, target=hazard.id))
    if free:
        at = 1 if groups and current in known else 0
        groups.insert(at, PhotoGroup(tr("未归属"), free, "warn", target=""))
    return [group for group in groups if group.photos]


def unassigned(evidence: Sequence[Evidence], hazards: Sequence[Hazard]) -> int:
    """Return how many pieces belong to no standing hazard."""
    known = {hazard.id for hazard in hazards}
    return sum(one.hazard_id not in known for one in evidence)


def _free_note(proposed: int | None) -> str:
    return tr("归属…") if proposed is None else tr("隐患 {no}？", no=proposed)


def badges(one: Evidence, uses: int, *, is_alike: bool = False) -> tuple[str, ...]:
    """Return what stands on a thumbnail: seen before, no original, has marks, in how many places it serves."""
    made = (tr("相同照片"),) if is_alike else ()
    made += (derivation_word(one),) if one.derivation else ()
    marked = (*made, tr("标注")) if one.marks != NO_MARKS else made
    return (*marked, tr("{n} 处", n=uses)) if uses > 1 else marked


def _photo(one: Evidence, uses: int, *, is_alike: bool = False, note: str = "") -> Photo:
    original = one.original
    is_document = original.kind is EvidenceKind.DOCUMENT
    time = clock_time(original.taken_at) if original.taken_at else ""
    return Photo(
        id=one.id,
        sha256=original.sha256,
        time=time or original.name,
        note=note,
        name=original.name,
        is_document=is_document,
        badges=badges(one, uses, is_alike=is_alike),
    )
