"""Re-check what was ordered: the earlier hazards one by one, before and after side by side, decided by the officer."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from inspector.domain.changes import Changes, Topic
from inspector.domain.evidence import Evidence, EvidenceKind
from inspector.domain.hazard import Hazard
from inspector.domain.inspection import InspectionKind, InspectionState
from inspector.domain.notice import Notice
from inspector.domain.recheck import Outcome, Recheck
from inspector.errors import EvidenceRefused, InvalidInput, NotAllowed
from inspector.evidence.alignment import Alignment, align
from inspector.ids import new_id
from inspector.services.evidence import PAPER_EDGE, EvidenceService
from inspector.services.inspections import InspectionService
from inspector.services.session import Session
from inspector.services.wording import plain
from inspector.store import drafts, evidence, hazards, inspections, notices, officers, rechecks, sites, times
from inspector.store.gateway import Tx
from inspector.store.history import GROUP
from inspector.store.journal import Act


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenOrder:
    """A standing order of a site: how many hazards it names, how many are not put right yet, how many of those late."""

    order: Notice
    visited_at: datetime
    total: int
    open: int
    overdue: int
    deadline: date | None
    """The earliest deadline of what is open; None: all at once."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """An order that waits for its re-check, and whose it is."""

    site_id: str
    site_name: str
    order: OpenOrder


@dataclass(frozen=True, slots=True, kw_only=True)
class RecheckItem:
    """One hazard of a re-check. `order` is None once the order was voided; photos that can't be found are None."""

    recheck: Recheck
    hazard: Hazard
    order: Notice | None
    before: Evidence | None
    after: Evidence | None
    is_overdue: bool
    """The deadline had passed when the re-checking visit began."""
    after_by: str = ""
    """Name of who took the later photo in."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    """Both pictures of one re-check as JPEG; `alignment` is None if there are not two pictures to compare."""

    before: bytes | None
    after: bytes | None
    alignment: Alignment | None


class RecheckService:
    """The re-checks of this laptop. No outcome is ever set but by an officer."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._evidence = EvidenceService(session)

    def orders(self, site_id: str) -> list[OpenOrder]:
        """Return the standing orders of a site of which something is still to be re-checked, oldest first."""
        today = times.china_day(self._session.now())
        with self._session.vault.gateway.read() as tx:
            by_order: dict[str, list[rechecks.Ordered]] = {}
            for one in rechecks.ordered(tx, site_id):
                by_order.setdefault(one.order.id, []).append(one)
            return [order for named in by_order.values() if (order := _open_order(tx, named, today)).open]

    def waiting(self) -> list[Waiting]:
        """Return the orders of all sites of which something is still to be re-checked, the earliest deadline first."""
        with self._session.vault.gateway.read() as tx:
            ids = rechecks.ordered_sites(tx)
            names = {site_id: sites.get(tx, site_id).name for site_id in ids}
        found = [
            Waiting(site_id=site_id, site_name=names[site_id], order=order)
            for site_id in ids
            for order in self.orders(site_id)
        ]
        return sorted(found, key=lambda one: (one.order.deadline or date.min, one.order.visited_at))

    def running(self) -> str:
        """Return the id of the open visit that re-checks something, the latest begun; empty for none."""
        with self._session.vault.gateway.read() as tx:
            return rechecks.running(tx)

    def start(self, order_ids: Sequence[str], officer_ids: tuple[str, ...]) -> Changes:
        """Begin a visit that re-checks orders of one site. Raises what InspectionService.start and take_on raise."""
        with self._session.vault.gateway.read() as tx:
            site_id = _site_of(tx, [notices.get(tx, one) for one in order_ids])
        begun = InspectionService(self._session).start(site_id, officer_ids, kind=InspectionKind.RECHECK)
        taken = self.take_on(begun.made, order_ids)
        return Changes(begun.topics | taken.topics, made=begun.made)

    def take_on(self, inspection_id: str, order_ids: Sequence[str]) -> Changes:
        """Re-check orders in an open visit of the same site: one re-check for each hazard that isn't put right yet.

        Raises NotAllowed(inspection_closed, other_site, order_not_standing, nothing_to_recheck), NotFound.
        """
        group = {GROUP: new_id()}
        with self._session.vault.gateway.write() as tx:
            inspection = inspections.get(tx, inspection_id)
            if inspection.state is not InspectionState.OPEN:
                raise NotAllowed(reason="inspection_closed")
            if _site_of(tx, [notices.get(tx, one) for one in order_ids]) != inspection.site_id:
                raise NotAllowed(reason="other_site")
            known = {one.hazard_id for one in rechecks.of_inspection(tx, inspection_id)}
            wanted = [
                one
                for one in rechecks.ordered(tx, inspection.site_id)
                if one.order.id in order_ids and one.outcome is not Outcome.DONE and one.hazard.id not in known
            ]
            if not wanted:
                standing = {one.order.id for one in rechecks.ordered(tx, inspection.site_id)}
                is_standing = standing.issuperset(order_ids)
                raise NotAllowed(reason="nothing_to_recheck" if is_standing else "order_not_standing")
            for one in wanted:
                fields = {
                    "inspection_id": inspection_id,
                    "hazard_id": one.hazard.id,
                    "before_id": rechecks.first_photo(tx, one.hazard.id),
                    **self._signed(),
                    **group,
                }
                self._session.record(tx, Act(kind="create", type="recheck", subject=new_id(), changes=fields))
        return Changes.of(Topic.RECHECKS, Topic.INSPECTIONS, Topic.SYNC)

    def of(self, inspection_id: str) -> list[RecheckItem]:
        """Return what an inspection re-checks, in the order of the earlier reports; none for an ordinary visit."""
        with self._session.vault.gateway.read() as tx:
            began = times.china_day(inspections.get(tx, inspection_id).started_at)
            return [_item(tx, one, began) for one in rechecks.of_inspection(tx, inspection_id)]

    def get(self, recheck_id: str) -> RecheckItem:
        """Return one re-check. Raises NotFound."""
        with self._session.vault.gateway.read() as tx:
            found = rechecks.get(tx, recheck_id)
            return _item(tx, found, times.china_day(inspections.get(tx, found.inspection_id).started_at))

    def decide(self, recheck_id: str, outcome: Outcome) -> Changes:
        """Say what became of the hazard; OPEN takes the decision back. Raises NotAllowed, NotFound."""
        return self._patch(recheck_id, {"outcome": outcome.value, **self._signed()})

    def note(self, recheck_id: str, text: str) -> Changes:
        """Say in words what was seen. Raises InvalidInput, NotAllowed, NotFound."""
        return self._patch(recheck_id, {"note": plain(text, field="note")})

    def choose(self, recheck_id: str, *, before_id: str | None = None, after_id: str | None = None) -> Changes:
        """Choose the earlier or the later picture of the pair, and measure how well the two lie on each other.

        The earlier one is a picture of the earlier visit, the later one of this visit. About 0.3 s: not for the
        window's thread. Raises NotAllowed(other_inspection, not_a_picture, …), NotFound.
        """
        with self._session.vault.gateway.read() as tx:
            found = rechecks.get(tx, recheck_id)
            earlier = hazards.get(tx, found.hazard_id).inspection_id
            for evidence_id, visit in ((before_id, earlier), (after_id, found.inspection_id)):
                _demand_picture(tx, evidence_id, visit)
        changes: dict[str, str | float | int | None] = {}
        changes |= {"before_id": before_id} if before_id else {}
        changes |= {"after_id": after_id} if after_id else {}
        if not changes:
            raise InvalidInput(field="evidence", reason="empty")
        pair = self._pair(before_id or found.before_id, after_id or found.after_id)
        aligned = pair.alignment
        changes |= {"score": aligned.score if aligned else None, "matched": aligned.matched if aligned else None}
        return self._patch(recheck_id, changes)

    def pair(self, recheck_id: str) -> Pair:
        """Return both pictures at 1600 pixels, the later one laid over the earlier where that is possible (0.3 s)."""
        with self._session.vault.gateway.read() as tx:
            found = rechecks.get(tx, recheck_id)
        return self._pair(found.before_id, found.after_id)

    def _pair(self, before_id: str | None, after_id: str | None) -> Pair:
        before, after = self._picture(before_id), self._picture(after_id)
        alignment = align(before, after) if before is not None and after is not None else None
        return Pair(before=before, after=after, alignment=alignment)

    def _picture(self, evidence_id: str | None) -> bytes | None:
        if evidence_id is None:
            return None
        with self._session.vault.gateway.read() as tx:
            sha256 = evidence.get(tx, evidence_id).original.sha256
        try:
            return self._evidence.preview(sha256, PAPER_EDGE)
        except EvidenceRefused:
            return None  # kept as evidence, but nothing can draw it

    def _patch(self, recheck_id: str, changes: dict[str, str | float | int | None]) -> Changes:
        with self._session.vault.gateway.write() as tx:
            found = rechecks.get(tx, recheck_id)
            if inspections.get(tx, found.inspection_id).state is not InspectionState.OPEN:
                raise NotAllowed(reason="inspection_closed")
            paper = rechecks.paper_of(tx, found)
            if paper is not None:
                raise NotAllowed(reason="recheck_issued", number=paper.number)
            self._session.record(tx, Act(kind="patch", type="recheck", subject=recheck_id, changes=changes))
            for name in changes:
                drafts.drop(tx, f"recheck:{recheck_id}", name)
        return Changes.of(Topic.RECHECKS, Topic.SYNC)

    def _signed(self) -> dict[str, str]:
        return {"checked_at": times.written(self._session.now()), "checked_by": self._session.me.id}


def _open_order(tx: Tx, named: Sequence[rechecks.Ordered], today: date) -> OpenOrder:
    still = [one.hazard for one in named if one.outcome is not Outcome.DONE]
    days = [one.deadline for one in still if one.deadline is not None]
    order = named[0].order
    return OpenOrder(
        order=order,
        visited_at=inspections.get(tx, order.inspection_id).started_at,
        total=len(named),
        open=len(still),
        overdue=sum(day < today for day in days),
        deadline=min(days, default=None),
    )


def _site_of(tx: Tx, orders: Iterable[Notice]) -> str:
    found = {inspections.get(tx, one.inspection_id).site_id for one in orders}
    if len(found) != 1:
        raise NotAllowed(reason="other_site")
    return sites.get(tx, found.pop()).id


def _item(tx: Tx, found: Recheck, began: date) -> RecheckItem:
    hazard = hazards.get(tx, found.hazard_id)
    after = evidence.get(tx, found.after_id) if found.after_id else None
    return RecheckItem(
        recheck=found,
        hazard=hazard,
        order=rechecks.order_of(tx, hazard),
        before=evidence.get(tx, found.before_id) if found.before_id else None,
        after=after,
        is_overdue=hazard.deadline is not None and hazard.deadline < began,
        after_by=officers.get(tx, after.attached_by).name if after else "",
    )


def _demand_picture(tx: Tx, evidence_id: str | None, inspection_id: str) -> None:
    if evidence_id is None:
        return
    found = evidence.get(tx, evidence_id)
    if found.inspection_id != inspection_id or found.is_removed:
        raise NotAllowed(reason="other_inspection")
    if found.original.kind is EvidenceKind.DOCUMENT:
        raise NotAllowed(reason="not_a_picture")
