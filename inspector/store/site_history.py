"""Reads what is known about a site: its visits, the deadlines that were set, its notices and latest photos."""

from __future__ import annotations

from inspector.store.gateway import Row, Tx

_UNSETTLED = "id not in (select hazard_id from recheck where outcome = 'done')"
"""A deadline stands until a re-check found the hazard put right."""
_OF_SITE = "inspection_id in (select id from inspection where site_id = :site)"


def visits(tx: Tx, site_id: str, limit: int) -> list[Row]:
    """Return rows of `inspection`, newest first, with photo_count."""
    sql = """
        select i.*,
            (select count(*) from evidence e where e.inspection_id = i.id and not e.is_removed
                and e.evidence_kind = 'photo') as photo_count
        from inspection i where i.site_id = :site order by i.started_at desc, i.id desc limit :limit
    """
    return tx.rows(sql, {"site": site_id, "limit": limit})


def hazard_counts(tx: Tx, site_id: str, today: str) -> list[Row]:
    """Return (inspection_id, hazards, majors, overdue) of the site's visits: one walk over its hazards."""
    sql = f"""
        select inspection_id, count(*) as hazards, sum(severity = 'major') as majors,
            sum(deadline is not null and deadline < :today and {_UNSETTLED}) as overdue
        from hazard where {_OF_SITE} and not is_removed group by inspection_id
    """  # noqa: S608 - the text is ours
    return tx.rows(sql, {"site": site_id, "today": today})


def deadlines(tx: Tx, site_id: str, limit: int) -> list[Row]:
    """Return (id, inspection_id, ordinal, description, severity, deadline), earliest deadline first."""
    sql = f"""
        select id, inspection_id, ordinal, description, severity, deadline from hazard
        where {_OF_SITE} and not is_removed and deadline is not null and {_UNSETTLED}
        order by deadline, inspection_id, ordinal
        limit :limit
    """  # noqa: S608 - the text is ours
    return tx.rows(sql, {"site": site_id, "limit": limit})


def photos(tx: Tx, site_id: str, limit: int) -> list[Row]:
    """Return (id, inspection_id, sha256, at), latest first."""
    sql = f"""
        select id, inspection_id, sha256, coalesce(taken_at, attached_at) as at from evidence
        where {_OF_SITE} and not is_removed and evidence_kind = 'photo' order by at desc, id limit :limit
    """  # noqa: S608 - the text is ours
    return tx.rows(sql, {"site": site_id, "limit": limit})


def due(tx: Tx, until: str, limit: int) -> list[Row]:
    """Return (inspection_id, site_id, name, hazards, majors, deadline) of visits with a deadline up to a day."""
    sql = f"""
        select h.inspection_id, i.site_id, s.name, count(*) as hazards, sum(h.severity = 'major') as majors,
            min(h.deadline) as deadline
        from hazard h join inspection i on i.id = h.inspection_id join site s on s.id = i.site_id
        where h.deadline <= :until and not h.is_removed and h.{_UNSETTLED}
        group by h.inspection_id order by min(h.deadline), i.started_at, h.inspection_id limit :limit
    """  # noqa: S608 - the text is ours
    return tx.rows(sql, {"until": until, "limit": limit})
