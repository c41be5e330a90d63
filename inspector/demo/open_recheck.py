"""A re-check in the middle: what the pictures of the window show of it."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path
from typing import Final

from PIL import Image, ImageDraw, ImageOps

from inspector.app import App
from inspector.clock import CHINA, SystemClock
from inspector.demo.day import PIN
from inspector.demo.explained import approve, explain_reuse, give_reasons
from inspector.demo.visits import LI, ZHANG
from inspector.domain.notice import FormCode
from inspector.domain.recheck import Outcome
from inspector.domain.serving import ServingDraft, ServingMethod
from inspector.services.hazards import HazardDraft

SITE: Final = "site-sample-04"
_SEEN: Final = (
    ("安全出口被货物堵塞", "一层东侧3号出口"),
    ("灭火器被纸箱遮挡", "二层B区7排"),
    ("配电线路沿地面敷设，未穿管保护", "一层西侧"),
)


def leave_rechecking(app: App, scenes: list[Path], folder: Path) -> str:
    """Order three hazards to be put right, begin the re-check with two later photos; return its inspection's id."""
    other = LI if app.me.id == ZHANG else ZHANG
    began = SystemClock().read().at - timedelta(hours=5)  # before the visits of the day
    visit = app.inspections.start(SITE, (app.me.id, other), started_at=began).made
    ended = began + timedelta(minutes=40)
    app.inspections.patch(visit, place="一号库房", is_id_shown=True, is_recusal_told=True, ended_at=ended)
    approve(app, visit)
    for n, (description, place) in enumerate(_SEEN):
        hazard_id = app.hazards.report(visit, _draft(app, n, description, place)).made
        app.evidence.attach(visit, scenes[n], hazard_id=hazard_id, source="folder")
    explain_reuse(app, visit)
    for form in (FormCode.INSPECTION_RECORD, FormCode.RECTIFICATION_ORDER):
        notice = app.notices.draft(visit, form).made
        give_reasons(app, notice)
        app.notices.issue(notice, second_officer_id=other, pin=PIN)
    app.serving.serve(notice, ServingDraft(method=ServingMethod.SIGNED, receiver="郑示"))
    app.inspections.close(visit)
    recheck = app.rechecks.start([notice], (app.me.id, other)).made
    app.inspections.patch(recheck, place="一号库房", is_id_shown=True, is_recusal_told=True)
    approve(app, recheck)
    for n, item in enumerate(app.rechecks.of(recheck)[:2]):
        made = app.evidence.attach(recheck, _cleared(scenes[n], folder / f"RECHECK_{n + 1}.JPG"), source="card").made
        app.rechecks.choose(item.recheck.id, after_id=made)
    # The third shows what a photo of another visit looks like: the same file again, not explained yet.
    third = app.rechecks.of(recheck)[2]
    again = app.evidence.attach(recheck, scenes[2], source="card").made
    app.rechecks.choose(third.recheck.id, after_id=again)
    app.likeness.look(recheck)
    first = app.rechecks.of(recheck)[0].recheck.id
    app.rechecks.note(first, "货物已全部清走，出口可双向开启，现场试开2次。")
    app.rechecks.decide(first, Outcome.DONE)
    return recheck


def _draft(app: App, n: int, description: str, place: str) -> HazardDraft:
    items = [item for item in app.catalogue.suggest("LOG", 12) if item.allows_order and item.violated]
    return HazardDraft(
        description=description,
        place=place,
        requirement="清理并保持畅通，每日检查。",
        deadline=app.catalogue.deadline(15).day,
        basis=items[n % len(items)].violated[:1],
    )


def _cleared(scene: Path, path: Path) -> Path:
    """Draw the same room once more, from a step beside, with something gone from its middle."""
    with Image.open(scene) as opened:
        picture = ImageOps.exif_transpose(opened).convert("RGB")
    wide, high = picture.size
    box = (round(0.30 * wide), round(0.45 * high), round(0.60 * wide), round(0.90 * high))
    ImageDraw.Draw(picture).rectangle(box, fill=picture.getpixel((round(0.5 * wide), round(0.95 * high))))
    step = wide * 0.03
    seen = (step, high * 0.01, 0.0, high * 0.99, wide * 0.98, high, wide - step / 2, 0.0)
    picture = picture.transform((wide, high), Image.Transform.QUAD, seen, Image.Resampling.BICUBIC)
    picture.save(path, "JPEG", quality=88, exif=_taken(SystemClock().read().at).tobytes())
    return path


def _taken(at: datetime) -> Image.Exif:
    exif = Image.Exif()
    local = at.astimezone(CHINA)
    exif[0x010F], exif[0x0110] = "DEMO", "CAM-12"
    exif[0x8769] = {0x9003: f"{local:%Y:%m:%d %H:%M:%S}", 0x9011: "+08:00"}
    return exif
