"""Fingerprints of pictures and which are one picture, cached in evidence.db; and the pieces that they concern."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Final

from inspector.store.gateway import Gateway, Row, Tx, Value

FINGERPRINT: Final = "fingerprint"


class LikenessCache:
    """What was found out about pictures; all of it can be found out again. `version` is the fingerprint's."""

    def __init__(self, gateway: Gateway, version: int) -> None:
        self._gateway = gateway
        self._version = version

    def fingerprints(self) -> list[tuple[str, bytes]]:
        """Return (sha256, fingerprint) of every picture that was fingerprinted, in the order of the digests."""
        sql = "select sha256, body from cache where kind = :kind and version = :version order by sha256"
        with self._gateway.read() as tx:
            rows = tx.rows(sql, {"kind": FINGERPRINT, "version": self._version})
        return [(row["sha256"], bytes(row["body"])) for row in rows]

    def keep(self, prints: Iterable[tuple[str, bytes]]) -> None:
        """Keep fingerprints in one transaction."""
        with self._gateway.write() as tx:
            for sha256, body in prints:
                row = {"kind": FINGERPRINT, "sha256": sha256, "version": self._version, "body": body}
                _replace(tx, "cache", row)

    def is_searched(self, sha256: str, site_id: str) -> bool:
        """Whether the likes of a picture of a site were looked for."""
        sql = "select 1 from likeness_searched where sha256 = :sha256 and site_id = :site and version = :version"
        with self._gateway.read() as tx:
            return tx.value(sql, {"sha256": sha256, "site": site_id, "version": self._version}) is not None

    def keep_search(self, sha256: str, site_id: str, found: Iterable[tuple[str, int, float]]) -> None:
        """Keep that a picture of a site was searched for, and (sha256, matched, share) of its likes."""
        with self._gateway.write() as tx:
            for other, matched, share in found:
                one, two = sorted((sha256, other))
                row = {"sha256": one, "other": two, "matched": matched, "share": share, "version": self._version}
                _replace(tx, "likeness", row)
            _replace(tx, "likeness_searched", {"sha256": sha256, "site_id": site_id, "version": self._version})

    def like(self, digests: Iterable[str]) -> dict[str, set[str]]:
        """Return for each of the digests the other digests that are the same picture."""
        wanted = json.dumps(sorted(set(digests)))
        sql = """
            select sha256 as mine, other as theirs from likeness
                where version = :version and sha256 in (select value from json_each(:wanted))
            union all select other, sha256 from likeness
                where version = :version and other in (select value from json_each(:wanted))
        """
        found: dict[str, set[str]] = {}
        with self._gateway.read() as tx:
            for row in tx.rows(sql, {"version": self._version, "wanted": wanted}):
                found.setdefault(row["mine"], set()).add(row["theirs"])
        return found


def elsewhere(tx: Tx, digests: Iterable[str], site_id: str) -> set[str]:
    """Return which of the digests are the bytes of a standing piece of another site."""
    sql = """
        select distinct e.sha256 from evidence e join inspection i on i.id = e.inspection_id
        where e.sha256 in (select value from json_each(:wanted)) and i.site_id <> :site and not e.is_removed
    """
    rows = tx.rows(sql, {"wanted": json.dumps(sorted(set(digests))), "site": site_id})
    return {row["sha256"] for row in rows}


def pictures(tx: Tx) -> list[str]:
    """Return the digests of all standing photos and stills of this laptop."""
    sql = "select distinct sha256 from evidence where not is_removed and evidence_kind <> 'document' order by sha256"
    return [row["sha256"] for row in tx.rows(sql)]


def earlier(tx: Tx, inspection_id: str, like: Mapping[str, Iterable[str]]) -> list[Row]:
    """Return which pieces of an inspection show a picture that came in earlier, at another visit; oldest first.

    `like` names the other digests of the same picture. Rows: piece, other (ids), kind (a LikenessKind),
    inspection_id, site_id, site_name, visited_at, officer_name (of the other), is_same_site. Inside one site only the
    same bytes and the same shot count: honest revisits of one place look alike. One query for the whole inspection.
    """
    couples = [[mine, other] for mine, others in sorted(like.items()) for other in sorted(others)]
    return tx.rows(_EARLIER, {"inspection": inspection_id, "like": json.dumps(couples)})


_EARLIER: Final = """
    with mine as (
        select e.id, e.sha256, e.taken_at, e.camera, e.time_source, e.attached_at, i.site_id
        from evidence e join inspection i on i.id = e.inspection_id
        where e.inspection_id = :inspection and not e.is_removed and e.evidence_kind <> 'document'
    ), couple as (
        select mine.id as piece, e.id as other, 'same_bytes' as kind
            from mine join evidence e on e.sha256 = mine.sha256
        union all
        select mine.id, e.id, 'same_shot' from mine join inspection i on i.site_id = mine.site_id
            join evidence e on e.inspection_id = i.id
            where e.taken_at = mine.taken_at and e.camera = mine.camera and e.sha256 <> mine.sha256
                and mine.camera <> '' and mine.time_source <> 'unknown'
        union all
        select mine.id, e.id, 'same_picture' from json_each(:like) as l
            join mine on mine.sha256 = l.value ->> 0 join evidence e on e.sha256 = l.value ->> 1
    )
    select c.piece, c.other, c.kind, i.id as inspection_id, s.id as site_id, s.name as site_name,
        i.started_at as visited_at, o.name as officer_name, i.site_id = mine.site_id as is_same_site
    from couple c join mine on mine.id = c.piece join evidence e on e.id = c.other
        join inspection i on i.id = e.inspection_id join site s on s.id = i.site_id
        join officer o on o.id = e.attached_by
    where e.inspection_id <> :inspection and not e.is_removed and e.evidence_kind <> 'document'
        and (e.attached_at, e.id) < (mine.attached_at, mine.id)
        and (c.kind <> 'same_picture' or i.site_id <> mine.site_id)
    order by c.piece, e.attached_at, e.id
"""


def _replace(tx: Tx, table: str, row: Mapping[str, Value]) -> None:
    names, marks = ", ".join(row), ", ".join(f":{name}" for name in row)
    tx.run(f"insert or replace into {table} ({names}) values ({marks})", row)  # noqa: S608 - names are ours
