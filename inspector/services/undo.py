"""Take back what was done to an inspection, and do it again: read out of the journal, so that it outlives a restart."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from inspector.domain.changes import Changes, Topic
from inspector.domain.inspection import InspectionState
from inspector.errors import Fact, NotAllowed, NotFound
from inspector.law import checklists
from inspector.protocol.entry import Entry
from inspector.services.session import Session
from inspector.services.undo_steps import BEGINNINGS, Deed, Deeds, after, alike, before, fold
from inspector.store import drafts, evidence, hazards, history, inspections, notices, rechecks
from inspector.store.gateway import Tx
from inspector.store.history import ALSO_OF, REDOES, UNDOES, Told
from inspector.store.journal import Act

_TOPICS: Final[Mapping[str, Topic]] = {
    "inspection": Topic.INSPECTIONS,
    "hazard": Topic.HAZARDS,
    "evidence": Topic.EVIDENCE,
    "recheck": Topic.RECHECKS,
    "check_result": Topic.CHECKS,
    "soft_step": Topic.HAZARDS,
}
_EVIDENCE_KINDS: Final[Mapping[str, str]] = {
    "hazard_id": "move",
    "is_removed": "restore",
    "caption": "caption",
    "marks": "mark",
    "position": "order",
    "clock_shift_ms": "clock",
    "reuse_reason": "reuse",
}
"""What a patch of evidence is called, by the field it wrote."""
_RECHECK_KINDS: Final[Mapping[str, str]] = {
    "outcome": "outcome",
    "note": "note",
    "after_id": "pair",
    "before_id": "pair",
}
"""The same for a patch of a re-check."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One action in codes; the window words it.

    `kind`: create, patch or remove of a hazard; patch of an inspection; of evidence attach, also (a further hazard),
    move, caption, mark, order, clock, reuse, restore, remove, or patch for whatever else of it; of a recheck outcome,
    note or pair; create or patch of a check_result; create of a soft_step. `facts`: subject (id), count (how many
    subjects), fields (their names joined by a blank), and of a hazard or recheck ordinal and title (recheck: and
    outcome), of evidence name and hazard (ordinal of where it hangs after the step, 0 for nowhere), of a check_result
    title, title_en and result, of a soft_step ordinal and step.
    """

    kind: str
    subject_type: str
    facts: dict[str, Fact] = field(default_factory=dict[str, Fact])


@dataclass(frozen=True, slots=True, kw_only=True)
class UndoState:
    """What the next undo and redo would do; `why_not` says why there is no undo although something was done."""

    undo: Step | None = None
    redo: Step | None = None
    why_not: NotAllowed | None = None


class UndoService:
    """Undo and redo of each inspection for itself."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def state(self, inspection_id: str) -> UndoState:
        """Return what can be taken back and done again now. Raises NotFound."""
        with self._session.vault.gateway.read() as tx:
            deeds = self._deeds(tx, inspection_id)
            back, why_not = _choose(tx, inspection_id, deeds, is_undo=True)
            again, _ = _choose(tx, inspection_id, deeds, is_undo=False)
            return UndoState(
                undo=_step(tx, back) if back else None,
                redo=_step(tx, again) if again else None,
                why_not=why_not if back is None else None,
            )

    def undo(self, inspection_id: str) -> Changes:
        """Take the latest step back. `made` is where to look: hazard.<id>.<field>, evidence.<id>, check.<code> …

        A step that a standing notice or the end of the visit fixed is passed over, and so is one whose fields a later
        entry of somebody else wrote. Raises NotAllowed(nothing_to_undo, undo_conflict, facts_issued, hazard_issued,
        evidence_issued, inspection_closed), NotFound.
        """
        return self._turn(inspection_id, is_undo=True)

    def redo(self, inspection_id: str) -> Changes:
        """Do again what was taken back last; otherwise like `undo`. Raises NotAllowed(nothing_to_redo, …), NotFound."""
        return self._turn(inspection_id, is_undo=False)

    def _turn(self, inspection_id: str, *, is_undo: bool) -> Changes:
        with self._session.vault.gateway.write() as tx:
            deed, why_not = _choose(tx, inspection_id, self._deeds(tx, inspection_id), is_undo=is_undo)
            if deed is None:
                raise why_not or NotAllowed(reason="nothing_to_undo" if is_undo else "nothing_to_redo")
            for part in reversed(deed.parts) if is_undo else deed.parts:
                self._write(tx, part, is_undo=is_undo)
            made = _target(tx, deed)
        topics = {_TOPICS[part.entry.type] for part in deed.parts}
        return Changes.of(*topics, Topic.INSPECTIONS, Topic.SYNC, made=made)

    def _write(self, tx: Tx, part: Told, *, is_undo: bool) -> None:
        entry = part.entry
        fields = before(part) if is_undo else after(part)
        takes_out = fields.get("is_removed") is True
        act = Act(
            kind="remove" if takes_out else "patch",
            type=entry.type,
            subject=entry.subject,
            changes=fields | {UNDOES if is_undo else REDOES: part.hash},
        )
        self._session.record(tx, act)
        for name in fields:
            drafts.drop(tx, f"{entry.type}:{entry.subject}", name)

    def _deeds(self, tx: Tx, inspection_id: str) -> Deeds:
        return fold(history.of_inspection(tx, inspection_id), self._session.vault.device)


def _choose(tx: Tx, inspection_id: str, deeds: Deeds, *, is_undo: bool) -> tuple[Deed | None, NotAllowed | None]:
    """Return the latest deed that may be turned, and why the latest of all may not be (if it may not)."""
    stack = deeds.done if is_undo else deeds.undone
    if stack and inspections.get(tx, inspection_id).state is not InspectionState.OPEN:
        return None, NotAllowed(reason="inspection_closed")
    first: NotAllowed | None = None
    fixed_by = _fixed_by(tx, inspection_id, deeds)
    for deed in reversed(stack):
        why = fixed_by(deed) or _overwritten(tx, deeds, deed, is_undo=is_undo)
        if why is None:
            return deed, first
        first = first or why
    return None, first


def _fixed_by(tx: Tx, inspection_id: str, deeds: Deeds) -> Callable[[Deed], NotAllowed | None]:
    """Return what tells why a standing notice fixes a deed, None if none does."""
    standing = notices.standing(tx, inspection_id)

    def tell(deed: Deed) -> NotAllowed | None:
        for part in deed.parts:
            entry = part.entry
            for notice in standing:
                if entry.type == "hazard" and entry.subject in notice.hazard_ids:
                    return NotAllowed(reason="hazard_issued", number=notice.number)
                if entry.type == "recheck" and rechecks.get(tx, entry.subject).hazard_id in notice.hazard_ids:
                    return NotAllowed(reason="recheck_issued", number=notice.number)
                # What was printed of the visit stays as it was printed; what was changed since may go back to that.
                if entry.type in {"inspection", "check_result"} and deeds.issued.get(notice.id, 0) > deed.latest:
                    return NotAllowed(reason="facts_issued", number=notice.number)
            # Its place in the pane is not what was printed.
            is_order = set(after(part)) == {"position"}
            if (
                entry.type == "evidence"
                and not is_order
                and evidence.cited_in_issued(tx, evidence.get(tx, entry.subject))
            ):
                return NotAllowed(reason="evidence_issued")
        return None

    return tell


def _overwritten(tx: Tx, deeds: Deeds, deed: Deed, *, is_undo: bool) -> NotAllowed | None:
    if deeds.is_overwritten(deed, is_undo=is_undo) or not _stands(tx, deed, is_undo=is_undo):
        return NotAllowed(reason="undo_conflict")
    return None


def _stands(tx: Tx, deed: Deed, *, is_undo: bool) -> bool:
    """Whether the rows still hold what the deed (or its taking back) left there, whoever may have written them."""
    left: dict[tuple[str, str], dict[str, Any]] = {}
    for part in deed.parts if is_undo else reversed(deed.parts):
        fields = after(part) if is_undo else before(part)
        if is_undo and part.entry.kind in BEGINNINGS:
            fields |= part.entry.set
        left.setdefault((part.entry.type, part.entry.subject), {}).update(fields)
    for (kind, subject), fields in left.items():
        row = history.row_of(tx, kind, subject)
        if not row or any(name in row and alike(value, row[name]) != value for name, value in fields.items()):
            return False
    return True


def _target(tx: Tx, deed: Deed) -> str:
    told = next((part for part in deed.parts if part.entry.type == "hazard"), deed.parts[-1])
    entry = told.entry
    if entry.type == "evidence":
        return f"evidence.{entry.subject}"
    if entry.type == "check_result":
        return f"check.{history.row_of(tx, entry.type, entry.subject)['code']}"
    if entry.type in {"recheck", "soft_step"}:
        return f"{entry.type}.{entry.subject}"
    name = "description" if entry.kind in {"create", "remove"} else next(iter(sorted(entry.set)), "")
    return f"hazard.{entry.subject}.{name}" if entry.type == "hazard" else f"inspection.{name}"


def _step(tx: Tx, deed: Deed) -> Step:
    entry = deed.parts[0].entry
    names = sorted({name for _, _, name in deed.written()})
    facts: dict[str, Fact] = {
        "subject": entry.subject,
        "count": len({part.entry.subject for part in deed.parts}),
        "fields": " ".join(names),
    }
    if entry.type == "hazard":
        hazard = hazards.get(tx, entry.subject)
        facts |= {"ordinal": hazard.ordinal, "title": hazard.description}
    elif entry.type == "recheck":
        hazard = hazards.get(tx, rechecks.get(tx, entry.subject).hazard_id)
        outcome = entry.set.get("outcome")
        facts |= {
            "ordinal": hazard.ordinal,
            "title": hazard.description,
            "outcome": outcome if isinstance(outcome, str) else "",
        }
    elif entry.type == "check_result":
        facts |= _check_facts(tx, entry)
    elif entry.type == "soft_step":
        row = history.row_of(tx, entry.type, entry.subject)
        facts |= {"ordinal": hazards.get(tx, row["hazard_id"]).ordinal, "step": row["step"]}
    elif entry.type == "evidence":
        facts |= {"name": evidence.get(tx, entry.subject).original.name, "hazard": _ordinal(tx, entry.set)}
    kind = "also" if ALSO_OF in entry.set else _kind(entry.kind, entry.type, names)
    return Step(kind=kind, subject_type=entry.type, facts=facts)


def _check_facts(tx: Tx, entry: Entry) -> dict[str, Fact]:
    code = str(history.row_of(tx, entry.type, entry.subject)["code"])
    result = entry.set.get("result")
    told: dict[str, Fact] = {"title": code, "title_en": code, "result": result if isinstance(result, str) else ""}
    try:
        check = checklists.load().check(code)
    except NotFound:
        return told  # of a newer pack
    return told | {"title": check.statement, "title_en": check.statement_en}


def _ordinal(tx: Tx, fields: Mapping[str, Any]) -> int:
    hazard_id = fields.get("hazard_id")
    return hazards.get(tx, hazard_id).ordinal if isinstance(hazard_id, str) and hazard_id else 0


def _kind(kind: str, subject_type: str, names: list[str]) -> str:
    if subject_type == "evidence" and kind == "patch":
        return next((word for name, word in _EVIDENCE_KINDS.items() if name in names), kind)
    if subject_type == "recheck":
        return next((word for name, word in _RECHECK_KINDS.items() if name in names), kind)
    return kind
