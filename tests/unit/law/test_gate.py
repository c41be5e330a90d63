from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from msgspec import structs

from inspector.domain.hazard import Citation, Measure, Severity
from inspector.domain.notice import FormCode
from inspector.domain.office import OfficeMode
from inspector.ids import HazardId, OfficerId
from inspector.law import corrections, forms, gate, rules

RECORD, ORDER = FormCode.INSPECTION_RECORD, FormCode.RECTIFICATION_ORDER


def found(facts: gate.NoticeFacts, rule: str) -> list[gate.Finding]:
    return [each for each in gate.evaluate(facts) if each.rule == rule]


@pytest.mark.parametrize("form", [RECORD, ORDER])
def test_a_complete_notice_passes_without_any_finding(a_notice, form):
    assert gate.evaluate(a_notice(form)) == ()


def test_every_rule_is_set_up_or_has_a_reason_why_it_is_not():
    book = rules.load()
    assert set(book.setups).isdisjoint(book.not_here)
    assert set(book.setups) | set(book.not_here) == set(book.rules)
    assert len(book.setups) >= 99
    left = {rule.id for rule in gate.not_evaluable()}
    assert left == set(book.not_here) | {"R171"}
    assert all(gate.why_not_evaluable(rule).zh and gate.why_not_evaluable(rule).en for rule in left)
    assert {rule.id for rule, _ in gate.partly_evaluable()} == {"R029", "R042", "R131"}


def test_setups_concern_forms_that_exist():
    assert {form for setup in rules.load().setups.values() for form in setup.forms} <= {each.value for each in FormCode}


def test_parts_of_a_rule_are_its_own_disjuncts():
    book = rules.load()
    spoken = lambda setup: [part.expr for part in setup.parts] + ([setup.left_out] if setup.left_out else [])  # noqa: E731
    assert " or ".join(spoken(book.setups["R040"])) == book.rules["R040"].expr
    assert " or ".join(spoken(book.setups["R131"])) == book.rules["R131"].expr
    both = " or ".join(spoken(book.setups["R069"]))
    assert f"doc.needs_remedy and ({both})" == book.rules["R069"].expr


@pytest.mark.parametrize("form", [RECORD, ORDER])
def test_every_required_field_has_a_source_and_rules_watch_what_they_are_said_to(form):
    book = rules.load()
    for field in forms.load().get(form).required:
        source = book.fields[field.label]
        assert field.is_on_paper == (source.source == "paper")
        if source.source == "rule":
            assert form in book.setups[source.rule].forms
        if source.source == "fact":
            assert source.path
            assert source.field


# --- officers ----------------------------------------------------------------


def test_r001_one_certified_officer_is_too_few(a_notice, an_officer):
    one = found(a_notice(officers=(an_officer("张一"),)), "R001")
    assert [(each.severity, each.field) for each in one] == [("error", "officers")]
    assert "只有1名" in one[0].message
    assert "行政处罚法42(1)" in one[0].basis
    three = (an_officer("张一"), an_officer("李二二"), an_officer("王三三三", cert_to=date(2025, 1, 1)))
    assert not found(a_notice(officers=three), "R001")


def test_r002_names_the_officer_whose_certificate_is_not_valid_on_the_day(a_notice, an_officer):
    late = an_officer("李二二", cert_to=date(2026, 11, 19))
    (finding,) = found(a_notice(officers=(an_officer("张一"), late)), "R002")
    assert "李二二" in finding.message
    assert "2026年11月19日" in finding.message
    assert "2026-11-19" in finding.message_en
    last_day = an_officer("李二二", cert_to=date(2026, 11, 20))
    assert not found(a_notice(officers=(an_officer("张一"), last_day)), "R002")


def test_r002_counts_the_day_in_china(a_notice, an_officer):
    visit = replace(
        a_notice().inspection,
        started_at=datetime(2026, 11, 19, 16, 30, tzinfo=UTC),
        ended_at=datetime(2026, 11, 19, 17, 0, tzinfo=UTC),
    )
    starts = an_officer("李二二", cert_from=date(2026, 11, 20))
    assert not found(a_notice(inspection=visit, officers=(an_officer("张一"), starts)), "R002")


def test_r003_auxiliary_staff_cannot_sign(a_notice, an_officer):
    (finding,) = found(a_notice(officers=(an_officer("张一"), an_officer("李二二", is_auxiliary=True))), "R003")
    assert finding.message.startswith("李二二")
    assert not found(a_notice(), "R003")


def test_r004_the_same_person_twice(a_notice, an_officer):
    (finding,) = found(a_notice(officers=(an_officer("张一"), an_officer("张一"))), "R004")
    assert "张一" in finding.message
    assert not found(a_notice(), "R004")


def test_r006_certificates_not_shown(a_notice):
    visit = replace(a_notice().inspection, is_id_shown=False)
    (finding,) = found(a_notice(inspection=visit), "R006")
    assert finding.field == "inspection.is_id_shown"
    assert not found(a_notice(), "R006")


@pytest.mark.parametrize(
    ("end", "is_caught"),
    [
        (datetime(2026, 11, 20, 1, 5, tzinfo=UTC), True),
        (datetime(2026, 11, 20, 0, 5, tzinfo=UTC), True),
        (datetime(2026, 11, 21, 1, 6, tzinfo=UTC), True),
        (datetime(2026, 11, 21, 1, 5, tzinfo=UTC), False),
        (datetime(2026, 11, 20, 1, 6, tzinfo=UTC), False),
        (None, False),
    ],
)
def test_r027_the_times_of_the_visit(a_notice, end, is_caught):
    visit = replace(a_notice().inspection, ended_at=end)
    assert bool(found(a_notice(inspection=visit), "R027")) is is_caught


@pytest.mark.parametrize(
    ("start_hour", "end_hour", "is_caught"),
    [(0, 1, False), (0, 2, True), (2, 4, True), (4, None, False), (0, None, True)],
)
def test_r028_an_officer_in_two_places(a_notice, start_hour, end_hour, is_caught):
    start = datetime(2026, 11, 20, start_hour, 5, tzinfo=UTC)
    end = None if end_hour is None else datetime(2026, 11, 20, end_hour, 5, tzinfo=UTC)
    caught = found(a_notice(other_visits=((OfficerId("张一"), start, end),)), "R028")
    assert [each.message[:2] for each in caught] == (["张一"] if is_caught else [])
    assert not found(a_notice(other_visits=((OfficerId("somebody"), start, end),)), "R028")


def test_r028_says_until_when(a_notice):
    start = datetime(2026, 11, 20, 0, 0, tzinfo=UTC)
    (finding,) = found(a_notice(other_visits=((OfficerId("张一"), start, None),)), "R028")
    assert finding.message == "张一在同一时间另有检查：2026年11月20日8时00分至现在"
    assert finding.message_en.endswith("2026-11-20 08:00 to now")


# --- the record ----------------------------------------------------------------


def test_r040_names_each_missing_thing(a_notice):
    visit = replace(a_notice().inspection, place=" ")
    caught = found(a_notice(RECORD, inspection=visit, hazards=()), "R040")
    assert [each.field for each in caught] == ["inspection.place", "hazards"]
    assert not found(a_notice(RECORD, inspection=replace(visit, place="库房", is_clean=True), hazards=()), "R040")


def test_r044_warns_of_a_hazard_without_evidence(a_notice):
    (finding,) = found(a_notice(RECORD, photos_by_hazard={HazardId("h1"): 2}), "R044")
    assert (finding.severity, finding.field) == ("warning", "hazard.h2.photos")
    assert "隐患2" in finding.message
    assert not found(a_notice(RECORD), "R044")


def test_r045_a_hazard_without_basis(a_notice, a_hazard):
    (finding,) = found(a_notice(hazards=(a_hazard(1), a_hazard(2, basis=()))), "R045")
    assert (finding.severity, finding.field) == ("error", "hazard.h2.basis")
    assert not found(a_notice(), "R045")


# --- the order ----------------------------------------------------------------


def test_r060_every_hazard_without_a_deadline_is_named(a_notice, a_hazard):
    hazards = (a_hazard(1, deadline=None), a_hazard(2), a_hazard(3, deadline=None))
    assert [each.field for each in found(a_notice(hazards=hazards), "R060")] == [
        "hazard.h1.deadline",
        "hazard.h3.deadline",
    ]
    assert not found(a_notice(hazards=(a_hazard(1, deadline=None, measure=Measure.IMMEDIATE),)), "R060")
    assert not found(a_notice(RECORD, hazards=hazards), "R060")


def test_r061_a_deadline_must_follow_the_issue(a_notice, a_hazard):
    (finding,) = found(a_notice(hazards=(a_hazard(deadline=date(2026, 11, 20)),)), "R061")
    assert "2026年11月20日" in finding.message
    assert not found(a_notice(hazards=(a_hazard(deadline=date(2026, 11, 21)),)), "R061")


def test_r062_warns_of_a_day_off_and_is_not_confirmed(a_notice, a_hazard):
    (finding,) = found(a_notice(hazards=(a_hazard(deadline=date(2026, 12, 12)),)), "R062")
    assert (finding.severity, finding.is_confirmed) == ("warning", False)
    assert "星期六" in finding.message
    assert not found(a_notice(hazards=(a_hazard(deadline=date(2026, 12, 14)),)), "R062")


def test_r062_says_so_when_the_year_is_unknown(a_notice, a_hazard):
    late = a_notice(issue_on=date(2026, 12, 20), hazards=(a_hazard(deadline=date(2027, 1, 15)), a_hazard(2)))
    (finding,) = found(replace(late, hazards=late.hazards[:1]), "R062")
    assert (finding.severity, finding.is_confirmed, finding.field) == ("warning", False, "hazard.h1.deadline")
    assert "无法判断" in finding.message


def test_r063_warns_of_a_long_deadline(a_notice, a_hazard):
    (finding,) = found(a_notice(hazards=(a_hazard(deadline=date(2026, 12, 21)),)), "R063")
    assert "31日" in finding.message
    assert not finding.is_confirmed
    assert not found(a_notice(hazards=(a_hazard(deadline=date(2026, 12, 18)),)), "R063")


def test_r064_orders_only_what_the_record_lists(a_notice):
    (finding,) = found(a_notice(record_hazard_ids=frozenset({HazardId("h1")})), "R064")
    assert finding.field == "hazard.h2"
    assert not found(a_notice(), "R064")


def test_without_a_record_one_finding_says_so(a_notice):
    findings = gate.evaluate(a_notice(is_record_issued=False, record_hazard_ids=frozenset()))
    assert [each.rule for each in findings] == ["record_missing"]
    assert not gate.evaluate(a_notice(RECORD, is_record_issued=False, record_hazard_ids=frozenset()))


def test_r066_a_major_hazard_needs_a_criterion(a_notice, a_hazard):
    hazards = (a_hazard(1, severity=Severity.MAJOR), a_hazard(2, severity=Severity.MAJOR, major_criterion="第四条"))
    (finding,) = found(a_notice(RECORD, hazards=hazards), "R066")
    assert finding.field == "hazard.h1.major_criterion"


def test_r069_remedies(a_notice):
    office = replace(a_notice().office, government="", court=" ")
    assert [each.field for each in found(a_notice(office=office), "R069")] == ["office.government", "office.court"]
    assert not found(a_notice(RECORD, office=office), "R069")
    assert not found(a_notice(), "R069")


@pytest.mark.parametrize(
    ("issuer", "government", "is_caught"),
    [
        ("示例区应急管理局", "示例区人民政府", False),
        ("示例市示例区应急管理局", "示例区人民政府", False),
        ("示例区应急管理局", "示例市示例区人民政府", False),
        ("示例区应急管理局", "示例市人民政府", True),
        ("示例区应急管理局", "示例市应急管理局", True),
    ],
)
def test_r070_the_government_of_the_same_level_hears(a_notice, issuer, government, is_caught):
    office = replace(a_notice().office, issuer_name=issuer, government=government)
    caught = found(a_notice(office=office), "R070")
    assert [each.severity for each in caught] == (["error"] if is_caught else [])


def test_r070_says_so_when_it_cannot_tell(a_notice):
    office = replace(a_notice().office, mode=OfficeMode.EMPOWERED, issuer_name="示例镇人民政府")
    (finding,) = found(a_notice(office=office), "R070")
    assert (finding.severity, finding.is_confirmed) == ("warning", False)


def test_r072_the_periods_of_the_pack_are_the_legal_ones(a_notice, monkeypatch):
    assert not found(a_notice(), "R072")
    told = corrections.load()
    wrong = structs.replace(told, remedy=corrections.Remedy(reconsider_days=15, sue_months=3, basis=()))
    monkeypatch.setattr(corrections, "load", lambda: wrong)
    (finding,) = found(a_notice(), "R072")
    assert "15日" in finding.message


def test_r073_a_repealed_law_and_an_unknown_one(a_notice, a_hazard):
    old = Citation(law="CFBF15", title="安全生产违法行为行政处罚办法", article="第四十五条")
    (finding,) = found(a_notice(hazards=(a_hazard(1), a_hazard(2, basis=(old,)))), "R073")
    assert (finding.severity, finding.field) == ("error", "hazard.h2.basis")
    assert old.text() in finding.message
    unknown = Citation(law="", title="不存在的办法", article="第一条")
    (finding,) = found(a_notice(hazards=(a_hazard(1, basis=(unknown,)),)), "R073")
    assert (finding.severity, finding.is_confirmed) == ("warning", False)
    assert not found(a_notice(), "R073")


def test_r073_doubts_a_regulation_whose_repeal_is_disputed(a_notice, a_hazard):
    chemicals = Citation(law="WHPTL", title="危险化学品安全管理条例", article="第二十四条", paragraph="第二款")
    (finding,) = found(a_notice(hazards=(a_hazard(basis=(chemicals,)),)), "R073")
    assert finding.severity == "warning"
    assert "危险化学品安全法" in finding.message


@pytest.mark.parametrize(
    ("number", "is_caught"),
    [
        ("（示）应急责改〔2026〕12号", False),
        ("（示）应急责改[2026]12号", True),
        ("（示）应急责改〔2026〕012号", True),
        ("（示）应急责改〔2026〕12号\n", True),
        ("(示)应急责改〔2026〕12号", True),
        ("", False),
    ],
)
def test_r077_numbers(a_notice, number, is_caught):
    assert bool(found(a_notice(number=number), "R077")) is is_caught


def test_r077_a_used_number(a_notice):
    facts = a_notice()
    assert found(replace(facts, used_numbers=frozenset({facts.number})), "R077")
    assert not found(replace(facts, used_numbers=frozenset({"（示）应急责改〔2026〕11号"})), "R077")


def test_r131_the_check_character_of_the_credit_code(a_notice):
    site = replace(a_notice().site, credit_code="91500112MAFAKE019N")
    (finding,) = found(a_notice(site=site), "R131")
    assert (finding.field, finding.severity) == ("site.credit_code", "error")
    assert "91500112MAFAKE019N" in finding.message
    assert not found(a_notice(), "R131")
