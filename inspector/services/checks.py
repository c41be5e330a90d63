"""The checklist of a visit: the site's industry and the general list, answered one by one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from inspector.domain.changes import Changes, Topic
from inspector.domain.check import CheckResult, Result
from inspector.domain.hazard import Hazard
from inspector.domain.inspection import InspectionState
from inspector.errors import NotAllowed
from inspector.ids import new_id
from inspector.law import checklists
from inspector.law.check_results import CheckRow, CheckSummary, summarise
from inspector.law.checklists import Check
from inspector.services.session import Session
from inspector.services.wording import plain
from inspector.store import checks, drafts, hazards, inspections, sites, times
from inspector.store.gateway import Tx
from inspector.store.history import GROUP
from inspector.store.journal import Act


class CheckService:
    """Answers to the checks of the pack, per visit. 未检查 is never taken for 不涉及."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def of(self, inspection_id: str) -> tuple[CheckRow, ...]:
        """Return the checks of a visit: its site's industry, the general ones, then others that were answered.

        Raises NotFound.
        """
        with self._session.vault.gateway.read() as tx:
            site = sites.get(tx, inspections.get(tx, inspection_id).site_id)
            answers = checks.of_inspection(tx, inspection_id)
            found = hazards.of_inspection(tx, inspection_id)
        listed = checklists.load().of(site.industry)
        codes = {one.code for one in listed}
        # Of another pack or of the industry that the site had before: what was answered stays on the list.
        further = [one for one in _known(sorted(answers)) if one.code not in codes]
        return tuple(_row(one, answers.get(one.code), found) for one in (*listed, *further))

    def summary(self, inspection_id: str) -> CheckSummary:
        """Return how many checks came to what. Raises NotFound."""
        return summarise(self.of(inspection_id))

    def set(self, inspection_id: str, code: str, result: Result, note: str | None = None) -> Changes:
        """Answer one check; OPEN makes it 未检查 again, no note keeps the one that is there.

        `made` is the code. Raises NotFound, InvalidInput, NotAllowed(inspection_closed).
        """
        changes: dict[str, Any] = {"result": result.value}
        if note is not None:
            changes["note"] = plain(note, field="note")
        with self._session.vault.gateway.write() as tx:
            self._answer(tx, inspection_id, {code: changes})
        return _told(code)

    def note(self, inspection_id: str, code: str, note: str) -> Changes:
        """Say something about a check, whatever its answer; the half-typed note is forgotten with it.

        Raises NotFound, InvalidInput, NotAllowed(inspection_closed).
        """
        with self._session.vault.gateway.write() as tx:
            self._answer(tx, inspection_id, {code: {"note": plain(note, field="note")}})
            drafts.drop(tx, f"check:{inspection_id}:{code}")
        return _told(code)

    def set_all(self, inspection_id: str, codes: Sequence[str], result: Result) -> Changes:
        """Give several checks the same answer in one step, which is taken back in one step.

        Raises NotFound, NotAllowed(inspection_closed).
        """
        group = new_id()
        with self._session.vault.gateway.write() as tx:
            self._answer(tx, inspection_id, {code: {"result": result.value, GROUP: group} for code in codes})
        return _told(codes[0] if codes else "")

    def _answer(self, tx: Tx, inspection_id: str, told: Mapping[str, Mapping[str, Any]]) -> None:
        if inspections.get(tx, inspection_id).state is not InspectionState.OPEN:
            raise NotAllowed(reason="inspection_closed")
        for code in told:
            checklists.load().check(code)
        record_answers(tx, self._session, inspection_id, told)


def record_answers(tx: Tx, session: Session, inspection_id: str, told: Mapping[str, Mapping[str, Any]]) -> None:
    """Write what was answered, by code of the check: one entry each, a creation the first time."""
    known = checks.of_inspection(tx, inspection_id)
    signed = {"checked_at": times.written(session.now()), "checked_by": session.me.id}
    for code, changes in told.items():
        before = known.get(code)
        if before is None:
            begun = {"inspection_id": inspection_id, "code": code, **signed, **changes}
            session.record(tx, Act(kind="create", type="check_result", subject=new_id(), changes=begun))
        elif any(getattr(before, name, value) != value for name, value in changes.items()):
            session.record(tx, Act(kind="patch", type="check_result", subject=before.id, changes={**signed, **changes}))


def _known(codes: Sequence[str]) -> list[Check]:
    every = {one.code: one for each in checklists.load().industries for one in checklists.load().of(each.code)}
    return [every[code] for code in codes if code in every]


def _row(check: Check, answer: CheckResult | None, found: Sequence[Hazard]) -> CheckRow:
    ids = [one.id for one in found if one.catalogue_code and one.catalogue_code in check.catalogue]
    linked = answer.hazard_id if answer else None
    if linked and any(one.id == linked for one in found):
        ids = [linked, *(one for one in ids if one != linked)]
    if answer is None:
        return CheckRow(check=check, hazard_ids=tuple(ids))
    return CheckRow(
        check=check,
        result=answer.result,
        note=answer.note,
        hazard_ids=tuple(ids),
        checked_at=answer.checked_at if answer.result is not Result.OPEN else None,
    )


def _told(code: str) -> Changes:
    return Changes.of(Topic.CHECKS, Topic.INSPECTIONS, Topic.SYNC, made=code)
