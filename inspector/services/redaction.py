"""Copies for publication 公示稿: what is private is painted over in a new piece; the original is kept as it is."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from inspector.domain.changes import Changes, Topic
from inspector.domain.custody import CustodyAct
from inspector.domain.evidence import EvidenceKind
from inspector.domain.redaction import RedactBox
from inspector.errors import NotAllowed
from inspector.evidence.redaction import redact_photo, redact_pixels
from inspector.services import notice_files
from inspector.services.custody import CustodyService
from inspector.services.derived import attach_derived, record_derived
from inspector.services.session import Session
from inspector.store import evidence, notices

REDACTED: Final = "redacted"
TITLE: Final = "公示稿"


class RedactionService:
    """Suggests what to paint over, and makes the copies."""

    def __init__(self, session: Session, custody: CustodyService) -> None:
        self._session, self._custody = session, custody

    def suggest(self, notice_id: str) -> tuple[RedactBox, ...]:
        """Return identity numbers, telephones and plates in the text of an issued notice, for an officer to look at.

        Raises NotFound, NotAllowed(not_issued).
        """
        from inspector.notices.private import private_places

        return private_places(self._pdf(notice_id)[0])

    def photo(self, evidence_id: str, boxes: Sequence[RedactBox]) -> Changes:
        """Make a copy of a photo or still with these boxes painted over; it joins the inspection as a piece.

        Raises NotFound, NotAllowed(not_a_picture, nothing_to_redact), EvidenceRefused.
        """
        _demand_boxes(boxes)
        with self._session.vault.gateway.read() as tx:
            source = evidence.get(tx, evidence_id)
        if source.original.kind is EvidenceKind.DOCUMENT:
            raise NotAllowed(reason="not_a_picture")
        jpeg = redact_photo(self._session.vault.originals.read(source.original.sha256), boxes)
        self._custody.note(evidence_id, CustodyAct.REDACT)
        name = f"{TITLE}-{source.original.name.rpartition('.')[0] or 'photo'}.jpg"
        return _made(attach_derived(self._session, source, jpeg, derivation=REDACTED, name=name))

    def notice(self, notice_id: str, boxes: Sequence[RedactBox]) -> Changes:
        """Make a copy of an issued notice as a PDF of pictures; it joins the inspection as a document.

        No boxes are fine: an officer looked and found nothing private. Raises NotFound, NotAllowed(not_issued).
        """
        from inspector.notices.private import of_pictures, page_pixels

        pdf, inspection_id, number = self._pdf(notice_id)
        painted = (
            redact_pixels((drawn.width, drawn.height), drawn.rgb, [box for box in boxes if box.page == page])
            for page, drawn in enumerate(page_pixels(pdf))
        )
        copy = of_pictures(TITLE, painted)
        fields: dict[str, Any] = {
            "inspection_id": inspection_id, "derived_from": notice_id, "evidence_kind": EvidenceKind.DOCUMENT.value,
            "mime": "application/pdf", "name": f"{TITLE}-{number}.pdf", "width": 0, "height": 0,
            "derivation": REDACTED,
        }  # fmt: skip
        return _made(record_derived(self._session, fields, copy))

    def _pdf(self, notice_id: str) -> tuple[bytes, str, str]:
        with self._session.vault.gateway.read() as tx:
            found = notices.get(tx, notice_id)
        if found.pdf_sha256 is None:
            raise NotAllowed(reason="not_issued")
        return self._session.vault.originals.read(found.pdf_sha256), found.inspection_id, notice_files.stem(found)


def _made(evidence_id: str) -> Changes:
    return Changes.of(Topic.EVIDENCE, Topic.CUSTODY, Topic.SYNC, made=evidence_id)


def _demand_boxes(boxes: Sequence[RedactBox]) -> None:
    if not boxes:
        raise NotAllowed(reason="nothing_to_redact")
