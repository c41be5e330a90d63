"""Hazards of one inspection as rows of a list."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from inspector.domain.evidence import Evidence
from inspector.domain.hazard import Hazard, Measure, Severity
from ui.text import tr
from ui.theme.status import Badge, badge, due
from ui.widgets.rows import Row


def severity_badge(severity: Severity) -> Badge:
    """Return 一般 or 重大 as shape, word and colour."""
    return badge("hazard.major" if severity is Severity.MAJOR else "hazard.general")


def measure_badge(hazard: Hazard, today: date) -> Badge:
    """Return what is ordered and until when: 12-11 前, 立即整改, 停止作业."""
    if hazard.measure is Measure.STOP:
        return Badge(word=tr("停止作业"), icon="player-stop")
    if hazard.measure is Measure.IMMEDIATE:
        return Badge(word=tr("立即整改"), icon="clock-hour-4")
    if hazard.deadline is None:
        return Badge(word=tr("未定期限"), icon="clock-hour-4", fg="warn")
    return due(hazard.deadline, today)


def hazard_rows(
    hazards: Sequence[Hazard],
    evidence: Sequence[Evidence],
    *,
    frozen: Mapping[str, str],
    today: date,
) -> list[Row]:
    """Return one row a hazard; `frozen` maps a hazard's id to the number of the issued notice that names it."""
    rows: list[Row] = []
    for hazard in hazards:
        own = [one for one in evidence if one.hazard_id == hazard.id]
        photo = next((one.original.sha256 for one in own if one.original.kind.is_picture), "")
        second = [hazard.place, tr("照片 {n}", n=len(own)) if own else tr("无照片")]
        if hazard.id in frozen:
            second.append(tr("已写入文书"))
        rows.append(
            Row(
                id=hazard.id,
                ordinal=str(hazard.ordinal),
                title=hazard.description,
                second="\u3000".join(part for part in second if part),
                thumb=photo,
                badges=(severity_badge(hazard.severity), measure_badge(hazard, today)),
            )
        )
    return rows
