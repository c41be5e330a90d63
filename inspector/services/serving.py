"""Record how notices were handed over 送达; what is recorded stays, a later service stands beside it."""

from __future__ import annotations

from datetime import datetime

from inspector.domain.changes import Changes, Topic
from inspector.domain.notice import Notice
from inspector.domain.serving import Serving, ServingDraft, ServingMethod
from inspector.errors import InvalidInput
from inspector.ids import new_id
from inspector.services.printing import standing
from inspector.services.session import Session
from inspector.services.wording import one_line, plain
from inspector.store import evidence, notices, prints, times
from inspector.store.gateway import Tx
from inspector.store.journal import Act

_TEXTS = ("receiver", "reason", "witness")
_NEEDED = {
    ServingMethod.SIGNED: ("receiver",),
    ServingMethod.REFUSED: ("receiver", "reason"),
    ServingMethod.LEFT: ("reason",),
    ServingMethod.POSTED: ("receiver", "reason"),
}
"""Service must be proved 送达回证: who took it and, where nobody did, why (民事诉讼法 arts. 87–91)."""
_WITNESSED = (ServingMethod.REFUSED, ServingMethod.LEFT)
"""Refusal and leaving it there need a witness or a picture (民事诉讼法 art. 89; exact conditions 待法制确认)."""


class ServingService:
    """How this laptop's notices reached their party.

    A notice that was served is not made void any more: it is corrected or withdrawn by a document of its own.
    """

    def __init__(self, session: Session) -> None:
        self._session = session

    def of(self, notice_id: str) -> Serving | None:
        """Return the serving that was recorded last, None if the notice was not served."""
        with self._session.vault.gateway.read() as tx:
            return prints.serving_of(tx, notice_id)

    def serve(self, notice_id: str, draft: ServingDraft) -> Changes:
        """Record how an issued notice was handed over; `made` is the serving's id.

        Raises NotAllowed(not_issued | notice_void), InvalidInput: receiver, reason or witness missing, served_at
        before the issue or in the future, photo_sha256 not of this visit.
        """
        texts = _texts(draft)
        serving_id = new_id()
        with self._session.vault.gateway.write() as tx:
            notice = standing(notices.get(tx, notice_id))
            self._demand_photo(tx, notice, draft.photo_sha256)
            fields = {
                "notice_id": notice_id,
                "method": draft.method.value,
                **texts,
                "served_at": times.written(self._moment(notice, draft.served_at)),
                "photo_sha256": draft.photo_sha256,
                "recorded_by": self._session.me.id,
            }
            self._session.record(tx, Act(kind="create", type="serving", subject=serving_id, changes=fields))
        return Changes.of(Topic.PRINTS, Topic.NOTICES, Topic.SYNC, made=serving_id)

    def _moment(self, notice: Notice, served_at: datetime | None) -> datetime:
        now = self._session.now()
        if served_at is None:
            return now
        if served_at > now:
            raise InvalidInput(field="served_at", reason="after_now")
        # The officer tells minutes; a notice issued at 10:02:30 is served at "10:02".
        if notice.issued_at and served_at < notice.issued_at.replace(second=0, microsecond=0):
            raise InvalidInput(field="served_at", reason="before_issue")
        return served_at

    @staticmethod
    def _demand_photo(tx: Tx, notice: Notice, sha256: str | None) -> None:
        known = {one.original.sha256 for one in evidence.of_inspection(tx, notice.inspection_id)}
        if sha256 is not None and sha256 not in known:
            raise InvalidInput(field="photo", reason="other_inspection")


def _texts(draft: ServingDraft) -> dict[str, str]:
    needed = _NEEDED[draft.method]
    texts = {
        name: one_line(text, field=name) if name in needed else plain(text, field=name)
        for name in _TEXTS
        for text in (getattr(draft, name),)
    }
    if draft.method in _WITNESSED and not texts["witness"] and draft.photo_sha256 is None:
        raise InvalidInput(field="witness", reason="witness_or_photo")
    return texts
