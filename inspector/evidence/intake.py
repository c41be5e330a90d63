"""Takes a file in: one read that stores, hashes and looks; the file itself is never changed."""

from __future__ import annotations

import errno
import io
import os
import stat
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO

from inspector import mainthread
from inspector.crypto.digests import CHUNK, Hasher
from inspector.domain.evidence import EvidenceKind, Original
from inspector.errors import EvidenceRefused
from inspector.evidence import kinds
from inspector.evidence.decode import Header, check_decodes, check_size, read_header
from inspector.evidence.exif import Exif
from inspector.ids import Sha256

MOST_BYTES = 2 << 30
"""Largest file that is taken in."""
_MOST_KEPT = 64 << 20
"""A photo is looked at in memory up to this size; of a larger one only the header is read."""

Sink = Callable[[int, bytes], None]
"""Gets (n, chunk) in order; each chunk is CHUNK bytes but the last."""


@dataclass(slots=True)
class _Reading:
    """What one read collects."""

    hasher: Hasher = field(default_factory=Hasher)
    mime: str = ""
    kept: list[bytes] = field(default_factory=list)

    def take(self, chunk: bytes) -> None:
        if not self.hasher.size:
            self.mime = kinds.mime_of(chunk[: kinds.HEAD])
        self.hasher.update(chunk)
        if self.mime in kinds.PHOTOS and self.hasher.size <= _MOST_KEPT:
            self.kept.append(chunk)


def take_in(path: Path, sink: Sink, *, limit: int = MOST_BYTES) -> Original:
    """Read the file once: give each chunk to `sink`, hash it, tell the type by content and read its EXIF.

    A picture that can't be decoded is kept as a document, with `remark` undecodable or too_many_pixels; a file whose
    name promises another type has the remark misnamed. Raises EvidenceRefused(name, reason): empty, too_large,
    not_a_file, unreadable, changed (while it was read: what `sink` got is then worthless), and what `sink` raises.
    """
    mainthread.refuse("decode")
    name = readable_name(path)
    reading = _Reading()
    with _open(path, name) as file:
        before = os.fstat(file.fileno())
        _check(before, name, limit)
        _read(file, sink, reading, name=name, size=before.st_size)
        after = os.fstat(file.fileno())
    if (before.st_size, before.st_mtime_ns) != (after.st_size, after.st_mtime_ns):
        raise EvidenceRefused(name=name, reason="changed")
    return _original(name, reading)


def readable_name(path: Path) -> str:
    """Return the file's name as text: names on memory sticks are UTF-8 or, from older systems, GB 18030."""
    raw = os.fsencode(path.name)
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        return raw.decode("gb18030", "replace")


def _open(path: Path, name: str) -> BinaryIO:
    try:
        # A device may act when it is opened, so look first; the opened file is looked at again.
        if not stat.S_ISREG(path.stat().st_mode):
            raise EvidenceRefused(name=name, reason="not_a_file")
        # O_NONBLOCK: a pipe that took the file's place must not hold us.
        flags = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0) | getattr(os, "O_CLOEXEC", 0)
        return io.BufferedReader(io.FileIO(os.open(path, flags), "rb"), CHUNK)
    except OSError as error:
        reason = "not_a_file" if error.errno in {errno.ELOOP, errno.EISDIR, errno.ENXIO} else "unreadable"
        raise EvidenceRefused(name=name, reason=reason) from error
    except ValueError as error:
        raise EvidenceRefused(name=name, reason="unreadable") from error  # a NUL in the path


def _check(told: os.stat_result, name: str, limit: int) -> None:
    if not stat.S_ISREG(told.st_mode):
        raise EvidenceRefused(name=name, reason="not_a_file")
    if told.st_size == 0:
        raise EvidenceRefused(name=name, reason="empty")
    if told.st_size > limit:
        raise EvidenceRefused(name=name, reason="too_large")


def _read(file: BinaryIO, sink: Sink, reading: _Reading, *, name: str, size: int) -> None:
    n = 0
    while chunk := _chunk(file, name):
        if reading.hasher.size + len(chunk) > size:
            raise EvidenceRefused(name=name, reason="changed")  # it grows: stop, it may never end
        sink(n, chunk)
        reading.take(chunk)
        n += 1
    if reading.hasher.size != size:
        raise EvidenceRefused(name=name, reason="changed")


def _chunk(file: BinaryIO, name: str) -> bytes:
    try:
        return file.read(CHUNK)
    except OSError as error:
        raise EvidenceRefused(name=name, reason="unreadable") from error


def _original(name: str, reading: _Reading) -> Original:
    header, remark = _look(name, reading)
    width, height = header.upright if header else (0, 0)
    exif = header.exif if header else Exif()
    is_shown = header is not None and remark in {"", "misnamed"}
    return Original(
        sha256=Sha256(reading.hasher.sha256),
        sm3=reading.hasher.sm3,
        size=reading.hasher.size,
        leaves=reading.hasher.leaves,
        kind=EvidenceKind.PHOTO if is_shown else EvidenceKind.DOCUMENT,
        mime=reading.mime,
        name=name,
        width=width,
        height=height,
        remark=remark,
        orientation=exif.orientation,
        taken_at=exif.taken_at,
        taken_as=exif.taken_as,
        time_source=exif.time_source,
        camera=exif.camera,
        latitude=exif.latitude,
        longitude=exif.longitude,
    )


def _look(name: str, reading: _Reading) -> tuple[Header | None, str]:
    """Return the header of a photo and the remark; a broken photo may still tell when and where it was taken."""
    remark = "misnamed" if kinds.is_misnamed(name, reading.mime) else ""
    if reading.mime not in kinds.PHOTOS:
        is_broken = reading.mime == kinds.UNKNOWN and kinds.is_named_photo(name)
        return None, "undecodable" if is_broken else remark
    header = None
    data = b"".join(reading.kept)
    reading.kept.clear()
    try:
        header = read_header(data, reading.mime)
        check_size(header)
        if len(data) == reading.hasher.size:
            check_decodes(data, header)
    except EvidenceRefused as refused:
        remark = str(refused.facts["reason"])
    return header, remark
