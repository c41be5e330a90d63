"""Writes everything headquarters holds as plain files, for a verifier that shares no code with us."""

from __future__ import annotations

import json
import os
from base64 import b64encode
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Row, select

from inspector.errors import NotAllowed
from inspector.hq import check, ledger
from inspector.hq.schema import blob, device, entry, foreign_entry, head, lease, receipt, record, register
from inspector.hq.schema import ledger as ledger_table
from inspector.hq.service import HqService


def export(service: HqService, out: Path) -> dict[str, int]:
    """Fill the new or empty folder `out`; return file name → lines written. Raises NotAllowed if it isn't empty.

    docs/protocol.md says what each file holds. Bytes are base64, digests hex.
    """
    out.mkdir(parents=True, exist_ok=True)
    if any(out.iterdir()):
        raise NotAllowed(reason="folder_not_empty")
    with service.database.read() as tx:
        counts = {name: _write_lines(out / name, lines) for name, lines in _files(tx)}
        _write_json(out / "server.json", _server(service, tx))
        _write_json(out / "register.json", _register(tx))
        names = list(tx.execute(select(blob.c.sha256).order_by(blob.c.hq_seq)).scalars())
    for sha256 in names:
        _copy_blob(service, sha256, out / "blobs" / sha256[:2] / sha256[2:4])
    return counts | {"blobs": len(names)}


def _files(tx: Connection) -> Iterator[tuple[str, Iterable[dict[str, Any]]]]:
    yield "devices.jsonl", (_device(row) for row in _rows(tx, select(device).order_by(device.c.ledger_seq)))
    yield "entries.jsonl", (_entry(row, row.state) for row in _rows(tx, select(entry).order_by(entry.c.hq_seq)))
    foreign = _rows(tx, select(foreign_entry).order_by(foreign_entry.c.hq_seq))
    yield "quarantine.jsonl", (_entry(row, "quarantined") for row in foreign)
    receipts = _rows(tx, select(receipt).order_by(receipt.c.kind, receipt.c.ref, receipt.c.first, receipt.c.last))
    yield "receipts.jsonl", ({"kind": row.kind, "ref": row.ref} | _signed(row) for row in receipts)
    leases = _rows(tx, select(lease).order_by(lease.c.hq_seq))
    yield "leases.jsonl", ({"lease": row.id} | _signed(row) for row in leases)
    lines = _rows(tx, select(ledger_table).order_by(ledger_table.c.seq))
    yield "ledger.jsonl", (dict(row._mapping) for row in lines)  # noqa: SLF001 - SQLAlchemy's public name begins so
    heads = _rows(tx, select(head).order_by(head.c.seq))
    yield "heads.jsonl", ({"day": row.day, "seq": row.seq} | _signed(row) for row in heads)
    records = _rows(tx, select(record).order_by(record.c.type, record.c.id))
    yield "records.jsonl", (_record(row) for row in records)


def _rows(tx: Connection, query: Any) -> Iterator[Row]:
    yield from tx.execute(query.execution_options(yield_per=500))


def _server(service: HqService, tx: Connection) -> dict[str, Any]:
    tip = ledger.tip(tx, service.identity, service.clock.read().wall_ms)
    return {
        "server_id": service.identity.server_id,
        "epoch": service.identity.epoch,
        "public_key": _text(service.identity.key.public),
        "head": {"body": _text(tip.body), "sig": _text(tip.sig)},
    }


def _device(row: Row) -> dict[str, Any]:
    certificate = {"body": _text(row.certificate), "sig": _text(row.certificate_sig)}
    return {"device": row.id, "certificate": certificate, "revoked_ms": row.revoked_ms, "seq": row.seq}


def _entry(row: Row, state: str) -> dict[str, Any]:
    signed = check.signed_entry(row)
    return {
        "hq_seq": row.hq_seq,
        "device": row.device,
        "seq": row.seq,
        "state": state,
        "why": row.why,
        "received_ms": row.received_ms,
        "bytes": _text(signed.bytes),
        "sig": _text(signed.sig),
        "user_sigs": [{"user": one.user, "sig": _text(one.sig)} for one in signed.user_sigs],
    }


def _record(row: Row) -> dict[str, Any]:
    return {"type": row.type, "id": row.id, "head": row.head, "device": row.device, "fields": json.loads(row.fields)}


def _register(tx: Connection) -> dict[str, list[Any]]:
    kinds: dict[str, list[Any]] = {"offices": [], "officers": [], "sites": []}
    for row in tx.execute(select(register).order_by(register.c.version)):
        kinds[row.kind].append(json.loads(row.fields))
    return kinds


def _signed(row: Row) -> dict[str, str]:
    return {"body": _text(row.body), "sig": _text(row.sig)}


def _text(raw: bytes) -> str:
    return b64encode(raw).decode()


def _write_lines(file: Path, lines: Iterable[dict[str, Any]]) -> int:
    count = 0
    with file.open("w", encoding="utf-8") as out:
        for line in lines:
            out.write(json.dumps(line, ensure_ascii=False) + "\n")
            count += 1
    return count


def _write_json(file: Path, content: dict[str, Any]) -> None:
    file.write_text(json.dumps(content, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def _copy_blob(service: HqService, sha256: str, folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / sha256).open("wb") as out:
        for chunk in service.blobs.content(sha256):
            out.write(chunk)
        out.flush()
        os.fsync(out.fileno())
