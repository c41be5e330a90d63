"""For every rule that is judged here: a draft that it must catch and one that it must not."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from inspector.domain.hazard import Severity
from inspector.domain.inspection import InspectionKind, Recusal
from inspector.domain.notice import FormCode
from inspector.domain.recheck import Outcome
from inspector.ids import HazardId, OfficeId
from inspector.law.case_facts import DeviceFact, ServingFact, SiteFact
from tests.gate.made import (
    APPROVED,
    BEFORE,
    FILLED,
    NOON,
    OfficeMode,
    ServingMethod,
    cite,
    clip,
    document,
    field,
    hazard,
    photo,
    recheck,
    site,
    town,
    visit,
)
from tests.unit.law.conftest import OFFICE, officer

RECORD, ORDER, OPINION = FormCode.INSPECTION_RECORD, FormCode.RECTIFICATION_ORDER, FormCode.RECHECK_OPINION
FINE, FINED, SEIZURE = FormCode.PENALTY_UNIT, FormCode.PENALTY_PERSON, FormCode.SEIZURE_DECISION
MAJOR: dict[str, Any] = {"severity": Severity.MAJOR}
RECORD_PAPER = document("XCJC")


@dataclass(frozen=True, slots=True)
class Case:
    """What makes a draft of `form` break the rule, and what is as near to it and does not."""

    rule: str
    form: FormCode
    caught: dict[str, Any]
    spared: dict[str, Any]


def fine(**changes: Any) -> dict[str, Any]:
    return {"filled": {**FILLED["CFDW"], **changes}}


def person(**changes: Any) -> dict[str, Any]:
    return {"filled": {**FILLED["CFGR"], **changes}}


def papers(*found: Any) -> dict[str, Any]:
    return {"documents": found}


def served(method: ServingMethod, **more: Any) -> ServingFact:
    return ServingFact(method=method, served_at=NOON, **more)


REFUSED = served(ServingMethod.REFUSED, receiver="乙某", reason="对内容有异议")
WITNESSED = served(ServingMethod.REFUSED, receiver="乙某", reason="对内容有异议", witness="丙某")
REPEALED = cite("CFBF15", "安全生产违法行为行政处罚办法", "第四十五条")
REJECTED = {**APPROVED, "opinion": "refuse"}
PRESERVED = document("XBTZ", issued_on=date(2026, 11, 2))
OLD_FINE = document("CFDW", issued_on=date(2026, 11, 2), issued_at=BEFORE)

CASES = (
    Case("R001", RECORD, {"officers": (officer("张一"),)}, {}),
    Case("R002", RECORD, {"officers": (officer("张一"), officer("李二二", cert_to=date(2026, 11, 19)))},
         {"officers": (officer("张一"), officer("李二二", cert_to=date(2026, 11, 20)))}),
    Case("R003", ORDER, {"officers": (officer("张一"), officer("李二二", is_auxiliary=True))}, {}),
    Case("R004", ORDER, {"officers": (officer("张一"), officer("张一"))}, {}),
    Case("R005", ORDER, {"inspection": visit(recusal=Recusal(asked_by="周某", ground="亲属"))},
         {"inspection": visit(recusal=Recusal(asked_by="周某", ground="亲属", decision="refused"))}),
    Case("R006", RECORD, {"inspection": visit(is_id_shown=False)}, {}),
    Case("R007", RECORD, {"claps": 0}, {"claps": 0, "clips": (clip(),)}),
    Case("R009", FINE, fine(item="XF-001"), fine(item="AQ-044")),
    Case("R010", SEIZURE, {"office": town()}, {"office": OFFICE}),
    Case("R011", FINE, {"office": town(fine_limit_yuan=999)}, {"office": town(fine_limit_yuan=1_000)}),
    Case("R012", ORDER, {"office": town(delegation_to=date(2026, 11, 19))}, {"office": town()}),
    Case("R012", ORDER, {"office": town(delegation_url="")}, {"office": OFFICE}),
    Case("R012", ORDER, {"office": town(delegation_from=None)}, {"office": town(delegation_to=None)}),
    Case("R013", ORDER, {"office": town(issuer_name="示例镇应急办公室")}, {"office": town()}),
    Case("R013", ORDER, {"office": town(OfficeMode.EMPOWERED, issuer_name="示例区应急管理局")},
         {"office": town(OfficeMode.EMPOWERED)}),
    Case("R014", ORDER, {"office": town(item_list="AQ-039")}, {"office": town()}),
    Case("R015", ORDER,
         {"office": town(), "officers": (officer("张一"), officer("李二二", office_id=OfficeId("company")))},
         {"office": town(parent_id=OfficeId("bureau")),
          "officers": (officer("张一"), officer("李二二", office_id=OfficeId("bureau")))}),
    Case("R020", RECORD, {"inspection": visit(approved_at=None)},
         {"inspection": visit(approved_at=None, is_urgent=True)}),
    Case("R020", RECORD, {"inspection": visit(approved_at=None)},
         {"inspection": visit(approved_at=None), **papers(document("JCFA", filled=APPROVED))}),
    Case("R021", ORDER, {"inspection": visit(approved_at=None, is_urgent=True), "issue_on": date(2026, 11, 25)},
         {"inspection": visit(approved_at=None, is_urgent=True), "issue_on": date(2026, 11, 24)}),
    Case("R022", ORDER, {"inspection": visit(entry_code=""), "issue_on": date(2026, 11, 26)},
         {"inspection": visit(entry_code=""), "issue_on": date(2026, 11, 25)}),
    Case("R022", ORDER, {"inspection": visit(entry_code=""), "issue_on": date(2026, 11, 26)},
         {"inspection": visit(entry_code="", no_code_filed_at=NOON), "issue_on": date(2026, 11, 26)}),
    Case("R023", RECORD, {"inspection": visit(entry_code="")},
         {"inspection": visit(entry_code=""), **papers(document("JCTZ"))}),
    Case("R023", RECORD, {"inspection": visit(entry_code="")},
         {"inspection": visit(entry_code="", is_enterprise=False)}),
    Case("R024", RECORD, {"site": site(annual_cap=2), "history": SiteFact(routine_count_year=3)},
         {"site": site(annual_cap=2), "history": SiteFact(routine_count_year=2)}),
    Case("R025", RECORD, {"history": SiteFact(routine_count_year=2, last_routine=date(2026, 10, 22))},
         {"history": SiteFact(routine_count_year=2, last_routine=date(2026, 10, 21))}),
    Case("R025", RECORD, {"history": SiteFact(routine_count_year=2, last_routine=date(2026, 11, 19))},
         {"history": SiteFact(last_routine=date(2026, 11, 19)), "inspection": visit(kind=InspectionKind.CLUE)}),
    Case("R026", RECORD, {"inspection": visit(kind=InspectionKind.RANDOM)},
         {"inspection": visit(kind=InspectionKind.RANDOM, task_no="RW-1")}),
    Case("R027", RECORD, {"inspection": visit(ended_at=visit().started_at + timedelta(hours=25))},
         {"inspection": visit(ended_at=visit().started_at + timedelta(hours=24))}),
    Case("R028", RECORD, {"other_visits": ((officer("张一").id, visit().started_at, visit().ended_at),)},
         {"other_visits": ((officer("张一").id, visit().ended_at, None),)}),
    Case("R029", RECORD, {"evidence": (photo(taken_at=visit().started_at - timedelta(minutes=1)),)},
         {"evidence": (photo(), photo("二.jpg", taken_at=None))}),
    Case("R040", RECORD, {"inspection": visit(place="")}, {}),
    Case("R041", FINE, papers(document("XCJC", serving=None, signed_pages=frozenset())),
         papers(document("XCJC", signed_pages=frozenset()))),
    Case("R041", FINE, papers(document("XCJC", serving=None, signed_pages=frozenset())),
         papers(document("XCJC", serving=WITNESSED, signed_pages=frozenset()))),
    Case("R042", FINE, papers(document("XCJC", serving=REFUSED)), papers(document("XCJC", serving=WITNESSED))),
    Case("R043", FINE, papers(document("XCJC", pages=2)), papers(document("XCJC"))),
    Case("R044", RECORD, {"photos_by_hazard": {HazardId("h1"): 1}}, {}),
    Case("R045", ORDER, {"hazards": (hazard(basis=()),)}, {}),
    Case("R046", RECORD, {"evidence": (photo(is_altered=True),)}, {"evidence": (photo(),)}),
    Case("R047", RECORD, {"evidence": (photo(taken_at=None),)}, {"evidence": (photo(),)}),
    Case("R047", RECORD, {"evidence": (photo(proves=""),)}, {"evidence": (photo(proves="全景"),)}),
    Case("R048", FINE, papers(document("XCJC", pages=1, signed_pages=frozenset({1, 2}))),
         papers(document("XCJC", pages=2, signed_pages=frozenset({1, 2})))),
    Case("R050", FINE, {"clips": (clip(uploaded_at=None),)}, {"clips": (clip(),)}),
    Case("R050", FINE, {"clips": (clip(uploaded_at=None),)},
         {"clips": (clip(uploaded_at=None, ended_at=NOON - timedelta(hours=24)), clip(ended_at=None))}),
    Case("R052", FINE, papers(document("XCJC", is_pen_stale=True)), papers(RECORD_PAPER)),
    Case("R060", ORDER, {"hazards": (hazard(deadline=None),)}, {}),
    Case("R061", ORDER, {"hazards": (hazard(deadline=date(2026, 11, 20)),)},
         {"hazards": (hazard(deadline=date(2026, 11, 21)),)}),
    Case("R062", ORDER, {"hazards": (hazard(deadline=date(2026, 12, 12)),)},
         {"hazards": (hazard(deadline=date(2026, 12, 14)),)}),
    Case("R063", ORDER, {"hazards": (hazard(deadline=date(2026, 12, 21)),)},
         {"hazards": (hazard(deadline=date(2026, 12, 18)),)}),
    Case("R064", ORDER, {"record_hazard_ids": frozenset({HazardId("h1")})}, {}),
    Case("R065", ORDER, {"hazards": (hazard(**MAJOR, major_criterion="第四条"),)},
         {"hazards": (hazard(**MAJOR, major_criterion="第四条"),), **papers(document("XCJD"))}),
    Case("R066", RECORD, {"hazards": (hazard(**MAJOR),)}, {"hazards": (hazard(**MAJOR, major_criterion="第四条"),)}),
    Case("R069", ORDER, {"office": town(court="")}, {}),
    Case("R070", ORDER, {"office": town(government="示例市人民政府")}, {}),
    Case("R073", ORDER, {"hazards": (hazard(basis=(REPEALED,)),)}, {}),
    Case("R073", FINE, fine(violated=["《安全生产违法行为行政处罚办法》第四十五条"]), fine()),
    Case("R074", FINE, fine(violation_on="2002-01-01"), fine()),
    Case("R076", FINE, fine(penalty_basis=["《国务院办公厅关于严格规范涉企行政检查的意见》第一条"]), fine()),
    Case("R077", ORDER, {"number": "（示）应急责改[2026]12号"}, {}),
    Case("R079", ORDER, papers(document("XCJC", issued_on=date(2026, 11, 21))), papers(RECORD_PAPER)),
    Case("R080", OPINION,
         papers(document("ZLZG", hazard_ids=frozenset({"h1"}), is_of_visit=False, serving=None)), {}),
    Case("R080", OPINION,
         papers(document("ZLZG", hazard_ids=frozenset({"h1"}), is_of_visit=False, serving=None)),
         papers(document("ZLZG", hazard_ids=frozenset({"another"}), is_of_visit=False, serving=None))),
    Case("R090", OPINION, {"rechecks": (recheck(1, deadline=date(2026, 11, 9)), recheck(2))[:1]},
         {"rechecks": (recheck(1, deadline=date(2026, 11, 10)),)}),
    Case("R091", OPINION, {"rechecks": (recheck(1),)}, {}),
    Case("R092", OPINION, {"rechecks": (recheck(1), recheck(2, outcome=Outcome.NOT_DONE, is_overdue=True))},
         {"rechecks": (recheck(1), recheck(2, outcome=Outcome.NOT_DONE, is_overdue=False))}),
    Case("R093", FormCode.EXTENSION_GRANT, {"about": document("ZLZG", deadline=date(2026, 11, 19))},
         {"about": document("ZLZG", deadline=date(2026, 11, 20))}),
    Case("R094", OPINION, {"rechecks": (recheck(1), recheck(2, has_after=False))}, {}),
    Case("R100", FormCode.PRESERVATION_NOTICE, papers(RECORD_PAPER, document("XBSP")), {}),
    Case("R101", FINE, papers(RECORD_PAPER, PRESERVED), papers(RECORD_PAPER, PRESERVED, document("XBCL"))),
    Case("R102", FINE, papers(RECORD_PAPER, document("XBTZ", serving=None, signed_pages=frozenset())),
         papers(RECORD_PAPER, document("XBTZ"))),
    Case("R103", SEIZURE, papers(RECORD_PAPER, document("KYBL")), {}),
    Case("R103", SEIZURE, papers(RECORD_PAPER, document("KYBL"), document("QZSP", filled=REJECTED)),
         {**papers(RECORD_PAPER, document("KYBL")), "filled": {**FILLED["CFKY"], "is_urgent": True}}),
    Case("R104", FINE,
         papers(RECORD_PAPER, document("CFKY", issued_at=NOON - timedelta(hours=25), filled={"is_urgent": True}),
                document("CFQD")),
         papers(RECORD_PAPER, document("CFKY", issued_at=NOON - timedelta(hours=24), filled={"is_urgent": True}),
                document("CFQD"))),
    Case("R105", FINE, papers(RECORD_PAPER, document("CFQD"), document("CFKY", filled={"ends_on": "2026-11-19"})),
         papers(RECORD_PAPER, document("CFQD"), document("CFKY", filled={"ends_on": "2026-11-20"}))),
    Case("R106", SEIZURE, {"filled": {"starts_on": "2026-11-20", "ends_on": "2026-12-21"}}, {}),
    Case("R108", SEIZURE, papers(RECORD_PAPER, document("QZSP", filled=APPROVED)), {}),
    Case("R108", SEIZURE, {"filled": {**FILLED["CFKY"], "is_party_absent": True}},
         {"filled": {**FILLED["CFKY"], "is_party_absent": True, "witness": "丙某"}}),
    Case("R109", FINE, papers(RECORD_PAPER, document("CFKY", filled=FILLED["CFKY"])),
         papers(RECORD_PAPER, document("CFKY", filled=FILLED["CFKY"]), document("CFQD"))),
    Case("R123", FINE, fine(violation_on="2024-11-19"), fine(violation_on="2024-11-21")),
    Case("R124", FINE, papers(RECORD_PAPER, document("CFDW", hazard_ids=frozenset({"h1"}), filled=FILLED["CFDW"])),
         papers(RECORD_PAPER, document("CFDW", hazard_ids=frozenset({"h1"}), filled={"kinds": ["warning"]}))),
    Case("R126", FINED, person(age=17), person(age=17, is_mitigated=True)),
    Case("R126", FINED, person(age=13, is_mitigated=True), person(age=18)),
    Case("R127", FINE, {"hazards": (hazard(soft_choice="first_minor"),)}, {}),
    Case("R127", FINE, {"hazards": (hazard(soft_choice="first_minor"),)},
         {"hazards": (hazard(soft_choice="first_minor"),), **fine(has_harm=True)}),
    Case("R128", FINE, fine(orders_correction=False),
         {**fine(orders_correction=False), **papers(RECORD_PAPER, document("ZLZG"))}),
    Case("R131", RECORD, {"site": site(credit_code="91500112MAFAKE019N")}, {}),
    Case("R132", FINED, person(id_no="110105194912310021"), person()),
    Case("R134", FormCode.INTERVIEW_RECORD, {"filled": {**FILLED["XWBL"], "interviewers": ["张一"]}}, {}),
    Case("R135", FINE, papers(RECORD_PAPER, document("XWBL", signed_pages=frozenset())),
         papers(RECORD_PAPER, document("XWBL"))),
    Case("R136", FormCode.INTERVIEW_RECORD, papers(RECORD_PAPER, document("XWBL", filled=FILLED["XWBL"])),
         papers(RECORD_PAPER, document("XWBL", filled={**FILLED["XWBL"], "started_at": "2026-11-20T10:40:00+08:00",
                                                       "ended_at": "2026-11-20T11:00:00+08:00"}))),
    Case("R145", FINE, fine(fine=5_000_000), fine(fine=4_999_900)),
    Case("R160", FINE, fine(fine=300_000, item="AQ-018"), fine(fine=300_000, item="AQ-044")),
    Case("R162", FINE, fine(fine=300_001), fine(fine=300_000)),
    Case("R162", FINED, person(fine=20_100), person(fine=20_000)),
    Case("R163", FINE, fine(kinds=["fine", "confiscate"]), fine(kinds=["fine", "warning"])),
    Case("R164", FINE, {"fields": (field("facts", ""),)}, {"fields": (field("facts"),)}),
    Case("R165", FINE, fine(amount_upper="贰仟元整"), fine(amount_upper="壹仟元整")),
    Case("R166", FINE, fine(stage="overdue", fine=5_000_000),
         {**fine(stage="overdue", fine=5_000_000),
          **papers(RECORD_PAPER, document("ZLZG", hazard_ids=frozenset({"h1"}), is_of_visit=False)),
          "rechecks": (recheck(1, outcome=Outcome.NOT_DONE, is_overdue=True),)}),
    Case("R168", FINE, fine(kinds=["suspend"]), fine()),
    Case("R169", FINE, fine(kinds=["close"]), fine()),
    Case("R170", FINE, fine(kinds=["detention"]), fine()),
    Case("R171", ORDER, {"hazards": (hazard(basis=(cite("SLCC", "示例区仓储安全条例", "第三条"),)),)},
         {"hazards": (hazard(basis=(cite("SLCC", "示例区仓储安全条例", "第三条", paragraph="第一款"),)),)}),
    Case("R172", FINE, fine(pay="cash", receipt_no="渝财1"), fine(pay="cash", receipt_no="渝财1", cash_ground="hard")),
    Case("R172", FINE, fine(pay="cash", receipt_no="渝财1", fine=10_001),
         fine(pay="cash", receipt_no="渝财1", fine=10_000)),
    Case("R173", FINE, fine(pay="cash", cash_ground="hard"), fine(pay="cash", cash_ground="hard", receipt_no="渝财1")),
    Case("R175", FINE, papers(RECORD_PAPER, document("CFDW", issued_on=date(2026, 11, 14), received_at=None)),
         papers(RECORD_PAPER, document("CFDW", issued_on=date(2026, 11, 15), received_at=None))),
    Case("R180", FINE, papers(RECORD_PAPER, document("CFDW", issued_on=date(2026, 11, 10), serving=None)),
         papers(RECORD_PAPER, document("CFDW", issued_on=date(2026, 11, 11), serving=None))),
    Case("R181", FormCode.SERVICE_RECEIPT, {"filled": {"method": "electronic"}}, {}),
    Case("R182", FormCode.SERVICE_RECEIPT, {"filled": {"method": "left"}},
         {"filled": {"method": "left", "witness": "丙某"}}),
    Case("R184", FormCode.SERVICE_RECEIPT, {"filled": {"method": "signed", "is_by_other": True}},
         {"filled": {"method": "signed", "is_by_other": True, "relation": "配偶"}}),
    Case("R185", FINE, papers(document("XCJC", serving=ServingFact(method=ServingMethod.SIGNED, served_at=BEFORE))),
         papers(RECORD_PAPER)),
    Case("R210", ORDER, {"device": DeviceFact(block_from=1, block_to=50, sequence=51)},
         {"device": DeviceFact(block_from=1, block_to=50, sequence=50)}),
    Case("R211", ORDER, {"device": DeviceFact(clock_drift_s=-301)}, {"device": DeviceFact(clock_drift_s=300)}),
    Case("R212", ORDER, {"device": DeviceFact(pack_version="2026-11-22", newest_pack="2026-12-01")},
         {"device": DeviceFact(pack_version="2026-12-01", newest_pack="2026-12-01")}),
    Case("R213", FINE, papers(document("XCJC", is_altered=True)), papers(RECORD_PAPER)),
)  # fmt: skip
"""R071 and R072 are about the pack itself; test_rules.py has them."""
