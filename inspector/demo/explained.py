"""The sample has few photos and uses some twice; says so wherever the program asks, as an officer would."""

from __future__ import annotations

from datetime import timedelta
from typing import Final

from inspector.app import App

REASON: Final = "示例照片有限，两次检查共用"
WARNED: Final = "示例数据，两名执法人员已当面核对"


def explain_reuse(app: App, inspection_id: str) -> int:
    """Look for photos of earlier visits and give the reason for each; return how many were explained."""
    app.likeness.look(inspection_id)
    found = app.likeness.of(inspection_id)
    for evidence_id, alike in found.items():
        app.likeness.explain(evidence_id, alike[0].other.id, REASON)
    return len(found)


def approve(app: App, inspection_id: str) -> None:
    """Write down the approval of the visit and the code scanned on entry, as headquarters' platform gave them."""
    began = app.inspections.get(inspection_id).started_at
    app.inspections.patch(
        inspection_id,
        approval_no="示检批〔2026〕21号",
        approved_at=began - timedelta(hours=16),
        approved_by="示例审批人",
        entry_code=f"示例执法码-{began:%m%d%H%M}",
    )


def give_reasons(app: App, notice_id: str) -> int:
    """Say of each warning that stands against a draft why it is issued all the same; return how many there were."""
    open_ones = [one for one in app.notices.preview(notice_id).findings if one.is_open and not one.is_blocking]
    for finding in open_ones:
        app.notices.explain(notice_id, finding.key, WARNED)
    return len(open_ones)
