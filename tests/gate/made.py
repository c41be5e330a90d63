"""Facts about notices for the gate's own tests: complete ones, to be spoiled in one place."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

from inspector.domain.hazard import Citation, Hazard
from inspector.domain.inspection import Inspection
from inspector.domain.notice import FormCode
from inspector.domain.office import Office, OfficeMode
from inspector.domain.recheck import Outcome
from inspector.domain.serving import ServingMethod
from inspector.domain.site import Site
from inspector.ids import HazardId
from inspector.law import documents, forms
from inspector.law.case_facts import (
    ClipFact,
    DocumentFact,
    EvidenceFact,
    FieldFact,
    ServingFact,
)
from inspector.law.notice_facts import NoticeFacts, OrderFact, RecheckFact
from tests.unit.law import conftest as plain

DAY = date(2026, 11, 20)
NOON = datetime(2026, 11, 20, 4, 0, tzinfo=UTC)
BEFORE = datetime(2026, 11, 2, 4, 0, tzinfo=UTC)
SIGNED = ServingFact(method=ServingMethod.SIGNED, served_at=NOON, receiver="乙某")


def facts(form: FormCode, **changes: Any) -> NoticeFacts:
    """A draft of `form` against which no error stands."""
    code = form.value
    number_code = forms.load().get(code).number_code if code in forms.load().codes else "应急示"
    whole: dict[str, Any] = {
        "number": f"（示）{number_code or '应急示'}〔2026〕12号",
        "issue_at": NOON,
        "filled": FILLED.get(code, {}),
        "fields": (),
        "documents": (document("XCJC", serving=SIGNED), *BEFORE_IT.get(code, ())),
    }
    if documents.get(code).about:
        whole["about"] = whole["documents"][-1]
    if form is FormCode.RECHECK_OPINION:
        whole |= {
            "rechecks": (recheck(1), recheck(2)),
            "orders": (OrderFact(number="1", issued_on=DAY, listed=2, settled=0),),
        }
    return plain.facts(form, **(whole | changes))


def document(form: str, **changes: Any) -> DocumentFact:
    """An issued document of the visit, handed over and signed on its one page."""
    values: dict[str, Any] = {
        "id": f"paper-{form}",
        "form": form,
        "number": f"（示）{form}〔2026〕3号",
        "issued_at": NOON - timedelta(hours=1),
        "issued_on": DAY,
        "pages": 1,
        "signed_pages": frozenset({1}),
        "serving": SIGNED,
        "received_at": NOON,
    }
    return DocumentFact(**(values | changes))


def visit(**changes: Any) -> Inspection:
    return replace(plain.VISIT, **changes)


def site(**changes: Any) -> Site:
    return replace(plain.SITE, **changes)


def hazard(ordinal: int = 1, **changes: Any) -> Hazard:
    return plain.hazard(ordinal, **changes)


def town(mode: OfficeMode = OfficeMode.DELEGATED, **changes: Any) -> Office:
    """A town that may do what the drafts here do."""
    lawful: dict[str, Any] = {
        "mode": mode,
        "name": "示例镇人民政府" if mode is OfficeMode.EMPOWERED else "示例镇应急办公室",
        "issuer_name": "示例镇人民政府" if mode is OfficeMode.EMPOWERED else "示例区应急管理局",
        "principal": "示例区应急管理局",
        "item_list": "AQ-044 AQ-039",
        "delegation_from": date(2026, 1, 1),
        "delegation_to": date(2026, 12, 31),
        "delegation_url": "https://example.invalid/1",
        "fine_limit_yuan": 2_000,
    }
    return replace(plain.OFFICE, **(lawful | changes))


def photo(name: str = "一.jpg", **changes: Any) -> EvidenceFact:
    values: dict[str, Any] = {
        "id": name,
        "name": name,
        "taken_at": datetime(2026, 11, 20, 1, 30, tzinfo=UTC),
        "place": "1号库",
        "maker": "张一",
        "proves": "h1",
    }
    return EvidenceFact(**(values | changes))


def recheck(ordinal: int = 1, **changes: Any) -> RecheckFact:
    values: dict[str, Any] = {
        "hazard_id": HazardId(f"h{ordinal}"),
        "ordinal": ordinal,
        "outcome": Outcome.DONE,
        "deadline": date(2026, 11, 16),
        "is_overdue": False,
        "is_ordered": True,
        "has_after": True,
    }
    return RecheckFact(**(values | changes))


def clip(**changes: Any) -> ClipFact:
    return ClipFact(
        **(
            {"name": "REC_1.MP4", "ended_at": NOON - timedelta(hours=25), "uploaded_at": NOON - timedelta(hours=2)}
            | changes
        )
    )


def field(key: str, value: Any = "有") -> FieldFact:
    return FieldFact(key=key, label=key, label_en=key, is_required=True, value=value)


def cite(law: str, title: str, article: str, **more: str) -> Citation:
    return Citation(law=law, title=title, article=article, **more)


FINE: dict[str, Any] = {
    "kinds": ["fine"],
    "fine": 100_000,
    "stage": "initial",
    "item": "AQ-044",
    "violation_on": "2026-11-20",
    "violated": ["《中华人民共和国安全生产法》第四十二条第二款"],
    "penalty_basis": ["《中华人民共和国安全生产法》第一百零五条第（二）项"],
    "orders_correction": True,
    "is_heard": True,
    "pay": "bank",
}
"""A fine on the spot of 1,000 yuan for a blocked exit."""
FILLED: dict[str, dict[str, Any]] = {
    "CFDW": FINE,
    "CFGR": {**FINE, "fine": 10_000, "age": 40, "id_no": "11010519491231002X"},
    "CFKY": {"starts_on": "2026-11-20", "ends_on": "2026-12-20"},
    "XWBL": {
        "started_at": "2026-11-20T10:00:00+08:00",
        "ended_at": "2026-11-20T10:40:00+08:00",
        "interviewers": ["张一", "李二二"],
        "id_no": "11010519491231002X",
    },
    "SDHZ": {"services": [{"document": "现场检查记录"}], "method": "signed"},
}
APPROVED = {"approved_on": "2026-11-20", "opinion": "agree", "approver": "审批某"}
BEFORE_IT: dict[str, tuple[DocumentFact, ...]] = {
    "ZGFC": (document("ZLZG", hazard_ids=frozenset({"h1", "h2"}), is_of_visit=False, deadline=date(2026, 11, 16)),),
    "ZGYP": (document("ZGYS"), document("ZLZG", deadline=date(2026, 11, 27))),
    "CFKY": (document("KYBL"), document("QZSP", filled=APPROVED)),
    "CFQD": (document("KYBL"), document("QZSP", filled=APPROVED), document("CFKY")),
    "CFCL": (document("CFQD"), document("CFKY", filled=FILLED["CFKY"])),
    "XBTZ": (document("XBSP", filled=APPROVED),),
    "XBQD": (document("XBSP", filled=APPROVED), document("XBTZ")),
    "XBCL": (document("XBCLSP"), document("XBTZ")),
    "AJYS": (document("YSSP", filled=APPROVED),),
    "SDHZ": (document("ZLZG"),),
}
