"""Hazards come back exactly as they were typed, and stand still once an issued notice names them."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from inspector.app import App
from inspector.domain.hazard import Measure, Severity
from inspector.domain.notice import FormCode
from inspector.errors import InvalidInput, NotAllowed, NotFound
from inspector.services.hazards import HazardDraft
from tests.builders import LI, ZHANG
from tests.services.conftest import Desk
from tests.services.visit import IN_TWO_WEEKS, LAW, SITE, a_draft, a_photo, a_visit, issue

TEXTS = ("place", "requirement", "major_criterion")


@pytest.fixture
def visit(app: App) -> str:
    return app.inspections.start(SITE, (ZHANG, LI)).made


def test_a_reported_hazard_comes_back_whole(desk: Desk, visit: str) -> None:
    draft = a_draft("一楼䶮字号库房㎡½、①②“引号”", severity=Severity.MAJOR, major_criterion="GB 50016 第7.1条")
    made = desk.app.hazards.report(visit, draft).made
    found = desk.reopen().hazards.get(made)
    assert {name: getattr(found, name) for name in HazardDraft.__dataclass_fields__} == {
        name: getattr(draft, name) for name in HazardDraft.__dataclass_fields__
    }
    assert found.ordinal == 1
    assert found.basis[0].text() == "《安全生产法》第三十六条第一款"


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.text(max_size=60), min_size=1, max_size=12))
@example(
    [
        "\U00031350\U0002ebf0",
        "a\tb",
        "\u3000全角空格\u3000",
        "é≠e\u0301",
        "㎡ﬁ①",
        "\U0001f477\u200d\u2640",
        "\u202eabc",
        "\ufeffx",
    ]
)
@example(["\x00", "\x1b[2J", "\ud800", "\uffff", "a\rb"])
def test_any_text_that_is_accepted_comes_back_exactly(desk: Desk, texts: list[str]) -> None:
    app = desk.app
    visit = app.inspections.start(SITE, (ZHANG, LI)).made
    kept: dict[str, str] = {}
    reasons: set[object] = set()
    for text in texts:
        hazard = app.hazards.report(visit, a_draft()).made
        try:
            app.hazards.patch(hazard, place=text, requirement=text)
            kept[hazard] = text.strip()
        except InvalidInput as refused:
            reasons.add(refused.facts["reason"])
            kept[hazard] = a_draft().place
    told = {one.id: one.place for one in desk.reopen().hazards.of(visit)}
    assert told == kept
    assert reasons <= {"control_character"}


def test_characters_that_paper_or_json_can_not_carry_are_refused_by_name(app: App, visit: str) -> None:
    for text, codepoint in (("a\x00", "U+0000"), ("\x7fb", "U+007F"), ("a\ud83d b", "U+D83D"), ("\ufdd0", "U+FDD0")):
        with pytest.raises(InvalidInput) as caught:
            app.hazards.report(visit, a_draft(text + "隐患"))
        assert caught.value.facts["codepoint"] == codepoint
    assert app.hazards.of(visit) == []


def test_characters_newer_than_our_tables_are_kept(desk: Desk, visit: str) -> None:
    made = desk.app.hazards.report(visit, a_draft(place="\U00031350\U0002ebf0库")).made  # CJK extensions H and I
    assert desk.reopen().hazards.get(made).place == "\U00031350\U0002ebf0库"


def test_a_description_must_be_there_and_be_one_line(app: App, visit: str) -> None:
    for text, reason in (("", "empty"), (" 　\n", "empty"), ("一\n二", "line_break"), ("长" * 4001, "too_long")):
        with pytest.raises(InvalidInput) as caught:
            app.hazards.report(visit, HazardDraft(description=text))
        assert (caught.value.facts["field"], caught.value.facts["reason"]) == ("description", reason)
    assert app.hazards.report(visit, HazardDraft(description="长" * 4000)).made


def test_the_half_typed_form_goes_with_the_report_and_only_then(desk: Desk, visit: str) -> None:
    owner = f"hazard:new:{visit}"
    desk.app.drafts.put(owner, "description", "一号库东侧安全出")
    with pytest.raises(InvalidInput):
        desk.app.hazards.report(visit, HazardDraft(description=""))
    assert desk.reopen().drafts.of(owner) == {"description": "一号库东侧安全出"}
    desk.app.hazards.report(visit, a_draft())
    assert desk.reopen().drafts.of(owner) == {}


def test_a_patch_forgets_the_half_typed_text_of_its_own_fields(desk: Desk, visit: str) -> None:
    made = desk.app.hazards.report(visit, a_draft()).made
    for name in ("place", "requirement"):
        desk.app.drafts.put(f"hazard:{made}", name, "typing")
    desk.app.hazards.patch(made, place="东侧", deadline=None, measure=Measure.IMMEDIATE, severity=Severity.MAJOR)
    found = desk.reopen().hazards.get(made)
    assert (found.place, found.deadline, found.measure, found.severity) == (
        "东侧", None, Measure.IMMEDIATE, Severity.MAJOR,
    )  # fmt: skip
    assert desk.app.drafts.of(f"hazard:{made}") == {"requirement": "typing"}


@pytest.mark.parametrize("fields", [{"ordinal": 9}, {"severity": "major"}, {"deadline": "2026-12-04"}, {"basis": []}])
def test_a_field_of_the_wrong_kind_is_refused(app: App, visit: str, fields: dict[str, object]) -> None:
    made = app.hazards.report(visit, a_draft()).made
    with pytest.raises(InvalidInput):
        app.hazards.patch(made, **fields)
    assert app.hazards.get(made).ordinal == 1


def test_a_removed_hazard_is_gone_and_its_number_is_not_given_again(app: App, visit: str) -> None:
    first, second = (app.hazards.report(visit, a_draft(text)).made for text in ("一", "二"))
    with pytest.raises(InvalidInput):
        app.hazards.remove(second, " ")
    app.hazards.remove(second, "看错了")
    third = app.hazards.report(visit, a_draft("三")).made
    assert [(one.id, one.ordinal) for one in app.hazards.of(visit)] == [(first, 1), (third, 3)]
    assert (app.hazards.get(second).is_removed, app.hazards.get(second).removed_reason) == (True, "看错了")


def test_a_duplicate_copies_everything_but_the_place(app: App, visit: str) -> None:
    made = app.hazards.report(visit, a_draft(severity=Severity.MAJOR)).made
    again = app.hazards.get(app.hazards.duplicate(made).made)
    first = app.hazards.get(made)
    assert (again.place, again.ordinal) == ("", 2)
    for name in ("description", "severity", "measure", "requirement", "deadline", "basis", "inspection_id"):
        assert getattr(again, name) == getattr(first, name)


def test_a_hazard_of_nowhere_is_not_found(app: App, visit: str) -> None:
    for change in (
        lambda: app.hazards.report("no-such-visit", a_draft()),
        lambda: app.hazards.patch("no-such-hazard", place="x"),
        lambda: app.hazards.remove("no-such-hazard", "x"),
        lambda: app.hazards.duplicate("no-such-hazard"),
    ):
        with pytest.raises(NotFound):
            change()


def test_what_an_issued_notice_names_is_frozen_until_it_is_void(desk: Desk) -> None:
    app = desk.app
    visit = a_visit(app, desk.clock, hazards=2)
    named, free = app.hazards.of(visit)
    order = app.notices.draft(visit, FormCode.RECTIFICATION_ORDER, (named.id,)).made
    app.hazards.patch(named.id, place="还是草稿时可以改")
    issue(app, app.notices.draft(visit, FormCode.INSPECTION_RECORD, (named.id,)).made)
    record = app.notices.of(visit)[1]
    issue(app, order)
    app.notices.void(record.id, "换一份")
    for change in (lambda: app.hazards.patch(named.id, place="x"), lambda: app.hazards.remove(named.id, "x")):
        with pytest.raises(NotAllowed) as caught:
            change()
        assert caught.value.facts == {"reason": "hazard_issued", "number": app.notices.get(order).number}
    app.hazards.patch(free.id, place="没有写进文书的可以改")
    app.notices.void(order, "地点写错")
    app.hazards.patch(named.id, place="作废之后可以改")
    assert desk.reopen().hazards.get(named.id).place == "作废之后可以改"


def test_a_catalogue_item_fills_the_form_and_its_codes_are_found_again(desk: Desk, visit: str) -> None:
    item = desk.app.catalogue.search("安全出口")[0]
    draft = desk.app.catalogue.hazard_from(item.code)
    made = desk.app.hazards.report(visit, draft).made
    found = desk.reopen().hazards.get(made)
    assert (found.catalogue_code, found.description, found.basis) == (item.code, item.title, item.violated)
    assert found.deadline is not None
    assert found.deadline >= date(2026, 12, 5)
    assert LAW.article == "第三十六条"
    assert desk.app.catalogue.deadline(14).day == IN_TWO_WEEKS


def test_a_hazard_taken_back_lets_go_of_its_photos_and_never_changes_again(
    app: App, visit: str, tmp_path: Path
) -> None:
    hazard_id = app.hazards.report(visit, a_draft()).made
    evidence_id = app.evidence.attach(visit, a_photo(tmp_path / "one.jpg"), hazard_id=hazard_id).made
    app.hazards.remove(hazard_id, "重复记录")
    assert [one.hazard_id for one in app.evidence.of(visit)] == [None]
    with pytest.raises(NotAllowed, match="hazard_removed"):
        app.hazards.patch(hazard_id, place="别处")
    with pytest.raises(NotAllowed, match="hazard_removed"):
        app.evidence.move(evidence_id, hazard_id)


@pytest.mark.parametrize("turning", ["\u202e", "\u2067", "\u200f"])
def test_marks_that_turn_text_around_are_refused(app: App, visit: str, turning: str) -> None:
    with pytest.raises(InvalidInput):
        app.hazards.report(visit, a_draft(f"示例{turning}公司"))
