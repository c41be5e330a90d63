"""What two officers do on site, ready-made for tests: a visit that can be put on paper, hazards, drawn photos."""

from __future__ import annotations

import io
import random
from datetime import date, timedelta
from pathlib import Path

from PIL import Image

from inspector.app import App
from inspector.domain.changes import Changes, Topic
from inspector.domain.hazard import Citation, Severity
from inspector.services.hazards import HazardDraft
from tests.builders import LI, PIN, ZHANG, FakeClock

SITE = "site-sample-01"
LAW = Citation(law="AQSCF", title="安全生产法", article="第三十六条", paragraph="第一款")
IN_TWO_WEEKS = date(2026, 12, 4)


def a_draft(description: str = "一号库东侧安全出口被货物堵塞", **fields: object) -> HazardDraft:
    """A hazard with everything that a notice asks for."""
    told = {
        "description": description,
        "place": "一号库东侧3号出口",
        "requirement": "立即清理并保持畅通",
        "deadline": IN_TWO_WEEKS,
        "basis": (LAW,),
        "severity": Severity.GENERAL,
    }
    return HazardDraft(**(told | fields))  # type: ignore[arg-type]


def a_visit(app: App, clock: FakeClock, *, site: str = SITE, hazards: int = 0) -> str:
    """Start a visit, fill in what a notice asks for, come to its end; return its id. It stays open."""
    visit = app.inspections.start(site, (ZHANG, LI)).made
    started = app.inspections.get(visit).started_at
    clock.advance(minutes=60)
    app.inspections.patch(
        visit, place="一号库房", is_id_shown=True, is_recusal_told=True, ended_at=started + timedelta(minutes=50)
    )
    approve(app, visit)
    for n in range(hazards):
        app.hazards.report(visit, a_draft(f"第{n + 1}处安全出口被货物堵塞"))
    return visit


def approve(app: App, visit: str) -> None:
    """Write down what a visit needs beforehand: its approval, the code scanned on entry (令375 arts. 17, 18)."""
    began = app.inspections.get(visit).started_at
    app.inspections.patch(
        visit,
        approval_no="示检批〔2026〕7号",
        approved_at=began - timedelta(hours=20),
        approved_by="审批某",
        entry_code="示例执法码0007",
    )


def give_reasons(app: App, notice: str) -> Changes:
    """Say of every warning that stands against a draft why it is issued all the same."""
    for finding in app.notices.preview(notice).findings:
        if finding.is_open and not finding.is_blocking:
            app.notices.explain(notice, finding.key, "已当面核对，情况属实")
    return Changes.of(Topic.NOTICES)


def issue(app: App, notice: str, *, by: str = LI) -> str:
    """Issue a draft with the reasons that it needs; return its id."""
    give_reasons(app, notice)
    app.notices.issue(notice, second_officer_id=by, pin=PIN)
    return notice


def a_photo(path: Path, *, seed: int = 0, size: tuple[int, int] = (640, 480), orientation: int = 1) -> Path:
    """Draw a photo that no other seed draws; orientation as EXIF tells it."""
    small = Image.frombytes("RGB", (16, 12), random.Random(seed).randbytes(16 * 12 * 3))
    exif = Image.Exif()
    exif[0x0112] = orientation
    exif[0x0132] = "2026:11:20 09:20:00"
    out = io.BytesIO()
    small.resize(size, Image.Resampling.BICUBIC).save(out, "JPEG", exif=exif, quality=85)
    path.write_bytes(out.getvalue())
    return path
