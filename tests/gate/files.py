"""Whole files of one matter, made through the services: what two officers do from the first step to the last paper."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from inspector.app import App
from inspector.domain.hazard import Citation, Measure, Severity
from inspector.domain.notice import FormCode
from inspector.domain.recheck import Outcome
from inspector.domain.serving import ServingDraft, ServingMethod
from tests.builders import LI, ZHANG, FakeClock
from tests.services.test_documents import filled, put_out
from tests.services.visit import a_draft, a_photo, a_visit, approve, issue

OURS = "AQ-044"
"""Exits that are blocked: ours to order and to fine up to 50,000 yuan a unit."""
FIRE = "XF-001"
"""Fire equipment: for the fire and rescue authority."""
SIGNED = ServingDraft(method=ServingMethod.SIGNED, receiver="周喆")
EXITS = Citation(law="AQSCF", title="中华人民共和国安全生产法", article="第四十二条", paragraph="第二款")


@dataclass(slots=True)
class Desk:
    """One laptop at work on one matter."""

    app: App
    clock: FakeClock
    folder: Path

    def visit(self, *, hazards: int = 1, code: str = OURS, **changes: Any) -> str:
        """A visit that was approved, with hazards of the catalogue and a photo of each."""
        visit = a_visit(self.app, self.clock)
        for n in range(hazards):
            self.hazard(visit, f"第{n + 1}处安全出口被货物堵塞", catalogue_code=code, **changes)
        return visit

    def hazard(self, visit: str, text: str, **changes: Any) -> str:
        """Report a hazard with its photo."""
        told: dict[str, Any] = {"basis": (EXITS,), "catalogue_code": OURS} | changes
        made = self.app.hazards.report(visit, a_draft(text, **told)).made
        count = len(list(self.folder.glob("*.jpg")))
        photo = a_photo(self.folder / f"{count}.jpg", seed=1000 + count)
        self.app.evidence.attach(visit, photo, hazard_id=made)
        return made

    def paper(self, visit: str, form: FormCode, **changes: Any) -> str:
        """Draft a document with what it needs, fill it in, issue it, hand it over; return its id."""
        return put_out(self.app, visit, form, **changes)

    def draft(self, visit: str, form: FormCode, **changes: Any) -> str:
        """The same, but the paper itself stays a draft."""
        if form in OWN:
            return self.app.notices.draft(visit, form).made
        return filled(self.app, visit, form, **changes)

    def recorded(self, **changes: Any) -> str:
        """A visit whose record is issued and signed for."""
        visit = self.visit(**changes)
        self.paper(visit, FormCode.INSPECTION_RECORD)
        return visit

    def ordered(self, *, hazards: int = 2, is_served: bool = True) -> tuple[str, str]:
        """A visit with its order, closed; return both."""
        visit = self.recorded(hazards=hazards)
        order = issue(self.app, self.app.notices.draft(visit, FormCode.RECTIFICATION_ORDER).made)
        if is_served:
            self.app.serving.serve(order, SIGNED)
        self.app.inspections.close(visit)
        return visit, order

    def rechecking(self, order: str, outcomes: tuple[Outcome, ...], *, days: int = 15) -> str:
        """The re-check of an order `days` later, decided and photographed."""
        self.clock.advance(minutes=days * 24 * 60)
        visit = self.app.rechecks.start([order], (ZHANG, LI)).made
        self.app.inspections.patch(visit, place="一号库房", is_id_shown=True, is_recusal_told=True)
        approve(self.app, visit)
        for n, (item, outcome) in enumerate(zip(self.app.rechecks.of(visit), outcomes, strict=True)):
            after = a_photo(self.folder / f"after{n}.jpg", seed=2000 + n)
            made = self.app.evidence.attach(visit, after).made
            self.app.rechecks.choose(item.recheck.id, after_id=made)
            self.app.rechecks.decide(item.recheck.id, outcome)
        return visit


OWN = (FormCode.INSPECTION_RECORD, FormCode.RECTIFICATION_ORDER, FormCode.RECHECK_OPINION)
File = Callable[[Desk], str]
"""Makes a matter up to its last paper, a draft, and returns that draft."""

F = FormCode
UNIT: dict[str, Any] = {
    "kinds": ["fine"],
    "fine": 100_000,
    "penalty_basis": ["《中华人民共和国安全生产法》第一百零五条第（二）项"],
    "is_heard": True,
    "orders_correction": True,
}
"""A fine on the spot of 1,000 yuan."""
PERSON: dict[str, Any] = {**UNIT, "kinds": ["warning"]}


def a_clean_record(desk: Desk) -> str:
    visit = a_visit(desk.app, desk.clock)
    desk.app.inspections.patch(visit, is_clean=True)
    return desk.draft(visit, F.INSPECTION_RECORD)


def an_order(desk: Desk) -> str:
    return desk.draft(desk.recorded(hazards=3), F.RECTIFICATION_ORDER)


def stop_measures(desk: Desk) -> str:
    visit = desk.recorded(measure=Measure.STOP, deadline=None)
    return desk.draft(visit, F.MEASURES_DECISION)


def a_major_hazard(desk: Desk) -> str:
    visit = desk.visit()
    desk.hazard(visit, "三层仓库锁闭唯一出口", severity=Severity.MAJOR, major_criterion="第四条第（二）项")
    desk.paper(visit, F.INSPECTION_RECORD)
    major = tuple(one.id for one in desk.app.hazards.of(visit) if one.severity is Severity.MAJOR)
    measures = desk.app.notices.draft(visit, F.MEASURES_DECISION, major).made
    desk.app.notices.fill(measures, {"measures": ["立即开启出口，开启前撤出全部人员"]})
    issue(desk.app, measures)
    return desk.draft(visit, F.RECTIFICATION_ORDER)


def a_recheck(desk: Desk, *outcomes: Outcome) -> str:
    _, order = desk.ordered()
    return desk.draft(desk.rechecking(order, outcomes or (Outcome.DONE, Outcome.DONE)), F.RECHECK_OPINION)


def a_seizure(desk: Desk, **changes: Any) -> str:
    return desk.draft(desk.recorded(), F.SEIZURE_DECISION, **changes)


def urgent_visit(desk: Desk) -> str:
    """Nobody could approve it before: noted as urgent, and the plan is approved afterwards."""
    visit = desk.visit()
    desk.app.inspections.patch(visit, is_urgent=True, approved_at=desk.clock.read().at)
    return desk.draft(visit, F.INSPECTION_RECORD)


def without_code(desk: Desk) -> str:
    """No 执法码: the notice of inspection is written by hand, the lack is filed."""
    visit = desk.visit()
    desk.app.inspections.patch(visit, entry_code="", no_code_reason="现场无网络")
    desk.paper(visit, F.INSPECTION_NOTICE)
    desk.app.inspections.patch(visit, no_code_filed_at=desk.clock.read().at)
    return desk.draft(visit, F.INSPECTION_RECORD)


def other_site(desk: Desk) -> str:
    """A second visit elsewhere on the same day."""
    desk.recorded()
    desk.clock.advance(minutes=120)
    visit = a_visit(desk.app, desk.clock, site="site-sample-08")
    desk.hazard(visit, "冷库应急出口被托盘遮挡")
    return desk.draft(visit, F.INSPECTION_RECORD)
