"""The re-check screen: what waits, begin, decide, pair photos, undo, go to the paper."""

from __future__ import annotations

from datetime import timedelta

import pytest

from inspector.domain.notice import FormCode
from inspector.domain.recheck import Outcome
from inspector.domain.serving import ServingDraft, ServingMethod
from inspector.services.hazards import HazardService
from tests.builders import LI, ZHANG
from tests.services.visit import a_photo
from tests.services.visit import issue as issue_paper
from tests.ui.laptop import Laptop, Stage, laptop, stage  # noqa: F401 - fixtures
from tests.ui.looks import demand_good_looks
from ui.context import today
from ui.text import words
from ui.views.recheck.choice import PhotoChoiceDialog
from ui.views.recheck.likeness_dialog import LikenessDialog
from ui.views.recheck.start import RecheckDialog
from ui.views.recheck.view import RecheckView


@pytest.fixture
def order(laptop, tmp_path) -> str:  # noqa: F811
    """An issued order of two hazards with a photo each, due in two weeks; its visit is closed."""
    visit = laptop.visit(hazards=2)
    for n, hazard in enumerate(laptop.ask(laptop.app.hazards.of, visit)):
        laptop.ask(HazardService.patch, laptop.app.hazards, hazard.id, deadline=today() + timedelta(days=14))
        photo = laptop.ask(a_photo, tmp_path / f"before {n}.jpg", seed=n)
        laptop.ask(laptop.app.evidence.attach, visit, photo, hazard_id=hazard.id)
    for form in (FormCode.INSPECTION_RECORD, FormCode.RECTIFICATION_ORDER):
        notice = laptop.ask(laptop.app.notices.draft, visit, form).made
        laptop.ask(issue_paper, laptop.app, notice)
    receipt = ServingDraft(method=ServingMethod.SIGNED, receiver="周喆")
    laptop.ask(laptop.app.serving.serve, notice, receipt)
    laptop.ask(laptop.app.inspections.close, visit)
    return notice


@pytest.fixture
def open_view(laptop, tasks, stage):  # noqa: F811
    def make(record: str = "", *, width: int = 1280) -> RecheckView:
        view = RecheckView(laptop.app, tasks)
        stage.show(view, width=width)
        view.show_record(record)
        stage.until(tasks.is_idle)
        return view

    return make


@pytest.fixture
def view(laptop, order, open_view) -> RecheckView:  # noqa: F811
    """The screen with the re-check of the order under way."""
    visit = laptop.ask(laptop.app.rechecks.start, [order], (ZHANG, LI)).made
    return open_view(visit)


def test_without_an_order_it_says_what_to_do(open_view) -> None:
    view = open_view()
    assert view.empty.isVisible()
    assert not view.strip.begin.isVisible()


def test_an_order_waits_and_is_begun_with_a_second_officer(laptop, tasks, stage, order, open_view) -> None:  # noqa: F811
    view = open_view()
    assert view.waiting.current() == order
    view.strip.begin.click()
    dialog = stage.dialog(RecheckDialog)
    stage.until(dialog.second.current)
    dialog.verb.click()
    stage.until(lambda: view.item() is not None and tasks.is_idle())
    assert view.item().recheck.outcome is Outcome.OPEN
    assert view.desk.side.outcome.value() == ""


def test_the_officer_decides_and_takes_it_back(laptop, tasks, stage, view) -> None:  # noqa: F811
    view.desk.side.decided.emit(Outcome.PARTLY.value)
    stage.until(lambda: view.item().recheck.outcome is Outcome.PARTLY and tasks.is_idle())
    assert view.desk.side.outcome.value() == "partly"
    view.step(1)
    view.strip.history.undo.click()
    stage.until(lambda: tasks.is_idle() and view._reading.items[0].recheck.outcome is Outcome.OPEN)
    assert view._at() == 0
    view.strip.history.redo.click()
    stage.until(lambda: tasks.is_idle() and view._reading.items[0].recheck.outcome is Outcome.PARTLY)


def test_a_dropped_photo_becomes_the_later_one_and_the_note_is_kept(laptop, tasks, stage, view, tmp_path) -> None:  # noqa: F811
    photo = laptop.ask(a_photo, tmp_path / "now.jpg", seed=40)
    view.take([photo], source="drop")
    stage.until(lambda: view.item().after is not None and tasks.is_idle())
    assert view.item().after.source == "drop"
    assert not view.desk.comparison.is_laid_over
    stage.type(view.desk.side.note, "已清理")
    view.step(1)
    stage.until(lambda: tasks.is_idle() and view._reading.items[0].recheck.note == "已清理")
    assert view.desk.side.note.value() == ""


def test_an_aligned_pair_lies_behind_the_slider(laptop, tasks, stage, view, shared_data, tmp_path) -> None:  # noqa: F811
    real = (shared_data / "photos" / "jpg" / "gps" / "DSCN0010.jpg").read_bytes()
    path = tmp_path / "now.jpg"
    path.write_bytes(real)
    item = view.item()
    earlier = laptop.ask(laptop.app.evidence.of, item.hazard.inspection_id)
    assert earlier
    view.take([path], source="dialog")
    stage.until(lambda: view.item().after is not None and tasks.is_idle())
    view.pairs.choose(item.recheck.id, view.item().after.id, is_before=False)
    stage.until(tasks.is_idle)
    comparison = view.desk.comparison
    before = comparison.split
    comparison.turn()
    assert comparison.split != before
    comparison.shift(2)
    assert comparison.accessibleDescription()


def test_a_photo_of_this_visit_is_chosen(laptop, tasks, stage, view, tmp_path) -> None:  # noqa: F811
    visit = view._reading.inspection_id
    made = laptop.ask(laptop.app.evidence.attach, visit, laptop.ask(a_photo, tmp_path / "x.jpg", seed=9)).made
    view.choose_photo()
    dialog = stage.dialog(PhotoChoiceDialog)
    dialog.verb.click()
    stage.until(lambda: view.item().after is not None and tasks.is_idle())
    assert view.item().after.id == made


def test_the_opinion_is_begun_once(laptop, tasks, stage, view) -> None:  # noqa: F811
    view.write_paper()
    stage.until(lambda: stage.wanted)
    place, record = stage.wanted[-1]
    assert place == "notices"
    view._read()
    stage.until(lambda: tasks.is_idle() and view._reading.papers)
    view.write_paper()
    assert stage.wanted[-1] == (place, record)


def test_a_photo_of_another_site_is_shown_beside_and_explained(laptop, tasks, stage, view, tmp_path) -> None:  # noqa: F811
    elsewhere = laptop.ask(laptop.app.inspections.start, "site-sample-02", (ZHANG, LI)).made
    photo = laptop.ask(a_photo, tmp_path / "same.jpg", seed=77)
    laptop.ask(laptop.app.evidence.attach, elsewhere, photo)
    view.take([photo], source="dialog")
    stage.until(lambda: view.item().after is not None and tasks.is_idle())
    stage.until(lambda: view._alike(view.item()))
    view.show_likeness()
    dialog = stage.dialog(LikenessDialog)
    dialog.verb.click()
    assert dialog.isVisible()
    stage.type(dialog.reason, "同一设备在两处使用")
    dialog.verb.click()
    stage.until(lambda: tasks.is_idle() and view.item().after.reuse_reason == "同一设备在两处使用")


@pytest.mark.parametrize("width", [853, 1280])
def test_it_looks_right_in_both_languages(qtbot, view, width) -> None:
    view.window().resize(width, 700)
    for language in ("zh_CN", "en"):
        words().switch(language)
        demand_good_looks(qtbot, view)
        assert view.item() is not None
