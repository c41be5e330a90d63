from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from inspector.domain.hazard import Citation, Severity
from inspector.domain.notice import FormCode
from inspector.law import gate, rule_view, rules

RECORD, ORDER = FormCode.INSPECTION_RECORD, FormCode.RECTIFICATION_ORDER


def found(facts: gate.NoticeFacts, rule: str) -> list[gate.Finding]:
    return [each for each in gate.evaluate(facts) if each.rule == rule]


@pytest.mark.parametrize("name", ["name", "credit_code", "address", "responsible_person", "position", "phone"])
def test_a_blank_field_of_the_site_is_one_finding(a_notice, name):
    findings = gate.evaluate(
        a_notice(RECORD, site=replace(a_notice().site, **{name: " " if name != "credit_code" else ""}))
    )
    assert [(each.rule, each.field, each.severity) for each in findings] == [("field_missing", f"site.{name}", "error")]


def test_an_order_without_hazards_is_incomplete(a_notice):
    assert [each.field for each in found(a_notice(hazards=()), "field_missing")] == ["hazards"]


def test_a_visit_without_end_and_recusal_is_incomplete(a_notice):
    visit = replace(a_notice().inspection, ended_at=None, is_recusal_told=False)
    fields = {each.field for each in found(a_notice(RECORD, inspection=visit), "field_missing")}
    assert fields == {"inspection.ended_at", "inspection.is_recusal_told"}


def test_a_certificate_without_number_is_incomplete(a_notice, an_officer):
    facts = a_notice(RECORD, officers=(an_officer("张一", cert_no=""), an_officer("李二二")))
    assert [each.field for each in found(facts, "field_missing")] == ["officers"]


def test_no_officer_at_all_is_told_once(a_notice):
    assert [each.rule for each in gate.evaluate(a_notice(officers=()))] == ["R001"]


def test_no_number_left(a_notice):
    (finding,) = gate.evaluate(a_notice(number="", has_number_left=False))
    assert (finding.rule, finding.field, finding.severity) == ("E104", "number", "error")
    assert not gate.evaluate(a_notice(number="", has_number_left=True))


def test_a_missing_glyph_names_character_and_field(a_notice):
    (finding,) = gate.evaluate(a_notice(missing_glyphs=(("site.responsible_person", "\U0002b81c"),)))
    assert (finding.rule, finding.field) == ("glyph_missing", "site.responsible_person")
    assert "U+2B81C" in finding.message


def test_a_suspect_clock_only_warns(a_notice):
    (finding,) = gate.evaluate(a_notice(is_clock_suspect=True))
    assert (finding.rule, finding.is_blocking) == ("clock_suspect", False)


def test_clean_and_hazards_contradict(a_notice):
    visit = replace(a_notice().inspection, is_clean=True)
    assert [each.rule for each in gate.evaluate(a_notice(RECORD, inspection=visit))] == ["clean_contradicted"]


def test_a_hazard_without_words(a_notice, a_hazard):
    assert [each.field for each in found(a_notice(hazards=(a_hazard(description=" "),)), "hazard_empty")] == [
        "hazard.h1.description"
    ]


def test_unconfirmed_law_of_the_catalogue_is_shown(a_notice, a_hazard):
    dust = a_hazard(1, catalogue_code="FC-005", severity=Severity.MAJOR, major_criterion="第十一条")
    assert [each.rule for each in gate.evaluate(a_notice(RECORD, hazards=(dust,)))] == ["basis_unconfirmed"]
    canopy = Citation(law="GZ5", title="高层民用建筑消防安全管理规定", article="高层民用建筑消防安全管理规定")
    findings = gate.evaluate(a_notice(RECORD, hazards=(a_hazard(1, catalogue_code="XF-020", basis=(canopy,)),)))
    assert {each.rule for each in findings} == {"citation_imprecise", "basis_unconfirmed"}
    assert not any(each.is_confirmed or each.is_blocking for each in findings)


def test_a_removed_hazard_is_not_looked_at(a_notice, a_hazard):
    assert not gate.evaluate(a_notice(hazards=(a_hazard(1), a_hazard(2, is_removed=True, basis=(), deadline=None))))


def test_errors_come_first(a_notice, a_hazard):
    hazards = (a_hazard(1, deadline=date(2026, 12, 12)), a_hazard(2, deadline=None))
    severities = [each.severity for each in gate.evaluate(a_notice(hazards=hazards, photos_by_hazard={}))]
    assert severities == sorted(severities)
    assert set(severities) == {"error", "warning"}


def test_a_rule_that_fails_says_so_and_stops_the_notice(a_notice, monkeypatch):
    book = rules.load()
    broken = {**book.rules, "R006": replace_rule(book.rules["R006"], "insp.no_such_fact")}
    monkeypatch.setattr(rules, "load", lambda: replace(book, rules=broken))
    (finding,) = gate.evaluate(a_notice())
    assert (finding.rule, finding.severity, finding.is_confirmed) == ("rule_failed", "error", False)
    assert "R006" in finding.message


def test_a_setup_without_rule_or_word_says_so(a_notice, monkeypatch):
    book = rules.load()
    setups = {**book.setups, "R999": book.setups["R006"]}
    monkeypatch.setattr(rules, "load", lambda: replace(book, setups=setups))
    assert ["R999" in each.message for each in found(a_notice(), "rule_failed")] == [True]


def replace_rule(rule: rules.Rule, expr: str) -> rules.Rule:
    return rules.Rule(**{**{name: getattr(rule, name) for name in rule.__struct_fields__}, "expr": expr})


def test_places_have_no_open_tokens(a_notice, a_hazard):
    bad = a_hazard(1, basis=(), deadline=None, severity=Severity.MAJOR, description="")
    site = replace(a_notice().site, credit_code="1", name="")
    for form in (RECORD, ORDER):
        for each in gate.evaluate(a_notice(form, site=site, hazards=(bad,), officers=(), photos_by_hazard={})):
            assert "{" not in each.field + each.message + each.message_en
            assert each.message
            assert each.message_en
            assert each.basis


def test_the_government_of_a_department_is_told_from_its_name(a_notice):
    office = replace(a_notice().office, government="")
    assert rule_view.same_level_government(office) == "示例区人民政府"


def test_a_field_that_cannot_be_read_says_so(a_notice, monkeypatch):
    book = rules.load()
    fields = {**book.fields, "地址": rules.FieldSource(source="fact", path="party.nothing", field="site.address")}
    monkeypatch.setattr(rules, "load", lambda: replace(book, fields=fields))
    (finding,) = gate.evaluate(a_notice(RECORD))
    assert (finding.rule, finding.severity, finding.field) == ("rule_failed", "error", "site.address")


def test_a_field_that_nobody_fills_stops_the_notice(a_notice, monkeypatch):
    book = rules.load()
    fields = {label: source for label, source in book.fields.items() if label != "地址"}
    monkeypatch.setattr(rules, "load", lambda: replace(book, fields=fields))
    assert [(each.rule, each.field) for each in gate.evaluate(a_notice(RECORD))] == [("field_missing", "notice")]


def test_a_hazard_in_free_words_needs_no_catalogue(a_notice, a_hazard):
    assert gate.evaluate(a_notice(hazards=(a_hazard(catalogue_code=""), a_hazard(2, catalogue_code="OLD-1")))) == ()
