"""Which hazards and photos of a visit stand in a document, and how it is numbered."""

from __future__ import annotations

from collections.abc import Sequence

from inspector.domain.evidence import Evidence
from inspector.domain.hazard import Hazard, Measure
from inspector.domain.notice import FormCode, Notice
from inspector.errors import NotFound
from inspector.law import documents
from inspector.law.documents import DocumentKind
from inspector.notices.comparison import Rechecked
from inspector.store import evidence, hazards
from inspector.store.gateway import Tx


def kind_of(form: FormCode) -> DocumentKind | None:
    """Return the pack's entry of a form, None if it has none."""
    try:
        return documents.get(form)
    except NotFound:
        return None


def numbering(form: FormCode) -> str:
    """Return own, about or none (law/documents.py)."""
    kind = kind_of(form)
    return kind.numbering if kind is not None else "own"


def listed(tx: Tx, notice: Notice) -> tuple[Hazard, ...]:
    """Return the hazards of the visit that a document lists or takes words from, in their order.

    The draft's own choice goes before what the form takes: a record all, an order those with a deadline, a decision
    on measures those that are stopped (安全生产法 art. 65(1)(三)); other forms all, if they speak of hazards.
    """
    kind = kind_of(notice.form)
    if notice.form is FormCode.RECHECK_OPINION or (kind is not None and not _speaks_of_hazards(kind)):
        return ()
    found = hazards.of_inspection(tx, notice.inspection_id)
    if notice.hazard_ids:
        return tuple(one for one in found if one.id in notice.hazard_ids)
    if notice.form is FormCode.RECTIFICATION_ORDER:
        return tuple(one for one in found if one.measure is not Measure.STOP)
    if notice.form is FormCode.MEASURES_DECISION:
        return tuple(one for one in found if one.measure is Measure.STOP)
    return tuple(found)


def photos(tx: Tx, notice: Notice, hazards_listed: Sequence[Hazard]) -> tuple[Evidence, ...]:
    """Return the pictures printed behind a document that lists hazards; a record shows those of the place too."""
    kind = kind_of(notice.form)
    if notice.form is FormCode.RECHECK_OPINION or (kind is not None and not kind.takes_hazards):
        return ()
    wanted = {one.id for one in hazards_listed}
    takes_all = notice.form is FormCode.INSPECTION_RECORD and not notice.hazard_ids
    return tuple(
        one
        for one in evidence.of_inspection(tx, notice.inspection_id)
        if not one.derivation and one.original.kind.is_picture and (takes_all or one.hazard_id in wanted)
    )


def pairs(tx: Tx, found: Sequence[Rechecked]) -> tuple[Evidence, ...]:
    """Return the pictures of re-checks, earlier and later, each once."""
    ids = [each for one in found for each in (one.recheck.before_id, one.recheck.after_id) if each is not None]
    return tuple(evidence.get(tx, one) for one in dict.fromkeys(ids))


def _speaks_of_hazards(kind: DocumentKind) -> bool:
    return kind.takes_hazards or any(each.source.startswith("hazards.") for each in kind.fields)
