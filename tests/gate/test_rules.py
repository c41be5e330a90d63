"""Every rule that is judged here catches what it must and nothing else; without it that would go free."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest
from msgspec import structs

from inspector.domain.notice import FormCode
from inspector.law import corrections, documents, gate, rules, statutes_in_use
from inspector.law.notice_facts import Finding
from tests.gate.cases import CASES, FINE, ORDER, Case
from tests.gate.made import facts
from tests.unit.law.statute_material import library

OF_THE_PACK = {"R071", "R072"}
NAMES = [f"{case.rule}-{case.form}" for case in CASES]


@pytest.fixture(autouse=True)
def texts() -> Iterator[None]:
    """A statute whose articles have paragraphs is installed."""
    statutes_in_use.use(library())
    yield
    statutes_in_use.use(None)


def found(case: Case, changes: dict[str, object]) -> list[Finding]:
    return list(gate.evaluate(facts(case.form, **changes)))


def test_no_rule_is_without_a_case():
    assert {case.rule for case in CASES} | OF_THE_PACK == set(rules.load().setups)


@pytest.mark.parametrize("case", CASES, ids=NAMES)
def test_a_rule_catches_what_breaks_it(case: Case):
    told = found(case, case.caught)
    mine = [one for one in told if one.rule == case.rule]
    assert mine
    assert not [one.message for one in told if one.rule == "rule_failed"]
    for one in mine:
        assert one.message
        assert one.message_en
        assert "{" not in one.message + one.message_en + one.field
        assert "None" not in one.message + one.message_en + one.field
        assert one.field
        assert one.key.startswith(f"{case.rule}@")


@pytest.mark.parametrize("case", CASES, ids=NAMES)
def test_a_rule_spares_what_keeps_it(case: Case):
    told = found(case, case.spared)
    assert [one.message for one in told if one.rule in {case.rule, "rule_failed"}] == []


@pytest.mark.parametrize("rule", sorted({case.rule for case in CASES}))
def test_without_a_rule_what_it_catches_goes_free(rule: str, monkeypatch: pytest.MonkeyPatch):
    book = rules.load()
    fewer = {name: setup for name, setup in book.setups.items() if name != rule}
    monkeypatch.setattr(rules, "load", lambda: replace(book, setups=fewer))
    for case in (one for one in CASES if one.rule == rule):
        assert rule not in {one.rule for one in found(case, case.caught)}


@pytest.mark.parametrize("form", sorted({case.form for case in CASES}))
def test_a_complete_draft_has_no_error(form: FormCode):
    assert [one.message for one in gate.evaluate(facts(form)) if one.is_blocking] == []


def test_r071_the_decision_on_the_spot_must_say_that_reconsideration_comes_first(monkeypatch: pytest.MonkeyPatch):
    assert not [one for one in gate.evaluate(facts(FINE)) if one.rule == "R071"]
    kind = documents.get("CFDW")
    blocks = tuple(structs.replace(block, is_review_first=False) for block in kind.body)
    monkeypatch.setattr(documents, "get", lambda code: structs.replace(kind, body=blocks))
    assert [one.rule for one in gate.evaluate(facts(FINE)) if one.rule == "R071"] == ["R071"]


def test_r072_the_periods_of_the_remedies_are_the_legal_ones(monkeypatch: pytest.MonkeyPatch):
    assert not [one for one in gate.evaluate(facts(ORDER)) if one.rule == "R072"]
    told = corrections.load()
    wrong = structs.replace(told, remedy=structs.replace(told.remedy, reconsider_days=15))
    monkeypatch.setattr(corrections, "load", lambda: wrong)
    assert [one.rule for one in gate.evaluate(facts(ORDER)) if one.rule == "R072"] == ["R072"]


def test_what_is_not_judged_has_its_reason_in_both_languages():
    book = rules.load()
    assert set(book.setups) | set(book.not_here) == set(book.rules)
    assert not set(book.setups) & set(book.not_here)
    for reason in book.not_here.values():
        assert reason.zh
        assert reason.en
    assert {one.id for one in gate.not_evaluable()} == set(book.not_here)
    statutes_in_use.use(None)
    assert {one.id for one in gate.not_evaluable()} == {*book.not_here, "R171"}
