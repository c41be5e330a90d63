"""What must stand in the records after the visit, however it was typed."""

from __future__ import annotations

from inspector.domain.inspection import InspectionState
from inspector.domain.notice import FormCode, NoticeState
from inspector.domain.printing import PrintState
from inspector.domain.serving import ServingMethod
from tests.journeys.desk import Desk

HAZARDS, PHOTOS, SIGNED = 8, 10, 2
COPIES = {FormCode.INSPECTION_RECORD: 2, FormCode.RECTIFICATION_ORDER: 2}
"""一式两份, as both forms of the ministry say (domain/forms)."""


def demand_outcome(desk: Desk) -> None:
    """Eight hazards with their photos, two notices issued, printed, served; the chain of entries is whole."""
    app = desk.app
    (summary,) = desk.ask(app.inspections.list)
    visit = summary.inspection
    assert visit.state is InspectionState.CLOSED
    hazards = desk.ask(app.hazards.of, visit.id)
    assert len(hazards) == HAZARDS
    assert all(one.basis and one.deadline and one.place for one in hazards)
    demand_photos(desk, visit.id, {one.id for one in hazards})
    notices = desk.ask(app.notices.of, visit.id)
    assert {one.form for one in notices} == {*COPIES, FormCode.MEASURES_DECISION}
    for one in notices:
        if one.form in COPIES:
            demand_paper(desk, one)
    assert desk.ask(app.audit.verify).faults == ()


def demand_photos(desk: Desk, visit: str, hazards: set[str]) -> None:
    """Every photo of the card hangs on a hazard; the signed pages hang on the visit."""
    evidence = desk.ask(desk.app.evidence.of, visit)
    assert len(evidence) == PHOTOS + SIGNED
    found = [one for one in evidence if one.hazard_id is not None]
    assert len(found) == PHOTOS
    assert {one.hazard_id for one in found} == hazards


def demand_paper(desk: Desk, notice) -> None:
    """Issued, printed as it is stored, served with the photo of the signed page."""
    app = desk.app
    assert notice.state is NoticeState.ISSUED
    assert notice.number
    (run,) = desk.ask(app.printing.of, notice.id)
    assert (run.state, run.copies, run.is_reprint) == (PrintState.DONE, COPIES[notice.form], False)
    stored = desk.ask(app.notices.pdf, notice.id)
    assert [job.document for job in desk.spool.jobs].count(stored) == 1
    serving = desk.ask(app.serving.of, notice.id)
    assert serving is not None
    assert serving.method is ServingMethod.SIGNED
    signed = next(one for one in desk.card.iterdir() if one.name == f"signed-{notice.form.value}.jpg")
    assert desk.ask(app.evidence.original, serving.photo_sha256) == signed.read_bytes()
