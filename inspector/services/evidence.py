"""Attach photos and documents: bytes first, then the entry that names them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from inspector.domain.changes import Changes, Topic
from inspector.domain.evidence import Evidence
from inspector.errors import Cancelled, EvidenceRefused
from inspector.evidence.photo import render_preview
from inspector.ids import new_id
from inspector.services.attaching import THUMB_EDGE, Attacher, Attaching, AttachReport, Target
from inspector.services.marking import MarkingService
from inspector.services.wording import one_line, plain
from inspector.store import evidence
from inspector.store.history import GROUP
from inspector.store.journal import Act

PAPER_EDGE = 1600
"""Long edge of the preview that goes onto paper: 2 photos a page at about 250 dpi."""


class EvidenceService(MarkingService):
    """Photos and documents of the inspections on this laptop; marks, order and trash are in MarkingService."""

    def of(self, inspection_id: str) -> list[Evidence]:
        """Return what is attached to one inspection, by time taken."""
        with self._session.vault.gateway.read() as tx:
            return evidence.of_inspection(tx, inspection_id)

    def attach(
        self, inspection_id: str, path: Path, *, hazard_id: str | None = None, source: str = "dialog"
    ) -> Changes:
        """Take a file in. Durable and hashed when it returns; the same bytes twice are stored once.

        Raises EvidenceRefused, StorageFull, NotFound, NotAllowed; then nothing is attached.
        """
        target = Target(inspection_id=inspection_id, hazard_id=hazard_id, source=source)
        return Attacher(self._session).one(target, path)

    def attach_bytes(
        self, inspection_id: str, content: bytes, *, name: str, hazard_id: str | None = None, source: str = "paste"
    ) -> Changes:
        """Take in what is no file yet, such as a picture of the clipboard. Raises like `attach`."""
        target = Target(inspection_id=inspection_id, hazard_id=hazard_id, source=source)
        return Attacher(self._session).content(target, content, name)

    def attach_many(
        self,
        inspection_id: str,
        paths: Sequence[Path],
        *,
        hazard_id: str | None = None,
        source: str = "folder",
        card: Path | None = None,
        progress: Callable[[Attaching], None] = lambda _: None,
        is_cancelled: Callable[[], bool] = lambda: False,
    ) -> AttachReport:
        """Attach every file that can be taken in, as one step of undo; a bad one is listed and stops no other.

        Of a folder, everything in it and below is taken (inspector.evidence.folder.files_in).
        With `card` (the DCIM folder of a card), files that the inspection has already are passed over, and what can't
        be read because the card is gone is refused as pulled_out. Raises StorageFull and others; what was attached
        before stays.
        """
        target = Target(inspection_id=inspection_id, hazard_id=hazard_id, source=source)
        return Attacher(self._session).many(
            target,
            paths,
            card=card,
            is_known_passed=card is not None or source == "watched",
            progress=progress,
            is_cancelled=is_cancelled,
        )

    def move(self, evidence_id: str, hazard_id: str | None) -> Changes:
        """Give a piece to another hazard of its inspection, or to none. Raises NotAllowed(evidence_issued)."""
        return self.sort({evidence_id: hazard_id})

    def move_many(self, evidence_ids: Sequence[str], hazard_id: str | None) -> Changes:
        """Give pieces to one hazard, or to none, as one step of undo. Raises NotAllowed; then nothing moved."""
        return self.sort(dict.fromkeys(evidence_ids, hazard_id))

    def sort(self, wanted: Mapping[str, str | None]) -> Changes:
        """Give each piece to its hazard (None: to none), all or nothing, as one step of undo.

        Pieces that hang there already are passed over. Raises NotAllowed(evidence_issued, other_inspection, …).
        """
        with self._session.vault.gateway.write() as tx:
            moves = [
                (found, hazard_id)
                for evidence_id, hazard_id in wanted.items()
                if (found := evidence.get(tx, evidence_id)).hazard_id != hazard_id
            ]
            together = _together(len(moves))
            for found, hazard_id in moves:
                self._demand_free(tx, found.id)
                self._demand_hazard(tx, found.inspection_id, hazard_id)
                changes = {"hazard_id": hazard_id, **together}
                self._session.record(tx, Act(kind="patch", type="evidence", subject=found.id, changes=changes))
        return Changes.of(Topic.EVIDENCE, Topic.SYNC)

    def caption(self, evidence_id: str, text: str) -> Changes:
        """Say what a photo shows. Raises NotAllowed(evidence_issued)."""
        with self._session.vault.gateway.write() as tx:
            self._demand_free(tx, evidence_id)
            changes = {"caption": plain(text, field="caption")}
            self._session.record(tx, Act(kind="patch", type="evidence", subject=evidence_id, changes=changes))
        return Changes.of(Topic.EVIDENCE, Topic.SYNC)

    def remove(self, evidence_id: str, reason: str) -> Changes:
        """Take a piece out of the inspection with a reason; its bytes stay. Raises NotAllowed(evidence_issued)."""
        return self.remove_many([evidence_id], reason)

    def remove_many(self, evidence_ids: Sequence[str], reason: str) -> Changes:
        """Take pieces out with one reason, all or nothing, as one step of undo. Raises NotAllowed(evidence_issued)."""
        said = one_line(reason, field="reason")
        changes = {"is_removed": True, "removed_reason": said, **_together(len(evidence_ids))}
        with self._session.vault.gateway.write() as tx:
            for evidence_id in evidence_ids:
                self._demand_free(tx, evidence_id)
                self._session.record(tx, Act(kind="remove", type="evidence", subject=evidence_id, changes=changes))
        return Changes.of(Topic.EVIDENCE, Topic.INSPECTIONS, Topic.SYNC)

    def preview(self, sha256: str, edge: int = THUMB_EDGE) -> bytes:
        """Return an upright JPEG with its long edge ≤ `edge`, made on first use and kept. Raises EvidenceRefused."""
        kept = self._session.vault.blobs.preview(sha256, edge)
        if kept is not None:
            return kept
        jpeg = render_preview(self._session.vault.blobs.read(sha256), edge=edge).jpeg
        self._session.vault.blobs.keep_preview(sha256, edge, jpeg)
        return jpeg

    def prepare_previews(self, inspection_id: str, is_cancelled: Callable[[], bool] = lambda: False) -> None:
        """Make the previews that screen and paper will want; a picture that won't decode is passed over."""
        for found in self.of(inspection_id):
            if not found.original.kind.is_picture:
                continue
            for edge in (THUMB_EDGE, PAPER_EDGE):
                if is_cancelled():
                    raise Cancelled
                try:
                    self.preview(found.original.sha256, edge)
                except EvidenceRefused:
                    break

    def original(self, sha256: str) -> bytes:
        """Return the untouched bytes. Raises EvidenceMissing."""
        return self._session.vault.blobs.read(sha256)


def _together(count: int) -> dict[str, str]:
    """Return what marks the entries of one action that touches several pieces: undo takes them back together."""
    return {GROUP: new_id()} if count > 1 else {}
