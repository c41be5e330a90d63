"""Entry → rows: the only code that writes a projection table, used by recording and by replay alike."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final

import msgspec

from inspector.protocol.entry import Entry
from inspector.store import search
from inspector.store.gateway import Tx, Value

TABLES: Final[Mapping[str, str]] = {
    "user": "account",
    "site": "site",
    "inspection": "inspection",
    "hazard": "hazard",
    "evidence": "evidence",
    "notice": "notice",
    "lease": "lease",
    "print": "print_run",
    "serving": "serving",
    "recording": "recording",
    "clip": "clip",
    "clap": "clap",
    "recheck": "recheck",
    "film_gap": "film_gap",
    "custody": "custody",
    "check_result": "check_result",
    "soft_step": "soft_step",
    "library": "library",
    "pack_install": "pack_install",
    "signed_page": "signed_page",
    "pen_signature": "pen_signature",
    "sealed_copy": "sealed_copy",
    "sheet": "sheet",
    "number_return": "number_return",
}
"""Kind of subject → its table."""

PROJECTED: Final = (
    "head",
    "office",
    "officer",
    "account",
    "site",
    "inspection",
    "hazard",
    "evidence",
    "notice",
    "lease",
    "print_run",
    "serving",
    "recording",
    "clip",
    "clap",
    "recheck",
    "film_gap",
    "custody",
    "check_result",
    "soft_step",
    "library",
    "pack_install",
    "signed_page",
    "pen_signature",
    "sealed_copy",
    "sheet",
    "number_return",
)
"""Every table that replay must reproduce row by row."""

CLASS_NOTICE, CLASS_PHOTO, CLASS_FOOTAGE = 1, 3, 5
"""Order in which files go to headquarters: issued notices first, then photos and stills, then footage."""

_columns_of: dict[str, frozenset[str]] = {}


def apply(tx: Tx, entry: Entry, entry_hash: str) -> None:
    """Carry one entry into the rows of `tx`. Unknown kinds and fields of newer versions change nothing here."""
    step = _STEPS.get(entry.kind)
    if step is not None:
        step(tx, entry)
    tx.run(
        "insert into head (type, subject, hash) values (:type, :subject, :hash)"
        " on conflict (type, subject) do update set hash = excluded.hash",
        {"type": entry.type, "subject": entry.subject, "hash": entry_hash},
    )


def _create(tx: Tx, entry: Entry) -> None:
    table = TABLES.get(entry.type)
    if table is None:
        return
    tx.insert(table, {"id": entry.subject, **_known(tx, table, entry.set)})
    if entry.type == "site":
        search.index_site(tx, entry.subject)
    superseded = entry.set.get("supersedes")
    if entry.type == "number_return":
        used_up = {"next": int(entry.set["last"]) + 1, "id": str(entry.set["lease_id"])}
        tx.run("update lease set next_number = max(next_number, :next) where id = :id", used_up)
    if entry.type == "notice" and superseded:
        tx.run("update notice set superseded_by = :new where id = :old", {"new": entry.subject, "old": superseded})


def _patch(tx: Tx, entry: Entry) -> None:
    table = TABLES.get(entry.type)
    if table is None:
        return
    values = _known(tx, table, entry.set)
    if values:
        names = ", ".join(f"{name} = :{name}" for name in values)
        tx.run(f"update {table} set {names} where id = :id", {**values, "id": entry.subject})  # noqa: S608 - names are ours
    if entry.type == "site":
        search.index_site(tx, entry.subject)


def _attach(tx: Tx, entry: Entry) -> None:
    _create(tx, entry)
    size = int(entry.set.get("size", 0))
    lane = CLASS_FOOTAGE if entry.type == "clip" else CLASS_PHOTO
    for sha256 in entry.refs:
        _queue(tx, sha256, lane, size)


def _issue(tx: Tx, entry: Entry) -> None:
    _patch(tx, entry)
    if entry.set["lease_id"] is not None:  # else it bears no number, or that of the document it belongs to
        tx.run(
            "update lease set next_number = max(next_number, :next) where id = :id",
            {"next": int(entry.set["sequence"]) + 1, "id": str(entry.set["lease_id"])},
        )
    for sha256 in entry.refs:
        _queue(tx, sha256, CLASS_NOTICE, int(entry.set.get("size", 0)))


def _adopt(tx: Tx, entry: Entry) -> None:
    for kind, table in (("offices", "office"), ("officers", "officer"), ("sites", "site")):
        for record in entry.set.get(kind, []):
            tx.upsert(table, {"id": record["id"], **_known(tx, table, record)}, key="id")
            if table == "site":
                search.index_site(tx, record["id"])


def _queue(tx: Tx, sha256: str, lane: int, size: int) -> None:
    tx.run(
        "insert into transfer (sha256, class, size) values (:sha256, :lane, :size) on conflict (sha256) do nothing",
        {"sha256": sha256, "lane": lane, "size": size},
    )


def _known(tx: Tx, table: str, fields: Mapping[str, Any]) -> dict[str, Value]:
    columns = _columns_of.get(table)
    if columns is None:
        columns = frozenset(row["name"] for row in tx.rows(f"pragma table_info({table})"))
        _columns_of[table] = columns
    return {name: _stored(value) for name, value in fields.items() if name in columns and name != "id"}


def _stored(value: Any) -> Value:
    if isinstance(value, list | tuple | dict):
        return msgspec.json.encode(value, order="deterministic").decode()
    return int(value) if isinstance(value, bool) else value


_STEPS: Final[Mapping[str, Callable[[Tx, Entry], None]]] = {
    "create": _create,
    "patch": _patch,
    "remove": _patch,
    "close": _patch,
    "void": _patch,
    "attach": _attach,
    "issue": _issue,
    "lease": _create,
    "adopt": _adopt,
}
