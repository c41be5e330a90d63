"""Every document of the pack from its first field to the paper: drafted, filled in, judged, issued, read back."""

from __future__ import annotations

import json
import re
import subprocess
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from inspector.app import App
from inspector.domain.hazard import Measure
from inspector.domain.notice import FormCode, NoticeState
from inspector.domain.serving import ServingMethod
from inspector.errors import GateClosed, InspectorError, InvalidInput, NotAllowed
from inspector.law import documents
from inspector.services.documents import FieldView
from inspector.services.serving import ServingDraft
from tests.builders import LI, PIN, FakeClock
from tests.services.conftest import Desk
from tests.services.visit import a_draft, a_visit, issue

EXAMPLES: dict[str, dict[str, Any]] = json.loads(
    (Path(__file__).parents[1] / "documents" / "examples.json").read_text(encoding="utf-8")
)
DRIVEN = tuple(code for code in FormCode if not documents.get(code).is_own_module)
RECORD, ORDER = FormCode.INSPECTION_RECORD, FormCode.RECTIFICATION_ORDER


BESIDES = {
    FormCode.SEIZURE_DECISION: (FormCode.SCENE_RECORD,),  # 行政强制法 art. 18(七)
}
FITTING: dict[FormCode, dict[str, Any]] = {FormCode.SEIZURE_DECISION: {"ends_on": "2026-12-19"}}
"""Values that fit the day of the tests."""
SIGNED = ServingDraft(method=ServingMethod.SIGNED, receiver="钱示意")


def a_full_visit(app: App, clock: FakeClock) -> str:
    """A visit with a hazard for each kind of order, whose record is issued."""
    visit = a_visit(app, clock, hazards=1)
    app.hazards.report(visit, a_draft("二号库房违规储存易燃液体二十桶", measure=Measure.STOP, deadline=None))
    app.serving.serve(issue(app, app.notices.draft(visit, RECORD).made), SIGNED)
    return visit


def filled(app: App, visit: str, code: FormCode, **changes: Any) -> str:
    """Draft a document, after whatever must come before it, and fill in what no record knows."""
    kind = documents.get(code)
    there = {one.form.value for one in app.notices.of(visit) if one.state is NoticeState.ISSUED}
    for form in BESIDES.get(code, ()):
        if form.value not in there:
            put_out(app, visit, form)
    for need in kind.needs:
        if need.of != "about" and not there & set(need.forms):
            put_out(app, visit, FormCode(need.forms[0]))
    made = app.notices.draft(visit, code, about=one_about(app, visit, kind.about) if kind.about else None).made
    for _ in range(3):  # a choice may ask for more
        views = app.notices.filling(made).fields
        open_keys = {one.field.key for one in views if not one.field.source or one.problem}
        told = {
            key: value
            for key, value in {**EXAMPLES[code.value], **FITTING.get(code, {}), **changes}.items()
            if key in open_keys
        }
        app.notices.fill(made, told)
    return made


def one_about(app: App, visit: str, possible: tuple[str, ...]) -> str:
    """Return an issued document of one of the forms; issue one if there is none."""
    for one in app.notices.of(visit):
        if one.form.value in possible and one.state is NoticeState.ISSUED:
            return one.id
    return put_out(app, visit, FormCode(possible[0]))


def put_out(app: App, visit: str, code: FormCode, **changes: Any) -> str:
    """Draft, fill in and issue a document; return its id."""
    is_own = documents.get(code).is_own_module
    made = issue(app, app.notices.draft(visit, code).made if is_own else filled(app, visit, code, **changes))
    if documents.get(code).is_on_site:
        app.serving.serve(made, SIGNED)
    return made


def text_of(pdf: bytes) -> str:
    told = subprocess.run(["pdftotext", "-raw", "-", "-"], input=pdf, capture_output=True, check=True).stdout
    return re.sub(r"\s", "", told.decode())


def printed(value: Any) -> list[str]:
    """The texts of a value, as far as the paper says them letter by letter."""
    if isinstance(value, str):
        return [value]
    if isinstance(value, dict):
        return [text for each in value.values() for text in printed(each)]
    return [text for each in value for text in printed(each)] if isinstance(value, list) else []


@pytest.mark.parametrize("code", DRIVEN)
def test_a_document_is_filled_in_previewed_issued_and_read_back(desk: Desk, code: FormCode) -> None:
    visit = a_full_visit(desk.app, desk.clock)
    made = filled(desk.app, visit, code)
    assert {one.problem for one in desk.app.notices.filling(made).fields} == {""}
    told = desk.app.notices.preview(made)
    assert told.pdf.startswith(b"%PDF")
    assert [one.message for one in told.findings if one.is_blocking] == []
    issue(desk.app, made)
    app = desk.reopen()
    notice, text = app.notices.get(made), text_of(app.notices.pdf(made))
    assert notice.state is NoticeState.ISSUED
    assert bool(notice.number) is (documents.get(code).numbering == "own")
    said = {"text", "multiline", "person", "phone", "idcard", "list", "table", "qa_list", "law_refs"}
    on_paper = " ".join(sentences(code))
    for field in documents.get(code).fields:
        if field.type in said and field.key in notice.filled and re.search(rf"\b{field.key}\b", on_paper):
            for each in printed(notice.filled[field.key]):
                assert re.sub(r"\s", "", each) in text, (field.key, each)


def sentences(code: FormCode) -> list[str]:
    """Every sentence and key of a document without conditions: what is printed whatever is chosen."""
    told: list[str] = []
    for block in documents.get(code).body:
        if not block.when:
            told += [block.say, block.key, *(key for row in block.rows for _, key in row)]
            told += [cell.say for row in block.grid for cell in row.cells]
    return told


# --- filling in ---------------------------------------------------------------------


def view(app: App, notice: str, key: str) -> FieldView:
    return next(one for one in app.notices.filling(notice).fields if one.field.key == key)


def test_a_receipt_lists_what_is_served_and_no_paper_of_the_file(app: App, desk: Desk) -> None:
    visit = a_full_visit(app, desk.clock)
    for code in (FormCode.SCENE_RECORD, FormCode.INTERVIEW_RECORD, FormCode.EXTENSION_REQUEST):
        put_out(app, visit, code)
    receipt = app.notices.draft(visit, FormCode.SERVICE_RECEIPT, about=one_about(app, visit, ("XCJC",))).made
    listed = [row["document"].split("》")[0] for row in view(app, receipt, "services").value]
    assert listed == ["《现场检查记录", "《责令限期整改指令书"]


def test_records_fill_what_they_know_and_what_is_typed_goes_before_them(app: App, desk: Desk) -> None:
    visit = a_visit(app, desk.clock, hazards=1)
    made = app.notices.draft(visit, FormCode.PENALTY_UNIT).made
    assert view(app, made, "address").is_from_records
    assert view(app, made, "facts").shown == "一号库东侧3号出口：第1处安全出口被货物堵塞"
    assert view(app, made, "penalty_basis").problem == "missing"
    app.notices.fill(made, {"address": "示例区示例路2号", "fine": 200000, "kinds": ["fine"]})
    assert (view(app, made, "address").value, view(app, made, "address").is_from_records) == ("示例区示例路2号", False)
    assert view(app, made, "fine").shown == "贰仟元整（¥2,000.00）"
    app.notices.fill(made, {"address": None})
    assert view(app, made, "address").is_from_records


def test_a_field_is_asked_only_where_its_condition_holds(app: App, desk: Desk) -> None:
    made = app.notices.draft(a_visit(app, desk.clock, hazards=1), FormCode.PENALTY_UNIT).made
    asked = [one.field.key for one in app.notices.filling(made).fields]
    assert "fine" not in asked
    app.notices.fill(made, {"kinds": ["fine", "warning"], "pay": "bank"})
    asked = [one.field.key for one in app.notices.filling(made).fields]
    assert {"fine", "pay", "bank", "account"} <= set(asked)
    assert "cash_ground" not in asked
    app.notices.fill(made, {"kinds": ["warning"]})
    assert "bank" not in [one.field.key for one in app.notices.filling(made).fields]


@pytest.mark.parametrize(
    ("code", "key", "value", "reason"),
    [
        ("CFDW", "fine", -1, "range"),
        ("CFDW", "fine", "两千", "malformed"),
        ("CFDW", "kinds", ["closure"], "not_an_option"),
        ("CFDW", "violation_on", "2026-13-01", "malformed"),
        ("CFDW", "decided_at", "2026-11-20T09:00:00", "malformed"),
        ("CFDW", "phone", "call me", "malformed"),
        ("CFDW", "bank", "一行\n二行", "line_break"),
        ("CFDW", "nothing_of_the_kind", "x", "unknown_field"),
        ("CFDW", "party", "别的单位", "not_editable"),
        ("CFDW", "is_heard", "yes", "malformed"),
        ("XWBL", "id_no", "500112198502149990", "check_digit"),
        ("XWBL", "qa", [{"q": "问"}], "malformed"),
        ("XWBL", "age", 10**7, "range"),
        ("CFQD", "items", [{"weight": "1"}], "malformed"),
        ("XCJD", "measures", ["a"] * 501, "too_many"),
        ("XCJD", "measures", ["x" * 4001], "too_long"),
    ],
)
def test_a_wrong_value_is_named_and_nothing_is_kept(
    app: App, desk: Desk, code: str, key: str, value: Any, reason: str
) -> None:
    made = app.notices.draft(a_visit(app, desk.clock), FormCode(code)).made
    with pytest.raises(InvalidInput) as caught:
        app.notices.fill(made, {key: value})
    assert (caught.value.facts["field"], caught.value.facts["reason"]) == (key, reason)
    assert app.notices.get(made).filled == {}


def test_an_issued_document_is_not_filled_again(app: App, desk: Desk) -> None:
    visit = a_full_visit(app, desk.clock)
    made = put_out(app, visit, FormCode.MEASURES_DECISION)
    with pytest.raises(NotAllowed) as caught:
        app.notices.fill(made, {"measures": ["停止使用"]})
    assert caught.value.facts["reason"] == "issued"
    assert app.notices.get(made).filled["party"] == app.sites.get(app.inspections.get(visit).site_id).name


def test_one_filling_is_one_entry_and_the_same_again_is_none(app: App, desk: Desk) -> None:
    made = app.notices.draft(a_visit(app, desk.clock), FormCode.MEASURES_DECISION).made
    before = app.audit.verify().entries
    app.notices.fill(made, {"measures": ["停止使用充电机"]})
    app.notices.fill(made, {"measures": ["停止使用充电机"]})
    assert app.audit.verify().entries == before + 1


# --- what must come first ---------------------------------------------------------------


def test_what_lacks_is_named_and_keeps_the_gate_closed(app: App, desk: Desk) -> None:
    visit = a_visit(app, desk.clock, hazards=1)
    offer = next(one for one in app.notices.offered(visit) if one.form is FormCode.MEASURES_DECISION)
    assert (offer.is_ready, offer.missing) == (False, ("XCJC",))
    made = app.notices.draft(visit, FormCode.MEASURES_DECISION).made
    app.notices.fill(made, {"measures": ["停止使用充电机"]})
    with pytest.raises(GateClosed):
        app.notices.issue(made, second_officer_id=LI, pin=PIN)


def test_offers_come_in_guided_order_and_suggest_what_the_visit_needs(app: App, desk: Desk) -> None:
    visit = a_visit(app, desk.clock, hazards=1)
    app.hazards.report(visit, a_draft("违规充电", measure=Measure.STOP, deadline=None))
    groups = [group.id for group in documents.load().groups]
    offered = app.notices.offered(visit)
    assert [one.group for one in offered] == sorted((one.group for one in offered), key=groups.index)
    assert {one.form for one in offered} == set(FormCode)
    assert [one.form for one in offered if one.is_suggested] == [RECORD]
    record = issue(app, app.notices.draft(visit, RECORD).made)
    again = {one.form: one for one in app.notices.offered(visit)}
    assert again[RECORD].made == (record,)
    suggested = {form for form, one in again.items() if one.is_suggested}
    assert suggested == {ORDER, FormCode.MEASURES_DECISION, FormCode.SERVICE_RECEIPT}


def test_a_list_finds_its_decision_and_prints_its_number(app: App, desk: Desk) -> None:
    visit = a_full_visit(app, desk.clock)
    decision = app.notices.get(put_out(app, visit, FormCode.SEIZURE_DECISION))
    offer = next(one for one in app.notices.offered(visit) if one.form is FormCode.SEIZURE_LIST)
    assert (offer.is_ready, offer.about_choices, offer.is_suggested) == (True, (decision.id,), True)
    made = app.notices.draft(visit, FormCode.SEIZURE_LIST).made
    assert app.notices.get(made).about == decision.id
    app.notices.fill(made, {"items": [{"no": "1", "name": "易燃液体", "amount": "20桶"}]})
    issue(app, made)
    assert app.notices.get(made).number == ""
    assert decision.number in text_of(app.notices.pdf(made))


def test_a_document_is_about_what_the_pack_allows(app: App, desk: Desk) -> None:
    visit = a_full_visit(app, desk.clock)
    record = next(one.id for one in app.notices.of(visit) if one.form is RECORD)
    for form, about in ((FormCode.SEIZURE_LIST, record), (FormCode.INTERVIEW_RECORD, record)):
        with pytest.raises(NotAllowed) as caught:
            app.notices.draft(visit, form, about=about)
        assert caught.value.facts["reason"] == "not_about"


def test_papers_without_number_have_files_of_their_own(app: App, desk: Desk, tmp_path: Path) -> None:
    visit = a_full_visit(app, desk.clock)
    later = {"started_at": "2026-11-20T06:00:00Z", "ended_at": "2026-11-20T07:00:00Z"}
    first, second = (put_out(app, visit, FormCode.INTERVIEW_RECORD, **times) for times in ({}, later))
    paths = {app.notices.export(one, tmp_path).name for one in (first, second)}
    assert len(paths) == 2
    assert all("询问笔录" in name for name in paths)
    numbers = [one.number for one in app.notices.of(visit) if one.form is FormCode.INTERVIEW_RECORD]
    assert numbers == ["", ""]
    assert app.audit.verify().faults == ()


def test_a_draft_keeps_the_pack_it_began_with(app: App, desk: Desk) -> None:
    made = app.notices.draft(a_visit(app, desk.clock), FormCode.INTERVIEW_RECORD).made
    assert app.notices.get(made).draft_pack == "2026-11-22"


def test_a_wrong_form_of_a_value_never_reaches_the_paper(app: App, desk: Desk) -> None:
    """What another version wrote into `filled` doesn't break the draft."""
    made = app.notices.draft(a_visit(app, desk.clock), FormCode.INTERVIEW_RECORD).made
    with pytest.raises(InspectorError):
        app.notices.fill(made, {"started_at": date(2026, 11, 20)})
