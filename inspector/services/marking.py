"""What an officer does with a piece of evidence beside its bytes: marks, order, further hazards, the trash."""

from __future__ import annotations

import hashlib
from abc import ABC, abstractmethod
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from inspector.domain.changes import Changes, Topic
from inspector.domain.evidence import Evidence, EvidenceKind
from inspector.domain.ordering import places
from inspector.errors import InvalidInput, NotAllowed
from inspector.evidence import mark_drawing, marks
from inspector.evidence.marks import Mark
from inspector.ids import new_id
from inspector.services.session import Session
from inspector.store import drafts, evidence, hazards, inspections, times
from inspector.store.gateway import Tx
from inspector.store.history import ALSO_OF, GROUP
from inspector.store.journal import Act

TRASH_DAYS: Final = 30
"""How long what was taken out stands in the trash (product.md §5, undo); its bytes and entries stay for good."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Trashed:
    """A piece that was taken out: when, and until when the trash shows it."""

    evidence: Evidence
    removed_at: datetime
    until: datetime


class MarkingService(ABC):
    """The part of EvidenceService that never touches bytes."""

    def __init__(self, session: Session) -> None:
        self._session = session

    @abstractmethod
    def preview(self, sha256: str, edge: int = ...) -> bytes:
        """Return an upright JPEG with its long edge ≤ `edge`."""

    def demand_markable(self, evidence_id: str) -> None:
        """Say by NotAllowed(evidence_issued, not_a_picture) why a piece takes no marks. Raises NotFound."""
        with self._session.vault.gateway.read() as tx:
            self._demand_markable(tx, evidence_id)

    def mark(self, evidence_id: str, wanted: Sequence[Mark]) -> Changes:
        """Lay these marks over a photo instead of those it has; the original stays as it is.

        Raises NotAllowed(evidence_issued, not_a_picture), InvalidInput(marks, mark_text).
        """
        stored = marks.write(wanted)
        _demand_characters(wanted)
        with self._session.vault.gateway.write() as tx:
            found = self._demand_markable(tx, evidence_id)
            if found.marks != stored:
                act = Act(kind="patch", type="evidence", subject=evidence_id, changes={"marks": stored})
                self._session.record(tx, act)
            drafts.drop(tx, f"evidence:{evidence_id}", "marks")
        return Changes.of(Topic.EVIDENCE, Topic.SYNC)

    def marked_preview(self, evidence_id: str, edge: int) -> bytes:
        """Return an upright JPEG with the marks on it, its long edge ≤ `edge`. Raises EvidenceRefused, InvalidInput."""
        with self._session.vault.gateway.read() as tx:
            found = evidence.get(tx, evidence_id)
        return self.marked(found, edge)

    def marked(self, piece: Evidence, edge: int) -> bytes:
        """Return the same of a piece that was read already, with the marks it had then; kept once made."""
        sha256 = piece.original.sha256
        wanted = marks.read(piece.marks)
        if not wanted:
            return self.preview(sha256, edge)
        # Previews are kept by a name of 64 hex digits; that of a marked one counts its marks.
        name = hashlib.sha256(f"{sha256}\n{piece.marks}".encode()).hexdigest()
        kept = self._session.vault.blobs.preview(name, edge)
        if kept is None:
            kept = mark_drawing.draw(self.preview(sha256, edge), wanted)
            self._session.vault.blobs.keep_preview(name, edge, kept)
        return kept

    def reorder(self, inspection_id: str, ids: Sequence[str]) -> Changes:
        """Put the pieces of an inspection in this order, as one step of undo; pieces not named follow as they stand.

        Raises NotAllowed(other_inspection) for an id that isn't there.
        """
        with self._session.vault.gateway.write() as tx:
            now = evidence.of_inspection(tx, inspection_id)
            known = {one.id: one.position for one in now}
            if set(ids) - set(known) or len(set(ids)) != len(ids):
                raise NotAllowed(reason="other_inspection")
            named = set(ids)
            wanted = [*ids, *(one.id for one in now if one.id not in named)]
            moved = places(wanted, {str(name): place for name, place in known.items()}, _by_time(now))
            together = {GROUP: new_id()} if len(moved) > 1 else {}
            for evidence_id, position in moved.items():
                changes = {"position": position, **together}
                self._session.record(tx, Act(kind="patch", type="evidence", subject=evidence_id, changes=changes))
        return Changes.of(Topic.EVIDENCE, Topic.SYNC)

    def also_for(self, evidence_id: str, hazard_id: str) -> Changes:
        """Let a photo serve another hazard too: a second row over the same bytes, with its caption and marks.

        `made` is its id; taking one of them out leaves the other. Raises NotAllowed(serves_already, other_inspection,
        hazard_removed).
        """
        made = new_id()
        with self._session.vault.gateway.write() as tx:
            found = evidence.get(tx, evidence_id)
            self._demand_hazard(tx, found.inspection_id, hazard_id)
            twins = evidence.of_inspection(tx, found.inspection_id)
            if any(one.original.sha256 == found.original.sha256 and one.hazard_id == hazard_id for one in twins):
                raise NotAllowed(reason="serves_already")
            changes = evidence.fields_of(tx, evidence_id) | {
                "hazard_id": hazard_id,
                "attached_at": times.written(self._session.now()),
                "attached_by": self._session.me.id,
                ALSO_OF: evidence_id,
            }
            refs = (found.original.sha256,)
            self._session.record(tx, Act(kind="attach", type="evidence", subject=made, changes=changes, refs=refs))
        return Changes.of(Topic.EVIDENCE, Topic.INSPECTIONS, Topic.SYNC, made=made)

    def trash(self, inspection_id: str) -> list[Evidence]:
        """Return what was taken out of an inspection in the last 30 days, the latest first."""
        return [one.evidence for one in self.trashed(inspection_id)]

    def trashed(self, inspection_id: str) -> list[Trashed]:
        """Return the same with its times."""
        with self._session.vault.gateway.read() as tx:
            inspections.get(tx, inspection_id)
            gone = evidence.removed_from(tx, inspection_id)
        days = timedelta(days=TRASH_DAYS)
        told = [Trashed(evidence=one, removed_at=at, until=at + days) for one, at in gone]
        now = self._session.now()
        return [one for one in told if one.until > now]

    def restore(self, evidence_id: str) -> Changes:
        """Take a piece out of the trash to where it hung; as a step of undo. Raises NotAllowed(not_in_trash)."""
        with self._session.vault.gateway.write() as tx:
            found = evidence.get(tx, evidence_id)
            if not found.is_removed:
                raise NotAllowed(reason="not_in_trash")
            changes = {"is_removed": False, "removed_reason": ""}
            self._session.record(tx, Act(kind="patch", type="evidence", subject=evidence_id, changes=changes))
        return Changes.of(Topic.EVIDENCE, Topic.INSPECTIONS, Topic.SYNC, made=evidence_id)

    def _demand_markable(self, tx: Tx, evidence_id: str) -> Evidence:
        found = self._demand_free(tx, evidence_id)
        if found.original.kind is EvidenceKind.DOCUMENT:
            raise NotAllowed(reason="not_a_picture")
        return found

    def _demand_free(self, tx: Tx, evidence_id: str) -> Evidence:
        found = evidence.get(tx, evidence_id)
        if evidence.cited_in_issued(tx, found):
            raise NotAllowed(reason="evidence_issued")
        return found

    @staticmethod
    def _demand_hazard(tx: Tx, inspection_id: str, hazard_id: str | None) -> None:
        if hazard_id is None:
            return
        found = hazards.get(tx, hazard_id)
        if found.inspection_id != inspection_id:
            raise NotAllowed(reason="other_inspection")
        if found.is_removed:
            raise NotAllowed(reason="hazard_removed")


def _demand_characters(wanted: Sequence[Mark]) -> None:
    """Refuse what would stand on paper as an empty frame."""
    told = "".join(mark.text for mark in wanted if isinstance(mark, marks.Text))
    unknown = mark_drawing.unknown_characters(told) if told else ""
    if unknown:
        codepoint = f"U+{ord(unknown[0]):04X}"
        raise InvalidInput(field="mark_text", reason="no_glyph", character=unknown[0], codepoint=codepoint)


def _by_time(now: Sequence[Evidence]) -> dict[str, int]:
    """Return where each piece stands that has no place of its own: as the store sorts them."""
    return {one.id: n for n, one in enumerate(now) if one.position is None}
