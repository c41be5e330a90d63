"""Reads who handled a piece of evidence; entries about it come out of the journal."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import UTC, datetime

from inspector.domain.custody import CustodyAct, CustodyStep
from inspector.domain.evidence import Evidence
from inspector.ids import OfficerId
from inspector.protocol.entry import decode
from inspector.store import times
from inspector.store.gateway import Tx
from inspector.store.history import Told


def steps(tx: Tx, evidence_id: str) -> list[CustodyStep]:
    """Return every opening, printing, export and redaction of a piece, oldest first."""
    sql = (
        "select c.*, e.hash from custody c left join entry e on e.type = 'custody' and e.subject = c.id "
        "where c.evidence_id = :id order by c.at, c.id"
    )
    return [
        CustodyStep(
            at=times.read(row["at"]),
            by=OfficerId(row["done_by"]),
            act=CustodyAct(row["act"]),
            detail=row["detail"],
            entry=row["hash"] or "",
        )
        for row in tx.rows(sql, {"id": evidence_id})
    ]


def entries(tx: Tx, kind: str, subject: str) -> list[Told]:
    """Return the journal's entries about one subject, oldest first."""
    sql = "select seq, hash, bytes from entry where type = :type and subject = :subject order by seq"
    rows = tx.rows(sql, {"type": kind, "subject": subject})
    return [Told(int(row["seq"]), row["hash"], decode(row["bytes"])) for row in rows]


@dataclass(frozen=True, slots=True)
class Showing:
    """An issued notice that was printed with a piece: its id, number and moment of issue."""

    notice_id: str
    number: str
    issued_at: datetime


def notices_showing(tx: Tx, piece: Evidence) -> list[Showing]:
    """Return the issued notices, void ones too, that show a piece."""
    sql = "select id, number, issued_at, evidence_ids from notice where inspection_id = :id and issued_at is not null"
    return [
        Showing(row["id"], row["number"], times.read(row["issued_at"]))
        for row in tx.rows(sql, {"id": piece.inspection_id})
        if piece.id in json.loads(row["evidence_ids"])
    ]


def shown_in(tx: Tx, notice_id: str) -> list[str]:
    """Return the ids of the pieces that an issued notice shows."""
    return json.loads(tx.value("select evidence_ids from notice where id = :id", {"id": notice_id}) or "[]")


def named(tx: Tx, evidence_id: str) -> tuple[str | None, str] | None:
    """Return inspection and SHA-256 of a piece of evidence or of a clip; None if there is neither."""
    row = tx.row("select inspection_id, sha256 from evidence where id = :id", {"id": evidence_id})
    row = row or tx.row(
        "select r.inspection_id, c.sha256 from clip c join recording r on r.id = c.recording_id where c.id = :id",
        {"id": evidence_id},
    )
    return (row["inspection_id"], row["sha256"]) if row else None


def received_at(tx: Tx, sha256: str) -> datetime | None:
    """Return when headquarters signed that it holds these bytes (R2), None if it has not."""
    body = tx.value("select body from receipt where kind = 'r2' and ref = :ref", {"ref": sha256})
    return datetime.fromtimestamp(json.loads(body)["ms"] / 1000, UTC) if body else None


def hazard_ordinal(tx: Tx, hazard_id: str) -> int:
    """Return the ordinal of a hazard, 0 if there is none."""
    return int(tx.value("select ordinal from hazard where id = :id", {"id": hazard_id}) or 0)
