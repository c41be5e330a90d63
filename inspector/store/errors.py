"""Turns the driver's exceptions into ours; a broken rule of our own schema stays a bug."""

from __future__ import annotations

import errno
import shutil
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path

from inspector.errors import InspectorError, StorageFailed, StorageFull, StoreBusy, StoreDamaged
from inspector.store import driver

_KNOWN: dict[str, type[InspectorError]] = {
    "SQLITE_FULL": StorageFull,
    "SQLITE_IOERR": StorageFailed,
    "SQLITE_READONLY": StorageFailed,
    "SQLITE_CORRUPT": StoreDamaged,
    "SQLITE_NOTADB": StoreDamaged,
    "SQLITE_CANTOPEN": StoreDamaged,
    "SQLITE_BUSY": StoreBusy,
    "SQLITE_LOCKED": StoreBusy,
}
_WITHOUT_ROOM = ("SQLITE_FULL", "SQLITE_IOERR", "SQLITE_CANTOPEN")
_OPENING_NEEDS = 128 * 1024
"""Bytes: both logs with their indexes. SQLite says only IOERR or CANTOPEN where it finds no room for those."""


@contextmanager
def translated(path: Path) -> Generator[None]:
    """Raise StorageFull, StorageFailed, StoreDamaged or StoreBusy for the machine's trouble; let bugs crash.

    `path` is the database. Facts: file, cause.
    """
    try:
        yield
    except driver.DriverError as error:
        name: str = getattr(error, "sqlite_errorname", None) or ""
        known = next((kind for prefix, kind in _KNOWN.items() if name.startswith(prefix)), None)
        if known is None:
            raise
        if name.startswith(("SQLITE_IOERR", "SQLITE_CANTOPEN")) and _is_full(path.parent):
            known = StorageFull
        raise known(file=path.name, cause=f"{name}: {error}") from error


def is_want_of_room(error: Exception) -> bool:
    """Whether a database may have failed to open because the files beside it could not be made."""
    name: str = getattr(error, "sqlite_errorname", None) or ""
    return name.startswith(_WITHOUT_ROOM)


def _is_full(folder: Path) -> bool:
    try:
        return shutil.disk_usage(folder).free < _OPENING_NEEDS
    except OSError:
        return False


@contextmanager
def translated_files(file: str) -> Generator[None]:
    """Raise StorageFull or StorageFailed for what the file system refuses. Facts: file, cause."""
    try:
        yield
    except OSError as error:
        known = StorageFull if error.errno in (errno.ENOSPC, errno.EDQUOT) else StorageFailed
        raise known(file=file, cause=str(error)) from error
