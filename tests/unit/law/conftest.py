"""A complete notice that the gate lets through, to be spoiled by tests."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any

import pytest

from inspector.domain.hazard import Citation, Hazard, Measure, Severity
from inspector.domain.inspection import Inspection
from inspector.domain.notice import FormCode
from inspector.domain.office import Office, OfficeMode
from inspector.domain.officer import Officer
from inspector.domain.site import Site
from inspector.ids import HazardId, InspectionId, OfficeId, OfficerId, SiteId
from inspector.law.gate import NoticeFacts

OFFICE = Office(
    id=OfficeId("office"),
    name="示例区应急管理局",
    short="示",
    division_code="500199",
    mode=OfficeMode.BUREAU,
    issuer_name="示例区应急管理局",
    issuer_short="示",
    government="示例区人民政府",
    court="示例区人民法院",
    phone="000-0000 0000",
    address="示例区示例路1号",
)
SITE = Site(
    id=SiteId("site"),
    office_id=OFFICE.id,
    name="示例甲仓储有限公司",
    credit_code="91500112MAFAKE019M",
    address="示例区示例路2号",
    responsible_person="甲某",
    position="经理",
    phone="000-0000 0001",
    industry="LOG",
)
VISIT = Inspection(
    id=InspectionId("visit"),
    office_id=OFFICE.id,
    site_id=SITE.id,
    officer_ids=(OfficerId("first"), OfficerId("second")),
    started_at=datetime(2026, 11, 20, 1, 5, tzinfo=UTC),
    ended_at=datetime(2026, 11, 20, 3, 30, tzinfo=UTC),
    place="1号库",
    companion="乙某",
    is_id_shown=True,
    is_recusal_told=True,
    approval_no="示检批〔2026〕1号",
    approved_at=datetime(2026, 11, 19, 1, 0, tzinfo=UTC),
    approved_by="审批某",
    entry_code="示例执法码0001",
)
BASIS = Citation(law="AQSCF", title="中华人民共和国安全生产法", article="第四十二条", paragraph="第二款")


def officer(name: str, **changes: Any) -> Officer:
    values: dict[str, Any] = {
        "id": OfficerId(name),
        "office_id": OFFICE.id,
        "name": name,
        "cert_no": f"0000{len(name)}",
        "cert_from": date(2024, 1, 1),
        "cert_to": date(2028, 12, 31),
        **changes,
    }
    return Officer(**values)


def hazard(ordinal: int = 1, **changes: Any) -> Hazard:
    values: dict[str, Any] = {
        "id": HazardId(f"h{ordinal}"),
        "inspection_id": VISIT.id,
        "ordinal": ordinal,
        "description": "安全出口被货物占用",
        "severity": Severity.GENERAL,
        "measure": Measure.RECTIFY,
        "seen_at": datetime(2026, 11, 20, 1, 30, tzinfo=UTC),
        "catalogue_code": "AQ-044",
        "place": "1号库东侧",
        "requirement": "清除货物",
        "deadline": date(2026, 12, 11),
        "basis": (BASIS,),
        **changes,
    }
    return Hazard(**values)


def facts(form: FormCode = FormCode.RECTIFICATION_ORDER, **changes: Any) -> NoticeFacts:
    """A notice that has everything; `changes` replace its parts."""
    hazards = changes.get("hazards", (hazard(1), hazard(2)))
    values: dict[str, Any] = {
        "form": form,
        "office": OFFICE,
        "officers": (officer("张一"), officer("李二二")),
        "site": SITE,
        "inspection": VISIT,
        "hazards": hazards,
        "photos_by_hazard": {each.id: 1 for each in hazards},
        "issue_on": date(2026, 11, 20),
        "has_number_left": True,
        "number": "（示）应急责改〔2026〕12号",
        "is_record_issued": True,
        "record_hazard_ids": frozenset(each.id for each in hazards),
        "claps": 1,
        **changes,
    }
    return NoticeFacts(**values)


@pytest.fixture
def a_notice() -> Callable[..., NoticeFacts]:
    return facts


@pytest.fixture
def a_hazard() -> Callable[..., Hazard]:
    return hazard


@pytest.fixture
def an_officer() -> Callable[..., Officer]:
    return officer
