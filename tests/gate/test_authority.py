"""What an office may do, who may sign, what must have been issued before, and that reasons open the gate."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from inspector.domain.inspection import Observer, Recusal
from inspector.domain.notice import FormCode
from inspector.domain.office import Office, OfficeMode
from inspector.law import authority, catalogue, gate, statutes_in_use
from tests.gate.cases import FINE, ORDER, RECORD, SEIZURE
from tests.gate.made import APPROVED, DAY, FILLED, cite, document, facts, field, hazard, town, visit
from tests.unit.law.conftest import OFFICE
from tests.unit.law.statute_material import library

EMPOWERED = town(OfficeMode.EMPOWERED)


def rules_of(form: FormCode, **changes: object) -> set[str]:
    return {one.rule for one in gate.evaluate(facts(form, **changes))}


@pytest.mark.parametrize(
    ("office", "form", "items", "yuan", "code"),
    [
        (OFFICE, ORDER, ("AQ-044",), None, None),
        (OFFICE, ORDER, ("XF-001",), None, "outside_competence"),
        (OFFICE, RECORD, ("XF-001",), None, None),
        (OFFICE, ORDER, ("no such item",), None, None),
        (OFFICE, SEIZURE, (), None, None),
        (OFFICE, FINE, (), 3_000, None),
        (OFFICE, FINE, (), 3_001, "simple_limit"),
        (OFFICE, FormCode.PENALTY_PERSON, (), 201, "simple_limit"),
        (town(), ORDER, ("AQ-044",), None, None),
        (town(), ORDER, ("AQ-018",), None, "outside_list"),
        (town(), SEIZURE, (), None, "coercion_not_delegable"),
        (town(), FINE, (), 2_001, "E105"),
        (town(fine_limit_yuan=None), FINE, (), 3_000, None),
        (town(delegation_to=date(2026, 11, 19)), ORDER, (), None, "delegation_lapsed"),
        (town(delegation_url=""), FINE, (), 100, "delegation_lapsed"),
        (town(delegation_url=""), RECORD, (), None, None),
        (EMPOWERED, ORDER, ("AQ-018",), None, "outside_list"),
        (EMPOWERED, SEIZURE, (), None, "coercion_not_conferred"),
        (town(OfficeMode.EMPOWERED, item_list="AQ-044 CFKY"), SEIZURE, (), None, None),
        (EMPOWERED, FINE, (), 3_000, None),
    ],
)
def test_what_an_office_may_do(office: Office, form: FormCode, items: tuple[str, ...], yuan: int | None, code: str):
    refusal = authority.may(office, form, day=DAY, items=items, fine_yuan=yuan)
    assert (refusal.code if refusal else None) == code
    if refusal:
        assert refusal.message
        assert refusal.message_en
        assert refusal.basis


def test_the_items_of_other_authorities_are_transferred_not_ordered():
    foreign = [each for each in catalogue.load().items if not authority.is_ours(each)]
    assert len(foreign) == 103  # of 249; two more are for several departments, ours among them
    for each in foreign:
        refusal = authority.may(OFFICE, ORDER, day=DAY, items=(each.code,))
        assert refusal is not None
        assert refusal.code == "outside_competence"


def test_an_order_about_another_authoritys_matter_is_stopped_and_the_record_is_not():
    fire = (hazard(catalogue_code="XF-001"),)
    told = [one for one in gate.evaluate(facts(ORDER, hazards=fire)) if one.rule == "outside_competence"]
    assert [(one.severity, one.field) for one in told] == [("error", "hazard.h1")]
    assert "移送" in told[0].message
    assert "消防救援机构" in told[0].message
    assert "outside_competence" not in rules_of(RECORD, hazards=fire)
    assert "outside_competence" not in rules_of(ORDER)


def test_a_towns_hazard_in_free_words_needs_a_reason():
    free = (hazard(catalogue_code=""),)
    assert "competence_unknown" in rules_of(ORDER, hazards=free, office=town())
    assert "competence_unknown" not in rules_of(ORDER, hazards=free)
    assert "competence_unknown" not in rules_of(ORDER, office=town())


def test_an_empowered_town_seizes_only_with_the_power():
    assert "coercion_not_conferred" in rules_of(SEIZURE, office=EMPOWERED)
    conferred = town(OfficeMode.EMPOWERED, item_list="AQ-044 CFKY")
    assert "coercion_not_conferred" not in rules_of(SEIZURE, office=conferred)


def test_who_was_recused_takes_no_part():
    asked = Recusal(asked_by="周某", officer_id="张一", ground="亲属", decision="granted", decided_by="局长")
    assert "recused" in rules_of(ORDER, inspection=visit(recusal=asked))
    assert "recused" not in rules_of(ORDER, inspection=visit(recusal=replace(asked, decision="refused")))
    assert "recused" not in rules_of(ORDER, inspection=visit(recusal=replace(asked, officer_id="another")))


def test_observers_and_strangers_do_not_sign():
    assert "observer_signs" in rules_of(ORDER, inspection=visit(observers=(Observer(name="李二二", role="专家"),)))
    assert "observer_signs" not in rules_of(
        ORDER, inspection=visit(observers=(Observer(name="网格员", role="网格员"),))
    )
    asked = {"filled": {**FILLED["XWBL"], "interviewers": ["张一", "网格员"]}}
    assert "observer_signs" in rules_of(FormCode.INTERVIEW_RECORD, **asked)
    assert "observer_signs" not in rules_of(FormCode.INTERVIEW_RECORD)


def test_an_officer_is_no_witness():
    absent = {**FILLED["CFKY"], "is_party_absent": True}
    assert "witness_is_officer" in rules_of(SEIZURE, filled={**absent, "witness": "张一"})
    assert "witness_is_officer" not in rules_of(SEIZURE, filled={**absent, "witness": "丙某"})


# --- what comes before, what is missing ------------------------------------------


def test_what_a_form_needs_must_have_been_issued():
    assert "need_missing" in rules_of(FormCode.TRANSFER, documents=(document("XCJC"),))
    assert "need_missing" not in rules_of(FormCode.TRANSFER)
    urgent = {**FILLED["CFKY"], "is_urgent": True}
    without = (document("XCJC"), document("KYBL"))
    assert "need_missing" in rules_of(SEIZURE, documents=without)
    assert "need_missing" not in rules_of(SEIZURE, documents=without, filled=urgent)


def test_a_list_names_its_decision():
    assert "about_missing" in rules_of(FormCode.SEIZURE_LIST, about=None)
    assert "about_missing" not in rules_of(FormCode.SEIZURE_LIST)


def test_a_required_field_and_a_wrong_one_are_named():
    told = [one for one in gate.evaluate(facts(FINE, fields=(field("facts", " "),))) if one.rule == "field_missing"]
    assert [(one.field, one.severity) for one in told] == [("filled.facts", "error")]
    wrong = replace(field("fine"), problem="not_money")
    assert "field_wrong" in rules_of(FINE, fields=(wrong,))
    assert not {"field_missing", "field_wrong"} & rules_of(FINE, fields=(field("facts"),))
    assert "field_missing" in rules_of(FINE, fields=None)


def test_nobody_is_fined_unheard():
    assert "not_heard" in rules_of(FINE, filled={**FILLED["CFDW"], "is_heard": False})
    assert "not_heard" not in rules_of(FINE)
    assert "not_heard" not in rules_of(ORDER)


@pytest.mark.parametrize("days", [0, 1])
def test_a_late_disposal_is_made_all_the_same_but_says_why(days: int):
    kept = document("XBTZ", issued_on=date(2026, 11, 11 - days))
    told = rules_of(FormCode.PRESERVATION_DISPOSAL, documents=(document("XBCLSP"), kept), about=kept)
    assert ("disposal_late" in told) is bool(days)
    seized = document("CFKY", filled={"starts_on": "2026-10-20", "ends_on": f"2026-11-{20 - days}"})
    told = rules_of(FormCode.SEIZURE_DISPOSAL, documents=(document("CFQD"), seized), about=seized)
    assert ("disposal_late" in told) is bool(days)


def test_e101_a_place_that_the_statute_does_not_have():
    statutes_in_use.use(library())
    try:
        ninth = cite("SLCC", "示例区仓储安全条例", "第三条", paragraph="第九款")
        told = [one for one in gate.evaluate(facts(ORDER, hazards=(hazard(basis=(ninth,)),))) if one.rule == "E101"]
        assert [one.message[:5] for one in told] == ["依据不可用"]
        first = cite("SLCC", "示例区仓储安全条例", "第三条", paragraph="第一款")
        assert "E101" not in rules_of(ORDER, hazards=(hazard(basis=(first,)),))
    finally:
        statutes_in_use.use(None)


# --- keys, reasons, citations ------------------------------------------------------


def test_every_finding_has_a_key_of_its_own_that_stays():
    bad = {"hazards": (hazard(1, basis=(), deadline=None), hazard(2, basis=())), "photos_by_hazard": {}}
    keys = [one.key for one in gate.evaluate(facts(ORDER, **bad))]
    assert len(keys) == len(set(keys))
    assert keys == [one.key for one in gate.evaluate(facts(ORDER, **bad))]
    assert "R045@hazard.h2.basis" in keys


def test_two_citations_at_one_place_are_told_apart():
    unknown = tuple(cite("", f"不存在的办法之{n}", "第一条") for n in range(2))
    keys = [one.key for one in gate.evaluate(facts(ORDER, hazards=(hazard(basis=unknown),))) if one.rule == "R073"]
    assert keys == ["R073@hazard.h1.basis", "R073@hazard.h1.basis#2"]


def test_a_reason_opens_a_warning_and_never_an_error():
    (warning,) = gate.evaluate(facts(RECORD, claps=0))
    assert (warning.rule, warning.is_explained, warning.is_open) == ("R007", False, True)
    (told,) = gate.evaluate(facts(RECORD, claps=0, reasons={warning.key: "记录仪故障，已登记"}))
    assert (told.is_explained, told.is_open) == (True, False)
    (blank,) = gate.evaluate(facts(RECORD, claps=0, reasons={warning.key: "  "}))
    assert blank.is_open
    unsigned = visit(is_id_shown=False)
    (error,) = gate.evaluate(facts(RECORD, inspection=unsigned))
    (still,) = gate.evaluate(facts(RECORD, inspection=unsigned, reasons={error.key: "忘了"}))
    assert (still.is_explained, still.is_open) == (False, True)


def test_a_basis_is_a_link_where_the_index_knows_the_law():
    (error,) = gate.evaluate(facts(RECORD, inspection=visit(is_id_shown=False)))
    assert [(one.law, one.article, one.paragraph) for one in error.citations] == [
        ("XZCFF", "第五十五条", "第一款"),
        ("AQSCF", "第六十七条", "第二款"),
    ]


def test_an_approval_counts_from_its_day_and_not_when_refused():
    without = document("QZSP", filled={**APPROVED, "approved_on": ""})
    assert "R103" in rules_of(SEIZURE, documents=(document("XCJC"), document("KYBL"), without))
