"""What still has to reach headquarters: derived from the journal and the receipts, never from memory."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from inspector.store.gateway import Row, Tx
from inspector.store.projection import CLASS_FOOTAGE, CLASS_NOTICE, CLASS_PHOTO

R1, R2 = "r1", "r2"
UNLOCK: Final = "unlock"
"""Kind of the entry that says who opened the laptop."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """One blob without an R2 receipt; `lane` is its class, smaller goes first; `why` a code of the last refusal."""

    sha256: str
    lane: int
    size: int
    tries: int
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Backlog:
    """What is only on this laptop. `waiting_since_ms` is the wall time of the oldest unsent entry, 0 if none.

    `entries` leaves out `unlocks`: that somebody unlocked goes along with the next sync, but is no work to wait for.
    """

    entries: int
    entries_total: int
    notices: int
    notices_total: int
    photos: int
    photos_total: int
    files_bytes: int
    waiting_since_ms: int
    unlocks: int = 0
    footage: int = 0
    footage_total: int = 0

    @property
    def is_empty(self) -> bool:
        """Whether headquarters has given receipts for everything but unlocking: 可以交接."""
        return not (self.entries or self.notices or self.photos or self.footage)


def acknowledged(tx: Tx) -> int:
    """Return the last entry covered by an R1 receipt, 0 if none."""
    return int(tx.value("select coalesce(max(last), 0) from receipt where kind = :kind", {"kind": R1}))


def keep_receipt(tx: Tx, *, kind: str, ref: str, span: tuple[int, int], body: bytes, sig: bytes) -> None:
    """Keep a verified receipt verbatim; `span` is (first, last) entry for R1, (0, 0) for R2. Repeats change nothing."""
    sql = """
        insert or ignore into receipt (ref, kind, first, last, body, sig)
        values (:ref, :kind, :first, :last, :body, :sig)
    """
    tx.run(sql, {"ref": ref, "kind": kind, "first": span[0], "last": span[1], "body": body, "sig": sig})
    if kind == R2:
        tx.run("update transfer set state = 'done', why = '' where sha256 = :ref", {"ref": ref})


def receipts(tx: Tx, kind: str) -> list[tuple[str, bytes, bytes]]:
    """Return (ref, body, signature) of every receipt of a kind."""
    rows = tx.rows("select ref, body, sig from receipt where kind = :kind order by last, ref", {"kind": kind})
    return [(row["ref"], row["body"], row["sig"]) for row in rows]


def waiting(tx: Tx) -> list[Waiting]:
    """Return the blobs to send: notices first, then photos, then footage; small before large."""
    sql = "select * from transfer where state <> 'done' order by class, size, sha256"
    return [
        Waiting(sha256=row["sha256"], lane=row["class"], size=row["size"], tries=row["tries"], why=row["why"])
        for row in tx.rows(sql)
    ]


def mark_refused(tx: Tx, sha256: str, why: str) -> None:
    """Note a failed try with its reason; the blob stays in the backlog."""
    tx.run(
        "update transfer set tries = tries + 1, why = :why where sha256 = :sha256", {"sha256": sha256, "why": why[:200]}
    )


def backlog(tx: Tx) -> Backlog:
    """Count what has no receipt yet."""
    acked = acknowledged(tx)
    # Entries are numbered without a gap and never go, so no row need be read to count them.
    total = int(tx.value("select coalesce(max(seq), 0) from entry"))
    # The index on type and subject finds the few entries about the laptop itself.
    unlocks = "select count(*) from entry where type = 'device' and kind = :unlock and seq > :acked"
    first = "select wall from entry where seq > :acked and kind <> :unlock order by seq limit 1"
    open_from = {"acked": acked, "unlock": UNLOCK}
    unlocked = int(tx.value(unlocks, open_from))
    since = tx.value(first, open_from)
    files = tx.rows(
        "select class, count(*) as n, sum(state <> 'done') as open,"
        " sum(case when state <> 'done' then size else 0 end) as bytes from transfer group by class"
    )
    notices, photos, footage = (_counted(files, lane) for lane in (CLASS_NOTICE, CLASS_PHOTO, CLASS_FOOTAGE))
    return Backlog(
        entries=max(0, total - acked - unlocked),
        entries_total=total,
        notices=notices[0],
        notices_total=notices[1],
        photos=photos[0],
        photos_total=photos[1],
        files_bytes=sum(int(row["bytes"]) for row in files),
        waiting_since_ms=int(since or 0),
        unlocks=unlocked,
        footage=footage[0],
        footage_total=footage[1],
    )


def _counted(files: list[Row], lane: int) -> tuple[int, int]:
    """Return (without receipt, all) of one class."""
    row = next((row for row in files if row["class"] == lane), None)
    return (int(row["open"]), int(row["n"])) if row else (0, 0)
