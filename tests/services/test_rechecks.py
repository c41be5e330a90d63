"""Re-checks: taken from the order, decided by an officer, undone, put on paper with a number, proven by replay."""

from __future__ import annotations

from pathlib import Path

import pytest

from inspector.app import App
from inspector.domain.notice import FormCode, NoticeState
from inspector.domain.recheck import Outcome
from inspector.domain.serving import ServingDraft, ServingMethod
from inspector.errors import GateClosed, NotAllowed
from tests.builders import LI, PIN, ZHANG
from tests.services.conftest import Desk
from tests.services.visit import SITE, a_photo, a_visit, approve, issue

RECORD, ORDER, OPINION = FormCode.INSPECTION_RECORD, FormCode.RECTIFICATION_ORDER, FormCode.RECHECK_OPINION


@pytest.fixture
def order(desk: Desk, tmp_path: Path) -> str:
    """An issued order of two hazards with a photo each; three weeks have passed since."""
    visit = a_visit(desk.app, desk.clock, hazards=2)
    for n, hazard in enumerate(desk.app.hazards.of(visit)):
        desk.app.evidence.attach(visit, a_photo(tmp_path / f"before {n}.jpg", seed=n), hazard_id=hazard.id)
    issued(desk.app, visit, RECORD)
    made = issued(desk.app, visit, ORDER)
    desk.app.inspections.close(visit)
    desk.clock.advance(minutes=3 * 7 * 24 * 60)
    return made


def issued(app: App, visit: str, form: FormCode) -> str:
    notice = app.notices.draft(visit, form).made
    issue(app, notice)
    return notice


def again(desk: Desk, order: str, *, is_served: bool = True) -> str:
    """Begin the re-check of an order that was served; its visit can be put on paper."""
    if is_served and desk.app.serving.of(order) is None:
        desk.app.serving.serve(order, ServingDraft(method=ServingMethod.SIGNED, receiver="周喆"))
    visit = desk.app.rechecks.start([order], (ZHANG, LI)).made
    desk.app.inspections.patch(visit, place="一号库房", is_id_shown=True, is_recusal_told=True)
    approve(desk.app, visit)
    return visit


def rules(app: App, notice: str) -> list[str]:
    return [finding.rule for finding in app.notices.preview(notice).findings]


def test_a_recheck_takes_the_hazards_of_the_order_with_their_photos_and_no_outcome(desk: Desk, order: str) -> None:
    (waiting,) = desk.app.rechecks.orders(SITE)
    assert (waiting.order.id, waiting.total, waiting.open, waiting.overdue) == (order, 2, 2, 2)
    visit = again(desk, order)
    items = desk.app.rechecks.of(visit)
    assert [one.hazard.ordinal for one in items] == [1, 2]
    assert {one.recheck.outcome for one in items} == {Outcome.OPEN}
    assert all(one.before is not None and one.after is None and one.is_overdue for one in items)
    assert all(one.order is not None and one.order.id == order for one in items)


def test_the_whole_way_to_a_numbered_opinion(desk: Desk, order: str, tmp_path: Path) -> None:
    visit = again(desk, order)
    first, second = desk.app.rechecks.of(visit)
    notice = desk.app.notices.draft(visit, OPINION).made
    assert rules(desk.app, notice).count("recheck_open") == 2
    with pytest.raises(GateClosed):
        desk.app.notices.issue(notice, second_officer_id=LI, pin=PIN)
    after = desk.app.evidence.attach(visit, a_photo(tmp_path / "after.jpg", seed=77)).made
    desk.app.rechecks.choose(first.recheck.id, after_id=after)
    desk.app.rechecks.decide(first.recheck.id, Outcome.DONE)
    desk.app.rechecks.note(first.recheck.id, "货物已全部清走，出口可双向开启。")
    desk.app.rechecks.decide(second.recheck.id, Outcome.NOT_DONE)
    assert [one for one in rules(desk.app, notice) if one.startswith("recheck") or one == "R092"] == ["R092"]
    issue(desk.app, notice)
    made = desk.app.notices.get(notice)
    assert (made.state, made.number) == (NoticeState.ISSUED, "（示）应急复查〔2026〕1号")
    assert set(made.hazard_ids) == {first.hazard.id, second.hazard.id}
    assert desk.app.notices.pdf(notice).startswith(b"%PDF-1.4")
    with pytest.raises(NotAllowed) as refused:
        desk.app.rechecks.decide(second.recheck.id, Outcome.DONE)
    assert refused.value.facts["reason"] == "recheck_issued"
    with pytest.raises(NotAllowed):
        desk.app.evidence.remove(after, "误拍")
    desk.app.inspections.close(visit)
    (left,) = desk.reopen().rechecks.orders(SITE)
    assert (left.total, left.open) == (2, 1)


def test_what_was_put_right_is_not_due_and_not_rechecked_again(desk: Desk, order: str) -> None:
    visit = again(desk, order)
    for item in desk.app.rechecks.of(visit):
        desk.app.rechecks.decide(item.recheck.id, Outcome.DONE)
    assert desk.app.rechecks.orders(SITE) == []
    history = desk.app.sites.history(SITE)
    assert history.overdue == 0
    assert desk.app.sites.due(desk.clock.read().at.date()) == []
    with pytest.raises(NotAllowed) as refused:
        desk.app.rechecks.start([order], (ZHANG, LI))
    assert refused.value.facts["reason"] == "nothing_to_recheck"


def test_a_second_recheck_answers_what_the_first_left_open(desk: Desk, order: str) -> None:
    visit = again(desk, order)
    first, second = desk.app.rechecks.of(visit)
    desk.app.rechecks.decide(first.recheck.id, Outcome.DONE)
    desk.app.rechecks.decide(second.recheck.id, Outcome.PARTLY)
    issued(desk.app, visit, OPINION)
    desk.app.inspections.close(visit)
    desk.clock.advance(minutes=24 * 60)
    later = again(desk, order)
    (only,) = desk.app.rechecks.of(later)
    assert only.hazard.id == second.hazard.id
    desk.app.rechecks.decide(only.recheck.id, Outcome.DONE)
    notice = desk.app.notices.draft(later, OPINION).made
    assert "R091" not in rules(desk.app, notice)
    issue(desk.app, notice)


def test_an_opinion_that_leaves_a_problem_out_is_stopped(desk: Desk, order: str) -> None:
    visit = again(desk, order)
    first, _ = desk.app.rechecks.of(visit)
    desk.app.rechecks.decide(first.recheck.id, Outcome.DONE)
    notice = desk.app.notices.draft(visit, OPINION, (first.hazard.id,)).made
    assert "R091" in rules(desk.app, notice)


def test_a_voided_order_stops_its_recheck(desk: Desk, order: str) -> None:
    visit = again(desk, order, is_served=False)
    for item in desk.app.rechecks.of(visit):
        desk.app.rechecks.decide(item.recheck.id, Outcome.DONE)
    notice = desk.app.notices.draft(visit, OPINION).made
    desk.app.notices.void(order, "单位名称误")
    assert rules(desk.app, notice).count("order_missing") == 2
    assert all(one.order is None for one in desk.app.rechecks.of(visit))


def test_outcomes_are_undone_and_done_again(desk: Desk, order: str) -> None:
    visit = again(desk, order)
    first, _ = desk.app.rechecks.of(visit)
    desk.app.rechecks.decide(first.recheck.id, Outcome.PARTLY)
    desk.app.rechecks.decide(first.recheck.id, Outcome.DONE)
    app = desk.reopen()
    step = app.undo.state(visit).undo
    assert step is not None
    assert (step.subject_type, step.kind, step.facts["outcome"]) == ("recheck", "outcome", "done")
    assert app.undo.undo(visit).made == f"recheck.{first.recheck.id}"
    assert app.rechecks.get(first.recheck.id).recheck.outcome is Outcome.PARTLY
    app.undo.undo(visit)
    assert app.rechecks.get(first.recheck.id).recheck.outcome is Outcome.OPEN
    app.undo.redo(visit)
    app.undo.redo(visit)
    assert app.rechecks.get(first.recheck.id).recheck.outcome is Outcome.DONE


def test_a_photo_taken_out_again_is_no_photo_of_the_pair(desk: Desk, order: str, tmp_path: Path) -> None:
    visit = again(desk, order)
    first, _ = desk.app.rechecks.of(visit)
    after = desk.app.evidence.attach(visit, a_photo(tmp_path / "after.jpg", seed=5)).made
    desk.app.rechecks.choose(first.recheck.id, after_id=after)
    desk.app.evidence.remove(after, "误拍")
    assert desk.app.rechecks.get(first.recheck.id).after is None
    assert desk.app.rechecks.pair(first.recheck.id).alignment is None


def test_photos_of_another_visit_and_orders_of_another_site_are_refused(desk: Desk, order: str, tmp_path: Path) -> None:
    visit = again(desk, order)
    first, _ = desk.app.rechecks.of(visit)
    assert first.before is not None
    with pytest.raises(NotAllowed) as refused:
        desk.app.rechecks.choose(first.recheck.id, after_id=first.before.id)
    assert refused.value.facts["reason"] == "other_inspection"
    desk.app.inspections.close(visit)
    elsewhere = desk.app.inspections.start("site-sample-02", (ZHANG, LI)).made
    with pytest.raises(NotAllowed) as refused:
        desk.app.rechecks.take_on(elsewhere, [order])
    assert refused.value.facts["reason"] == "other_site"


def test_the_same_place_photographed_again_is_aligned_and_concludes_nothing(
    desk: Desk, order: str, tmp_path: Path
) -> None:
    visit = again(desk, order)
    first, _ = desk.app.rechecks.of(visit)
    revisit = desk.app.evidence.attach(visit, a_photo(tmp_path / "revisit.jpg", seed=0, size=(600, 450))).made
    desk.app.rechecks.choose(first.recheck.id, after_id=revisit)
    found = desk.app.rechecks.get(first.recheck.id).recheck
    assert found.outcome is Outcome.OPEN
    assert found.score is not None
    pair = desk.app.rechecks.pair(first.recheck.id)
    assert pair.alignment is not None
    assert pair.alignment.matched == found.matched
