"""Many photos at once: moved and taken out as one step of undo, and proposed by time without moving anything."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from inspector.app import App
from inspector.domain.photo_times import LONGEST, propose
from inspector.errors import NotAllowed
from tests.services.conftest import Desk
from tests.services.visit import a_draft, a_photo, a_visit


@pytest.fixture
def sorted_visit(desk: Desk, tmp_path: Path) -> tuple[str, list[str], list[str]]:
    """A visit with two hazards and three photos of none of them."""
    visit = a_visit(desk.app, desk.clock)
    hazards = [desk.app.hazards.report(visit, a_draft(f"第{n}处")).made for n in (1, 2)]
    photos = [desk.app.evidence.attach(visit, a_photo(tmp_path / f"{n}.jpg", seed=n)).made for n in range(3)]
    return visit, hazards, photos


def places(app: App, visit: str) -> dict[str, str | None]:
    return {one.id: one.hazard_id for one in app.evidence.of(visit)}


def test_moving_many_is_one_step_of_undo(desk: Desk, sorted_visit: tuple[str, list[str], list[str]]) -> None:
    visit, (one, two), photos = sorted_visit
    desk.app.evidence.move(photos[0], one)
    desk.app.evidence.move_many(photos, two)
    assert set(places(desk.app, visit).values()) == {two}
    app = desk.reopen()
    step = app.undo.state(visit).undo
    assert step is not None
    assert (step.kind, step.facts["count"]) == ("move", 3)
    app.undo.undo(visit)
    assert places(app, visit) == {photos[0]: one, photos[1]: None, photos[2]: None}
    app.undo.redo(visit)
    assert set(places(app, visit).values()) == {two}


def test_each_to_its_own_hazard_and_what_hangs_there_writes_nothing(
    app: App, sorted_visit: tuple[str, list[str], list[str]]
) -> None:
    visit, (one, two), photos = sorted_visit
    app.evidence.sort({photos[0]: one, photos[1]: two})
    before = app.audit.verify().entries
    app.evidence.sort({photos[0]: one, photos[1]: two})
    assert app.audit.verify().entries == before
    assert places(app, visit) == {photos[0]: one, photos[1]: two, photos[2]: None}


def test_one_bad_target_moves_nothing(app: App, desk: Desk, sorted_visit: tuple[str, list[str], list[str]]) -> None:
    visit, (one, _), photos = sorted_visit
    elsewhere = app.hazards.report(a_visit(app, desk.clock, site="site-sample-02"), a_draft()).made
    with pytest.raises(NotAllowed):
        app.evidence.sort({photos[0]: one, photos[1]: elsewhere})
    assert set(places(app, visit).values()) == {None}


def test_taking_out_many_is_one_step_of_undo(app: App, sorted_visit: tuple[str, list[str], list[str]]) -> None:
    visit, _, photos = sorted_visit
    app.evidence.remove_many(photos[:2], "拍错了")
    assert set(places(app, visit)) == {photos[2]}
    app.undo.undo(visit)
    assert len(places(app, visit)) == 3


def test_photos_are_proposed_to_the_hazard_reported_before_them(
    app: App, sorted_visit: tuple[str, list[str], list[str]]
) -> None:
    visit, ids, _ = sorted_visit
    one, two = sorted(app.hazards.of(visit), key=lambda each: each.id != ids[0])
    two = replace(two, seen_at=one.seen_at + timedelta(minutes=5))
    minutes = (-1, 1, 6)
    found = [
        replace(each, original=replace(each.original, taken_at=one.seen_at + timedelta(minutes=n)))
        for n, each in zip(minutes, app.evidence.of(visit), strict=True)
    ]
    assert propose(found, [two, one]) == {found[1].id: one.id, found[2].id: two.id}
    late = replace(found[2], original=replace(found[2].original, taken_at=two.seen_at + LONGEST + timedelta(minutes=1)))
    untold = replace(found[1], original=replace(found[1].original, taken_at=None))
    assert propose([late, untold], [one, two]) == {}
    assert propose([replace(found[1], hazard_id=two.id)], [one, two]) == {}
    assert set(places(app, visit).values()) == {None}
