"""Where a clip's bytes come from: a plain file or one of the footage store; as a stream that a decoder reads."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

from inspector.crypto.footage_file import FootageFile, opened
from inspector.errors import InspectorError

FilmSource = Path | FootageFile
"""A plain file (before it is taken in), or what FootageStore.reading returns."""


def to_wire(source: FilmSource) -> dict[str, Any]:
    """Return what a worker must be told. It holds the data key: for a pipe only, never for arguments or variables."""
    if isinstance(source, Path):
        return {"path": str(source)}
    return {
        "path": str(source.path),
        "sha256": source.sha256,
        "size": source.size,
        "file_id": source.file_id.hex(),
        "key": source.key.hex(),
    }


def from_wire(told: dict[str, Any]) -> FilmSource:
    """Take back what `to_wire` gave."""
    path = Path(told["path"])
    if "key" not in told:
        return path
    return FootageFile(
        path=path,
        sha256=told["sha256"],
        size=told["size"],
        file_id=bytes.fromhex(told["file_id"]),
        key=bytes.fromhex(told["key"]),
    )


class Stream(io.BufferedIOBase):
    """The plain bytes of a clip for native code: an error while reading ends the file and is kept in `fault`."""

    def __init__(self, source: FilmSource, front: bytes = b"") -> None:
        super().__init__()
        self._front = front
        """Shown before the first byte of the file, see rebuilt.py."""
        # Unbuffered would cost a system call each 4 KiB; buffered reads of plain files go through 64 KiB.
        self._file = source.open("rb", buffering=1 << 16) if isinstance(source, Path) else opened(source)
        self.size = self._file.seek(0, io.SEEK_END) + len(front)
        self._file.seek(0)
        self._place = 0
        self.fault = ""

    def readable(self) -> bool:
        """It can be read."""
        return True

    def seekable(self) -> bool:
        """It can be read anywhere."""
        return True

    def read(self, size: int | None = -1, /) -> bytes:
        """Return up to `size` bytes; nothing at the end or once reading failed. May stop where the file begins."""
        wanted = -1 if size is None else size
        try:
            if self._place < len(self._front):
                found = self._front[self._place : None if wanted < 0 else self._place + wanted]
                if wanted < 0:
                    found += self._file.read()
            else:
                found = self._file.read(wanted)
        except (OSError, InspectorError) as error:
            self.fault = str(error) or type(error).__name__
            return b""
        self._place += len(found)
        return found

    def seek(self, where: int, whence: int = io.SEEK_SET, /) -> int:
        """Go to a byte; a place before the start is the start."""
        base = {io.SEEK_SET: 0, io.SEEK_CUR: self._place, io.SEEK_END: self.size}.get(whence, 0)
        self._place = max(0, base + where)
        self._file.seek(max(0, self._place - len(self._front)))
        return self._place

    def tell(self) -> int:
        """Return where the next read begins."""
        return self._place

    def piece(self, where: int, length: int) -> bytes:
        """Return bytes from anywhere, fewer at the end; the place of the next read changes."""
        self.seek(where)
        found = self.read(length)
        return found + self.read(length - len(found)) if self._front and 0 < len(found) < length else found

    def close(self) -> None:
        """Let go of the file."""
        self._file.close()
        super().close()
