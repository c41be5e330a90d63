"""One running program a profile: an advisory lock that the system drops when the program dies."""

from __future__ import annotations

import os
import sys
from contextlib import suppress
from pathlib import Path

from inspector.errors import AlreadyOpen
from inspector.store.errors import translated_files


class ProfileLock:
    """Holds the profile until closed. The file itself stays; what counts is the lock on it."""

    def __init__(self, path: Path) -> None:
        """Take the lock. Raises AlreadyOpen with the pid of the holder (0 if unknown), StorageFull, StorageFailed."""
        with translated_files(path.name):
            self._handle = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
        try:
            _take(self._handle)
        except OSError as error:
            holder = os.read(self._handle, 32).decode("ascii", "replace").strip()
            os.close(self._handle)
            raise AlreadyOpen(pid=int(holder) if holder.isdigit() else 0) from error
        with suppress(OSError):  # a full disk: the lock holds without a name on it
            os.ftruncate(self._handle, 0)
            os.write(self._handle, str(os.getpid()).encode())

    def close(self) -> None:
        """Give the profile back; a second call does nothing."""
        if self._handle >= 0:
            os.close(self._handle)
            self._handle = -1


def _take(handle: int) -> None:
    if sys.platform == "win32":
        import msvcrt

        # Locks a byte far behind the pid, so that the pid stays readable.
        os.lseek(handle, 1 << 20, os.SEEK_SET)
        msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
        os.lseek(handle, 0, os.SEEK_SET)
    else:
        import fcntl

        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
