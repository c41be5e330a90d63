"""Drafts of notices: begin one, choose its hazards, fill it in, say why a warning is overridden."""

from __future__ import annotations

from collections.abc import Generator, Mapping
from contextlib import contextmanager
from typing import Any

from inspector.domain.changes import Changes, Topic
from inspector.domain.notice import FormCode, Notice, NoticeState
from inspector.errors import InvalidInput, NotAllowed
from inspector.ids import new_id
from inspector.law import pack
from inspector.services import document_sources, documents, notice_basis, notice_content
from inspector.services.document_values import checked
from inspector.services.documents import Filling, Offer
from inspector.services.likeness import LikenessService
from inspector.services.notice_basis import NoticeBasis
from inspector.services.notice_paper import NoticePaper
from inspector.services.session import Session
from inspector.services.wording import plain
from inspector.store import drafts, inspections, notices, times
from inspector.store.gateway import Tx
from inspector.store.journal import Act


class NoticeDrafts:
    """The notices of this laptop, as far as nothing is issued."""

    def __init__(self, session: Session, likeness: LikenessService | None = None) -> None:
        self._session = session
        self._paper = NoticePaper(session, likeness or LikenessService(session))

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
        about: str | None = None,
    ) -> Changes:
        """Begin a notice. Without `hazard_ids` it lists whatever the inspection holds when it is issued.

        `supersedes` names a void notice of the same inspection and form; `about` the document that it concerns,
        chosen by itself where only one can be meant. Raises NotAllowed (not_void, superseded_already, not_about).
        """
        notice_id = new_id()
        with self._session.vault.gateway.write() as tx:
            visit = inspections.get(tx, inspection_id)
            concerned = _about(tx, form, visit.site_id, about)
            if supersedes is not None:
                _demand_void(notices.get(tx, supersedes), inspection_id, form)
            fields: dict[str, Any] = {
                "inspection_id": inspection_id,
                "form": form.value,
                "hazard_ids": list(hazard_ids or ()),
                "state": "draft",
                "created_at": times.written(self._session.now()),
                "supersedes": supersedes,
                "about": concerned,
                "draft_pack": pack.version(),
            }
            self._session.record(tx, Act(kind="create", type="notice", subject=notice_id, changes=fields))
        return Changes.of(Topic.NOTICES, Topic.SYNC, made=notice_id)

    def set_hazards(self, notice_id: str, hazard_ids: tuple[str, ...]) -> Changes:
        """Choose which hazards a draft lists; none means all. Raises NotAllowed(issued)."""
        with self._session.vault.gateway.write() as tx:
            demand_draft(notices.get(tx, notice_id))
            changes = {"hazard_ids": list(hazard_ids)}
            self._session.record(tx, Act(kind="patch", type="notice", subject=notice_id, changes=changes))
        return Changes.of(Topic.NOTICES, Topic.SYNC)

    def explain(self, notice_id: str, finding: str, reason: str) -> Changes:
        """Say why a draft is to be issued in spite of the warning with the key `finding`; "" takes the reason back.

        Raises NotAllowed(issued), InvalidInput (field finding: no such warning stands; an error can't be explained).
        """
        told = plain(reason, field="reason").strip()
        with self._held(notice_id) as basis:
            warnings = {one.key for one in self._paper.findings(basis) if not one.is_blocking}
        with self._session.vault.gateway.write() as tx:
            found = notices.get(tx, notice_id)
            demand_draft(found)
            if told and finding not in warnings:
                raise InvalidInput(field="finding", reason="no_such_warning")
            kept = {key: text for key, text in found.reasons.items() if key != finding}
            changes = {"reasons": {**kept, finding: told} if told else kept}
            self._session.record(tx, Act(kind="patch", type="notice", subject=notice_id, changes=changes))
        return Changes.of(Topic.NOTICES, Topic.SYNC)

    def fill(self, notice_id: str, values: Mapping[str, Any]) -> Changes:
        """Type values into a draft, by field key; None takes one away, so that records or default show again.

        Raises NotAllowed(issued), InvalidInput(field=key, reason: unknown_field, not_editable, or of checked()).
        """
        found = self.get(notice_id)
        demand_draft(found)
        with pack.using(found.draft_pack):
            kept = _typed(found, values)
        with self._session.vault.gateway.write() as tx:
            found = notices.get(tx, notice_id)
            demand_draft(found)
            filled = {key: value for key, value in {**found.filled, **kept}.items() if value is not None}
            if filled != found.filled:
                changes = {"filled": filled}
                self._session.record(tx, Act(kind="patch", type="notice", subject=notice_id, changes=changes))
            for key in kept:
                drafts.drop(tx, f"notice:{notice_id}", key)
        return Changes.of(Topic.NOTICES, Topic.SYNC)

    def filling(self, notice_id: str) -> Filling:
        """Return what a draft asks for, with values as they stand. Raises NotFound."""
        with self._held(notice_id) as basis:
            return documents.filling(basis)

    def offered(self, inspection_id: str) -> tuple[Offer, ...]:
        """Return the documents that a visit may have, in guided order. Raises NotFound."""
        with self._session.vault.gateway.read() as tx:
            return documents.offers(tx, inspection_id)

    @contextmanager
    def _held(self, notice_id: str) -> Generator[NoticeBasis]:
        """Read the snapshot of a notice and work with the pack that it began with (decisions.md 8)."""
        with pack.using(self.get(notice_id).draft_pack):
            yield self._basis(notice_id)

    def _basis(self, notice_id: str) -> NoticeBasis:
        with self._session.vault.gateway.read() as tx:
            genesis = self._session.vault.genesis
            return notice_basis.read(tx, notice_id, genesis=genesis, issue_at=self._session.now())


def _typed(notice: Notice, values: Mapping[str, Any]) -> dict[str, Any]:
    """Return the values as they are kept. Raises InvalidInput."""
    kind = document_sources.kind_of(notice)
    fields = {field.key: field for field in kind.fields} if kind is not None else {}
    kept: dict[str, Any] = {}
    for key, value in values.items():
        field = fields.get(key)
        if field is None:
            raise InvalidInput(field=key, reason="unknown_field")
        if field.source and not field.is_editable:
            raise InvalidInput(field=key, reason="not_editable", label=field.label, label_en=field.label_en)
        kept[key] = None if value is None else checked(field, value)
    return kept


def _about(tx: Tx, form: FormCode, site_id: str, about: str | None) -> str | None:
    """Return what a document of `form` concerns: what was named, or what alone can be meant. Raises NotAllowed."""
    kind = notice_content.kind_of(form)
    if kind is None or not kind.about:
        if about is not None:
            raise NotAllowed(reason="not_about")
        return None
    possible = [one.id for one in documents.choices(tx, kind, site_id)]
    if about is None:
        return possible[0] if len(possible) == 1 else None
    if about not in possible:
        raise NotAllowed(reason="not_about")
    return about


def demand_draft(notice: Notice) -> None:
    """Raise NotAllowed(issued) unless it is a draft."""
    if notice.state is not NoticeState.DRAFT:
        raise NotAllowed(reason="issued", number=notice.number)


def _demand_void(old: Notice, inspection_id: str, form: FormCode) -> None:
    if old.state is not NoticeState.VOID or old.inspection_id != inspection_id or old.form is not form:
        raise NotAllowed(reason="not_void")
    if old.superseded_by is not None:
        raise NotAllowed(reason="superseded_already")
