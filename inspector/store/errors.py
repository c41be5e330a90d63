"""Turns the driver's exceptions into ours; a broken rule of our own schema stays a bug."""

from __future__ import annotations

import errno
from collections.abc import Generator
from contextlib import contextmanager

from inspector.errors import InspectorError, StorageFailed, StorageFull, StoreBusy, StoreDamaged
from inspector.store import driver

_KNOWN: dict[str, type[InspectorError]] = {
    "SQLITE_FULL": StorageFull,
    "SQLITE_IOERR": StorageFailed,
    "SQLITE_CORRUPT": StoreDamaged,
    "SQLITE_NOTADB": StoreDamaged,
    "SQLITE_CANTOPEN": StoreDamaged,
    "SQLITE_BUSY": StoreBusy,
    "SQLITE_LOCKED": StoreBusy,
}


@contextmanager
def translated(file: str) -> Generator[None]:
    """Raise StorageFull, StorageFailed, StoreDamaged or StoreBusy for the machine's trouble; let bugs crash.

    Facts: file, cause.
    """
    try:
        yield
    except driver.DriverError as error:
        name: str = getattr(error, "sqlite_errorname", None) or ""
        known = next((kind for prefix, kind in _KNOWN.items() if name.startswith(prefix)), None)
        if known is None:
            raise
        raise known(file=file, cause=f"{name}: {error}") from error


@contextmanager
def translated_files(file: str) -> Generator[None]:
    """Raise StorageFull or StorageFailed for what the file system refuses. Facts: file, cause."""
    try:
        yield
    except OSError as error:
        known = StorageFull if error.errno in (errno.ENOSPC, errno.EDQUOT) else StorageFailed
        raise known(file=file, cause=str(error)) from error
