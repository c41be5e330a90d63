"""Pieces made from other pieces: a redacted copy, a straightened page; they join the visit and name their source."""

from __future__ import annotations

from typing import Any

from inspector.domain.evidence import Evidence, EvidenceKind
from inspector.evidence.jpeg import read_header
from inspector.ids import new_id
from inspector.services.session import Session
from inspector.store import times
from inspector.store.journal import Act


def attach_derived(session: Session, source: Evidence, jpeg: bytes, *, derivation: str, name: str) -> str:
    """Keep `jpeg` as a piece derived from `source`, in one entry; return its id. Raises StorageFull."""
    told = read_header(jpeg)
    return record_derived(
        session,
        {
            "inspection_id": source.inspection_id, "hazard_id": source.hazard_id, "derived_from": source.id,
            "evidence_kind": EvidenceKind.PHOTO.value, "mime": "image/jpeg", "name": name,
            "width": told.width, "height": told.height, "caption": source.caption, "derivation": derivation,
        },
        jpeg,
    )  # fmt: skip


def record_derived(session: Session, fields: dict[str, Any], content: bytes) -> str:
    """Store `content` and record the piece that `fields` describe; what a camera would tell of it is empty."""
    blob = session.vault.blobs.put(content, session.vault.clock.read().wall_ms)
    made = new_id()
    changes = fields | {
        "sha256": blob.sha256, "sm3": blob.sm3, "size": blob.size, "leaves": list(blob.leaves),
        "orientation": 1, "taken_at": None, "taken_as": "", "time_source": "unknown", "camera": "",
        "latitude": "", "longitude": "", "remark": "", "source": "derived",
        "attached_at": times.written(session.now()), "attached_by": session.me.id,
    }  # fmt: skip
    with session.vault.gateway.write() as tx:
        session.record(tx, Act(kind="attach", type="evidence", subject=made, changes=changes, refs=(blob.sha256,)))
    return made
