"""The timeline of a visit: out of the journal, with the footage beside it and what is missing."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime

from inspector.domain.changes import Changes, Topic
from inspector.domain.evidence import Evidence
from inspector.domain.inspection import Inspection
from inspector.domain.notice import Notice
from inspector.domain.serving import ServingMethod
from inspector.domain.time_story import story
from inspector.domain.timeline import Gap, Step, StepKind, Timeline, gaps, jumps, place
from inspector.errors import InvalidInput
from inspector.ids import new_id
from inspector.law import filming
from inspector.services.session import Session
from inspector.services.wording import one_line
from inspector.store import (
    claps,
    evidence,
    film_gaps,
    hazards,
    history,
    inspections,
    moments,
    notices,
    prints,
    recordings,
    times,
)
from inspector.store.gateway import Tx
from inspector.store.history import Told
from inspector.store.journal import Act

_TICKED = (("is_id_shown", StepKind.ID_SHOWN), ("is_recusal_told", StepKind.RIGHTS_TOLD))
_NOT_SIGNED = {ServingMethod.REFUSED, ServingMethod.LEFT}


class TimelineService:
    """What happened when at a visit, and whether it was filmed."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def of(self, inspection_id: str) -> Timeline:
        """Return the whole timeline of a visit. Raises NotFound, PackDamaged."""
        with self._session.vault.gateway.read() as tx:
            inspection = inspections.get(tx, inspection_id)
            told = history.of_inspection(tx, inspection_id)
            steps = [*_of_visit(inspection, told), *_of_work(tx, inspection_id), *_of_clock(tx, inspection_id)]
            spans, unplaced = place(recordings.of_inspection(tx, inspection_id))
            reasons = film_gaps.reasons(tx, inspection_id)
        steps.sort(key=lambda each: each.at)
        return Timeline(
            inspection_id=inspection_id,
            steps=tuple(steps),
            spans=spans,
            unplaced=unplaced,
            gaps=gaps(filming.load(), steps, spans, reasons),
        )

    def open_gaps(self, inspection_id: str) -> tuple[Gap, ...]:
        """Return what must be filmed, wasn't, and nobody said why: to be shown before leaving. It blocks nothing."""
        return self.of(inspection_id).open_gaps

    def explain_gap(self, inspection_id: str, step: str, reason: str) -> Changes:
        """Say why an item of the filming list (its id) was not filmed; a later reason replaces it.

        Raises InvalidInput (step: unknown_field; reason: empty, …), NotFound.
        """
        if step not in {item.id for item in filming.load()}:
            raise InvalidInput(field="step", reason="unknown_field")
        said = {
            "reason": one_line(reason, field="reason"),
            "noted_at": times.written(self._session.now()),
            "noted_by": self._session.me.id,
        }
        with self._session.vault.gateway.write() as tx:
            inspections.get(tx, inspection_id)
            known = film_gaps.find(tx, inspection_id, step)
            act = Act(kind="patch", type="film_gap", subject=known or "", changes=said)
            if known is None:
                whole = said | {"inspection_id": inspection_id, "step": step}
                act = Act(kind="create", type="film_gap", subject=new_id(), changes=whole)
            self._session.record(tx, act)
        return Changes.of(Topic.INSPECTIONS, Topic.FOOTAGE, Topic.SYNC)


def _of_visit(inspection: Inspection, told: Sequence[Told]) -> list[Step]:
    """A tick counts from when it was set for the last time; one that was taken back doesn't."""
    found = [Step(kind=StepKind.STARTED, at=inspection.started_at)]
    for name, kind in _TICKED:
        at_ms: int | None = None
        for one in told:
            if one.entry.type == "inspection" and name in one.entry.set:
                is_set = bool(one.entry.set[name])
                at_ms = (at_ms or one.entry.wall) if is_set else None
        if at_ms is not None:
            found.append(Step(kind=kind, at=datetime.fromtimestamp(at_ms / 1000, UTC)))
    if inspection.ended_at is not None:
        found.append(Step(kind=StepKind.ENDED, at=inspection.ended_at))
    return found


def _of_work(tx: Tx, inspection_id: str) -> list[Step]:
    found = [
        Step(kind=StepKind.CLAP, at=one.began_at, subject=one.id, facts={"shown": one.shown})
        for one in claps.of_inspection(tx, inspection_id)
    ]
    for hazard in hazards.of_inspection(tx, inspection_id):
        facts = {"ordinal": hazard.ordinal, "title": hazard.description}
        found.append(Step(kind=StepKind.HAZARD, at=hazard.seen_at, subject=hazard.id, facts=dict(facts)))
    found += [_of_photo(one) for one in evidence.of_inspection(tx, inspection_id)]
    for notice in notices.of_inspection(tx, inspection_id):
        found += _of_notice(tx, notice)
    return found


def _of_photo(one: Evidence) -> Step:
    told = story(one)
    return Step(
        kind=StepKind.PHOTO,
        at=told.corrected_at or one.attached_at,
        subject=one.id,
        facts={"name": one.original.name, "known_by": told.known_by.value},
    )


def _of_notice(tx: Tx, notice: Notice) -> list[Step]:
    if notice.issued_at is None:
        return []
    facts = {"number": notice.number, "form": notice.form.value}
    found = [Step(kind=StepKind.ISSUED, at=notice.issued_at, subject=notice.id, facts=dict(facts))]
    printed = [run.asked_at for run in prints.of_notice(tx, notice.id)]
    found += [Step(kind=StepKind.PRINTED, at=at, subject=notice.id, facts=dict(facts)) for at in printed]
    serving = prints.serving_of(tx, notice.id)
    if serving is None or serving.method is ServingMethod.POSTED:
        return found  # a letter is handed over by the post, not on site
    kinds = [StepKind.SERVED, StepKind.REFUSED] if serving.method in _NOT_SIGNED else [StepKind.SERVED]
    how = {**facts, "method": serving.method.value}
    found += [Step(kind=kind, at=serving.served_at, subject=notice.id, facts=dict(how)) for kind in kinds]
    return found


def _of_clock(tx: Tx, inspection_id: str) -> list[Step]:
    return [
        Step(kind=StepKind.CLOCK_JUMP, at=datetime.fromtimestamp(wall_ms / 1000, UTC), facts={"ms": by_ms})
        for wall_ms, by_ms in jumps(moments.clocks(tx, inspection_id))
    ]
