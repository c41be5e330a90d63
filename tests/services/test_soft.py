"""Soft enforcement: the ladder, the first minor offence as far as the laptop knows, the card on one page."""

from __future__ import annotations

import io
from dataclasses import replace
from pathlib import Path

import pypdfium2
import pytest

from inspector.app import App
from inspector.domain.hazard import Measure, Severity
from inspector.domain.soft import SoftChoice, SoftStepKind
from inspector.errors import InvalidInput, NotAllowed, PrinterFailed
from inspector.notices import law_card
from inspector.services.soft import EARLIER, MAJOR, NO_ITEM
from tests.builders import LI, ZHANG
from tests.services.conftest import Desk
from tests.services.spool import Spool
from tests.services.visit import SITE, a_draft

ITEM = "AQ-044"


def a_hazard(app: App, **fields: object) -> str:
    visit = app.inspections.start(SITE, (ZHANG, LI)).made
    return app.hazards.report(visit, a_draft(**({"catalogue_code": ITEM} | fields))).made


def words_of(pdf: bytes) -> tuple[int, str]:
    found = pypdfium2.PdfDocument(io.BytesIO(pdf))
    return len(found), "".join(page.get_textpage().get_text_range() for page in found).replace("\r\n", "")


def test_the_ladder_is_kept_step_by_step(desk: Desk) -> None:
    hazard = a_hazard(desk.app)
    for step in SoftStepKind:
        desk.clock.advance(minutes=1)
        desk.app.soft.take(hazard, step, "当场讲解" if step is SoftStepKind.PERSUADE else "")
    app = desk.reopen()
    found = app.soft.of(hazard)
    assert [one.step for one in found] == list(SoftStepKind)
    assert (found[0].note, found[0].taken_by) == ("当场讲解", ZHANG)


def test_a_step_is_taken_back_and_taken_again(app: App) -> None:
    hazard = a_hazard(app)
    visit = app.hazards.get(hazard).inspection_id
    app.soft.take(hazard, SoftStepKind.WARN)
    step = app.undo.state(visit).undo
    assert step is not None
    assert (step.subject_type, step.facts["step"], step.facts["ordinal"]) == ("soft_step", "warn", 1)
    app.undo.undo(visit)
    assert app.soft.of(hazard) == ()
    app.undo.redo(visit)
    assert [one.step for one in app.soft.of(hazard)] == [SoftStepKind.WARN]


def test_steps_go_on_after_the_visit_but_not_about_what_was_taken_back(app: App) -> None:
    hazard = a_hazard(app)
    app.inspections.close(app.hazards.get(hazard).inspection_id)
    app.soft.take(hazard, SoftStepKind.TALK)
    other = a_hazard(app)
    app.hazards.remove(other, "重复")
    with pytest.raises(NotAllowed):
        app.soft.take(other, SoftStepKind.TALK)


def test_the_first_general_hazard_of_its_item_is_suggested(app: App) -> None:
    told = app.soft.suggestion(a_hazard(app))
    assert (told.is_suggested, told.why_not, told.earlier) == (True, "", ())
    assert told.basis.text() == "《中华人民共和国行政处罚法》第三十三条第一款"


@pytest.mark.parametrize(("fields", "why"), [({"severity": Severity.MAJOR}, MAJOR), ({"catalogue_code": ""}, NO_ITEM)])
def test_what_is_major_or_unknown_is_not(app: App, fields: dict[str, object], why: str) -> None:
    told = app.soft.suggestion(a_hazard(app, **fields))
    assert (told.is_suggested, told.why_not) == (False, why)


def test_the_second_time_at_the_site_is_not_the_first(desk: Desk) -> None:
    app = desk.app
    first = a_hazard(app)
    desk.clock.advance(minutes=60)
    second = a_hazard(app)
    told = app.soft.suggestion(second)
    assert (told.why_not, [one.hazard_id for one in told.earlier]) == (EARLIER, [first])
    assert app.soft.suggestion(first).is_suggested  # what came later doesn't count
    app.hazards.remove(first, "误记")
    assert app.soft.suggestion(second).is_suggested
    desk.clock.advance(minutes=60)
    elsewhere = app.inspections.start("site-sample-02", (ZHANG, LI)).made
    other = app.hazards.report(elsewhere, a_draft(catalogue_code=ITEM)).made
    assert app.soft.suggestion(other).is_suggested


def test_a_choice_is_kept_and_against_the_suggestion_it_needs_a_reason(desk: Desk) -> None:
    app = desk.app
    hazard, major = a_hazard(app), a_hazard(app, severity=Severity.MAJOR)
    app.soft.choose(hazard, SoftChoice.FIRST_MINOR)
    for one, choice in ((hazard, SoftChoice.OVERRIDDEN), (major, SoftChoice.FIRST_MINOR)):
        with pytest.raises(InvalidInput) as caught:
            app.soft.choose(one, choice, " ")
        assert caught.value.facts["field"] == "soft_reason"
    assert desk.reopen().hazards.get(hazard).soft_choice == SoftChoice.FIRST_MINOR
    desk.app.soft.choose(hazard, SoftChoice.OVERRIDDEN, "拒不改正")
    found = desk.app.hazards.get(hazard)
    assert (found.soft_choice, found.soft_reason) == ("overridden", "拒不改正")
    desk.app.soft.choose(hazard, SoftChoice.NOT_ASKED)
    assert desk.app.hazards.get(hazard).soft_choice == ""


def test_the_card_says_what_why_how_until_when_and_whom_to_ask(app: App) -> None:
    hazard = a_hazard(app)
    pages, words = words_of(app.soft.card(hazard))
    assert pages == 1
    found, office = app.hazards.get(hazard), app.office
    for part in (
        found.description,
        found.place,
        "第三十六条第一款",
        found.requirement,
        "2026年12月4日",
        office.name,
        "张示",
    ):
        assert part in words, part
    for threat in ("罚款", "处罚", "后果自负", "强制"):
        assert threat not in words
    app.soft.choose(hazard, SoftChoice.FIRST_MINOR)
    assert "可以不予行政处罚" in words_of(app.soft.card(hazard))[1]


def test_at_once_and_stopped(app: App) -> None:
    _, words = words_of(app.soft.card(a_hazard(app, measure=Measure.IMMEDIATE)))
    assert "请现在就改" in words
    _, words = words_of(app.soft.card(a_hazard(app, measure=Measure.STOP)))
    assert "停止相关作业" in words


def test_the_words_of_the_law_stand_on_it_where_they_are_known(app: App) -> None:
    card = app.soft._card(a_hazard(app))
    known = replace(card, articles=[("《示例法》第一条", "生产经营单位应当保持出口畅通。")])
    assert "第一条：生产经营单位应当保持出口畅通。" in words_of(law_card.draw(known))[1]


@pytest.mark.parametrize("length", [200, 1_500, 4_000])
def test_however_long_the_law_is_it_stays_on_one_page(app: App, length: int) -> None:
    card = app.soft._card(a_hazard(app))
    pages, words = words_of(
        law_card.draw(replace(card, articles=[("《示例法》第一条", "甲乙丙丁戊己庚。" * (length // 8))]))
    )
    assert pages == 1
    assert "《示例法》第一条" in words


def test_a_description_that_fills_pages_loses_nothing(app: App) -> None:
    card = replace(app.soft._card(a_hazard(app)), description="出口堵塞，" * 700)
    pages, words = words_of(law_card.draw(card))
    assert pages > 1
    assert words.count("塞") == 700


def test_the_card_is_saved_whole_and_never_over_another(app: App, tmp_path: Path) -> None:
    hazard = a_hazard(app)
    file = app.soft.save_card(hazard, tmp_path / "普法卡.pdf")
    assert words_of(file.read_bytes())[0] == 1
    with pytest.raises(NotAllowed):
        app.soft.save_card(hazard, file)


def test_the_card_is_printed_on_a_ready_printer(app: App, spool: Spool) -> None:
    hazard = a_hazard(app)
    app.soft.print_card(hazard, "vp")
    (job,) = spool.jobs
    assert (job.document[:5], job.option("-t")) == (b"%PDF-", "安全生产普法卡")
    spool.holds("iso_a5_148x210mm")
    with pytest.raises(PrinterFailed):
        app.soft.print_card(hazard, "vp")
    assert len(spool.jobs) == 1
