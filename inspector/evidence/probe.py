"""Tells what a file is without taking it in: digests, kind, time, place, camera, size; limits as at import."""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from inspector import mainthread
from inspector.domain.evidence import EvidenceKind, Original, TimeSource
from inspector.errors import EvidenceRefused, FilmFailed
from inspector.evidence import film_kinds, kinds
from inspector.evidence.intake import MOST_BYTES, judge, read_in

MOST_FOOTAGE = 1 << 42
"""Footage is as long as a card; 4 TB is the largest file of exFAT cards on sale."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Probed:
    """One file; `refusal` is why it can't be taken in (then nothing else is known), `warnings` are codes."""

    file: str
    refusal: str = ""
    sha256: str = ""
    sm3: str = ""
    size: int = 0
    kind: str = ""
    """photo | footage | document."""
    mime: str = ""
    captured_at: datetime | None = None
    captured_as: str = ""
    captured_by: str = ""
    """How the time is known: exif_offset, exif_local (read as China Standard Time), container, unknown."""
    latitude: str = ""
    longitude: str = ""
    camera: str = ""
    orientation: int = 1
    width: int = 0
    height: int = 0
    """Upright."""
    film: dict[str, Any] | None = None
    """codec, duration_us, frames, rotation, is_constant_rate; None for what is no footage."""
    warnings: tuple[str, ...] = field(default=())

    def told(self) -> dict[str, Any]:
        """Return it as one JSON object; of a refused file everything but its name and the refusal is null."""
        at = self.captured_at
        known: dict[str, Any] = {
            "sha256": self.sha256,
            "sm3": self.sm3,
            "size": self.size,
            "kind": self.kind,
            "mime": self.mime,
            "captured_at": at.isoformat().replace("+00:00", "Z") if at else None,
            "captured_as": self.captured_as,
            "captured_by": self.captured_by,
            "gps": {"latitude": self.latitude, "longitude": self.longitude} if self.latitude else None,
            "camera": self.camera,
            "orientation": self.orientation,
            "width": self.width,
            "height": self.height,
            "film": self.film,
        }
        if self.refusal:
            known = dict.fromkeys(known)
        return {"file": self.file, **known, "refusal": self.refusal or None, "warnings": list(self.warnings)}


def probe(path: Path) -> Probed:
    """Read a file once and tell what it is. Never raises for what the file is."""
    mainthread.refuse("decode")
    head = _head(path)
    mime = film_kinds.film_of(head)
    try:
        reading = read_in(path, lambda _n, _chunk: None, limit=MOST_FOOTAGE if mime else MOST_BYTES)
        original = judge(reading, is_thorough=True).original
    except EvidenceRefused as refused:
        return Probed(file=str(path), refusal=str(refused.facts["reason"]))
    return _film(path, mime, original) if mime else _photo(path, original)


def _head(path: Path) -> bytes:
    """Return the first bytes; none of what can't be opened without waiting: `read_in` says why then."""
    try:
        if not path.is_file():
            return b""
        flags = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
        with os.fdopen(os.open(path, flags), "rb") as file:
            return file.read(kinds.HEAD)
    except (OSError, ValueError):
        return b""


def _photo(path: Path, original: Original) -> Probed:
    return Probed(
        file=str(path),
        sha256=original.sha256,
        sm3=original.sm3,
        size=original.size,
        kind="photo" if original.kind is EvidenceKind.PHOTO else "document",
        mime=original.mime,
        captured_at=original.taken_at,
        captured_as=original.taken_as,
        captured_by=original.time_source.value,
        latitude=original.latitude,
        longitude=original.longitude,
        camera=original.camera,
        orientation=original.orientation,
        width=original.width,
        height=original.height,
        warnings=(original.remark,) if original.remark else (),
    )


def _film(path: Path, mime: str, original: Original) -> Probed:
    from inspector.evidence.film.client import Film

    try:
        with Film.open(path) as film:
            info = film.probe()
    except FilmFailed as failed:
        info, remark = None, str(failed.facts["reason"])
    else:
        remark = info.remark
    recorded_at = info.recorded_at if info else None
    return Probed(
        file=str(path),
        sha256=original.sha256,
        sm3=original.sm3,
        size=original.size,
        kind="footage",
        mime=mime,
        captured_at=recorded_at,
        captured_by="container" if recorded_at else TimeSource.UNKNOWN.value,
        width=info.width if info else 0,
        height=info.height if info else 0,
        film={
            "codec": info.codec if info else "",
            "duration_us": info.duration_us if info else 0,
            "frames": info.frames if info else 0,
            "rotation": info.rotation if info else 0,
            "is_constant_rate": bool(info and info.is_constant_rate),
        },
        warnings=(remark,) if remark else (),
    )
