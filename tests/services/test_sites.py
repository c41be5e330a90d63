"""What a site's card tells: visits, deadlines, notices, photos; and what is due on this laptop."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from inspector.app import App
from inspector.domain.notice import FormCode
from inspector.errors import InvalidInput, NotFound
from inspector.services.sites import SiteDraft
from inspector.store import times
from tests.services.conftest import Desk
from tests.services.visit import SITE, a_draft, a_photo, a_visit


def test_a_site_nobody_visited_has_an_empty_history(app: App) -> None:
    told = app.sites.history(SITE)
    assert told.site.id == SITE
    assert (told.visits, told.deadlines, told.notices, told.photos, told.hazards) == ((), (), (), (), 0)
    with pytest.raises(NotFound):
        app.sites.history("nowhere")


def test_history_tells_visits_deadlines_notices_and_photos(desk: Desk, tmp_path: Path) -> None:
    app, today = desk.app, times.china_day(desk.clock.read().at)
    first = a_visit(app, desk.clock)
    late = app.hazards.report(first, a_draft("迟了", deadline=today + timedelta(days=1))).made
    gone = app.hazards.report(first, a_draft("收回", deadline=today)).made
    app.hazards.remove(gone, "写错了")
    desk.clock.advance(minutes=3 * 24 * 60)
    second = a_visit(app, desk.clock, hazards=2)
    photo = app.evidence.attach(second, a_photo(tmp_path / "a.jpg")).made
    draft = app.notices.draft(second, FormCode.INSPECTION_RECORD).made
    a_visit(app, desk.clock, site="site-sample-02", hazards=1)
    told = app.sites.history(SITE)
    assert [one.inspection.id for one in told.visits] == [second, first]
    assert [(one.hazards, one.overdue, one.photos) for one in told.visits] == [(2, 0, 1), (1, 1, 0)]
    assert (told.hazards, told.overdue) == (3, 1)
    assert told.deadlines[0].hazard_id == late
    assert [one.deadline for one in told.deadlines] == sorted(one.deadline for one in told.deadlines)
    assert [one.id for one in told.notices] == [draft]
    assert [one.evidence_id for one in told.photos] == [photo]


def test_due_names_the_most_overdue_visit_first(desk: Desk) -> None:
    app, today = desk.app, times.china_day(desk.clock.read().at)
    soon, far = a_visit(app, desk.clock), a_visit(app, desk.clock, site="site-sample-02")
    app.hazards.report(soon, a_draft("近", deadline=today + timedelta(days=2)))
    app.hazards.report(far, a_draft("更近", deadline=today + timedelta(days=1)))
    app.hazards.report(far, a_draft("还早", deadline=today + timedelta(days=30)))
    found = app.sites.due(today + timedelta(days=3))
    assert [(one.inspection_id, one.hazards) for one in found] == [(far, 1), (soon, 1)]
    assert found[0].site_name == app.sites.get("site-sample-02").name
    assert app.sites.due(today) == []


@pytest.mark.parametrize(("code", "length"), [("91500000MA5U00001", 17), ("91500000MA5U000011", 18)])
def test_a_wrong_credit_code_is_refused_with_its_length(app: App, code: str, length: int) -> None:
    draft = SiteDraft(name="示例新厂", credit_code=code, address="示例路 1 号", responsible_person="周某")
    with pytest.raises(InvalidInput) as told:
        app.sites.add(draft)
    assert told.value.facts["reason"] == "check_digit"
    assert told.value.facts["length"] == length
