"""Reads what was done to one inspection, entry by entry, out of the journal."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

from inspector.protocol.entry import Entry, decode
from inspector.store.gateway import Tx
from inspector.store.projection import TABLES

UNDOES: Final = "undoes"
"""In `set` of an entry that takes another one back: that entry's hash. No column: the rows never see it."""
REDOES: Final = "redoes"
"""In `set` of an entry that does again what was taken back: the hash of the entry that did it first."""
GROUP: Final = "group"
"""In `set` of every entry of one action that needed several: one id, so that they are taken back together."""
ALSO_OF: Final = "also_of"
"""In `set` of an attach that lets a photo serve a further hazard: the id of the row it was made of."""
MARKS: Final = frozenset({UNDOES, REDOES, GROUP, ALSO_OF})

_SQL: Final = """
    select e.seq, e.hash, e.bytes from entry e where e.type = 'inspection' and e.subject = :id
    union all select e.seq, e.hash, e.bytes from hazard h
        join entry e on e.type = 'hazard' and e.subject = h.id where h.inspection_id = :id
    union all select e.seq, e.hash, e.bytes from evidence v
        join entry e on e.type = 'evidence' and e.subject = v.id where v.inspection_id = :id
    union all select e.seq, e.hash, e.bytes from recheck r
        join entry e on e.type = 'recheck' and e.subject = r.id where r.inspection_id = :id
    union all select e.seq, e.hash, e.bytes from check_result c
        join entry e on e.type = 'check_result' and e.subject = c.id where c.inspection_id = :id
    union all select e.seq, e.hash, e.bytes from soft_step s
        join entry e on e.type = 'soft_step' and e.subject = s.id where s.inspection_id = :id
    union all select e.seq, e.hash, e.bytes from notice n
        join entry e on e.type = 'notice' and e.subject = n.id where n.inspection_id = :id
    order by 1
"""


@dataclass(frozen=True, slots=True)
class Told:
    """One entry with its place in the journal and its hex hash."""

    seq: int
    hash: str
    entry: Entry


def of_inspection(tx: Tx, inspection_id: str) -> list[Told]:
    """Return the entries about an inspection and whatever is of it, oldest first."""
    return [Told(int(row["seq"]), row["hash"], decode(row["bytes"])) for row in tx.rows(_SQL, {"id": inspection_id})]


def row_of(tx: Tx, kind: str, subject: str) -> dict[str, Any]:
    """Return the row a subject has now, by column; empty if there is none."""
    return tx.row(f"select * from {TABLES[kind]} where id = :id", {"id": subject}) or {}  # noqa: S608 - names are ours
