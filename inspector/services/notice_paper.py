"""From the snapshot of a document to what is printed, and to what the gate says of it."""

from __future__ import annotations

from dataclasses import replace

from inspector.errors import EvidenceRefused
from inspector.law import forms, gate
from inspector.law.notice_facts import Finding, ReusedFact
from inspector.notices.comparison import Photo, Rechecked
from inspector.notices.compose import Sources, compose
from inspector.notices.document import NoticeDocument
from inspector.notices.render import missing_glyphs
from inspector.services import document_sources, documents
from inspector.services.evidence import PAPER_EDGE, EvidenceService
from inspector.services.likeness import LikenessService
from inspector.services.notice_basis import NoticeBasis
from inspector.services.session import Session
from inspector.store import times


class NoticePaper:
    """Composes documents of one laptop and puts them to the gate."""

    def __init__(self, session: Session, likeness: LikenessService) -> None:
        self._session = session
        self._evidence = EvidenceService(session)
        self._likeness = likeness
        self._whole: dict[str, bool] = {}

    def findings(self, basis: NoticeBasis) -> tuple[Finding, ...]:
        """Return what stands against issuing it (law/gate.py)."""
        numbered = self.document(basis, is_draft=False, with_photos=False)
        missing = tuple((one.field, one.character) for one in missing_glyphs(numbered))
        return gate.evaluate(
            basis.facts(missing, self._reused(basis), is_whole=self._is_whole, fields=documents.field_facts(basis))
        )

    def _is_whole(self, sha256: str) -> bool:
        """Whether stored bytes still have their digest; read back once while the profile is unlocked."""
        if sha256 not in self._whole:
            self._whole[sha256] = self._session.vault.blobs.is_whole(sha256)
        return self._whole[sha256]

    def document(self, basis: NoticeBasis, *, is_draft: bool, with_photos: bool = True) -> NoticeDocument:
        """Return what is printed, with its number unless it is a draft."""
        photos = self._photos(basis) if with_photos else ()
        kind = document_sources.kind_of(basis.notice)
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
            sheet=None if kind is None else document_sources.printed(basis, kind),
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


def _with_photos(found: tuple[Rechecked, ...], photos: tuple[Photo, ...]) -> tuple[Rechecked, ...]:
    known = {str(photo.evidence.id): photo for photo in photos}
    return tuple(
        replace(one, before=known.get(one.recheck.before_id or ""), after=known.get(one.recheck.after_id or ""))
        for one in found
    )
