"""What the two officers see on the sample day: two visits, their hazards and photos."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import zip_longest
from pathlib import Path
from typing import Final

from inspector.app import App
from inspector.clock import CHINA
from inspector.demo.explained import approve
from inspector.demo.shots import ago, spread
from inspector.domain.evidence import EvidenceKind
from inspector.domain.hazard import Measure, Severity
from inspector.errors import EvidenceRefused
from inspector.evidence.folder import photos_in
from inspector.law.laws import in_force, names_article
from inspector.services.hazards import HazardDraft

ZHANG: Final = "officer-sample-zhang"
LI: Final = "officer-sample-li"
PHOTOS: Final = 12

_PLACES: Final = (
    "一层东侧3号出口",
    "二层B区7排货架",
    "一层西侧充电区，靠近3号卷帘门",
    "三层C区2排",
    "地下室配电间",
    "装卸平台2号口",
    "办公区与库房连接处",
    "库房西北角",
    "消防水泵房",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Visit:
    """One visit of the plan; times are minutes before now, so that a day can be run at any hour."""

    site_id: str
    industry: str
    place: str
    companion: str
    hazards: int
    photos: int
    began: int
    ended: int


FIRST: Final = Visit(
    site_id="site-sample-01",
    industry="LOG",
    place="一号库房、充电区及装卸平台",
    companion="周喆",
    hazards=25,
    photos=8,
    began=170,
    ended=95,
)
SECOND: Final = Visit(
    site_id="site-sample-08",
    industry="LOG",
    place="5号冷库及制冷机房",
    companion="魏龑",
    hazards=6,
    photos=4,
    began=80,
    ended=20,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Taken:
    """A photo of the day: where it came from and its name in the store."""

    source: Path
    sha256: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Visited:
    """What a visit left: ids and photos, and files that were refused or kept undecoded with their reason."""

    inspection_id: str
    hazard_ids: tuple[str, ...]
    photos: tuple[Taken, ...]
    others: tuple[tuple[str, str], ...]


def shots_of_day(now: datetime) -> list[datetime]:
    """Return when the photos of both visits were taken, in the order of their use."""
    plans = (FIRST, SECOND)
    return [at for one in plans for at in spread(ago(now, one.began), ago(now, one.ended), one.photos)]


def visit(app: App, plan: Visit, files: Iterator[Path], *, now: datetime) -> Visited:
    """Make one visit: who was there, the hazards, photos until the plan's number is reached."""
    other = LI if app.me.id == ZHANG else ZHANG
    officers = (app.me.id, other)
    inspection_id = app.inspections.start(plan.site_id, officers, started_at=ago(now, plan.began)).made
    app.inspections.patch(
        inspection_id,
        place=plan.place,
        companion=plan.companion,
        is_id_shown=True,
        is_recusal_told=True,
        ended_at=ago(now, plan.ended),
    )
    approve(app, inspection_id)
    hazard_ids = tuple(_report(app, inspection_id, plan, now))
    _change_minds(app, inspection_id, hazard_ids[-1])
    photos, others = _attach(app, inspection_id, hazard_ids, plan.photos, files)
    app.evidence.prepare_previews(inspection_id)
    return Visited(inspection_id=inspection_id, hazard_ids=hazard_ids, photos=photos, others=others)


def _report(app: App, inspection_id: str, plan: Visit, now: datetime) -> Iterator[str]:
    for n, code in enumerate(_codes(app, plan, now)):
        found = app.catalogue.hazard_from(code)
        is_major = found.severity is Severity.MAJOR and bool(found.major_criterion)
        draft = HazardDraft(
            description=found.description,
            severity=Severity.MAJOR if is_major else Severity.GENERAL,
            measure=Measure.IMMEDIATE if n % 5 == 3 else Measure.RECTIFY,
            catalogue_code=code,
            place=_PLACES[n % len(_PLACES)],
            requirement="按规定整改到位，留存整改照片和验收记录" if n % 2 else "立即清理，保持畅通，明确专人每日检查",
            deadline=None if n % 5 == 3 else app.catalogue.deadline(15 if n % 3 else 30).day,
            basis=found.basis,
            major_criterion=found.major_criterion if is_major else "",
        )
        yield app.hazards.report(inspection_id, draft).made


def _change_minds(app: App, inspection_id: str, hazard_id: str) -> None:
    """Type a place wrong, take it back, do it again, take it back: the journal keeps every step."""
    app.hazards.patch(hazard_id, place="一层东侧4号出口")
    app.undo.undo(inspection_id)
    app.undo.redo(inspection_id)
    app.undo.undo(inspection_id)


def _codes(app: App, plan: Visit, now: datetime) -> list[str]:
    """Return items that this office may order, with a basis that names an article in force: the frequent ones first."""
    wanted: dict[str, None] = {}
    today = now.astimezone(CHINA).date()
    for item in [*app.catalogue.suggest(plan.industry, 60), *app.catalogue.search("安全", limit=249)]:
        is_exact = bool(item.violated) and all(names_article(one) and in_force(one, today) for one in item.violated)
        if item.is_ours and item.is_verified and item.allows_order and is_exact and item.check_superseded_by is None:
            wanted[item.code] = None
    return list(wanted)[: plan.hazards]


def _attach(
    app: App, inspection_id: str, hazard_ids: Sequence[str], wanted: int, files: Iterator[Path]
) -> tuple[tuple[Taken, ...], tuple[tuple[str, str], ...]]:
    photos: list[Taken] = []
    others: list[tuple[str, str]] = []
    while len(photos) < wanted:
        path = next(files, None)
        if path is None:
            break
        hazard_id = hazard_ids[len(photos) % len(hazard_ids)]
        try:
            made = app.evidence.attach(inspection_id, path, hazard_id=hazard_id, source="folder").made
        except EvidenceRefused as error:
            others.append((path.name, str(error.facts["reason"])))
            continue
        original = next(one for one in app.evidence.of(inspection_id) if one.id == made).original
        if original.kind is EvidenceKind.PHOTO:
            photos.append(Taken(source=path, sha256=original.sha256))
        else:
            others.append((path.name, f"document:{original.remark}"))
    if photos:
        app.evidence.attach(inspection_id, photos[0].source, hazard_id=hazard_ids[-1], source="folder")  # a twin
    return tuple(photos), tuple(others)


def mixed(folder: Path) -> Iterator[Path]:
    """Yield the photos of a folder, taking turns between its subfolders, so that a few show every kind."""
    turns: dict[Path, list[Path]] = {}
    for path in photos_in(folder).files:
        turns.setdefault(path.parent, []).append(path)
    for row in zip_longest(*turns.values()):
        yield from (path for path in row if path is not None)
