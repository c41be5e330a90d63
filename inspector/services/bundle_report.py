"""The readable report of a bundle: who visited whom, what was found, with what evidence, in which notices."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from inspector.clock import CHINA
from inspector.domain.evidence import Evidence, EvidenceKind
from inspector.domain.hazard import Hazard, Severity
from inspector.domain.inspection import Inspection
from inspector.domain.notice import Notice, NoticeState
from inspector.domain.officer import Officer
from inspector.domain.site import Site
from inspector.errors import EvidenceRefused
from inspector.evidence.photo import render_preview
from inspector.notices.report import WIDTH, ReportSheet
from inspector.services import notice_files
from inspector.services.session import Session
from inspector.store import dossier, evidence, hazards, inspections, notices, officers, sites

TITLE: Final = "证据包说明"
PICTURE_EDGE: Final = 800
"""Long edge of a picture in the report; the originals lie beside it."""
_SEVERITY: Final = {Severity.GENERAL: "一般", Severity.MAJOR: "重大"}
_NOTICE_COLUMNS: Final = (190.0, 110.0, WIDTH - 300.0)


def draw(session: Session, inspection_id: str) -> bytes:
    """Return the report as PDF/A. Raises NotFound."""
    vault = session.vault
    with vault.gateway.read() as tx:
        inspection = inspections.get(tx, inspection_id)
        site = sites.get(tx, inspection.site_id)
        team = [officers.get(tx, one) for one in inspection.officer_ids]
        found = [one for one in hazards.of_inspection(tx, inspection_id) if not one.is_removed]
        pieces = evidence.of_inspection(tx, inspection_id)
        papers = [one for one in notices.of_inspection(tx, inspection_id) if one.pdf_sha256]
        clips = dossier.clips(tx, inspection_id)
    sheet = ReportSheet(
        title=TITLE,
        note=f"{session.office.issuer_name}　{_time(session.now())} 由 {session.me.name} 导出",
        watermark="演示" if vault.is_training else "",
    )
    _visit(sheet, inspection, site, team, vault.device)
    _papers(sheet, papers)
    for hazard in found:
        _hazard(sheet, session, hazard, [one for one in pieces if one.hazard_id == hazard.id])
    _rest(sheet, session, [one for one in pieces if one.hazard_id is None])
    if clips:
        sheet.heading("录像")
        sheet.table((WIDTH - 130, 130), [(name, f"{size:,} 字节") for _, _, name, size in clips], head=("文件", "大小"))
    sheet.heading("怎样核对")
    sheet.paragraph(
        "解开本压缩包，用 Python 3 和 cryptography 库运行：python verify.py 证据包文件名。它不需要本软件，"
        "逐一核对每个文件的摘要、每条日志的签名、终端证书和总部回执，任何一个字节被改动都会指出是哪个文件。总部公钥可向出具单位索取核对。"
    )
    return sheet.finish(session.now())


def _visit(sheet: ReportSheet, inspection: Inspection, site: Site, team: list[Officer], device: str) -> None:
    sheet.heading("检查")
    sheet.facts(
        [
            ("被检查单位", site.name),
            ("信用代码", site.credit_code),
            ("地址", site.address),
            ("时间", f"{_time(inspection.started_at)} 至 {_time(inspection.ended_at)}"),
            ("地点", inspection.place),
            ("执法人员", "、".join(f"{one.name}（{one.cert_no}）" for one in team)),
            ("陪同人", inspection.companion),
            ("检查编号", inspection.id),
            ("执法终端", device),
        ]
    )


def _papers(sheet: ReportSheet, papers: list[Notice]) -> None:
    if not papers:
        return
    states = {NoticeState.ISSUED: "有效", NoticeState.VOID: "已作废"}
    sheet.heading("文书")
    rows = [
        (notice_files.spoken(one), _time(one.issued_at), states.get(one.state, "") + one.void_reason) for one in papers
    ]
    sheet.table(_NOTICE_COLUMNS, rows, head=("文号", "核发", "状态"))


def _hazard(sheet: ReportSheet, session: Session, hazard: Hazard, pieces: list[Evidence]) -> None:
    sheet.heading(f"隐患 {hazard.ordinal}　{_SEVERITY[hazard.severity]}")
    basis = "；".join(f"{one.title}{one.article}{one.paragraph}" for one in hazard.basis)
    sheet.facts(
        [
            ("情况", hazard.description),
            ("部位", hazard.place),
            ("要求", hazard.requirement),
            ("期限", f"{hazard.deadline:%Y-%m-%d}" if hazard.deadline else ""),
            ("依据", basis),
            ("发现", _time(hazard.seen_at)),
        ]
    )
    _pictures(sheet, session, pieces)


def _rest(sheet: ReportSheet, session: Session, pieces: list[Evidence]) -> None:
    if pieces:
        sheet.heading("其他证据")
        _pictures(sheet, session, pieces)


def _pictures(sheet: ReportSheet, session: Session, pieces: list[Evidence]) -> None:
    shown: list[tuple[bytes, str]] = []
    listed: list[tuple[str, str]] = []
    for piece in pieces:
        jpeg = _jpeg(session, piece)
        words = f"{piece.caption or piece.original.name}　{piece.original.sha256[:16]}"
        if jpeg is None:
            listed.append(("文件", words))
        else:
            shown.append((jpeg, words))
    sheet.pictures(shown)
    sheet.facts(listed)


def _jpeg(session: Session, piece: Evidence) -> bytes | None:
    if piece.original.kind is EvidenceKind.DOCUMENT:
        return None
    try:
        return render_preview(session.vault.originals.read(piece.original.sha256), edge=PICTURE_EDGE).jpeg
    except EvidenceRefused:
        return None


def _time(at: datetime | None) -> str:
    return f"{at.astimezone(CHINA):%Y-%m-%d %H:%M:%S}" if at else "—"
