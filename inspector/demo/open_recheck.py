"""A re-check in the middle: what the pictures of the window show of it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Final

from PIL import Image, ImageDraw, ImageOps

from inspector.app import App
from inspector.clock import Clock
from inspector.demo import shots
from inspector.demo.day import PIN
from inspector.demo.explained import approve, explain_reuse, give_reasons
from inspector.demo.visits import LI, ZHANG
from inspector.domain.notice import FormCode
from inspector.domain.recheck import Outcome
from inspector.domain.serving import ServingDraft, ServingMethod
from inspector.services.hazards import HazardDraft

SITE: Final = "site-sample-04"
BEGAN: Final = 300
ENDED: Final = 260
"""When the visit was that the re-check follows, in minutes ago: before the visits of the day."""
_SEEN: Final = (
    ("安全出口被货物堵塞", "一层东侧3号出口"),
    ("灭火器被纸箱遮挡", "二层B区7排"),
    ("配电线路沿地面敷设，未穿管保护", "一层西侧"),
)


def leave_rechecking(app: App, scenes: Sequence[Path], folder: Path, clock: Clock) -> str:
    """Order three hazards to be put right, begin the re-check with two later photos; return its inspection's id.

    The photos lie in `folder`: copies of the first three scenes as taken in the visit, and what was seen later.
    """
    now = clock.read().at
    began, ended = shots.ago(now, BEGAN), shots.ago(now, ENDED)
    before = shots.retaken(scenes[: len(_SEEN)], folder / "before", shots.spread(began, ended, len(_SEEN)))
    visit = _order(app, before, (began, ended))
    other = _other(app)
    order = next(one for one in app.notices.of(visit) if one.form is FormCode.RECTIFICATION_ORDER).id
    recheck = app.rechecks.start([order], (app.me.id, other)).made
    app.inspections.patch(recheck, place="一号库房", is_id_shown=True, is_recusal_told=True)
    approve(app, recheck)
    for n, item in enumerate(app.rechecks.of(recheck)[:2]):
        later = _cleared(before[n], folder / f"RECHECK_{n + 1}.JPG", clock.read().at)
        app.rechecks.choose(item.recheck.id, after_id=app.evidence.attach(recheck, later, source="card").made)
    # The third shows what a photo of another visit looks like: the same file again, not explained yet.
    third = app.rechecks.of(recheck)[2]
    again = app.evidence.attach(recheck, before[2], source="card").made
    app.rechecks.choose(third.recheck.id, after_id=again)
    app.likeness.look(recheck)
    first = app.rechecks.of(recheck)[0].recheck.id
    app.rechecks.note(first, "货物已全部清走，出口可双向开启，现场试开2次。")
    app.rechecks.decide(first, Outcome.DONE)
    return recheck


def _other(app: App) -> str:
    return LI if app.me.id == ZHANG else ZHANG


def _order(app: App, photos: Sequence[Path], time: tuple[datetime, datetime]) -> str:
    """Make the visit that is re-checked, with an order that was served; return its id."""
    began, ended = time
    visit = app.inspections.start(SITE, (app.me.id, _other(app)), started_at=began).made
    app.inspections.patch(visit, place="一号库房", is_id_shown=True, is_recusal_told=True, ended_at=ended)
    approve(app, visit)
    for n, (description, place) in enumerate(_SEEN):
        hazard_id = app.hazards.report(visit, _draft(app, n, description, place)).made
        app.evidence.attach(visit, photos[n], hazard_id=hazard_id, source="folder")
    explain_reuse(app, visit)
    for form in (FormCode.INSPECTION_RECORD, FormCode.RECTIFICATION_ORDER):
        notice = app.notices.draft(visit, form).made
        give_reasons(app, notice)
        app.notices.issue(notice, second_officer_id=_other(app), pin=PIN)
    app.serving.serve(notice, ServingDraft(method=ServingMethod.SIGNED, receiver="郑示"))
    app.inspections.close(visit)
    return visit


def _draft(app: App, n: int, description: str, place: str) -> HazardDraft:
    items = [item for item in app.catalogue.suggest("LOG", 12) if item.allows_order and item.violated]
    return HazardDraft(
        description=description,
        place=place,
        requirement="清理并保持畅通，每日检查。",
        deadline=app.catalogue.deadline(15).day,
        basis=items[n % len(items)].violated[:1],
    )


def _cleared(scene: Path, path: Path, at: datetime) -> Path:
    """Draw the same room once more, from a step beside, with something gone from its middle."""
    with Image.open(scene) as opened:
        picture = ImageOps.exif_transpose(opened).convert("RGB")
    wide, high = picture.size
    box = (round(0.30 * wide), round(0.45 * high), round(0.60 * wide), round(0.90 * high))
    ImageDraw.Draw(picture).rectangle(box, fill=picture.getpixel((round(0.5 * wide), round(0.95 * high))))
    step = wide * 0.03
    seen = (step, high * 0.01, 0.0, high * 0.99, wide * 0.98, high, wide - step / 2, 0.0)
    picture = picture.transform((wide, high), Image.Transform.QUAD, seen, Image.Resampling.BICUBIC)
    picture.save(path, "JPEG", quality=88, exif=_taken(at).tobytes())
    return path


def _taken(at: datetime) -> Image.Exif:
    exif = Image.Exif()
    exif[0x010F], exif[0x0110] = "DEMO", "CAM-12"
    exif[shots.EXIF_PART] = {shots.DATE_TIME_ORIGINAL: shots.written(at), 0x9011: "+08:00"}
    return exif
