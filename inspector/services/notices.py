"""Draft, check, issue and void notices 文书; what is issued never changes again."""

from __future__ import annotations

import hashlib
import os
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from inspector.crypto.signing import KeyPair
from inspector.domain.changes import Changes, Topic
from inspector.domain.custody import CustodyAct
from inspector.domain.notice import FormCode, Notice, NoticeState
from inspector.errors import EvidenceRefused, GateClosed, InvalidInput, NotAllowed, NumbersExhausted
from inspector.ids import new_id
from inspector.law import forms, gate, pack
from inspector.law.notice_facts import Finding, ReusedFact
from inspector.notices.comparison import Photo, Rechecked
from inspector.notices.compose import Sources, compose
from inspector.notices.document import NoticeDocument
from inspector.notices.pages import PageImage, page_image
from inspector.notices.render import Rendered, missing_glyphs, render
from inspector.services import notice_basis
from inspector.services.accounts import open_with_pin
from inspector.services.custody import record as record_custody
from inspector.services.evidence import PAPER_EDGE, EvidenceService
from inspector.services.likeness import LikenessService
from inspector.services.notice_basis import NoticeBasis
from inspector.services.session import Session
from inspector.services.wording import one_line
from inspector.store import custody, inspections, journal, notices, times
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


class NoticeService:
    """The notices of this laptop."""

    def __init__(self, session: Session, likeness: LikenessService | None = None) -> None:
        self._session = session
        self._evidence = EvidenceService(session)
        self._likeness = likeness or LikenessService(session)

    def of(self, inspection_id: str) -> list[Notice]:
        """Return the notices of one inspection, oldest first."""
        with self._session.vault.gateway.read() as tx:
            return notices.of_inspection(tx, inspection_id)

    def recent(self, limit: int = 200) -> list[Notice]:
        """Return the latest notices of this laptop."""
        with self._session.vault.gateway.read() as tx:
            return notices.all_of(tx, limit)

    def get(self, notice_id: str) -> Notice:
        """Return one notice. Raises NotFound."""
        with self._session.vault.gateway.read() as tx:
            return notices.get(tx, notice_id)

    def draft(
        self,
        inspection_id: str,
        form: FormCode,
        hazard_ids: tuple[str, ...] | None = None,
        *,
        supersedes: str | None = None,
    ) -> Changes:
        """Begin a notice. Without `hazard_ids` it lists whatever the inspection holds when it is issued.

        `supersedes` names a void notice of the same inspection and form. Raises NotAllowed.
        """
        notice_id = new_id()
        with self._session.vault.gateway.write() as tx:
            inspections.get(tx, inspection_id)
            if supersedes is not None:
                _demand_void(notices.get(tx, supersedes), inspection_id, form)
            fields: dict[str, Any] = {
                "inspection_id": inspection_id,
                "form": form.value,
                "hazard_ids": list(hazard_ids or ()),
                "state": "draft",
                "created_at": times.written(self._session.now()),
                "supersedes": supersedes,
            }
            self._session.record(tx, Act(kind="create", type="notice", subject=notice_id, changes=fields))
        return Changes.of(Topic.NOTICES, Topic.SYNC, made=notice_id)

    def set_hazards(self, notice_id: str, hazard_ids: tuple[str, ...]) -> Changes:
        """Choose which hazards a draft lists; none means all. Raises NotAllowed(issued)."""
        with self._session.vault.gateway.write() as tx:
            _demand_draft(notices.get(tx, notice_id))
            changes = {"hazard_ids": list(hazard_ids)}
            self._session.record(tx, Act(kind="patch", type="notice", subject=notice_id, changes=changes))
        return Changes.of(Topic.NOTICES, Topic.SYNC)

    def preview(self, notice_id: str) -> NoticePreview:
        """Draw a draft with its findings, or return an issued notice's stored bytes."""
        basis = self._basis(notice_id)
        if basis.notice.state is not NoticeState.DRAFT:
            pdf = self.pdf(notice_id)
            return NoticePreview(
                notice=basis.notice,
                pdf=pdf,
                pages=basis.notice.pages,
                findings=(),
                not_evaluable=(),
                is_issuable=False,
                numbers_left=basis.numbers_left,
            )
        document = self._document(basis, is_draft=True)
        findings = self._findings(basis)
        drawn = render(document) if not missing_glyphs(document) else Rendered(pdf=b"", pages=0)
        return NoticePreview(
            notice=basis.notice,
            pdf=drawn.pdf,
            pages=drawn.pages,
            findings=findings,
            not_evaluable=tuple(rule.id for rule in gate.not_evaluable()),
            is_issuable=not any(one.is_blocking for one in findings),
            numbers_left=basis.numbers_left,
        )

    def issue(self, notice_id: str, *, second_officer_id: str, pin: str) -> Changes:
        """Issue a draft: number, PDF and the entry signed by both officers come together or not at all.

        Raises GateClosed (an error stands against it), NumbersExhausted, PinRefused, NotAllowed, StorageFull.
        """
        basis = self._basis(notice_id)
        _demand_draft(basis.notice)
        self._demand_pair(basis, second_officer_id)
        second = open_with_pin(self._session, second_officer_id, pin)
        for _ in range(ATTEMPTS):
            if self._try_issue(basis, second_officer_id, second):
                return Changes.of(Topic.NOTICES, Topic.INSPECTIONS, Topic.NUMBERS, Topic.SYNC, made=notice_id)
            basis = self._basis(notice_id)
            _demand_draft(basis.notice)
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
        """Make an issued notice void with a reason; its number is never used again. Raises NotAllowed."""
        changes = {
            "state": "void",
            "void_reason": one_line(reason, field="reason"),
            "voided_at": times.written(self._session.now()),
        }
        with self._session.vault.gateway.write() as tx:
            if notices.get(tx, notice_id).state is not NoticeState.ISSUED:
                raise NotAllowed(reason="not_issued")
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
            record_custody(self._session, tx, custody.shown_in(tx, notice_id), CustodyAct.EXPORT, found.number)
        stem = f"{found.number}{'（作废）' if found.state is NoticeState.VOID else ''}"
        for n in range(1000):
            path = folder / f"{stem}{f'-{n}' if n else ''}.pdf"
            with translated_files(str(folder)):
                if _write_new(path, content):
                    return path
        raise InvalidInput(field="folder", reason="too_many_files")

    def _basis(self, notice_id: str) -> NoticeBasis:
        with self._session.vault.gateway.read() as tx:
            genesis = self._session.vault.genesis
            return notice_basis.read(tx, notice_id, genesis=genesis, issue_at=self._session.now())

    def _findings(self, basis: NoticeBasis) -> tuple[Finding, ...]:
        numbered = self._document(basis, is_draft=False, with_photos=False)
        missing = tuple((one.field, one.character) for one in missing_glyphs(numbered))
        return gate.evaluate(basis.facts(missing, self._reused(basis)))

    def _document(self, basis: NoticeBasis, *, is_draft: bool, with_photos: bool = True) -> NoticeDocument:
        photos = self._photos(basis) if with_photos else ()
        sources = Sources(
            form=forms.load().get(basis.notice.form),
            inspection=basis.inspection,
            site=basis.site,
            office=basis.office,
            officers=basis.officers,
            hazards=basis.hazards,
            photos=photos,
            rechecked=_with_photos(basis.rechecks, photos),
            number="" if is_draft else basis.number,
            issued_at=basis.issue_at,
            is_training=basis.office.is_training,
            is_draft=is_draft,
            supersedes_number=basis.supersedes_number,
        )
        return compose(sources)

    def _photos(self, basis: NoticeBasis) -> tuple[Photo, ...]:
        found: list[Photo] = []
        for evidence in basis.photos:
            try:
                jpeg = self._evidence.marked(evidence, PAPER_EDGE)
            except EvidenceRefused:
                continue  # kept as evidence, but nothing can draw it
            found.append(Photo(evidence=evidence, jpeg=jpeg))
        return tuple(found)

    def _reused(self, basis: NoticeBasis) -> tuple[ReusedFact, ...]:
        """Name the pictures on the paper that an earlier visit shows too and that nobody explained."""
        mine = [one for one in basis.photos if one.inspection_id == basis.inspection.id]
        self._likeness.look_at(mine)
        found = self._likeness.of(basis.inspection.id)
        return tuple(
            ReusedFact(
                evidence_id=one.id,
                name=one.original.name,
                site_name=found[one.id][0].other_site_name,
                visited_on=times.china_day(found[one.id][0].other_visited_at),
            )
            for one in mine
            if one.id in found and not one.reuse_reason
        )

    def _demand_pair(self, basis: NoticeBasis, second_officer_id: str) -> None:
        pair = set(basis.inspection.officer_ids)
        if second_officer_id == self._session.me.id or not {second_officer_id, self._session.me.id} <= pair:
            raise NotAllowed(reason="not_the_pair")

    def _try_issue(self, basis: NoticeBasis, second_id: str, second: KeyPair) -> bool:
        findings = self._findings(basis)
        blocking = [one for one in findings if one.is_blocking]
        if basis.lease is None:
            raise NumbersExhausted(form=basis.notice.form.value, year=basis.day.year)
        if blocking:
            raise GateClosed(count=len(blocking), first=blocking[0].message)
        document = self._document(basis, is_draft=False)
        drawn = render(document)
        vault = self._session.vault
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


def _with_photos(found: tuple[Rechecked, ...], photos: tuple[Photo, ...]) -> tuple[Rechecked, ...]:
    known = {str(photo.evidence.id): photo for photo in photos}
    return tuple(
        replace(one, before=known.get(one.recheck.before_id or ""), after=known.get(one.recheck.after_id or ""))
        for one in found
    )


def _issued(basis: NoticeBasis, document: NoticeDocument, drawn: Rendered, sha256: str) -> dict[str, Any]:
    lease = basis.lease
    return {
        "state": "issued",
        "number": basis.number,
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
    }


def _write_new(path: Path, content: bytes) -> bool:
    """Write a file durably; False if one of that name is there already."""
    try:
        out = path.open("xb")
    except FileExistsError:
        return False
    try:
        with out:
            out.write(content)
            out.flush()
            os.fsync(out.fileno())
    except OSError:
        path.unlink(missing_ok=True)
        raise
    return True


def _demand_draft(notice: Notice) -> None:
    if notice.state is not NoticeState.DRAFT:
        raise NotAllowed(reason="issued", number=notice.number)


def _demand_void(old: Notice, inspection_id: str, form: FormCode) -> None:
    if old.state is not NoticeState.VOID or old.inspection_id != inspection_id or old.form is not form:
        raise NotAllowed(reason="not_void")
    if old.superseded_by is not None:
        raise NotAllowed(reason="superseded_already")
