"""Whole files with a real store: twenty-one clean ones are issued, as many with one flaw are stopped and say why."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from inspector.app import unlock
from inspector.demo import sample
from inspector.domain.hazard import Citation, Severity
from inspector.domain.inspection import InspectionKind, Recusal
from inspector.domain.notice import FormCode as F
from inspector.domain.notice import NoticeState
from inspector.domain.recheck import Outcome
from inspector.errors import GateClosed
from tests.builders import LI, PASSPHRASE, PIN, ZHANG, FakeClock, a_profile
from tests.gate.files import (
    FIRE,
    PERSON,
    UNIT,
    Desk,
    File,
    a_clean_record,
    a_major_hazard,
    a_recheck,
    a_seizure,
    an_order,
    other_site,
    stop_measures,
    urgent_visit,
    without_code,
)
from tests.services.test_documents import filled, put_out
from tests.services.visit import a_visit, issue

DELEGATED: dict[str, Any] = {
    "mode": "delegated",
    "name": "示例镇应急办公室",
    "principal": "示例区应急管理局",
    "item_list": "AQ-044 AQ-045",
    "delegation_from": "2026-01-01",
    "delegation_to": "2026-12-31",
    "delegation_url": "https://example.invalid/delegation",
    "fine_limit_yuan": 2_000,
}
EMPOWERED: dict[str, Any] = {
    "mode": "empowered",
    "name": "示例镇人民政府",
    "issuer_name": "示例镇人民政府",
    "government": "示例区人民政府",
    "item_list": "AQ-044",
}


@pytest.fixture
def desk(tmp_path: Path, request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[Desk]:
    """A laptop of the sample bureau, or of the town that the file is about."""
    made: Made = request.node.callspec.params["made"]
    for name, value in made.office.items():
        monkeypatch.setitem(sample.BUREAU, name, value)
    clock = FakeClock()
    app = unlock(a_profile(tmp_path), ZHANG, PASSPHRASE, clock=clock)
    yield Desk(app, clock, tmp_path)
    assert app.audit.verify().faults == ()
    app.close()


@dataclass(frozen=True, slots=True)
class Made:
    """A file by its name; `rule` is what must stop a flawed one."""

    name: str
    make: File
    rule: str = ""
    office: Any = ()

    def __post_init__(self) -> None:
        object.__setattr__(self, "office", dict(self.office))


def after(form: F, **changes: Any) -> File:
    """A file that ends with `form`, after the record and whatever the form needs."""
    return lambda desk: desk.draft(desk.recorded(), form, **changes)


def chain(*forms: F, **changes: Any) -> File:
    """A file that goes through several documents to the last one."""

    def make(desk: Desk) -> str:
        visit = desk.recorded()
        for form in forms[:-1]:
            desk.paper(visit, form)
        return desk.draft(visit, forms[-1], **changes)

    return make


def extended(desk: Desk) -> str:
    """An extension that was asked for in time."""
    _, order = desk.ordered()
    visit = desk.app.notices.get(order).inspection_id
    put_out(desk.app, visit, F.EXTENSION_REQUEST)
    return filled(desk.app, visit, F.EXTENSION_GRANT)


def random_visit(desk: Desk) -> str:
    visit = desk.visit()
    desk.app.inspections.patch(visit, kind=InspectionKind.RANDOM, task_no="双随机-2026-0007")
    return desk.draft(visit, F.INSPECTION_RECORD)


CLEAN = (
    Made("nothing found", a_clean_record),
    Made("record with hazards", lambda desk: desk.draft(desk.visit(hazards=3), F.INSPECTION_RECORD)),
    Made("order", an_order),
    Made("measures", stop_measures),
    Made("major hazard", a_major_hazard),
    Made("re-check, all done", a_recheck),
    Made("re-check, one left", lambda desk: a_recheck(desk, Outcome.DONE, Outcome.NOT_DONE)),
    Made("extension", extended),
    Made("warning to a unit", after(F.PENALTY_UNIT, **{**UNIT, "kinds": ["warning"]})),
    Made("fine of a unit", after(F.PENALTY_UNIT, **UNIT)),
    Made("warning to a person", after(F.PENALTY_PERSON, **PERSON)),
    Made("transfer", chain(F.TRANSFER_APPROVAL, F.TRANSFER)),
    Made("seizure", chain(F.SEIZURE_DECISION, F.SEIZURE_LIST, F.SEIZURE_DISPOSAL)),
    Made("preservation", chain(F.PRESERVATION_NOTICE, F.PRESERVATION_LIST, F.PRESERVATION_DISPOSAL)),
    Made("interview", chain(F.INTERVIEW_NOTICE, F.INTERVIEW_RECORD)),
    Made("urgent visit", urgent_visit),
    Made("no entry code", without_code),
    Made("random visit", random_visit),
    Made("order of a delegated town", an_order, office=DELEGATED),
    Made("order of an empowered town", an_order, office=EMPOWERED),
    Made("two sites in a day", other_site),
)


@pytest.mark.parametrize("made", CLEAN, ids=[one.name for one in CLEAN])
def test_a_clean_file_is_issued(desk: Desk, made: Made):
    draft = made.make(desk)
    told = desk.app.notices.preview(draft).findings
    assert [(one.rule, one.message) for one in told if one.is_blocking] == []
    issue(desk.app, draft)
    assert desk.app.notices.get(draft).state is NoticeState.ISSUED
    assert set(desk.app.notices.get(draft).reasons) == {one.key for one in told}


# --- one flaw each -----------------------------------------------------------------


def patched(**fields: Any) -> File:
    """A record of a visit whose facts are wrong."""

    def make(desk: Desk) -> str:
        visit = desk.visit()
        desk.app.inspections.patch(visit, **fields)
        return desk.draft(visit, F.INSPECTION_RECORD)

    return make


def hazardous(form: F = F.RECTIFICATION_ORDER, **changes: Any) -> File:
    """An order of one hazard that is wrong."""

    def make(desk: Desk) -> str:
        visit = desk.visit(**changes) if form is F.INSPECTION_RECORD else desk.recorded(**changes)
        return desk.draft(visit, form)

    return make


def at_once(desk: Desk) -> str:
    """The same two officers at two places at a time."""
    a_visit(desk.app, desk.clock, site="site-sample-08")
    desk.clock.advance(minutes=-50)
    return desk.draft(desk.visit(), F.INSPECTION_RECORD)


def unfiled(desk: Desk) -> str:
    visit = desk.recorded()
    desk.app.inspections.patch(visit, entry_code="", no_code_reason="现场无网络")
    desk.clock.advance(minutes=6 * 24 * 60)
    return desk.draft(visit, F.RECTIFICATION_ORDER)


def unsigned(desk: Desk) -> str:
    """A fine on a record that nobody signed."""
    visit = desk.visit()
    issue(desk.app, desk.app.notices.draft(visit, F.INSPECTION_RECORD).made)
    return desk.draft(visit, F.PENALTY_UNIT, **UNIT)


def unserved(desk: Desk) -> str:
    _, order = desk.ordered(is_served=False)
    return desk.draft(desk.rechecking(order, (Outcome.DONE, Outcome.DONE)), F.RECHECK_OPINION)


def unapproved(desk: Desk) -> str:
    visit = desk.recorded()
    put_out(desk.app, visit, F.COERCION_APPROVAL, opinion="refuse")
    return desk.draft(visit, F.SEIZURE_DECISION)


def undisposed(desk: Desk) -> str:
    """A fine while evidence has been kept for more than seven working days."""
    visit = desk.recorded()
    desk.paper(visit, F.PRESERVATION_NOTICE)
    desk.clock.advance(minutes=14 * 24 * 60)
    return desk.draft(visit, F.PENALTY_UNIT, **UNIT)


def out_of_range(desk: Desk) -> str:
    """The first discovery of a plan that was not filed is only ordered to be put right, not fined (AQ-018)."""
    return desk.draft(desk.recorded(code="AQ-018"), F.PENALTY_UNIT, **UNIT)


REPEALED = Citation(law="CFBF15", title="安全生产违法行为行政处罚办法", article="第四十五条")
FLAWED = (
    Made("certificates not shown", patched(is_id_shown=False), "R006"),
    Made("no approval", patched(approved_at=None), "R020"),
    Made("no notice and no code", patched(entry_code=""), "R023"),
    Made("recusal left undecided", patched(recusal=Recusal(asked_by="周喆", ground="亲属")), "R005"),
    Made("two places at once", at_once, "R028"),
    Made("no code, not filed", unfiled, "R022"),
    Made("no basis", hazardous(F.INSPECTION_RECORD, basis=()), "R045"),
    Made("repealed basis", hazardous(F.INSPECTION_RECORD, basis=(REPEALED,)), "R073"),
    Made("another authority's matter", hazardous(code=FIRE), "outside_competence"),
    Made("major without measures", hazardous(severity=Severity.MAJOR, major_criterion="第四条"), "R065"),
    Made("record unsigned", unsigned, "R041"),
    Made("order never served", unserved, "R080"),
    Made("fine too high for the spot", after(F.PENALTY_UNIT, **{**UNIT, "fine": 300_100}), "R162"),
    Made("fine outside the range", out_of_range, "R160"),
    Made("party not heard", after(F.PENALTY_UNIT, **{**UNIT, "is_heard": False}), "not_heard"),
    Made("seizure refused", unapproved, "R103"),
    Made("seizure too long", lambda desk: a_seizure(desk, ends_on="2027-01-05"), "R106"),
    Made("preserved and forgotten", undisposed, "R101"),
    Made("seizure by a delegated town", a_seizure, "R010", DELEGATED.items()),
    Made("town outside its list", hazardous(code="AQ-018"), "R014", DELEGATED.items()),
    Made("town above its limit", after(F.PENALTY_UNIT, **{**UNIT, "fine": 250_000}), "R011", DELEGATED.items()),
)


@pytest.mark.parametrize("made", FLAWED, ids=[one.name for one in FLAWED])
def test_a_flawed_file_is_stopped_and_says_why(desk: Desk, made: Made):
    draft = made.make(desk)
    told = desk.app.notices.preview(draft)
    assert made.rule in {one.rule for one in told.findings if one.is_blocking}
    assert not told.is_issuable
    with pytest.raises(GateClosed):
        issue(desk.app, draft)
    assert desk.app.notices.get(draft).state is NoticeState.DRAFT


UNEXPLAINED = Made("a warning nobody explained", lambda desk: desk.draft(desk.visit(), F.INSPECTION_RECORD), "R007")


@pytest.mark.parametrize("made", [UNEXPLAINED], ids=["unexplained"])
def test_a_warning_without_a_reason_stops_it_too(desk: Desk, made: Made):
    draft = made.make(desk)
    (only,) = desk.app.notices.preview(draft).findings
    assert (only.rule, only.is_blocking) == (made.rule, False)
    with pytest.raises(GateClosed):
        desk.app.notices.issue(draft, second_officer_id=LI, pin=PIN)
    desk.app.notices.explain(draft, only.key, "记录仪电量不足，已登记")
    desk.app.notices.issue(draft, second_officer_id=LI, pin=PIN)
    desk.clock.advance(minutes=1)
    assert desk.app.notices.get(draft).reasons == {only.key: "记录仪电量不足，已登记"}
