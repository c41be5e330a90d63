"""Footage: files too large for a database, encrypted in frames below the profile, named by the SHA-256 of their bytes.

`<sha256>.fif` is whole, was read back before it got that name, and never changes. `incoming/` holds what is being
taken in (footage_part.py) and the plans that say what it is to become (footage_plans.py).
"""

from __future__ import annotations

import hashlib
import io
import threading
from collections import OrderedDict
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import msgspec

from inspector import mainthread
from inspector.crypto.footage_file import FootageFile, FrameReader, read_fully
from inspector.crypto.frames import HEADER, FrameKey, Tampered, master_key
from inspector.errors import EvidenceMissing, NotAllowed, StoreDamaged
from inspector.store.blobs import Blob
from inspector.store.errors import translated_files
from inspector.store.footage_part import Part, Trailer
from inspector.store.keyring import sync_folder

ENDING: Final = ".fif"
INCOMING: Final = "incoming"
_HEX: Final = frozenset("0123456789abcdef")
_trailer = msgspec.json.Decoder(Trailer)
_KEPT: Final = 16
"""Files whose digests stay in memory: 1 MB each at 8 GB."""


class FootageStore:
    """The encrypted files of one profile; any thread but the window's."""

    def __init__(self, folder: Path, vault_key: bytes) -> None:
        self._folder = folder
        self._master: bytes | None = master_key(vault_key)
        self._known: OrderedDict[str, tuple[Blob, FrameKey]] = OrderedDict()
        self._turn = threading.Lock()

    @property
    def master(self) -> bytes:
        """The key that wraps the keys of the files. Raises NotAllowed(locked) after `close`."""
        if self._master is None:
            raise NotAllowed(reason="locked")
        return self._master

    @property
    def incoming(self) -> Path:
        """The folder of what is being taken in; there once `prepare` was called."""
        return self._folder / INCOMING

    def prepare(self) -> None:
        """Make the folders. Raises StorageFull, StorageFailed."""
        with translated_files(self._folder.name):
            for folder in (self._folder, self.incoming):
                folder.mkdir(mode=0o700, exist_ok=True)

    def close(self) -> None:
        """Forget the key."""
        self._master = None
        with self._turn:
            self._known.clear()

    def names(self) -> list[str]:
        """Return the SHA-256 of every whole file."""
        mainthread.refuse("store")
        try:
            found = sorted(path.stem for path in self._folder.iterdir() if path.suffix == ENDING)
        except FileNotFoundError:
            return []
        return [name for name in found if len(name) == 64 and _HEX.issuperset(name)]

    def has(self, sha256: str) -> bool:
        """Whether a whole file of that name is here."""
        mainthread.refuse("store")
        return self._path(sha256).is_file()

    def find(self, sha256: str) -> Blob:
        """Return what is known of a file. Raises EvidenceMissing, StoreDamaged."""
        return self._open(sha256)[0]

    def reading(self, sha256: str) -> FootageFile:
        """Return what a process needs to read a file. Raises EvidenceMissing, StoreDamaged."""
        blob, key = self._open(sha256)
        return FootageFile(path=self._path(sha256), sha256=sha256, size=blob.size, file_id=key.file_id, key=key.key)

    def chunk(self, sha256: str, n: int) -> bytes:
        """Return chunk `n` (1 MiB but the last). Raises EvidenceMissing, StoreDamaged if a byte of it changed."""
        with FrameReader(self.reading(sha256)) as reader:
            return reader.frame(n)

    def chunks(self, sha256: str) -> Iterator[bytes]:
        """Yield the chunks in order, one in memory at a time. Raises EvidenceMissing, StoreDamaged."""
        with FrameReader(self.reading(sha256)) as reader:
            yield from reader.all()

    def is_whole(self, sha256: str) -> bool:
        """Read every byte back and compare it with the name and the leaves. Raises EvidenceMissing, StoreDamaged."""
        self._forget(sha256)
        blob = self.find(sha256)
        whole, size = hashlib.sha256(), 0
        for chunk, leaf in zip(self.chunks(sha256), blob.leaves, strict=True):
            if hashlib.sha256(chunk).hexdigest() != leaf:
                return False
            whole.update(chunk)
            size += len(chunk)
        return whole.hexdigest() == sha256 and size == blob.size

    def part(self, name: str, size: int) -> Part:
        """Open or begin the unfinished file `name` of `size` plain bytes. Raises StorageFull, StorageFailed."""
        mainthread.refuse("store")
        self.prepare()
        return Part(self.incoming / name, self.master, size)

    def adopt(self, part: Part, blob: Blob) -> None:
        """Give a finished part its name; durable when it returns. If the bytes are here already, the part goes.

        A file of that name that is damaged gives way to the part.
        """
        mainthread.refuse("store")
        part.close()
        place = self._path(blob.sha256)
        is_here = place.exists() and self._is_sound(blob.sha256)
        with translated_files(place.name):
            if is_here:
                part.path.unlink()
            else:
                part.path.replace(place)
                self._forget(blob.sha256)
            sync_folder(self._folder)
            sync_folder(part.path.parent)

    def _is_sound(self, sha256: str) -> bool:
        try:
            return self.is_whole(sha256)
        except (EvidenceMissing, StoreDamaged):
            return False

    def _path(self, sha256: str) -> Path:
        if len(sha256) != 64 or not _HEX.issuperset(sha256):
            raise EvidenceMissing(sha256=sha256)
        return self._folder / f"{sha256}{ENDING}"

    def _forget(self, sha256: str) -> None:
        with self._turn:
            self._known.pop(sha256, None)

    def _open(self, sha256: str) -> tuple[Blob, FrameKey]:
        mainthread.refuse("store")
        master = self.master
        with self._turn:
            known = self._known.get(sha256)
            if known is None:
                known = self._known[sha256] = read_ends(self._path(sha256), master, sha256)
                if len(self._known) > _KEPT:
                    self._known.popitem(last=False)
            self._known.move_to_end(sha256)
        return known


def read_ends(path: Path, master: bytes, sha256: str) -> tuple[Blob, FrameKey]:
    """Read header and trailer of a whole file. Raises EvidenceMissing, StoreDamaged."""
    try:
        with io.FileIO(path, "rb") as file:
            key = FrameKey.opened(bytes(read_fully(file, HEADER)), master)
            file.seek(key.frames_end)
            told = key.open_trailer(file.readall())
    except FileNotFoundError as error:
        raise EvidenceMissing(sha256=sha256) from error
    except (Tampered, OSError) as error:
        raise StoreDamaged(file=path.name, cause=str(error)) from error
    return _blob(told, sha256, key.size, path.name), key


def _blob(told: bytes, sha256: str, size: int, name: str) -> Blob:
    trailer = _trailer.decode(told)
    if (trailer.sha256, trailer.size) != (sha256, size):
        raise StoreDamaged(file=name, cause="another file's name")
    leaves = tuple(trailer.leaves[at : at + 64] for at in range(0, len(trailer.leaves), 64))
    return Blob(sha256=sha256, size=size, sm3=trailer.sm3, leaves=leaves)
