"""What the re-check screen shows, read off the window's thread."""

from __future__ import annotations

from dataclasses import dataclass, field

from inspector.app import App
from inspector.domain.inspection import InspectionState
from inspector.domain.likeness import Likeness
from inspector.domain.notice import FormCode, Notice, NoticeState
from inspector.services.rechecks import RecheckItem, Waiting
from inspector.services.undo import UndoState


@dataclass(frozen=True, slots=True, kw_only=True)
class RecheckReading:
    """A visit that re-checks something, or (without an id) the orders that wait for one."""

    inspection_id: str = ""
    site_name: str = ""
    is_open: bool = False
    items: tuple[RecheckItem, ...] = ()
    likenesses: dict[str, list[Likeness]] = field(default_factory=dict[str, list[Likeness]])
    """By the id of the piece."""
    undo: UndoState = field(default_factory=UndoState)
    papers: tuple[Notice, ...] = ()
    """The re-check opinions of the visit that were not made void."""
    waiting: tuple[Waiting, ...] = ()


def read(services: App, inspection_id: str, is_waiting: bool) -> RecheckReading:
    """Read a visit, the one that is under way if none is named, or (`is_waiting`, or none is) what waits.

    Raises NotFound.
    """
    wanted = "" if is_waiting else inspection_id or services.rechecks.running()
    items = tuple(services.rechecks.of(wanted)) if wanted else ()
    if not items:
        return RecheckReading(waiting=tuple(services.rechecks.waiting()))
    inspection = services.inspections.get(wanted)
    papers = (one for one in services.notices.of(wanted) if one.form is FormCode.RECHECK_OPINION)
    return RecheckReading(
        inspection_id=wanted,
        site_name=services.sites.get(inspection.site_id).name,
        is_open=inspection.state is InspectionState.OPEN,
        items=items,
        likenesses=services.likeness.of(wanted),
        undo=services.undo.state(wanted),
        papers=tuple(one for one in papers if one.state is not NoticeState.VOID),
    )
