"""Reads recordings and their clips; the bytes are in footage.py."""

from __future__ import annotations

import json
from typing import Any

from inspector.domain.footage import Anchor, AnchorSource, ClapVerdict, Clip, Recording
from inspector.errors import NotFound
from inspector.ids import InspectionId, OfficerId, Sha256
from inspector.store import times
from inspector.store.gateway import Row, Tx

# A clip's leaves are up to half a megabyte and never wanted here; they stand last in the row, out of the way.
_CLIP = (
    "id, recording_id, ordinal, sha256, sm3, size, mime, name, codec, width, height, rotation, duration_us, frames,"
    " is_constant_rate, recorded_at, remark, attached_at, attached_by"
)


def get(tx: Tx, recording_id: str) -> Recording:
    """Return one recording with its clips, removed or not. Raises NotFound."""
    row = tx.row("select * from recording where id = :id", {"id": recording_id})
    if row is None:
        raise NotFound(kind="recording", id=recording_id)
    return _recording(tx, row)


def of_inspection(tx: Tx, inspection_id: str) -> list[Recording]:
    """Return the recordings of one inspection by the recorder's time, then by when they came."""
    return _many(tx, "inspection_id = :id", inspection_id)


def unassigned(tx: Tx) -> list[Recording]:
    """Return the recordings that belong to no inspection yet."""
    return _many(tx, "inspection_id is null and :id = ''", "")


def clip(tx: Tx, clip_id: str) -> Clip:
    """Return one clip. Raises NotFound."""
    row = tx.row(f"select {_CLIP} from clip where id = :id", {"id": clip_id})  # noqa: S608 - names are ours
    if row is None:
        raise NotFound(kind="clip", id=clip_id)
    return _clip(row)


def holding(tx: Tx, sha256: str) -> list[Recording]:
    """Return the recordings, not removed, that have a clip with these bytes."""
    sql = "select distinct r.* from recording r join clip c on c.recording_id = r.id where c.sha256 = :sha256"
    return [_recording(tx, row) for row in tx.rows(f"{sql} and not r.is_removed", {"sha256": sha256})]


def alike(tx: Tx, name: str, size: int) -> list[str]:
    """Return the SHA-256 of stored clips of that name and size: perhaps the same file, to be compared."""
    sql = "select distinct sha256 from clip where size = :size and name = :name"
    return [str(row["sha256"]) for row in tx.rows(sql, {"name": name, "size": size})]


def sizes(tx: Tx) -> set[int]:
    """Return the sizes of all evidence and footage that entries name: what has another size can't be among it."""
    rows = tx.rows("select size from clip union select size from evidence")
    return {int(row["size"]) for row in rows}


def stills(tx: Tx, recording_id: str) -> list[str]:
    """Return the ids of the stills, not removed, that were taken from a recording's clips."""
    sql = """select e.id from evidence e join clip c on c.sha256 = e.clip_sha256
        where c.recording_id = :id and not e.is_removed"""
    return [str(row["id"]) for row in tx.rows(sql, {"id": recording_id})]


def unread(tx: Tx) -> list[Clip]:
    """Return the clips that no decoder has looked at yet, of recordings that stand."""
    columns = ", ".join(f"c.{name.strip()}" for name in _CLIP.split(","))
    sql = f"""select {columns} from clip c join recording r on r.id = c.recording_id
        where c.codec = '' and c.remark = '' and not r.is_removed order by c.attached_at, c.ordinal"""  # noqa: S608 - names are ours
    return [_clip(row) for row in tx.rows(sql)]


def without_index(tx: Tx) -> list[Clip]:
    """Return the clips that could not be shown for want of an index, of recordings that stand."""
    columns = ", ".join(f"c.{name.strip()}" for name in _CLIP.split(","))
    sql = f"""select {columns} from clip c join recording r on r.id = c.recording_id
        where c.codec = '' and c.remark = 'no_index' and not r.is_removed order by c.attached_at, c.ordinal"""  # noqa: S608 - names are ours
    return [_clip(row) for row in tx.rows(sql)]


def of_device(tx: Tx, device_label: str, most: int) -> list[Clip]:
    """Return the latest clips of one recorder that could be decoded, of recordings that stand."""
    columns = ", ".join(f"c.{name.strip()}" for name in _CLIP.split(","))
    sql = f"""select {columns} from clip c join recording r on r.id = c.recording_id
        where c.codec <> '' and c.remark not like 'rebuilt%' and r.device_label = :label and not r.is_removed
        order by c.attached_at desc, c.id limit :most"""  # noqa: S608 - names are ours
    return [_clip(row) for row in tx.rows(sql, {"label": device_label, "most": most})]


def lent(tx: Tx, sha256: str) -> str:
    """Return what another clip lent to the one with these bytes, "" if nothing; the first time counts."""
    sql = "select remark from clip where sha256 = :sha256 and remark like 'rebuilt% %' order by attached_at, id limit 1"
    return str(tx.value(sql, {"sha256": sha256}) or "").partition(" ")[2]


def _many(tx: Tx, which: str, inspection_id: str) -> list[Recording]:
    sql = f"select * from recording where {which} and not is_removed order by added_at, id"  # noqa: S608 - names are ours
    found = [_recording(tx, row) for row in tx.rows(sql, {"id": inspection_id})]
    return sorted(found, key=_began)


def _began(recording: Recording) -> tuple[bool, str]:
    known = [clip.recorded_at for clip in recording.clips if clip.recorded_at is not None]
    return (not known, times.written(min(known)) if known else times.written(recording.added_at))


def _recording(tx: Tx, row: Row) -> Recording:
    sql = f"select {_CLIP} from clip where recording_id = :id order by ordinal, attached_at"  # noqa: S608 - names are ours
    return Recording(
        id=row["id"],
        inspection_id=InspectionId(row["inspection_id"]) if row["inspection_id"] else None,
        device_label=row["device_label"],
        source=row["source"],
        added_at=times.read(row["added_at"]),
        added_by=OfficerId(row["added_by"]),
        anchors=tuple(_anchor(one) for one in json.loads(row["anchors"])),
        clips=tuple(_clip(one) for one in tx.rows(sql, {"id": row["id"]})),
        is_removed=bool(row["is_removed"]),
        removed_reason=row["removed_reason"],
    )


def _anchor(told: dict[str, Any]) -> Anchor:
    return Anchor(
        clip_id=told["clip_id"],
        at_us=told["at_us"],
        true_ms=told["true_ms"],
        source=AnchorSource(told["source"]),
        verdict=ClapVerdict(told.get("verdict", ClapVerdict.GENUINE)),
        uncertainty_ms=told.get("uncertainty_ms", 500),
        detail=told.get("detail", ""),
    )


def _clip(row: Row) -> Clip:
    remark, _, lent = str(row["remark"]).partition(" ")  # what was lent stands behind the code, see footage_examine.py
    return Clip(
        id=row["id"],
        recording_id=row["recording_id"],
        ordinal=row["ordinal"],
        sha256=Sha256(row["sha256"]),
        sm3=row["sm3"],
        size=row["size"],
        mime=row["mime"],
        name=row["name"],
        codec=row["codec"],
        width=row["width"],
        height=row["height"],
        rotation=row["rotation"],
        duration_us=row["duration_us"],
        frames=row["frames"],
        is_constant_rate=bool(row["is_constant_rate"]),
        recorded_at=times.read_or_none(row["recorded_at"]),
        remark=remark,
        lent=lent,
        attached_at=times.read(row["attached_at"]),
        attached_by=OfficerId(row["attached_by"]),
    )
