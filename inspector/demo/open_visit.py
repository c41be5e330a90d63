"""A visit in the middle: what the pictures of the window show, four hazards, photos, an order with open findings."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Final

from inspector.app import App
from inspector.clock import Clock
from inspector.demo.explained import approve, explain_reuse
from inspector.demo.shots import ago, retaken, spread
from inspector.demo.visits import LI, ZHANG
from inspector.domain.hazard import Measure, Severity
from inspector.domain.notice import FormCode
from inspector.services.hazards import HazardDraft

SITE: Final = "site-sample-01"
BEGAN: Final = 12
"""How many minutes the visit has lasted."""

_CHARGING: Final = "设置独立机械通风，配置2具4 kg灭火器，充电时段专人值守。"
_SEEN: Final = (
    ("安全出口被货物堵塞", "一层东侧3号出口", Measure.IMMEDIATE, Severity.GENERAL),
    ("消火栓被货物遮挡，栓口无水", "二层B区7排", Measure.RECTIFY, Severity.GENERAL),
    ("叉车充电区无通风和灭火措施", "一层西侧充电区，靠近3号卷帘门", Measure.RECTIFY, Severity.GENERAL),
    ("易燃液体与锂电池混放", "三层C区2排", Measure.RECTIFY, Severity.MAJOR),
)


def leave_open(app: App, scenes: Sequence[Path], folder: Path, clock: Clock) -> str:
    """Begin a visit, report four hazards, attach photos (the last to no hazard); return the inspection's id.

    The photos are copies of `scenes` in `folder`, as taken during the visit.
    """
    other = LI if app.me.id == ZHANG else ZHANG
    now = clock.read().at
    began = ago(now, BEGAN)
    inspection_id = app.inspections.start(SITE, (app.me.id, other), started_at=began).made
    app.inspections.patch(inspection_id, place="一号库房及充电区", is_id_shown=True, is_recusal_told=True)
    approve(app, inspection_id)
    hazard_ids = [_report(app, inspection_id, n) for n in range(len(_SEEN))]
    photos = retaken(scenes, folder, spread(began, now, len(scenes)))
    for n, path in enumerate(photos):
        hazard_id = None if n == len(photos) - 1 else hazard_ids[n % len(hazard_ids)]
        app.evidence.attach(inspection_id, path, hazard_id=hazard_id, source="folder")
    app.evidence.prepare_previews(inspection_id)
    explain_reuse(app, inspection_id)
    app.notices.draft(inspection_id, FormCode.INSPECTION_RECORD)
    return inspection_id


def _report(app: App, inspection_id: str, n: int) -> str:
    description, place, measure, severity = _SEEN[n]
    items = [item for item in app.catalogue.suggest("LOG", 12) if item.allows_order and item.violated]
    basis = items[n % len(items)].violated[:1]
    is_now = measure is Measure.IMMEDIATE
    draft = HazardDraft(
        description=description,
        severity=severity,
        measure=measure,
        place=place,
        requirement="设置独立机械通风，配置2具4 kg灭火器，充电时段专人值守。"
        if n == 2
        else "清理并保持畅通，每日检查。",
        deadline=None if is_now else app.catalogue.deadline(15).day,
        basis=basis,
    )
    return app.hazards.report(inspection_id, draft).made
