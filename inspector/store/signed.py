"""Reads signed pages, pen signatures and sealed copies of notices."""

from __future__ import annotations

import json

from inspector.domain.signed import PenSignature, SealedCopy, SignedPage
from inspector.ids import EvidenceId, NoticeId, OfficerId, Sha256
from inspector.store import times
from inspector.store.gateway import Row, Tx


def pages(tx: Tx, notice_id: str) -> list[SignedPage]:
    """Return the signed pages of a notice that nobody took away, by page."""
    sql = "select * from signed_page where notice_id = :id and not is_removed order by page, added_at, id"
    return [_page(row) for row in tx.rows(sql, {"id": notice_id})]


def pen(tx: Tx, notice_id: str) -> list[PenSignature]:
    """Return the signatures that were drawn on the screen, oldest first."""
    sql = "select * from pen_signature where notice_id = :id order by signed_at, id"
    return [
        PenSignature(
            id=row["id"],
            notice_id=NoticeId(row["notice_id"]),
            role=row["role"],
            signer=row["signer"],
            facts_digest=row["facts_digest"],
            strokes=tuple(tuple((x, y, int(ms)) for x, y, ms in one) for one in json.loads(row["strokes"])),
            signed_at=times.read(row["signed_at"]),
            witnessed_by=OfficerId(row["witnessed_by"]),
        )
        for row in tx.rows(sql, {"id": notice_id})
    ]


def sealed(tx: Tx, notice_id: str) -> SealedCopy | None:
    """Return the copy that was sealed last, None if there is none."""
    sql = "select * from sealed_copy where notice_id = :id order by sealed_at desc, id desc limit 1"
    row = tx.row(sql, {"id": notice_id})
    if row is None:
        return None
    return SealedCopy(
        id=row["id"],
        notice_id=NoticeId(row["notice_id"]),
        sha256=Sha256(row["sha256"]),
        certificate=row["certificate"],
        sealed_at=times.read(row["sealed_at"]),
        sealed_by=OfficerId(row["sealed_by"]),
    )


def facts_digest(tx: Tx, notice_id: str) -> str:
    """Return the digest of what an issued notice says."""
    return str(tx.value("select facts_digest from notice where id = :id", {"id": notice_id}) or "")


def _page(row: Row) -> SignedPage:
    return SignedPage(
        id=row["id"],
        notice_id=NoticeId(row["notice_id"]),
        page=row["page"],
        role=row["role"],
        evidence_id=EvidenceId(row["evidence_id"]),
        original_id=EvidenceId(row["original_id"]),
        corners=tuple((x, y) for x, y in json.loads(row["corners"])),
        added_at=times.read(row["added_at"]),
        added_by=OfficerId(row["added_by"]),
        is_removed=bool(row["is_removed"]),
        removed_reason=row["removed_reason"],
    )
