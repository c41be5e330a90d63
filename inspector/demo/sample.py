"""The sample bureau 示例区应急管理局: invented people, firms and numbers that can't be taken for real ones."""

from __future__ import annotations

import time
from datetime import date, timedelta
from pathlib import Path
from typing import Any, Final

import msgspec
from stdnum.cn import uscc

from inspector.crypto.signing import KeyPair
from inspector.crypto.unlock import REAL, Cost
from inspector.domain.notice import FormCode
from inspector.ids import new_id
from inspector.law import forms
from inspector.profile import Account, Founding, create
from inspector.protocol.messages import CERTIFICATE_CONTEXT, Certificate, Signed
from inspector.services.accounts import PIN_COST

DIVISION: Final = "500199"
"""A division code that was never assigned."""

BUREAU: Final[dict[str, Any]] = {
    "id": "office-sample-bureau",
    "name": "示例区应急管理局",
    "short": "示",
    "division_code": DIVISION,
    "mode": "bureau",
    "issuer_name": "示例区应急管理局",
    "issuer_short": "示",
    "government": "示例区人民政府",
    "court": "示例区人民法院",
    "phone": "000-0000 0000",
    "address": "示例区示例大道1号",
    "fine_limit_yuan": None,
    "parent_id": None,
    "is_training": True,
}
TOWN: Final[dict[str, Any]] = {
    **BUREAU,
    "id": "office-sample-town",
    "name": "示例镇应急办公室",
    "mode": "delegated",
    "address": "示例区示例镇示例街2号",
    "fine_limit_yuan": 30_000,
    "parent_id": BUREAU["id"],
    "principal": BUREAU["name"],
    "item_list": "AQ-044 AQ-038 AQ-039 AQ-024 AQ-023",
    "delegation_from": "2026-01-01",
    "delegation_to": "2027-12-31",
    "delegation_url": "https://example.invalid/sample-delegation",
}


def _officer(key: str, name: str, cert_no: str, until: date, office: dict[str, Any] = BUREAU) -> dict[str, Any]:
    return {
        "id": f"officer-sample-{key}",
        "office_id": office["id"],
        "name": name,
        "cert_no": cert_no,
        "cert_from": "2024-04-01",
        "cert_to": until.isoformat(),
        "is_auxiliary": False,
    }


def officers(today: date) -> tuple[dict[str, Any], ...]:
    """Return five people: two fully certified, one about to expire, one expired, one of the town."""
    return (
        _officer("zhang", "张示", "示执00000001", today + timedelta(days=400)),
        _officer("li", "李䶮", "示执00000002", today + timedelta(days=200)),
        _officer("zhao", "赵喆", "示执00000003", today + timedelta(days=12)),
        _officer("wang", "王范", "示执00000004", today - timedelta(days=20)),
        _officer("chen", "陈例", "示执00000005", today + timedelta(days=300), TOWN),
    )


_FIRMS: Final = (
    ("甲仓储有限公司", "示例大道12号", "周喆", "仓储部经理", "LOG"),
    ("乙建材加工厂", "示例工业园3栋", "吴示", "厂长", "COM"),
    ("丙商业广场管理有限公司", "示例路88号", "郑例", "物业经理", "HRB"),
    ("丁机械有限公司", "示例工业园9栋", "冯示", "生产经理", "DUST"),
    ("戊化工贸易有限公司", "示例化工路6号", "陆例", "安全总监", "WHP"),
    ("己游泳健身有限公司", "示例体育路2号", "孟示", "店长", "POOL"),
    ("庚建筑工程有限公司", "示例新城B地块", "韩例", "项目经理", "CON"),
    (
        "辛涉氨冷链食品加工与仓储物流配送（示例）股份有限公司示例区第二分公司",
        "示例冷链产业园5号库",
        "魏龑",
        "负责人",
        "LOG",
    ),
)


def credit_code(n: int) -> str:
    """Return the n-th invented 统一社会信用代码: right check characters, a division that doesn't exist."""
    body = f"91{DIVISION}MAFK{n:04d}"
    body = f"{body}0"[:17]
    return body + uscc.calc_check_digit(body)


def sites() -> tuple[dict[str, Any], ...]:
    """Return the invented firms of the sample bureau."""
    return tuple(
        {
            "id": f"site-sample-{n:02d}",
            "office_id": BUREAU["id"],
            "name": f"示例{name}",
            "credit_code": credit_code(n),
            "address": f"示例区{address}",
            "responsible_person": person,
            "position": position,
            "phone": f"000-0000 {n:04d}",
            "industry": industry,
            "status": "active",
        }
        for n, (name, address, person, position, industry) in enumerate(_FIRMS, start=1)
    )


def register(today: date) -> dict[str, Any]:
    """Return what `hq init --register` reads: offices, officers, sites."""
    return {"offices": [BUREAU, TOWN], "officers": list(officers(today)), "sites": list(sites())}


def create_sample(
    profile: Path, *, passphrase: str, pin: str, today: date, cost: Cost = REAL, pin_cost: Cost = PIN_COST
) -> str:
    """Make a training profile that needs no headquarters; return its recovery code.

    Its numbers come from a block it lends itself, every page carries 演示, and it can never be synced.
    """
    key, authority = KeyPair.generate(), KeyPair.generate()
    certificate = Certificate(
        device=new_id(),
        device_key=key.public,
        device_name="示例-01",
        office=BUREAU["id"],
        server_id="",
        server_key=authority.public,
        issued_ms=time.time_ns() // 1_000_000,
        is_training=True,
    )
    body = msgspec.json.encode(certificate)
    people = officers(today)
    founding = Founding(
        certificate=Signed(body=body, sig=authority.sign(CERTIFICATE_CONTEXT + body)),
        device_key=key,
        offices=(BUREAU, TOWN),
        officers=people,
        sites=sites(),
        cursor=0,
        accounts=tuple(Account(officer_id=one["id"], passphrase=passphrase, pin=pin) for one in people[:2]),
        leases=tuple(_lease(form, today) for form in forms.numbered()),
        cost=cost,
        pin_cost=pin_cost,
    )
    return create(profile, founding)


def _lease(form: FormCode, today: date) -> dict[str, Any]:
    return {
        "id": f"lease-sample-{form.value}-{today.year}",
        "office_id": BUREAU["id"],
        "form": form.value,
        "year": today.year,
        "first": 1,
        "last": 50,
        "next_number": 1,
        "expires_on": date(today.year + 1, 1, 31).isoformat(),
    }
