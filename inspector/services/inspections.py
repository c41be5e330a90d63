"""Start, fill in and close an inspection."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any, cast

from inspector.domain.changes import Changes, Topic
from inspector.domain.inspection import Inspection, InspectionKind, InspectionState, Observer, Recusal
from inspector.domain.officer import Officer
from inspector.domain.site import Site
from inspector.errors import InvalidInput, NotAllowed
from inspector.ids import new_id
from inspector.services.session import Session
from inspector.services.wording import one_line, plain
from inspector.store import drafts, inspections, officers, sites, times
from inspector.store.gateway import Tx
from inspector.store.journal import Act

_ON_SITE = ("place", "companion", "companion_position", "companion_phone", "note")
_TEXTS = (*_ON_SITE, "task_no", "approval_no", "approved_by", "entry_code", "no_code_reason")
_ONE_LINE = ("task_no", "approval_no", "approved_by", "entry_code")
_FLAGS = ("is_id_shown", "is_recusal_told", "is_clean", "is_enterprise", "is_urgent")
_PAST = ("approved_at", "no_code_filed_at")
_MOMENTS = ("started_at", "ended_at", *_PAST)


@dataclass(frozen=True, slots=True, kw_only=True)
class InspectionSummary:
    """One row of the list; `photo_sha256` is the first photo, if any."""

    inspection: Inspection
    site: Site
    hazard_count: int
    major_count: int
    photo_count: int
    notice_count: int
    photo_sha256: str | None


class InspectionService:
    """Visits of this laptop."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def list(self, limit: int = 200) -> list[InspectionSummary]:
        """Return the latest inspections, newest first."""
        with self._session.vault.gateway.read() as tx:
            rows = inspections.latest(tx, limit)
            known: dict[str, Site] = {}
            for row in rows:
                known.setdefault(row["site_id"], sites.get(tx, row["site_id"]))
        return [
            InspectionSummary(
                inspection=inspections.from_row(row),
                site=known[row["site_id"]],
                hazard_count=row["hazard_count"],
                major_count=row["major_count"],
                photo_count=row["photo_count"],
                notice_count=row["notice_count"],
                photo_sha256=row["photo_sha256"],
            )
            for row in rows
        ]

    def get(self, inspection_id: str) -> Inspection:
        """Return one inspection. Raises NotFound."""
        with self._session.vault.gateway.read() as tx:
            return inspections.get(tx, inspection_id)

    def officers(self) -> list[Officer]:
        """Return the people of this office, to choose the second officer from."""
        with self._session.vault.gateway.read() as tx:
            return officers.of_office(tx, self._session.office.id)

    def start(
        self,
        site_id: str,
        officer_ids: tuple[str, ...],
        *,
        started_at: datetime | None = None,
        kind: InspectionKind = InspectionKind.ROUTINE,
    ) -> Changes:
        """Begin a visit with (lead, second). Raises InvalidInput: two different certified officers are needed.

        行政处罚法 art. 42(1): not fewer than two officers, each with a certificate valid on the day.
        """
        moment = started_at or self._session.now()
        inspection_id = new_id()
        with self._session.vault.gateway.write() as tx:
            site = sites.get(tx, site_id)
            self._demand_pair(tx, officer_ids, moment)
            fields = {
                "office_id": self._session.office.id,
                "site_id": site_id,
                "officer_ids": list(officer_ids),
                "started_at": times.written(moment),
                "companion": site.responsible_person,
                "companion_position": site.position,
                "companion_phone": site.phone,
                "state": "open",
                "kind": kind.value,
            }
            self._session.record(tx, Act(kind="create", type="inspection", subject=inspection_id, changes=fields))
        return Changes.of(Topic.INSPECTIONS, Topic.SYNC, made=inspection_id)

    def patch(self, inspection_id: str, **fields: object) -> Changes:
        """Change fields of an open inspection; half-typed text of the same fields is forgotten with it.

        Text: place, companion, companion_position, companion_phone, note, task_no, approval_no, approved_by,
        entry_code, no_code_reason. Flags: is_id_shown, is_recusal_told, is_clean, is_enterprise, is_urgent. Times,
        aware: started_at, ended_at, approved_at, no_code_filed_at. kind, observers (a tuple), recusal.
        approved_at and no_code_filed_at may be None (not yet) and not lie after now; recusal names one of the officers.
        Raises InvalidInput, NotAllowed(closed).
        """
        changes = _checked(fields)
        for name in _PAST:
            if isinstance(at := fields.get(name), datetime) and at > self._session.now():
                raise InvalidInput(field=name, reason="after_now")
        with self._session.vault.gateway.write() as tx:
            found = inspections.get(tx, inspection_id)
            _demand_open(found)
            recusal = fields.get("recusal")
            if isinstance(recusal, Recusal) and recusal.officer_id not in {"", *found.officer_ids}:
                raise InvalidInput(field="recusal", reason="not_an_officer")
            self._session.record(tx, Act(kind="patch", type="inspection", subject=inspection_id, changes=changes))
            for name in changes:
                drafts.drop(tx, f"inspection:{inspection_id}", name)
        return Changes.of(Topic.INSPECTIONS, Topic.SYNC)

    def close(self, inspection_id: str) -> Changes:
        """End the visit: its facts and hazards stay as they are; evidence may still come in and be sorted.

        Raises NotAllowed(inspection_closed).
        """
        with self._session.vault.gateway.write() as tx:
            found = inspections.get(tx, inspection_id)
            _demand_open(found)
            ended = found.ended_at or self._session.now()
            changes = {"state": "closed", "ended_at": times.written(ended)}
            self._session.record(tx, Act(kind="close", type="inspection", subject=inspection_id, changes=changes))
        return Changes.of(Topic.INSPECTIONS, Topic.SYNC)

    def _demand_pair(self, tx: Tx, officer_ids: tuple[str, ...], moment: datetime) -> None:
        if len(officer_ids) < 2 or len(set(officer_ids)) < len(officer_ids):
            raise InvalidInput(field="officers", reason="two_officers")
        day = times.china_day(moment)
        for officer_id in officer_ids:
            officer = officers.get(tx, officer_id)
            if not officer.is_certified_on(day):
                raise InvalidInput(
                    field="officers", reason="certificate", name=officer.name, until=str(officer.cert_to)
                )


def _demand_open(found: Inspection) -> None:
    if found.state is not InspectionState.OPEN:
        raise NotAllowed(reason="inspection_closed")


def _checked(fields: Mapping[str, object]) -> dict[str, Any]:
    changes: dict[str, Any] = {}
    for name, value in fields.items():
        if name in _TEXTS and isinstance(value, str):
            changes[name] = plain(value, field=name)
            if name in _ONE_LINE and "\n" in changes[name]:
                raise InvalidInput(field=name, reason="line_break")
        elif name == "kind" and isinstance(value, InspectionKind):
            changes[name] = value.value
        elif name == "recusal" and isinstance(value, Recusal):
            changes[name] = {key: plain(text, field=name) for key, text in asdict(value).items()}
        elif name == "observers" and isinstance(value, tuple):
            changes[name] = [_observer(each) for each in cast("tuple[object, ...]", value)]
        elif name in _FLAGS and isinstance(value, bool):
            changes[name] = value
        elif name in _MOMENTS and isinstance(value, datetime):
            changes[name] = times.written(value)
        elif name in _PAST and value is None:
            changes[name] = None
        else:
            raise InvalidInput(field=name, reason="unknown_field")
    return changes


def _observer(value: object) -> dict[str, str]:
    if not isinstance(value, Observer):
        raise InvalidInput(field="observers", reason="unknown_field")
    return {"name": one_line(value.name, field="observers"), "role": plain(value.role, field="observers")}
