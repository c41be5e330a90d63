"""案卷: the journal's entries about one inspection and everything that hangs on it, verbatim, for others to check."""

from __future__ import annotations

from typing import Final

from inspector.protocol.entry import SignedEntry
from inspector.store import journal
from inspector.store.gateway import Tx

_SUBJECTS: Final = """
    select 'inspection' as type, :id as subject
    union select 'site', site_id from inspection where id = :id
    union select 'user', id from account
    union select 'hazard', id from hazard where inspection_id = :id
    union select 'evidence', id from evidence where inspection_id = :id
    union select 'notice', id from notice where inspection_id = :id
    union select 'print', p.id from print_run p join notice n on n.id = p.notice_id where n.inspection_id = :id
    union select 'serving', s.id from serving s join notice n on n.id = s.notice_id where n.inspection_id = :id
    union select 'recording', id from recording where inspection_id = :id
    union select 'clip', c.id from clip c join recording r on r.id = c.recording_id where r.inspection_id = :id
    union select 'clap', id from clap where inspection_id = :id
    union select 'recheck', id from recheck where inspection_id = :id
    union select 'film_gap', id from film_gap where inspection_id = :id
    union select 'custody', id from custody where inspection_id = :id
    union select 'check_result', id from check_result where inspection_id = :id
    union select 'soft_step', id from soft_step where inspection_id = :id
    union select 'signed_page', s.id from signed_page s join notice n on n.id = s.notice_id where n.inspection_id = :id
    union select 'pen_signature', s.id from pen_signature s join notice n on n.id = s.notice_id
        where n.inspection_id = :id
    union select 'sealed_copy', s.id from sealed_copy s join notice n on n.id = s.notice_id where n.inspection_id = :id
    union select 'sheet', s.id from sheet s join notice n on n.id = s.notice_id where n.inspection_id = :id
"""
"""Every subject of an inspection. The accounts come along because their entries bring the keys of the signers; the
register of all firms and officers stays behind."""


def entries(tx: Tx, inspection_id: str) -> list[SignedEntry]:
    """Return the entries about an inspection in the order of the journal."""
    sql = f"""
        select e.seq from entry e join ({_SUBJECTS}) s on s.type = e.type and s.subject = e.subject order by e.seq
    """  # noqa: S608 - constant text
    wanted = [int(row["seq"]) for row in tx.rows(sql, {"id": inspection_id})]
    return [journal.after(tx, seq - 1, 1)[0] for seq in wanted]


def clips(tx: Tx, inspection_id: str) -> list[tuple[str, str, str, int]]:
    """Return (id, SHA-256, name, size) of every clip of the recordings that belong to an inspection."""
    sql = """
        select c.id, c.sha256, c.name, c.size from clip c join recording r on r.id = c.recording_id
        where r.inspection_id = :id and not r.is_removed order by r.added_at, c.ordinal
    """
    rows = tx.rows(sql, {"id": inspection_id})
    return [(row["id"], row["sha256"], row["name"], int(row["size"])) for row in rows]


def removed(tx: Tx, inspection_id: str) -> list[tuple[str, str, int]]:
    """Return (SHA-256, name, size) of what was taken out of an inspection: its bytes stay, and its entries name it."""
    sql = "select sha256, name, size from evidence where inspection_id = :id and is_removed order by attached_at, id"
    return [(row["sha256"], row["name"], int(row["size"])) for row in tx.rows(sql, {"id": inspection_id})]
