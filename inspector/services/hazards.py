"""Report, correct, repeat and take back hazards."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, cast

import msgspec

from inspector.domain.changes import Changes, Topic
from inspector.domain.check import Result
from inspector.domain.hazard import Citation, Hazard, Measure, Severity
from inspector.domain.inspection import InspectionState
from inspector.domain.soft import SoftChoice
from inspector.errors import InvalidInput, NotAllowed
from inspector.ids import new_id
from inspector.law import checklists
from inspector.services.checks import record_answers
from inspector.services.session import Session
from inspector.services.wording import one_line, plain
from inspector.store import drafts, hazards, inspections, notices, times
from inspector.store.gateway import Tx
from inspector.store.history import GROUP
from inspector.store.journal import Act

_TEXTS = ("place", "requirement", "major_criterion", "catalogue_code", "soft_reason")


@dataclass(frozen=True, slots=True, kw_only=True)
class HazardDraft:
    """What the officer fills in; only the description must be there to save."""

    description: str
    severity: Severity = Severity.GENERAL
    measure: Measure = Measure.RECTIFY
    catalogue_code: str = ""
    place: str = ""
    requirement: str = ""
    deadline: date | None = None
    basis: tuple[Citation, ...] = ()
    major_criterion: str = ""


class HazardService:
    """Hazards of the inspections on this laptop."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def of(self, inspection_id: str) -> list[Hazard]:
        """Return the hazards of one inspection in the order of reporting."""
        with self._session.vault.gateway.read() as tx:
            return hazards.of_inspection(tx, inspection_id)

    def get(self, hazard_id: str) -> Hazard:
        """Return one hazard. Raises NotFound."""
        with self._session.vault.gateway.read() as tx:
            return hazards.get(tx, hazard_id)

    def report(self, inspection_id: str, draft: HazardDraft, *, check: str = "") -> Changes:
        """Record a hazard; the half-typed form of this inspection is forgotten with it. Raises InvalidInput, NotFound.

        `check` is the code of the check that it came out of: that becomes 不符合 and names the hazard, in one step.
        """
        if check:
            checklists.load().check(check)
        fields = _checked({name: getattr(draft, name) for name in HazardDraft.__dataclass_fields__})
        hazard_id = new_id()
        with self._session.vault.gateway.write() as tx:
            self._demand_open(tx, inspection_id)
            fields |= {
                "inspection_id": inspection_id,
                "ordinal": hazards.next_ordinal(tx, inspection_id),
                "seen_at": times.written(self._session.now()),
            }
            mark = {GROUP: new_id()} if check else {}
            self._session.record(tx, Act(kind="create", type="hazard", subject=hazard_id, changes=fields | mark))
            if check:
                failed = {check: {"result": Result.FAIL.value, "hazard_id": hazard_id, **mark}}
                record_answers(tx, self._session, inspection_id, failed)
            drafts.drop(tx, f"hazard:new:{inspection_id}")
        return Changes.of(Topic.HAZARDS, Topic.CHECKS, Topic.INSPECTIONS, Topic.SYNC, made=hazard_id)

    def patch(self, hazard_id: str, **fields: object) -> Changes:
        """Change fields of a hazard that no issued notice names. Raises InvalidInput, NotAllowed(issued, closed)."""
        changes = _checked(fields)
        with self._session.vault.gateway.write() as tx:
            self._demand_free(tx, hazard_id)
            self._session.record(tx, Act(kind="patch", type="hazard", subject=hazard_id, changes=changes))
            for name in changes:
                drafts.drop(tx, f"hazard:{hazard_id}", name)
        return Changes.of(Topic.HAZARDS, Topic.INSPECTIONS, Topic.SYNC)

    def remove(self, hazard_id: str, reason: str) -> Changes:
        """Take a hazard back with a reason; it stays in the journal. Raises NotAllowed(issued, closed)."""
        changes = {"is_removed": True, "removed_reason": one_line(reason, field="reason")}
        with self._session.vault.gateway.write() as tx:
            self._demand_free(tx, hazard_id)
            self._session.record(tx, Act(kind="remove", type="hazard", subject=hazard_id, changes=changes))
        return Changes.of(Topic.HAZARDS, Topic.INSPECTIONS, Topic.SYNC)

    def duplicate(self, hazard_id: str) -> Changes:
        """Report the same hazard again for another spot: everything but the place is copied."""
        found = self.get(hazard_id)
        return self.report(
            found.inspection_id,
            HazardDraft(
                description=found.description,
                severity=found.severity,
                measure=found.measure,
                catalogue_code=found.catalogue_code,
                requirement=found.requirement,
                deadline=found.deadline,
                basis=found.basis,
                major_criterion=found.major_criterion,
            ),
        )

    def is_issued(self, hazard_id: str) -> bool:
        """Whether a standing notice names the hazard, so that it can't change any more."""
        with self._session.vault.gateway.read() as tx:
            found = hazards.get(tx, hazard_id)
            return any(hazard_id in one.hazard_ids for one in notices.standing(tx, found.inspection_id))

    def _demand_open(self, tx: Tx, inspection_id: str) -> None:
        if inspections.get(tx, inspection_id).state is not InspectionState.OPEN:
            raise NotAllowed(reason="inspection_closed")

    def _demand_free(self, tx: Tx, hazard_id: str) -> None:
        found = hazards.get(tx, hazard_id)
        if found.is_removed:
            raise NotAllowed(reason="hazard_removed")
        self._demand_open(tx, found.inspection_id)
        naming = next((one for one in notices.standing(tx, found.inspection_id) if hazard_id in one.hazard_ids), None)
        if naming is not None:
            raise NotAllowed(reason="hazard_issued", number=naming.number)


def _checked(fields: Mapping[str, object]) -> dict[str, Any]:
    changes: dict[str, Any] = {}
    for name, value in fields.items():
        changes[name] = _value(name, value)
    return changes


def _value(name: str, value: object) -> Any:
    match name, value:
        case "description", str():
            return one_line(value, field=name)
        case _, str() if name in _TEXTS:
            return plain(value, field=name)
        case ("severity", Severity()) | ("measure", Measure()) | ("soft_choice", SoftChoice()):
            return value.value
        case "deadline", date() | None:
            return value.isoformat() if value else None
        case "basis", tuple():
            return [msgspec.to_builtins(one) for one in cast("tuple[Citation, ...]", value)]
        case _:
            raise InvalidInput(field=name, reason="unknown_field")
