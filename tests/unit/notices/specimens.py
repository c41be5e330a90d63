"""Invented inspections to print: records of every size, and previews made of real photos."""

from __future__ import annotations

import hashlib
import io
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from inspector.domain.evidence import Evidence, EvidenceKind, Original, TimeSource
from inspector.domain.hazard import Citation, Hazard, Measure, Severity
from inspector.domain.inspection import Inspection
from inspector.domain.notice import FormCode, Notice, NoticeState
from inspector.domain.office import Office, OfficeMode
from inspector.domain.officer import Officer
from inspector.domain.recheck import Outcome, Recheck
from inspector.domain.site import Site
from inspector.ids import EvidenceId, HazardId, InspectionId, NoticeId, OfficeId, OfficerId, Sha256, SiteId
from inspector.law import forms
from inspector.notices.comparison import Photo, Rechecked
from inspector.notices.compose import Sources

BEGUN = datetime(2026, 11, 22, 1, 5, tzinfo=UTC)
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
    address="示例区示范路1号",
    is_training=True,
)
SITE = Site(
    id=SiteId("site"),
    office_id=OFFICE.id,
    name="示例甲仓储有限公司",
    credit_code="91500199MAFAKE0199",
    address="示例区示范大道88号附1号2幢",
    responsible_person="赵样本",
    position="总经理",
    phone="000-0000 0000",
    industry="LOG",
)
OFFICERS = tuple(
    Officer(
        id=OfficerId(name),
        office_id=OFFICE.id,
        name=name,
        cert_no=number,
        cert_from=date(2024, 1, 1),
        cert_to=date(2028, 12, 31),
    )
    for name, number in (("张示范", "50019900001"), ("李演示", "50019900002"))
)
INSPECTION = Inspection(
    id=InspectionId("inspection"),
    office_id=OFFICE.id,
    site_id=SITE.id,
    officer_ids=tuple(officer.id for officer in OFFICERS),
    started_at=BEGUN,
    ended_at=BEGUN + timedelta(hours=1, minutes=40),
    place="一号库房、二号库房、叉车充电区",
    companion="钱示意",
    companion_position="安全总监",
    companion_phone="000-0000 0001",
    is_id_shown=True,
    is_recusal_told=True,
)
WORK_SAFETY = "中华人民共和国安全生产法"
FIRE = "中华人民共和国消防法"
SEEN = (
    ("一层东侧3号安全出口", "安全出口被成箱货物堵塞，通道净宽不足1.4米", WORK_SAFETY, "第四十二条", "第二款"),
    ("二层B区7排", "室内消火栓被货架遮挡，栓口压力为0.05MPa，低于规定值", FIRE, "第二十八条", ""),
    ("叉车充电区", "充电区与仓储区未作防火分隔，未设置“严禁烟火”警示标志", WORK_SAFETY, "第三十五条", ""),
    ("二号库房配电箱", "配电箱门缺失，电线接头裸露，未见2026年度检测报告", WORK_SAFETY, "第三十六条", "第二款"),
    ("办公楼三层档案室", "未见2026年1月至10月从业人员安全生产教育和培训档案", WORK_SAFETY, "第二十八条", "第四款"),
)


def a_hazard(ordinal: int, **changes: object) -> Hazard:
    """The `ordinal`-th hazard of an inspection; every fifth is 重大, every fourth to be dealt with at once."""
    place, text, law, article, paragraph = SEEN[(ordinal - 1) % len(SEEN)]
    is_major, is_immediate = ordinal % 5 == 3, ordinal % 4 == 2
    hazard = Hazard(
        id=HazardId(f"hazard-{ordinal}"),
        inspection_id=INSPECTION.id,
        ordinal=ordinal,
        description=text,
        severity=Severity.MAJOR if is_major else Severity.GENERAL,
        measure=Measure.IMMEDIATE if is_immediate else Measure.RECTIFY,
        seen_at=BEGUN + timedelta(minutes=ordinal),
        place=place,
        requirement="清除障碍并保持畅通，将整改情况书面报送" if ordinal % 2 else "",
        deadline=None if is_immediate else date(2026, 12, 7 if ordinal % 3 else 11),
        basis=(Citation(law="X", title=law, article=article, paragraph=paragraph),),
        major_criterion="《工贸企业重大事故隐患判定标准》第三条第（二）项" if is_major else "",
    )
    return replace(hazard, **changes)  # pyright: ignore[reportArgumentType]


def a_photo(ordinal: int, hazard: int | None, jpeg: bytes, **changes: object) -> Photo:
    """A photo of the `hazard`-th hazard; its original is as if the preview were it."""
    original = Original(
        sha256=Sha256(hashlib.sha256(jpeg).hexdigest()),
        sm3="",
        size=len(jpeg),
        leaves=(),
        kind=EvidenceKind.PHOTO,
        mime="image/jpeg",
        name=f"IMG_{ordinal:04}.JPG",
        taken_at=BEGUN + timedelta(minutes=10 + ordinal),
        time_source=TimeSource.EXIF_LOCAL,
    )
    evidence = Evidence(
        id=EvidenceId(f"evidence-{ordinal}"),
        inspection_id=INSPECTION.id,
        hazard_id=None if hazard is None else HazardId(f"hazard-{hazard}"),
        original=replace(original, **changes),  # pyright: ignore[reportArgumentType]
        attached_at=BEGUN,
        attached_by=OFFICERS[0].id,
        caption="由东向西拍摄，货物堆至门前" if ordinal % 2 else "",
    )
    return Photo(evidence=evidence, jpeg=jpeg)


def a_preview(path: Path, edge: int = 1600) -> bytes:
    """An upright JPEG of a photo, as the preview maker gives it."""
    from PIL import Image, ImageOps

    with Image.open(path) as image:
        upright = ImageOps.exif_transpose(image).convert("RGB")
    upright.thumbnail((edge, edge))
    buffer = io.BytesIO()
    upright.save(buffer, "JPEG", quality=85)
    return buffer.getvalue()


def a_drawn_jpeg(width: int = 640, height: int = 480, shade: int = 90) -> bytes:
    """A small JPEG that needs no file."""
    from PIL import Image

    buffer = io.BytesIO()
    Image.new("RGB", (width, height), (shade, 120, 160)).save(buffer, "JPEG", quality=85)
    return buffer.getvalue()


NUMBERS = {
    FormCode.INSPECTION_RECORD: "（示）应急检记〔2026〕7号",
    FormCode.RECTIFICATION_ORDER: "（示）应急责改〔2026〕12号",
    FormCode.RECHECK_OPINION: "（示）应急复查〔2026〕3号",
}


def a_recheck(hazard: Hazard, outcome: Outcome = Outcome.DONE, **changes: object) -> Rechecked:
    """What became of a hazard of an order that lists as many as its ordinal."""
    recheck = Recheck(
        id=f"recheck-{hazard.ordinal}",
        inspection_id=INSPECTION.id,
        hazard_id=hazard.id,
        outcome=outcome,
        checked_at=BEGUN,
        checked_by=OFFICERS[0].id,
    )
    order = Notice(
        id=NoticeId("order"),
        inspection_id=INSPECTION.id,
        form=FormCode.RECTIFICATION_ORDER,
        hazard_ids=tuple(HazardId(f"hazard-{n}") for n in range(1, hazard.ordinal + 1)),
        state=NoticeState.ISSUED,
        created_at=BEGUN,
        number="（示）应急责改〔2026〕12号",
        issued_at=BEGUN - timedelta(days=20),
    )
    return replace(Rechecked(recheck=recheck, order=order, is_overdue=False), **changes)  # pyright: ignore[reportArgumentType]


def with_hazards(whole: Sources, hazards: tuple[Hazard, ...]) -> Sources:
    """The same with other hazards, each put right where the form is a re-check's."""
    is_recheck = whole.form.code == FormCode.RECHECK_OPINION
    return replace(whole, hazards=hazards, rechecked=tuple(map(a_recheck, hazards)) if is_recheck else ())


def sources(form: FormCode = FormCode.RECTIFICATION_ORDER, hazards: int = 3, **changes: object) -> Sources:
    """An issued notice with so many hazards; `changes` go into the Sources."""
    whole = Sources(
        form=forms.load().get(form),
        inspection=INSPECTION,
        site=SITE,
        office=OFFICE,
        officers=OFFICERS,
        hazards=(),
        number=NUMBERS[form],
        issued_at=BEGUN + timedelta(hours=2),
        is_training=True,
        is_draft=False,
    )
    whole = with_hazards(whole, tuple(a_hazard(ordinal) for ordinal in range(1, hazards + 1)))
    return replace(whole, **changes)  # pyright: ignore[reportArgumentType]
