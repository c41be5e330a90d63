"""FootageRecord: everything the footage place shows of one inspection, read in one go off the window's thread."""

from __future__ import annotations

from dataclasses import dataclass, field

from inspector.app import App
from inspector.domain.evidence import Evidence
from inspector.domain.footage import Clip, ClockFit, Recording
from inspector.domain.hazard import Hazard
from inspector.domain.inspection import Inspection, InspectionState
from inspector.domain.site import Site
from inspector.domain.timeline import Timeline
from inspector.errors import NotFound
from ui.views.workspace.record import latest


@dataclass(frozen=True, slots=True, kw_only=True)
class FootageRecord:
    """One reading; without an inspection only footage that belongs to none."""

    inspection: Inspection | None = None
    site: Site | None = None
    hazards: tuple[Hazard, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    recordings: tuple[Recording, ...] = ()
    unassigned: tuple[Recording, ...] = ()
    fits: dict[str, ClockFit] = field(default_factory=dict[str, ClockFit])
    timeline: Timeline | None = None

    @property
    def inspection_id(self) -> str:
        """The inspection's id, empty for none."""
        return self.inspection.id if self.inspection is not None else ""

    @property
    def is_open(self) -> bool:
        """Whether the visit may still be changed."""
        return self.inspection is not None and self.inspection.state is InspectionState.OPEN

    @property
    def clips(self) -> tuple[Clip, ...]:
        """Every clip, in the order of the list."""
        return tuple(clip for one in (*self.recordings, *self.unassigned) for clip in one.clips)

    def recording_of(self, clip_id: str) -> Recording | None:
        """Return the recording of a clip, None if it is not here."""
        every = (*self.recordings, *self.unassigned)
        return next((one for one in every for clip in one.clips if clip.id == clip_id), None)

    def clip(self, clip_id: str) -> Clip | None:
        """Return a clip, None if it is not here."""
        return next((one for one in self.clips if one.id == clip_id), None)

    def hazard(self, hazard_id: str) -> Hazard | None:
        """Return a hazard, None if it is not here."""
        return next((one for one in self.hazards if one.id == hazard_id), None)


def read_footage(services: App, inspection_id: str) -> FootageRecord:
    """Read it all; runs on a work thread. `inspection_id` empty: the latest. Raises NotFound for a wrong id."""
    free = tuple(services.footage.unassigned())
    fits = {one.id: services.clapper.fit(one) for one in free}
    try:
        found = inspection_id or latest(services)
    except NotFound:
        return FootageRecord(unassigned=free, fits=fits)
    inspection = services.inspections.get(found)
    ours = tuple(services.footage.recordings(found))
    return FootageRecord(
        inspection=inspection,
        site=services.sites.get(inspection.site_id),
        hazards=tuple(services.hazards.of(found)),
        evidence=tuple(services.evidence.of(found)),
        recordings=ours,
        unassigned=free,
        fits=fits | {one.id: services.clapper.fit(one) for one in ours},
        timeline=services.timeline.of(found),
    )
