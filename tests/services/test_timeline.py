"""The timeline of a visit out of its journal: steps, footage beside them, gaps and what officers say to them."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta
from pathlib import Path

import pytest

from inspector.domain.footage import ClockState
from inspector.domain.notice import FormCode
from inspector.domain.serving import ServingDraft, ServingMethod
from inspector.domain.timeline import GapState, StepKind, Timeline
from inspector.errors import InvalidInput, NotFound
from tests.builders import LI, ZHANG
from tests.services.clap_films import taken_in
from tests.services.conftest import Desk
from tests.services.recorder import MIB, a_film
from tests.services.visit import SITE, a_draft, a_photo, a_visit, issue


@pytest.fixture
def visit(desk: Desk) -> str:
    """A visit of fifty minutes: certificates shown after two, a hazard after twenty, its end."""
    app = desk.app
    made = app.inspections.start(SITE, (ZHANG, LI)).made
    desk.clock.advance(minutes=2)
    app.inspections.patch(made, is_id_shown=True, is_recusal_told=True)
    desk.clock.advance(minutes=18)
    app.hazards.report(made, a_draft())
    desk.clock.advance(minutes=30)
    app.inspections.patch(made, ended_at=desk.clock.read().at)
    return made


def states(told: Timeline) -> dict[str, GapState]:
    return {one.item.id: one.state for one in told.gaps}


def filmed(desk: Desk, visit: str, folder: Path, *, first_min: float, minutes: float, anchored: bool = True) -> str:
    """Take footage in that was filmed from a minute of the visit on, its clock read by hand."""
    began = desk.app.inspections.get(visit).started_at + timedelta(minutes=first_min)
    path = a_film(folder / f"{first_min}.mp4", MIB, began=began, seconds=round(minutes * 60))
    (recording,) = taken_in(desk, visit, [path])
    (clip,) = desk.app.footage.recording(recording).clips
    if anchored:
        desk.app.clapper.anchor_by_hand(recording, clip.id, 0, began)
    return recording


def test_the_steps_stand_in_the_order_of_time(desk: Desk, visit: str, tmp_path: Path) -> None:
    running = desk.app.clapper.begin(visit)
    running.code()
    desk.app.clapper.end(running.id)
    desk.app.evidence.attach(visit, a_photo(tmp_path / "a.jpg"))
    told = desk.reopen().timeline.of(visit)
    assert [one.kind for one in told.steps] == [
        StepKind.STARTED,
        StepKind.ID_SHOWN,
        StepKind.RIGHTS_TOLD,
        StepKind.PHOTO,  # its camera says 09:20
        StepKind.HAZARD,
        StepKind.ENDED,
        StepKind.CLAP,
    ]
    by_kind = {one.kind: one for one in told.steps}
    assert by_kind[StepKind.PHOTO].facts == {"name": "a.jpg", "known_by": "exif_local"}
    assert by_kind[StepKind.HAZARD].facts["ordinal"] == 1
    assert by_kind[StepKind.CLAP].facts == {"shown": 1}
    assert by_kind[StepKind.ID_SHOWN].at - by_kind[StepKind.STARTED].at < timedelta(minutes=2, seconds=1)


def test_a_tick_counts_from_when_it_last_came_to_stand(desk: Desk, visit: str) -> None:
    first = next(one for one in desk.app.timeline.of(visit).steps if one.kind is StepKind.ID_SHOWN)
    desk.app.inspections.patch(visit, is_id_shown=True)
    assert first in desk.app.timeline.of(visit).steps
    desk.app.inspections.patch(visit, is_id_shown=False)
    assert StepKind.ID_SHOWN not in {one.kind for one in desk.app.timeline.of(visit).steps}
    desk.app.inspections.patch(visit, is_id_shown=True)
    again = next(one for one in desk.app.timeline.of(visit).steps if one.kind is StepKind.ID_SHOWN)
    assert again.at - first.at > timedelta(minutes=40)


def test_notices_stand_in_it_with_how_they_were_served(desk: Desk) -> None:
    visit = a_visit(desk.app, desk.clock, hazards=1)
    notice = desk.app.notices.draft(visit, FormCode.INSPECTION_RECORD).made
    issue(desk.app, notice)
    refusal = ServingDraft(method=ServingMethod.REFUSED, receiver="王示例", reason="称须请示", witness="赵示例")
    desk.app.serving.serve(notice, refusal)
    told = desk.app.timeline.of(visit)
    found = Counter(one.kind for one in told.steps if one.subject == notice)
    assert found == {StepKind.ISSUED: 1, StepKind.SERVED: 1, StepKind.REFUSED: 1}
    assert states(told)["refused"] is GapState.MISSING


def test_a_letter_is_not_handed_over_on_site(desk: Desk) -> None:
    visit = a_visit(desk.app, desk.clock, hazards=1)
    notice = desk.app.notices.draft(visit, FormCode.INSPECTION_RECORD).made
    issue(desk.app, notice)
    desk.app.serving.serve(notice, ServingDraft(method=ServingMethod.POSTED, receiver="示例甲仓储", reason="EMS 1"))
    assert states(desk.app.timeline.of(visit))["served"] is GapState.NOT_APPLICABLE


def test_without_footage_all_of_it_is_missing(desk: Desk, visit: str) -> None:
    told = desk.app.timeline.of(visit)
    assert states(told) == {
        "entry": GapState.MISSING,
        "id_shown": GapState.MISSING,
        "rights_told": GapState.MISSING,
        "hazard": GapState.MISSING,
        "served": GapState.NOT_APPLICABLE,
        "refused": GapState.NOT_APPLICABLE,
        "leaving": GapState.MISSING,
    }
    assert len(desk.app.timeline.open_gaps(visit)) == 5
    desk.app.inspections.close(visit)  # gaps are shown; they hold nobody up


def test_footage_closes_the_gaps_it_covers(desk: Desk, visit: str, tmp_path: Path) -> None:
    filmed(desk, visit, tmp_path / "a", first_min=0, minutes=10)
    told = desk.app.timeline.of(visit)
    assert [one.item.id for one in told.open_gaps] == ["hazard", "leaving"]
    assert [one.state for one in told.spans] == [ClockState.BY_HAND]
    filmed(desk, visit, tmp_path / "b", first_min=18, minutes=32)
    assert desk.app.timeline.open_gaps(visit) == ()


def test_footage_of_unknown_time_covers_nothing(desk: Desk, visit: str, tmp_path: Path) -> None:
    recording = filmed(desk, visit, tmp_path / "a", first_min=0, minutes=50, anchored=False)
    told = desk.app.timeline.of(visit)
    assert told.spans == ()
    assert [one.recording_id for one in told.unplaced] == [recording]
    assert len(told.open_gaps) == 5


def test_a_clip_that_was_taken_out_opens_its_gap(desk: Desk, visit: str, tmp_path: Path) -> None:
    recording = filmed(desk, visit, tmp_path / "a", first_min=0, minutes=50)
    assert desk.app.timeline.open_gaps(visit) == ()
    desk.app.footage.remove(recording, "录的是别处")
    assert len(desk.app.timeline.open_gaps(visit)) == 5


def test_a_gap_is_explained_and_explained_better(desk: Desk, visit: str) -> None:
    desk.app.timeline.explain_gap(visit, "hazard", "记录仪没电")
    desk.app.timeline.explain_gap(visit, "hazard", "记录仪没电，已用手机拍照")
    told = desk.reopen().timeline.of(visit)
    gap = next(one for one in told.gaps if one.item.id == "hazard")
    assert (gap.state, gap.reason) == (GapState.EXPLAINED, "记录仪没电，已用手机拍照")
    assert "hazard" not in {one.item.id for one in told.open_gaps}


def test_an_explanation_needs_words_a_known_item_and_a_visit(desk: Desk, visit: str) -> None:
    with pytest.raises(InvalidInput):
        desk.app.timeline.explain_gap(visit, "hazard", "  ")
    with pytest.raises(InvalidInput):
        desk.app.timeline.explain_gap(visit, "no such item", "因故")
    with pytest.raises(NotFound):
        desk.app.timeline.explain_gap("no visit", "hazard", "因故")
    with pytest.raises(NotFound):
        desk.app.timeline.of("no visit")


def test_a_clock_that_was_set_during_the_visit_is_told(desk: Desk, visit: str) -> None:
    assert StepKind.CLOCK_JUMP not in {one.kind for one in desk.app.timeline.of(visit).steps}
    desk.clock.wall_ms += 600_000
    desk.app.inspections.patch(visit, note="后来")
    (jump,) = [one for one in desk.app.timeline.of(visit).steps if one.kind is StepKind.CLOCK_JUMP]
    assert jump.facts == {"ms": 600_000}


def test_a_notice_is_warned_of_a_clock_that_was_set_during_the_visit(desk: Desk) -> None:
    visit = a_visit(desk.app, desk.clock, hazards=1)
    notice = desk.app.notices.draft(visit, FormCode.INSPECTION_RECORD).made

    def warned() -> bool:
        return "clock_suspect" in {one.rule for one in desk.app.notices.preview(notice).findings}

    assert not warned()
    desk.clock.wall_ms -= 600_000
    desk.app.inspections.patch(visit, note="后来")
    assert warned()
