"""A visit needs two certified officers, keeps what is typed, and stays as it was once it is closed."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from inspector.app import App
from inspector.domain.changes import Topic
from inspector.domain.inspection import InspectionState
from inspector.errors import InvalidInput, NotAllowed, NotFound
from tests.builders import LI, ZHANG
from tests.services.conftest import Desk
from tests.services.visit import SITE, a_draft, a_photo, a_visit

EXPIRED, SOON_EXPIRED = "officer-sample-wang", "officer-sample-zhao"


def test_a_visit_begins_with_two_officers_and_the_sites_people(app: App) -> None:
    changes = app.inspections.start(SITE, (ZHANG, LI))
    visit, site = app.inspections.get(changes.made), app.sites.get(SITE)
    assert visit.officer_ids == (ZHANG, LI)
    assert visit.state is InspectionState.OPEN
    assert visit.started_at.tzinfo is not None
    assert (visit.companion, visit.companion_position, visit.companion_phone) == (
        site.responsible_person,
        site.position,
        site.phone,
    )
    assert Topic.INSPECTIONS in changes.topics


@pytest.mark.parametrize("officers", [(), (ZHANG,), (ZHANG, ZHANG), (ZHANG, LI, ZHANG)])
def test_fewer_than_two_different_officers_are_refused(app: App, officers: tuple[str, ...]) -> None:
    with pytest.raises(InvalidInput) as caught:
        app.inspections.start(SITE, officers)
    assert caught.value.facts["reason"] == "two_officers"
    assert app.inspections.list() == []


def test_an_expired_certificate_is_refused_and_named(app: App) -> None:
    with pytest.raises(InvalidInput) as caught:
        app.inspections.start(SITE, (ZHANG, EXPIRED))
    assert caught.value.facts == {
        "field": "officers", "reason": "certificate", "name": "王范", "until": "2026-10-31",
    }  # fmt: skip
    assert app.inspections.list() == []


def test_a_certificate_counts_on_the_day_of_the_visit_in_china(app: App) -> None:
    last_day = app.inspections.officers()
    until = next(one.cert_to for one in last_day if one.id == SOON_EXPIRED)
    evening = datetime(until.year, until.month, until.day, 15, 59, tzinfo=UTC)  # 23:59 in China
    assert app.inspections.start(SITE, (ZHANG, SOON_EXPIRED), started_at=evening).made
    with pytest.raises(InvalidInput):
        app.inspections.start(SITE, (ZHANG, SOON_EXPIRED), started_at=evening + timedelta(minutes=1))


def test_unknown_site_and_unknown_officer_are_not_found(app: App) -> None:
    with pytest.raises(NotFound):
        app.inspections.start("no-such-site", (ZHANG, LI))
    with pytest.raises(NotFound):
        app.inspections.start(SITE, (ZHANG, "nobody"))
    with pytest.raises(NotFound):
        app.inspections.get("no-such-visit")


def test_what_is_filled_in_is_there_after_reopening(desk: Desk) -> None:
    visit = desk.app.inspections.start(SITE, (ZHANG, LI)).made
    ended = datetime(2026, 11, 20, 3, 30, tzinfo=UTC)
    desk.app.drafts.put(f"inspection:{visit}", "place", "二号")
    desk.app.drafts.put(f"inspection:{visit}", "note", "还没写完")
    desk.app.inspections.patch(
        visit, place="二号库及充电区", note="两名员工在场\n已告知", is_id_shown=True, is_clean=False, ended_at=ended
    )
    found = desk.reopen().inspections.get(visit)
    assert (found.place, found.note, found.is_id_shown, found.is_clean, found.ended_at) == (
        "二号库及充电区", "两名员工在场\n已告知", True, False, ended,
    )  # fmt: skip
    assert desk.app.drafts.of(f"inspection:{visit}") == {}


def test_half_typed_fields_survive_until_their_own_field_is_saved(desk: Desk) -> None:
    visit = desk.app.inspections.start(SITE, (ZHANG, LI)).made
    desk.app.drafts.put(f"inspection:{visit}", "place", "二")
    desk.app.drafts.put(f"inspection:{visit}", "place", "二号")
    desk.app.drafts.put(f"inspection:{visit}", "note", "还没写完")
    app = desk.reopen()
    assert app.drafts.of(f"inspection:{visit}") == {"place": "二号", "note": "还没写完"}
    app.inspections.patch(visit, place="二号库")
    assert app.drafts.of(f"inspection:{visit}") == {"note": "还没写完"}
    assert app.drafts.owners() == [f"inspection:{visit}"]
    app.drafts.drop(f"inspection:{visit}")
    assert app.drafts.owners() == []


@pytest.mark.parametrize("fields", [{"state": "closed"}, {"site_id": SITE}, {"place": 3}, {"ended_at": "09:00"}])
def test_a_field_that_is_not_the_officers_to_set_is_refused(app: App, fields: dict[str, object]) -> None:
    visit = app.inspections.start(SITE, (ZHANG, LI)).made
    before = app.inspections.get(visit)
    with pytest.raises(InvalidInput) as caught:
        app.inspections.patch(visit, **fields)
    assert caught.value.facts["reason"] == "unknown_field"
    assert app.inspections.get(visit) == before


def test_closed_is_closed(desk: Desk) -> None:
    app = desk.app
    visit = a_visit(app, desk.clock, hazards=1)
    hazard = app.hazards.of(visit)[0]
    app.inspections.close(visit)
    assert app.inspections.get(visit).state is InspectionState.CLOSED
    for change in (
        lambda: app.inspections.patch(visit, place="elsewhere"),
        lambda: app.inspections.close(visit),
        lambda: app.hazards.report(visit, a_draft()),
        lambda: app.hazards.patch(hazard.id, place="elsewhere"),
        lambda: app.hazards.remove(hazard.id, "typed by mistake"),
        lambda: app.hazards.duplicate(hazard.id),
    ):
        with pytest.raises(NotAllowed) as caught:
            change()
        assert caught.value.facts["reason"] == "inspection_closed"
    assert app.hazards.of(visit) == [hazard]


def test_closing_keeps_the_end_that_was_typed_and_else_takes_the_clock(desk: Desk) -> None:
    typed = a_visit(desk.app, desk.clock)
    wanted = desk.app.inspections.get(typed).ended_at
    desk.app.inspections.close(typed)
    assert desk.app.inspections.get(typed).ended_at == wanted
    untyped = desk.app.inspections.start(SITE, (ZHANG, LI)).made
    desk.app.inspections.close(untyped)
    ended = desk.app.inspections.get(untyped).ended_at
    assert ended is not None
    assert abs(ended - desk.clock.read().at) < timedelta(seconds=1)


def test_the_list_counts_what_stands_newest_first(desk: Desk) -> None:
    app = desk.app
    older = a_visit(app, desk.clock, hazards=3)
    newer = a_visit(app, desk.clock, site="site-sample-02")
    first, second, _ = app.hazards.of(older)
    app.hazards.remove(first.id, "typed by mistake")
    app.hazards.patch(second.id, severity=type(second.severity)("major"))
    app.evidence.attach(older, a_photo(desk.profile.parent / "one.jpg"), hazard_id=second.id)
    rows = app.inspections.list()
    assert [row.inspection.id for row in rows] == [newer, older]
    row = rows[1]
    assert (row.hazard_count, row.major_count, row.photo_count, row.notice_count) == (2, 1, 1, 0)
    assert row.site.name == "示例甲仓储有限公司"
    assert row.photo_sha256 == app.evidence.of(older)[0].original.sha256
    assert len(app.inspections.list(limit=1)) == 1
