"""Signatures on issued notices: pages signed by hand and photographed, strokes on the screen, the office's seal."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

from inspector import mainthread
from inspector.clock import CHINA
from inspector.domain.changes import Changes, Topic
from inspector.domain.evidence import EvidenceKind
from inspector.domain.notice import Notice, NoticeState
from inspector.domain.signed import PenSignature, SealedCopy, SignedPage, Stroke
from inspector.errors import InvalidInput, NotAllowed
from inspector.evidence import page_straightening
from inspector.evidence.page_straightening import WHOLE, Corner
from inspector.ids import new_id
from inspector.notices import seal_signature
from inspector.notices.seal_signature import Stencil
from inspector.services.derived import attach_derived
from inspector.services.evidence import EvidenceService
from inspector.services.session import Session
from inspector.services.wording import one_line, plain
from inspector.store import evidence, notices, signed, times
from inspector.store.errors import translated_files
from inspector.store.gateway import Tx
from inspector.store.journal import Act

SIGNED_PAGE: Final = "signed_page"
"""Derivation of a straightened page: never an independent piece, never on a photo appendix."""
PAGE_EDGE: Final = 3200
MOST_POINTS: Final = 20_000
"""Points of one signature: minutes of writing; more is no signature."""


class SigningService:
    """What was put on the paper after it was issued. The issued bytes never change."""

    def __init__(self, session: Session, photos: EvidenceService) -> None:
        self._session, self._photos = session, photos

    def find_page(self, evidence_id: str) -> tuple[Corner, ...]:
        """Propose the corners of the sheet in a photo; the whole photo if no sheet is seen. Raises EvidenceRefused."""
        return page_straightening.find_page(self._picture(evidence_id)) or WHOLE

    def add_page(
        self, notice_id: str, page: int, evidence_id: str, corners: Sequence[Corner], *, role: str = ""
    ) -> Changes:
        """Keep a photo of a signed page: straightened as a new piece, and linked to page `page` (from 1).

        Raises NotAllowed(not_issued | notice_void), InvalidInput(page | photo), EvidenceRefused(corners).
        """
        flat = page_straightening.straighten(self._picture(evidence_id), corners)
        told = plain(role, field="role")
        made = new_id()
        with self._session.vault.gateway.read() as tx:
            source = evidence.get(tx, evidence_id)
            notice = _standing(tx, notice_id)
        if source.inspection_id != notice.inspection_id:
            raise InvalidInput(field="photo", reason="other_inspection")
        if not 1 <= page <= notice.pages:
            raise InvalidInput(field="page", reason="range", least=1, most=notice.pages)
        stem = source.original.name.rpartition(".")[0] or "page"
        kept = attach_derived(self._session, source, flat, derivation=SIGNED_PAGE, name=f"签名页{page}-{stem}.jpg")
        fields = {
            "notice_id": notice_id, "page": page, "role": told, "evidence_id": kept, "original_id": evidence_id,
            "corners": [list(one) for one in corners],
            "added_at": times.written(self._session.now()), "added_by": self._session.me.id,
        }  # fmt: skip
        with self._session.vault.gateway.write() as tx:
            _standing(tx, notice_id)
            self._session.record(tx, Act(kind="create", type="signed_page", subject=made, changes=fields))
        return Changes.of(Topic.NOTICES, Topic.EVIDENCE, Topic.PRINTS, Topic.SYNC, made=made)

    def remove_page(self, page_id: str, reason: str) -> Changes:
        """Take a signed page off its notice, with a reason; photo and straightened page stay among the pieces."""
        fields = {"is_removed": True, "removed_reason": one_line(reason, field="reason")}
        with self._session.vault.gateway.write() as tx:
            self._session.record(tx, Act(kind="remove", type="signed_page", subject=page_id, changes=fields))
        return Changes.of(Topic.NOTICES, Topic.PRINTS, Topic.SYNC)

    def pages(self, notice_id: str) -> tuple[SignedPage, ...]:
        """Return the signed pages of a notice, by page."""
        with self._session.vault.gateway.read() as tx:
            return tuple(signed.pages(tx, notice_id))

    def unsigned(self, notice_id: str) -> tuple[int, ...]:
        """Return the pages of an issued notice for which nobody kept a signed page yet."""
        with self._session.vault.gateway.read() as tx:
            kept = {one.page for one in signed.pages(tx, notice_id)}
            return tuple(n for n in range(1, notices.get(tx, notice_id).pages + 1) if n not in kept)

    def draw(self, notice_id: str, strokes: Sequence[Stroke], *, signer: str, role: str) -> Changes:
        """Keep a signature that was drawn on the screen, with the digest of what the notice says (the officer watched).

        Wet signatures are the rule; whether this one counts is 待法制确认. Raises NotAllowed, InvalidInput(strokes …).
        """
        if not strokes or sum(map(len, strokes)) > MOST_POINTS or any(len(one) == 0 for one in strokes):
            raise InvalidInput(field="strokes", reason="range", least=1, most=MOST_POINTS)
        made, named = new_id(), one_line(signer, field="signer")
        with self._session.vault.gateway.write() as tx:
            _standing(tx, notice_id)
            fields: dict[str, Any] = {
                "notice_id": notice_id, "role": one_line(role, field="role"), "signer": named,
                "facts_digest": signed.facts_digest(tx, notice_id),
                "strokes": [[[round(x, 4), round(y, 4), ms] for x, y, ms in one] for one in strokes],
                "signed_at": times.written(self._session.now()), "witnessed_by": self._session.me.id,
            }  # fmt: skip
            self._session.record(tx, Act(kind="create", type="pen_signature", subject=made, changes=fields))
        return Changes.of(Topic.NOTICES, Topic.PRINTS, Topic.SYNC, made=made)

    def drawn(self, notice_id: str) -> tuple[PenSignature, ...]:
        """Return the signatures that were drawn on the screen, oldest first."""
        with self._session.vault.gateway.read() as tx:
            return tuple(signed.pen(tx, notice_id))

    def seal(self, notice_id: str, certificate: Path, passphrase: str, *, picture: Path | None = None) -> Changes:
        """Sign the issued bytes with the office's certificate (PKCS#12); `picture` shows the seal on the paper.

        The sealed copy stands beside the issued bytes, which stay. Key and passphrase are kept nowhere.
        Raises NotAllowed, SealRefused, EvidenceRefused (of the picture), StorageFailed.
        """
        mainthread.refuse("pdf")
        with self._session.vault.gateway.read() as tx:
            notice = _standing(tx, notice_id)
        with translated_files(str(certificate)):
            container = certificate.read_bytes()
            shown = picture.read_bytes() if picture is not None else None
        signer = seal_signature.signer_of(container, passphrase, on=self._session.now())
        pdf = self._session.vault.blobs.read(notice.pdf_sha256 or "")
        stencil = Stencil(*page_straightening.stencil(shown)) if shown is not None else None
        place = seal_signature.place_of(pdf, _day(notice)) if stencil is not None else None
        made = seal_signature.seal(pdf, signer, place=place, stencil=stencil)
        return self._keep(notice, made.pdf, f"{made.subject}（{made.issuer}）")

    def sealed(self, notice_id: str) -> SealedCopy | None:
        """Return the copy that was sealed last, None if there is none."""
        with self._session.vault.gateway.read() as tx:
            return signed.sealed(tx, notice_id)

    def sealed_pdf(self, notice_id: str) -> bytes:
        """Return the bytes of the copy that was sealed last. Raises NotAllowed(not_sealed)."""
        found = self.sealed(notice_id)
        if found is None:
            raise NotAllowed(reason="not_sealed")
        return self._session.vault.blobs.read(found.sha256)

    def _keep(self, notice: Notice, pdf: bytes, certificate: str) -> Changes:
        vault = self._session.vault
        blob = vault.blobs.put(pdf, vault.clock.read().wall_ms)
        made = new_id()
        fields = {
            "notice_id": notice.id, "sha256": blob.sha256, "size": blob.size, "certificate": certificate,
            "sealed_at": times.written(self._session.now()), "sealed_by": self._session.me.id,
        }  # fmt: skip
        with vault.gateway.write() as tx:
            _standing(tx, notice.id)
            act = Act(kind="attach", type="sealed_copy", subject=made, changes=fields, refs=(blob.sha256,))
            self._session.record(tx, act)
        return Changes.of(Topic.NOTICES, Topic.PRINTS, Topic.SYNC, made=made)

    def _picture(self, evidence_id: str) -> bytes:
        with self._session.vault.gateway.read() as tx:
            found = evidence.get(tx, evidence_id)
        if found.original.kind is EvidenceKind.DOCUMENT:
            raise NotAllowed(reason="not_a_picture")
        return self._photos.preview(found.original.sha256, PAGE_EDGE)


def _standing(tx: Tx, notice_id: str) -> Notice:
    found = notices.get(tx, notice_id)
    if found.state is not NoticeState.ISSUED:
        raise NotAllowed(reason="notice_void" if found.state is NoticeState.VOID else "not_issued")
    return found


def _day(notice: Notice) -> str:
    local = notice.issued_at.astimezone(CHINA) if notice.issued_at else None
    return f"{local.year}年{local.month}月{local.day}日" if local else ""
