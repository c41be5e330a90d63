"""The legal periods that run for one visit: what must be done by when (facts.md §3)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from inspector.domain.hazard import Hazard
from inspector.domain.inspection import Inspection
from inspector.domain.notice import FormCode, Notice
from inspector.domain.recheck import Outcome
from inspector.errors import NotFound
from inspector.law import conditions, deadlines, documents, filled_values
from inspector.law.deadlines import Clock
from inspector.services.session import Session
from inspector.store import hazards, inspections, notices, prints, rechecks
from inspector.store.gateway import Tx
from inspector.store.times import china_day

ORDERED = "order"
"""What `Running.kind` says of an order's own deadline, which the officers set."""
_ENDS = {
    "T-04": (FormCode.PRESERVATION_DISPOSAL,),
    "T-05": (FormCode.SEIZURE_DISPOSAL,),
    "T-06": (FormCode.COERCION_APPROVAL,),
}
"""Documents by which a period is met."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Running:
    """One period that is not over or not yet met. `kind` is the clock's rule, or `order`.

    `number` is of the document it comes from, empty for what comes from the visit itself; `is_over`: its end passed.
    """

    kind: str
    clock: Clock
    notice_id: str = ""
    number: str = ""
    form: FormCode | None = None
    days_left: int | None = None
    is_over: bool = False


class DeadlineService:
    """Clocks of the visits on this laptop."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def of(self, inspection_id: str) -> tuple[Running, ...]:
        """Return what runs because of a visit and its standing documents, the nearest end first. Raises NotFound."""
        now, today = self._session.now(), self._session.today()
        with self._session.vault.gateway.read() as tx:
            visit = inspections.get(tx, inspection_id)
            standing = notices.standing(tx, inspection_id)
            found = [*_of_visit(visit), *_of_documents(tx, standing), *_of_orders(tx, standing)]
        told = [_told(one, now, today) for one in found]
        return tuple(sorted(told, key=lambda one: (one.days_left is None, one.days_left or 0, one.kind, one.number)))


def _told(one: Running, now: datetime, today: date) -> Running:
    return Running(
        kind=one.kind,
        clock=one.clock,
        notice_id=one.notice_id,
        number=one.number,
        form=one.form,
        days_left=one.clock.days_left(today),
        is_over=one.clock.is_over(now),
    )


def _of_visit(visit: Inspection) -> Iterator[Running]:
    """No entry code: file that (渝府令375 art. 18); urgent: back-fill the approval (art. 17)."""
    if visit.is_enterprise and not visit.entry_code and visit.no_code_filed_at is None:
        yield Running(kind="T-02", clock=deadlines.clock("T-02", visit.started_at))
    if visit.is_urgent and visit.approved_at is None:
        yield Running(kind="T-03", clock=deadlines.clock("T-03", visit.ended_at or visit.started_at))


def _of_documents(tx: Tx, standing: list[Notice]) -> Iterator[Running]:
    forms = {one.form for one in standing}
    for notice in standing:
        try:
            kind = documents.get(notice.form)
        except NotFound:
            continue
        for start in kind.starts:
            if start.clock not in deadlines.load() or not conditions.holds(start.when, notice.filled):
                continue
            if forms.intersection(_ENDS.get(start.clock, ())):
                continue
            begins = _begins(tx, notice, since=start.since)
            if begins is not None:
                yield _running(notice, start.clock, deadlines.clock(start.clock, begins))


def _begins(tx: Tx, notice: Notice, *, since: str) -> datetime | None:
    """When a period begins; None: it waits for the service of the document."""
    if since == "issued":
        return notice.issued_at
    serving = prints.serving_of(tx, notice.id)
    return serving.served_at if serving else None


def _of_orders(tx: Tx, standing: list[Notice]) -> Iterator[Running]:
    """The deadlines of an order's hazards, and once the last has passed the re-check (T-09)."""
    for order in standing:
        if order.form is not FormCode.RECTIFICATION_ORDER:
            continue
        listed = [hazards.get(tx, one) for one in order.hazard_ids]
        left = [one for one in listed if rechecks.latest(tx, one.id) is not Outcome.DONE]
        days = sorted({day for one in left if (day := _deadline(one, order, standing)) is not None})
        for day in days:
            yield _running(order, ORDERED, _order_clock(order, day))
        if days and all(rechecks.latest(tx, one.id) is Outcome.OPEN for one in left):
            yield _running(order, "T-09", deadlines.clock("T-09", days[-1]))


def _deadline(hazard: Hazard, order: Notice, standing: list[Notice]) -> date | None:
    """A hazard's day, or the later one that a standing grant gave the order."""
    if hazard.deadline is None:
        return None
    granted = [
        filled_values.granted_until(one.filled)
        for one in standing
        if one.form is FormCode.EXTENSION_GRANT and one.about == order.id
    ]
    return max([hazard.deadline, *(day for day in granted if day is not None)])


def _order_clock(order: Notice, day: date) -> Clock:
    begins = china_day(order.issued_at or order.created_at)
    return Clock(
        rule=ORDERED,
        name="整改期限",
        name_en="Deadline of the order",
        starts=begins,
        ends=day,
        unit="days",
        count=(day - begins).days,
        is_moved=False,
        is_certain=True,
        article=("安全生产法65(1)",),
        is_confirmed=True,
    )


def _running(notice: Notice, kind: str, clock: Clock) -> Running:
    return Running(kind=kind, clock=clock, notice_id=notice.id, number=notice.number, form=notice.form)
