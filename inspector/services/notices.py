"""Draft, check, issue and void notices 文书; what is issued never changes again."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from inspector.crypto import notice_code
from inspector.crypto.notice_code import KeyFacts
from inspector.crypto.signing import KeyPair
from inspector.domain.changes import Changes, Topic
from inspector.domain.custody import CustodyAct
from inspector.domain.notice import FormCode, Notice, NoticeState
from inspector.errors import GateClosed, InvalidInput, NotAllowed, NumbersExhausted
from inspector.law import gate, pack
from inspector.law.notice_facts import Finding
from inspector.notices.document import NoticeDocument
from inspector.notices.pages import PageImage, page_image
from inspector.notices.render import Rendered, missing_glyphs, render
from inspector.services import document_sources, notice_files
from inspector.services.accounts import open_with_pin
from inspector.services.custody import record as record_custody
from inspector.services.notice_basis import NoticeBasis
from inspector.services.notice_drafts import NoticeDrafts, demand_draft
from inspector.services.wording import one_line
from inspector.store import custody, journal, notices, prints, times
from inspector.store.errors import translated_files
from inspector.store.journal import Act

ATTEMPTS = 3
"""How often issuing starts over when the records changed while the paper was drawn."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NoticePreview:
    """A draft as it would be printed, beside what the gate says; for an issued notice the stored bytes, no findings.

    `not_evaluable` names the rules of the pack that this version can't judge.
    """

    notice: Notice
    pdf: bytes
    pages: int
    findings: tuple[Finding, ...]
    not_evaluable: tuple[str, ...]
    is_issuable: bool
    numbers_left: int


class NoticeService(NoticeDrafts):
    """The notices of this laptop: drafts as NoticeDrafts has them, and what becomes of them."""

    def preview(self, notice_id: str) -> NoticePreview:
        """Draw a draft with its findings, or return an issued notice's stored bytes."""
        with self._held(notice_id) as basis:
            return self._previewed(basis)

    def _previewed(self, basis: NoticeBasis) -> NoticePreview:
        if basis.notice.state is not NoticeState.DRAFT:
            pdf = self.pdf(basis.notice.id)
            return NoticePreview(
                notice=basis.notice,
                pdf=pdf,
                pages=basis.notice.pages,
                findings=(),
                not_evaluable=(),
                is_issuable=False,
                numbers_left=basis.numbers_left,
            )
        document = self._paper.document(basis, is_draft=True)
        findings = self._paper.findings(basis)
        drawn = render(document) if not missing_glyphs(document) else Rendered(pdf=b"", pages=0)
        return NoticePreview(
            notice=basis.notice,
            pdf=drawn.pdf,
            pages=drawn.pages,
            findings=findings,
            not_evaluable=tuple(rule.id for rule in gate.not_evaluable()),
            is_issuable=not any(one.is_open for one in findings),
            numbers_left=basis.numbers_left,
        )

    def issue(self, notice_id: str, *, second_officer_id: str, pin: str) -> Changes:
        """Issue a draft: number, PDF and the entry signed by both officers come together or not at all.

        Raises GateClosed (an error stands against it, or a warning without a reason), NumbersExhausted, PinRefused,
        NotAllowed, StorageFull.
        """
        with self._held(notice_id) as held:
            basis = held
            demand_draft(basis.notice)
            self._demand_pair(basis, second_officer_id)
            second = open_with_pin(self._session, second_officer_id, pin)
            for _ in range(ATTEMPTS):
                if self._try_issue(basis, second_officer_id, second):
                    return Changes.of(Topic.NOTICES, Topic.INSPECTIONS, Topic.NUMBERS, Topic.SYNC, made=notice_id)
                basis = self._basis(notice_id)
                demand_draft(basis.notice)
        raise NotAllowed(reason="records_moving")

    def pdf(self, notice_id: str) -> bytes:
        """Return the stored bytes of an issued or void notice. Raises NotAllowed(not_issued), EvidenceMissing."""
        found = self.get(notice_id)
        if found.pdf_sha256 is None:
            raise NotAllowed(reason="not_issued")
        return self._session.vault.blobs.read(found.pdf_sha256)

    def page_image(self, pdf: bytes, page: int, width_px: int) -> PageImage:
        """Return page `page` (from 0) as RGB pixels, `width_px` wide."""
        return page_image(pdf, page, width_px)

    def void(self, notice_id: str, reason: str) -> Changes:
        """Make an issued notice void with a reason; its number is never used again.

        What was handed over is not made void: it is corrected 更正 or withdrawn 撤回 by a document of its own.
        Raises NotAllowed(not_issued | served).
        """
        changes = {
            "state": "void",
            "void_reason": one_line(reason, field="reason"),
            "voided_at": times.written(self._session.now()),
        }
        with self._session.vault.gateway.write() as tx:
            if notices.get(tx, notice_id).state is not NoticeState.ISSUED:
                raise NotAllowed(reason="not_issued")
            if prints.serving_of(tx, notice_id) is not None:
                raise NotAllowed(reason="served")
            act = Act(kind="void", type="notice", subject=notice_id, changes=changes)
            self._session.record(tx, act, signers={self._session.me.id: self._session.user_key})
        return Changes.of(Topic.NOTICES, Topic.HAZARDS, Topic.NUMBERS, Topic.SYNC)

    def export(self, notice_id: str, folder: Path) -> Path:
        """Write the stored bytes as a file named by the number; an existing file of that name is never replaced.

        That the pieces it shows leave the encrypted store is noted in their custody first. Raises StorageFull,
        StorageFailed (no such folder …); then no part of the file stays.
        """
        content = self.pdf(notice_id)
        found = self.get(notice_id)
        with self._session.vault.gateway.write() as tx:
            record_custody(
                self._session, tx, custody.shown_in(tx, notice_id), CustodyAct.EXPORT, notice_files.spoken(found)
            )
        stem = f"{notice_files.stem(found)}{'（作废）' if found.state is NoticeState.VOID else ''}"
        for n in range(1000):
            path = folder / f"{stem}{f'-{n}' if n else ''}.pdf"
            with translated_files(str(folder)):
                if notice_files.write_new(path, content):
                    return path
        raise InvalidInput(field="folder", reason="too_many_files")

    def _demand_pair(self, basis: NoticeBasis, second_officer_id: str) -> None:
        pair = set(basis.inspection.officer_ids)
        if second_officer_id == self._session.me.id or not {second_officer_id, self._session.me.id} <= pair:
            raise NotAllowed(reason="not_the_pair")

    def _try_issue(self, basis: NoticeBasis, second_id: str, second: KeyPair) -> bool:
        findings = self._paper.findings(basis)
        blocking = [one for one in findings if one.is_open]
        if basis.lease is None and basis.numbering == "own":
            raise NumbersExhausted(form=basis.notice.form.value, year=basis.day.year)
        if blocking:
            raise GateClosed(count=len(blocking), first=blocking[0].message)
        vault = self._session.vault
        document = self._paper.document(basis, is_draft=False)
        document = replace(document, proof=notice_code.written(_key_facts(basis, document), vault.device_key))
        drawn = render(document)
        sha256 = hashlib.sha256(drawn.pdf).hexdigest()
        changes = _issued(basis, document, drawn, sha256) | {"confirmed_by": second_id}
        act = Act(kind="issue", type="notice", subject=basis.notice.id, changes=changes, refs=(sha256,))
        with vault.gateway.write() as tx:
            if journal.position(tx, vault.genesis)[0] != basis.seq:
                return False
            self._session.record(tx, act, signers={self._session.me.id: self._session.user_key, second_id: second})
            # Last: whatever fails before it leaves no drawing behind; it is safe on the disk before the entry is.
            vault.blobs.put(drawn.pdf, vault.clock.read().wall_ms)
        return True


def _key_facts(basis: NoticeBasis, document: NoticeDocument) -> KeyFacts:
    """What the code on the paper says in clear, so that the party can compare it with the paper."""
    is_order = basis.notice.form is FormCode.RECTIFICATION_ORDER
    days = [one.deadline for one in document.hazards if one.deadline is not None] if is_order else []
    fine = basis.notice.filled.get("fine")
    return KeyFacts(
        number=document.number,
        office=document.issuer_name,
        issued_on=basis.day,
        party=document.party,
        items=len(document.hazards),
        until=max(days, default=None),
        fine_fen=fine if isinstance(fine, int) else None,
        digest=document.facts_digest(),
    )


def _issued(basis: NoticeBasis, document: NoticeDocument, drawn: Rendered, sha256: str) -> dict[str, Any]:
    lease = basis.lease if basis.numbering == "own" else None
    kind = document_sources.kind_of(basis.notice)
    return {
        "state": "issued",
        "number": basis.number if lease else "",  # that of another document is printed, and stays that document's
        "lease_id": lease.id if lease else None,
        "sequence": lease.next_number if lease else None,
        "year": lease.year if lease else None,
        "pdf_sha256": sha256,
        "size": len(drawn.pdf),
        "pages": drawn.pages,
        "issued_at": times.written(basis.issue_at),
        "facts_digest": document.facts_digest(),
        "pack_version": pack.version(),
        "hazard_ids": [one.id for one in basis.hazards],
        "evidence_ids": [one.id for one in basis.photos],
        # What the records gave is told too: later documents rest on what this one said.
        **({} if kind is None else {"filled": document_sources.told(basis, kind)}),
    }
