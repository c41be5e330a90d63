"""Bytes of evidence in a folder: leaves in staging, whole blobs under their SHA-256; knows no database."""

from __future__ import annotations

import hashlib
import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

import obstore
from obstore.exceptions import AlreadyExistsError, BaseError
from obstore.store import LocalStore

from inspector.crypto.digests import Hasher
from inspector.hq.problem import Refusal
from inspector.ids import new_id
from inspector.protocol.messages import CHUNK

_BLOBS: Final = "blobs"
_STAGING: Final = "staging"
_DISK_FULL: Final = ("No space left on device", "Disk quota exceeded", "os error 28", "os error 122")

Step = Callable[[str], None]
"""Told the name of each step of a seal just before it is taken; tests stop the process there."""


def blob_path(sha256: str) -> str:
    """Return where a whole blob lives below the data folder: blobs/ab/cd/abcd…"""
    return f"{_BLOBS}/{sha256[:2]}/{sha256[2:4]}/{sha256}"


class BlobFolder:
    """One data folder; any thread may use it."""

    def __init__(self, folder: Path, *, on_step: Step = lambda _: None) -> None:
        self._folder = folder
        self.on_step = on_step
        self._store = LocalStore(folder, mkdir=True)
        for name in (_BLOBS, _STAGING):
            (folder / name).mkdir(exist_ok=True)

    def staged(self, plan: str) -> dict[int, int]:
        """Return chunk number → bytes of what has arrived for a plan."""
        found: dict[int, int] = {}
        for batch in self._store.list(f"{_STAGING}/{plan}"):
            for item in batch:
                name = item["path"].rpartition("/")[2]
                if name.isdecimal():
                    found[int(name)] = item["size"]
        return found

    def put_leaf(self, plan: str, n: int, leaf: bytes) -> None:
        """Keep one verified chunk, whole or not at all. Raises Refusal storage_full."""
        with _full_disk():
            obstore.put(self._store, f"{_STAGING}/{plan}/{n}", leaf, use_multipart=False)

    def drop_leaf(self, plan: str, n: int) -> None:
        """Forget a chunk that turned out damaged."""
        (self._folder / _STAGING / plan / str(n)).unlink(missing_ok=True)

    def bad_leaves(self, plan: str, leaves: list[str]) -> list[int]:
        """Return the numbers of the staged chunks that are missing or don't fit their digest any more."""
        return [n for n, leaf in enumerate(leaves) if self._leaf_digest(plan, n) != leaf]

    def _leaf_digest(self, plan: str, n: int) -> str:
        try:
            raw = bytes(obstore.get(self._store, f"{_STAGING}/{plan}/{n}").bytes())
        except FileNotFoundError:
            return ""
        return hashlib.sha256(raw).hexdigest()

    def assemble(self, plan: str, sha256: str, count: int) -> Hasher | None:
        """Join the chunks under the blob's own name, durably; return the digests of what was read back from disk.

        The joined file is synced, read back whole and only then given its name (never over another file); the
        folders are synced after. None if what was read back isn't the blob: the file is gone again, the chunks stay.
        Raises Refusal storage_full.
        """
        joined = f"{_STAGING}/{plan}/joined-{new_id()}"
        self.on_step("join")
        # The writer, not put(): an iterator that itself reads from a store can't run inside one.
        with _full_disk(), obstore.open_writer(self._store, joined, buffer_size=8 * CHUNK, max_concurrency=2) as out:
            for n in range(count):
                out.write(bytes(obstore.get(self._store, f"{_STAGING}/{plan}/{n}").bytes()))
        self.on_step("sync")
        _sync(self._folder / joined)
        read = self._read(joined)
        if read.sha256 != sha256:
            (self._folder / joined).unlink()
            return None
        self.on_step("name")
        try:
            obstore.rename(self._store, joined, blob_path(sha256), overwrite=False)
        except AlreadyExistsError:
            (self._folder / joined).unlink()
        self._sync_folders(sha256)
        return read

    def _sync_folders(self, sha256: str) -> None:
        place = (self._folder / blob_path(sha256)).parent
        for folder in (place, place.parent, place.parent.parent):
            _sync(folder)

    def read_back(self, sha256: str) -> Hasher | None:
        """Read a whole blob and return its digests; None if there is none."""
        try:
            return self._read(blob_path(sha256))
        except FileNotFoundError:
            return None

    def _read(self, path: str) -> Hasher:
        hasher = Hasher()
        for chunk in self._slices(path):
            hasher.update(chunk)
        return hasher

    def _slices(self, path: str) -> Iterator[bytes]:
        size = obstore.head(self._store, path)["size"]
        for start in range(0, size, CHUNK):
            yield bytes(obstore.get_range(self._store, path, start=start, length=min(CHUNK, size - start)))

    def content(self, sha256: str) -> Iterator[bytes]:
        """Yield the bytes of a whole blob in chunks."""
        return self._slices(blob_path(sha256))

    def discard(self, sha256: str) -> None:
        """Take away a file that bears a blob's name but isn't the blob (a disk that lied about syncing)."""
        (self._folder / blob_path(sha256)).unlink(missing_ok=True)

    def names(self) -> set[str]:
        """Return the names of all whole blobs."""
        return {item["path"].rpartition("/")[2] for batch in self._store.list(_BLOBS) for item in batch}

    def plans(self) -> list[str]:
        """Return the plans that have something in staging."""
        return [one.name for one in (self._folder / _STAGING).iterdir()]

    def clear(self, plan: str) -> None:
        """Remove what is in staging for a plan."""
        shutil.rmtree(self._folder / _STAGING / plan, ignore_errors=True)


def _sync(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
        if path.is_file() and hasattr(os, "posix_fadvise"):
            # Drop the pages, so that reading back asks the disk and not the memory.
            os.posix_fadvise(handle, 0, 0, os.POSIX_FADV_DONTNEED)
    finally:
        os.close(handle)


@contextmanager
def _full_disk() -> Iterator[None]:
    try:
        yield
    except BaseError as error:
        if any(cause in str(error) for cause in _DISK_FULL):
            raise Refusal("storage_full") from error
        raise
