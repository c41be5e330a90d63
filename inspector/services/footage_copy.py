"""Copies one file into an encrypted part in one pass over the source, then reads the part back against the source.

Pieces of 1 MiB go from the reading thread to three lanes: SM3 (the slowest digest by far), SHA-256 (of all and of the
piece), and encryption with writing; a fourth brings what is written to the disk meanwhile, so that little is left to
wait for at the end. Few pieces wait at a time, so memory stays the same whatever the size.
"""

from __future__ import annotations

import errno
import hashlib
import os
from collections.abc import Callable, Generator, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Self

from inspector.crypto.digests import CHUNK, new_sm3
from inspector.crypto.footage_file import forget_pages, read_fully
from inspector.errors import EvidenceRefused, StoreDamaged
from inspector.evidence.film_folder import open_source
from inspector.evidence.intake import readable_name
from inspector.services.lane import Lane
from inspector.store.blobs import Blob
from inspector.store.footage_part import Part

SETTLE_EVERY: Final = 64
"""MiB after which what is written is brought to the disk: a kill or pull-out loses nothing, a power cut this much."""
_AWAY: Final = frozenset({errno.ENODEV, errno.ENXIO, getattr(errno, "ENOMEDIUM", errno.ENXIO), errno.ESTALE})

Watch = Callable[[int], None]
"""Hears the bytes of each piece that is done; raises Cancelled to stop."""


class SourceGone(Exception):
    """The card was pulled out, or the folder taken away."""


class Mismatch(Exception):
    """What lies on the disk is not what the source gives now."""


class Source:
    """One file of a card, opened to be read only. Raises EvidenceRefused(unreadable, changed), SourceGone."""

    def __init__(self, path: Path, root: Path) -> None:
        self.path = path
        self.root = root
        with self._told():
            self._file = open_source(path)

    def __enter__(self) -> Self:
        """Read."""
        return self

    def __exit__(self, *_: object) -> None:
        """Let go of it."""
        self._file.close()

    @property
    def stamp(self) -> tuple[int, int]:
        """(size, mtime_ns) as the open file has them now."""
        with self._told():
            told = os.fstat(self._file.fileno())
        return told.st_size, told.st_mtime_ns

    def piece(self, n: int, length: int) -> bytearray:
        """Return the piece that begins at n MiB."""
        with self._told():
            found = self.read(n * CHUNK, length)
        if len(found) != length:
            raise EvidenceRefused(name=readable_name(self.path), reason="changed")
        return found

    def read(self, where: int, length: int) -> bytearray:
        """Read from anywhere. Raises OSError."""
        self._file.seek(where)
        return read_fully(self._file, length)

    def forget_pages(self) -> None:
        """Let the system forget what it read, so that the next read asks the card."""
        with self._told():
            forget_pages(self._file)

    @contextmanager
    def _told(self) -> Generator[None]:
        try:
            yield
        except OSError as error:
            if error.errno in _AWAY or not _is_there(self.path, self.root):
                raise SourceGone from error
            reason = "not_a_file" if error.errno in {errno.ELOOP, errno.EINVAL} else "unreadable"
            raise EvidenceRefused(name=readable_name(self.path), reason=reason) from error


OpenSource = Callable[[Path, Path], Source]


def _is_there(path: Path, root: Path) -> bool:
    try:
        path.lstat()
        root.stat()
    except OSError:
        return False
    return True


class _Digests:
    """The two digests and the leaves, each computed in a lane of its own."""

    def __init__(self) -> None:
        self._sha256 = hashlib.sha256()
        self._sm3 = new_sm3()
        self._leaves: list[str] = []
        self.size = 0

    def sha256(self, piece: bytes | bytearray) -> None:
        self._sha256.update(piece)
        self._leaves.append(hashlib.sha256(piece).hexdigest())
        self.size += len(piece)

    def sm3(self, piece: bytes | bytearray) -> None:
        self._sm3.update(piece)

    def blob(self) -> Blob:
        return Blob(
            sha256=self._sha256.hexdigest(), size=self.size, sm3=self._sm3.hexdigest(), leaves=tuple(self._leaves)
        )


@dataclass(slots=True, kw_only=True)
class _Writing:
    """Appends to the part; has it brought to the disk now and then."""

    part: Part
    settling: Lane[None]

    def __call__(self, piece: bytes | bytearray) -> None:
        self.part.append(piece)
        if self.part.frames % SETTLE_EVERY == 0:
            self.settling.give(None)


def copy_in(source: Source, part: Part, watch: Watch) -> Blob:
    """Take the source into the part, from where the part ends; durable with its trailer when it returns.

    What the part holds already is hashed from there and not read from the source (`compare` will read it).
    Raises EvidenceRefused(unreadable, changed), SourceGone, StorageFull, StorageFailed and what `watch` raises;
    then the part stays and can be written on.
    """
    digests = _Digests()
    with ExitStack() as lanes:
        settling = lanes.enter_context(Lane[None]("footage disk", lambda _: part.settle(), room=1))
        writing = lanes.enter_context(Lane("footage write", _Writing(part=part, settling=settling)))
        sha256 = lanes.enter_context(Lane("footage SHA-256", digests.sha256))
        sm3 = lanes.enter_context(Lane("footage SM3", digests.sm3))
        kept = 0
        for piece in _kept(part):
            sha256.give(piece)
            sm3.give(piece)
            kept += 1
            watch(len(piece))
        part.cut(kept)
        for n in range(kept, part.key.frames):
            piece = source.piece(n, part.key.length(n))
            writing.give(piece)
            sha256.give(piece)
            sm3.give(piece)
            watch(len(piece))
    blob = digests.blob()
    part.finish(blob)
    return blob


def _kept(part: Part) -> Iterator[bytes]:
    """The frames that an earlier try left whole, up to the first that is torn."""
    for n in range(part.frames):
        piece = part.frame(n)
        if piece is None:
            return
        yield piece


def compare(source: Source, stored: Iterator[bytes], watch: Watch) -> None:
    """Read the source a second time and hold it against what is stored, byte by byte.

    Raises Mismatch; EvidenceRefused(unreadable, changed), SourceGone and what `watch` raises.
    """
    source.forget_pages()
    size = source.stamp[0]

    def hold(piece: bytearray) -> None:
        try:
            if bytes(next(stored, b"")) != bytes(piece):
                raise Mismatch
        except StoreDamaged as error:
            raise Mismatch from error

    with Lane("footage compare", hold) as holding:
        for n in range(-(-size // CHUNK)):
            piece = source.piece(n, min(CHUNK, size - n * CHUNK))
            holding.give(piece)
            watch(len(piece))
    if next(stored, None) is not None:
        raise Mismatch
