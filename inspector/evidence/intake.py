"""Takes a file in: one read that stores, hashes and looks; the file itself is never changed."""

from __future__ import annotations

import errno
import io
import os
import stat
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO

from inspector import mainthread
from inspector.crypto.digests import CHUNK, Hasher
from inspector.domain.evidence import EvidenceKind, Original
from inspector.errors import EvidenceRefused
from inspector.evidence import kinds
from inspector.evidence.decode import Header, check_structure, decode, is_slow, read_header
from inspector.evidence.exif import Exif
from inspector.evidence.photo import preview_of
from inspector.ids import Sha256

MOST_BYTES = 2 << 30
"""Largest file that is taken in."""
MOST_SHOWN = 256 << 20
"""A photo is looked at in memory up to this size; a larger one is kept as a document."""
SHOWN_REMARKS = frozenset({"", "misnamed", "first_of_many"})
"""Remarks of what can be shown all the same."""

_HIDDEN = {"Cc", "Cf", "Cs", "Zl", "Zp"}
"""Unicode categories of what can't be seen: control, format, surrogate, line and paragraph separator."""

Sink = Callable[[int, bytes], None]
"""Gets (n, chunk) in order; each chunk is CHUNK bytes but the last."""


@dataclass(slots=True)
class Reading:
    """What one read collected of a file: its name as text, digests, type, and the bytes of what may be a photo."""

    name: str
    hasher: Hasher = field(default_factory=Hasher)
    mime: str = ""
    _kept: io.BytesIO = field(default_factory=io.BytesIO)

    def take(self, chunk: bytes, size: int) -> None:
        """Take the next chunk of a file of `size` bytes."""
        if not self.hasher.size:
            self.mime = kinds.mime_of(chunk[: kinds.HEAD])
        self.hasher.update(chunk)
        if self.mime in kinds.PHOTOS and size <= MOST_SHOWN:
            self._kept.write(chunk)

    def content(self) -> bytes:
        """Return the bytes of what may be a photo and forget them; empty for all else."""
        content, self._kept = self._kept.getvalue(), io.BytesIO()
        return content


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """What is known of a file that was read, and the preview that judging it gave."""

    original: Original
    preview: bytes | None = None
    """None: can't be shown, none was asked for, or it takes long to make (HEIC, AVIF)."""


def take_in(path: Path, sink: Sink, *, limit: int = MOST_BYTES) -> Original:
    """Read the file once: give each chunk to `sink`, hash it, tell the type by content and read its EXIF.

    A picture that can't be decoded is kept as a document, with `remark` undecodable, too_many_pixels or
    too_large_to_show; a file whose name promises another type has the remark misnamed, one that holds more pictures
    than the one that is shown first_of_many. Raises EvidenceRefused(name, reason): empty, too_large, not_a_file,
    unreadable, changed (while it was read: what `sink` got is then worthless), and what `sink` raises.
    """
    return judge(read_in(path, sink, limit=limit)).original


def read_in(path: Path, sink: Sink, *, limit: int = MOST_BYTES) -> Reading:
    """The first half of `take_in`: read once, hash, tell the type. Raises as it does."""
    mainthread.refuse("decode")
    name = readable_name(path)
    reading = Reading(name)
    with _open(path, name) as file:
        before = os.fstat(file.fileno())
        _check(before, name, limit)
        _read(file, sink, reading, size=before.st_size)
        after = os.fstat(file.fileno())
    if (before.st_size, before.st_mtime_ns) != (after.st_size, after.st_mtime_ns):
        raise EvidenceRefused(name=name, reason="changed")
    return reading


def read_bytes(content: bytes, name: str, sink: Sink) -> Reading:
    """Like `read_in`, of bytes that are in memory. Raises EvidenceRefused(empty)."""
    if not content:
        raise EvidenceRefused(name=name, reason="empty")
    reading = Reading(name)
    for n, at in enumerate(range(0, len(content), CHUNK)):
        chunk = content[at : at + CHUNK]
        sink(n, chunk)
        reading.take(chunk, len(content))
    return reading


def judge(reading: Reading, *, edge: int | None = None, is_thorough: bool = False) -> Judged:
    """The second half: look at what was read. With `edge`, one decoding gives the verdict and the preview.

    Of what is slow to decode (HEIC, AVIF) the boxes are believed, unless `is_thorough`.
    """
    mainthread.refuse("decode")
    content = reading.content()
    header, preview, remark = _look(reading, content, edge, is_thorough=is_thorough)
    width, height = header.upright if header else (0, 0)
    exif = header.exif if header else Exif()
    original = Original(
        sha256=Sha256(reading.hasher.sha256),
        sm3=reading.hasher.sm3,
        size=reading.hasher.size,
        leaves=reading.hasher.leaves,
        kind=EvidenceKind.PHOTO if header is not None and remark in SHOWN_REMARKS else EvidenceKind.DOCUMENT,
        mime=reading.mime,
        name=reading.name,
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
    return Judged(original=original, preview=preview)


def readable_name(path: Path) -> str:
    """Return the file's name as text: names on memory sticks are UTF-8 or, from older systems, GB 18030.

    Line ends and marks that turn the direction of writing become U+FFFD: a name must not look like another one.
    """
    raw = os.fsencode(path.name)
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError:
        text = raw.decode("gb18030", "replace")
    return "".join("\ufffd" if unicodedata.category(char) in _HIDDEN else char for char in text)


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


def _read(file: BinaryIO, sink: Sink, reading: Reading, *, size: int) -> None:
    n, name = 0, reading.name
    while chunk := _chunk(file, name):
        if reading.hasher.size + len(chunk) > size:
            raise EvidenceRefused(name=name, reason="changed")  # it grows: stop, it may never end
        sink(n, chunk)
        reading.take(chunk, size)
        n += 1
    if reading.hasher.size != size:
        raise EvidenceRefused(name=name, reason="changed")


def _chunk(file: BinaryIO, name: str) -> bytes:
    try:
        return file.read(CHUNK)
    except OSError as error:
        raise EvidenceRefused(name=name, reason="unreadable") from error


def _look(
    reading: Reading, content: bytes, edge: int | None, *, is_thorough: bool
) -> tuple[Header | None, bytes | None, str]:
    """Return header, preview and remark; a broken photo may still tell when and where it was taken."""
    remark = "misnamed" if kinds.is_misnamed(reading.name, reading.mime) else ""
    if reading.mime not in kinds.PHOTOS:
        is_broken = reading.mime == kinds.UNKNOWN and kinds.is_named_photo(reading.name)
        return None, None, "undecodable" if is_broken else remark
    if not content:
        return None, None, "too_large_to_show"
    header = preview = None
    try:
        header = read_header(content, reading.mime)
        preview = _decoded(content, header, edge, is_thorough=is_thorough)
    except EvidenceRefused as refused:
        remark = str(refused.facts["reason"])
    return header, preview, remark or ("first_of_many" if header is not None and header.has_more else "")


def _decoded(content: bytes, header: Header, edge: int | None, *, is_thorough: bool) -> bytes | None:
    check_structure(header)
    if is_slow(header) and not is_thorough:
        return None
    if edge is None:
        decode(content, header, at_least=(1, 1))
        return None
    return preview_of(content, header, edge=edge).jpeg
