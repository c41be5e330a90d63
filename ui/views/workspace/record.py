"""WorkspaceRecord: everything the workspace shows of one inspection, read in one go off the window's thread."""

from __future__ import annotations

from dataclasses import dataclass

from inspector.app import App
from inspector.domain.evidence import Evidence
from inspector.domain.hazard import Hazard
from inspector.domain.inspection import Inspection, InspectionState
from inspector.domain.notice import FormCode, Notice, NoticeState
from inspector.domain.officer import Officer
from inspector.domain.site import Site
from inspector.errors import NotFound
from inspector.law.check_results import CheckRow
from inspector.services.entry import EntryStanding
from inspector.services.undo import UndoState
from ui.models.hazard_drafts import is_begun, owner_of, owner_of_new
from ui.text import tr

CHECK = "check:"
"""How the name of a half-typed note of the checklist begins."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkspaceRecord:
    """One reading. `half_typed` maps a hazard id, "new", "facts" or "check:<code>" to half-typed fields."""

    inspection: Inspection
    site: Site
    officers: tuple[Officer, ...]
    hazards: tuple[Hazard, ...]
    evidence: tuple[Evidence, ...]
    notices: tuple[Notice, ...]
    half_typed: dict[str, dict[str, str]]
    undo: UndoState
    entry: EntryStanding
    checks: tuple[CheckRow, ...] = ()

    @property
    def is_open(self) -> bool:
        """Whether the visit may still be changed."""
        return self.inspection.state is InspectionState.OPEN

    @property
    def is_entering(self) -> bool:
        """Whether the officers have not shown their certificates and told of recusal yet: the facts come first."""
        return self.is_open and not (self.inspection.is_id_shown and self.inspection.is_recusal_told)

    @property
    def begun(self) -> dict[str, str]:
        """The half-typed new hazard, empty if there is none worth coming back to."""
        texts = self.half_typed.get("new", {})
        return texts if is_begun(texts) else {}

    @property
    def half_notes(self) -> dict[str, str]:
        """The half-typed notes of the checklist, by code of the check."""
        begun = {name.removeprefix(CHECK): texts for name, texts in self.half_typed.items() if name.startswith(CHECK)}
        return {code: texts.get("note", "") for code, texts in begun.items()}

    @property
    def number(self) -> str:
        """The number of the issued 现场检查记录, empty before."""
        records = (one for one in self.notices if one.form is FormCode.INSPECTION_RECORD)
        return next((one.number for one in records if one.state is NoticeState.ISSUED), "")

    def hazard(self, hazard_id: str) -> Hazard | None:
        """Return one hazard, None if it is not here (any more)."""
        return next((one for one in self.hazards if one.id == hazard_id), None)

    def frozen(self) -> dict[str, str]:
        """Return for each hazard that an issued notice names that notice's number."""
        standing = [one for one in self.notices if one.state is NoticeState.ISSUED]
        return {hazard_id: one.number for one in standing for hazard_id in one.hazard_ids}

    def why_fixed(self, hazard_id: str) -> str:
        """Say why a hazard can't be changed, empty if it can."""
        if not self.is_open:
            return tr("检查已结束，不能再改")
        number = self.frozen().get(hazard_id, "")
        return tr("已写入文书 {number}，不能再改", number=number) if number else ""


def read_record(services: App, inspection_id: str) -> WorkspaceRecord:
    """Read it all; runs on a work thread. Raises NotFound."""
    found = inspection_id or latest(services)
    inspection = services.inspections.get(found)
    people = {one.id: one for one in services.inspections.officers()}
    hazards = tuple(services.hazards.of(found))
    owners = set(services.drafts.owners())
    named = {owner_of_new(found): "new", f"inspection:{found}": "facts"} | {owner_of(h.id): h.id for h in hazards}
    of_checks = f"{CHECK}{found}:"
    named |= {one: CHECK + one.removeprefix(of_checks) for one in owners if one.startswith(of_checks)}
    return WorkspaceRecord(
        checks=services.checks.of(found),
        entry=services.entry.of(found),
        inspection=inspection,
        site=services.sites.get(inspection.site_id),
        officers=tuple(people[one] for one in inspection.officer_ids if one in people),
        hazards=hazards,
        evidence=tuple(services.evidence.of(found)),
        notices=tuple(services.notices.of(found)),
        undo=services.undo.state(found),
        half_typed={name: services.drafts.of(owner) for owner, name in named.items() if owner in owners},
    )


def latest(services: App) -> str:
    """Return the inspection to go on with: the newest open one, else the newest. Raises NotFound."""
    summaries = services.inspections.list(limit=50)
    chosen = next((one for one in summaries if one.inspection.state is InspectionState.OPEN), None)
    if chosen is None and not summaries:
        raise NotFound(kind="inspection", id="")
    return (chosen or summaries[0]).inspection.id
